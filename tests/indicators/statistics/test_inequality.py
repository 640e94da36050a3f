import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics import inequality, xmr
from tests.shared import column, needs_shared, number, series, vectors

RATES = st.lists(st.floats(0.1, 50), min_size=2, max_size=15)


@given(RATES, st.floats(0.01, 100))
def test_measures_do_not_depend_on_the_unit(rates, factor):
    rates = np.array(rates)
    for measure in (inequality.gini, inequality.theil, lambda r: inequality.variation(r, 1.0)):
        assert measure(rates) >= -1e-12
        assert measure(factor * rates) == pytest.approx(measure(rates), abs=1e-9)


@given(RATES)
def test_gini_is_half_the_mean_difference(rates):
    rates = np.array(rates)
    wanted = np.abs(rates[:, None] - rates).mean() / (2 * rates.mean())
    assert inequality.gini(rates) == pytest.approx(wanted, abs=1e-12)


@given(RATES)
def test_between_groups_there_is_no_more_than_in_all(rates):
    groups = np.arange(len(rates)) % 3
    between, total = inequality.theil_between(rates, groups), inequality.theil(rates)
    assert between <= total + 1e-12
    assert inequality.theil_between(rates, np.arange(len(rates))) == pytest.approx(total)


def test_equal_true_rates_show_no_variation_once_chance_is_out():
    rng = np.random.default_rng(3)
    population = rng.integers(1000, 90_000, 44)
    calm = rng.poisson(population * 0.01)
    assert inequality.corrected_variation(calm, population) < 0.05
    assert inequality.variation(calm / population, population) > 0.03
    wild = rng.poisson(population * 0.01 * rng.gamma(4, 1 / 4, 44))
    assert inequality.corrected_variation(wild, population) == pytest.approx(0.5, abs=0.25)
    assert np.isnan(inequality.corrected_variation([0, 0], [5, 5]))


def test_gaps_and_isolation_by_hand():
    difference, ratio = inequality.quintile_gap([1, 2, 3, 4, 5, np.nan], [10] * 6)
    assert (difference, ratio) == pytest.approx((4, 5))
    assert inequality.isolation([10, 0], [20, 50]) == pytest.approx(0.5)
    assert np.isnan(inequality.isolation([0, 0], [20, 50]))
    assert np.isnan(inequality.dissimilarity([0], [1]))
    slope, ratio = inequality.slope_index([10, 20], [50, 50])
    assert (slope, ratio) == pytest.approx((20, 5))


def test_quantiles_share_ties_and_need_enough_areas():
    assert inequality.quantile([1, 2, 3, 4, 5, np.nan], 5).tolist()[:5] == [1, 2, 3, 4, 5]
    assert inequality.quantile([1, 2, 3, 4, 5], 5, invert=True).tolist() == [5, 4, 3, 2, 1]
    assert np.isnan(inequality.quantile([1, 2, 3], 5)).all()
    with pytest.raises(ValueError, match="groups"):
        inequality.quantile([1], 0)


@needs_shared
def test_published_measures_are_reproduced():
    areas = vectors("inequality_mexico_input.csv")
    groups = column(areas, "hanson98")
    measures = {
        "theil": inequality.theil,
        "gini": inequality.gini,
        "theil_between_hanson98": lambda value: inequality.theil_between(value, groups),
    }
    for row in vectors("inequality_expected.csv"):
        found = measures[row["measure"]](column(areas, row["column"]))
        assert found == pytest.approx(number(row["value"]), abs=6e-9)
    for row in vectors("inequality_dissimilarity.csv"):
        found = inequality.dissimilarity(series(row["a"]), series(row["b"]))
        assert found == pytest.approx(number(row["D"]))


@needs_shared
def test_published_slope_indices_are_reproduced():
    rows = vectors("sii_phe.csv")
    for case in {row["case"] for row in rows}:
        groups = [row for row in rows if row["case"] == case]
        found = inequality.slope_index(column(groups, "Value"), column(groups, "Population"))
        wanted = (number(groups[0]["sii"]), number(groups[0]["rii"]))
        assert np.isfinite(wanted).all()
        assert found == pytest.approx(wanted, rel=1e-9)


@needs_shared
def test_published_quantiles_are_reproduced():
    rows = [row for row in vectors("quantiles_phe.csv") if row["Test"] == "Gooddata"]
    rows = [row for row in rows if row["GroupSet"]]
    groups = {}
    for row in rows:
        region = row["ParentCode"] if row["GroupSet"] == "IndSexReg" else ""
        groups.setdefault(
            (row["GroupSet"], row["QuantileNm"], row["IndSexRef"], region), []
        ).append(row)
    names = {"Quartile": 4, "Septile": 7, "Decile": 10}
    for (_, name, *_), areas in groups.items():
        invert = areas[0]["Polarity"] == "RAG - Low is good"
        found = inequality.quantile(column(areas, "Value"), names[name], invert=invert)
        np.testing.assert_array_equal(found, column(areas, "QuantileInGrp"))


def test_a_shift_a_drift_and_an_outlier_are_marked():
    shifted = xmr.xmr([0, 1] * 6 + [3.1, 3.0, 3.2, 3.1, 3.3, 3.0, 3.1])
    assert shifted.shift[-7:].all()
    assert xmr.xmr(np.arange(12.0)).drift[-7:].all()
    outlier = xmr.xmr([5, 6] * 8 + [30] + [5, 6] * 3)
    assert np.flatnonzero(outlier.outside).tolist() == [16]
    assert not outlier.provisional
    assert xmr.xmr([5, 6]).provisional
    assert np.isnan(xmr.xmr([1]).mean)
    assert not xmr.xmr([2.0, 2.0, 2.0]).outside.any()


def test_two_of_three_near_one_limit_are_marked():
    calm = [0.0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]
    found = xmr.xmr([*calm, 3.5, 0.5, 3.5])
    assert np.flatnonzero(found.near_limit).tolist() == [12, 14]


@needs_shared
def test_published_limits_are_reproduced():
    y = np.array(column(vectors("xmr_input.csv"), "y"))
    for row in vectors("xmr_expected.csv"):
        values = y.copy()
        if row["modification"] != "none":
            values[14] = 10
        found = xmr.xmr(values, screen=row["screen_outliers"] == "True")
        wanted = (number(row["mean"]), number(row["lpl"]), number(row["upl"]))
        assert (found.mean, found.lower, found.upper) == pytest.approx(wanted, rel=1e-6)
