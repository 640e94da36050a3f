"""In which direction each series moves, if that can be said at all (METHODS, part 2).

A trend is only sought in the last stretch without a break, see `indicators.assess.stretches`.
"""

import numpy as np
import numpy.typing as npt
from duckdb import DuckDBPyConnection

from etl import tables
from etl.tables import Column, Columns
from indicators.assess import chunks, stretches
from indicators.statistics import multiplicity, trend
from indicators.statistics.arguments import Bools, Floats

FEWEST_COMPARED = 3  # from here on, first and last value are compared
FEWEST_TESTED = 5  # from here on, the Doppeltest runs
FEWEST_RANKED = 6  # values without counts: Mann-Kendall
CHANCE, SURE, FALSE_SHARE = 0.05, 0.01, 0.10

RESULT = """
CREATE TEMP TABLE trend (
    folge INTEGER, ort INTEGER, beginn INTEGER, verfahren VARCHAR, punkte INTEGER,
    von_jahr INTEGER, bis_jahr INTEGER, trend VARCHAR, p DOUBLE, q DOUBLE, gesichert BOOLEAN,
    veraenderung DOUBLE, unten DOUBLE, oben DOUBLE, kleinste_veraenderung DOUBLE
)
"""


def assess(connection: DuckDBPyConnection) -> None:
    """Fill `trend`: one row per series with the label of its last stretch and the numbers behind.

    beginn: aufgabe of the first value of that stretch
    """
    connection.execute(RESULT)
    steps = stretches.prepare(connection)
    pieces = list(
        chunks.apply(
            connection, "punkt", "folge", lambda piece: _assessed(*stretches.cut(piece, steps))
        )
    )
    if pieces:
        found = {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}
        tables.append(connection, "trend", {**found, **_secured(found)})


def _assessed(series: Columns, points: Columns) -> "Found":
    """Assess all series of a piece; every series is treated by the method its points allow."""
    grid = _Grid(series["modell"], points)
    counted, secret = series["modell"] != "ohne", series["geheim"]
    found = {
        **{name: series[name] for name in ("folge", "ort", "beginn")},
        "verfahren": np.where(secret, "", np.where(counted, "doppeltest", "mann_kendall")),
        "punkte": grid.length,
        "von_jahr": np.where(secret, np.nan, grid.first_year),
        "bis_jahr": np.where(secret, np.nan, grid.last_year),
        "trend": np.full(grid.size, "zu_wenige_daten", dtype="U20"),
        **{name: np.full(grid.size, np.nan) for name in _NUMBERS},
    }
    for kind in ("anteil", "rate", "anzahl"):
        chosen = (grid.model == kind) & (grid.length >= FEWEST_TESTED)
        _put(found, _double(grid, chosen, kind))
    few = counted & (grid.length >= FEWEST_COMPARED) & (grid.length < FEWEST_TESTED)
    _put(found, _first_and_last(grid, few))
    _put(found, _ranked(grid, ~counted & (grid.length >= FEWEST_RANKED)))
    _say_why_not(found, series)
    return found


def _say_why_not(found: "Found", series: Columns) -> None:
    """Put the reason: first a secret newest value, then a break that leaves too few years."""
    cut_off = (series["abschnitte"] > 1) & (series["alle"] >= FEWEST_TESTED)
    found["trend"][(found["trend"] == "zu_wenige_daten") & cut_off] = "nicht_vergleichbar"
    found["trend"][series["geheim"]] = "geheim"


_NUMBERS = ("p", "veraenderung", "unten", "oben", "kleinste_veraenderung")
Found = dict[str, Column]


class _Grid:
    """Points of many series as rows of equal width; NaN pads the shorter ones on the right."""

    def __init__(self, model: npt.NDArray[np.str_], points: Columns) -> None:
        self.model, self.size = model, len(model)
        self._row = points["nr"]
        self.length = np.bincount(self._row, minlength=self.size)
        first = np.cumsum(self.length) - self.length
        self._column = np.arange(len(self._row)) - first[self._row]
        years = np.r_[points["jahr"], 0]  # a secret series at the end has no point of its own
        self.first_year, self.last_year = years[first], years[first + self.length - 1]
        self.time = self._ascending(points["zeitpunkt"])
        self.count = self._spread(points["zaehler"])
        self.population = self._spread(points["nenner"])
        self.value = self._spread(points["wert"])

    def _ascending(self, column: Floats) -> Floats:
        """Continue the times year by year behind the last point, where nothing is counted."""
        wide = self._spread(column)
        last = wide[np.arange(self.size), self.length - 1]
        beyond = np.arange(wide.shape[1]) - self.length[:, None] + 1
        return np.where(beyond > 0, last[:, None] + beyond, wide)

    def _spread(self, column: Column) -> Floats:
        wide = np.full((self.size, max(1, int(self.length.max()))), np.nan)
        wide[self._row, self._column] = column
        return wide


def _put(found: Found, part: tuple[Bools, Found]) -> None:
    chosen, columns = part
    for name, values in columns.items():
        found[name][chosen] = values


def _double(grid: _Grid, chosen: Bools, kind: str) -> tuple[Bools, Found]:
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


def _first_and_last(grid: _Grid, chosen: Bools) -> tuple[Bools, Found]:
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


def _ranked(grid: _Grid, chosen: Bools) -> tuple[Bools, Found]:
    """Rank values that come without counts; their slope is in the indicator's unit per year.

    A direction needs a slope that points the same way: ranks alone may move while the median slope
    of a series with many equal values is zero.
    """
    if not chosen.any():
        return chosen, {}
    ranks = trend.mann_kendall_many(grid.value[chosen])
    slope = trend.theil_sen_many(grid.value[chosen], grid.time[chosen])
    moves = (ranks.p < CHANCE) & (ranks.s * slope.slope > 0)
    label = np.where(moves, np.where(ranks.s > 0, "steigend", "fallend"), "unklar")
    return chosen, {
        "trend": label,
        "p": ranks.p,
        "veraenderung": slope.slope,
        "unten": slope.lower,
        "oben": slope.upper,
    }


def _secured(found: Columns) -> Columns:
    """Mark what holds among all series tested at once (Benjamini-Hochberg over the release)."""
    tested = found["verfahren"] != "vergleich"
    q = multiplicity.benjamini_hochberg(np.where(tested, found["p"], np.nan))
    moves = (found["trend"] == "steigend") | (found["trend"] == "fallend")
    with np.errstate(invalid="ignore"):
        return {"q": q, "gesichert": moves & (found["p"] < SURE) & (q < FALSE_SHARE)}
