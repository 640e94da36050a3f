import numpy as np
import pytest

from indicators.statistics import multiplicity, power, trend

RUNS = 4000


def marked(points, yearly, percent, scatter=1):
    """Share of simulated series with this yearly change that are called rising."""
    rng = np.random.default_rng(points * 1000 + yearly)
    time = np.arange(points)
    expected = yearly * (1 + percent / 100) ** (time - (points - 1) / 2)
    if scatter == 1:
        counts = rng.poisson(expected, (RUNS, points))
    else:
        counts = rng.negative_binomial(expected / (scatter - 1), 1 / scatter, (RUNS, points))
    many = trend.doppeltest_many(counts, np.full(points, 1e6), time, "rate")
    return float(np.mean(many.label == "steigend")), many


@pytest.mark.parametrize("points", [5, 7, 8, 10, 15, 25])
@pytest.mark.parametrize("yearly", [50, 300, 3000])
def test_the_detectable_change_is_found_in_four_of_five_runs(points, yearly):
    flat = trend.doppeltest(
        np.full(points, yearly), np.full(points, 1e6), np.arange(points), "rate"
    )
    assert marked(points, yearly, flat.detectable)[0] == pytest.approx(0.8, abs=0.025)


@pytest.mark.parametrize("points", [5, 8, 15])
def test_the_usual_estimate_finds_as_much_when_years_scatter(points):
    detectable = np.nanmedian(marked(points, 300, 0, scatter=5)[1].detectable)
    assert marked(points, 300, detectable, scatter=5)[0] == pytest.approx(0.8, abs=0.03)


def test_few_cases_need_more_and_too_few_show_nothing():
    steep = trend.doppeltest([10] * 5, [1700] * 5, range(5), "rate").detectable
    assert steep > 100 * np.expm1(4.27 / np.sqrt(10 * 10))
    assert marked(5, 10, steep)[0] == pytest.approx(0.8, abs=0.025)
    assert np.isnan(trend.doppeltest([3] * 8, [1700] * 8, range(8), "rate").detectable)


def test_shares_have_their_own_noise():
    common = trend.doppeltest([900] * 5, [1000] * 5, range(5), "anteil")
    rare = trend.doppeltest([100] * 5, [1000] * 5, range(5), "anteil")
    assert common.detectable < rare.detectable


def test_more_years_and_more_cases_show_smaller_changes():
    factor = power.detectable_factor(np.array([5, 6, 7]), 1.0)
    assert (np.diff(factor) < 0).all()
    assert (np.diff(power.detectable_factor(np.arange(8, 61), 1.0)) < 0).all()
    assert power.detectable_factor(90, 1.0) == power.detectable_factor(60, 1.0)
    assert np.isnan(power.detectable_factor(4, 1.0))
    assert power.detectable_factor(60, 1.0) == pytest.approx(2.80 * 1.075, abs=0.02)


@pytest.mark.parametrize("points", [5, 7, 8, 12])
def test_the_table_is_what_the_derivation_gives(points):
    estimates = power.estimates_of_scatter(points, draws=20_000, seed=2)
    for scatter in (1.0, 2.0, 10.0):
        solved = power.solve(points, scatter, estimates)
        assert power.detectable_factor(points, scatter) == pytest.approx(solved, abs=0.05)


@pytest.mark.parametrize(("points", "scatter"), [(5, 1), (8, 1), (15, 1), (5, 5), (15, 5)])
def test_chance_marks_as_many_series_as_the_table_says(points, scatter):
    _, many = marked(points, 300, 0, scatter)
    share = np.mean(np.isin(many.label, ["steigend", "fallend"]))
    assert share == pytest.approx(float(power.chance_share(points, scatter)), abs=0.01)


def test_untested_series_have_no_chance_hits():
    assert multiplicity.expected_by_chance([4, 3]) == 0
    assert multiplicity.expected_by_chance([5] * 2640) == pytest.approx(45.7, abs=1)
