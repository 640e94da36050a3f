import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics import bridge, pooling, smoothing
from tests.shared import column, needs_shared, vectors

AREAS = st.lists(st.tuples(st.integers(0, 60), st.integers(60, 9000)), min_size=2, max_size=20)


@given(AREAS)
def test_a_smoothed_rate_lies_between_the_own_and_the_common_one(areas):
    count, population = np.array(areas, dtype=float).T
    raw, common = count / population, count.sum() / population.sum()
    for smooth in (smoothing.empirical_bayes, smoothing.empirical_bayes_share):
        rates = smooth(count, population)
        assert (rates >= np.minimum(raw, common) - 1e-12).all()
        assert (rates <= np.maximum(raw, common) + 1e-12).all()


@given(AREAS, st.randoms(use_true_random=False))
def test_the_order_of_areas_does_not_matter(areas, random):
    mixed = random.sample(areas, len(areas))
    before, after = (
        smoothing.empirical_bayes(*np.array(list_, dtype=float).T) for list_ in (areas, mixed)
    )
    np.testing.assert_allclose(np.sort(before), np.sort(after), atol=1e-12)


def test_equal_rates_and_unknown_areas():
    rates = smoothing.empirical_bayes([10, 20, np.nan], [1000, 2000, 500])
    np.testing.assert_allclose(rates, [0.01, 0.01, np.nan])
    assert np.isnan(smoothing.empirical_bayes_interval([10, 20], [1000, 2000])).all()
    assert np.isnan(smoothing.empirical_bayes([np.nan], [5])).all()
    np.testing.assert_array_equal(smoothing.empirical_bayes([0, 0], [5, 9]), [0, 0])
    np.testing.assert_array_equal(smoothing.empirical_bayes_share([5, 9], [5, 9]), [1, 1])


def test_small_areas_move_more_and_their_interval_is_wider():
    count, population = np.array([4, 400, 90, 900]), np.array([200, 20_000, 9000, 30_000])
    rates = smoothing.empirical_bayes(count, population)
    moved = np.abs(rates - count / population)
    assert moved[0] > moved[1]
    lower, upper = smoothing.empirical_bayes_interval(count, population)
    assert (lower < rates).all()
    assert (rates < upper).all()
    assert upper[0] - lower[0] > upper[1] - lower[1]


@needs_shared
def test_published_estimates_are_reproduced():
    rows = vectors("r_eb_auckland.csv")
    count, population = column(rows, "events"), column(rows, "pop")
    shared = smoothing.prior(count, population)
    assert (shared.variance, shared.mean) == pytest.approx((7.284173e-07, 0.002633436), rel=1e-6)
    found = smoothing.empirical_bayes(count, population)
    np.testing.assert_allclose(found, column(rows, "eb"), rtol=1e-11)
    rows = vectors("r_eb_binomial_huddersfield.csv")
    found = smoothing.empirical_bayes_share(column(rows, "cases"), column(rows, "total"))
    np.testing.assert_allclose(found, column(rows, "eb"), rtol=1e-11)


def test_windows_end_in_the_same_years_for_every_series():
    long = pooling.fixed_windows(np.arange(10.0), np.full(10, 100.0), np.arange(2012, 2022))
    assert long.end.tolist() == [2015, 2018, 2021]
    assert long.count.tolist() == [1 + 2 + 3, 4 + 5 + 6, 7 + 8 + 9]
    assert long.population.tolist() == [300] * 3
    short = pooling.fixed_windows([7.0, 8, 9, 1], 100, [2019, 2020, 2021, 2022])
    assert (short.start.tolist(), short.end.tolist()) == ([2019], [2021])


def test_a_missing_year_leaves_its_window_out_and_an_unknown_one_makes_it_unknown():
    gap = pooling.fixed_windows([1.0, 2, 3, 4, 5], 10, [2016, 2018, 2019, 2020, 2021])
    assert gap.end.tolist() == [2021]
    unknown = pooling.fixed_windows([[1.0, np.nan, 3], [1, 2, 3]], 10, [2019, 2020, 2021])
    np.testing.assert_array_equal(unknown.count, [[np.nan], [6]])
    np.testing.assert_array_equal(unknown.population, [[np.nan], [30]])


@given(st.integers(1, 5), st.integers(1990, 2030), st.integers(0, 25))
def test_windows_never_overlap(width, anchor, years):
    found = pooling.fixed_windows(
        np.ones(years), np.ones(years), 2000 + np.arange(years), width, anchor
    )
    assert (found.count == width).all()
    assert (np.diff(found.end) == width).all()
    assert ((found.end - anchor) % width == 0).all()


def test_refusals_name_the_argument():
    with pytest.raises(ValueError, match="width"):
        pooling.fixed_windows([1], [1], [2020], width=0)
    with pytest.raises(ValueError, match="time"):
        pooling.fixed_windows([1, 1], [1, 1], [2020, 2020])
    with pytest.raises(ValueError, match="time"):
        pooling.fixed_windows([1, 1], [1, 1], [2020])
    with pytest.raises(ValueError, match="count"):
        smoothing.empirical_bayes([-1], [1])
    with pytest.raises(ValueError, match="new_census"):
        bridge.population([1], [2015], 0.98, 2022, 2011)


def test_a_bridge_changes_nothing_before_and_everything_after():
    found = bridge.population([100.0, 100, 100, 100], [2010, 2011, 2022, 2023], 0.9)
    np.testing.assert_allclose(found, [100, 100, 90, 90])


@needs_shared
def test_the_published_bridge_is_reproduced():
    rows = vectors("break_bridge.csv")
    found = bridge.population(
        column(rows, "pop_basis2011"), column(rows, "year"), column(rows, "f")
    )
    np.testing.assert_allclose(found, column(rows, "pop_bridged"), rtol=1e-12)
