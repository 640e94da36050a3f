"""The newest value of each area beside Kreis and Land: how certain the difference is, and how large."""

import numpy as np
from duckdb import DuckDBPyConnection

from etl.mandant import mandant
from etl.symbols import GUETEN
from etl.tables import Columns
from indicators.assess import chunks
from indicators.assess.intervals import bounds
from indicators.operands import GROUP, NR
from indicators.statistics.compare import classify_sure

# A municipality that makes up more than this share of the Kreis is compared with the rest of it.
LARGE = 0.10
WIDE = 0.998
LIMITED = GUETEN.index("eingeschraenkt")

# The rank of a value among those of its area as one number: known before unknown, then the newer
# one, then the newer basis. `punkt` is what two areas must have in common to be compared.
RANKS = f"""
CREATE TEMP TABLE rang AS
SELECT aufgabe, reihe,
       CAST(dense_rank() OVER (ORDER BY indikator, {GROUP}, zeitbezug, zeit) AS INTEGER) AS punkt,
       CAST(dense_rank() OVER (ORDER BY bis) AS BIGINT) AS tag,
       count(*) OVER () AS alle
FROM aufgabe
"""
NEWEST = f"""
CREATE TEMP TABLE neuester AS
SELECT arg_max(e.rowid, (
           (CASE WHEN status_nr = {NR["vorhanden"]} THEN r.alle ELSE 0 END + r.tag) * 16
               + e.basis_nr) * (r.alle + 1) + e.aufgabe) AS zeile
FROM ergebnis e JOIN rang r USING (aufgabe)
GROUP BY r.reihe, e.ort
"""
# A value that is only comparable with its own kind is never held against one of another kind.
STANDARDS = f"""
CREATE TEMP TABLE massstab AS
SELECT o.gebiet, r.punkt, e.basis_nr, e.stufe = {LIMITED} AS eingeschraenkt,
       e.zaehler, e.nenner, e.wert
FROM ergebnis e JOIN rang r USING (aufgabe) JOIN ort o USING (ort)
WHERE o.gebiet IN ('{{kreis}}', '{{land}}') AND e.status_nr = {NR["vorhanden"]}
"""
SAME = f"""
    {{other}}.punkt = r.punkt AND {{other}}.basis_nr = e.basis_nr
    AND {{other}}.eingeschraenkt = (e.stufe = {LIMITED})
    AND o.gebiet <> {{other}}.gebiet AND starts_with(o.gebiet, {{other}}.gebiet)
"""
BESIDE = f"""
CREATE TEMP TABLE daneben AS
SELECT *, CASE WHEN uebriger
               THEN skala * (kreis_zaehler - zaehler) / (kreis_nenner - nenner)
               ELSE kreis_wert END AS kreis
FROM (
    SELECT n.zeile, m.modell = 'anteil' AS teil, m.modell IN ('anteil', 'rate') AS gezaehlt,
           m.skala, e.zaehler, coalesce(e.nenner, 1.0) AS nenner, e.wert,
           k.wert AS kreis_wert, k.zaehler AS kreis_zaehler, k.nenner AS kreis_nenner,
           l.wert AS land,
           coalesce(m.modell IN ('anteil', 'rate') AND e.nenner > {LARGE} * k.nenner
                    AND k.nenner > e.nenner AND k.zaehler >= e.zaehler, false) AS uebriger
    FROM neuester n
    JOIN ergebnis e ON e.rowid = n.zeile
    JOIN rang r USING (aufgabe)
    JOIN aufgabe a USING (aufgabe)
    JOIN modell m USING (indikator)
    JOIN ort o USING (ort)
    LEFT JOIN massstab k ON k.gebiet = '{{kreis}}' AND {SAME.format(other="k")}
    LEFT JOIN massstab l ON l.gebiet = '{{land}}' AND {SAME.format(other="l")}
    WHERE e.status_nr = {NR["vorhanden"]} AND (k.wert IS NOT NULL OR l.wert IS NOT NULL)
)
"""
RESULT = """
CREATE TEMP TABLE vergleich_roh (
    zeile BIGINT, vergleich_kreis VARCHAR, kreis DOUBLE, uebriger BOOLEAN,
    vergleich_land VARCHAR, land DOUBLE
)
"""


def assess(connection: DuckDBPyConnection) -> None:
    """Fill `neuester`, the newest value of each area, and `vergleich_roh`, how it compares.

    A published rate without counts gets the comparator but no word: nothing says how certain it is.
    """
    own = {"kreis": mandant().kreis, "land": mandant().landesschluessel}
    for statement in (RANKS, NEWEST, STANDARDS, BESIDE, RESULT):
        connection.execute(statement.format(**own))
    chunks.transform(connection, "daneben", "zeile", "vergleich_roh", _assessed)


def _assessed(beside: Columns) -> Columns:
    with np.errstate(invalid="ignore"):
        counted = beside["gezaehlt"] & (beside["zaehler"] >= 0)
    rows = {name: column[counted] for name, column in beside.items()}
    narrow, wide = bounds(rows), bounds(rows, WIDE)
    words = {}
    for name in ("kreis", "land"):
        words[name] = np.full(len(counted), "", dtype="U20")
        words[name][counted] = classify_sure(narrow, wide, rows[name])
    return {
        **{name: beside[name] for name in ("zeile", "kreis", "uebriger", "land")},
        "vergleich_kreis": words["kreis"],
        "vergleich_land": words["land"],
    }
