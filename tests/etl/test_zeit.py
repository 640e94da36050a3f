"""Periods: written in one way, with their first and last day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.zeit import ZEITBEZUEGE, erkenne_zeit, parse_zeit
from tests.tables import assert_table, table

YEARS = st.integers(1900, 2100)
WRITTEN = {
    "stichtag": st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat),
    "jahr": YEARS.map(str),
    "jahresdurchschnitt": YEARS.map(str),
    "monat": st.builds("{}-{:02}".format, YEARS, st.integers(1, 12)),
    "quartal": st.builds("{}-Q{}".format, YEARS, st.integers(1, 4)),
    "halbjahr": st.builds("{}-H{}".format, YEARS, st.integers(1, 2)),
    "schuljahr": YEARS.map(lambda year: f"{year}/{(year + 1) % 100:02}"),
}
DAYS = {
    "stichtag": (1, 1),
    "jahr": (365, 366),
    "jahresdurchschnitt": (365, 366),
    "monat": (28, 31),
    "quartal": (90, 92),
    "halbjahr": (181, 184),
    "schuljahr": (365, 366),
}


def test_each_kind_of_period_has_its_first_and_last_day():
    expected = """
        text       | zeitbezug          | von        | bis
        2015-12-31 | stichtag           | 2015-12-31 | 2015-12-31
        2015       | jahr               | 2015-01-01 | 2015-12-31
        2015       | jahresdurchschnitt | 2015-01-01 | 2015-12-31
        2016-02    | monat              | 2016-02-01 | 2016-02-29
        2015-Q2    | quartal            | 2015-04-01 | 2015-06-30
        2015-H2    | halbjahr           | 2015-07-01 | 2015-12-31
        2014/15    | schuljahr          | 2014-08-01 | 2015-07-31
        1999/00    | schuljahr          | 1999-08-01 | 2000-07-31
    """
    assert_table([parse_zeit(row["text"], row["zeitbezug"]) for row in table(expected)], expected)


@given(st.sampled_from(ZEITBEZUEGE).flatmap(lambda z: st.tuples(st.just(z), WRITTEN[z])))
def test_a_period_written_and_read_back_is_equal(period):
    zeitbezug, text = period
    zeit = parse_zeit(text, zeitbezug)
    shortest, longest = DAYS[zeitbezug]
    assert (zeit.text, zeit.zeitbezug) == (text, zeitbezug)
    assert shortest <= (zeit.bis - zeit.von).days + 1 <= longest


@given(YEARS)
def test_the_quarters_of_a_year_follow_each_other_without_a_gap(year):
    quarters = [parse_zeit(f"{year}-Q{number}", "quartal") for number in (1, 2, 3, 4)]
    starts = [quarter.von for quarter in quarters[1:]] + [date(year + 1, 1, 1)]
    assert [quarter.bis + timedelta(days=1) for quarter in quarters] == starts


@pytest.mark.parametrize(
    ("text", "zeitbezug"),
    [
        ("31.12.2015", "stichtag"),
        ("2015", "stichtag"),
        ("2015-12-31", "jahr"),
        ("15", "jahr"),
        ("2015 ", "jahr"),
        ("２０１５", "jahr"),
        ("2015-4", "monat"),
        ("2015-Q5", "quartal"),
        ("2015-H3", "halbjahr"),
        ("2014/2015", "schuljahr"),
        ("", "jahr"),
    ],
)
def test_another_form_is_refused(text, zeitbezug):
    with pytest.raises(ValueError, match=f"»{text}« ist kein Zeitpunkt der Art {zeitbezug}"):
        parse_zeit(text, zeitbezug)


@pytest.mark.parametrize(
    ("text", "zeitbezug"),
    [
        ("2015-02-29", "stichtag"),
        ("2015-13", "monat"),
        ("2014/16", "schuljahr"),
        ("0000", "jahr"),
    ],
)
def test_a_day_that_does_not_exist_is_refused(text, zeitbezug):
    with pytest.raises(ValueError, match=f"»{text}« gibt es im Kalender nicht"):
        parse_zeit(text, zeitbezug)


def test_an_unknown_zeitbezug_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"»woche« ist kein Zeitbezug \(stichtag, jahr, "):
        parse_zeit("2015", "woche")


def test_every_spelling_of_a_delivery_leads_to_its_period():
    expected = """
        geschrieben              | text       | zeitbezug
        2024                     | 2024       | jahr
        Jahr: 2012               | 2012       | jahr
        31.12.2022               | 2022-12-31 | stichtag
        30.6.2008                | 2008-06-30 | stichtag
        2022-12-31 00:00:00      | 2022-12-31 | stichtag
        Stand am 31.12.2022      | 2022-12-31 | stichtag
        31. Dezember 2020        | 2020-12-31 | stichtag
        31.12.2015 1)            | 2015-12-31 | stichtag
        2023-10P6M               | WS 2023/24 | halbjahr
        2024-04P6M               | SS 2024    | halbjahr
        WS 2023/24               | WS 2023/24 | halbjahr
        2015-05P1M               | 2015-05    | monat
        2015-04P3M               | 2015-Q2    | quartal
        2000-P1Y                 | 2000/01    | schuljahr
        2021-08P1Y               | 2021/22    | schuljahr
        Schuljahr 2022/23        | 2022/23    | schuljahr
        2022/2023                | 2022/23    | schuljahr
        2021/23                  | 2021-2023  | jahr
        Berichtsmonat 202406     | 2024-06    | monat
        Juni 2024                | 2024-06    | monat
        1. Quartal 2020          | 2020-Q1    | quartal
        III. Quartal 2020        | 2020-Q3    | quartal
        Jahresdurchschnitt 2016  | 2016       | jahresdurchschnitt
    """
    for row in table(expected):
        zeit = erkenne_zeit(row["geschrieben"])
        assert (zeit.text, zeit.zeitbezug) == (row["text"], row["zeitbezug"])


def test_the_title_of_a_table_says_what_a_plain_year_means():
    assert erkenne_zeit("2016", "- Jahresdurchschnitt -").zeitbezug == "jahresdurchschnitt"
    assert erkenne_zeit("2015", "- Stichtag 31.12. -").text == "2015-12-31"
    assert erkenne_zeit("2009-10", "Schuljahr").text == "2009/10"


@given(st.sampled_from(ZEITBEZUEGE).flatmap(lambda z: st.tuples(st.just(z), WRITTEN[z])))
def test_what_we_write_ourselves_is_recognised(period):
    zeitbezug, text = period
    assert erkenne_zeit(text, zeitbezug) == parse_zeit(text, zeitbezug)


@pytest.mark.parametrize("text", ["", "15", "bald", "31.02.2015", "2015-03P6M", "Fritz 2015"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match=r"kein bekannter Zeitpunkt|im Kalender|beginnt nicht"):
        erkenne_zeit(text)
