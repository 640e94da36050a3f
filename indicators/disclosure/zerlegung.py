"""Which parts make up a whole, where only the figures say so: on every line the same ones.

A table may divide the same people twice (by school and by language), or name a part and its own
parts side by side; nobody has to declare that. What holds on every line, everybody may take for
granted; where it holds by chance, the assumption is merely careful.
"""

from collections.abc import Iterator

import numpy as np

from indicators.statistics.arguments import Floats

SCHRITTE = 2_000  # of the search for one whole
HOECHSTENS = 32  # decompositions of one whole


def zerlegungen(ganzes: Floats, teile: Floats) -> list[tuple[int, ...]]:
    """Return the sets of columns that add up to the whole on every line, the coarsest first.

    ganzes: shape (lines,)
    teile:  shape (lines, parts), counts >= 0
    The search ends after SCHRITTE steps; what it has not found by then is left out.
    """
    if not len(ganzes) or not ganzes.any():
        return []
    size = teile.sum(axis=0)
    order = [int(c) for c in np.argsort(-size, kind="stable") if size[c] > 0]
    found: list[tuple[int, ...]] = []
    for step, answer in enumerate(_search(ganzes, teile, order)):
        if answer:
            found.append(answer)
        if step >= SCHRITTE or len(found) >= HOECHSTENS:
            break
    return found


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
