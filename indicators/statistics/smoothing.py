"""Rates of small areas drawn towards the common mean; a map layer, never a figure of record."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.statistics import tails
from indicators.statistics.arguments import Floats, cases, events, tail


@dataclass(frozen=True, slots=True)
class Prior:
    """What all areas have in common: their mean rate and the variance between true rates."""

    mean: float
    variance: float


def empirical_bayes(count: npt.ArrayLike, population: npt.ArrayLike) -> Floats:
    """Return smoothed rates: between the area's own rate and the mean of all, by its size.

    count, population: (areas,) of one year; unknown areas stay NaN and do not count
    Returns: (areas,) rates per head; all equal to the mean if no difference can be shown
    Raises:  ValueError naming `count` or `population`
    Source:  R. J. Marshall (1991), J. R. Stat. Soc. C 40(2), 283-294, global form
    """
    x, n = events(count, population)
    shared = prior(x, n)
    weight = shared.variance / (shared.variance + shared.mean / n) if shared.mean else 0 * n
    return np.asarray(shared.mean + weight * (x / n - shared.mean))


def prior(count: npt.ArrayLike, population: npt.ArrayLike) -> Prior:
    """Return mean and between-area variance (0 if the scatter is no larger than chance).

    Arguments, errors and source as in `empirical_bayes`; NaN if no area is known
    """
    x, n = events(count, population)
    known = np.isfinite(x) & np.isfinite(n)
    x, n = x[known], n[known]
    if not n.size:
        return Prior(float("nan"), float("nan"))
    mean = float(x.sum() / n.sum())
    scatter = float((n * (x / n - mean) ** 2).sum() / n.sum())
    return Prior(mean, max(0.0, scatter - mean / float(n.mean())))


def empirical_bayes_interval(
    count: npt.ArrayLike, population: npt.ArrayLike, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the bounds of the smoothed rates from the gamma distribution behind them.

    Returns: two arrays (areas,); NaN for unknown areas and if no difference can be shown
    Raises:  ValueError naming `count`, `population` or `level`
    """
    p = tail(level)
    x, n = events(count, population)
    shared = prior(x, n)
    if not shared.variance > 0:
        return np.full_like(x, np.nan), np.full_like(x, np.nan)
    shape = shared.mean**2 / shared.variance + x
    rate = shared.mean / shared.variance + n
    return tails.gamma_quantile(p, shape) / rate, tails.gamma_quantile(1 - p, shape) / rate


def empirical_bayes_share(count: npt.ArrayLike, population: npt.ArrayLike) -> Floats:
    """Return smoothed proportions for common events, where a count is bounded by its population.

    Arguments and errors as in `empirical_bayes`, count <= population
    Source:  M. Martuzzi, P. Elliott (1996), Stat. Med. 15, 1867-1873
    """
    x, n = cases(count, population)
    known = np.isfinite(x) & np.isfinite(n)
    total = float(n[known].sum())
    mean = float(x[known].sum()) / total if total else float("nan")
    scatter = float((n * (x / n - mean) ** 2)[known].sum()) / total if total else float("nan")
    noise = mean * (1 - mean)
    size = total / max(int(known.sum()), 1)
    if not noise > 0 or size <= 1:
        return np.where(known, mean, np.nan)
    alike = max(0.0, (size * scatter - noise) / ((size - 1) * noise))
    weight = n * alike / (1 + (n - 1) * alike)
    return np.asarray(mean + weight * (x / n - mean))
