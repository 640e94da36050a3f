"""What a cell may hold, and the order of the qualities."""

import re

from hypothesis import given
from hypothesis import strategies as st

from etl.schema import STATUS
from etl.symbols import GUETEN, NUMBER, STATUS_OF_SYMBOL


def test_every_symbol_has_a_status_of_the_model():
    assert set(STATUS_OF_SYMBOL.values()) | {"vorhanden"} == set(STATUS)


def test_no_symbol_means_a_number():
    assert "vorhanden" not in STATUS_OF_SYMBOL.values()
    assert not [sign for sign in STATUS_OF_SYMBOL if re.fullmatch(NUMBER, sign)]


@given(st.integers(-(10**14), 10**14))
def test_a_whole_number_is_a_number_with_and_without_dots(number):
    assert re.fullmatch(NUMBER, str(number))
    assert re.fullmatch(NUMBER, f"{number:,}".replace(",", "."))


def test_the_qualities_run_from_final_to_plan():
    assert (GUETEN[0], GUETEN[-1]) == ("endgueltig", "plan")
    assert GUETEN.index("vorlaeufig") < GUETEN.index("geschaetzt")
