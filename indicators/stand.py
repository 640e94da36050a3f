"""One opened build: its connection and the small tables that are the same for every question."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from etl import warehouse
from indicators.planstand import Planstand, read_planstand
from indicators.records import Gebiet, Handlungsfeld, Indikator, Leitziel, Querschnittsthema

LEVELS = """
SELECT indikator, list(DISTINCT ebene ORDER BY ebene)
FROM indikatorwert JOIN gebiet USING (gebiet)
WHERE status <> 'fehlt' GROUP BY indikator
"""


class Stand:
    """Everything that is the same for one build: its connection and its small tables."""

    def __init__(self, build: warehouse.Build) -> None:
        self.build = build
        self.connection = warehouse.read(build.oeffentlich)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a query on a cursor of its own, since a connection must not be shared by threads."""
        with self.connection.cursor() as cursor:
            return cursor.execute(sql, list(values)).fetchall()

    @cached_property
    def kopf(self) -> tuple[str, datetime, bool]:
        """Return id, time of making and whether this is a draft."""
        id_, made, draft = self.rows("SELECT id, erzeugt, entwurf FROM datenstand")[0]
        return id_, made, draft

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
