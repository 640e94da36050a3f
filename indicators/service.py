"""The one door to the published figures: pages, export, API and report ask here and nowhere else.

Returns frozen records and lists, never frames, so that the web process needs no pandas.
"""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from duckdb import DuckDBPyConnection

from etl import warehouse
from etl.errors import UnknownError, suggestion
from indicators.agenda_service import Agenda
from indicators.herkunft import Herkunft
from indicators.records import (
    GESAMT,
    Befund,
    Datenstand,
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
from indicators.stand import Stand
from indicators.statements import IN_GROUP, TOTAL, Statements

R = TypeVar("R")

WERT = """
SELECT indikator, gebiet, zeit, jahr, zeitbezug, geschlecht, alter, nationalitaet, gruppe, zaehler,
       nenner, wert, unten, oben, klasse, status, guete, basis, anmerkung, quelle, nenner_quelle
FROM indikatorwert
"""
KURVE = """
jahr, wert, basis || ':' || (
    SELECT count(*) FROM bruch b
    WHERE b.indikator = w.indikator AND b.datum <= w.bis AND starts_with(w.gebiet, b.gebiet))
FROM indikatorwert w
"""


class Service(Statements, Agenda, Herkunft):
    """Answers from the build in use; notices by itself when a new one was swapped in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._stand = Stand(warehouse.current(folder))

    def _current(self) -> Stand:
        build = warehouse.current(self._folder)
        if build != self._stand.build:
            with self._lock:
                if build != self._stand.build:
                    self._stand = Stand(build)
        return self._stand

    def datenstand(self) -> Datenstand:
        """Return which build this is, and the message of a later refresh that failed."""
        id_, made, draft = self._current().kopf
        last = warehouse.last_run(self._folder)
        return Datenstand(id_, made, draft, last["fehler"] if last else None)

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
        return [
            g
            for g in self._current().gebiete.values()
            if (g.eigen or not nur_eigene) and (ebene is None or g.ebene == ebene)
        ]

    def gebiet(self, schluessel: str) -> Gebiet:
        """Return one area; raises UnknownError if there is none of that key."""
        return _known(self._current().gebiete, schluessel, "Das Gebiet")

    def nachbarn(self, gemeinde: str) -> list[str]:
        """Return the keys of the municipalities that share a border of 100 m or more."""
        found = self._current().rows(
            "SELECT nachbar FROM nachbar WHERE gebiet = ? ORDER BY nachbar", [gemeinde]
        )
        return [row[0] for row in found]

    def zeiten(self, indikator: str, ebene: str | None = None) -> list[tuple[str, int]]:
        """Return the periods with values, oldest first, as (zeit, jahr)."""
        found = self._current().rows(
            f"""SELECT zeit, jahr FROM indikatorwert JOIN gebiet USING (gebiet)
                WHERE indikator = ? AND (? IS NULL OR ebene = ?) AND status <> 'fehlt' AND {TOTAL}
                GROUP BY zeit, jahr, bis ORDER BY bis, zeit""",
            [indikator, ebene, ebene],
        )
        return [(zeit, jahr) for zeit, jahr in found]

    def reihe(self, indikator: str, gebiete: Sequence[str], gruppe: Gruppe = GESAMT) -> list[Wert]:
        """Return the series of some areas, ordered by area as given, then by time."""
        return self._werte(
            f"indikator = ? AND gebiet IN (SELECT unnest(?::VARCHAR[])) AND {IN_GROUP}"
            " ORDER BY list_position(?::VARCHAR[], gebiet), bis, basis",
            [indikator, list(gebiete), *gruppe, list(gebiete)],
        )

    def vergleich(
        self, indikator: str, zeit: str, ebene: str = "gemeinde", gruppe: Gruppe = GESAMT
    ) -> list[Wert]:
        """Return all areas of a level at one time, highest value first, missing ones last.

        Municipalities are those of the Kreis. Where two bases exist, the newer one counts.
        """
        eigen = "AND eigen" if ebene == "gemeinde" else ""
        found = self._werte(
            f"""indikator = ? AND zeit = ? AND {IN_GROUP} AND gebiet IN (
                    SELECT gebiet FROM gebiet WHERE ebene = ? {eigen})
                ORDER BY basis DESC, wert DESC NULLS LAST, gebiet""",
            [indikator, zeit, *gruppe, ebene],
        )
        newest = {w.gebiet: w for w in reversed(found)}
        return sorted(newest.values(), key=lambda w: (w.wert is None, -(w.wert or 0), w.gebiet))

    def letzte(self, indikator: str, gebiete: Sequence[str]) -> dict[str, Wert]:
        """Return the newest period of an indicator for each area that has one."""
        found = self._werte(
            f"indikator = ? AND gebiet IN (SELECT unnest(?::VARCHAR[])) AND {TOTAL}"
            " ORDER BY (wert IS NOT NULL), bis, basis",
            [indikator, list(gebiete)],
        )
        return {w.gebiet: w for w in found}

    def alle_letzten(self, gebiet: str) -> dict[str, Wert]:
        """Return the newest value of every indicator for one area."""
        found = self._werte(
            f"gebiet = ? AND {TOTAL} ORDER BY indikator, (wert IS NOT NULL), bis, basis", [gebiet]
        )
        return {w.indikator: w for w in found}

    def kurven(self, gebiet: str) -> dict[str, list[Kurvenpunkt]]:
        """Return the short curves of one area by indicator, oldest first, cut at every break."""
        found = self._current().rows(
            f"SELECT indikator, {KURVE} WHERE gebiet = ? AND {TOTAL} ORDER BY indikator, bis, basis",
            [gebiet],
        )
        return _curves(found)

    def kurven_der_gemeinden(
        self, indikator: str, gruppe: Gruppe = GESAMT
    ) -> dict[str, list[Kurvenpunkt]]:
        """Return the short curves of one indicator for the municipalities of the Kreis, by key."""
        found = self._current().rows(
            f"""SELECT gebiet, {KURVE} WHERE indikator = ? AND {IN_GROUP} AND gebiet IN (
                    SELECT gebiet FROM gebiet WHERE eigen AND ebene = 'gemeinde')
                ORDER BY gebiet, bis, basis""",
            [indikator, *gruppe],
        )
        return _curves(found)

    def reihe_je_gruppe(self, indikator: str, gebiet: str) -> list[Wert]:
        """Return the series of every group of people in one area, by group, then by time."""
        return self._werte(
            "indikator = ? AND gebiet = ? ORDER BY geschlecht, nationalitaet, gruppe,"
            " (alter <> ''), alter_von, alter_bis, bis, basis",
            [indikator, gebiet],
        )

    def gruppen(self, indikator: str) -> list[Gruppe]:
        """Return the groups an indicator is delivered for, the total first."""
        found = self._current().rows(
            "SELECT geschlecht, alter, nationalitaet, gruppe FROM indikatorwert WHERE indikator = ?"
            " GROUP BY geschlecht, alter_von, alter_bis, alter, nationalitaet, gruppe"
            " ORDER BY geschlecht, nationalitaet, gruppe, (alter <> ''), alter_von, alter_bis",
            [indikator],
        )
        return [Gruppe(*row) for row in found]

    def quellen(self, indikator: str | None = None) -> list[Quelle]:
        """Return all sources, or those an indicator was calculated from."""
        used = (
            "WHERE id IN (SELECT quelle FROM indikatorwert WHERE indikator = ?"
            " UNION SELECT nenner_quelle FROM indikatorwert WHERE indikator = ?)"
        )
        found = self._current().rows(
            "SELECT id, herausgeber, tabelle, titel, stand, lizenz, namensnennung, ursprung,"
            " bearbeitung, verantwortlich, rhythmus, ausgabe, zeilen, datei FROM quelle"
            f" {used if indikator else ''} ORDER BY herausgeber, tabelle",
            [indikator, indikator] if indikator else [],
        )
        return [Quelle(*row) for row in found]

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
        return self._current().build.oeffentlich

    def _werte(self, condition: str, values: Sequence[object]) -> list[Wert]:
        found = self._current().rows(f"{WERT} WHERE {condition}", values)
        return [_wert(row) for row in found]


def _wert(row: tuple[Any, ...]) -> Wert:
    fields: list[Any] = [*row[:-2], tuple(quelle for quelle in row[-2:] if quelle)]
    return Wert(*fields)


def _curves(rows: Sequence[tuple[Any, ...]]) -> dict[str, list[Kurvenpunkt]]:
    curves: dict[str, list[Kurvenpunkt]] = {}
    for key, *point in rows:
        curves.setdefault(key, []).append(Kurvenpunkt(*point))
    return curves


def _known(table: dict[str, R], key: str, what: str) -> R:
    if key not in table:
        raise UnknownError.at(
            key, f"{what} »{key}« gibt es nicht.", suggestion(key, table, "Schreibweise prüfen.")
        )
    return table[key]
