"""Streuung nach Gemeindegröße: between which limits chance alone keeps the municipalities."""

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection

from etl.gebiete import KREIS
from indicators.assess import chunks
from indicators.statistics import funnel

STEPS = 40
FEWEST_AREAS = 10
# All municipalities of the newest period for which the Kreis has counts as well.
SCATTER = f"""
CREATE TEMP TABLE streuung AS
WITH zeiten AS (
    SELECT indikator, arg_max(zeit, (bis, basis)) AS zeit, arg_max(basis, (bis, basis)) AS basis
    FROM berechnet JOIN modell USING (indikator)
    WHERE gebiet = '{KREIS}' AND status = 'vorhanden' AND modell IN ('anteil', 'rate')
      AND nenner > 0 AND zaehler > 0 AND geschlecht = '' AND alter_von = 0 AND alter_bis = 999
      AND nationalitaet = '' AND gruppe = ''
    GROUP BY indikator
)
SELECT dense_rank() OVER (ORDER BY b.indikator) AS nr, b.indikator, b.zeit, m.modell, m.skala,
       b.gebiet, b.zaehler, b.nenner
FROM berechnet b
JOIN zeiten USING (indikator, zeit, basis)
JOIN modell m USING (indikator)
JOIN intern.gebiet g USING (gebiet)
WHERE (b.gebiet = '{KREIS}' OR (g.ebene = 'gemeinde' AND g.teil_von = '{KREIS}'))
  AND b.status = 'vorhanden' AND b.nenner > 0 AND geschlecht = '' AND alter_von = 0
  AND alter_bis = 999 AND nationalitaet = '' AND gruppe = ''
"""
RESULT = """
CREATE TEMP TABLE trichter (
    indikator VARCHAR, zeit VARCHAR, groesse DOUBLE, ziel DOUBLE, unten DOUBLE, oben DOUBLE,
    unten_weit DOUBLE, oben_weit DOUBLE, unten_streuung DOUBLE, oben_streuung DOUBLE, phi DOUBLE
)
"""


def assess(connection: DuckDBPyConnection) -> None:
    """Fill `trichter`: per indicator the limits at 40 sizes from the smallest to the largest place.

    unten, oben: 95 %; *_weit: 99.8 %; *_streuung: 99.8 % with the usual differences between places
    """
    connection.execute(SCATTER)
    connection.execute(RESULT)
    for piece in chunks.read(connection, "streuung", "nr"):
        for _, rows in piece.groupby("nr"):
            limits = _limits(rows)
            if limits:
                chunks.write(connection, "trichter", limits)


def _limits(rows: pd.DataFrame) -> chunks.Columns:
    kreis = rows[rows["gebiet"] == KREIS].iloc[0]
    places = rows[rows["gebiet"] != KREIS]
    if len(places) < FEWEST_AREAS:
        return {}
    population = places["nenner"].to_numpy()
    sizes = np.geomspace(population.min(), population.max(), STEPS)
    target = kreis["zaehler"] / kreis["nenner"]
    share = kreis["modell"] == "anteil"
    kind: funnel.Kind = "anteil" if share else "rate"
    size = sizes if share else sizes * target
    found = funnel.overdispersion(
        kind,
        places["zaehler"].to_numpy(),
        population if share else population * target,
        target if share else None,
    )
    narrow = funnel.limits(kind, target, size)
    wide = funnel.limits(kind, target, size, 0.998)
    loose = funnel.adjusted_limits(found, target if share else 1.0, size, 0.998)
    scale = float(kreis["skala"])
    adjusted = [limit * (scale if share else scale * target) for limit in loose]
    return {
        "indikator": np.full(STEPS, kreis["indikator"]),
        "zeit": np.full(STEPS, kreis["zeit"]),
        "groesse": sizes,
        "ziel": np.full(STEPS, target * scale),
        "unten": narrow[0] * scale,
        "oben": narrow[1] * scale,
        "unten_weit": wide[0] * scale,
        "oben_weit": wide[1] * scale,
        "unten_streuung": adjusted[0],
        "oben_streuung": adjusted[1],
        "phi": np.full(STEPS, found.phi),
    }
