"""Parts of the indicator page: slider, tiles, groups, two indicators, fixed classes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.auswahl import periode, stellen
from dashboard.figures.klassen import klassen
from dashboard.figures.linienbild import kurve
from dashboard.figures.punktwolke import punktwolke_figure
from dashboard.kacheln import kacheln
from dashboard.zusammenhang import Paar, Zusammenhang, satz
from etl.gebiete import Gebiete
from indicators.records import Kurvenpunkt
from tests.dashboard.proben import indikator

YEARS = st.lists(st.lists(st.floats(0, 100), min_size=1, max_size=44), min_size=1, max_size=8)


@given(YEARS, st.integers(0, 2))
def test_classes_are_the_same_in_every_year(years, digits):
    every = [value for year in years for value in year]
    bounds = set()
    for year in years:
        found, index = klassen(year, digits, every)
        bounds.add(tuple((k.von, k.bis, k.farbe) for k in found))
        assert sum(k.anzahl for k in found) == len(year)
        for value, place in zip(year, index, strict=True):
            assert found[place].von <= round(value, digits) <= found[place].bis
    assert len(bounds) == 1


def test_a_class_without_a_place_stays_in_the_legend():
    found, _ = klassen([9.0], 0, [1.0, 2.0, 9.0])
    assert [k.anzahl for k in found] == [0, 0, 1]


@pytest.mark.parametrize(
    ("periods", "places"),
    [
        (["2015", "2016", "2020"], [2015, 2016, 2020]),
        (["2014/15", "2015/16"], [2014, 2015]),
        (["2010-12-31", "2011-05-09", "2011-12-31"], [2010, 2010.5, 2011]),
        (["2015-Q1", "2015-Q2", "2015-Q3", "2015-Q4"], [2014.25, 2014.5, 2014.75, 2015]),
    ],
)
def test_each_period_has_its_own_place_on_the_slider(periods, places):
    assert list(stellen(periods).values()) == places
    assert [periode(periods, place) for place in places] == periods
    assert periode(periods, 1900) == ""


def test_every_municipality_has_a_tile_of_its_own():
    tiles = kacheln()
    assert set(tiles) == set(Gebiete().gemeinden)
    assert len({(t.zeile, t.spalte) for t in tiles.values()}) == 44
    assert max(t.spalte for t in tiles.values()) <= 7
    assert all("|" not in t.kurz for t in tiles.values())


def pairs(*values):
    return [Paar(f"0811600{n}", one, two) for n, (one, two) in enumerate(values)]


def test_two_indicators_are_counted_by_their_middles_and_nothing_more():
    other = indikator(id="b", kurztitel="Anderes")
    found = Zusammenhang(other, "2014", pairs((1, 1), (2, 3), (3, 2), (4, 4)))
    text = satz(found, indikator(kurztitel="Eines"), "2015")
    assert text.startswith("4 Gemeinden mit beiden Werten: Eines (2015) und Anderes (2014).")
    assert "bei beiden 1, darunter bei beiden 1; 2 liegen" in text
    assert found.mitte == (2.5, 2.5)


def test_a_chosen_place_stands_out_by_shape_size_and_name():
    found = Zusammenhang(indikator(), "2014", pairs((1, 1), (2, 3)))
    names = {"08116000": "Hier", "08116001": "Dort"}
    about = {"indikator": indikator(), "zeit": "2015", "namen": names}
    (points,) = punktwolke_figure(found, **about, gewaehlt=["08116000"])["data"]
    assert points["text"] == ["", "Hier"]
    assert points["marker"]["symbol"] == ["circle", "diamond"]


def test_small_charts_can_share_their_axes():
    points = [Kurvenpunkt(2010, 1.0), Kurvenpunkt(2011, 2.0)]
    alone, shared = kurve(points), kurve(points, rahmen=(2000, 2020, 0.0, 4.0))
    assert "M4.0 28.0" in alone
    assert "M60.0 22.0" in shared
