"""Many tests at once: some of them always hit by chance."""

import numpy as np
import numpy.typing as npt

from indicators.statistics import power
from indicators.statistics.arguments import Floats, numbers


def benjamini_hochberg(p: npt.ArrayLike) -> Floats:
    """Return q: the share of false hits one accepts by accepting this p and all smaller ones.

    p:       any shape, one family; NaN (not tested) stays NaN and does not count
    Returns: same shape, p <= q <= 1
    Raises:  ValueError naming `p` if it lies outside [0, 1]
    Source:  Y. Benjamini, Y. Hochberg (1995), J. R. Stat. Soc. B 57, 289-300
    """
    array = numbers("p", p, low=0)
    if (array > 1).any():
        raise ValueError("p: muss zwischen 0 und 1 liegen")
    tested = np.isfinite(array)
    q = np.full(array.shape, np.nan)
    if tested.any():
        q[tested] = _adjusted(array[tested])
    return q


def _adjusted(p: Floats) -> Floats:
    """Return the smallest p · n / rank at this rank or above; scipy.stats would cost a second."""
    order = np.argsort(p)
    ratio = p[order] * (len(p) / np.arange(1, len(p) + 1))
    q = np.empty(len(p))
    q[order] = np.minimum(1, np.minimum.accumulate(ratio[::-1])[::-1])
    return q


def expected_by_chance(points: npt.ArrayLike, scatter: npt.ArrayLike = 1.0) -> float:
    """Return how many trend markers chance alone would set on these series.

    points:  (series,) known years of each tested series; below five it is not tested
    scatter: φ of each series, at least 1; counting noise alone gives the lowest number
    Raises:  ValueError naming `points` or `scatter`
    """
    number = numbers("points", points, low=0)
    share = power.chance_share(number, numbers("scatter", scatter, low=1))
    return float(np.nansum(share))
