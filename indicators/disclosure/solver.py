"""The one place that calls HiGHS: linear and whole-number programs over a Geflecht."""

import warnings
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from indicators.disclosure.relations import Geflecht
from indicators.statistics.arguments import Bools, Floats

WHOLE = 1e-6  # HiGHS keeps bounds and equations to 1e-7
SECONDS = 20.0  # for one whole-number program; without an answer nothing is claimed


@dataclass(frozen=True, slots=True)
class Programm:
    """matrix @ y = rest with lower <= y <= upper."""

    matrix: sparse.csr_array
    rest: Floats
    lower: Floats
    upper: Floats

    def minimum(self, cost: Floats, *, whole: bool = False, presolve: bool = True) -> Floats | None:
        """Return the y of least cost, None if there is none (or none was found in time).

        presolve: without, the many small programs of a search take half the time
        """
        from scipy.optimize import Bounds, LinearConstraint, milp

        if (self.lower > self.upper + WHOLE).any():
            return None
        upper = np.maximum(self.lower, self.upper)
        constraints = (
            LinearConstraint(self.matrix, self.rest, self.rest) if self.matrix.shape[0] else ()
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an answer that is no optimum is told by its status
            answer = milp(
                cost,
                integrality=np.full(len(cost), int(whole)),
                bounds=Bounds(self.lower, upper),
                constraints=constraints,
                options={"time_limit": SECONDS, "presolve": presolve or whole},
            )
        if answer.status != 0:
            return None
        y: Floats = answer.x
        return y


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
        sparse.csr_array(columns[rows]),
        known[rows],
        geflecht.unten[hidden],
        ceiling(geflecht)[hidden],
    )
