"""From year to year: jumps, outliers, moved columns, stale copies, impossible figures."""

import pytest

from etl.checks.verlauf import jump_p
from tests.haus import GEMEINDEN

FINDINGS = "SELECT art, text FROM befund ORDER BY art, text"


def series(messgroesse: str, *years: list[object], first: int = 2014, kind: str = "jahr") -> str:
    """Write one value per municipality and year; a list holds the 44 values of a year."""
    rows = [
        f"{messgroesse}|{key}|{first + n}|{kind}|{value}"
        for n, values in enumerate(years)
        for key, value in zip(GEMEINDEN, values, strict=True)
    ]
    return "messgroesse|gebiet|zeit|zeitbezug|wert\n" + "\n".join(rows)


def found(haus, text: str) -> list[tuple[object, ...]]:
    haus.lieferung("zahlen", text)
    haus.read()
    return haus.intern(FINDINGS)


STEADY = [100 + n for n in range(44)]


def wobble(sign: int = 1) -> list[int]:
    return [value + sign * (-1) ** n * 3 for n, value in enumerate(STEADY)]


def test_steady_counts_are_no_finding(haus):
    assert found(haus, series("personen", STEADY, wobble())) == []


def test_a_jump_beyond_chance_is_a_finding(haus):
    ((art, text),) = found(haus, series("personen", STEADY, [250, *wobble()[1:]]))
    assert art == "sprung"
    assert text.endswith("Aichwald 2015: 100 → 250.") or ": 100 → 250." in text


def test_a_small_count_may_double_by_chance(haus):
    assert found(haus, series("personen", [3, *STEADY[1:]], [6, *wobble()[1:]])) == []


def test_the_exact_test_agrees_with_counting_coin_flips():
    assert jump_p(0, 10) == pytest.approx(2 / 2**10)
    assert jump_p(5, 5) == 1


def test_an_outlier_among_rates_is_a_finding(haus):
    rates = [f"{value / 10:.1f}".replace(".", ",") for value in STEADY]
    later = [f"{value / 10:.1f}".replace(".", ",") for value in wobble()]
    ((art, text),) = found(haus, series("quote", rates, ["40,0", *later[1:]]))
    assert art == "ausreisser"
    assert "10 → 40" in text


def test_a_moved_column_is_one_finding(haus):
    ((art, text),) = found(haus, series("personen", STEADY, [value + 12 for value in STEADY]))
    assert art == "verschiebung"
    assert "100 % der Gemeinden bewegen sich in dieselbe Richtung (Mitte +9," in text


def test_a_stale_copy_is_a_finding(haus):
    ((art, text),) = found(haus, series("personen", STEADY, STEADY))
    assert art == "kopie"
    assert "100 % der Werte sind die des Vorjahres" in text


def test_an_impossible_rate_is_a_finding(haus):
    haus.lieferung("zahlen", "messgroesse|gebiet|zeit|zeitbezug|wert\nquote|08116|2015|jahr|100,5")
    haus.read()
    ((art, text),) = haus.intern(FINDINGS)
    assert (art, "zwischen 0 und 100 Prozent (von 100,5 bis 100,5)" in text) == ("unmoeglich", True)


def test_a_month_outside_the_usual_range_is_a_finding(haus):
    months = [f"personen|08116|2015-{n:02}|monat|{100 + n % 3}" for n in range(1, 13)]
    months.append("personen|08116|2016-01|monat|180")
    ((art, text),) = found(haus, "messgroesse|gebiet|zeit|zeitbezug|wert\n" + "\n".join(months))
    assert art == "monat"
    assert "2016-01" in text


@pytest.mark.parametrize(("value", "why"), [("-3", "negativ"), ("2,5", "nicht ganz")])
def test_persons_are_counted_in_whole_numbers_from_zero(haus, value, why):
    text = f"messgroesse|gebiet|zeit|zeitbezug|wert\npersonen|08116|2015|jahr|{value}"
    haus.lieferung("zahlen", text)
    said = haus.refusal()
    assert said.startswith("amt/zahlen.csv:2, Spalte 11\n")
    assert f"»{value}« kann keine Anzahl sein ({why})" in said


def test_a_mean_of_persons_need_not_be_whole(haus):
    text = "messgroesse|gebiet|zeit|zeitbezug|wert\npersonen|08116|2015|jahresdurchschnitt|2,5"
    assert found(haus, text) == []


def test_counted_sums_are_exact(haus):
    haus.lieferung(
        "zahlen", series("personen", STEADY) + f"\npersonen|08116|2014|jahr|{sum(STEADY) + 1}"
    )
    haus.read()
    ((art, text),) = haus.intern(FINDINGS)
    assert art == "summe"
    assert text.endswith("Abstand -1.")
