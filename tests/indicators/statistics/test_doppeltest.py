import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from indicators.statistics import trend
from tests.shared import needs_shared, number, series, vectors

YEARS = st.integers(5, 20)


def test_a_steady_fall_is_seen_and_measured():
    found = trend.doppeltest([360, 330, 300, 275, 250], [50_000] * 5, range(2018, 2023), "rate")
    assert found.label == "fallend"
    assert found.p == pytest.approx(4.7e-5, rel=1e-2)
    assert (found.apc, found.lower, found.upper) == pytest.approx(
        (-8.676, -11.871, -5.366), abs=1e-3
    )


@pytest.mark.parametrize(
    ("count", "label"),
    [
        ([5, 6, 4, 5], "zu_wenige_daten"),
        ([50, 60, math.nan, 40, 50], "zu_wenige_daten"),
        ([1, 0, 1, 1, 1], "zu_wenige_faelle"),
        ([0, 0, 0, 0, 0], "zu_wenige_faelle"),
        ([40, 55, 42, 51, 44], "unklar"),
        ([400, 440, 490, 530, 590], "steigend"),
        ([9000, 9010, 8990, 9005, 8995], "stabil"),
    ],
)
def test_every_label_has_its_case(count, label):
    found = trend.doppeltest(count, [50_000] * len(count), range(len(count)), "rate")
    assert found.label == label
    if label == "zu_wenige_daten":
        assert np.isnan([found.p, found.apc, found.lower, found.upper, found.detectable]).all()


def test_too_few_others_are_as_good_as_too_few_cases():
    count = np.array([50, 49, 50, 49, 50])
    assert trend.doppeltest(count, [50] * 5, range(5), "anteil").label == "zu_wenige_faelle"
    assert trend.doppeltest([50] * 5, [50] * 5, range(5), "anteil").label == "zu_wenige_faelle"
    assert trend.doppeltest(count, [50] * 5, range(5), "rate").label != "zu_wenige_faelle"


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (([1, 2], [5, 5], [1, 2], "quote"), "kind"),
        (([1, -2], [5, 5], [1, 2], "rate"), "count"),
        (([1, 9], [5, 5], [1, 2], "anteil"), "count"),
        (([1, 2], [5, 0], [1, 2], "rate"), "population"),
        (([1, 2], [5, 5, 5], [1, 2], "rate"), "population"),
        (([1, 2], [5, 5], [2, 1], "rate"), "time"),
        (([1, 2], [5, 5], [1, 2, 3], "rate"), "time"),
        (([1, 2], [5, 5], [1, math.nan], "rate"), "time"),
        (([[1, 2]], [5, 5], [1, 2], "rate"), "count"),
    ],
)
def test_a_refusal_names_the_argument(arguments, name):
    with pytest.raises(ValueError, match=name):
        trend.doppeltest(*arguments)


@given(st.data(), YEARS)
def test_others_fall_as_cases_rise(data, points):
    n = np.array(data.draw(st.lists(st.integers(200, 9000), min_size=points, max_size=points)))
    x = np.array([data.draw(st.integers(20, int(size) - 20)) for size in n])
    cases, others = (trend.doppeltest(c, n, np.arange(points), "anteil") for c in (x, n - x))
    assert cases.p == pytest.approx(others.p, rel=1e-6, abs=1e-12)
    assert cases.chi2 == pytest.approx(others.chi2, rel=1e-6, abs=1e-9)
    mirror = {"steigend": "fallend", "fallend": "steigend"}
    if "stabil" not in (cases.label, others.label):
        assert others.label == mirror.get(cases.label, cases.label)


@given(st.data(), YEARS)
def test_time_reversed_changes_only_the_sign_of_the_slope(data, points):
    x = np.array(data.draw(st.lists(st.integers(5, 900), min_size=points, max_size=points)))
    n, t = np.full(points, 9000), np.arange(points)
    forward, back = (trend.doppeltest(c, n, t, "rate") for c in (x, x[::-1]))
    assert forward.p == pytest.approx(back.p, rel=1e-6, abs=1e-12)
    assert math.log1p(forward.apc / 100) == pytest.approx(-math.log1p(back.apc / 100), abs=1e-9)


@given(st.data())
def test_many_series_give_the_numbers_of_each_one(data):
    shape = (data.draw(st.integers(1, 6)), data.draw(st.integers(5, 12)))
    rng = np.random.default_rng(data.draw(st.integers(0, 10_000)))
    n = rng.integers(300, 9000, shape).astype(float)
    x = rng.binomial(n.astype(int), 0.05).astype(float)
    x[rng.random(shape) < 0.2] = np.nan
    t = np.cumsum(rng.integers(1, 3, shape[1]))
    many = trend.doppeltest_many(x, n, t, "anteil")
    for place in range(shape[0]):
        known = np.isfinite(x[place])
        one = trend.doppeltest(x[place][known], n[place][known], t[known], "anteil")
        for name in ("p", "apc", "lower", "upper", "detectable", "chi2", "phi", "vif"):
            assert getattr(many, name)[place] == pytest.approx(getattr(one, name), nan_ok=True)
        assert many.label[place] == one.label


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_the_trend_of_shares_is_the_score_test_of_logistic_regression(seed):
    rng = np.random.default_rng(seed)
    n = rng.integers(500, 3000, 7)
    x = rng.binomial(n, 0.1)
    found = trend.doppeltest(x, n, np.arange(7), "anteil")
    persons = np.repeat(np.arange(7), n)
    ill = np.concatenate([np.arange(size) < cases for size, cases in zip(n, x, strict=True)])
    assert found.chi2 == pytest.approx(n.sum() * stats.pearsonr(persons, ill).statistic ** 2)


def test_size_and_interval_come_close_to_the_full_model():
    x = [120, 131, 118, 142, 150, 139, 160, 171, 165, 180]
    found = trend.doppeltest(x, np.arange(90_000, 95_000, 500), range(10), "rate")
    beta, error = 0.0393256982, 0.0091083351  # glm(x ~ t, poisson, offset = log(n)) in R
    full = 100 * np.expm1(beta + 1.959964 * error * np.array([0, -1, 1]))
    assert (found.apc, found.lower, found.upper) == pytest.approx(full, abs=0.03)


@needs_shared
def test_the_published_cases_are_reproduced():
    words = {
        "keine eindeutige Veränderung": {"unklar"}, "zu wenige Fälle": {"zu_wenige_faelle"},
        "verschlechtert": {"steigend", "fallend"}, "verbessert": {"steigend", "fallend"},
        "stabil": {"stabil"}, "gesunken": {"fallend"},
    }  # fmt: skip
    names = {"chi2_trend": "chi2", "phi": "phi", "vif": "vif", "p": "p", "apc": "apc",
             "apc_lo": "lower", "apc_hi": "upper"}  # fmt: skip
    rows = vectors("trend_doppeltest.csv")
    assert rows
    for row in rows:
        x = series(row["x"])
        kind = "anteil" if row["proportion"] == "True" else "rate"
        found = trend.doppeltest(x, series(row["n"]), np.arange(len(x)), kind)
        assert found.label in words[row["label"]], row["case"]
        for printed, name in names.items():
            assert getattr(found, name) == pytest.approx(number(row[printed]), abs=1.01e-6)


@needs_shared
def test_the_trend_of_shares_reproduces_r():
    for row in vectors("r_prop_trend.csv"):
        x = series(row["x"])
        found = trend.doppeltest(x, series(row["n"]), np.arange(len(x)), "anteil")
        assert found.chi2 == pytest.approx(number(row["chi2"]), rel=1e-10)


@needs_shared
def test_slopes_come_close_to_the_full_model_of_r():
    for row in vectors("r_loglinear_trend.csv"):
        x = series(row["x"])
        found = trend.doppeltest(x, series(row["n"]), np.arange(len(x)), "rate")
        assert math.log1p(found.apc / 100) == pytest.approx(number(row["beta"]), abs=2e-3)


def test_fingertips_needs_five_complete_years():
    assert trend.fingertips([5, 3, 1, 1, 2], [5, 5, 5, 4, 4]).label == "zu_wenige_daten"
    assert trend.fingertips([5, 3, math.nan, 1, 2], [9] * 5).label == "zu_wenige_daten"
    assert trend.fingertips([5, 3, 1, 2], [9] * 4).label == "zu_wenige_daten"


def test_fingertips_of_many_series_and_a_single_year_that_decides():
    count = np.array([[10.0, 90, 89, 88, 87], [50, 60, 70, 80, 90], [90, 80, 70, 60, 50]])
    many = trend.fingertips_many(np.column_stack([[1, 1, 1], count]), np.full((3, 6), 200.0))
    assert many.label.tolist() == ["unklar", "steigend", "fallend"]
    assert many.chi2[0] > 9.55
    assert trend.fingertips(count[1], [200] * 5).chi2 == many.chi2[1]
    assert trend.fingertips_many([[1, 2]], [[9, 9]]).label.tolist() == ["zu_wenige_daten"]
    with pytest.raises(ValueError, match="population"):
        trend.fingertips([1, 2], [5])


@needs_shared
def test_fingertips_reproduces_the_published_cases():
    for row in vectors("fingertips_trend.csv"):
        if row["method"].startswith("chi2"):
            found = trend.fingertips(series(row["count"]), series(row["denominator"]))
            assert (found.label in {"steigend", "fallend"}) == (row["significant"] == "True")
            if "cannot" not in row["chi2"]:
                assert found.chi2 == pytest.approx(float(row["chi2"]), abs=0.05)
