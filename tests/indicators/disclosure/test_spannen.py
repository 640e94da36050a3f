"""What intervals and groups tell of one another, held against plain enumeration."""

from itertools import combinations

import numpy as np
import pytest

from indicators.disclosure.spannen import ableitungen
from indicators.disclosure.zerlegung import zerlegungen


def vektor(spanne, ende=12):
    low, high = spanne
    return np.array([low <= year < high for year in range(ende)], dtype=float)


@pytest.mark.parametrize("seed", range(20))
def test_relations_among_intervals_are_true_and_all_there_are(seed):
    rng = np.random.default_rng(seed)
    ends = rng.choice(13, size=(8, 2))
    spans = frozenset((int(min(e)), int(max(e))) for e in ends if e[0] != e[1])
    circles, remainders = ableitungen(spans)
    for circle in circles:
        assert not sum(factor * vektor(span) for span, factor in circle.items()).any()
    rank = np.linalg.matrix_rank([vektor(span) for span in sorted(spans)])
    assert len(circles) == len(spans) - rank
    for left in remainders:
        people = sum(factor * vektor(span) for span, factor in left.items())
        assert set(people) <= {0.0, 1.0}


@pytest.mark.parametrize("seed", range(20))
def test_every_set_of_groups_that_adds_up_is_found(seed):
    rng = np.random.default_rng(seed)
    parts = rng.integers(0, 6, size=(3, 7)).astype(float)
    whole = parts[:, :3].sum(axis=1)
    filled = [c for c in range(7) if parts[:, c].any()]
    expected = {
        chosen
        for size in range(1, 8)
        for chosen in combinations(filled, size)
        if (parts[:, chosen].sum(axis=1) == whole).all()
    }
    assert {tuple(sorted(chosen)) for chosen in zerlegungen(whole, parts)} == expected != set()


@pytest.mark.parametrize("lines", [3, 44])
def test_thirteen_of_thirty_two_groups_are_found(lines):
    """There are four thousand million sets; none is left out for want of steps."""
    rng = np.random.default_rng(lines)
    parts = rng.integers(1, 100_000, size=(lines, 32)).astype(float)
    chosen = sorted(rng.choice(32, 13, replace=False).tolist())
    found = zerlegungen(parts[:, chosen].sum(axis=1), parts)
    assert [sorted(one) for one in found] == [chosen]
