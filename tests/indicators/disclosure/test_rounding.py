import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.disclosure.rounding import bereich, runde, toleranz
from tests.shared import column, needs_shared, vectors

ROWS = vectors("rounding_base5.csv")


@needs_shared
def test_the_vectors_of_the_offices():
    assert len(ROWS) == 18
    assert runde(column(ROWS, "value")).tolist() == column(ROWS, "rounded5")


def test_key_values():
    assert runde([0, 2, 3, 7, 8, 12, 13]).tolist() == [0, 0, 5, 5, 10, 10, 15]
    assert np.isnan(runde([np.nan])).all()


@given(st.integers(0, 10**9), st.sampled_from([3, 5, 7]))
def test_the_count_lies_in_the_range_of_its_rounded_value(zahl, basis):
    low, high = bereich(runde(zahl, basis), basis)
    assert low <= zahl <= high
    assert runde(zahl, basis) % basis == 0


def test_the_tolerance_of_44_parts():
    most, usual = toleranz(44)
    assert most == 90
    assert usual == pytest.approx(28.5, abs=0.05)


def test_refusals():
    with pytest.raises(ValueError, match="basis"):
        runde([1], 4)
    with pytest.raises(ValueError, match="zahl"):
        runde([1.5])
