"""Streuung nach Gemeindegröße: between which limits chance alone keeps the municipalities."""

from collections.abc import Iterator

import numpy as np
from duckdb import DuckDBPyConnection

from etl import tables
from etl.mandant import mandant
from etl.schema import TOTAL_BIS
from etl.tables import Columns
from indicators.assess import chunks
from indicators.operands import NR
from indicators.statistics import funnel

STEPS = 40
FEWEST_AREAS = 10
# All municipalities of the newest period for which the Kreis has counts as well.
SCATTER = f"""
WITH gezaehlt AS (
    SELECT a.indikator, a.zeit, a.bis, e.basis_nr, m.modell, m.skala, o.gebiet,
           o.gebiet = '{{kreis}}' AS kreis, e.zaehler, e.nenner
    FROM ergebnis e
    JOIN aufgabe a USING (aufgabe)
    JOIN modell m USING (indikator)
    JOIN ort o USING (ort)
    WHERE (o.gebiet = '{{kreis}}' OR (o.ebene = 'gemeinde' AND o.teil_von = '{{kreis}}'))
      AND m.modell IN ('anteil', 'rate') AND e.status_nr = {NR["vorhanden"]} AND e.nenner > 0
      AND a.geschlecht = '' AND a.alter_von = 0 AND a.alter_bis = {TOTAL_BIS}
      AND a.nationalitaet = '' AND a.gruppe = ''
), zeiten AS (
    SELECT indikator, arg_max(zeit, (bis, basis_nr)) AS zeit,
           arg_max(basis_nr, (bis, basis_nr)) AS basis_nr
    FROM gezaehlt WHERE kreis AND zaehler > 0
    GROUP BY indikator
)
SELECT indikator, zeit, modell, skala, kreis, zaehler, nenner
FROM gezaehlt JOIN zeiten USING (indikator, zeit, basis_nr)
ORDER BY indikator, gebiet
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
    connection.execute(RESULT)
    scatter = chunks.fetch(connection, SCATTER.format(kreis=mandant().kreis))
    found = [_limits(rows) for rows in _by_indicator(scatter)]
    columns = [limits for limits in found if limits]
    if columns:
        merged = {name: np.concatenate([one[name] for one in columns]) for name in columns[0]}
        tables.append(connection, "trichter", merged)


def _by_indicator(scatter: Columns) -> Iterator[Columns]:
    names = scatter["indikator"].astype(str)
    starts = np.flatnonzero(names[1:] != names[:-1]) + 1
    for rows in np.split(np.arange(len(names)), starts) if len(names) else ():
        yield {name: column[rows] for name, column in scatter.items()}


def _limits(rows: Columns) -> Columns:
    kreis, places = np.flatnonzero(rows["kreis"])[0], ~rows["kreis"]
    if places.sum() < FEWEST_AREAS:
        return {}
    count, population = rows["zaehler"], rows["nenner"]
    sizes = np.geomspace(population[places].min(), population[places].max(), STEPS)
    target = count[kreis] / population[kreis]
    share = rows["modell"][kreis] == "anteil"
    kind: funnel.Kind = "anteil" if share else "rate"
    size = sizes if share else sizes * target
    found = funnel.overdispersion(
        kind,
        count[places],
        population[places] if share else population[places] * target,
        target if share else None,
    )
    narrow = funnel.limits(kind, target, size)
    wide = funnel.limits(kind, target, size, 0.998)
    loose = funnel.adjusted_limits(found, target if share else 1.0, size, 0.998)
    scale = float(rows["skala"][kreis])
    adjusted = [limit * (scale if share else scale * target) for limit in loose]
    return {
        "indikator": np.full(STEPS, rows["indikator"][kreis]),
        "zeit": np.full(STEPS, rows["zeit"][kreis]),
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
