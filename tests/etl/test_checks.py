"""Checks after loading: gaps stop the refresh, implausible figures are reported."""

import pytest

from tests.haus import GEMEINDEN

FINDINGS = "SELECT art, schwere, quelle, text FROM befund ORDER BY text"


def gemeinden(value: str, *, without: str = "") -> str:
    """Write one row for each municipality, all with the same value."""
    return "\n".join(
        f"faelle | {key} | 2015 | jahr | {value} |" for key in GEMEINDEN if key != without
    )


def file(*blocks: str) -> str:
    return "\n".join(["messgroesse | gebiet | zeit | zeitbezug | wert | symbol", *blocks])


def test_a_sum_equal_to_the_kreis_is_no_finding(haus):
    haus.lieferung("zahlen", file(gemeinden("10"), "faelle | 08116 | 2015 | jahr | 440 |"))
    haus.read()
    assert haus.intern(FINDINGS) == []


def test_rounding_of_44_values_is_no_finding(haus):
    haus.lieferung("zahlen", file(gemeinden("10"), "faelle | 08116 | 2015 | jahr | 462 |"))
    haus.read()
    assert haus.intern(FINDINGS) == []


def test_a_sum_that_misses_the_kreis_is_a_finding(haus):
    haus.lieferung("zahlen", file(gemeinden("10"), "faelle | 08116 | 2015 | jahr | 463 |"))
    haus.read()
    text = "Fälle, 2015: Summe der Gemeinden 440, Kreiswert 463, Abstand -23."
    assert haus.intern(FINDINGS) == [("summe", "pruefen", "zahlen", text)]


def test_a_finding_names_sex_age_and_group(haus):
    rows = "\n".join(f"faelle|{key}|2015|jahr|w|75||pflege|100" for key in (*GEMEINDEN, "08116"))
    columns = "messgroesse|gebiet|zeit|zeitbezug|geschlecht|alter_von|alter_bis|gruppe|wert"
    haus.lieferung("zahlen", f"{columns}\n{rows}")
    haus.read()
    assert "Fälle, 2015 (w, 75+, pflege): Summe" in haus.intern(FINDINGS)[0][3]


def test_the_sum_of_an_incomplete_table_is_not_compared(haus):
    rows = (gemeinden("10", without="08116019"), "faelle | 08116 | 2015 | jahr | 900 |")
    haus.lieferung("zahlen", file(*rows), unvollstaendig="Eine Gemeinde liefert nicht.")
    haus.read()
    assert haus.intern(FINDINGS) == []


def test_a_sum_with_a_secret_part_is_not_compared(haus):
    rows = (gemeinden("10", without="08116019"), "faelle | 08116019 | 2015 | jahr | | .")
    haus.lieferung("zahlen", file(*rows, "faelle | 08116 | 2015 | jahr | 900 |"))
    haus.read()
    assert haus.intern(FINDINGS) == []


def test_two_sources_that_disagree_are_a_finding(haus):
    haus.lieferung("eine", file("faelle | 08116 | 2015 | jahr | 1000 |"))
    haus.lieferung("andere", file("faelle | 08116 | 2015 | jahr | 1012,5 |"))
    haus.read()
    ((art, schwere, _, text),) = haus.intern(FINDINGS)
    assert (art, schwere) == ("widerspruch", "hinweis")
    assert "größter Abstand 12,5" in text


def test_two_sources_of_different_basis_do_not_disagree(haus):
    for name, basis in (("eine", "zensus2011"), ("andere", "zensus2022")):
        columns = "messgroesse | gebiet | zeit | zeitbezug | basis | wert"
        wert = {"eine": 542582, "andere": 536027}[name]
        haus.lieferung(
            name, f"{columns}\neinwohner | 08116 | 2023-12-31 | stichtag | {basis} | {wert}"
        )
    haus.read()
    assert haus.intern(FINDINGS) == []


def test_an_estimate_does_not_disagree_with_a_count(haus):
    haus.lieferung("eine", file("faelle | 08116 | 2015 | jahr | 1000 |"))
    columns = "messgroesse | gebiet | zeit | zeitbezug | guete | wert"
    haus.lieferung("andere", f"{columns}\nfaelle | 08116 | 2015 | jahr | geschaetzt | 900")
    haus.read()
    assert haus.intern(FINDINGS) == []


def test_a_municipality_without_row_stops_the_refresh(haus):
    rows = gemeinden("10", without="08116019")
    haus.lieferung("zahlen", file(rows), unvollstaendig="")
    place, problem, remedy = haus.refusal().splitlines()
    assert place == "amt/zahlen.csv:2"
    assert problem.endswith("Es fehlen 1 von 44 Gemeinden: Esslingen am Neckar.")
    assert "»unvollstaendig«" in remedy


def test_a_gap_in_one_year_only_is_found(haus):
    later = gemeinden("10", without="08116080").replace("2015", "2016")
    haus.lieferung("zahlen", file(gemeinden("10"), later), unvollstaendig="")
    assert "faelle, 2016: Es fehlen 1 von 44 Gemeinden: Ostfildern." in haus.refusal()


def test_many_absent_municipalities_are_counted(haus):
    haus.lieferung("zahlen", file("faelle | 08116019 | 2015 | jahr | 5 |"), unvollstaendig="")
    assert "Es fehlen 43 von 44 Gemeinden: Altbach, " in haus.refusal()


@pytest.mark.parametrize("symbol", ["", ".", "-"])
def test_a_municipality_without_value_is_no_gap(haus, symbol):
    rows = (gemeinden("10", without="08116019"), f"faelle | 08116019 | 2015 | jahr | | {symbol}")
    haus.lieferung("zahlen", file(*rows), unvollstaendig="")
    assert len(haus.read()) == 44


def test_a_table_of_the_kreis_alone_has_no_gap(haus):
    haus.lieferung("zahlen", file("faelle | 08116 | 2015 | jahr | 5 |"), unvollstaendig="")
    assert len(haus.read()) == 1
