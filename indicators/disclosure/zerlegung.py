"""Which parts make up a whole, where only the figures say so: on every line the same ones.

A table may divide the same people twice (by school and by language), or name a part and its own
parts side by side; nobody has to declare that. What holds on every line, everybody may take for
granted; where it holds by chance, the assumption is merely careful.

Method: the sums of all sets of the larger half of the parts, and of the smaller half; each line gets
        a random weight, so that one number stands for the sums of all lines, and two halves that
        fit are found by looking up (what is found is added up again on every line).
Source: E. Horowitz, S. Sahni (1974), Journal of the ACM 21, 277-292 (subset sums in two halves)
"""

from collections.abc import Iterator
from itertools import islice

import numpy as np
import numpy.typing as npt

from indicators.statistics.arguments import Floats

HAELFTE = 16  # parts; of 32 all sets are looked at
SCHRITTE = 2_000  # of the search where there are more
HOECHSTENS = 32  # decompositions of one whole


def zerlegungen(ganzes: Floats, teile: Floats) -> list[tuple[int, ...]]:
    """Return the sets of columns that add up to the whole on every line, the coarsest first.

    ganzes: shape (lines,)
    teile:  shape (lines, parts), counts >= 0
    At most HOECHSTENS are returned. Of more than 2 · HAELFTE parts that fit into the whole, the
    search ends after SCHRITTE steps; what it has not found by then is left out.
    """
    if not len(ganzes) or not ganzes.any():
        return []
    size = teile.sum(axis=0)
    fits = (size > 0) & (teile <= ganzes[:, None]).all(axis=0)
    order = [int(c) for c in np.argsort(-size, kind="stable") if fits[c]]
    if len(order) <= 2 * HAELFTE:
        found = _halves(ganzes, teile, order)
    else:
        found = (answer for answer in islice(_search(ganzes, teile, order), SCHRITTE) if answer)
    return list(islice(found, HOECHSTENS))


def _halves(ganzes: Floats, teile: Floats, order: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield the sets that are found; the numbers that stand for all lines may wrap around."""
    weight = np.random.default_rng(0).integers(1, 2**40, len(ganzes))
    number = weight @ teile.astype(np.int64)
    large, small = order[: len(order) // 2], order[len(order) // 2 :]
    # One set after the other as a binary number, the largest part first: the last one has all.
    upper, lower = _sums(number[large]), _sums(number[small])
    wanted = weight @ ganzes.astype(np.int64) - upper
    sorted_ = np.argsort(lower, kind="stable")
    first, end = (
        np.searchsorted(lower, wanted, side, sorter=sorted_) for side in ("left", "right")
    )
    for one in np.flatnonzero(end > first)[::-1]:
        for other in sorted_[first[one] : end[one]][::-1]:
            chosen = (*_members(one, large), *_members(other, small))
            if (teile[:, chosen].sum(axis=1) == ganzes).all():
                yield chosen


def _sums(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    sums = np.zeros(1, dtype=np.int64)
    for number in numbers[::-1]:
        sums = np.concatenate([sums, sums + number])
    return sums


def _members(number: int, parts: list[int]) -> list[int]:
    return [part for place, part in enumerate(reversed(parts)) if number >> place & 1][::-1]


def _search(ganzes: Floats, teile: Floats, order: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield the sets that are found, and an empty one for every other step."""
    left = np.cumsum(teile[:, order][:, ::-1], axis=1)[:, ::-1]
    stack: list[tuple[int, Floats, tuple[int, ...]]] = [(0, ganzes, ())]
    while stack:
        place, rest, chosen = stack.pop()
        if not rest.any():
            yield chosen
            continue
        yield ()
        if place == len(order) or (rest > left[:, place]).any():
            continue
        stack.append((place + 1, rest, chosen))
        less = rest - teile[:, order[place]]
        if (less >= 0).all():
            stack.append((place + 1, less, (*chosen, order[place])))
