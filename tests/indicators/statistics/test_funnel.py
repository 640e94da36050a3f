import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from indicators.statistics import compare, funnel, intervals
from tests.shared import column, needs_shared, number, series, vectors

SIZES = st.floats(1, 50_000)


@given(st.floats(0.01, 0.99), SIZES)
def test_limits_of_shares_mirror_when_cases_and_others_swap(target, size):
    lower, upper = funnel.limits("anteil", target, size)
    assert 0 <= lower <= target <= upper <= 1
    assert funnel.limits("anteil", 1 - target, size) == pytest.approx((1 - upper, 1 - lower))


@given(SIZES, st.floats(0.5, 0.99), st.floats(0.5, 0.99))
def test_a_higher_level_gives_wider_limits(size, one, other):
    narrow, wide = sorted([one, other])
    for kind, target in (("anteil", 0.2), ("rate", 35.0), ("verhaeltnis", 1.0)):
        inner, outer = (
            funnel.limits(kind, target, size, narrow),
            funnel.limits(kind, target, size, wide),
        )
        assert outer[0] <= inner[0] + 1e-9
        assert inner[1] <= outer[1] + 1e-9


@given(st.integers(1, 3000))
def test_an_observed_count_at_the_limit_has_an_interval_that_ends_at_the_target(count):
    low, high = intervals.exact(count)
    assert funnel.limits("verhaeltnis", 1, high)[0] == pytest.approx(count / high, rel=1e-5)
    assert funnel.limits("verhaeltnis", 1, low)[1] == pytest.approx(count / low, rel=1e-5)


def test_few_expected_events_have_no_lower_limit():
    assert funnel.limits("rate", 5.0, 2.0)[0] == 0
    assert stats.poisson.cdf(0, 2.0) > 0.025


def test_an_unknown_size_has_no_limits():
    assert np.isnan(funnel.limits("rate", 1, [np.nan, 5])).tolist() == [[True, False]] * 2


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: funnel.limits("quote", 1, 5), "kind"),
        (lambda: funnel.limits("anteil", 40, 5), "target"),
        (lambda: funnel.limits("rate", -1, 5), "target"),
        (lambda: funnel.limits("rate", 1, 0), "size"),
        (lambda: funnel.limits("rate", 1, 5, 95), "level"),
        (lambda: funnel.overdispersion("verhaeltnis", [0, 5], [3, 4]), "count"),
        (lambda: funnel.overdispersion("rate", [1, 5], [3, 0]), "size"),
    ],
)
def test_a_refusal_names_the_argument(call, name):
    with pytest.raises(ValueError, match=name):
        call()


def test_areas_that_scatter_by_chance_keep_the_plain_limits():
    rng = np.random.default_rng(5)
    size = rng.integers(2000, 60_000, 44).astype(float)
    calm = funnel.overdispersion("anteil", rng.binomial(size.astype(int), 0.1), size)
    assert calm.tau2 == pytest.approx(0, abs=1e-4)
    wild = funnel.overdispersion(
        "anteil", rng.binomial(size.astype(int), rng.uniform(0.05, 0.15, 44)), size
    )
    plain = funnel.limits("anteil", 0.1, 20_000)
    wide = funnel.adjusted_limits(wild, 0.1, 20_000)
    assert wide[0] < plain[0] < plain[1] < wide[1]


def test_areas_without_events_or_numbers_do_not_break_the_estimate():
    found = funnel.overdispersion("rate", [0, 3, np.nan, 8], [2.0, 3, 4, 5])
    assert np.isnan(found.z).tolist() == [False, False, True, False]
    assert found.tau2 >= 0
    assert np.isnan(funnel.overdispersion("rate", [3], [2.0]).tau2)


@needs_shared
def test_limits_reproduce_published_funnels():
    rows = vectors("funnel_prop_limits.csv")
    for level, end in ((0.95, "2s"), (0.998, "3s")):
        lower, upper = funnel.limits(
            "anteil", np.array(column(rows, "baseline")) / 100, column(rows, "population"), level
        )
        np.testing.assert_allclose(100 * lower, column(rows, f"lower_{end}"), atol=1e-4)
        np.testing.assert_allclose(100 * upper, column(rows, f"upper_{end}"), atol=1e-4)
    rows = vectors("funnel_ratio_limits.csv")
    for level, end in ((0.95, "2s"), (0.998, "3s")):
        lower, _ = funnel.limits("verhaeltnis", 100, column(rows, f"lower_{end}_exp_events"), level)
        _, upper = funnel.limits("verhaeltnis", 100, column(rows, f"upper_{end}_exp_events"), level)
        np.testing.assert_allclose(lower, column(rows, f"lower_{end}_isr"), rtol=1e-4)
        np.testing.assert_allclose(upper, column(rows, f"upper_{end}_isr"), rtol=1e-4)


@needs_shared
@pytest.mark.parametrize("name", ["funnel_rate_outputs.csv", "funnel_rate_outputs_2.csv"])
def test_limits_reproduce_published_rate_funnels(name):
    rows = vectors(name)
    target = np.array(column(rows, "baseline"))
    events = np.array(column(rows, "Events"))
    for level, end in ((0.95, "2s"), (0.998, "3s")):
        for side, place in (("lower", 0), ("upper", 1)):
            wanted = np.array(column(rows, f"{side}_{end}_limit"))
            found = funnel.limits("rate", target, events * target / wanted, level)[place]
            np.testing.assert_allclose(found, wanted, rtol=1e-4)


@needs_shared
def test_significance_reproduces_published_classes():
    rows = vectors("funnel_prop_significance.csv")
    count, size = np.array(column(rows, "numerator")), np.array(column(rows, "denominator"))
    wilson = [intervals.wilson(count, size, level) for level in (0.95, 0.998)]
    check(rows, compare.classify_sure(*wilson, count.sum() / size.sum()))
    rows = vectors("funnel_ratio_significance.csv")
    count, size = np.array(column(rows, "observed")), np.array(column(rows, "expected"))
    bounds = [np.array(intervals.poisson(count, level)) / size for level in (0.95, 0.998)]
    check(rows, compare.classify_sure(*bounds, 1))


def check(rows, words):
    published = {
        "High (0.001)": "sicher höher", "High (0.025)": "höher", "Not significant": "ähnlich",
        "Low (0.025)": "niedriger", "Low (0.001)": "sicher niedriger",
    }  # fmt: skip
    assert words.tolist() == [published[row["significance"]] for row in rows]


@needs_shared
def test_overdispersion_reproduces_published_estimates():
    for row in vectors("funnel_overdispersion.csv"):
        kind, scale = ("anteil", "winkel") if row["type"] == "PR" else ("verhaeltnis", "wurzel")
        scale = "ln" if (row["type"], row["method"]) == ("SR", "SHMI") else scale
        found = funnel.overdispersion(
            kind, series(row["numerator"]), series(row["denominator"]), scale=scale
        )
        np.testing.assert_allclose(found.z, series(row["z"]), rtol=1e-8)
        assert found.phi == pytest.approx(number(row["phi"]), rel=1e-11)
        assert found.tau2 == pytest.approx(number(row["tau2"]), rel=1e-11)
