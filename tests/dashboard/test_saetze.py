import pytest

from dashboard import saetze
from dashboard.figures.linienbild import kurve, streifen
from dashboard.figures.trend import Linie
from dashboard.streuung import Streuung
from indicators.records import Kurvenpunkt
from tests.dashboard.proben import indikator, reihe, wert

NAMES = {"1": "Aichtal", "2": "Beuren", "3": "Owen"}
WAS = ("Gemeinde", "Gemeinden")


def linie(werte, name="Owen"):
    return Linie(name, name, "#0b6b86", "circle", "solid", werte=werte)


def test_a_trend_says_start_and_end_of_each_line_and_judges_nothing():
    text = saetze.trend_satz(
        [
            linie(reihe((2010, 10.0), (2012, 4.0))),
            linie(reihe((2011, 3.0)), "Beuren"),
        ],
        indikator(),
    )
    assert text == (
        "Anteil, 2010 bis 2012, in Prozent."
        " Owen: 10,0 (2010), 4,0 (2012); Beuren: zuletzt 3,0 (2011)."
    )


@pytest.mark.parametrize(
    ("einheit", "said"),
    [
        ("Prozent", "in Prozent"),
        ("Millionen Euro", "in Millionen Euro"),
        ("je 100 Kinder", "je 100 Kinder"),
        ("Plätze", "Einheit: Plätze"),
        ("Personen je Haushalt", "Einheit: Personen je Haushalt"),
    ],
)
def test_the_unit_is_german_in_a_sentence(einheit, said):
    text = saetze.trend_satz([linie(reihe((2010, 10.0)))], indikator(einheit=einheit))
    assert text.startswith(f"Anteil, 2010 bis 2010, {said}. ")


def test_a_trend_never_spans_a_change_of_basis():
    werte = [
        *reihe((2008, 90.0), (2010, 80.0), basis="vz1987"),
        *reihe((2011, 10.0), (2012, 12.0), basis="zensus2011"),
    ]
    text = saetze.trend_satz([linie(werte)], indikator(), [("Zensus 2011", 2010.5)])
    assert "Owen: 10,0 (2011), 12,0 (2012)" in text
    assert "90,0" not in text
    assert "Brüche (Zensus 2011): Werte davor und danach nicht vergleichen." in text


def test_an_axis_that_does_not_start_at_zero_and_open_markers_are_said():
    werte = reihe((2010, 98.0), (2011, 99.0), guete="geschaetzt")
    text = saetze.trend_satz([linie(werte)], indikator())
    assert "Die senkrechte Achse beginnt nicht bei null." in text
    assert "Offene Zeichen" in text


def test_a_comparison_says_both_ends_the_middle_and_who_has_no_value():
    rows = [wert("2020", 9.0, gebiet="1"), wert("2020", 3.0, gebiet="2"), wert("2020", gebiet="3")]
    assert saetze.vergleich_satz(rows, indikator(), NAMES, WAS, ("Kreis", 6.5)) == (
        "2020: von 3,0 (Beuren) bis 9,0 % (Aichtal). Der mittlere Wert (2 Gemeinden) ist 6,0;"
        " Kreis: 6,5. 1 Gemeinde ohne Wert."
    )


def test_ends_that_several_share_are_not_given_to_one():
    rows = [wert("2020", 9.0, gebiet=key) for key in "123"]
    text = saetze.vergleich_satz(rows, indikator(), NAMES, WAS, None)
    assert text.startswith(
        "2020: von 9,0 (Aichtal und 2 weitere) bis 9,0 % (Aichtal und 2 weitere)"
    )


def test_a_period_without_any_value_says_so():
    rows = [wert("2020", gebiet=key) for key in "123"]
    assert saetze.vergleich_satz(rows, indikator(), NAMES, WAS, None) == (
        "2020: Für keine der 3 Gemeinden liegt ein Wert vor."
    )


def test_a_spread_says_how_many_have_no_value():
    spread = Streuung("2020", 2020, "jahr", (1.0, 2.0, 6.0), 2.0, 2)
    assert saetze.streuung_satz(spread, indikator()) == (
        "Gemeinden 2020: 1,0 bis 6,0, Mitte 2,0, 2 Gemeinden ohne Wert"
    )


def test_a_short_curve_has_its_numbers_as_text():
    assert saetze.kurve_satz(
        [Kurvenpunkt(2010, 1.0), Kurvenpunkt(2011, None), Kurvenpunkt(2012, 3.0)], indikator()
    ) == ("1,0 (2010) · 3,0 (2012)")
    assert saetze.kurve_satz([Kurvenpunkt(2010, None)], indikator()) == "kein Wert"
    assert saetze.kurve_satz([Kurvenpunkt(2010, 1.0)], indikator()) == "nur 2010"


def test_a_small_curve_opens_where_years_are_missing():
    joined = kurve([Kurvenpunkt(2010, 1.0), Kurvenpunkt(2011, 2.0), Kurvenpunkt(2012, 3.0)])
    opened = kurve([Kurvenpunkt(2010, 1.0), Kurvenpunkt(2011, 2.0), Kurvenpunkt(2016, 3.0)])
    assert joined.count("M") == 1
    assert opened.count("M") == 2
    assert "<path" not in kurve([])


def test_the_strip_shows_every_municipality_and_the_marks():
    picture = streifen([1.0, 2.0, 3.0], 2.0, kreis=2.5, hier=3.0)
    assert picture.count("v10") == 3
    assert picture.count("<circle") == 1
    assert streifen([2.0, 2.0], 2.0).count("v10") == 2
