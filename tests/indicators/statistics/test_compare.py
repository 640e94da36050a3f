import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics import compare, intervals


def test_a_whole_interval_lies_on_one_side_or_nothing_is_said():
    words = compare.classify([1, 3, 5, 4, np.nan], [2, 5, 6, 7, 2], [4, 4, 4, 4, 4])
    assert words.tolist() == ["niedriger", "ähnlich", "höher", "ähnlich", ""]
    assert compare.classify(1, 2, np.nan) == ""
    assert compare.classify(1, 2, 3) == "niedriger"


def test_the_wider_interval_makes_it_sure():
    words = compare.classify_sure(([1, 1, 3], [2, 2, 5]), ([0, 0, 2], [3, 5, 6]), [4, 4, 4])
    assert words.tolist() == ["sicher niedriger", "niedriger", "ähnlich"]


def test_crossed_bounds_are_refused():
    with pytest.raises(ValueError, match="lower"):
        compare.classify(3, 2, 1)


@given(st.integers(0, 500), st.integers(1, 500), st.floats(0.01, 0.99))
def test_others_are_lower_where_cases_are_higher(count, others, comparator):
    n = count + others
    word = str(compare.classify(*intervals.wilson(count, n), comparator))
    mirrored = str(compare.classify(*intervals.wilson(others, n), 1 - comparator))
    swapped = {"niedriger": "höher", "höher": "niedriger", "ähnlich": "ähnlich"}
    assert mirrored == swapped[word]
