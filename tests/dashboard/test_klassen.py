from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.klassen import KLASSEN, klassen

VALUES = st.lists(st.floats(-1000, 1000), min_size=1, max_size=60)


@given(VALUES, st.integers(0, 2))
def test_every_value_lies_in_the_class_whose_printed_bounds_hold_it(values, digits):
    found, index = klassen(values, digits)
    for value, place in zip(values, index, strict=True):
        assert found[place].von <= round(value, digits) <= found[place].bis


@given(VALUES, st.integers(0, 2))
def test_classes_do_not_overlap_and_count_every_value_once(values, digits):
    found, _ = klassen(values, digits)
    assert all(low.bis < high.von for low, high in pairwise(found))
    assert sum(k.anzahl for k in found) == len(values)
    assert len(found) <= KLASSEN


@given(VALUES)
def test_each_class_has_its_own_colour_from_light_to_dark(values):
    colours = [k.farbe for k in klassen(values, 1)[0]]
    brightness = [sum(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in colours]
    assert brightness == sorted(set(brightness), reverse=True)


def test_values_that_print_the_same_share_a_class():
    found, index = klassen([5.01, 5.04, 5.0, 9.0], 1)
    assert index == [0, 0, 0, 1]
    assert [(k.von, k.bis, k.anzahl) for k in found] == [(5.0, 5.0, 3), (9.0, 9.0, 1)]


@pytest.mark.parametrize("values", [[0.0] * 40 + [1, 2, 3, 4], [1, 2, 3] + [9.0] * 41])
def test_many_equal_values_do_not_swallow_the_others(values):
    found, _ = klassen(values, 0)
    (crowd,) = [k for k in found if k.anzahl >= 40]
    assert crowd.von == crowd.bis


def test_forty_four_different_values_fill_five_classes_alike():
    found, _ = klassen([float(n) for n in range(44)], 0)
    assert [k.anzahl for k in found] == pytest.approx([9] * 5, abs=1)


def test_no_value_is_no_class():
    assert klassen([], 1) == ([], [])
