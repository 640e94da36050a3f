"""Small places: years taken together in fixed windows, and a smoothed value for the map.

Both only for the municipalities of the Kreis and everybody together. A pooled value is a fact of
three years; a smoothed one is an estimate and never enters a table, a test or a target.
"""

from collections.abc import Iterator

import numpy as np
from duckdb import DuckDBPyConnection

from etl import tables
from etl.mandant import mandant
from etl.schema import TOTAL_BIS
from etl.tables import Columns
from indicators.assess import chunks
from indicators.operands import NR
from indicators.statistics import intervals, pooling, smoothing
from indicators.statistics.arguments import Floats

FEWEST_AREAS = 10
# The last stretch of each indicator: one basis, no declared break inside (see `stretches`).
YEARS = f"""
WITH gezaehlt AS (
    SELECT a.indikator, m.modell, m.skala, o.gebiet, a.zeit, s.jahr, e.zaehler, e.nenner,
           e.basis_nr, s.brueche,
           max((s.brueche, e.basis_nr)) OVER (PARTITION BY a.indikator) AS letzte
    FROM ergebnis e
    JOIN aufgabe a USING (aufgabe)
    JOIN schritt s USING (aufgabe)
    JOIN modell m USING (indikator)
    JOIN ort o USING (ort)
    WHERE o.ebene = 'gemeinde' AND o.teil_von = '{{kreis}}' AND m.modell IN ('anteil', 'rate')
      AND e.status_nr = {NR["vorhanden"]} AND e.nenner > 0 AND a.geschlecht = ''
      AND a.alter_von = 0 AND a.alter_bis = {TOTAL_BIS} AND a.nationalitaet = '' AND a.gruppe = ''
)
SELECT indikator, modell, skala, gebiet, zeit, jahr, zaehler, nenner FROM gezaehlt
WHERE (brueche, basis_nr) = letzte
ORDER BY indikator, gebiet, jahr
"""
TABLES = """
CREATE TEMP TABLE gepoolt (
    indikator VARCHAR, gebiet VARCHAR, von_jahr INTEGER, bis_jahr INTEGER, zaehler DOUBLE,
    nenner DOUBLE, wert DOUBLE, unten DOUBLE, oben DOUBLE, klasse VARCHAR
);
CREATE TEMP TABLE geglaettet (indikator VARCHAR, zeit VARCHAR, gebiet VARCHAR, wert DOUBLE);
"""


def assess(connection: DuckDBPyConnection) -> None:
    """Fill `gepoolt` (newest complete window) and `geglaettet` (newest period); after `trends`."""
    connection.execute(TABLES)
    years = chunks.fetch(connection, YEARS.format(kreis=mandant().kreis))
    for rows in _by_indicator(years):
        for table, columns in (("gepoolt", _pooled(rows)), ("geglaettet", _smoothed(rows))):
            if columns:
                tables.append(connection, table, columns)


def _by_indicator(years: Columns) -> Iterator[Columns]:
    names = years["indikator"].astype(str)
    if not len(names):
        return
    starts = np.flatnonzero(names[1:] != names[:-1]) + 1
    for rows in np.split(np.arange(len(names)), starts):
        yield {name: column[rows] for name, column in years.items()}


def _pooled(rows: Columns) -> Columns:
    """Return the newest complete window of each place; nothing if no window is complete."""
    areas, row = np.unique(rows["gebiet"].astype(str), return_inverse=True)
    first, last = int(rows["jahr"].min()), int(rows["jahr"].max())
    shape = (len(areas), last - first + 1)
    count, population = np.full(shape, np.nan), np.full(shape, np.nan)
    count[row, rows["jahr"] - first] = rows["zaehler"]
    population[row, rows["jahr"] - first] = rows["nenner"]
    windows = pooling.fixed_windows(count, population, np.arange(first, last + 1.0))
    if not windows.end.size:
        return {}
    x, n = windows.count[:, -1], windows.population[:, -1]
    known = np.isfinite(x) & np.isfinite(n)
    if not known.any():
        return {}
    scale = float(rows["skala"][0])
    value = scale * x[known] / n[known]
    low, high = _bounds(str(rows["modell"][0]), x[known], n[known])
    return {
        "indikator": np.full(known.sum(), rows["indikator"][0]),
        "gebiet": areas[known],
        "von_jahr": np.full(known.sum(), int(windows.start[-1])),
        "bis_jahr": np.full(known.sum(), int(windows.end[-1])),
        "zaehler": x[known],
        "nenner": n[known],
        "wert": value,
        "unten": low * scale,
        "oben": high * scale,
        "klasse": intervals.reliability(value, low * scale, high * scale, x[known]),
    }


def _bounds(model: str, count: Floats, population: Floats) -> tuple[Floats, Floats]:
    if model == "anteil":
        return intervals.wilson(count, population)
    low, high = intervals.poisson(count)
    return low / population, high / population


def _smoothed(rows: Columns) -> Columns:
    """Return the newest period smoothed over all places; nothing for a handful of them."""
    newest = rows["jahr"] == rows["jahr"].max()
    newest &= rows["zeit"] == rows["zeit"][newest][-1]
    if newest.sum() < FEWEST_AREAS:
        return {}
    share = str(rows["modell"][0]) == "anteil"
    smooth = smoothing.empirical_bayes_share if share else smoothing.empirical_bayes
    return {
        "indikator": rows["indikator"][newest],
        "zeit": rows["zeit"][newest],
        "gebiet": rows["gebiet"][newest],
        "wert": smooth(rows["zaehler"][newest], rows["nenner"][newest]) * float(rows["skala"][0]),
    }
