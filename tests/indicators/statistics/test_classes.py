from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics import classes, multiplicity
from tests.shared import column, needs_shared, series, vectors

VALUES = st.lists(st.integers(0, 12), min_size=1, max_size=11)
PS = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def distance(values, bounds):
    place = np.searchsorted(bounds, values)
    groups = [values[place == number] for number in range(len(bounds))]
    return sum(((group - group.mean()) ** 2).sum() for group in groups)


@given(VALUES, st.integers(1, 6))
def test_no_other_limits_are_better(values, k):
    values = np.array(values, dtype=float)
    found = classes.fisher_jenks(values, k)
    distinct = np.unique(values)
    assert len(found) == min(k, len(distinct))
    assert found[-1] == values.max()
    assert np.isin(found, distinct).all()
    assert (np.diff(found) > 0).all()
    others = combinations(distinct[:-1], len(found) - 1)
    best = min(distance(values, np.array([*other, distinct[-1]])) for other in others)
    assert distance(values, found) == pytest.approx(best)


def test_unknown_values_and_none_at_all():
    assert classes.fisher_jenks([1, np.nan, 9], 5).tolist() == [1, 9]
    assert classes.fisher_jenks([np.nan], 5).size == 0
    with pytest.raises(ValueError, match="k"):
        classes.fisher_jenks([1, 2], 0)


@needs_shared
def test_class_limits_reproduce_r():
    rows = [row for row in vectors("r_class_intervals.csv") if row["style"] == "jenks"]
    assert rows
    for row in rows:
        found = classes.fisher_jenks(series(row["values"]), int(row["k"]))
        assert found.tolist() == series(row["breaks"])[1:]


@given(PS)
def test_q_is_the_smallest_share_at_which_the_test_is_accepted(ps):
    """Benjamini-Hochberg by its definition: the largest rank i with p(i) <= i q / m."""
    found = multiplicity.benjamini_hochberg(ps)
    ordered = np.sort(ps)
    m = len(ps)
    for p, q in zip(ps, found, strict=True):
        larger = [value * m / rank for rank, value in enumerate(ordered, 1) if value >= p]
        assert q == pytest.approx(min(1.0, *larger, larger[0]))


@given(PS, st.randoms(use_true_random=False))
def test_q_follows_p_whatever_the_order(ps, random):
    order = random.sample(range(len(ps)), len(ps))
    found = multiplicity.benjamini_hochberg(ps)
    mixed = multiplicity.benjamini_hochberg([ps[place] for place in order])
    np.testing.assert_array_equal(mixed, found[order])
    assert all(a <= b for a, b in pairwise(found[np.argsort(ps, kind="stable")]))
    assert (found >= np.array(ps) - 1e-15).all()


def test_what_was_not_tested_does_not_count():
    found = multiplicity.benjamini_hochberg([[0.01, np.nan], [0.04, np.nan]])
    np.testing.assert_allclose(found, [[0.02, np.nan], [0.04, np.nan]])
    assert np.isnan(multiplicity.benjamini_hochberg([np.nan])).all()
    with pytest.raises(ValueError, match="p"):
        multiplicity.benjamini_hochberg([1.5])


@needs_shared
def test_q_reproduces_r():
    rows = vectors("r_fdr.csv")
    found = multiplicity.benjamini_hochberg(column(rows, "p"))
    np.testing.assert_allclose(found, column(rows, "bh"), rtol=1e-12)
