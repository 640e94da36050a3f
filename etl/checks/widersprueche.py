"""Two sources that say different things about the same cell: both stay, the precedence decides."""

from collections.abc import Iterator

from duckdb import DuckDBPyConnection

from etl.befund import Befund, deutsch
from etl.gebiete import Gebiete

# Several Stände of one table are no contradiction but revisions: of them only the newest counts.
DISAGREEMENTS = """
WITH neueste AS (
    SELECT lieferung, quelle, ausnahme,
           CASE WHEN zuordnung = '' THEN quelle ELSE zuordnung END AS herkunft
    FROM lieferung l
    WHERE zuordnung = '' OR NOT EXISTS (
        SELECT 1 FROM lieferung n WHERE n.zuordnung = l.zuordnung AND n.stand > l.stand)
), mehrfach AS MATERIALIZED (
    SELECT messgroesse FROM messwert JOIN neueste USING (lieferung)
    GROUP BY messgroesse HAVING min(herkunft) <> max(herkunft)
), zellen AS (
    SELECT messgroesse, gebiet, zeit, zeitbezug, geschlecht, alter_von, alter_bis, nationalitaet,
           gruppe, basis, max(wert) - min(wert) AS abstand, max(abs(wert)) AS groesse,
           max(CASE WHEN ausnahme = '' THEN quelle ELSE '' END) AS geschuetzt
    FROM messwert JOIN neueste USING (lieferung)
    WHERE status = 'vorhanden' AND guete <> 'geschaetzt' AND messgroesse IN (FROM mehrfach)
    GROUP BY messgroesse, gebiet, zeit, zeitbezug, geschlecht, alter_von, alter_bis, nationalitaet,
             gruppe, basis
    HAVING min(herkunft) <> max(herkunft)
)
SELECT messgroesse, zeit, count(*), max(abstand), max(geschuetzt)
FROM zellen WHERE abstand > greatest(1, 0.001 * groesse)
GROUP BY messgroesse, zeit ORDER BY 1, 2
"""


def befunde(intern: DuckDBPyConnection, _gebiete: Gebiete) -> Iterator[Befund]:
    """Yield a finding for every Messgröße and time at which two sources differ.

    It belongs to the source whose figures are protected, if one of them is.
    """
    for messgroesse, zeit, cells, distance, quelle in intern.execute(DISAGREEMENTS).fetchall():
        text = (
            f"{messgroesse}, {zeit}: Zwei Quellen nennen für {cells} Gebiete oder Gruppen"
            f" verschiedene Werte (größter Abstand {deutsch(distance)}). Gezeigt wird die Quelle"
            " mit Vorrang."
        )
        yield Befund("widerspruch", "hinweis", quelle, text)
