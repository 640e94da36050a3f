"""One opened build: its connection and the small tables that are the same for every question."""

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from etl import warehouse
from indicators.records import Gebiet, Indikator

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
