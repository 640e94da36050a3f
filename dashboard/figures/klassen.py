"""Classes of a map: bounds rounded as printed, so that legend and colour never disagree.

They come from all years of an indicator together, so that a colour means the same in every year.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard import theme

KLASSEN = len(theme.STUFEN)


@dataclass(frozen=True, slots=True)
class Klasse:
    """One class: its printed lowest and highest value, how many areas of the shown year, and its colour."""

    von: float
    bis: float
    anzahl: int
    farbe: str


def klassen(
    werte: Sequence[float], stellen: int, alle: Sequence[float] = ()
) -> tuple[list[Klasse], list[int]]:
    """Split values into up to five classes of nearly equal size; equal values stay together.

    alle: the values of all years, those of `werte` among them, which decide the bounds; `werte`
          alone if there are none
    Returns: the classes from low to high with the count of `werte` in each, which may be 0, and
             for each value of `werte` the index of its class
    """
    rounded = [round(value, stellen) for value in werte]
    pool = sorted(round(value, stellen) for value in alle or werte)
    bounds = _starts(pool)
    index = [max(bisect_right(bounds, value) - 1, 0) for value in rounded]
    tops = [pool[bisect_left(pool, bound) - 1] for bound in bounds[1:]] + pool[-1:]
    counts = Counter(index)
    return [
        Klasse(low, high, counts[i], colour)
        for i, (low, high, colour) in enumerate(
            zip(bounds, tops, _colours(len(bounds)), strict=True)
        )
    ], index


def _starts(ordered: Sequence[float]) -> list[float]:
    """Return the lowest value of each class: a class ends where that comes nearest to its share."""
    starts: list[float] = []
    seen = inside = 0
    share = 0.0
    for value, same in groupby(ordered):
        count = len(list(same))
        left = KLASSEN - len(starts)
        if not starts or (left and inside + count / 2 >= share):
            starts.append(value)
            inside, share = 0, (len(ordered) - seen) / left
        inside += count
        seen += count
    return starts


def _colours(count: int) -> list[str]:
    """Choose `count` steps that span the whole scale."""
    if count <= 1:
        return [theme.STUFEN[2]][:count]
    last = KLASSEN - 1
    return [theme.STUFEN[round(i * last / (count - 1))] for i in range(count)]
