"""Uncertainty of a proportion, a count and a mean, and whether a value can be relied on."""

import numpy as np
import numpy.typing as npt

from indicators.statistics import tails
from indicators.statistics.arguments import (
    Bools,
    Floats,
    Words,
    aligned,
    cases,
    numbers,
    positive,
    tail,
)

# Below ten events the approximation is too coarse (rule of Fingertips).
EXACT_BELOW = 10

NORMAL, LIMITED, UNSURE = "normal", "eingeschraenkt", "nicht_sicher"
CARRIES = ("", NORMAL, LIMITED, UNSURE)
# Half width of the interval relative to the value, and cases that carry a number at all.
LIMITED_FROM, UNSURE_FROM, FEWEST = 0.35, 0.70, 5


def wilson(
    count: npt.ArrayLike, population: npt.ArrayLike, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the lower and upper Wilson score bound of a proportion.

    count, population: any shapes that fit; 0 <= count <= population, population > 0
    Returns: two arrays of proportions in [0, 1], not percent; unknown (NaN) stays NaN
    Raises:  ValueError naming `count`, `population` or `level`
    Source:  E. B. Wilson (1927), J. Am. Stat. Assoc. 22(158), 209-212; no continuity correction
    """
    z = -tails.normal_quantile(tail(level))
    x, n = cases(count, population)
    centre = 2 * x + z**2
    half = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    width = 2 * (n + z**2)
    lower = np.where(x == 0, 0.0, (centre - half) / width)
    upper = np.where(x == n, 1.0, (centre + half) / width)
    return lower[()], upper[()]


def poisson(count: npt.ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the bounds of the expected number of events: exact below 10, Byar from 10.

    count:   any shape, count >= 0; divide the bounds by the population to get a rate
    Returns: two arrays in events; unknown (NaN) stays NaN
    Raises:  ValueError naming `count` or `level`
    Source:  F. Garwood (1936), Biometrika 28, 437-442; N. E. Breslow, N. E. Day (1987), p. 69
    """
    x = numbers("count", count, low=0)
    lower, upper = (np.array(bound) for bound in byar(x, level))
    few = x < EXACT_BELOW
    different, place = np.unique(x[few], return_inverse=True)  # exact bounds are dear
    exact_lower, exact_upper = exact(different, level)
    lower[few], upper[few] = exact_lower[place], exact_upper[place]
    return lower[()], upper[()]


def exact(count: npt.ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the exact bounds of the expected number of events.

    Shapes, units and errors as in `poisson`.
    """
    x = numbers("count", count, low=0)
    p = tail(level)
    known = np.where(x > 0, x, 1)
    lower = np.where(x > 0, tails.gamma_quantile(p, known), x)
    return lower[()], tails.gamma_quantile(1 - p, x + 1)


def byar(count: npt.ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return Byar's approximation of the bounds; a bound that would be negative is NaN.

    Shapes, units and errors as in `poisson`.
    """
    x = numbers("count", count, low=0)
    z = -tails.normal_quantile(tail(level))
    low = _byar(np.where(x > 0, x, np.nan), -z)
    return np.where(low < 0, np.nan, low)[()], _byar(x + 1, z)


def _byar(x: Floats, z: Floats) -> Floats:
    root = 1 - 1 / (9 * x) + z / (3 * np.sqrt(x))
    return np.asarray(x * (root * root * root))  # ** 3 is ten times slower


def mean(
    total: npt.ArrayLike, n: npt.ArrayLike, sd: npt.ArrayLike, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the bounds of a mean from the sum, the number and the standard deviation of values.

    total, n, sd: any shapes that fit; n > 0, sd >= 0 with n - 1 in its denominator
    Returns: two arrays in the unit of the values; NaN where fewer than two values are known
    Raises:  ValueError naming `n`, `sd` or `level`
    Source:  Student's t interval
    """
    p = tail(level)
    sums, number, deviation = aligned(
        total=numbers("total", total), n=positive("n", n), sd=numbers("sd", sd, low=0)
    )
    half = tails.t_quantile(1 - p, number - 1) * deviation / np.sqrt(number)
    return sums / number - half, sums / number + half


def reliability(
    value: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike, count: npt.ArrayLike
) -> Words:
    """Say how far a value carries: `normal`, `eingeschraenkt` or `nicht_sicher`.

    value, lower, upper: in one unit; count: the cases behind the value
    Returns: words of the common shape; empty where the value or its interval is unknown
    Raises:  ValueError if the shapes do not fit or `count` is negative
    """
    return np.array(CARRIES)[carries(value, lower, upper, count)]


def carries(
    value: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike, count: npt.ArrayLike
) -> npt.NDArray[np.int8]:
    """Return the place of the word of `reliability` in CARRIES; millions of words are slow."""
    r, low, high, x = aligned(
        value=numbers("value", value),
        lower=numbers("lower", lower),
        upper=numbers("upper", upper),
        count=numbers("count", count, low=0),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        half = (high - low) / (2 * r)
    known: Bools = np.isfinite(half) | (np.isfinite(r + low + high) & (r == 0))
    found = np.where(half > LIMITED_FROM, CARRIES.index(LIMITED), CARRIES.index(NORMAL))
    found[(x < FEWEST) | (half > UNSURE_FROM) | (r <= 0)] = CARRIES.index(UNSURE)
    found[~known | np.isnan(x)] = 0
    return found.astype(np.int8)
