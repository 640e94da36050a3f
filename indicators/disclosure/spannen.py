"""What intervals tell of one another: ages and times of which only some are shown.

Method: the ends of the intervals are the nodes of a graph, the intervals its edges. An edge that
        closes a circle is the sum and difference of the others on it. Between two nodes of one tree
        whose way goes back and forth lies an interval that nobody shows and everybody can
        calculate; so does what is left of an interval when those inside it are taken away.
Source: the circles: G. Kirchhoff (1847), as many independent ones as edges beyond a spanning tree
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

Spanne = tuple[int, int]  # from, and the first that does not belong to it
Faktoren = dict[Spanne, float]
Baum = dict[int, dict[int, Spanne]]


def ableitungen(spannen: frozenset[Spanne]) -> tuple[list[Faktoren], list[Faktoren]]:
    """Return the relations among intervals, and the unseen ones that can be calculated.

    Returns: circles: sums of factor × interval that are 0;
             remainders: sums that are the count of something that no interval shows
    """
    tree: Baum = defaultdict(dict)
    circles = []
    for low, high in sorted(spannen, key=lambda span: (span[1] - span[0], span)):
        way = _ways(tree, low).get(high)
        if way is None:
            tree[low][high] = tree[high][low] = (low, high)
        else:
            circles.append({(low, high): 1.0, **{s: -f for s, f in _along(way).items()}})
    remainders = {tuple(sorted(_along(way).items())) for way in _there_and_back(tree)}
    remainders |= {tuple(sorted(left.items())) for left in _left(spannen, tree)}
    return circles, [dict(left) for left in sorted(remainders)]


def _ways(tree: Baum, start: int) -> dict[int, list[int]]:
    """Return the way to every node that can be reached."""
    ways = {start: [start]}
    queue = [start]
    for node in queue:
        for neighbour in tree.get(node, {}):
            if neighbour not in ways:
                ways[neighbour] = [*ways[node], neighbour]
                queue.append(neighbour)
    return ways


def _along(way: list[int]) -> Faktoren:
    return {(min(s, e), max(s, e)): 1.0 if s < e else -1.0 for s, e in pairwise(way)}


def _there_and_back(tree: Baum) -> Iterator[list[int]]:
    """Yield the ways whose interval is not the sum of shorter ones on the same way."""
    for start in tree:
        for end, way in _ways(tree, start).items():
            if start < end and len(way) > 2 and not any(start < n < end for n in way[1:-1]):
                yield way


def _left(spannen: frozenset[Spanne], tree: Baum) -> Iterator[Faktoren]:
    """Yield what intervals leave of a longer one with which they share no tree."""
    longest_first = sorted(spannen, key=lambda span: (span[0] - span[1], span))
    for whole in spannen:
        inner = [s for s in longest_first if s != whole and whole[0] <= s[0] and s[1] <= whole[1]]
        near = _ways(tree, whole[0]) if inner else {}
        for first in (s for s in inner if s[0] not in near):
            parts = [first]
            for span in inner:
                if all(span[1] <= s[0] or s[1] <= span[0] for s in parts):
                    parts.append(span)
            yield {whole: 1.0, **dict.fromkeys(parts, -1.0)}
