"""How far chance alone could move each value, and whether it carries at all."""

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection

from indicators.assess import chunks
from indicators.statistics import intervals
from indicators.statistics.arguments import Floats

# Chance belongs to counts: without numerator and denominator there is no interval.
COUNTED = """
CREATE TEMP VIEW gezaehlt AS
SELECT b.rowid AS zeile, m.modell, m.skala, b.zaehler, coalesce(b.nenner, 1.0) AS nenner, b.wert
FROM berechnet b JOIN modell m USING (indikator)
WHERE m.modell <> 'ohne' AND b.status = 'vorhanden' AND b.zaehler >= 0
  AND coalesce(b.nenner, 1.0) > 0
"""
TABLE = "CREATE TEMP TABLE intervall (zeile BIGINT, unten DOUBLE, oben DOUBLE, klasse VARCHAR)"


def assess(connection: DuckDBPyConnection) -> None:
    """Fill `intervall` for every counted value of `berechnet`, keyed by its rowid."""
    connection.execute(COUNTED)
    connection.execute(TABLE)
    chunks.transform(connection, "gezaehlt", "zeile", "intervall", _assessed)


def _assessed(counted: pd.DataFrame) -> chunks.Columns:
    lower, upper = bounds(counted)
    value, count = counted["wert"].to_numpy(), counted["zaehler"].to_numpy()
    return {
        "zeile": counted["zeile"].to_numpy(),
        "unten": lower,
        "oben": upper,
        "klasse": intervals.reliability(value, lower, upper, count),
    }


def bounds(counted: pd.DataFrame, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the interval of each row in the indicator's unit.

    counted: columns modell, skala, zaehler, nenner
    """
    count, population = counted["zaehler"].to_numpy(), counted["nenner"].to_numpy()
    scale = counted["skala"].to_numpy()
    share = (counted["modell"] == "anteil").to_numpy()
    lower, upper = np.empty(len(counted)), np.empty(len(counted))
    lower[share], upper[share] = intervals.wilson(count[share], population[share], level)
    low, high = intervals.poisson(count[~share], level)
    lower[~share], upper[~share] = low / population[~share], high / population[~share]
    return lower * scale, upper * scale
