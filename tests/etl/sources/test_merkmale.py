"""Labels and codes of publishers: totals, ages, sexes, nationalities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.sources import passt
from etl.sources.merkmale import alter, geschlecht, ist_gesamt, nationalitaet

AGES = {
    "unter 3 Jahre": (0, 2),
    "unter 1 Jahr": (0, 0),
    "6 bis unter 10 Jahre": (6, 9),
    "10 Jahre bis unter 15 Jahre": (10, 14),
    "25 - 29 Jahre": (25, 29),
    "3 -  6 Jahre": (3, 6),
    "15–64": (15, 64),
    "20 bis 24 J.": (20, 24),
    "75 Jahre und mehr": (75, 999),
    "65 und älter": (65, 999),
    "65 Jahre u.m.": (65, 999),
    "90+": (90, 999),
    "65+ Jahre": (65, 999),
    "ab 80 Jahren": (80, 999),
    "18 Jahre": (18, 18),
    "15-Jährige": (15, 15),
    "ALT006B10": (6, 9),
    "ALT075UM": (75, 999),
    "ALT018": (18, 18),
    "Insgesamt": (0, 999),
    "": (0, 999),
}


@pytest.mark.parametrize(("text", "years"), AGES.items())
def test_an_age_group_has_its_first_and_last_year(text, years):
    assert alter(text) == years


def test_a_publisher_may_mean_under_by_a_dash():
    assert alter("3 -  6 Jahre", bis_unter=True) == (3, 5)
    assert alter("75 und mehr", bis_unter=True) == (75, 999)


@pytest.mark.parametrize("text", ["unbekannt", "10 bis unter 5 Jahre", "unter 0 Jahre", "Alter"])
def test_what_is_no_age_group_is_refused(text):
    with pytest.raises(ValueError, match="keine Altersgruppe"):
        alter(text)


@given(von=st.integers(0, 120), weite=st.integers(1, 60), form=st.sampled_from(range(5)))
def test_every_way_to_write_an_age_group_means_the_same(von, weite, form):
    bis = von + weite
    text = (
        f"{von} bis unter {bis} Jahre",
        f"ALT{von:03}B{bis:03}",
        f"{von} - {bis - 1} Jahre",
        f"{von}–{bis - 1}",
        f"{von} bis {bis - 1} J.",
    )[form]
    assert alter(text) == (von, bis - 1)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [("männlich", "m"), ("GESW", "w"), ("Frauen", "w"), ("Insgesamt", ""), ("divers", "d")],
)
def test_a_sex_is_known_by_label_and_code(text, meaning):
    assert geschlecht(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Deutsche", "deutsch"),
        ("NATA", "auslaendisch"),
        ("Ausländer/innen", "auslaendisch"),
        ("", ""),
    ],
)
def test_a_nationality_is_known_by_label_and_code(text, meaning):
    assert nationalitaet(text) == meaning


def test_an_unknown_word_is_refused():
    with pytest.raises(ValueError, match="»ohne Angabe« ist für Geschlecht nicht bekannt"):
        geschlecht("ohne Angabe")


@pytest.mark.parametrize(
    "text", ["", "Insgesamt", "zusammen", "LB-INS", "INSGESAMT", "alle Altersgruppen insgesamt"]
)
def test_a_total_is_no_part(text):
    assert ist_gesamt(text)


def test_a_part_is_no_total():
    assert not ist_gesamt("weiblich")
    assert not ist_gesamt("Hilfe zum Lebensunterhalt")


def test_a_pattern_knows_only_the_asterisk():
    assert passt("Anteil [%] *", "Anteil  [%] der Frauen")
    assert not passt("Anteil ?", "Anteil x")
