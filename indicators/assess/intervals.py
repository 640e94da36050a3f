"""How far chance alone could move each value, and whether it carries at all."""

import numpy as np
from duckdb import DuckDBPyConnection

from etl import tables
from etl.tables import Columns
from indicators.assess import chunks
from indicators.operands import NR
from indicators.statistics import intervals
from indicators.statistics.arguments import Floats

# Chance belongs to counts: without numerator and denominator there is no interval.
COUNTED = f"""
CREATE TEMP VIEW gezaehlt AS
SELECT e.rowid AS zeile, m.modell = 'anteil' AS teil, m.skala, e.zaehler,
       coalesce(e.nenner, 1.0) AS nenner, e.wert
FROM ergebnis e JOIN aufgabe USING (aufgabe) JOIN modell m USING (indikator)
WHERE m.modell <> 'ohne' AND e.status_nr = {NR["vorhanden"]} AND e.zaehler >= 0
  AND coalesce(e.nenner, 1.0) > 0
"""
TABLES = """
CREATE TEMP TABLE intervall (zeile BIGINT, unten DOUBLE, oben DOUBLE, klasse_nr TINYINT);
CREATE TEMP TABLE klasse_nr (klasse VARCHAR, nr TINYINT);
"""


def assess(connection: DuckDBPyConnection) -> None:
    """Fill `intervall` for every counted value, keyed by its row in `ergebnis`."""
    connection.execute(COUNTED)
    connection.execute(TABLES)
    words = [(word, number) for number, word in enumerate(intervals.CARRIES)]
    tables.insert(connection, "klasse_nr", words)
    chunks.transform(connection, "gezaehlt", "zeile", "intervall", _assessed)


def _assessed(counted: Columns) -> Columns:
    lower, upper = bounds(counted)
    value, count = counted["wert"], counted["zaehler"]
    return {
        "zeile": counted["zeile"],
        "unten": lower,
        "oben": upper,
        "klasse_nr": intervals.carries(value, lower, upper, count),
    }


def bounds(counted: Columns, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the interval of each row in the indicator's unit.

    counted: columns teil (whether the cases are a part of the denominator), skala, zaehler, nenner
    """
    count, population, scale = (
        counted[name].astype(np.float64) for name in ("zaehler", "nenner", "skala")
    )
    share = counted["teil"].astype(bool)
    lower, upper = np.empty(len(count)), np.empty(len(count))
    lower[share], upper[share] = intervals.wilson(count[share], population[share], level)
    low, high = intervals.poisson(count[~share], level)
    lower[~share], upper[~share] = low / population[~share], high / population[~share]
    return lower * scale, upper * scale
