"""What of a delivery's cells adds up to what: the relations along every characteristic.

Gebiet       Gemeinden make up their Verwaltungsgemeinschaft, these and others the Kreis, and so on;
             where one level has no figure, the level below stands for it
Geschlecht, Nationalität, Gruppe, Messgröße (`teil_von`): the parts of a whole
Alter, Zeit  intervals: a longer one is the sum of shorter ones that tile it (pooled years, too);
             a yearly mean is that of its months

Where the parts leave something of the whole (»insgesamt« and »unter 25«, a third sex that is only
counted in the total), what is left is a cell as well: nobody shows it, but everybody can calculate
it, so the rules hold for it.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from operator import itemgetter

import numpy as np

from indicators.disclosure.counts import Kennung
from indicators.disclosure.gleiche import gleiche
from indicators.disclosure.relations import Netz, Schluessel, Zelle
from indicators.disclosure.rules import Regel, pruefe_zahlen
from indicators.disclosure.spannen import Faktoren, Spanne, ableitungen
from indicators.disclosure.zerlegung import zerlegungen

UEBRIGE = "übrige"
GERUNDET = "gerundet"
# Only these can be added up over time; a Stichtag or a yearly mean cannot.
FLOWS = ("monat", "quartal", "halbjahr", "jahr")
COMPLETE = {"geschlecht": {"m", "w"}, "nationalitaet": {"deutsch", "auslaendisch"}}
MITTEL = {"monat": 12, "quartal": 4}


@dataclass(frozen=True)
class Gefuege:
    """Adds to a net the relations among its cells.

    netz:     with all cells
    zellen:   the cells that a relation may name, by what they count (`fassung` empty)
    regeln:   the rule of each cell
    kinder:   of each Gebiet those that lie in it and in nothing smaller
    additiv:  whether a Messgröße may be summed over areas
    teil_von: the whole of a Messgröße
    """

    netz: Netz
    zellen: list[Kennung]
    regeln: dict[Kennung, Regel]
    kinder: Mapping[str, set[str]]
    additiv: Mapping[str, bool]
    teil_von: Mapping[str, str]
    # The same areas, ages and times come again on very many lines.
    _flaechen: dict[frozenset[str], list[tuple[str, list[str], bool]]] = field(default_factory=dict)
    _spannenfolgen: dict[frozenset[Spanne], tuple[list[Faktoren], list[Faktoren]]] = field(
        default_factory=dict
    )

    def verbinde(self) -> None:
        """Add all relations."""
        for name, parts in COMPLETE.items():
            self._dritte(name, parts)
        self._gebiete()
        for name in ("geschlecht", "nationalitaet", "gruppe"):
            self._merkmal(name, "")
        self._messgroessen()
        cells = self.netz.zellen
        # What an exempt delivery shows is known under its own name only.
        secret = {cell: cells[cell].wert for cell in self.zellen if not cells[cell].fest}
        for one, other in gleiche(secret):
            self.netz.gleich(one, other)
        for line in self._lines("alter_von", "alter_bis"):
            self._spannen({(c.alter_von, c.alter_bis + 1): c for c in line})
        for line in self._lines("zeit", "zeitbezug", "von", "bis"):
            day = timedelta(days=1)
            self._mittel(line)
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
        same = itemgetter(*kept)
        lines: dict[Hashable, list[Kennung]] = defaultdict(list)
        for cell in self.zellen:
            lines[same(cell)].append(cell)
        return (line for line in lines.values() if len(line) > 1)

    def _dritte(self, name: str, complete: set[str]) -> None:
        """Add who is in the total only, neither among the men nor among the women, as cells.

        Figures that were rounded or corrected leave too much on one line and too little on another:
        that is nobody.
        """
        found: dict[tuple[str, str], list[tuple[Kennung, float]]] = defaultdict(list)
        for line in self._lines(name):
            here = {str(getattr(cell, name)): cell for cell in line}
            if here.keys() == {"", *complete}:
                rest = self._rest([here[value] for value in complete], [here[""]])
                if rest is not None:
                    found[line[0].messgroesse, line[0].zeitbezug].append((here[""], rest))
        for cells in found.values():
            rests = np.array([rest for _, rest in cells])
            small = self.regeln[cells[0][0]].kleinste_zahl
            if (rests >= 0).all() and ((rests > 0) & (rests < small)).any():
                for whole, rest in cells:
                    cell = whole._replace(**{name: UEBRIGE})  # type: ignore[arg-type]
                    self.netz.zelle(cell, ungezeigt(rest, self.regeln[whole], bekannt=True))
                    self.zellen.append(cell)
                    self.regeln[cell] = self.regeln[whole]

    def _gebiete(self) -> None:
        for line in self._lines("gebiet"):
            if not self.additiv[line[0].messgroesse]:
                continue
            here = {cell.gebiet: cell for cell in line}
            places = frozenset(here)
            if places not in self._flaechen:
                every = ((place, *self._darunter(place, places)) for place in sorted(places))
                self._flaechen[places] = [nested for nested in every if nested[1]]
            for whole, parts, complete in self._flaechen[places]:
                self._ganzes([here[part] for part in parts], here[whole], complete=complete)

    def _darunter(self, whole: str, here: frozenset[str]) -> tuple[list[str], bool]:
        """Return the largest areas inside that have a figure, and whether they tile the whole."""
        parts, complete = [], whole in self.kinder
        for child in sorted(self.kinder.get(whole, ())):
            if child in here:
                parts.append(child)
            else:
                smaller, tiled = self._darunter(child, here)
                parts += smaller
                complete &= tiled
        return parts, complete

    def _merkmal(self, name: str, total: str) -> None:
        lines = []
        for line in self._lines(name):
            whole = [cell for cell in line if getattr(cell, name) == total]
            parts = [cell for cell in line if getattr(cell, name) != total]
            if whole and parts:
                lines.append((parts, whole[0]))
            if name == "gruppe":
                lines += [
                    ([p for p in parts if p is not one], one) for one in parts if len(parts) > 1
                ]
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

        What adds up on every line, everybody may take for granted. Of what remains: if on some line
        it is more than the whole, the parts overlap, and each one is only a part by itself.
        """
        by_kind: dict[tuple[str, str, tuple[str, ...]], list[tuple[list[Kennung], Kennung]]] = (
            defaultdict(list)
        )
        for parts, whole in lines:
            ordered = sorted(parts, key=lambda part: str(getattr(part, name)))
            values = tuple(str(getattr(part, name)) for part in ordered)
            by_kind[whole.messgroesse, whole.gruppe, values].append((ordered, whole))
        for (_, group, values), kind in by_kind.items():
            if complete and complete <= set(values):
                for parts, whole in kind:
                    self._ganzes(parts, whole, complete=True)
                continue
            sets = self._zerlegungen(kind)
            for chosen in sets:
                for parts, whole in kind:
                    self._ganzes([parts[place] for place in chosen], whole, complete=True)
            loose = sorted(set(range(len(values))) - {place for chosen in sets for place in chosen})
            # One group is a whole of others only where the figures say so.
            if loose and not (name == "gruppe" and group):
                self._lose([([parts[p] for p in loose], whole) for parts, whole in kind])

    def _zerlegungen(self, kind: Sequence[tuple[list[Kennung], Kennung]]) -> list[tuple[int, ...]]:
        cells = self.netz.zellen
        table = [[cells[cell].wert for cell in (whole, *parts)] for parts, whole in kind]
        known = np.array([row for row in table if None not in row], dtype=np.float64)
        return zerlegungen(known[:, 0], known[:, 1:]) if len(known) else []

    def _lose(self, kind: Sequence[tuple[list[Kennung], Kennung]]) -> None:
        rests = [self._rest(parts, [whole]) for parts, whole in kind]
        if all(rest is None or rest >= 0 for rest in rests):
            for parts, whole in kind:
                self._ganzes(parts, whole, complete=False)
        else:
            for parts, whole in kind:
                for part in parts:
                    self._ganzes([part], whole, complete=False)

    def _rest(self, minus: Iterable[Kennung], plus: Iterable[Kennung]) -> float | None:
        """Return what is left of cells without others; None where a source hides one of them."""
        rest = 0.0
        for sign, cells in ((1, plus), (-1, minus)):
            for cell in cells:
                value = self.netz.zellen[cell].wert
                if value is None:
                    return None
                rest += sign * value
        return rest

    def _ganzes(self, parts: Sequence[Kennung], whole: Kennung, *, complete: bool) -> None:
        """Add a whole and its parts; of parts that are incomplete something is left.

        Where complete parts differ from the whole, the difference is taken as known.
        """
        if complete:
            self.netz.summe(parts, whole)
        else:
            self._uebrig(parts, [whole])

    def _uebrig(self, minus: Sequence[Kennung], plus: Sequence[Kennung]) -> None:
        """Add as a cell what cells leave of others."""
        rest = self._rest(minus, plus)
        cells = (*plus, *minus)
        if (rest is not None and rest < 0) or all(self.netz.zellen[cell].fest for cell in cells):
            return
        name = (UEBRIGE, *cells)
        # A masked part does not undo the relation: it and the remainder are both unknown.
        left = Zelle(None, primaer=True) if rest is None else ungezeigt(rest, self.regeln[plus[0]])
        self.netz.zelle(name, left)
        factors: dict[Schluessel, float] = dict.fromkeys(minus, -1.0)
        self.netz.beziehung({**factors, **dict.fromkeys(plus, 1.0), name: -1.0})

    def _spannen(self, cells: Mapping[Spanne, Kennung]) -> None:
        """Add what follows from intervals: short ones tile long ones, or leave something of them."""
        spans = frozenset(cells)
        if spans not in self._spannenfolgen:
            self._spannenfolgen[spans] = ableitungen(spans)
        circles, remainders = self._spannenfolgen[spans]
        for circle in circles:
            self.netz.beziehung({cells[span]: factor for span, factor in circle.items()})
        for left in remainders:
            self._uebrig(
                [cells[span] for span, factor in left.items() if factor < 0],
                [cells[span] for span, factor in left.items() if factor > 0],
            )

    def _mittel(self, line: Sequence[Kennung]) -> None:
        """Add that a yearly mean is the sum of its months, divided and rounded to a whole number."""
        for mean in (cell for cell in line if cell.zeitbezug == "jahresdurchschnitt"):
            for step, count in MITTEL.items():
                parts = [
                    cell
                    for cell in line
                    if cell.zeitbezug == step and mean.von <= cell.von and cell.bis <= mean.bis
                ]
                rest = self._rest(parts, [mean] * count)
                if len(parts) != count or rest is None:
                    continue
                factors: dict[Schluessel, float] = {
                    **dict.fromkeys(parts, -1.0),
                    mean: float(count),
                }
                if abs(rest) <= count / 2 and float(self.netz.zellen[mean].wert or 0).is_integer():
                    name = (GERUNDET, mean, step)
                    self.netz.zelle(name, Zelle(count / 2 - rest, oben=float(count), primaer=True))
                    factors[name] = 1.0
                self.netz.beziehung(factors)


def ungezeigt(wert: float, regel: Regel, *, bekannt: bool = False) -> Zelle:
    """Return a cell that nobody shows but that follows from others; the rules hold for it.

    bekannt: unless it is small, everybody knows it: that nobody is there, most of the time
    """
    schutz = pruefe_zahlen(wert, regel)
    small = bool(schutz.primaer)
    if bekannt and not small:
        return Zelle(wert, unten=float(schutz.unten), fest=True)
    return Zelle(wert, soll_oben=float(schutz.soll_oben) if small else float("-inf"), primaer=True)
