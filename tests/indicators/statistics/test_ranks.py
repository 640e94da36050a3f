from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from indicators.statistics import ranks, trend
from tests.shared import needs_shared, number, series, vectors

VALUES = st.lists(st.integers(0, 4), min_size=2, max_size=6)


def rising_minus_falling(values):
    return sum(
        np.sign(later - earlier)
        for place, earlier in enumerate(values)
        for later in values[place + 1 :]
    )


@given(VALUES)
def test_p_equals_the_enumeration_of_all_orders(values):
    found = trend.mann_kendall(values)
    observed = rising_minus_falling(values)
    every = [abs(rising_minus_falling(order)) for order in permutations(values)]
    assert found.s == observed
    assert found.p == pytest.approx(np.mean([value >= abs(observed) for value in every]))


@given(st.lists(st.floats(-9, 9).map(lambda x: round(x, 3)), min_size=2, max_size=12, unique=True))
def test_without_ties_scipy_agrees(values):
    found = trend.mann_kendall(values)
    wanted = stats.kendalltau(np.arange(len(values)), values, method="exact")
    assert (found.tau, found.p) == pytest.approx((wanted.statistic, wanted.pvalue))


@given(st.lists(st.integers(0, 9), min_size=2, max_size=25))
def test_tau_is_kendalls_tau_b(values):
    found = trend.mann_kendall(values)
    if len(set(values)) == 1:
        assert np.isnan(found.tau)
        assert found.p == 1
    else:
        assert found.tau == pytest.approx(
            stats.kendalltau(np.arange(len(values)), values).statistic
        )


@given(st.lists(st.integers(0, 9), min_size=2, max_size=25))
def test_reversed_and_relabelled_series_say_the_same(values):
    found = trend.mann_kendall(values)
    back = trend.mann_kendall(values[::-1])
    stretched = trend.mann_kendall([value**3 + 7 for value in values])
    assert (back.s, back.p) == (-found.s, found.p)
    assert (stretched.s, stretched.p) == (found.s, found.p)


@given(st.lists(st.sampled_from([1.0, 2.0, 3.5, np.nan]), min_size=6, max_size=40))
def test_many_series_give_the_numbers_of_each_one(values):
    table = np.array(values[: len(values) // 3 * 3]).reshape(3, -1)
    many = trend.mann_kendall_many(table)
    time = np.arange(table.shape[1])
    slopes = trend.theil_sen_many(table, time)
    for place, line in enumerate(table):
        known = np.isfinite(line)
        one, slope = trend.mann_kendall(line[known]), trend.theil_sen(line[known], time[known])
        for name in ("s", "tau", "p"):
            assert getattr(many, name)[place] == pytest.approx(getattr(one, name), nan_ok=True)
        for name in ("slope", "lower", "upper"):
            assert getattr(slopes, name)[place] == pytest.approx(getattr(slope, name), nan_ok=True)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=25), st.floats(0.5, 0.99))
def test_theil_sen_equals_scipy(values, level):
    time = np.cumsum(1 + np.arange(len(values)) % 3)
    found = trend.theil_sen(values, time, level)
    wanted = stats.theilslopes(values, time, alpha=level)
    assert (found.slope, found.lower, found.upper) == pytest.approx(
        (wanted.slope, wanted.low_slope, wanted.high_slope)
    )


def test_the_arrangements_of_a_multiset_are_counted_once():
    assert ranks.inversions((1, 1, 1)) == [1, 2, 2, 1]
    assert ranks.inversions((2, 1)) == [1, 1, 1]
    assert sum(ranks.inversions((3, 2, 2))) == 210


def test_nothing_can_be_found_with_four_values():
    assert trend.mann_kendall([1, 2, 3, 4]).p == pytest.approx(1 / 12)
    assert trend.mann_kendall([1, 2, 3, 4, 5]).p == pytest.approx(1 / 60)
    assert np.isnan(trend.mann_kendall([1]).p)
    assert np.isnan(trend.theil_sen([1, np.nan], [1, 2]).slope)


def test_a_refusal_names_the_argument():
    with pytest.raises(ValueError, match="values"):
        trend.mann_kendall([[1, 2]])
    with pytest.raises(ValueError, match="values"):
        trend.mann_kendall_many([1, 2])
    with pytest.raises(ValueError, match="time"):
        trend.theil_sen([1, 2, 3], [1, 2])
    with pytest.raises(ValueError, match="time"):
        trend.theil_sen([1, 2], [2, 1])
    with pytest.raises(ValueError, match="level"):
        trend.theil_sen([1, 2], [1, 2], 95)
    assert trend.mann_kendall_many(np.empty((0, 4))).p.size == 0
    assert trend.theil_sen_many(np.empty((0, 2)), [1, 2]).slope.size == 0


@needs_shared
def test_the_published_cases_are_reproduced():
    for row in vectors("mk_ties.csv"):
        found = trend.mann_kendall(series(row["y"]))
        wanted = (number(row["S"]), number(row["tau_b"]), number(row["p_exact"]))
        assert (found.s, found.tau, found.p) == pytest.approx(wanted, rel=1e-11)
    for row in vectors("mk_exact_critical.csv"):
        n = int(row["n"])
        table = ranks.two_sided((1,) * n)
        assert table[int(row["S_max"])] == pytest.approx(number(row["p_min"]), rel=1e-11)
        for share in ("05", "01"):
            if row[f"crit_S_{share}"]:
                critical = int(float(row[f"crit_S_{share}"]))
                assert table[critical] <= float(f"0.{share}") < table[critical - 2]
