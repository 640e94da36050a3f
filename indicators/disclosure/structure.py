"""What of a delivery's cells adds up to what: the relations along every characteristic.

Gebiet       Gemeinden make up their Verwaltungsgemeinschaft and their Kreis, Kreise their Land
Geschlecht, Nationalität, Gruppe, Messgröße (`teil_von`): the parts of a whole
Alter, Zeit  intervals: a longer one is the sum of shorter ones that tile it (pooled years, too)

Where the parts leave something of the whole (»insgesamt« and »unter 25«), what is left is a cell as
well: nobody shows it, but everybody can calculate it, so the rules hold for it.
Source: the relations of ages and times are the cycles of a graph whose nodes are the ends of the
        intervals (G. Kirchhoff 1847: as many independent ones as edges beyond a spanning tree).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from indicators.disclosure.counts import Kennung
from indicators.disclosure.relations import Netz, Schluessel, Zelle
from indicators.disclosure.rules import Regel, pruefe_zahlen

UEBRIGE = "übrige"
# Only these can be added up over time; a Stichtag or a yearly mean cannot.
FLOWS = ("monat", "quartal", "halbjahr", "jahr")
COMPLETE = {"geschlecht": {"m", "w"}, "nationalitaet": {"deutsch", "auslaendisch"}}
Spanne = tuple[int, int]  # from, and the first that does not belong to it


@dataclass(frozen=True)
class Gefuege:
    """Adds to a net the relations among its cells.

    netz:     with all cells
    zellen:   the cells that a relation may name, by what they count (`fassung` empty)
    regeln:   the rule of each cell
    kinder:   of each Gebiet and level all that lie in it
    additiv:  whether a Messgröße may be summed over areas
    teil_von: the whole of a Messgröße
    """

    netz: Netz
    zellen: Sequence[Kennung]
    regeln: Mapping[Kennung, Regel]
    kinder: Mapping[tuple[str, str], set[str]]
    additiv: Mapping[str, bool]
    teil_von: Mapping[str, str]

    def verbinde(self) -> None:
        """Add all relations."""
        self._gebiete()
        for name in ("geschlecht", "nationalitaet", "gruppe"):
            self._merkmal(name, "")
        self._messgroessen()
        for line in self._lines("alter_von", "alter_bis"):
            self._spannen({(c.alter_von, c.alter_bis + 1): c for c in line})
        for line in self._lines("zeit", "zeitbezug", "von", "bis"):
            day = timedelta(days=1)
            self._spannen(
                {
                    (c.von.toordinal(), (c.bis + day).toordinal()): c
                    for c in line
                    if c.zeitbezug in FLOWS
                }
            )

    def _lines(self, *free: str) -> Iterable[list[Kennung]]:
        """Yield the cells that differ in some fields only."""
        kept = [number for number, name in enumerate(Kennung._fields) if name not in free]
        lines: dict[Hashable, list[Kennung]] = defaultdict(list)
        for cell in self.zellen:
            lines[tuple(cell[number] for number in kept)].append(cell)
        return (line for line in lines.values() if len(line) > 1)

    def _gebiete(self) -> None:
        for line in self._lines("gebiet"):
            if not self.additiv[line[0].messgroesse]:
                continue
            here = {cell.gebiet: cell for cell in line}
            for (parent, _), children in self.kinder.items():
                parts = [here[child] for child in sorted(children & here.keys())]
                if parent in here and parts:
                    self._ganzes(parts, here[parent], complete=len(parts) == len(children))

    def _merkmal(self, name: str, total: str) -> None:
        lines = []
        for line in self._lines(name):
            whole = [cell for cell in line if getattr(cell, name) == total]
            parts = [cell for cell in line if getattr(cell, name) != total]
            if whole and parts:
                lines.append((parts, whole[0]))
        self._anteile(lines, name, COMPLETE.get(name))

    def _messgroessen(self) -> None:
        lines = []
        for line in self._lines("messgroesse"):
            here = {cell.messgroesse: cell for cell in line}
            for whole, cell in here.items():
                parts = [c for name, c in here.items() if self.teil_von[name] == whole]
                if parts:
                    lines.append((parts, cell))
        self._anteile(lines, "messgroesse")

    def _anteile(
        self,
        lines: Sequence[tuple[list[Kennung], Kennung]],
        name: str,
        complete: set[str] | None = None,
    ) -> None:
        """Add parts of a whole, of which only the figures say whether they make it up.

        If they do on every line, everybody may take it for granted. If on some line they are more
        than the whole, they overlap, and each one is only a part by itself.
        """
        by_kind: dict[tuple[str, frozenset[str]], list[tuple[list[Kennung], Kennung]]] = (
            defaultdict(list)
        )
        for parts, whole in lines:
            values = frozenset(getattr(part, name) for part in parts)
            by_kind[whole.messgroesse, values].append((parts, whole))
        for (_, values), kind in by_kind.items():
            rests = [r for r in (self._rest(*line) for line in kind) if r is not None]
            if (complete and complete <= values) or (rests and not any(rests)):
                for parts, whole in kind:
                    self.netz.summe(parts, whole)
            elif all(rest >= 0 for rest in rests):
                for parts, whole in kind:
                    self._ganzes(parts, whole, complete=False)
            else:
                for parts, whole in kind:
                    for part in parts:
                        self._ganzes([part], whole, complete=False)

    def _rest(self, parts: Iterable[Kennung], whole: Kennung) -> float | None:
        """Return what the parts leave of the whole; None where a source hides one of them."""
        values = [self.netz.zellen[cell].wert for cell in (whole, *parts)]
        if any(value is None for value in values):
            return None
        known = [value for value in values if value is not None]
        return known[0] - sum(known[1:])

    def _ganzes(self, parts: Sequence[Kennung], whole: Kennung, *, complete: bool) -> None:
        """Add a whole and its parts, with what is left as a cell of its own unless complete."""
        if complete:
            self.netz.summe(parts, whole)
            return
        rest = self._rest(parts, whole)
        cells = (whole, *parts)
        if (rest is not None and rest < 0) or all(self.netz.zellen[cell].fest for cell in cells):
            return
        name = (UEBRIGE, whole, *parts)
        # A masked part does not undo the relation: it and the remainder are both unknown.
        left = Zelle(None, primaer=True) if rest is None else ungezeigt(rest, self.regeln[whole])
        self.netz.zelle(name, left)
        self.netz.summe([*parts, name], whole)

    def _spannen(self, cells: Mapping[Spanne, Kennung]) -> None:
        """Add what follows from intervals: short ones tile long ones, or leave something of them."""
        tree: dict[int, dict[int, Kennung]] = defaultdict(dict)
        for low, high in sorted(cells, key=lambda span: (span[1] - span[0], span)):
            path = _path(tree, low, high)
            if path is None:
                tree[low][high] = tree[high][low] = cells[low, high]
                self._inside(cells, (low, high))
            else:
                factors: dict[Schluessel, float] = {cells[low, high]: 1.0}
                for start, end in pairwise(path):
                    factors[tree[start][end]] = -1.0 if start < end else 1.0
                self.netz.beziehung(factors)

    def _inside(self, cells: Mapping[Spanne, Kennung], span: Spanne) -> None:
        """Add the remainder of an interval that shorter ones do not tile."""
        inner = [s for s in cells if s != span and span[0] <= s[0] and s[1] <= span[1]]
        parts: list[Spanne] = []
        for candidate in sorted(inner, key=lambda s: (s[0] - s[1], s)):
            if all(candidate[1] <= s[0] or s[1] <= candidate[0] for s in parts):
                parts.append(candidate)
        if parts:
            self._ganzes([cells[s] for s in parts], cells[span], complete=False)


def ungezeigt(wert: float, regel: Regel) -> Zelle:
    """Return a cell that nobody shows but that follows from others; the rules hold for it."""
    schutz = pruefe_zahlen(wert, regel)
    small = bool(schutz.primaer)
    return Zelle(wert, soll_oben=float(schutz.soll_oben) if small else float("-inf"), primaer=True)


def _path(tree: Mapping[int, Mapping[int, Kennung]], start: int, end: int) -> list[int] | None:
    """Return the way through the intervals known so far; None if there is none."""
    before: dict[int, int | None] = {start: None}
    queue = [start]
    for node in queue:
        for neighbour in tree.get(node, {}):
            if neighbour not in before:
                before[neighbour] = node
                queue.append(neighbour)
    if end not in before:
        return None
    way = [end]
    while (previous := before[way[-1]]) is not None:
        way.append(previous)
    return way[::-1]
