"""The one door to the published figures: pages, export, API and report ask here and nowhere else.

Returns frozen records and lists, never frames, so that the web process needs no pandas.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from duckdb import DuckDBPyConnection

from etl.errors import UnknownError, suggestion
from indicators.agenda_service import Agenda
from indicators.gezeigt import Gezeigt
from indicators.herkunft import Herkunft
from indicators.records import (
    GESAMT,
    Befund,
    Bruch,
    Gebiet,
    Gruppe,
    Handlungsfeld,
    Indikator,
    Kurvenpunkt,
    Leitziel,
    Quelle,
    Querschnittsthema,
    Wert,
)
from indicators.stand import nach_erster_spalte
from indicators.statements import IN_GROUP, Statements, among

R = TypeVar("R")

SPALTEN = """
       indikator, gebiet, zeit, jahr, zeitbezug, geschlecht, alter, nationalitaet, gruppe, zaehler,
       nenner, wert, unten, oben, klasse, status, guete, basis, anmerkung, quelle, nenner_quelle
"""
WERT = f"SELECT {SPALTEN}"


class Service(Gezeigt, Statements, Agenda, Herkunft):
    """Answers from one build; notices by itself when another one takes its place."""

    def fest(self, id_: str) -> "Service":
        """Return the service over one release, for its own link."""
        return Service(self._folder, fest=id_)

    def handlungsfelder(self) -> list[Handlungsfeld]:
        """Return the fields of action in Agenda order."""
        return list(self._current().handlungsfelder)

    def leitziele(self, handlungsfeld: str | None = None) -> list[Leitziel]:
        """Return all Leitziele, or those of one Handlungsfeld, in Agenda order."""
        goals = self._current().leitziele
        return [z for z in goals if handlungsfeld is None or z.handlungsfeld == handlungsfeld]

    def querschnittsthemen(self) -> list[Querschnittsthema]:
        """Return the topics that run through all fields of action."""
        return list(self._current().querschnittsthemen)

    def indikatoren(self, leitziel: str | None = None) -> list[Indikator]:
        """Return all indicators, or those of one Leitziel, in catalogue order."""
        everything = self._current().indikatoren.values()
        return [i for i in everything if leitziel is None or leitziel in i.leitziele]

    def indikator(self, id_: str) -> Indikator:
        """Return one indicator; raises UnknownError if there is none of that id."""
        return _known(self._current().indikatoren, id_, "Den Indikator")

    def gebiete(self, ebene: str | None = None, *, nur_eigene: bool = True) -> list[Gebiet]:
        """Return areas by name: those of the Kreis, or all that have figures."""
        known, question = self.gemerkt, ("gebiete", ebene, nur_eigene)
        if question not in known:
            known[question] = [
                g
                for g in self._current().gebiete.values()
                if (g.eigen or not nur_eigene) and (ebene is None or g.ebene == ebene)
            ]
        return list(known[question])

    def gebiet(self, schluessel: str) -> Gebiet:
        """Return one area; raises UnknownError if there is none of that key."""
        return _known(self._current().gebiete, schluessel, "Das Gebiet")

    def nachbarn(self, gemeinde: str) -> list[str]:
        """Return the keys of the municipalities that share a border of 100 m or more."""
        return sorted(key for (key,) in self._current().von(gemeinde, "nachbar", "nachbar"))

    def zeiten(
        self, indikator: str, ebene: str | None = None, *, nur_fremde: bool = False
    ) -> list[tuple[str, int]]:
        """Return the periods with values, oldest first, as (zeit, jahr).

        nur_fremde: only those with a value of an area that does not belong to the Kreis
        """
        found = self._current().perioden.get(indikator, ())
        return list(
            dict.fromkeys(
                (zeit, jahr)
                for zeit, jahr, level, others in found
                if ebene in (None, level) and (others or not nur_fremde)
            )
        )

    def reihe(self, indikator: str, gebiete: Sequence[str], gruppe: Gruppe = GESAMT) -> list[Wert]:
        """Return the series of some areas, ordered by area as given, then by time."""
        found = self._werte(
            f"indikator = ? AND {among(gebiete)} AND {IN_GROUP} ORDER BY bis, basis",
            [indikator, *gebiete, *gruppe],
        )
        return nach_gebieten(found, gebiete)

    def vergleich(
        self, indikator: str, zeit: str, ebene: str = "gemeinde", gruppe: Gruppe = GESAMT
    ) -> list[Wert]:
        """Return all areas of a level at one time, highest value first, missing ones last.

        Municipalities are those of the Kreis. Where two bases exist, the newer one counts.
        """
        areas = {g.schluessel for g in self.gebiete(ebene, nur_eigene=ebene == "gemeinde")}
        found = self._werte(
            f"indikator = ? AND zeit = ? AND gebiet BETWEEN ? AND ? AND {IN_GROUP}",
            [indikator, zeit, *_spanne(areas), *gruppe],
        )
        return nach_hoehe(w for w in found if w.gebiet in areas)

    def letzte(self, indikator: str, gebiete: Sequence[str]) -> dict[str, Wert]:
        """Return the newest period of an indicator for each area that has one."""
        found = self._current().rows(
            f"{WERT} FROM letzter_wert WHERE indikator = ? AND {among(gebiete)}",
            [indikator, *gebiete],
        )
        return {w.gebiet: w for w in map(_wert, found)}

    def alle_letzten(self, gebiet: str) -> dict[str, Wert]:
        """Return the newest value of every indicator for one area."""
        found = self._current().von(gebiet, "letzter_wert", SPALTEN)
        return {row[0]: _wert(row) for row in found}

    def kurven(self, gebiet: str) -> dict[str, list[Kurvenpunkt]]:
        """Return the short curves of one area by indicator, oldest first, cut at every break."""
        stand = self._current()
        return {
            indikator: _punkte(stand.brueche.get(indikator, ()), gebiet, rows)
            for indikator, rows in stand.kurve(gebiet).items()
        }

    def umfeld(
        self, indikator: str, zeit: str, gebiete: Sequence[str], gruppe: Gruppe = GESAMT
    ) -> list[Wert]:
        """Return the series of some areas, and of all municipalities the values of one period.

        One question, since preparing it costs more than the rows it finds. Oldest first.
        """
        own = {g.schluessel for g in self.gebiete("gemeinde")}
        where = f"({among(gebiete)} OR (zeit = ? AND gebiet BETWEEN ? AND ?))"
        found = self._werte(
            f"indikator = ? AND {where} AND {IN_GROUP} ORDER BY bis, basis",
            [indikator, *gebiete, zeit, *_spanne(own), *gruppe],
        )
        wanted = own.union(gebiete)
        return [w for w in found if w.gebiet in wanted]

    def kurven_der_gemeinden(
        self, indikator: str, gruppe: Gruppe = GESAMT
    ) -> dict[str, list[Kurvenpunkt]]:
        """Return the short curves of one indicator for the municipalities of the Kreis, by key."""
        stand = self._current()
        own = sorted(g.schluessel for g in self.gebiete("gemeinde"))
        if gruppe == GESAMT:
            found = {key: rows for key in own if (rows := stand.kurve(key).get(indikator))}
        else:
            found = nach_erster_spalte(
                stand.rows(
                    f"SELECT gebiet, jahr, wert, basis, bis FROM indikatorwert WHERE indikator = ?"
                    f" AND {IN_GROUP} AND {among(own)} ORDER BY gebiet, bis, basis",
                    [indikator, *gruppe, *own],
                )
            )
        breaks = stand.brueche.get(indikator, ())
        return {key: _punkte(breaks, key, rows) for key, rows in found.items()}

    def reihe_je_gruppe(self, indikator: str, gebiet: str) -> list[Wert]:
        """Return the series of every group of people in one area, by group, then by time."""
        return self._werte(
            "indikator = ? AND gebiet = ? ORDER BY geschlecht, nationalitaet, gruppe,"
            " (alter <> ''), alter_von, alter_bis, bis, basis",
            [indikator, gebiet],
        )

    def gruppen(self, indikator: str) -> list[Gruppe]:
        """Return the groups an indicator is delivered for, the total first."""
        return list(self._current().gliederung.get(indikator, ()))

    def quellen(self, indikator: str | None = None) -> list[Quelle]:
        """Return all sources, or those an indicator was calculated from."""
        stand = self._current()
        used = stand.quellen if indikator is None else stand.benutzte_quellen.get(indikator, ())
        return [quelle for id_, quelle in stand.quellen.items() if id_ in used]

    def befunde(self) -> list[Befund]:
        """Return what the checks found implausible in the deliveries."""
        found = self._current().rows(
            "SELECT art, schwere, quelle, text FROM befund ORDER BY schwere DESC, quelle, text"
        )
        return [Befund(*row) for row in found]

    def geojson(self) -> dict[str, Any]:
        """Return the municipalities as a FeatureCollection, id = key, property name."""
        return self._current().geojson

    def export(self, condition: str, values: Sequence[object]) -> DuckDBPyConnection:
        """Return a cursor over `indikatorwert`, for streaming (see indicators.export)."""
        cursor = self._current().connection.cursor()
        return cursor.execute(condition, list(values))

    def datei(self) -> Path:
        """Return the public file of the build in use, for formats that DuckDB writes itself."""
        return self._current().datei

    def _werte(self, condition: str, values: Sequence[object]) -> list[Wert]:
        found = self._current().rows(f"{WERT} FROM indikatorwert WHERE {condition}", values)
        return [_wert(row) for row in found]


def nach_gebieten(werte: Iterable[Wert], gebiete: Sequence[str]) -> list[Wert]:
    """Return the values of some areas, ordered by area as given."""
    place = {key: n for n, key in enumerate(gebiete)}
    return sorted((w for w in werte if w.gebiet in place), key=lambda w: place[w.gebiet])


def nach_hoehe(werte: Iterable[Wert]) -> list[Wert]:
    """Return one value of each area, highest first, missing last; of two bases the newer counts."""
    newest: dict[str, Wert] = {}
    for w in sorted(werte, key=lambda w: (w.basis, w.wert is not None, w.wert or 0.0)):
        newest[w.gebiet] = w
    return sorted(newest.values(), key=lambda w: (w.wert is None, -(w.wert or 0), w.gebiet))


def _spanne(gebiete: Iterable[str]) -> tuple[str, str]:
    """Return first and last key: a question between them is prepared faster than one with a list."""
    keys = sorted(gebiete)
    return (keys[0], keys[-1]) if keys else ("", "")


def _wert(row: Sequence[Any]) -> Wert:
    fields: list[Any] = [*row[:-2], tuple(quelle for quelle in row[-2:] if quelle)]
    return Wert(*fields)


def _punkte(
    brueche: Sequence[Bruch], gebiet: str, zeilen: Iterable[Sequence[Any]]
) -> list[Kurvenpunkt]:
    """Return the points of a curve from rows (jahr, wert, basis, bis).

    The stretch of a point is its basis and the number of breaks before it.
    """
    days = [b.datum for b in brueche if gebiet.startswith(b.gebiet)]
    return [
        Kurvenpunkt(jahr, wert, f"{basis}:{sum(day <= bis for day in days)}")
        for jahr, wert, basis, bis in zeilen
    ]


def _known(table: dict[str, R], key: str, what: str) -> R:
    if key not in table:
        raise UnknownError.at(
            key, f"{what} »{key}« gibt es nicht.", suggestion(key, table, "Schreibweise prüfen.")
        )
    return table[key]
