"""The proof: what an attacker can derive of each suppressed cell from everything published.

Method: the attacker knows all published cells, all relations, and the bounds of suppressed cells.
        The smallest and largest value that a cell can take among all tables of whole numbers that
        agree with this is the interval they can derive (linear program; a whole-number program
        where the corner found is not whole). The singleton attack repeats this for each suppressed
        cell of value 1 with that value known: it is known to the one person it counts.
Source: A. Hundepool et al. (2012), Statistical Disclosure Control, sections 4.3 and 4.4 (attacker's
        problem, singletons); M. Fischetti, J. J. Salazar (2000), Management Science 46, 1008-1027
The audit shares no result with the search for partners; it starts from the published cells alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from indicators.disclosure.records import Befund
from indicators.disclosure.relations import Geflecht
from indicators.disclosure.solver import Programm, attack
from indicators.statistics.arguments import Bools, Floats

# Everything as small as possible but the wanted cell, above all what is 1 for its owner.
LONELY = 3.0


@dataclass(frozen=True, slots=True)
class Bereich:
    """The values an attacker cannot rule out, for each cell; published ones have both bounds equal."""

    unten: Floats
    oben: Floats


def bereiche(geflecht: Geflecht, gesperrt: Bools, *, ganzzahlig: bool = True) -> Bereich:
    """Return the attacker's interval of every cell.

    ganzzahlig: exact intervals of whole numbers; otherwise those of the linear program, which are
                never narrower than them
    """
    hidden, programm = attack(geflecht, gesperrt)
    low, high = geflecht.wert.copy(), geflecht.wert.copy()
    for column, cell in enumerate(hidden):
        low[cell] = _extreme(programm, column, 1.0, whole=ganzzahlig)
        found = _extreme(programm, column, -1.0, whole=ganzzahlig)
        # Far above every figure there is: only the artificial ceiling holds it.
        endless = found > programm.upper[column] / 2 and np.isinf(geflecht.oben[cell])
        high[cell] = np.inf if endless else found
    return Bereich(low, high)


def _extreme(programm: Programm, column: int, sign: float, *, whole: bool) -> float:
    cost = np.zeros(len(programm.lower))
    cost[column] = sign
    corner = programm.kleinstes(cost) if whole else programm.minimum(cost)
    if corner is None:  # not found in time, or contradictory figures: nothing is claimed
        return float("nan")
    value = float(corner[column])
    return float(round(value)) if whole else value


def befunde(geflecht: Geflecht, gesperrt: Bools, *, einzelne: bool = True) -> list[Befund]:
    """Return every cell whose demand is not met; empty means that everything may be published."""
    exposed = np.flatnonzero(geflecht.pflicht & ~gesperrt).tolist()
    found = [Befund(geflecht.schluessel[c], "rueckrechnung", *_shown(geflecht, c)) for c in exposed]
    for cells, part in geflecht.teile():
        found += _part(part, gesperrt[cells], einzelne=einzelne)
    return found


def _shown(geflecht: Geflecht, cell: int) -> tuple[float, float]:
    return float(geflecht.wert[cell]), float(geflecht.wert[cell])


def _part(geflecht: Geflecht, gesperrt: Bools, *, einzelne: bool) -> list[Befund]:
    hidden, programm = attack(geflecht, gesperrt)
    if not len(hidden):
        return []
    if programm.minimum(np.zeros(len(hidden))) is None:
        unknown = np.flatnonzero(geflecht.maske if geflecht.maske.any() else geflecht.primaer)
        return [Befund(geflecht.schluessel[cell], "widerspruch") for cell in unknown.tolist()]
    single = geflecht.wert[hidden] == 1
    proofs = _Beweise(_goals(geflecht, hidden), np.where(single, LONELY, 1.0))
    programm.beginne(proofs.cost)
    found, nobody = [], np.zeros(len(hidden), dtype=bool)
    for column in proofs.unproven(programm, nobody):
        low, high = _interval(programm, column)
        if high == 0 and geflecht.maske[hidden[column]]:
            nobody[column] = True  # a source's zero
        else:
            found.append(Befund(geflecht.schluessel[hidden[column]], "rueckrechnung", low, high))
    if found or not einzelne:
        return found
    settled = geflecht.mitgewusst(geflecht.dieselben())[hidden][:, hidden]
    for column in np.flatnonzero(single).tolist():
        owner = _knowing(programm, column)
        spared = settled[[column]].toarray().ravel() | nobody
        found += [
            Befund(
                geflecht.schluessel[hidden[other]],
                "einzelne",
                *_interval(owner, other),
                durch=geflecht.schluessel[hidden[column]],
            )
            for other in proofs.unproven(owner, spared)
        ]
    return found


def _knowing(programm: Programm, column: int) -> Programm:
    """Return what follows for somebody who knows that a cell is 1."""
    own = np.arange(len(programm.lower)) == column
    lower, upper = (np.where(own, 1.0, bound) for bound in (programm.lower, programm.upper))
    return programm.enger(lower, upper)


Goal = tuple[int, float, float]  # column, sign (+1: up to, −1: down to), bound to be reached


def _goals(geflecht: Geflecht, hidden: np.ndarray) -> Iterator[Goal]:
    for column, cell in enumerate(hidden):
        if geflecht.pflicht[cell]:
            if np.isfinite(geflecht.soll_oben[cell]):
                yield column, 1.0, float(geflecht.soll_oben[cell])
            if np.isfinite(geflecht.soll_unten[cell]):
                yield column, -1.0, float(geflecht.soll_unten[cell])
            if np.isnan(geflecht.wert[cell]):  # the source's secret must not be exact
                yield column, 0.0, 0.0


class _Beweise:
    """The possible tables found so far: each proves all goals that it reaches.

    So most goals need no program of their own, not even for others' knowledge.
    goals: what is to be reached
    cost:  of each column; low ones are sought
    """

    def __init__(self, goals: Iterable[Goal], cost: Floats) -> None:
        self.goals = list(goals)
        column, sign, bound = np.array(self.goals).reshape(-1, 3).T
        self.column, self.sign, self.bound = column.astype(int), sign, bound
        self.cost = cost
        self.tables: list[Floats] = []
        self.reached: list[Bools] = []

    def unproven(self, programm: Programm, spared: Bools) -> list[int]:
        """Return the columns whose goals no possible table reaches, but for some that are spared."""
        still = ~spared[self.column]
        if self.tables:
            tables = np.array(self.tables)
            agree = ((tables >= programm.lower) & (tables <= programm.upper)).all(axis=1)
            still &= ~np.array(self.reached)[agree].any(axis=0)
        failed = []
        for number in range(len(self.goals)):
            if not still[number]:
                continue
            column, sign, _ = self.goals[number]
            if sign == 0:
                low, high = _interval(programm, column)
                failed += [] if high > low else [column]
                continue
            table = self._towards(programm, number)
            if table is None:
                failed.append(column)
                continue
            met = (self.sign != 0) & (self.sign * (table[self.column] - self.bound) >= 0)
            self.tables.append(table)
            self.reached.append(met)
            still &= ~met
        return list(dict.fromkeys(failed))

    def _towards(self, programm: Programm, number: int) -> Floats | None:
        """Return a possible table of whole numbers that reaches a goal."""
        column, sign, bound = self.goals[number]
        lower, upper = programm.lower.copy(), programm.upper.copy()
        if sign > 0:
            lower[column] = max(lower[column], bound)
        else:
            upper[column] = min(upper[column], bound)
        return programm.tafel(self.cost, lower, upper)


def _interval(programm: Programm, column: int) -> tuple[float, float]:
    low, high = (_extreme(programm, column, sign, whole=True) for sign in (1.0, -1.0))
    return low, high
