"""Municipalities and Kreis: their sum is exact where every single one was counted, else rounded."""

from collections.abc import Iterator

from duckdb import DuckDBPyConnection

from etl.befund import Befund, deutsch, gruppe
from etl.gebiete import Gebiete
from etl.mandant import mandant

CELL = "lieferung, messgroesse, zeit, zeitbezug, geschlecht, alter_von, alter_bis, nationalitaet, gruppe, basis"
# A sum of 44 values that were each rounded to whole numbers may miss the total by 44 halves; one
# of values rounded to fives by 28 in all but one of 300 cases.
ROUNDING = 22
FIVES = 28
SHARE = 0.001
# Whole numbers at a day or over a year have been counted; means and calculated values are rounded.
SUMS = f"""
WITH gemeinden AS (
    SELECT {CELL}, sum(wert) AS summe,
           bool_and(wert = round(wert)) AND bool_and(guete IN ('endgueltig', 'revidiert'))
           AND zeitbezug IN ('stichtag', 'jahr') AND bool_and(kleinste_zahl IS NOT NULL) AS gezaehlt,
           bool_or(guete = 'gerundet') AS gerundet
    FROM messwert JOIN messgroesse USING (messgroesse)
    WHERE gebiet LIKE '{{kreis}}%' AND length(gebiet) = 8 AND additiv
    GROUP BY {CELL}
    HAVING count(wert) = ?
)
SELECT quelle, m.titel, zeit, geschlecht, alter_von, alter_bis, nationalitaet, gruppe, summe, k.wert
FROM messwert k
JOIN gemeinden USING ({CELL})
JOIN lieferung USING (lieferung)
JOIN messgroesse m USING (messgroesse)
WHERE k.gebiet = '{{kreis}}' AND k.status = 'vorhanden'
  AND abs(summe - k.wert) > CASE
        WHEN gezaehlt AND k.wert = round(k.wert) AND k.guete <> 'gerundet' THEN 0.5
        WHEN gerundet THEN {FIVES}
        ELSE greatest({ROUNDING}, {SHARE} * abs(k.wert)) END
ORDER BY quelle, zeit
"""


def befunde(intern: DuckDBPyConnection, gebiete: Gebiete) -> Iterator[Befund]:
    """Yield a finding for every Kreis value that its municipalities do not add up to."""
    rows = intern.execute(SUMS.format(kreis=mandant().kreis), [len(gebiete.gemeinden)]).fetchall()
    for quelle, titel, zeit, *group, total, kreis in rows:
        text = (
            f"{titel}, {zeit}{gruppe(*group)}: Summe der Gemeinden {deutsch(total)},"
            f" Kreiswert {deutsch(kreis)}, Abstand {deutsch(total - kreis)}."
        )
        yield Befund("summe", "pruefen", quelle, text)
