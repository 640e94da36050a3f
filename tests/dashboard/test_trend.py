from itertools import pairwise

import pytest

from dashboard import theme
from dashboard.figures.trend import HOEHE, OBEN, SCHRIFTHOEHE, UNTEN, Linie, achse, trend_figure
from dashboard.saetze import trend_satz
from indicators.records_agenda import Vorausberechnung
from tests.dashboard.proben import indikator, reihe


def linie(werte, name="Esslingen am Neckar", look=("#0b6b86", "circle", "solid"), **more):
    return Linie(name, name, *look, werte=werte, **more)


def test_a_missing_year_stays_a_gap():
    figure = trend_figure([linie(reihe((2010, 1.0), (2011, 2.0), (2014, 3.0)))], indikator())
    (trace,) = figure["data"]
    assert trace["x"] == [2010, 2011, None, 2014]
    assert trace["y"] == [1.0, 2.0, None, 3.0]
    assert trace["connectgaps"] is False


def test_a_value_that_is_not_there_is_not_drawn_as_zero():
    figure = trend_figure([linie(reihe((2010, 1.0), (2011, None), (2012, 3.0)))], indikator())
    assert figure["data"][0]["y"] == [1.0, None, 3.0]


def test_a_new_counting_basis_starts_a_new_line():
    werte = [*reihe((2010, 1.0), basis="vz1987"), *reihe((2011, 2.0), basis="zensus2011")]
    figure = trend_figure([linie(werte)], indikator())
    assert [trace["x"] for trace in figure["data"]] == [[2010], [2011]]


def test_preliminary_values_have_open_markers():
    werte = [*reihe((2010, 1.0)), *reihe((2011, 2.0), guete="vorlaeufig")]
    (trace,) = trend_figure([linie(werte)], indikator())["data"]
    assert trace["marker"]["symbol"] == ["circle", "circle-open"]


def test_chosen_areas_differ_in_shape_not_in_colour_alone():
    assert len({shape for _, shape in theme.REIHEN}) == len(theme.REIHEN)
    assert len({colour for colour, _ in theme.REIHEN}) == len(theme.REIHEN)


def test_the_hover_text_says_area_period_value_and_basis():
    werte = reihe(("2015-12-31", 7.25), zeitbezug="stichtag", basis="zensus2011")
    (trace,) = trend_figure([linie(werte)], indikator())["data"]
    assert trace["text"][0].startswith("<b>Esslingen am Neckar</b><br>31.12.2015: 7,2 %")
    assert "Zensus 2011" in trace["text"][0]


@pytest.mark.parametrize(
    ("values", "starts_at_zero"),
    [((1.0, 10.0), True), ((95.0, 99.0), False), ((5.0, 5.0), True), ((-2.0, 3.0), False)],
)
def test_the_axis_starts_at_zero_unless_that_flattens_the_lines(values, starts_at_zero):
    bottom, top = achse(values)
    assert (bottom == 0.0) is starts_at_zero
    assert bottom <= min(values) < max(values) + 1e-9 <= top


def test_direct_labels_of_lines_that_end_close_together_do_not_overlap():
    lines = [linie(reihe((2010, 1.0), (2011, 50 + n / 10)), f"Ort {n}") for n in range(8)]
    layout = trend_figure(lines, indikator())["layout"]
    bottom, top = layout["yaxis"]["range"]
    places = sorted(a["y"] for a in layout["annotations"])
    pixels = [(y - bottom) / (top - bottom) * (HOEHE - OBEN - UNTEN) for y in places]
    assert min(b - a for a, b in pairwise(pixels)) > SCHRIFTHOEHE - 0.01
    assert places[-1] <= top


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Aichwald", "Aichwald"),
        ("Esslingen am Neckar", "Esslingen a. N."),
        ("Bissingen an der Teck", "Bissingen a. d. T."),
        ("Leinfelden-Echterdingen", "Leinfelden-Echter…"),
    ],
)
def test_a_long_name_is_shortened_as_on_road_signs(name, label):
    figure = trend_figure([linie(reihe((2010, 1.0), (2011, 2.0)), name)], indikator())
    (annotation,) = figure["layout"]["annotations"]
    assert annotation["text"] == label


def test_breaks_are_drawn_with_their_names():
    figure = trend_figure(
        [linie(reihe((2010, 1.0), (2014, 2.0)))], indikator(), [("Zensus 2011", 2010.5)]
    )
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == [2010.5]
    assert "Zensus 2011" in str(figure["layout"]["annotations"])


def test_an_interval_is_a_pale_area_behind_the_line():
    werte = [
        *reihe((2010, 2.0), unten=1.0, oben=3.0),
        *reihe((2011, 2.5), unten=1.5, oben=3.5),
    ]
    band, line = trend_figure([linie(werte, band=True)], indikator())["data"]
    assert band["fill"] == "toself"
    assert band["y"][:4] == [3.0, 3.5, 1.5, 1.0]
    assert line["y"] == [2.0, 2.5]


def test_large_numbers_have_no_decimals_on_the_axis():
    layout = trend_figure([linie(reihe((2010, 500.0), (2011, 90000.0)))], indikator())["layout"]
    assert layout["yaxis"]["tickformat"] == ",.0f"
    assert layout["separators"] == ",."


def test_what_is_expected_is_dashed_with_a_band_and_never_joined_to_the_values():
    ahead = [
        Vorausberechnung("08116", "2020", "jahr", 2020, 6.0, 5.0, 9.0, "q", ""),
        Vorausberechnung("08116", "2030", "jahr", 2030, 8.0, None, None, "q", ""),
    ]
    lines = [linie(reihe((2010, 1.0), (2011, 2.0)), ausblick=ahead)]
    figure = trend_figure(lines, indikator())
    values, band, dashed = figure["data"]
    assert values["x"] == [2010, 2011]
    assert (dashed["x"], dashed["y"]) == ([2020, 2030], [6.0, 8.0])
    assert dashed["line"]["dash"] == "dash"
    assert dashed["marker"]["symbol"] == "diamond-open"
    assert "vorausberechnet" in dashed["text"][0]
    assert (band["x"], band["y"]) == ([2020, 2020], [9.0, 5.0])
    layout = figure["layout"]
    assert layout["xaxis"]["range"][1] > 2030
    assert layout["yaxis"]["range"][1] >= 9.0
    assert "vorausberechnet, nicht gemessen" in trend_satz(lines, indikator())
