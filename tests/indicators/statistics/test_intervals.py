import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from indicators.statistics import intervals
from tests.shared import column, needs_shared, number, vectors

LEVELS = st.floats(0.5, 0.999)
COUNTS = st.integers(0, 10_000)


def test_wilson_of_hand_computed_shares():
    lower, upper = intervals.wilson([0, 1, 10], [10, 10, 10])
    np.testing.assert_allclose(lower, [0, 0.0178762130950729, 0.722467200137111], rtol=1e-12)
    np.testing.assert_allclose(upper, [0.277532799862889, 0.404150026795238, 1], rtol=1e-12)


def test_poisson_is_exact_below_ten_and_byar_from_ten():
    lower, upper = intervals.poisson([0, 3, 9, 20])
    np.testing.assert_allclose(
        lower, [0, 0.618672122895602, 4.11537309737833, 12.2114288], rtol=1e-7
    )
    np.testing.assert_allclose(
        upper, [3.68887945411394, 8.76727306974232, 17.0848034514192, 30.8898804], rtol=1e-7
    )


def test_an_unknown_count_has_no_bounds():
    assert np.isnan(intervals.wilson([np.nan, 1], [10, np.nan])).all()
    assert np.isnan(intervals.poisson(np.nan)).all()
    assert np.isnan(intervals.mean(5, 1, 0)).all()


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: intervals.wilson(-1, 10), "count"),
        (lambda: intervals.wilson(11, 10), "count"),
        (lambda: intervals.wilson(0, 0), "population"),
        (lambda: intervals.wilson(1, 10, 95), "level"),
        (lambda: intervals.wilson([1, 2], [3, 4, 5]), "count"),
        (lambda: intervals.wilson("viele", 10), "count"),
        (lambda: intervals.poisson(-1), "count"),
        (lambda: intervals.poisson(1, 0), "level"),
        (lambda: intervals.poisson(np.inf), "count"),
        (lambda: intervals.mean(1, 0, 1), "n"),
        (lambda: intervals.mean(1, 5, -1), "sd"),
    ],
)
def test_a_refusal_names_the_argument(call, name):
    with pytest.raises(ValueError, match=name):
        call()


@given(COUNTS, st.integers(1, 10_000), LEVELS)
def test_wilson_holds_the_share_and_mirrors_when_cases_and_others_swap(count, others, level):
    population = count + others
    lower, upper = intervals.wilson(count, population, level)
    assert 0 <= lower <= count / population <= upper <= 1
    mirrored = intervals.wilson(others, population, level)
    assert mirrored == pytest.approx((1 - upper, 1 - lower), abs=1e-12)


@given(COUNTS, LEVELS, LEVELS)
def test_a_higher_level_gives_a_wider_interval(count, one, other):
    narrow, wide = sorted([one, other])
    for bounds in (intervals.poisson, lambda x, level: intervals.wilson(x, 20_000, level)):
        inner, outer = bounds(count, narrow), bounds(count, wide)
        assert outer[0] <= inner[0]
        assert inner[1] <= outer[1]


@given(st.integers(1, 9), LEVELS)
def test_exact_bounds_leave_half_of_the_rest_on_either_side(count, level):
    lower, upper = intervals.poisson(count, level)
    assert stats.poisson.sf(count - 1, lower) == pytest.approx((1 - level) / 2, rel=1e-6)
    assert stats.poisson.cdf(count, upper) == pytest.approx((1 - level) / 2, rel=1e-6)


@given(st.integers(10, 100_000))
def test_byar_comes_close_to_the_exact_bounds(count):
    np.testing.assert_allclose(intervals.poisson(count), intervals.exact(count), rtol=4e-3)


@needs_shared
@pytest.mark.parametrize("name", ["ci_proportion.csv", "ci_proportion_grouped.csv"])
def test_wilson_reproduces_published_proportions(name):
    rows = vectors(name)
    assert rows
    for row in rows:
        scale = number(row["multiplier"])
        for level, lower, upper in (
            (0.95, "lower95_0cl", "upper95_0cl"),
            (0.998, "lower99_8cl", "upper99_8cl"),
            (number(row.get("confidence", "").rstrip("%")) / 100, "lowercl", "uppercl"),
        ):
            if lower in row:
                found = intervals.wilson(
                    number(row["Numerator"]), number(row["Denominator"]), level
                )
                wanted = [number(row[lower]) / scale, number(row[upper]) / scale]
                np.testing.assert_allclose(found, wanted, rtol=1e-11)


@needs_shared
def test_poisson_reproduces_published_rates():
    rows = [row for row in vectors("ci_rate.csv") if row["Denominator"]]
    assert rows
    for row in rows:
        scale = number(row["Denominator"]) / number(row["multiplier"])
        for level, end in ((0.95, "95_0cl"), (0.998, "99_8cl")):
            found = intervals.poisson(number(row["Numerator"]), level)
            wanted = [number(row[f"lower{end}"]) * scale, number(row[f"upper{end}"]) * scale]
            np.testing.assert_allclose(found, wanted, rtol=1e-11)


@needs_shared
def test_both_reproduce_the_other_files():
    for row in vectors("ci_byar_wilson.csv"):
        level = float(row["confidence"].rstrip("%")) / 100
        x, n = number(row["x"]), number(row["n"])
        found = (
            intervals.byar(x, level) if row["method"] == "Byars" else intervals.wilson(x, n, level)
        )
        np.testing.assert_allclose(
            found, column([row], "lowercl") + column([row], "uppercl"), rtol=1e-11
        )
    for name, bounds in (
        ("r_wilson.csv", intervals.wilson),
        ("r_poisson_exact.csv", intervals.exact),
    ):
        rows = vectors(name)
        counts = [column(rows, key) for key in ("x", "n") if key in rows[0]]
        for level, end in ((0.95, "95"), (0.998, "998")):
            lower, upper = bounds(*counts, level)
            np.testing.assert_allclose(lower, column(rows, f"lo{end}"), rtol=1e-9, atol=1e-15)
            np.testing.assert_allclose(upper, column(rows, f"up{end}"), rtol=1e-9)


def test_the_mean_has_students_interval():
    values = np.array([3.0, 5.0, 4.0, 8.0])
    found = intervals.mean(values.sum(), values.size, values.std(ddof=1))
    wanted = stats.t.interval(0.95, 3, values.mean(), stats.sem(values))
    assert found == pytest.approx(wanted)


def test_reliability_follows_relative_width_and_cases():
    count, population = np.array([34, 12, 8, 4, np.nan]), 1700
    words = intervals.reliability(count / population, *intervals.wilson(count, population), count)
    assert words.tolist() == ["normal", "eingeschraenkt", "nicht_sicher", "nicht_sicher", ""]


@needs_shared
def test_relative_widths_reproduce_the_precision_table():
    rows = vectors("precision_table.csv")
    count, population = np.array(column(rows, "Faelle")), np.array(column(rows, "Nenner"))
    lower, upper = intervals.wilson(count, population)
    np.testing.assert_allclose(100 * lower, column(rows, "KI95_unten"), atol=0.006)
    np.testing.assert_allclose(100 * upper, column(rows, "KI95_oben"), atol=0.006)
