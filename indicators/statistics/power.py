"""What the Doppeltest can see: derived from its distributions, tabulated in power.csv.

Let T points have the true scatter φ (1 = counting noise alone) and a trend whose standardised size
is k = |slope| / standard error. The test looks at (k + N)², N standard normal, and demands that it
exceeds both c/φ (c: chi-square, 1 degree of freedom) and f·W (f: F with 1 and T - 2 degrees), where
W = VIF · S / (T - 2), S chi-square with T - 2 degrees, is its own estimate of the scatter, with the
factor VIF for autocorrelation from eight points on. W is independent of N and has no closed form,
because VIF follows from the lag-1 autocorrelation of fitted residuals; it is simulated once.

With few cases a trend must be so steep to be seen that its curvature looks like scatter to the
test. power_few_cases.csv holds by how much k grows for that, from simulated Poisson counts; it is
NaN where the test finds no steady change often enough, however steep.
bench/power_table.py writes both tables.
"""

from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from indicators.statistics import tails
from indicators.statistics.arguments import Floats

ALPHA, POWER = 0.05, 0.80
AR_FROM, HIGHEST_AR = 8, 0.8
POINTS = (5, 60)
SCATTERS = (1.0, 1.2, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0)
GRID = 300
# Above 20 points no curvature is seen any more, nor from 300 cases a year on.
FEW_POINTS = (5, 20)
CASES_PER_YEAR = (3.0, 4.0, 5.0, 7.0, 10.0, 14.0, 20.0, 30.0, 50.0, 100.0, 300.0)
# Where no change reaches 80 %, the one that is found most often counts down to this share.
AT_LEAST = 0.70


def detectable_factor(
    points: npt.ArrayLike, scatter: npt.ArrayLike, cases: npt.ArrayLike = np.inf
) -> Floats:
    """Return k: how many standard errors a trend must have to be found in 80 % of runs.

    points: known years (below 5: NaN, above 60 as 60); scatter: φ >= 1; cases: in all years
    Returns: array of the common shape; NaN where no trend is found so often, see AT_LEAST
    """
    number = np.asarray(points, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        yearly = np.fmin(cases / (number * np.asarray(scatter)), CASES_PER_YEAR[-1])
    few = _look_up(_few_cases(), np.fmin(number, FEW_POINTS[1]), yearly, CASES_PER_YEAR)
    curvature = np.where(number > FEW_POINTS[1], 1.0, few)
    return _look_up(_table()[0], points, scatter) * curvature


def chance_share(points: npt.ArrayLike, scatter: npt.ArrayLike) -> Floats:
    """Return the share of series without any trend that the test marks, shapes as above."""
    return _look_up(_table()[1], points, scatter)


def usual_estimate(points: npt.ArrayLike) -> Floats:
    """Return the median of W: the estimated scatter is below the true one more often than not."""
    return _look_up(_table()[2], points, np.ones(np.shape(points)))


def inflation(r1: Floats, points: npt.ArrayLike) -> Floats:
    """Return VIF, the factor by which autocorrelation widens the variance of a trend.

    r1: lag-1 autocorrelation of the residuals; points: from 8 on it can be estimated, else 1
    """
    number = np.asarray(points, dtype=np.float64)
    enough = number >= AR_FROM
    # Fitting a line makes residuals look less correlated than they are; this corrects for it.
    corrected = (number * r1 + 2) / np.where(enough, number - 4, 1)
    rho = np.where(enough & np.isfinite(r1), np.clip(corrected, 0, HIGHEST_AR), 0)
    return np.asarray((1 + rho) / (1 - rho))


def estimates_of_scatter(points: int, draws: int = 100_000, seed: int = 1) -> Floats:
    """Return a grid of equally likely values of W for white noise of variance 1.

    Returns: (GRID²,) from quantiles of S and, from eight points on, simulated quantiles of VIF
    """
    middle = (np.arange(GRID) + 0.5) / GRID
    freedom = points - 2
    scatter = 2 * tails.gamma_quantile(middle, freedom / 2) / freedom
    if points < AR_FROM:
        return scatter
    noise = np.random.default_rng(seed).standard_normal((draws, points))
    time = np.arange(points) - (points - 1) / 2
    noise -= noise.mean(axis=1, keepdims=True)
    noise -= np.outer(noise @ time / (time @ time), time)
    r1 = (noise[:, 1:] * noise[:, :-1]).sum(axis=1) / (noise**2).sum(axis=1)
    vif = np.quantile(inflation(r1, points), middle)
    return np.outer(scatter, vif).ravel()


def found_share(factor: float, points: int, scatter: float, estimates: Floats) -> float:
    """Return the share of series with a trend of `factor` standard errors that the test marks."""
    chi2 = float(tails.normal_quantile(1 - ALPHA / 2)) ** 2
    f = float(tails.f_quantile(1 - ALPHA, 1, points - 2))
    needed = np.sqrt(np.maximum(chi2 / scatter, f * estimates))
    return float(np.mean(tails.normal(factor - needed) + tails.normal(-factor - needed)))


def solve(points: int, scatter: float, estimates: Floats) -> float:
    """Return the factor at which `found_share` is 80 %, by bisection."""
    low, high = 0.0, 50.0
    while high - low > 1e-4:
        middle = (low + high) / 2
        if found_share(middle, points, scatter, estimates) < POWER:
            low = middle
        else:
            high = middle
    return (low + high) / 2


@cache
def _few_cases() -> Floats:
    """Read power_few_cases.csv: (points, cases per year), the last column being 1."""
    rows = _read("power_few_cases.csv")[:, 2]
    table = rows.reshape(FEW_POINTS[1] - FEW_POINTS[0] + 1, len(CASES_PER_YEAR) - 1)
    return np.column_stack([table, np.ones(len(table))])


@cache
def _table() -> tuple[Floats, Floats, Floats]:
    """Read power.csv: three arrays (points, scatters) from POINTS[0] on."""
    rows = _read("power.csv")
    shape = (POINTS[1] - POINTS[0] + 1, len(SCATTERS))
    return (rows[:, 2].reshape(shape), rows[:, 3].reshape(shape), rows[:, 4].reshape(shape))


def _read(name: str) -> Floats:
    text = files("indicators.statistics").joinpath(name).read_text(encoding="utf-8")
    return np.array([line.split(",") for line in text.splitlines()[1:]], dtype=np.float64)


def _look_up(
    table: Floats,
    points: npt.ArrayLike,
    value: npt.ArrayLike,
    columns: tuple[float, ...] = SCATTERS,
) -> Floats:
    """Read a table at its line for `points`, between its columns on a logarithmic scale."""
    number = np.asarray(points, dtype=np.float64)
    line = np.clip(number, *POINTS).astype(np.int64) - POINTS[0]
    bounded = np.clip(np.asarray(value, dtype=np.float64), columns[0], columns[-1])
    place = np.interp(np.log(bounded), np.log(columns), np.arange(len(columns)))
    left = np.where(np.isfinite(place), np.minimum(place, len(columns) - 2), 0).astype(np.int64)
    rest = place - left
    between = table[line, left] * (1 - rest) + table[line, left + 1] * rest
    return np.where(number < POINTS[0], np.nan, between)
