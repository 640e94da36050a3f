"""Classes of a map: bounds rounded as printed, so that legend and colour never disagree."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard import theme

KLASSEN = len(theme.STUFEN)


@dataclass(frozen=True, slots=True)
class Klasse:
    """One class: its printed lowest and highest value, how many areas, and its colour."""

    von: float
    bis: float
    anzahl: int
    farbe: str


def klassen(werte: Sequence[float], stellen: int) -> tuple[list[Klasse], list[int]]:
    """Split values into up to five classes of nearly equal size; equal values stay together.

    Returns: the classes from low to high, and for each value the index of its class
    """
    rounded = [round(value, stellen) for value in werte]
    bounds = _starts(sorted(rounded))
    index = [sum(1 for bound in bounds if value >= bound) - 1 for value in rounded]
    colours = _colours(len(bounds))
    found = []
    for i, colour in enumerate(colours):
        inside = [value for value, place in zip(rounded, index, strict=True) if place == i]
        found.append(Klasse(min(inside), max(inside), len(inside), colour))
    return found, index


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
