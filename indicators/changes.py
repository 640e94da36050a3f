"""What a new build changes against the one in use: new periods, revised values, other statements."""

from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from etl import warehouse

TABLE = """
CREATE TABLE aenderung (
    art VARCHAR, indikator VARCHAR, gebiet VARCHAR, zeit VARCHAR, vorher VARCHAR, jetzt VARCHAR,
    anzahl INTEGER, groesste DOUBLE
)
"""
TOTAL = "geschlecht = '' AND alter = '' AND nationalitaet = '' AND gruppe = ''"
KEY = "indikator, gebiet, zeit, zeitbezug, geschlecht, alter, nationalitaet, gruppe, basis"
CHANGES = (
    # a period that the indicator did not have before
    f"""
INSERT INTO aenderung
SELECT 'neu', n.indikator, '', n.zeit, '', '', count(*), NULL
FROM indikatorwert n
WHERE n.wert IS NOT NULL AND {TOTAL}
  AND n.indikator IN (SELECT id FROM vorher.indikator)
  AND (n.indikator, n.zeit) NOT IN (
      SELECT DISTINCT indikator, zeit FROM vorher.indikatorwert WHERE wert IS NOT NULL)
GROUP BY n.indikator, n.zeit
""",
    """
INSERT INTO aenderung
SELECT 'indikator', id, '', '', '', titel, 1, NULL FROM indikator
WHERE id NOT IN (SELECT id FROM vorher.indikator)
""",
    # the same cell with another number: how many, and by how much at most
    f"""
INSERT INTO aenderung
SELECT 'revision', indikator, '', zeit, '', '', count(*),
       max(100 * abs(n.wert - v.wert) / nullif(abs(v.wert), 0))
FROM indikatorwert n JOIN vorher.indikatorwert v USING ({KEY})
WHERE n.wert IS NOT NULL AND v.wert IS NOT NULL
  AND abs(n.wert - v.wert) > 1e-9 * greatest(1, abs(v.wert))
GROUP BY indikator, zeit
""",
    f"""
INSERT INTO aenderung
SELECT 'verschwunden', v.indikator, '', v.zeit, '', '', count(*), NULL
FROM vorher.indikatorwert v
WHERE v.wert IS NOT NULL AND {TOTAL}
  AND (v.indikator, v.zeit) NOT IN (
      SELECT DISTINCT indikator, zeit FROM indikatorwert WHERE wert IS NOT NULL)
GROUP BY v.indikator, v.zeit
""",
    f"""
INSERT INTO aenderung
SELECT 'aussage', n.indikator, n.gebiet, n.zeit, v.aussage, n.aussage, 1, NULL
FROM bewertung n
JOIN vorher.bewertung v USING (indikator, gebiet, geschlecht, alter, nationalitaet, gruppe)
JOIN gebiet g USING (gebiet)
WHERE g.eigen AND n.aussage <> v.aussage AND {TOTAL}
ORDER BY n.indikator, n.gebiet
""",
)


def write(connection: DuckDBPyConnection, previous: Path | None) -> None:
    """Fill the public table `aenderung`; it stays empty for a first or an older kind of build.

    connection: the new public file, complete; previous: the public file in use, if there is one
    """
    connection.execute(TABLE)
    if previous is None or not previous.exists():
        return
    with warehouse.beside(connection, previous, "vorher"):
        for statement in CHANGES:
            try:
                connection.execute(statement)
            except (duckdb.CatalogException, duckdb.BinderException):
                # The build in use was made by an older version with other tables: not comparable.
                connection.execute("DELETE FROM aenderung")
                return
