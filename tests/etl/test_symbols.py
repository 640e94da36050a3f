"""What a cell may hold, and the order of the qualities."""

import re

from hypothesis import given
from hypothesis import strategies as st

from etl.schema import STATUS
from etl.symbols import GUETEN, NUMBER, STATUS_OF_SYMBOL, lies_druck


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


def test_a_printed_cell_says_its_value_or_why_there_is_none():
    printed = {
        "1.234,5": (1234.5, "vorhanden", "endgueltig"),
        "−7": (-7, "vorhanden", "endgueltig"),
        "1 234": (1234, "vorhanden", "endgueltig"),
        "(12)": (12, "vorhanden", "eingeschraenkt"),
        "345 p": (345, "vorhanden", "vorlaeufig"),
        "(12) r": (12, "vorhanden", "eingeschraenkt"),
        "–": (None, "nichts_vorhanden", "endgueltig"),
        "...": (None, "folgt", "endgueltig"),
        "()": (None, "unsicher", "endgueltig"),
        "": (None, "fehlt", "endgueltig"),
    }
    assert {text: tuple(lies_druck(text)) for text in printed} == printed
    assert lies_druck("1,234.5", ".").wert == 1234.5


@given(st.text(max_size=6))
def test_any_other_print_is_refused_and_none_is_guessed(text):
    try:
        druck = lies_druck(text)
    except ValueError:
        return
    assert (druck.wert is None) == (druck.status != "vorhanden")
    assert druck.wert is None or any(sign.isdigit() for sign in text)
