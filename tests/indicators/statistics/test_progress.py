import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics import open_sdg, progress
from tests.shared import needs_shared, number, vectors

VALUES = st.integers(-50, 50)


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (5.0, "ziel_erreicht"),
        (4.0, "ziel_erreicht"),
        (7.4, "auf_kurs"),
        (8.0, "zu_langsam"),
        (9.5, "kaum_fortschritt"),
        (10.0, "kaum_fortschritt"),
        (10.5, "entfernt_sich"),
        (math.nan, "nicht_bestimmbar"),
    ],
)
def test_halfway_in_time_from_ten_to_five(value, label):
    assert progress.linear(10, 2015, value, 2022.5, 5, 2030).label == label


def test_a_target_of_zero_is_a_target_like_any_other():
    found = progress.linear(10, 2015, 6, 2023, 0, 2030)
    assert found.achieved == pytest.approx(0.4)
    assert found.ratio == pytest.approx(0.75)
    assert found.label == "zu_langsam"
    assert found.required == pytest.approx(-6 / 7)
    assert found.path == pytest.approx(10 - 10 * 8 / 15)


def test_nothing_is_said_before_the_start_or_without_a_way_to_go():
    found = progress.linear([10, 10], [2015, 2015], [9, 10], [2015, 2020], [5, 10], 2030)
    assert found.label.tolist() == ["nicht_bestimmbar"] * 2
    assert np.isnan(found.ratio).all()


def test_a_target_before_its_base_is_refused():
    with pytest.raises(ValueError, match="target_time"):
        progress.linear(10, 2015, 9, 2020, 5, 2015)


@given(VALUES, VALUES, VALUES, st.integers(2016, 2030))
def test_up_and_down_are_judged_alike(base, value, target, year):
    up = progress.linear(base, 2015, value, year, target, 2030)
    down = progress.linear(-base, 2015, -value, year, -target, 2030)
    assert up.label == down.label
    assert up.ratio == pytest.approx(down.ratio, nan_ok=True)


@needs_shared
def test_open_sdg_is_reproduced():
    rows = vectors("progress.csv")
    assert rows
    for row in rows:
        target = (number(row["target"]), number(row["t_target"])) if row["target"] else None
        points = tuple(number(row[name]) for name in ("y0", "t0", "yt", "t"))
        limit = number(row["limit"]) if row["limit"] else None
        found = open_sdg.progress(points, int(row["direction"]), target, limit)
        assert found.status == row["open_sdg_status"], row["case"]
        assert found.score == pytest.approx(number(row["open_sdg_score"]), nan_ok=True)
        assert found.value == pytest.approx(number(row["open_sdg_value"]), nan_ok=True)


def test_open_sdg_calls_two_cases_after_none_a_success():
    assert open_sdg.progress((0, 2015, 2, 2023), 1).status == "substantial_progress"
    with pytest.raises(ValueError, match="direction"):
        open_sdg.progress((1, 2015, 2, 2023), 0)
