from datetime import date

import pytest

from indicators.disclosure.counts import Kennung
from indicators.disclosure.gleiche import gleiche
from tests.haus import GEMEINDEN

COUNTS = [2.0, 7, 8, 9, 11, 14, 14]


def spalte(name, zahlen, basis=""):
    day = date(2020, 1, 1), date(2020, 12, 31)
    return {
        Kennung(name, gebiet, "2020", "jahr", *day, "", 0, 999, "", "", basis): zahl
        for gebiet, zahl in zip(GEMEINDEN, zahlen, strict=False)
    }


def paare(*spalten):
    cells = {key: zahl for spalte in spalten for key, zahl in spalte.items()}
    assert all(one.gebiet == other.gebiet for one, other in gleiche(cells))
    return [GEMEINDEN.index(one.gebiet) for one, _ in gleiche(cells)]


def test_two_messgroessen_that_agree_everywhere_are_one():
    assert paare(spalte("a", COUNTS), spalte("b", COUNTS)) == list(range(7))


def test_areas_that_only_one_of_them_has_say_nothing():
    assert paare(spalte("a", COUNTS), spalte("b", COUNTS[:5])) == list(range(5))


def test_what_a_source_hides_is_the_same_too():
    assert paare(spalte("a", COUNTS), spalte("b", [None, *COUNTS[1:]])) == list(range(7))


@pytest.mark.parametrize("other", [[*COUNTS[:-1], 15], [2, 7, 8, 9], [2, 7, 2, 7, 2, 7, 2]])
def test_what_differs_once_or_is_too_short_may_be_chance(other):
    assert paare(spalte("a", COUNTS[: len(other)]), spalte("b", other)) == []


def test_few_different_numbers_may_be_chance():
    assert paare(spalte("a", [2, 7] * 4), spalte("b", [2, 7] * 4)) == []


def test_of_two_bases_every_area_that_agrees():
    revised = [2, 7, 8, 10, None]
    one, other = spalte("a", COUNTS, "zensus2011"), spalte("a", revised, "zensus2022")
    assert paare(one, other) == [0, 1, 2]
