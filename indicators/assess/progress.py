"""How far the way to a target is done, where a body or a law has set one (METHODS, part 3)."""

import numpy as np
from duckdb import DuckDBPyConnection

from etl import tables
from etl.mandant import mandant
from etl.tables import Columns
from indicators.catalog import Katalog
from indicators.model_steuerung import Zielwert
from indicators.statistics import progress

SERIES = """
SELECT year(bis), wert FROM berechnet
WHERE indikator = ? AND gebiet = ? AND status = 'vorhanden' AND geschlecht = ''
  AND alter_von = 0 AND alter_bis = 999 AND nationalitaet = '' AND gruppe = ''
ORDER BY bis, basis
"""
RESULT = """
CREATE TEMP TABLE fortschritt (
    indikator VARCHAR, ziel DOUBLE, zieljahr INTEGER, quelle VARCHAR, basisjahr INTEGER,
    basiswert DOUBLE, jahr INTEGER, wert DOUBLE, grad DOUBLE, verhaeltnis DOUBLE, stand VARCHAR
)
"""


def assess(connection: DuckDBPyConnection, katalog: Katalog) -> None:
    """Fill `fortschritt`: one row per target for which the Kreis has a base and a newer value."""
    connection.execute(RESULT)
    for zielwert in katalog.planung.zielwerte:
        series = dict(connection.execute(SERIES, [zielwert.indikator, mandant().kreis]).fetchall())
        if zielwert.basisjahr in series and max(series) > zielwert.basisjahr:
            tables.append(connection, "fortschritt", _row(zielwert, series))


def _row(zielwert: Zielwert, series: dict[int, float]) -> Columns:
    year = max(series)
    found = progress.linear(
        base=series[zielwert.basisjahr],
        base_time=zielwert.basisjahr,
        value=series[year],
        time=year,
        target=zielwert.wert,
        target_time=zielwert.jahr,
    )
    return {
        "indikator": np.array([zielwert.indikator], dtype=object),
        "ziel": np.array([zielwert.wert]),
        "zieljahr": np.array([zielwert.jahr]),
        "quelle": np.array([zielwert.quelle], dtype=object),
        "basisjahr": np.array([zielwert.basisjahr]),
        "basiswert": np.array([series[zielwert.basisjahr]]),
        "jahr": np.array([year]),
        "wert": np.array([series[year]]),
        "grad": np.array([float(found.achieved)]),
        "verhaeltnis": np.array([float(found.ratio)]),
        "stand": np.array([str(found.label)], dtype=object),
    }
