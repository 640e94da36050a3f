import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from indicators.statistics import trend

COUNT, POPULATION = st.integers(0, 400), st.integers(1, 90_000)


@given(COUNT, POPULATION, COUNT, POPULATION, st.floats(0.5, 0.998))
def test_the_exact_test_of_scipy_agrees(new, n_new, old, n_old, level):
    found = trend.rate_ratio(new, n_new, old, n_old, level)
    if new + old == 0:
        assert np.isnan([found.ratio, found.lower, found.upper, found.p]).all()
        return
    oracle = stats.binomtest(new, new + old, n_new / (n_new + n_old))
    low, high = oracle.proportion_ci(level)
    assert found.p == pytest.approx(oracle.pvalue, rel=1e-6, abs=1e-12)
    assert found.lower == pytest.approx(low / (1 - low) * n_old / n_new, rel=1e-6)
    upper = high / (1 - high) * n_old / n_new if high < 1 else math.inf
    assert found.upper == pytest.approx(upper, rel=1e-6)


@given(COUNT, POPULATION, COUNT, POPULATION)
def test_old_against_new_is_the_reciprocal(new, n_new, old, n_old):
    found, back = trend.rate_ratio(new, n_new, old, n_old), trend.rate_ratio(old, n_old, new, n_new)
    assert found.p == pytest.approx(back.p, rel=1e-6, nan_ok=True)
    if new and old:
        assert found.ratio == pytest.approx(1 / back.ratio)
        assert found.lower == pytest.approx(1 / back.upper)


def test_arrays_give_the_numbers_of_each_pair():
    many = trend.rate_ratio_many([3, 30, np.nan], 1700, [9, 10, 4], [1600, 1650, 1700])
    one = trend.rate_ratio(30, 1700, 10, 1650)
    assert (many.ratio[1], many.lower[1], many.upper[1], many.p[1]) == (
        one.ratio, one.lower, one.upper, one.p,
    )  # fmt: skip
    assert np.isnan(many.p).tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((-1, 5, 1, 5), "count_new"),
        ((1, 5, 1.5, 5), "count_old"),
        ((1, 0, 1, 5), "population_new"),
        ((1, 5, 1, -5), "population_old"),
        ((1, 5, 1, 5, 95), "level"),
    ],
)
def test_a_refusal_names_the_argument(arguments, name):
    with pytest.raises(ValueError, match=name):
        trend.rate_ratio(*arguments)
