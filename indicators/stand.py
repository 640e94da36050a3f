"""One opened build: its connection and the small tables that are the same for every question."""

import json
from collections.abc import Hashable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from etl import warehouse
from indicators.planstand import Planstand, read_planstand
from indicators.records import (
    Bruch,
    Gebiet,
    Gruppe,
    Handlungsfeld,
    Indikator,
    Leitziel,
    Quelle,
    Querschnittsthema,
    Trichter,
)

LEVELS = """
SELECT indikator, list(DISTINCT ebene ORDER BY ebene)
FROM (SELECT indikator, unnest(ebenen) AS ebene FROM gliederung) GROUP BY indikator
"""
# The areas that pages are about, and those they stand beside everywhere.
OBEN = ("land", "bund")
OFT = f"gebiet IN (SELECT gebiet FROM gebiet WHERE eigen OR ebene IN {OBEN})"
QUELLE = (
    "id, herausgeber, tabelle, titel, stand, lizenz, namensnennung, ursprung, bearbeitung,"
    " verantwortlich, rhythmus, ausgabe, zeilen, datei, ausnahme, wartet"
)


class Stand:
    """Everything that is the same for one build: its connection and its small tables."""

    def __init__(self, build: warehouse.Build, *, vertraulich: bool = False) -> None:
        self.build = build
        # Without a file of its own there is nothing that the public does not see, too.
        own = vertraulich and build.vertraulich.exists()
        self.datei = build.vertraulich if own else build.oeffentlich
        self.gemerkt: dict[Hashable, Any] = {}
        self._kurve: dict[str, dict[str, list[tuple[Any, ...]]]] = {}
        self._je_gebiet: dict[tuple[str, str], dict[str, list[tuple[Any, ...]]]] = {}
        self.connection = warehouse.read(self.datei)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a query on a cursor of its own, since a connection must not be shared by threads."""
        with self.connection.cursor() as cursor:
            return cursor.execute(sql, list(values)).fetchall()

    def oft(self, gebiet: str) -> bool:
        """Return whether an area is the Kreis, one of its municipalities, the Land or the Bund."""
        area = self.gebiete.get(gebiet)
        return area is not None and (area.eigen or area.ebene in OBEN)

    def von(self, gebiet: str, tafel: str, spalten: str) -> list[tuple[Any, ...]]:
        """Return the rows of one area in the order of their table.

        Those of the areas that pages ask for often are read together when the first of them is: a
        few thousand rows, in the time of some questions.
        """
        if not self.oft(gebiet):
            return self.rows(f"SELECT {spalten} FROM {tafel} WHERE gebiet = ?", [gebiet])
        if (tafel, spalten) not in self._je_gebiet:
            found = self.rows(f"SELECT gebiet, {spalten} FROM {tafel} WHERE {OFT}")
            self._je_gebiet[tafel, spalten] = nach_erster_spalte(found)
        return self._je_gebiet[tafel, spalten].get(gebiet, [])

    def kurve(self, gebiet: str) -> dict[str, list[tuple[Any, ...]]]:
        """Return (jahr, wert, basis, bis) of one area by indicator, oldest first."""
        if gebiet in self._kurve:
            return self._kurve[gebiet]
        found = nach_erster_spalte(self.von(gebiet, "kurve", "indikator, jahr, wert, basis, bis"))
        if self.oft(gebiet):
            self._kurve[gebiet] = found
        return found

    @cached_property
    def kopf(self) -> tuple[str, datetime, bool]:
        """Return id, time of making and whether the file holds what must not become public."""
        id_, made, internal = self.rows("SELECT id, erzeugt, intern FROM datenstand")[0]
        return id_, made, internal

    @cached_property
    def handlungsfelder(self) -> tuple[Handlungsfeld, ...]:
        """Return the fields of action in Agenda order."""
        found = self.rows("SELECT id, nr, titel, kurztitel, gremium FROM handlungsfeld ORDER BY nr")
        return tuple(Handlungsfeld(*row) for row in found)

    @cached_property
    def leitziele(self) -> tuple[Leitziel, ...]:
        """Return all goals in Agenda order."""
        found = self.rows(
            "SELECT id, nr, titel, handlungsfeld, messbarkeit, begruendung, luecke FROM leitziel"
            " ORDER BY nr"
        )
        return tuple(Leitziel(*row) for row in found)

    @cached_property
    def querschnittsthemen(self) -> tuple[Querschnittsthema, ...]:
        """Return the topics that run through all fields."""
        found = self.rows("SELECT id, titel FROM querschnittsthema ORDER BY rowid")
        return tuple(Querschnittsthema(*row) for row in found)

    @cached_property
    def indikatoren(self) -> dict[str, Indikator]:
        """Return all indicators by id, in catalogue order."""
        levels = dict(self.rows(LEVELS))
        columns = (
            "id, titel, kurztitel, frage, leitziele, querschnittsthemen, typ, art, faktor, einheit,"
            " nachkommastellen, richtung, richtung_durch, relevant_ab, hinweise, synonyme, gliederung"
        )
        found = self.rows(f"SELECT {columns}, berechnung, nur_quote FROM indikator ORDER BY platz")
        return {row[0]: _indikator(row, tuple(levels.get(row[0], ()))) for row in found}

    @cached_property
    def gebiete(self) -> dict[str, Gebiet]:
        """Return all areas by key, in the order of their names."""
        found = self.rows("""
            SELECT gebiet, name, kurzname, ebene, flaeche_km2, einwohner, einwohner_zeit,
                   einwohner_basis, teil_von,
                   verwaltungsgemeinschaft, eigen
            FROM gebiet ORDER BY name COLLATE DE
        """)
        return {row[0]: Gebiet(*row) for row in found}

    @cached_property
    def perioden(self) -> dict[str, list[tuple[str, int, str, int]]]:
        """Return (zeit, jahr, ebene, values of areas of others) by indicator, oldest first."""
        return nach_erster_spalte(
            self.rows("SELECT indikator, zeit, jahr, ebene, fremde_werte FROM periode")
        )

    @cached_property
    def gliederung(self) -> dict[str, list[Gruppe]]:
        """Return the groups that each indicator is delivered for, the total first."""
        columns = "indikator, geschlecht, alter, nationalitaet, gruppe"
        found = nach_erster_spalte(self.rows(f"SELECT {columns} FROM gliederung"))
        return {id_: [Gruppe(*row) for row in rows] for id_, rows in found.items()}

    @cached_property
    def brueche(self) -> dict[str, list[Bruch]]:
        """Return the breaks of each indicator, oldest first."""
        found = nach_erster_spalte(
            self.rows("SELECT indikator, datum, titel, text, gebiet FROM bruch")
        )
        return {id_: [Bruch(*row) for row in rows] for id_, rows in found.items()}

    @cached_property
    def wartend(self) -> dict[str, set[str]]:
        """Return the ids of the sources that each indicator still has to wait for."""
        found = nach_erster_spalte(self.rows("SELECT indikator, quelle FROM wartend"))
        return {id_: {quelle for (quelle,) in rows} for id_, rows in found.items()}

    @cached_property
    def vorausberechnet(self) -> set[str]:
        """Return the ids of the indicators of which publishers say what they expect."""
        found = self.rows("SELECT DISTINCT indikator FROM vorausberechnung WHERE wert IS NOT NULL")
        return {id_ for (id_,) in found}

    @cached_property
    def trichter(self) -> dict[str, list[Trichter]]:
        """Return the limits of chance of each indicator by size of place, smallest first."""
        found = nach_erster_spalte(
            self.rows(
                "SELECT indikator, zeit, groesse, ziel, unten, oben, unten_weit, oben_weit,"
                " unten_streuung, oben_streuung, phi FROM trichter"
            )
        )
        return {id_: [Trichter(*row) for row in rows] for id_, rows in found.items()}

    @cached_property
    def quellen(self) -> dict[str, Quelle]:
        """Return all sources by id, in the order of publisher and table."""
        found = self.rows(f"SELECT {QUELLE} FROM quelle ORDER BY herausgeber, tabelle")
        return {row[0]: Quelle(*row) for row in found}

    @cached_property
    def benutzte_quellen(self) -> dict[str, set[str]]:
        """Return the ids of the sources that each indicator was calculated from."""
        found = nach_erster_spalte(self.rows("SELECT indikator, quelle FROM indikatorquelle"))
        return {id_: {quelle for (quelle,) in rows} for id_, rows in found.items()}

    @cached_property
    def planung(self) -> Planstand:
        """Return bodies, sittings, resolutions, sub-goals, targets and measures."""
        return read_planstand(self.rows)

    @cached_property
    def geojson(self) -> dict[str, Any]:
        """Return the shapes of the municipalities as a FeatureCollection."""
        features = [
            {
                "type": "Feature",
                "id": key,
                "properties": {"name": self.gebiete[key].name},
                "geometry": json.loads(shape),
            }
            for key, shape in self.rows("SELECT gebiet, geojson FROM geometrie ORDER BY gebiet")
        ]
        return {"type": "FeatureCollection", "features": features}


def _indikator(row: tuple[Any, ...], ebenen: tuple[str, ...]) -> Indikator:
    *texts, berechnung, nur_quote = (tuple(c) if isinstance(c, list) else c for c in row)
    fields: list[Any] = [*texts, ebenen, berechnung, nur_quote]
    return Indikator(*fields)


def nach_erster_spalte(rows: list[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    """Return rows by their first column, without it, in their order."""
    groups: dict[str, list[tuple[Any, ...]]] = {}
    for key, *rest in rows:
        groups.setdefault(key, []).append(tuple(rest))
    return groups
