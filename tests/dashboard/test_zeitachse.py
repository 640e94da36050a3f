from datetime import date

import pytest

from dashboard.figures.zeitachse import abschnitte, abstand, brueche, ist_luecke, marken, stelle
from indicators.records import Bruch
from tests.dashboard.proben import reihe, wert


@pytest.mark.parametrize(
    ("zeit", "place"),
    [("2015", 2015.0), ("2015-12-31", 2015.0), ("2015-Q3", 2015.5), ("2015-H2", 2015.5)],
)
def test_a_period_has_its_place_in_the_year(zeit, place):
    assert stelle(wert(zeit, 1.0)) == place


def test_a_month_stands_at_its_twelfth():
    assert stelle(wert("2015-04", 1.0)) == 2015.25


def test_the_usual_distance_is_the_smallest():
    assert abstand([2009, 2014, 2018]) == 4
    assert abstand([2020]) == 1.0


def test_elections_every_four_or_five_years_leave_no_gap_but_a_missing_year_does():
    assert not ist_luecke(2009, 2014, 4)
    assert ist_luecke(2009, 2017, 4)
    assert ist_luecke(2010, 2012, 1)


def test_two_counting_bases_are_two_parts_even_on_the_same_day():
    old = reihe(("2022-12-31", 1.0), ("2023-12-31", 2.0), basis="zensus2011")
    new = reihe(("2023-12-31", 1.5), basis="zensus2022")
    assert abschnitte([*old, *new]) == [old, new]


def test_a_change_of_basis_is_marked_between_old_and_new():
    old = reihe((2010, 1.0), basis="vz1987")
    new = reihe((2012, 1.5), basis="zensus2011")
    assert brueche([[*old, *new]]) == {"zensus2011": 2011.0}


def test_a_basis_without_a_value_makes_no_break():
    assert brueche([[*reihe((2010, 1.0), basis="a"), *reihe((2012, None), basis="b")]]) == {}


def test_a_declared_break_is_drawn_only_inside_the_years_and_for_its_areas():
    breaks = [
        Bruch(date(2016, 4, 1), "Umstellung", "", ""),
        Bruch(date(1999, 1, 1), "früher", "", ""),
        Bruch(date(2016, 4, 1), "anderswo", "", "09"),
    ]
    assert marken([reihe((2014, 1.0), (2018, 2.0))], breaks) == [("Umstellung", 2015.5)]
