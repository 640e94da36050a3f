"""Areas: every spelling leads to one key, an unknown key is never dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.gebiete import Gebiete, GebieteError
from etl.mandant import mandant

GEBIETE = Gebiete()
DIGITS = sorted(key for key in GEBIETE.names if key.isdigit())


def test_the_kreis_has_44_municipalities():
    assert len(GEBIETE.gemeinden) == 44


def test_the_18_verwaltungsgemeinschaften_are_areas_of_their_own():
    assert sum(len(key) == 9 for key in GEBIETE.names) == 18


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("08116019", "08116019"),
        ("081160019019", "08116019"),
        ("81160019019", "08116019"),
        ("8116019", "08116019"),
        ("8116019.0", "08116019"),
        ("8116019,0", "08116019"),
        ("'08116019", "08116019"),
        (" 08116019 ", "08116019"),
        ("08 116 019", "08116019"),
        ("08116019 Esslingen am Neckar", "08116019"),
        ("Esslingen am Neckar", "08116019"),
        ("ESSLINGEN AM NECKAR", "08116019"),
        ("Esslingen  am\u00a0Neckar", "08116019"),
        ("Esslingen am Neckar, Stadt", "08116019"),
        ("Wernau", "08116072"),
        ("Wernau (Neckar)", "08116072"),
        ("Ko\u0308ngen", "08116035"),
        ("081165001", "081165001"),
        ("81165001", "081165001"),
        ("081165006004", "08116004"),
        ("08116", "08116"),
        ("8116", "08116"),
        ("08116000", "08116"),
        ("8116000", "08116"),
        ("081160000000", "08116"),
        ("08116 Esslingen", "08116"),
        ("Landkreis Esslingen", "08116"),
        ("081", "081"),
        ("08", "08"),
        ("8", "08"),
        ("08000000", "08"),
        ("Baden-Württemberg", "08"),
        ("DG", "DG"),
        ("Deutschland", "DG"),
    ],
)
def test_every_spelling_leads_to_one_key(spelling, key):
    assert GEBIETE.canonical(spelling) == key


def padded(key: str, length: int) -> str:
    """Fill a key up with zeros, but not that of a town that is its own Kreis: 08231000 is both."""
    filled = key.ljust(length, "0") if len(key) in (2, 3, 5) else key
    return key if filled[:8] in GEBIETE.names else filled


@given(
    st.sampled_from(DIGITS),
    st.sampled_from(
        [
            "{}".format,
            " {} ".format,
            "'{}".format,
            "{}.0".format,
            "{} Irgendein Name".format,
            lambda key: key.removeprefix("0"),
            lambda key: f"{int(key)}.0",
            lambda key: padded(key, 8),
            lambda key: padded(key, 12),
        ]
    ),
)
def test_a_key_in_any_spelling_is_read_back_equal(key, spell):
    assert GEBIETE.canonical(spell(key)) == key


@given(st.sampled_from(GEBIETE.gemeinden), st.sampled_from([str, str.upper, str.lower, str.title]))
def test_a_municipality_answers_to_its_name(key, change):
    assert GEBIETE.canonical(change(GEBIETE.names[key])) == key


def test_08116000_is_the_kreis_and_not_a_municipality():
    assert GEBIETE.canonical("08116000") == mandant().kreis
    assert "08116000" not in GEBIETE.gemeinden


@pytest.mark.parametrize("name", ["Altdorf", "Hochdorf"])
def test_a_name_that_exists_twice_means_the_municipality_of_the_kreis(name):
    twins = [key for key, known in GEBIETE.names.items() if known == name and len(key) == 8]
    assert len(twins) == 2
    assert GEBIETE.canonical(name).startswith(mandant().kreis)


@pytest.mark.parametrize("text", ["08116999", "8116999", "081160999999", "08116999 Neustadt"])
def test_an_unknown_key_of_the_kreis_is_an_error(text):
    with pytest.raises(GebieteError, match=f"»{text}« ist nicht bekannt"):
        GEBIETE.canonical(text)


@pytest.mark.parametrize("text", ["", " ", "0", "Entenhausen", "08116019x", "12.5", "-08116", "99"])
def test_what_is_no_area_is_an_error(text):
    with pytest.raises(GebieteError):
        GEBIETE.canonical(text)


def test_esslingen_alone_may_be_the_town_or_the_kreis_so_both_are_offered():
    with pytest.raises(GebieteError) as caught:
        GEBIETE.canonical("Esslingen")
    assert "»Esslingen am Neckar«" in caught.value.remedy
    assert "»Landkreis Esslingen«" in caught.value.remedy


def test_a_misspelt_name_gets_the_right_one():
    with pytest.raises(GebieteError) as caught:
        GEBIETE.canonical("Wendligen am Neckar")
    assert caught.value.remedy == "Meinten Sie »Wendlingen am Neckar«?"


@given(st.text(max_size=15))
def test_any_text_is_an_area_or_refused(text):
    try:
        assert GEBIETE.canonical(text) in GEBIETE.names
    except GebieteError as error:
        assert error.remedy  # noqa: PT017
