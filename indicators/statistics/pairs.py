"""Two counts against each other: the ratio of their rates, exactly."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from indicators.statistics import tails
from indicators.statistics.arguments import Bools, Floats, aligned, numbers, positive, tail

# Outcomes as probable as the observed one up to rounding count as equally extreme (as in R).
AS_PROBABLE = 1 + 1e-7


@dataclass(frozen=True, slots=True)
class RateRatioMany:
    """One entry per pair; ratio 1 means equal rates."""

    ratio: Floats
    lower: Floats
    upper: Floats
    p: Floats


def rate_ratio_many(
    count_new: npt.ArrayLike,
    population_new: npt.ArrayLike,
    count_old: npt.ArrayLike,
    population_old: npt.ArrayLike,
    level: float = 0.95,
) -> RateRatioMany:
    """Compare two rates, given the sum of both counts.

    all:     any shapes that fit; whole counts >= 0, population > 0
    Returns: arrays: ratio new / old (infinite if the old count is 0), bounds, two-sided p; NaN
             if both counts are 0 or one is unknown
    Raises:  ValueError naming the argument
    Source:  J. Przyborowski, H. Wilenski (1940), Biometrika 31, 313-323; bounds of C. J. Clopper,
             E. S. Pearson (1934); p sums what is no more probable than the observed, as R does
    """
    side = tail(level)
    new, n_new, old, n_old = aligned(
        count_new=_whole("count_new", count_new),
        population_new=positive("population_new", population_new),
        count_old=_whole("count_old", count_old),
        population_old=positive("population_old", population_old),
    )
    total = new + old
    known = np.isfinite(total + n_new + n_old) & (total > 0)
    share = np.where(known, n_new / (n_new + n_old), 0.5)
    new, old, total = (np.where(known, value, 1) for value in (new, old, total))
    lower = np.where(new > 0, tails.beta_quantile(side, np.fmax(new, 1), old + 1), 0.0)
    upper = np.where(old > 0, tails.beta_quantile(1 - side, new + 1, np.fmax(old, 1)), 1.0)
    p = binomial_p(new, total, share)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = new / old * n_old / n_new
        low, high = (bound / (1 - bound) * n_old / n_new for bound in (lower, upper))
    ratio, low, high, p = (np.where(known, value, np.nan)[()] for value in (ratio, low, high, p))
    return RateRatioMany(ratio, low, high, p)


def binomial_p(count: Floats, total: Floats, share: Floats) -> Floats:
    """Return the two-sided probability of `count` of `total` when each has chance `share`.

    Source: sum of all outcomes no more probable than the observed one, as scipy.stats.binomtest;
            here for arrays
    """
    mean = total * share
    bound = _log_probability(count, total, share) + np.log(AS_PROBABLE)
    below = count < mean
    inner = np.where(below, np.ceil(mean), np.floor(mean))
    other = _nearest_rare(inner, np.where(below, total + 1, -1.0), (total, share, bound))
    left = np.where(below, count, other)
    right = np.where(below, other, count)
    p = tails.binomial(left, total, share)[0] + tails.binomial(right, total, share)[1]
    return np.where((count == mean) | (right <= left), 1.0, np.minimum(p, 1.0))


def _nearest_rare(near: Floats, found: Floats, model: tuple[Floats, Floats, Floats]) -> Floats:
    """Search from the mean to just beyond the end for the first outcome no more probable."""
    total, share, bound = model
    first_is_rare = _log_probability(near, total, share) <= bound
    found = np.where(first_is_rare, near, found)
    while (np.abs(near - found) > 1).any():
        middle = np.trunc((near + found) / 2)
        rare: Bools = _log_probability(middle, total, share) <= bound
        found, near = np.where(rare, middle, found), np.where(rare, near, middle)
    return found


def _log_probability(count: Floats, total: Floats, share: Floats) -> Floats:
    ways = (
        special.gammaln(total + 1) - special.gammaln(count + 1) - special.gammaln(total - count + 1)
    )
    return np.asarray(ways + special.xlogy(count, share) + special.xlog1py(total - count, -share))


def _whole(name: str, count: npt.ArrayLike) -> Floats:
    array = numbers(name, count, low=0)
    if (array != np.round(array))[np.isfinite(array)].any():
        raise ValueError(f"{name}: ganze Fälle werden erwartet")
    return array
