"""In which direction each series moves, if that can be said at all (METHODS, part 2).

A trend is only sought in the last stretch without a break: one basis of population, no change of
law or definition, no secret point inside, yearly values that are final.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd
from duckdb import DuckDBPyConnection

from indicators.assess import chunks
from indicators.statistics import multiplicity, trend
from indicators.statistics.arguments import Floats

FEWEST_COMPARED = 3  # from here on, first and last value are compared
FEWEST_TESTED = 5  # from here on, the Doppeltest runs
FEWEST_RANKED = 6  # values without counts: Mann-Kendall
CHANCE, SURE, FALSE_SHARE = 0.05, 0.01, 0.10

SERIES = "indikator, gebiet, zeitbezug, geschlecht, alter_von, alter_bis, nationalitaet, gruppe"
STRETCHES = f"""
CREATE TEMP TABLE abschnitt AS
WITH wert AS (
    SELECT {SERIES}, zeit, bis, basis, zaehler, coalesce(nenner, 1.0) AS nenner, wert, status,
           coalesce((
               SELECT count(*) FROM bruch x
               WHERE x.indikator = b.indikator AND x.datum <= b.bis
                 AND starts_with(b.gebiet, x.gebiet)
           ), 0) AS brueche
    FROM berechnet b JOIN guete_rang r USING (stufe)
    WHERE zeitbezug IN ('stichtag', 'jahr', 'jahresdurchschnitt', 'schuljahr')
      AND (status = 'geheim'
           OR (status = 'vorhanden' AND r.guete NOT IN ('vorlaeufig', 'plan')))
), grenze AS (
    SELECT *, coalesce(
        basis <> lag(basis) OVER folge OR brueche <> lag(brueche) OVER folge
        OR (status = 'geheim') <> (lag(status) OVER folge = 'geheim'), true) AS neu
    FROM wert WINDOW folge AS (PARTITION BY {SERIES} ORDER BY bis, basis)
), gezaehlt AS (
    SELECT *, sum(CAST(neu AS INTEGER)) OVER (
        PARTITION BY {SERIES} ORDER BY bis, basis
    ) AS nr
    FROM grenze
)
SELECT * EXCLUDE (neu, brueche),
       max(nr) OVER (PARTITION BY {SERIES}) AS letzter,
       dense_rank() OVER (ORDER BY {SERIES}) AS reihe
FROM gezaehlt
"""
# The end of a year is a whole number; a census in May lies a third of the way before it.
POINTS = """
CREATE TEMP TABLE punkt AS
SELECT a.reihe,
       year(a.bis + INTERVAL 1 DAY) - 1
           + (dayofyear(a.bis + INTERVAL 1 DAY) - 1) / 365.25 AS zeitpunkt,
       year(a.bis) AS jahr, m.modell, a.zaehler, a.nenner, a.wert
FROM abschnitt a JOIN modell m USING (indikator)
WHERE a.nr = a.letzter AND a.status = 'vorhanden'
"""
RESULT = """
CREATE TEMP TABLE trend_roh (
    reihe BIGINT, verfahren VARCHAR, punkte INTEGER, von_jahr INTEGER, bis_jahr INTEGER,
    trend VARCHAR, p DOUBLE, veraenderung DOUBLE, unten DOUBLE, oben DOUBLE,
    kleinste_veraenderung DOUBLE
)
"""
# Why nothing can be said where nothing can be said: a secret newest value comes first, then a
# break that leaves too few years behind it.
TREND = f"""
CREATE TEMP TABLE trend AS
WITH reihen AS (
    SELECT {SERIES}, reihe, arg_max(zeit, (bis, basis)) AS zeit, arg_max(basis, (bis, basis)) AS basis,
           arg_max(status, (bis, basis)) AS status, max(letzter) AS abschnitte, count(*) AS alle,
           min(bis) FILTER (WHERE nr = letzter) AS beginn
    FROM abschnitt GROUP BY {SERIES}, reihe
)
SELECT r.* EXCLUDE (abschnitte, alle, beginn, status), t.verfahren, coalesce(t.punkte, 0) AS punkte,
       t.von_jahr, t.bis_jahr,
       CASE WHEN r.status = 'geheim' THEN 'geheim'
            WHEN t.trend = 'zu_wenige_daten' AND r.abschnitte > 1 AND r.alle >= {FEWEST_TESTED}
                THEN 'nicht_vergleichbar'
            ELSE t.trend END AS trend,
       t.p, CAST(NULL AS DOUBLE) AS q, false AS gesichert, t.veraenderung, t.unten, t.oben,
       t.kleinste_veraenderung,
       (SELECT arg_max(x.titel, x.datum) FROM bruch x
        WHERE x.indikator = r.indikator AND starts_with(r.gebiet, x.gebiet)
          AND x.datum <= r.beginn) AS bruch
FROM reihen r LEFT JOIN trend_roh t USING (reihe)
"""
SECURED = f"""
UPDATE trend SET q = s.q, gesichert = trend.trend IN ('steigend', 'fallend')
    AND trend.p < {SURE} AND s.q < {FALSE_SHARE}
FROM gesichert s WHERE s.reihe = trend.reihe
"""


def assess(connection: DuckDBPyConnection) -> None:
    """Fill `trend`: one row per series with the label of its last stretch and the numbers behind."""
    for statement in (STRETCHES, POINTS, RESULT):
        connection.execute(statement)
    chunks.transform(connection, "punkt", "reihe", "trend_roh", _assessed)
    connection.execute(TREND)
    _secure(connection)


def _assessed(points: pd.DataFrame) -> chunks.Columns:
    """Assess all series of a piece; every series is treated by the method its points allow."""
    grid = _Grid(points)
    counted = grid.model != "ohne"
    found = {
        "verfahren": np.where(counted, "doppeltest", "mann_kendall"),
        "trend": np.full(grid.size, "zu_wenige_daten", dtype="U20"),
        **{name: np.full(grid.size, np.nan) for name in _NUMBERS},
    }
    for kind in ("anteil", "rate", "anzahl"):
        _put(found, _double(grid, (grid.model == kind) & (grid.length >= FEWEST_TESTED), kind))
    few = counted & (grid.length >= FEWEST_COMPARED) & (grid.length < FEWEST_TESTED)
    _put(found, _first_and_last(grid, few))
    _put(found, _ranked(grid, ~counted & (grid.length >= FEWEST_RANKED)))
    return {
        "reihe": grid.series,
        "punkte": grid.length,
        "von_jahr": grid.first_year,
        "bis_jahr": grid.last_year,
        **found,
    }


_NUMBERS = ("p", "veraenderung", "unten", "oben", "kleinste_veraenderung")
Found = dict[str, npt.NDArray[np.generic]]


class _Grid:
    """Points of many series as rows of equal width; NaN pads the shorter ones on the right."""

    def __init__(self, points: pd.DataFrame) -> None:
        key = points["reihe"].to_numpy()
        starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
        self.series = key[starts]
        self.size = len(starts)
        self.length = np.diff(np.r_[starts, len(key)])
        self.model = points["modell"].to_numpy(dtype="U6")[starts]
        years = points["jahr"].to_numpy()
        self.first_year, self.last_year = years[starts], years[starts + self.length - 1]
        self._row = np.repeat(np.arange(self.size), self.length)
        self._column = np.arange(len(key)) - np.repeat(starts, self.length)
        self.time = self._ascending(points["zeitpunkt"].to_numpy())
        self.count = self._spread(points["zaehler"].to_numpy())
        self.population = self._spread(points["nenner"].to_numpy())
        self.value = self._spread(points["wert"].to_numpy())

    def _ascending(self, column: Floats) -> Floats:
        """Continue the times year by year behind the last point, where nothing is counted."""
        wide = self._spread(column)
        last = wide[np.arange(self.size), self.length - 1]
        beyond = np.arange(wide.shape[1]) - self.length[:, None] + 1
        return np.where(beyond > 0, last[:, None] + beyond, wide)

    def _spread(self, column: npt.NDArray[np.generic]) -> Floats:
        wide = np.full((self.size, int(self.length.max())), np.nan)
        wide[self._row, self._column] = column
        return wide


def _put(found: Found, part: tuple[npt.NDArray[np.bool_], Found]) -> None:
    chosen, columns = part
    for name, values in columns.items():
        found[name][chosen] = values


def _double(
    grid: _Grid, chosen: npt.NDArray[np.bool_], kind: str
) -> tuple[npt.NDArray[np.bool_], Found]:
    """Run the Doppeltest; counts of events are rates over an unchanging population."""
    if not chosen.any():
        return chosen, {}
    result = trend.doppeltest_many(
        grid.count[chosen],
        grid.population[chosen],
        grid.time[chosen],
        "anteil" if kind == "anteil" else "rate",
    )
    return chosen, {
        "trend": result.label,
        "p": result.p,
        "veraenderung": result.apc,
        "unten": result.lower,
        "oben": result.upper,
        "kleinste_veraenderung": result.detectable,
    }


def _first_and_last(
    grid: _Grid, chosen: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.bool_], Found]:
    """Compare first and last value by their rate ratio: a comparison, never a trend."""
    rows = np.flatnonzero(chosen)
    last = grid.length[rows] - 1
    result = trend.rate_ratio_many(
        grid.count[rows, last],
        grid.population[rows, last],
        grid.count[rows, 0],
        grid.population[rows, 0],
    )
    return chosen, {
        "verfahren": np.full(len(rows), "vergleich"),
        "p": result.p,
        "veraenderung": 100 * (result.ratio - 1),
        "unten": 100 * (result.lower - 1),
        "oben": 100 * (result.upper - 1),
    }


def _ranked(grid: _Grid, chosen: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.bool_], Found]:
    """Rank values that come without counts; their slope is in the indicator's unit per year."""
    if not chosen.any():
        return chosen, {}
    ranks = trend.mann_kendall_many(grid.value[chosen])
    slope = trend.theil_sen_many(grid.value[chosen], grid.time[chosen])
    label = np.where(ranks.p < CHANCE, np.where(ranks.s > 0, "steigend", "fallend"), "unklar")
    return chosen, {
        "trend": label,
        "p": ranks.p,
        "veraenderung": slope.slope,
        "unten": slope.lower,
        "oben": slope.upper,
    }


def _secure(connection: DuckDBPyConnection) -> None:
    """Mark what holds among all series tested at once (Benjamini-Hochberg over the release)."""
    tested = connection.execute(
        "SELECT reihe, p FROM trend WHERE p IS NOT NULL AND verfahren <> 'vergleich' ORDER BY reihe"
    ).df()
    connection.execute("CREATE TEMP TABLE gesichert (reihe BIGINT, q DOUBLE)")
    if len(tested):
        q = multiplicity.benjamini_hochberg(tested["p"].to_numpy())
        chunks.write(connection, "gesichert", {"reihe": tested["reihe"].to_numpy(), "q": q})
    connection.execute(SECURED)
