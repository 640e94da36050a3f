"""The one place that calls HiGHS: linear and whole-number programs over a Geflecht.

A program is built once and asked very often; only costs and bounds change. Every question starts
from the same corner, not from the last answer, and no limit counts seconds: so an answer depends on
the question alone, on any machine and in any order.
"""

from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from indicators.disclosure.relations import Geflecht
from indicators.statistics.arguments import Bools, Floats

if TYPE_CHECKING:
    from highspy import Highs, HighsBasis

WHOLE = 1e-6  # HiGHS keeps bounds and equations to 1e-7
PIVOTS = 1_000_000  # of one linear program, and
NODES = 1_000  # of one whole-number program; without an answer nothing is claimed
ROUNDINGS = 30  # of a corner that is not whole, one column after the other
OPTIONS: dict[str, str | float] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "simplex_iteration_limit": PIVOTS,
    "mip_max_nodes": NODES,
    "mip_rel_gap": 0.0,
}
# For the many small programs, preparing one takes longer than solving it.
BARE: dict[str, str | float] = {"presolve": "off", "solver": "simplex", "simplex_scale_strategy": 0}


@dataclass
class Programm:
    """matrix @ y = rest with lower <= y <= upper; each question may narrow the bounds."""

    matrix: sparse.csc_array
    rest: Floats
    lower: Floats
    upper: Floats
    _highs: "Highs" = field(init=False, repr=False)
    _start: "HighsBasis" = field(init=False, repr=False)
    _asked: Floats = field(init=False, repr=False)  # cost, lower and upper, as HiGHS has them

    def __post_init__(self) -> None:
        self._highs = self._model(BARE)
        self._asked = np.full((3, len(self.lower)), np.nan)
        self.beginne(np.zeros(len(self.lower)))

    def beginne(self, cost: Floats) -> None:
        """Let every question start from the corner of least cost."""
        self._highs.clearSolver()
        self._corner(cost, self.lower, np.maximum(self.lower, self.upper))
        self._start = self._highs.getBasis()

    def enger(self, lower: Floats, upper: Floats) -> "Programm":
        """Return the same program with narrower bounds; both share one model."""
        narrowed = copy(self)
        narrowed.lower, narrowed.upper = lower, upper
        return narrowed

    def minimum(
        self, cost: Floats, lower: Floats | None = None, upper: Floats | None = None
    ) -> Floats | None:
        """Return the y of least cost, None if there is none."""
        low, high = self.lower if lower is None else lower, self.upper if upper is None else upper
        if (low > high + WHOLE).any():
            return None
        self._highs.clearSolver()  # or what was asked before would decide between equal answers
        self._highs.setBasis(self._start)
        return self._corner(cost, low, np.maximum(low, high))

    def tafel(
        self, cost: Floats, lower: Floats | None = None, upper: Floats | None = None
    ) -> Floats | None:
        """Return a y of whole numbers and small cost, None if none is found.

        It is recalculated here: what it proves does not depend on what HiGHS takes for equal.
        """
        lower, upper = self._whole_bounds(lower, upper)
        y = self.minimum(cost, lower, upper)
        if y is not None and not is_whole(y):
            y = self._rounded(y, cost, lower, upper)
            y = self._whole(cost, lower, upper) if y is None else y
        if y is None:
            return None
        table: Floats = np.round(y)
        agrees = (abs(self.matrix @ table - self.rest) < WHOLE).all()
        return table if agrees and ((table >= lower) & (table <= upper)).all() else None

    def kleinstes(
        self, cost: Floats, lower: Floats | None = None, upper: Floats | None = None
    ) -> Floats | None:
        """Return the y of whole numbers whose cost is least, None if there is none (or none is found)."""
        lower, upper = self._whole_bounds(lower, upper)
        y = self.minimum(cost, lower, upper)
        return y if y is None or is_whole(y) else self._whole(cost, lower, upper)

    def _whole_bounds(self, lower: Floats | None, upper: Floats | None) -> tuple[Floats, Floats]:
        low, high = self.lower if lower is None else lower, self.upper if upper is None else upper
        return np.ceil(low - WHOLE), np.floor(high + WHOLE)

    def _corner(self, cost: Floats, lower: Floats, upper: Floats) -> Floats | None:
        asked = np.array([cost, lower, upper])
        new = (asked != self._asked).any(axis=0).nonzero()[0].astype(np.int32)
        self._highs.changeColsCost(len(new), new, cost[new])
        self._highs.changeColsBounds(len(new), new, lower[new], upper[new])
        self._asked[:] = asked
        return self._run(self._highs)

    def _rounded(self, y: Floats, cost: Floats, lower: Floats, upper: Floats) -> Floats | None:
        """Round one column after the other, each time to the next corner; None if that leads nowhere."""
        lower, upper = lower.copy(), upper.copy()
        for _ in range(ROUNDINGS):
            away = np.abs(y - np.round(y))
            column = np.argmin(np.where(away > WHOLE, away, 1.0))
            lower[column] = upper[column] = np.round(y[column])
            answer = self._corner(cost, lower, upper)
            if answer is None or is_whole(answer):
                return answer
            y = answer
        return None

    def _whole(self, cost: Floats, lower: Floats, upper: Floats) -> Floats | None:
        import highspy

        model = self._model({})
        every = np.arange(len(cost), dtype=np.int32)
        model.changeColsBounds(len(every), every, lower, upper)
        model.changeColsCost(len(every), every, cost)
        kind = np.full(len(every), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        model.changeColsIntegrality(len(every), every, kind)
        return self._run(model)

    def _model(self, more: dict[str, str | float]) -> "Highs":
        import highspy

        lp = highspy.HighsLp()
        lp.num_row_, lp.num_col_ = self.matrix.shape
        lp.col_cost_ = np.zeros(lp.num_col_)
        lp.col_lower_, lp.col_upper_ = self.lower, np.maximum(self.lower, self.upper)
        lp.row_lower_ = lp.row_upper_ = self.rest
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = self.matrix.indptr, self.matrix.indices
        lp.a_matrix_.value_ = self.matrix.data
        # The public subclass would print a banner.
        highs: Highs = highspy._Highs()  # type: ignore[attr-defined]  # noqa: SLF001
        for name, value in (OPTIONS | more).items():
            highs.setOptionValue(name, value)
        highs.passModel(lp)
        return highs

    def _run(self, highs: "Highs") -> Floats | None:
        import highspy

        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(highs.getSolution().col_value)


def is_whole(y: Floats) -> bool:
    """Say whether an answer is a table of whole numbers: then it proves what it shows."""
    return bool((np.abs(y - np.round(y)) < WHOLE).all())


def ceiling(geflecht: Geflecht) -> Floats:
    """Return a finite upper bound for each cell: far above what any demand asks for."""
    demand = geflecht.soll_oben[np.isfinite(geflecht.soll_oben)]
    largest = max(np.nanmax(geflecht.wert, initial=0.0), np.max(demand, initial=0.0))
    bound: Floats = np.minimum(geflecht.oben, 10 * largest + 1000)
    return bound


def attack(geflecht: Geflecht, gesperrt: Bools) -> tuple[np.ndarray, Programm]:
    """Return the suppressed cells and what the published ones say of them.

    Uses the values of published cells only; an unknown cell counts as suppressed.
    """
    hidden = np.flatnonzero(gesperrt | np.isnan(geflecht.wert))
    shown = np.where(gesperrt | np.isnan(geflecht.wert), 0.0, geflecht.wert)
    columns = geflecht.matrix[:, hidden]
    rows = np.flatnonzero(np.diff(columns.tocsr().indptr) > 0)
    known = geflecht.rest - geflecht.matrix @ shown
    return hidden, Programm(
        sparse.csc_array(columns[rows]),
        known[rows],
        geflecht.unten[hidden],
        ceiling(geflecht)[hidden],
    )
