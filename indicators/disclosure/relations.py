"""Cells and the linear relations among them: everything an attacker can calculate with.

Parts and their total are one relation: −part … −part + total = rest. The rest is 0 where figures
add up; where they do not (a corrected total, a source that was rounded), it is the difference found,
as if the attacker knew it: that is the careful assumption.
A denominator that is published bounds its numerator, a published rate does so more closely
(`rules.bereich_aus_quote`); the same cell in several indicators is one cell, because a cell is named
by what it counts, not by where it is shown.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from indicators.disclosure.rules import Schutz
from indicators.statistics.arguments import Bools, Floats

Schluessel = Hashable


@dataclass(frozen=True, slots=True)
class Zelle:
    """One count and what is to be kept unknown about it.

    wert:       None where even we do not know it (the source's own mask)
    unten, oben: what anybody knows if it is suppressed
    soll_unten, soll_oben: how far an attacker's interval must reach (infinite the wrong way: no
                demand)
    primaer:    must not be shown
    maske:      suppressed by its source, and therefore here
    fest:       must be shown, or has been shown in an earlier Veröffentlichung
    frueher:    was suppressed in an earlier Veröffentlichung: preferred as a partner
    """

    wert: float | None
    unten: float = 0.0
    oben: float = np.inf
    soll_unten: float = np.inf
    soll_oben: float = -np.inf
    primaer: bool = False
    maske: bool = False
    fest: bool = False
    frueher: bool = False


@dataclass(frozen=True)
class Geflecht:
    """All cells as arrays, and matrix @ wert = rest."""

    schluessel: tuple[Schluessel, ...]
    wert: Floats
    matrix: sparse.csr_array
    rest: Floats
    unten: Floats
    oben: Floats
    soll_unten: Floats
    soll_oben: Floats
    primaer: Bools
    maske: Bools
    fest: Bools
    frueher: Bools

    @property
    def pflicht(self) -> Bools:
        """Return which cells are suppressed before any partner is sought."""
        return self.primaer | self.maske

    @property
    def sperrbar(self) -> Bools:
        """Return which cells may become partners; a zero that is shown may not."""
        return ~self.fest & (self.wert >= self.unten) & (self.wert <= self.oben)

    def dieselben(self) -> np.ndarray:
        """Return a number for each cell, the same for cells that count the same people.

        A part is its total where all other parts are zeros that are shown. Whoever knows their own
        case in one of the two knows the other, and learns of nobody else by it.
        """
        somebody = (self.wert != 0) | (self.unten == 0)
        # Nor is anybody in a cell that its source hides below a total of zero.
        totals, parts = ((self.matrix * sign > 0).astype(float) for sign in (1.0, -1.0))
        empty = (totals @ np.ones(len(somebody)) == 1) & (totals @ ~somebody > 0)
        somebody &= ~(self.maske & (parts.T @ empty > 0))
        people = sparse.csr_array(abs(self.matrix) * somebody)
        people.eliminate_zeros()
        pairs = np.flatnonzero((np.diff(people.indptr) == 2) & (self.rest == 0))
        ends = people.indices[people.indptr[pairs][:, None] + np.arange(2)]
        opposite = self.matrix[pairs][np.arange(len(pairs))[:, None], ends].sum(axis=1) == 0
        one, other = ends[np.asarray(opposite).ravel()].T
        shape = (len(self.wert), len(self.wert))
        graph = sparse.csr_array((np.ones(len(one)), (one, other)), shape)
        _, number = sparse.csgraph.connected_components(graph, directed=False)
        return number

    def mitgewusst(self, people: np.ndarray) -> sparse.csr_array:
        """Return for each cell (its row) which others are settled by knowing that it is 1.

        These are the cells that count the same people, and the parts of a total, at any depth: who
        is the only case in the village is also the only one among its women. No suppression could
        keep that from the person itself.
        people: from `dieselben`
        """
        totals, parts = (sparse.csr_array(self.matrix * sign > 0) for sign in (1.0, -1.0))
        one = np.flatnonzero(np.diff(totals.indptr) == 1)
        below = totals[one].T.astype(float) @ parts[one].astype(float)
        reach = sparse.csr_array(sparse.eye_array(len(people)) + below > 0)
        while True:  # one more depth, until nothing is new
            deeper = sparse.csr_array(reach.astype(float) @ reach.astype(float) > 0)
            if deeper.nnz == reach.nnz:
                break
            reach = deeper
        places = (np.ones(len(people)), (np.arange(len(people)), people))
        same = sparse.csr_array(places)
        return sparse.csr_array(reach.astype(float) @ same @ same.T > 0)

    def teile(self) -> Iterator[tuple[np.ndarray, "Geflecht"]]:
        """Yield each connected part in which something is to be protected, with its cells' numbers."""
        graph = abs(self.matrix.T) @ abs(self.matrix)
        _, part = sparse.csgraph.connected_components(graph, directed=False)
        asked = self.primaer & (np.isfinite(self.soll_oben) | np.isfinite(self.soll_unten))
        for number in np.unique(part[asked | self.maske]):
            cells = np.flatnonzero(part == number)
            yield cells, self.ausschnitt(cells)

    def ausschnitt(self, cells: np.ndarray) -> "Geflecht":
        """Return some cells with the relations that lie among them alone."""
        columns = self.matrix[:, cells]
        rows = np.flatnonzero(
            (np.diff(columns.indptr) > 0) & (np.diff(columns.indptr) == np.diff(self.matrix.indptr))
        )
        arrays = {
            name: getattr(self, name)[cells]
            for name in (
                *("wert", "unten", "oben", "soll_unten", "soll_oben"),
                *("primaer", "maske", "fest", "frueher"),
            )
        }
        names = tuple(self.schluessel[cell] for cell in cells)
        return Geflecht(schluessel=names, matrix=columns[rows], rest=self.rest[rows], **arrays)


@dataclass
class Netz:
    """Collects cells and relations in any order; `fertig` turns them into arrays.

    netz = Netz()
    netz.zelle("08116019", Zelle(2, …)); …
    netz.summe(["08116019", …], "08116")
    """

    zellen: dict[Schluessel, Zelle] = field(default_factory=dict)
    beziehungen: dict[tuple[tuple[Schluessel, float], ...], float | None] = field(
        default_factory=dict
    )

    def zelle(self, schluessel: Schluessel, zelle: Zelle) -> None:
        """Add a cell; if it is there already, both descriptions hold (the stricter of each).

        Raises: ValueError if the two say different values
        """
        known = self.zellen.get(schluessel)
        self.zellen[schluessel] = zelle if known is None else _strictest(schluessel, known, zelle)

    def felder(self, schluessel: Sequence[Schluessel], wert: Floats, schutz: Schutz) -> None:
        """Add cells from arrays; a NaN is a cell that its source has suppressed.

        Whoever knows what the source's sign means adds it: zelle(name, Zelle(None, 1, 2)) for »*«.
        """
        bounds = (schutz.unten, schutz.oben, schutz.soll_unten, schutz.soll_oben, schutz.primaer)
        for name, value, low, high, down, up, primary in zip(
            schluessel, wert, *bounds, strict=True
        ):
            unknown = bool(np.isnan(value))
            self.zelle(
                name,
                Zelle(
                    None if unknown else float(value),
                    *(float(low), float(high), float(down), float(up)),
                    primaer=bool(primary),
                    maske=unknown,
                ),
            )

    def summe(self, teile: Iterable[Schluessel], gesamt: Schluessel) -> None:
        """Add: the parts make up the total (areas, sexes, pooled years); twice counts once."""
        parts = list(dict.fromkeys(teile))
        if gesamt in parts:
            raise ValueError(f"{gesamt}: kann nicht Teil seiner eigenen Summe sein")
        if parts:
            self.beziehung({**dict.fromkeys(parts, -1.0), gesamt: 1.0})

    def gleich(self, eine: Schluessel, andere: Schluessel) -> None:
        """Add: two cells hold the same number of the same people."""
        if eine != andere:
            self.beziehung({eine: -1.0, andere: 1.0})

    def beziehung(self, faktoren: Mapping[Schluessel, float], rest: float | None = None) -> None:
        """Add any linear relation; without `rest` it is taken from the values."""
        ordered = sorted(faktoren.items(), key=lambda item: repr(item[0]))
        self.beziehungen[tuple(ordered)] = rest

    def frueher(self, ausgabe: str, werte: Mapping[Schluessel, float | None]) -> list[Schluessel]:
        """Take in an earlier Veröffentlichung, which everybody still has.

        A cell shown there with today's value is known for ever and cannot protect another one. A
        cell hidden there is the preferred partner. A cell shown there with another value (since
        revised) is a cell of its own, named (ausgabe, schluessel); the caller adds the relations
        of that release among such names, `mit_ausgabe` says which.
        werte:   what that release shows; None where it hides the cell
        Returns: cells shown there that would be primary today: the release would have to be
                 withdrawn
        """
        exposed = []
        for name, value in werte.items():
            cell = self.zellen.get(name)
            if cell is None:
                continue
            if value is None:
                self.zellen[name] = replace(cell, frueher=True)
            elif cell.wert == value:
                self.zellen[name] = replace(cell, fest=True)
                if cell.primaer:
                    exposed.append(name)
            else:
                self.zelle((ausgabe, name), Zelle(value, fest=True))
        return exposed

    def mit_ausgabe(self, ausgabe: str, schluessel: Schluessel) -> Schluessel:
        """Return the name under which a cell of an earlier release is kept."""
        own = (ausgabe, schluessel)
        return own if own in self.zellen else schluessel

    def fertig(self) -> Geflecht:
        """Return the arrays.

        Raises: ValueError if a relation names a cell that was never added
        """
        names = tuple(self.zellen)
        place = {name: number for number, name in enumerate(names)}
        cells = list(self.zellen.values())
        value = np.array([np.nan if c.wert is None else c.wert for c in cells], dtype=np.float64)
        matrix = self._matrix(place)
        found = np.nan_to_num(matrix @ value)
        flags = {
            name: np.array([getattr(c, name) for c in cells], dtype=bool)
            for name in ("primaer", "maske", "fest", "frueher")
        }
        stated = [found[row] if r is None else r for row, r in enumerate(self.beziehungen.values())]
        return Geflecht(
            schluessel=names,
            wert=value,
            matrix=matrix,
            rest=np.array(stated, dtype=np.float64),
            **{
                name: np.array([getattr(c, name) for c in cells], dtype=np.float64)
                for name in ("unten", "oben", "soll_unten", "soll_oben")
            },
            primaer=flags["primaer"],
            maske=flags["maske"],
            fest=flags["fest"],
            frueher=flags["frueher"],
        )

    def _matrix(self, place: Mapping[Schluessel, int]) -> sparse.csr_array:
        entries = [
            (row, place.get(name, -1), factor, name)
            for row, factors in enumerate(self.beziehungen)
            for name, factor in factors
        ]
        absent = [str(name) for _, column, _, name in entries if column < 0]
        if absent:
            raise ValueError(f"beziehung: unbekannte Zelle {', '.join(absent[:3])}")
        rows, columns, factors = ([e[i] for e in entries] for i in range(3))
        shape = (len(self.beziehungen), len(place))
        return sparse.csr_array((np.array(factors, dtype=np.float64), (rows, columns)), shape)


def _strictest(name: Schluessel, one: Zelle, other: Zelle) -> Zelle:
    if None not in (one.wert, other.wert) and one.wert != other.wert:
        raise ValueError(f"{name}: zwei verschiedene Werte {one.wert:g} und {other.wert:g}")
    return Zelle(
        wert=other.wert if one.wert is None else one.wert,
        unten=max(one.unten, other.unten),
        oben=min(one.oben, other.oben),
        soll_unten=min(one.soll_unten, other.soll_unten),
        soll_oben=max(one.soll_oben, other.soll_oben),
        primaer=one.primaer or other.primaer,
        maske=one.maske or other.maske,
        fest=one.fest or other.fest,
        frueher=one.frueher or other.frueher,
    )
