from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import format as f
from etl.symbols import STATUS_OF_SYMBOL
from indicators.records import Gruppe
from indicators.service import Service
from tests.dashboard.proben import indikator, wert


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0, 0, "0"),
        (1234567, 0, "1.234.567"),
        (12345.64, 1, "12.345,6"),
        (-0.5, 1, "−0,5"),
        (-0.001, 1, "0,0"),
        (None, 2, "–"),
    ],
)
def test_a_number_has_german_separators_and_a_true_minus(value, digits, text):
    assert f.zahl(value, digits) == text


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_a_printed_number_reads_back_as_the_rounded_number(value, digits):
    text = f.zahl(value, digits).replace(".", "").replace(",", ".").replace(f.MINUS, "-")
    assert float(text) == float(f"{value:.{digits}f}")


@given(st.floats(-1e12, 1e12))
def test_a_number_never_shows_a_hyphen_as_minus_or_a_negative_zero(value):
    text = f.zahl(value, 1)
    assert "-" not in text
    assert text != "−0,0"


def test_per_cent_becomes_a_sign_and_other_units_stay_words():
    assert f.mit_einheit(7.57, indikator(nachkommastellen=2)) == "7,57 %"
    assert f.mit_einheit(3, indikator(einheit="Personen", nachkommastellen=0)) == "3 Personen"
    assert f.mit_einheit(None, indikator()) == "–"


@pytest.mark.parametrize(
    ("own", "other", "text"),
    [
        (12.04, 12.0, "gleich dem Kreiswert"),
        (12.06, 12.0, "0,1 Prozentpunkte über dem Kreiswert"),
        (11.0, 12.5, "1,5 Prozentpunkte unter dem Kreiswert"),
    ],
)
def test_a_distance_agrees_with_the_printed_numbers(own, other, text):
    assert f.differenz(own, other, indikator()) == text


@pytest.mark.parametrize(
    ("zeit", "kind", "text"),
    [
        ("2015-12-31", "stichtag", "31.12.2015"),
        ("2015", "jahr", "2015"),
        ("2015", "jahresdurchschnitt", "Jahresdurchschnitt 2015"),
        ("2015-04", "monat", "April 2015"),
        ("2015-Q2", "quartal", "2. Quartal 2015"),
        ("2015-H1", "halbjahr", "1. Halbjahr 2015"),
        ("2015/16", "schuljahr", "Schuljahr 2015/16"),
    ],
)
def test_every_kind_of_period_has_its_words(zeit, kind, text):
    assert f.zeit(zeit, kind) == text


def test_a_short_period_rewrites_only_a_day():
    assert [f.zeit_kurz(t) for t in ("2015-12-31", "2015", "2015/16")] == [
        "31.12.2015",
        "2015",
        "2015/16",
    ]


def test_a_moment_is_shown_in_local_time_also_in_summer():
    assert f.zeitpunkt(datetime(2026, 7, 1, 22, 30)) == "02.07.2026, 00:30 Uhr"  # noqa: DTZ001
    assert f.datum(date(2026, 1, 2)) == "02.01.2026"


def test_every_status_of_a_cell_has_a_word_and_every_missing_one_a_sign():
    assert {*STATUS_OF_SYMBOL.values(), "vorhanden"} == set(f.STATUS)
    assert set(f.STATUS) - {"vorhanden"} == set(f.ZEICHEN)


def test_a_reason_is_the_note_on_the_cell_if_there_is_one():
    assert (
        f.grund(wert("2020", status="geheim"))
        == "gesperrt, damit kein Rückschluss auf einzelne Personen möglich ist"
    )
    assert f.grund(wert("2020", anmerkung="Nenner fehlt")) == "Nenner fehlt"
    assert f.grund(wert("2020")) == "nicht veröffentlicht"


def test_the_status_of_a_value_is_its_quality():
    assert f.status(wert("2020", 1.0, guete="vorlaeufig")) == "vorläufig"
    assert f.status(wert("2020", 1.0, guete="")) == "vorhanden"
    assert f.status(wert("2020", status="folgt")) == "noch nicht veröffentlicht"


def test_a_group_is_named_in_words():
    assert f.gruppe(Gruppe("w", "unter 3", "auslaendisch", "")) == (
        "Frauen, Ausländerinnen und Ausländer, unter 3"
    )
    assert f.gruppe(Gruppe()) == "insgesamt"
    assert f.gruppe(Gruppe(gruppe="im_alter")) == "im Alter"
    assert f.gruppe(Gruppe(gruppe="neue_art")) == "neue art"


def test_every_group_that_is_shipped_has_its_german_word(ausgeliefert):
    service = Service(ausgeliefert)
    groups = {g.gruppe for i in service.indikatoren() for g in service.gruppen(i.id) if g.gruppe}
    assert len(groups) > 20
    assert groups - set(f.GRUPPE) == set()


def test_a_value_is_old_after_two_years():
    assert [f.ist_alt(year, 2026) for year in (2026, 2024, 2023)] == [False, False, True]


def test_one_has_the_singular():
    assert [f.anzahl(n, "Gemeinde", "Gemeinden") for n in (0, 1, 1200)] == [
        "0 Gemeinden",
        "1 Gemeinde",
        "1.200 Gemeinden",
    ]
