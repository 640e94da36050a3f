"""Class limits of a map."""

import numpy as np
import numpy.typing as npt

from indicators.statistics.arguments import Floats, numbers

Places = npt.NDArray[np.int64]


def fisher_jenks(values: npt.ArrayLike, k: int) -> Floats:
    """Return the upper bounds of the k classes with the least squared distance from their means.

    values:  any shape; NaN is left out; equal values never fall into two classes
    k:       number of classes; fewer if there are fewer distinct values
    Returns: (classes,) rising; the last one is the largest value; empty if nothing is known
    Raises:  ValueError naming `values` or `k`
    Source:  W. D. Fisher (1958), J. Am. Stat. Assoc. 53, 789-798: the exact optimum by dynamic
             programming. mapclassify gives the same, but brings pandas, networkx and scikit-learn
    """
    if k < 1:
        raise ValueError("k: mindestens eine Klasse")
    array = numbers("values", values)
    distinct, weight = np.unique(array[np.isfinite(array)], return_counts=True)
    n = distinct.size
    k = min(k, n)
    if not n:
        return distinct
    starts = _starts(distinct - distinct.mean(), weight.astype(np.float64), k)
    ends = [n]
    for start in reversed(starts):
        ends.append(int(start[ends[-1]]))
    return np.asarray(distinct[np.array(ends[::-1]) - 1])


def _starts(values: Floats, weight: Floats, k: int) -> list[Places]:
    """Return for the second to last class, for every end, the best start."""
    powers = np.stack([weight, weight * values, weight * values**2], axis=1)
    sums = np.concatenate([np.zeros((1, 3)), np.cumsum(powers, axis=0)])
    ends = np.arange(len(sums))
    cost = _within(sums, np.zeros_like(ends), ends)
    cost[0] = np.inf  # no class is empty
    starts = []
    for _ in range(k - 1):
        cost, start = _next_class(cost, sums)
        starts.append(start)
    return starts


def _next_class(before: Floats, sums: Floats) -> tuple[Floats, Places]:
    """Return the least cost with one class more, and where that class starts, for every end.

    The best start never moves left when the end moves right. So the middle end is solved first and
    splits the candidates for both halves; all middles of one level are solved together.
    """
    cost, start = np.full(len(before), np.inf), np.zeros(len(before), dtype=np.int64)
    spans = np.array([[1, len(before) - 1, 0, len(before) - 1]])
    while len(spans):
        first, last, low, high = spans.T
        middle = (first + last) // 2
        best, least = _best_start(before, sums, middle, (low, np.minimum(high, middle - 1)))
        cost[middle], start[middle] = least, best
        left = np.stack([first, middle - 1, low, best], axis=1)
        right = np.stack([middle + 1, last, best, high], axis=1)
        spans = np.concatenate([left, right])
        spans = spans[spans[:, 0] <= spans[:, 1]]
    return cost, start


def _best_start(
    before: Floats, sums: Floats, ends: Places, bounds: tuple[Places, Places]
) -> tuple[Places, Floats]:
    """Return for every end the best start between its bounds, and its cost."""
    low, high = bounds
    number = high - low + 1
    offset = np.cumsum(number) - number
    owner = np.repeat(np.arange(len(ends)), number)
    begins = np.arange(owner.size) - offset[owner] + low[owner]
    total = before[begins] + _within(sums, begins, ends[owner])
    least = np.minimum.reduceat(total, offset)
    hits = np.flatnonzero(total == least[owner])
    _owners, first = np.unique(owner[hits], return_index=True)
    return begins[hits[first]], least


def _within(sums: Floats, begins: Places, ends: Places) -> Floats:
    """Return the squared distances from the mean of the values between `begins` and `ends`."""
    weight, first, second = (sums[ends] - sums[begins]).T
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(weight > 0, np.maximum(second - first**2 / weight, 0), 0)
