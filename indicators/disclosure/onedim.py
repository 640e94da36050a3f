"""Partners in one dimension: parts and their one total, in closed form and for all tables at once.

Method: of a group's suppressed parts the attacker knows the sum s (total minus what is shown) and
        the bounds l <= y <= u. Then y_p <= min(u_p, l_p + A) with A = s − Σl, and
        y_p >= max(l_p, u_p − B) with B = Σu − s, and both bounds are reached. Each partner adds
        a − l to A and u − a to B; partners are added from the cheapest until every demand is met,
        and those that later ones made needless are shown again. If no partner is left, the total
        must be withheld.
        Singletons: whoever is the only case of a suppressed cell knows it, and lowers A by 1 − l
        and B by u − 1 for all others.
Source: own derivation (two bounds of a transport problem with one row); in agreement with the
        linear program of `audit` on every random table of the tests
Memory and time are linear in the number of cells but for one sort.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.disclosure.rules import Schutz
from indicators.statistics.arguments import Bools, Floats

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Gruppen:
    """The parts of many tables one below the other.

    gruppe:  number of the table of each part, 0 … len(gesamt) − 1
    wert:    NaN where the source has suppressed it
    gesamt:  the total of each table; NaN where it is not shown
    schutz:  what the rules say of each part
    fest:    must be shown
    frueher: suppressed in an earlier release: preferred as a partner
    """

    gruppe: Ints
    wert: Floats
    gesamt: Floats
    schutz: Schutz
    fest: Bools | None = None
    frueher: Bools | None = None

    @property
    def oben(self) -> Floats:
        """Return what a part can be at most: no more than its total less the others' least."""
        return np.fmin(self.schutz.oben, self.gesamt[self.gruppe])

    def summe(self, werte: npt.NDArray[np.generic]) -> Floats:
        """Return sums by table."""
        return np.bincount(self.gruppe, werte, len(self.gesamt)).astype(np.float64, copy=False)

    def hoechstes(self, werte: Floats, wo: Bools) -> Floats:
        """Return the highest by table, −inf where there is none."""
        highest = np.full(len(self.gesamt), -np.inf)
        np.maximum.at(highest, self.gruppe[wo], werte[wo])
        return highest


@dataclass(frozen=True, slots=True)
class Muster:
    """Which parts are suppressed, and which totals have to be withheld for their sake."""

    gesperrt: Bools
    ohne_gesamt: Bools


def sperre(gruppen: Gruppen) -> Muster:
    """Find the partners of all tables at once."""
    duty = gruppen.schutz.primaer | np.isnan(gruppen.wert)
    hidden = duty.copy()
    queue = _queue(gruppen, duty)
    added: list[Ints] = []
    while True:
        needy = ~_safe(gruppen, hidden)
        new = queue.pop(needy)
        if not len(new):
            break
        hidden[new] = True
        added.append(new)
    for cells in added[-2::-1]:  # the last one closed the gap; an earlier one may be needless now
        _show_again(gruppen, hidden, cells)
    withheld = ~_safe(gruppen, hidden)
    hidden &= duty | ~withheld[gruppen.gruppe]  # without a total, partners protect nothing
    return Muster(hidden, withheld)


class _Queue:
    """The possible partners of each table, cheapest first; each is handed out once."""

    def __init__(self, cells: Ints, first: Ints, end: Ints) -> None:
        self.cells, self.next, self.end = cells, first, end

    def pop(self, needy: Bools) -> Ints:
        which = np.flatnonzero(needy & (self.next < self.end))
        taken = self.cells[self.next[which]]
        self.next[which] += 1
        return taken


def _queue(gruppen: Gruppen, duty: Bools) -> _Queue:
    concerned = np.zeros(len(gruppen.gesamt), dtype=bool)
    concerned[gruppen.gruppe[duty]] = True
    possible = concerned[gruppen.gruppe] & ~duty & (gruppen.wert >= gruppen.schutz.unten)
    if gruppen.fest is not None:
        possible &= ~gruppen.fest
    cells = np.flatnonzero(possible)
    cost = np.log1p(gruppen.wert[cells])
    if gruppen.frueher is not None:
        cost = np.where(gruppen.frueher[cells], cost / 2, cost)
    cells = cells[np.lexsort((cells, cost, gruppen.gruppe[cells]))]
    bounds = np.searchsorted(gruppen.gruppe[cells], np.arange(len(gruppen.gesamt) + 1))
    return _Queue(cells, bounds[:-1].copy(), bounds[1:])


def _show_again(gruppen: Gruppen, hidden: Bools, cells: Ints) -> None:
    hidden[cells] = False
    kept = cells[~_safe(gruppen, hidden)[gruppen.gruppe[cells]]]
    hidden[kept] = True


def _slack(gruppen: Gruppen, hidden: Bools) -> tuple[Floats, Floats]:
    """Return A and B of each table, without limit where the total is not shown."""
    low, high = gruppen.schutz.unten, gruppen.oben
    rest = gruppen.gesamt - gruppen.summe(np.where(hidden, 0.0, gruppen.wert))
    with np.errstate(invalid="ignore"):
        up = rest - gruppen.summe(np.where(hidden, low, 0.0))
        down = gruppen.summe(np.where(hidden, high, 0.0)) - rest
    open_ = np.isnan(gruppen.gesamt)
    return np.where(open_, np.inf, up), np.where(open_, np.inf, down)


def _safe(gruppen: Gruppen, hidden: Bools) -> Bools:
    """Say which tables meet all demands, also against those who know their own cell."""
    low, high = gruppen.schutz.unten, gruppen.oben
    up, down = _slack(gruppen, hidden)
    duty = hidden & (gruppen.schutz.primaer | np.isnan(gruppen.wert))
    need_up = gruppen.hoechstes(gruppen.schutz.soll_oben - low, duty)
    asked = duty & np.isfinite(gruppen.schutz.soll_unten)
    with np.errstate(invalid="ignore"):  # without an upper bound nothing is asked for below
        need_down = gruppen.hoechstes(high - np.maximum(gruppen.schutz.soll_unten, low), asked)
    # A value that only its source knows may be a 1.
    single = hidden & ((gruppen.wert == 1) | np.isnan(gruppen.wert)) & (high >= 1) & (low <= 1)
    lonely = gruppen.summe(duty) < 2  # nobody else's cell is at stake
    lonely &= gruppen.summe(single & ~duty) == 0
    known_up = np.where(lonely, 0.0, np.maximum(gruppen.hoechstes(1 - low, single), 0.0))
    known_down = np.where(lonely, 0.0, np.maximum(gruppen.hoechstes(high - 1, single), 0.0))
    # A lone cell that the source hides is its total's remainder, however large.
    bare = (gruppen.summe(hidden) == 1) & (gruppen.summe(np.isnan(gruppen.wert)) == 1)
    bare &= ~np.isnan(gruppen.gesamt)
    with np.errstate(invalid="ignore"):
        safe: Bools = ~bare & ~(need_up > up - known_up) & ~(need_down > down - known_down)
    return safe


def bereiche(gruppen: Gruppen, muster: Muster) -> tuple[Floats, Floats]:
    """Return the attacker's interval of every part, exactly; the audit of one dimension."""
    hidden = muster.gesperrt
    total = np.where(muster.ohne_gesamt, np.nan, gruppen.gesamt)
    seen = Gruppen(gruppen.gruppe, gruppen.wert, total, gruppen.schutz)
    up, down = (side[gruppen.gruppe] for side in _slack(seen, hidden))
    low, high = gruppen.schutz.unten, seen.oben
    with np.errstate(invalid="ignore"):
        lowest = np.where(np.isinf(down), low, np.maximum(low, high - down))
        highest = np.minimum(high, low + up)
    return np.where(hidden, lowest, gruppen.wert), np.where(hidden, highest, gruppen.wert)


def unsicher(gruppen: Gruppen, muster: Muster) -> Ints:
    """Return the parts that are not protected; empty means that everything may be published.

    A table in which somebody who knows their own cell learns too much is named with all its parts.
    """
    low, high = bereiche(gruppen, muster)
    duty = gruppen.schutz.primaer | np.isnan(gruppen.wert)
    narrow = (high < gruppen.schutz.soll_oben) | (low > gruppen.schutz.soll_unten)
    total = np.where(muster.ohne_gesamt, np.nan, gruppen.gesamt)
    seen = Gruppen(gruppen.gruppe, gruppen.wert, total, gruppen.schutz)
    betrayed = ~_safe(seen, muster.gesperrt)[gruppen.gruppe]
    return np.flatnonzero(duty & (~muster.gesperrt | narrow | betrayed))
