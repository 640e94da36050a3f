"""The newest value of each area beside Kreis and Land: how certain the difference is, and how large."""

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection

from etl.gebiete import KREIS
from etl.symbols import GUETEN
from indicators.assess import chunks
from indicators.assess.intervals import bounds
from indicators.statistics.compare import classify_sure

LAND = "08"
# A municipality that makes up more than this share of the Kreis is compared with the rest of it.
LARGE = 0.10
WIDE = 0.998
LIMITED = GUETEN.index("eingeschraenkt")

GROUP = ("indikator", "geschlecht", "alter_von", "alter_bis", "nationalitaet", "gruppe")
NEWEST = f"""
CREATE TEMP TABLE neuester AS
SELECT * EXCLUDE (platz), row_number() OVER () AS nr FROM (
    SELECT b.rowid AS zeile, b.indikator, gebiet, zeit, zeitbezug, bis, basis, status, stufe, geschlecht,
           alter_von, alter_bis, nationalitaet, gruppe, zaehler, nenner, wert, modell,
           m.skala AS skala,
           row_number() OVER (
               PARTITION BY gebiet, {", ".join(f"b.{column}" for column in GROUP)}
               ORDER BY (status = 'vorhanden') DESC, bis DESC, basis DESC
           ) AS platz
    FROM berechnet b JOIN modell m USING (indikator)
) WHERE platz = 1
"""
SAME = " AND ".join(
    f"{{other}}.{column} = n.{column}"
    for column in (*GROUP, "zeit", "zeitbezug", "basis", "status")
)
# A value that is only comparable with its own kind is never held against one of another kind.
SAME += f" AND ({{other}}.stufe = {LIMITED}) = (n.stufe = {LIMITED})"
BESIDE = f"""
CREATE TEMP TABLE daneben AS
SELECT *, CASE WHEN uebriger
               THEN skala * (kreis_zaehler - zaehler) / (kreis_nenner - nenner)
               ELSE kreis_wert END AS kreis
FROM (
    SELECT n.nr, n.zeile, n.modell, n.skala, n.zaehler, coalesce(n.nenner, 1.0) AS nenner, n.wert,
           k.wert AS kreis_wert, k.zaehler AS kreis_zaehler, k.nenner AS kreis_nenner,
           l.wert AS land,
           coalesce(n.modell IN ('anteil', 'rate') AND n.nenner > {LARGE} * k.nenner
                    AND k.nenner > n.nenner AND k.zaehler >= n.zaehler, false) AS uebriger
    FROM neuester n
    LEFT JOIN berechnet k ON k.gebiet = '{KREIS}' AND n.gebiet <> '{KREIS}'
        AND starts_with(n.gebiet, '{KREIS}') AND {SAME.format(other="k")}
    LEFT JOIN berechnet l ON l.gebiet = '{LAND}' AND n.gebiet <> '{LAND}'
        AND starts_with(n.gebiet, '{LAND}') AND {SAME.format(other="l")}
    WHERE n.status = 'vorhanden'
)
"""
RESULT = """
CREATE TEMP TABLE vergleich_roh (
    nr BIGINT, zeile BIGINT, vergleich_kreis VARCHAR, kreis DOUBLE, uebriger BOOLEAN,
    vergleich_land VARCHAR, land DOUBLE
);
"""


def assess(connection: DuckDBPyConnection) -> None:
    """Fill `vergleich_roh`: for each newest value its comparator and the word of the comparison.

    A published rate without counts gets the comparator but no word: nothing says how certain it is.
    """
    for statement in (NEWEST, BESIDE, RESULT):
        connection.execute(statement)
    chunks.transform(connection, "daneben", "nr", "vergleich_roh", _assessed)


def _assessed(beside: pd.DataFrame) -> chunks.Columns:
    counted = (beside["modell"].isin(["anteil", "rate"]) & (beside["zaehler"] >= 0)).to_numpy()
    rows = beside[counted]
    narrow, wide = bounds(rows), bounds(rows, WIDE)
    words = {}
    for name in ("kreis", "land"):
        words[name] = np.full(len(beside), "", dtype="U20")
        words[name][counted] = classify_sure(narrow, wide, rows[name].to_numpy(dtype=float))
    return {
        "nr": beside["nr"].to_numpy(),
        "zeile": beside["zeile"].to_numpy(),
        "vergleich_kreis": words["kreis"],
        "kreis": beside["kreis"].to_numpy(dtype=float),
        "uebriger": beside["uebriger"].to_numpy(),
        "vergleich_land": words["land"],
        "land": beside["land"].to_numpy(dtype=float),
    }
