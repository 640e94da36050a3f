"""Trends of values without counts: only their order speaks (Mann-Kendall, Theil-Sen)."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from indicators.statistics import tails
from indicators.statistics.arguments import Floats, numbers, tail

Counts = npt.NDArray[np.int16]

BLOCK = 8192


@dataclass(frozen=True, slots=True)
class MannKendallMany:
    """One entry per series."""

    s: Floats
    tau: Floats
    p: Floats


@dataclass(frozen=True, slots=True)
class TheilSenMany:
    """One entry per series, in units of the value per unit of time."""

    slope: Floats
    lower: Floats
    upper: Floats


def mann_kendall_many(values: npt.ArrayLike) -> MannKendallMany:
    """Count rising against falling pairs and give the exact probability, ties included.

    values:  (series, times); NaN is left out
    Returns: arrays (series,): S, Kendall's tau-b (NaN if all values are equal), two-sided p; all
             NaN below two values. With four values or fewer no p is below 0.05
    Raises:  ValueError naming `values`
    Source:  M. G. Kendall (1975), Rank Correlation Methods; the null distribution counts the
             inversions of a multiset (MacMahon): no library has it with ties
    """
    y = _table(values)
    if not len(y):
        return MannKendallMany(*np.empty((3, 0)))
    parts = [_rank_sums(y[start : start + BLOCK]) for start in range(0, len(y), BLOCK)]
    s = np.concatenate([part[0] for part in parts])
    groups = np.concatenate([part[1] for part in parts])
    p, comparable = _exact_p(s, groups)
    n = (groups > 0).sum(axis=1)
    pairs = n * (n - 1) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        tau = np.where(comparable > 0, s / np.sqrt(comparable * pairs), np.nan)
    few = n < 2
    return MannKendallMany(np.where(few, np.nan, s), tau, np.where(few, np.nan, p))


def theil_sen_many(values: npt.ArrayLike, time: npt.ArrayLike, level: float = 0.95) -> TheilSenMany:
    """Return the median of the slopes between all pairs of points, with its interval.

    values:  (series, times); NaN is left out; time: (times,) or like values, rising
    Returns: arrays (series,); NaN below two values
    Raises:  ValueError naming `values`, `time` or `level`
    Source:  P. K. Sen (1968), J. Am. Stat. Assoc. 63, 1379-1389, as scipy.stats.theilslopes
    """
    y = _table(values)
    t = numbers("time", time)
    if t.shape not in {y.shape, y.shape[1:]}:
        raise ValueError(f"time: {t.shape} passt nicht zu values {y.shape}")
    if np.isnan(t).any() or (np.diff(t, axis=-1) <= 0).any():
        raise ValueError("time: muss lückenlos bekannt und aufsteigend sein")
    z = -float(tails.normal_quantile(tail(level)))
    if not len(y):
        return TheilSenMany(*np.empty((3, 0)))
    t = np.broadcast_to(t, y.shape)
    blocks = [slice(start, start + BLOCK) for start in range(0, len(y), BLOCK)]
    parts = [_slopes(y[block], t[block], z) for block in blocks]
    return TheilSenMany(*np.concatenate(parts, axis=1))


def _table(values: npt.ArrayLike) -> Floats:
    y = numbers("values", values)
    if y.ndim != 2:
        raise ValueError(f"values: (Reihen, Zeiten) wird erwartet, nicht {y.ndim} Dimensionen")
    return y


def _rank_sums(y: Floats) -> tuple[Floats, Counts]:
    """Return S and, for every value, how many values equal it (0 for unknown), sorted."""
    times = np.ascontiguousarray(y.T)  # sums over short rows are slow, over long columns fast
    s = np.zeros(len(y), dtype=np.int64)
    equal = np.isfinite(times).astype(np.int16)
    for lag in range(1, len(times)):
        later, earlier = times[lag:], times[:-lag]
        s += np.sum(later > earlier, axis=0, dtype=np.int16)
        s -= np.sum(later < earlier, axis=0, dtype=np.int16)
        same = later == earlier
        equal[lag:] += same
        equal[:-lag] += same
    return s.astype(np.float64), np.sort(equal.T, axis=1)


def _exact_p(s: Floats, groups: Counts) -> tuple[Floats, Floats]:
    """Return two-sided p and the number of comparable pairs; one table per pattern of ties."""
    # Rows as one word each: patterns are compared byte by byte.
    width = max(groups.shape[1], 1) * groups.itemsize
    rows = np.zeros((len(groups), width // groups.itemsize), dtype=groups.dtype)
    rows[:, : groups.shape[1]] = groups
    words = rows.view(np.dtype((np.void, width))).ravel()
    _words, first, which = np.unique(words, return_index=True, return_inverse=True)
    tables = [two_sided(_sizes(rows[row].tolist())) for row in first]
    lengths = np.array([len(table) for table in tables])
    offset = np.cumsum(lengths) - lengths
    p = np.concatenate(tables)[offset[which] + np.abs(s).astype(np.int64)]
    return p, (lengths[which] - 1).astype(np.float64)


def _sizes(pattern: list[int]) -> tuple[int, ...]:
    """Return the sizes of the groups of equal values: (1, 2, 2) is one single and one pair."""
    found = Counter(pattern)
    return tuple(size for size in sorted(found) if size for _ in range(found[size] // size))


@lru_cache(maxsize=4096)
def two_sided(sizes: tuple[int, ...]) -> Floats:
    """Return P(|S| >= s) for s = 0 … largest S, when n values have groups of equal ones.

    sizes:   number of values in each group, e.g. (1, 1, 2) for four values with one pair
    """
    ways = inversions(sizes)
    largest = len(ways) - 1
    total = sum(ways)
    # S = largest - 2·inversions: few and many inversions are the two ends of one distribution.
    upper = [0] * (largest + 1)
    for count, number in enumerate(ways):
        upper[abs(largest - 2 * count)] += number
    beyond = list(accumulate(reversed(upper)))[::-1]
    return np.array([number / total for number in beyond])


def inversions(sizes: tuple[int, ...]) -> list[int]:
    """Count the arrangements of a multiset by inversions, exactly.

    Returns: position i holds how many distinct arrangements have i inversions
    Source:  MacMahon: the coefficients of [n]! / Π [sizes]! (q-factorials)
    """
    n = sum(sizes)
    largest = (n * (n - 1) - sum(size * (size - 1) for size in sizes)) // 2
    ways = [1] + [0] * largest
    for step in range(1, n + 1):
        for place in range(largest, step - 1, -1):
            ways[place] -= ways[place - step]
    for step in (step for size in sizes for step in range(1, size + 1)):
        for place in range(step, largest + 1):
            ways[place] += ways[place - step]
    return ways


def _slopes(y: Floats, t: Floats, z: float) -> Floats:
    """Return (3, series): median, lower and upper slope."""
    first, second = np.triu_indices(t.shape[1], 1)
    slopes = np.sort((y[:, second] - y[:, first]) / (t[:, second] - t[:, first]), axis=1)
    pairs = np.isfinite(slopes).sum(axis=1)
    equal = _rank_sums(y)[1].astype(np.float64)
    n = (equal > 0).sum(axis=1)
    # A group of m equal values appears m times in `equal`: hence no factor m in the sum.
    ties = ((equal - 1) * (2 * equal + 5) * (equal > 0)).sum(axis=1)
    sigma = np.sqrt((n * (n - 1) * (2 * n + 5) - ties) / 18)
    low = np.maximum(np.round((pairs - z * sigma) / 2).astype(np.int64) - 1, 0)
    high = np.minimum(np.round((pairs + z * sigma) / 2).astype(np.int64), pairs - 1)
    ranks = np.stack([(pairs - 1) // 2, pairs // 2, low, high], axis=1)
    chosen = np.full((len(y), 4), np.nan)
    some = pairs > 0
    chosen[some] = np.take_along_axis(slopes[some], ranks[some], axis=1)
    return np.stack([(chosen[:, 0] + chosen[:, 1]) / 2, chosen[:, 2], chosen[:, 3]])
