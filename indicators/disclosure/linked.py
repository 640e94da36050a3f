"""Partners in linked tables: which further cells must be suppressed so that no small one is betrayed.

Method: for each demand that is not proven (cell p must be able to be as large as k) find the
        cheapest change y⁺ − y⁻ of the table that keeps all relations and published bounds and moves
        p that far: min Σ c (y⁺ + y⁻), M (y⁺ − y⁻) = 0, by linear program. All cells it moves
        become partners; the changed table is a witness that proves the demand, and every other one
        that it happens to meet. Costs are log(1 + value), half for cells suppressed in an
        earlier release, next to nothing for cells that are suppressed anyway; cells that must stay
        visible cannot be moved. A demand needs witnesses enough that no single cell of value 1
        moves in all of them (singleton attack). In the end each partner without which all demands
        can still be proven is shown again.
Source: J. P. Kelly, B. L. Golden, A. A. Assad (1992), Networks 22, 397-417; M. Fischetti, J. J.
        Salazar (2000), Management Science 46, 1008-1027 (attacker's problem); own handling of
        singletons and witnesses
The best choice of partners is NP-hard; tests compare with it on small tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from indicators.disclosure.records import Befund
from indicators.disclosure.relations import Geflecht
from indicators.disclosure.solver import WHOLE, Programm, attack, ceiling
from indicators.statistics.arguments import Bools, Floats

# Moving a cell that is suppressed anyway costs nothing; a little keeps witnesses short.
ALREADY = 1e-3
PREFERRED = 0.5

Ziel = tuple[int, int]  # cell and direction: +1 must be able to be as large as …, −1 as small as …


def sperre(
    geflecht: Geflecht, *, einzelne: bool = True, kuerzen: bool = True
) -> tuple[Bools, list[Befund]]:
    """Return which cells are suppressed, and the cells for which no partners can be found.

    einzelne: also hold against the knowledge of single persons about their own cell
    kuerzen:  show needless partners again; without, faster and with more partners
    """
    hidden = geflecht.pflicht.copy()
    failed: list[Befund] = []
    for cells, part in geflecht.teile():
        search = _Suche(_filled(part), einzelne=einzelne)
        search.run()
        if kuerzen:
            search.prune()
        hidden[cells] = search.hidden
        failed += search.failed
    return hidden, failed


def _filled(part: Geflecht) -> Geflecht:
    """Put a possible value into cells that only the source knows, and demand that it stay unsure."""
    unknown = np.isnan(part.wert)
    if not unknown.any():
        return part
    hidden, programm = attack(part, unknown)  # with all that we know ourselves
    possible = programm.tafel(np.ones(len(hidden)))
    value = np.where(unknown, part.unten, part.wert)
    if possible is not None:
        value[hidden] = possible
    lower = unknown & (value + 1 > part.oben)  # as large as it can be: unsure downward instead
    return replace(
        part,
        wert=value,
        rest=part.matrix @ value,
        soll_oben=np.where(unknown & ~lower, np.maximum(part.soll_oben, value + 1), part.soll_oben),
        soll_unten=np.where(lower, np.minimum(part.soll_unten, value - 1), part.soll_unten),
    )


@dataclass
class _Suche:
    """The search in one connected part; all values are known."""

    geflecht: Geflecht
    einzelne: bool
    failed: list[Befund] = field(default_factory=list)
    proofs: dict[Ziel, list[Floats]] = field(default_factory=dict)
    hopeless: set[Ziel] = field(default_factory=set)

    def __post_init__(self) -> None:
        g = self.geflecht
        self.hidden = g.pflicht.copy()
        self.up = np.maximum(ceiling(g) - g.wert, 0.0)
        self.down = np.maximum(g.wert - g.unten, 0.0)
        self.price = np.maximum(np.log1p(g.wert) * np.where(g.frueher, PREFERRED, 1.0), ALREADY)
        goals = np.flatnonzero(g.pflicht)
        settled = g.mitgewusst(g.dieselben())[:, goals].T.toarray()
        # of a cell p: whose knowledge cannot be held against it
        self.settled_by: dict[int, Bools] = dict(zip(goals.tolist(), settled, strict=True))
        self.entries = g.matrix.nonzero()
        self.look_at(self.hidden | g.sperrbar)
        self.amount: dict[Ziel, float] = {}
        for cell in np.flatnonzero(g.pflicht):
            for sign, bound, limit in (
                (1, g.soll_oben[cell], g.oben[cell]),
                (-1, -g.soll_unten[cell], -g.unten[cell]),
            ):
                # What the bounds alone tell everybody cannot be asked for.
                amount = min(bound, limit) - sign * g.wert[cell]
                if np.isfinite(amount) and amount > 0:
                    self.amount[int(cell), sign] = float(amount)
                    self.proofs[int(cell), sign] = []

    def run(self) -> None:
        """Prove every demand, the largest first; a new partner of value 1 makes another round."""
        order = sorted(self.amount, key=lambda goal: (-self.amount[goal], goal))
        before = -1
        while self.hidden.sum() > before:
            before = self.hidden.sum()
            for goal in order:
                if goal not in self.hopeless and not self.prove(goal, partners=True):
                    self.hopeless.add(goal)
        # A source's zero below a total of zero that is shown: nobody is there.
        nobody = self.geflecht.maske & (self.geflecht.wert == 0)
        unsolved = [goal for goal in order if goal in self.hopeless and not nobody[goal[0]]]
        if unsolved:
            everything = self.hidden | (self.geflecht.wert >= self.geflecht.unten)
            self.look_at(everything)
            self.failed = [self.finding(goal, everything) for goal in unsolved]

    def prove(self, goal: Ziel, *, partners: bool) -> bool:
        """Collect witnesses until nobody's knowledge of their own cell spoils all of them."""
        while True:
            owners = self.owners(goal)
            if self.proofs[goal] and not owners.any():
                return True
            if not self.proofs[goal]:
                owners[:] = False
            witness = self.witness(goal, self.hidden, self.owners(goal))
            if witness is None:
                witness = self.witness(goal, self.hidden, _first(owners))
            if witness is None and partners:
                free = self.hidden | self.geflecht.sperrbar
                witness = self.witness(goal, free, owners)
                if witness is None and owners.any():
                    witness = self.witness(goal, free, _first(owners))
            if witness is None:
                return False
            self.hidden |= witness != 0
            self.remember(witness)

    def owners(self, goal: Ziel) -> Bools:
        """Return the cells of value 1 whose owner could still work out the goal's cell."""
        mask: Bools = self.hidden & (self.geflecht.wert == 1) & self.einzelne
        single = np.flatnonzero(mask & ~self.settled_by[goal[0]])
        for witness in self.proofs[goal]:
            single = single[witness[single] != 0]
        owners = np.zeros(len(mask), dtype=bool)
        owners[single] = True
        return owners

    def witness(self, goal: Ziel, free: Bools, frozen: Bools) -> Floats | None:
        """Return the cheapest change of the table that meets the goal, in whole numbers."""
        cell, sign = goal
        amount = self.amount[goal]
        movable = self.movable(free & ~frozen)
        up, down = np.where(movable, self.up, 0.0), np.where(movable, self.down, 0.0)
        mine, other = (up, down) if sign > 0 else (down, up)
        if amount > mine[cell] + WHOLE:
            return None
        other[cell] = 0.0
        least = np.zeros(2 * len(self.cells))
        place = np.searchsorted(self.cells, cell)
        least[place if sign > 0 else len(self.cells) + place] = amount
        most = np.concatenate([up[self.cells], down[self.cells]])
        moves = self.programm.tafel(np.tile(self.costs()[self.cells], 2), least, most)
        if moves is None:
            return None
        change = np.zeros(len(free))
        change[self.cells] = moves[: len(self.cells)] - moves[len(self.cells) :]
        return change

    def look_at(self, cells: Bools) -> None:
        """Ask from now on for changes of these cells only."""
        self.cells = np.flatnonzero(cells)
        columns = self.geflecht.matrix[:, self.cells]
        columns = columns[np.flatnonzero(np.diff(columns.indptr) > 0)]
        self.programm = Programm(
            sparse.csc_array(sparse.hstack([columns, -columns])),
            np.zeros(columns.shape[0]),
            np.zeros(2 * len(self.cells)),
            np.concatenate([self.up[self.cells], self.down[self.cells]]),
        )

    def costs(self) -> Floats:
        """Return what moving each cell by one costs."""
        return np.where(self.hidden, ALREADY, self.price)

    def remember(self, witness: Floats) -> None:
        """Add a witness to every demand that it meets."""
        goals = list(self.amount)
        cell, sign = np.array(goals).T
        enough = sign * witness[cell] >= np.array(list(self.amount.values())) - WHOLE
        for number in np.flatnonzero(enough):
            self.proofs[goals[number]].append(witness != 0)

    def prune(self) -> None:
        """Show partners again, the largest first, as long as all demands stay proven."""
        self.look_at(self.hidden)
        partners = np.flatnonzero(self.hidden & ~self.geflecht.pflicht)
        for cell in partners[np.argsort(-self.costs_of_showing(partners), kind="stable")]:
            self.hidden[cell] = False
            # Only a demand that loses a witness has to be proven again.
            lost = {goal: [w for w in ws if w[cell]] for goal, ws in self.proofs.items()}
            again = [goal for goal, witnesses in lost.items() if witnesses]
            for goal in again:
                self.proofs[goal] = [w for w in self.proofs[goal] if not w[cell]]
            again = [goal for goal in again if goal not in self.hopeless]
            again.sort(key=lambda goal: len(self.proofs[goal]))  # to fail soon
            if self.calculable(again) or not all(
                self.prove(goal, partners=False) for goal in again
            ):
                self.hidden[cell] = True
                for goal, witnesses in lost.items():
                    self.proofs[goal] += witnesses

    def calculable(self, goals: Iterable[Ziel]) -> bool:
        """Say whether a goal's cell can be calculated step by step: no need for programs then."""
        movable = self.movable(self.hidden)
        return not all(movable[cell] for cell, _ in goals)

    def movable(self, free: Bools) -> Bools:
        """Return the cells that are not the only unknown of a line, nor after others are known."""
        unknown = free.copy()
        line, cell = self.entries
        while True:
            open_ = unknown[cell]
            number = np.bincount(line[open_], minlength=self.geflecht.matrix.shape[0])
            alone = cell[open_ & (number[line] == 1)]
            if not len(alone):
                return unknown
            unknown[alone] = False

    def costs_of_showing(self, cells: np.ndarray) -> Floats:
        """Return how much is won by showing a cell: its value, less if it was hidden before."""
        worth: Floats = np.log1p(self.geflecht.wert[cells])
        return worth * np.where(self.geflecht.frueher[cells], PREFERRED, 1.0)

    def finding(self, goal: Ziel, everything: Bools) -> Befund:
        """Say which cells that must stay visible would have to give way."""
        way = self.witness(goal, everything, self.owners(goal))
        help_ = () if way is None else np.flatnonzero((way != 0) & self.geflecht.fest)
        names = tuple(self.geflecht.schluessel[cell] for cell in help_)
        return Befund(self.geflecht.schluessel[goal[0]], "unloesbar", hilfe=names)


def _first(cells: Bools) -> Bools:
    one = np.zeros(len(cells), dtype=bool)
    one[np.flatnonzero(cells)[:1]] = True
    return one
