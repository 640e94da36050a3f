"""How unequal areas are; of small areas most differences are chance, so that is taken out first."""

import numpy as np
import numpy.typing as npt

from indicators.statistics.arguments import Floats, aligned, numbers, positive
from indicators.statistics.smoothing import prior


def corrected_variation(count: npt.ArrayLike, population: npt.ArrayLike) -> float:
    """Return the coefficient of variation of the true rates: what chance explains is taken out.

    count, population: (areas,); unknown areas are left out
    Returns: 0 if no difference can be shown, NaN without cases
    Raises:  ValueError naming `count` or `population`
    Source:  between-area variance of Marshall (1991), see `smoothing.prior`
    """
    shared = prior(count, population)
    return float(np.sqrt(shared.variance) / shared.mean) if shared.mean > 0 else float("nan")


def variation(value: npt.ArrayLike, weight: npt.ArrayLike) -> float:
    """Return the coefficient of variation of values weighted by population, chance included.

    value, weight: (areas,); areas with an unknown value are left out
    Raises:  ValueError naming `weight` or the shapes
    """
    r, w = _known(value, weight)
    mean = (w @ r) / w.sum()
    return float(np.sqrt(w @ (r - mean) ** 2 / w.sum()) / mean)


def gini(value: npt.ArrayLike, weight: npt.ArrayLike = 1.0) -> float:
    """Return the Gini coefficient: 0 all equal, towards 1 everything in one place.

    value, weight: (areas,); value >= 0
    Raises:  ValueError naming `value`, `weight` or the shapes
    Source:  area below the Lorenz curve of weighted values
    """
    r, w = _known(numbers("value", value, low=0), weight)
    order = np.argsort(r, kind="stable")
    share = np.concatenate([[0.0], np.cumsum(w[order]) / w.sum()])
    lorenz = np.concatenate([[0.0], np.cumsum((w * r)[order]) / (w @ r)])
    return float(1 - np.diff(share) @ (lorenz[1:] + lorenz[:-1]))


def theil(value: npt.ArrayLike, weight: npt.ArrayLike = 1.0) -> float:
    """Return Theil's index Σ p z ln z with z = value / mean; it can be split, see `theil_between`.

    value, weight: (areas,); value >= 0
    Raises:  ValueError naming `value`, `weight` or the shapes
    Source:  H. Theil (1967), Economics and Information Theory
    """
    r, w = _known(numbers("value", value, low=0), weight)
    z = r / ((w @ r) / w.sum())
    return float(w @ np.where(z > 0, z * np.log(np.where(z > 0, z, 1)), 0) / w.sum())


def theil_between(value: npt.ArrayLike, group: npt.ArrayLike, weight: npt.ArrayLike = 1.0) -> float:
    """Return the part of Theil's index that lies between groups; the rest lies within them.

    value, weight: (areas,); group: (areas,) the class of each area, e.g. its size class
    Raises:  ValueError naming `value`, `weight` or the shapes
    """
    r, w = aligned(value=numbers("value", value, low=0), weight=positive("weight", weight))
    _names, place = np.unique(np.asarray(group), return_inverse=True)
    known = np.isfinite(r) & np.isfinite(w)
    sizes = np.bincount(place[known], w[known])
    sums = np.bincount(place[known], (w * r)[known])
    return theil(sums[sizes > 0] / sizes[sizes > 0], sizes[sizes > 0])


def dissimilarity(group: npt.ArrayLike, others: npt.ArrayLike) -> float:
    """Return the share of a group that would have to move to be spread like the others.

    group, others: (areas,) persons
    Raises:  ValueError naming `group`, `others` or the shapes
    Source:  O. D. Duncan, B. Duncan (1955), Am. Sociol. Rev. 20, 210-217
    """
    a, b = aligned(group=numbers("group", group, low=0), others=numbers("others", others, low=0))
    if not (a.sum() > 0 and b.sum() > 0):
        return float("nan")
    return float(np.abs(a / a.sum() - b / b.sum()).sum() / 2)


def isolation(group: npt.ArrayLike, total: npt.ArrayLike) -> float:
    """Return the share of the own group among those a member of it lives with, on average.

    group, total: (areas,) persons, group <= total
    Raises:  ValueError naming `group`, `total` or the shapes
    """
    a, t = aligned(group=numbers("group", group, low=0), total=positive("total", total))
    return float((a / a.sum()) @ (a / t)) if a.sum() > 0 else float("nan")


def slope_index(value: npt.ArrayLike, population: npt.ArrayLike) -> tuple[float, float]:
    """Return the slope and relative index of inequality over ordered groups.

    value, population: (groups,) from most to least disadvantaged
    Returns: difference between the two ends of the whole population, and their ratio
    Raises:  ValueError naming `population` or the shapes
    Source:  Pamuk (1985); weighted regression on the middle rank of each group
    """
    y, n = aligned(value=numbers("value", value), population=positive("population", population))
    share = n / n.sum()
    rank = np.cumsum(share) - share / 2
    centre = share @ rank
    slope = float(share @ ((rank - centre) * y) / (share @ (rank - centre) ** 2))
    start = float(share @ y) - slope * float(centre)
    return slope, (start + slope) / start


def quantile(value: npt.ArrayLike, groups: int, *, invert: bool = False) -> Floats:
    """Return the quantile 1 … `groups` of each value, equal values in one.

    value:   (areas,); NaN stays NaN
    invert:  the highest values get quantile 1
    Returns: (areas,); NaN everywhere if there are fewer values than groups
    Raises:  ValueError naming `groups` or `value`
    """
    if groups < 1:
        raise ValueError("groups: mindestens eine Gruppe")
    y = numbers("value", value) * (-1 if invert else 1)
    known = np.isfinite(y)
    m = int(known.sum())
    if m < groups:
        return np.full(y.shape, np.nan)
    rank = np.searchsorted(np.sort(y[known]), y) + 1
    place = np.floor(groups + 1 - np.ceil((m + 1 - rank) / (m / groups)))
    return np.where(known, np.maximum(place, 1), np.nan)


def quintile_gap(value: npt.ArrayLike, population: npt.ArrayLike) -> tuple[float, float]:
    """Return the gap between the highest and the lowest fifth of the population.

    value, population: (areas,); the area on the border counts to both sides by its share
    Returns: difference and ratio of the two weighted means
    Raises:  ValueError naming `population` or the shapes
    """
    r, w = _known(value, population)
    order = np.argsort(r, kind="stable")
    r, share = r[order], w[order] / w.sum()
    end = np.cumsum(share)
    low = np.clip(0.2 - (end - share), 0, share)
    high = np.clip(end - 0.8, 0, share)
    bottom, top = float(low @ r / low.sum()), float(high @ r / high.sum())
    return top - bottom, top / bottom if bottom else float("nan")


def _known(value: npt.ArrayLike, weight: npt.ArrayLike) -> tuple[Floats, Floats]:
    r, w = aligned(value=numbers("value", value), weight=positive("weight", weight))
    known = np.isfinite(r) & np.isfinite(w)
    return r[known], w[known]
