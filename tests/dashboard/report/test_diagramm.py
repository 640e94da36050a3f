"""The chart on paper: what it draws for values, gaps, breaks, bands and what is expected."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from dashboard import theme
from dashboard.figures.trend import Linie
from dashboard.report.diagramm import schritte, trend_svg
from indicators.records_agenda import Vorausberechnung
from tests.dashboard.proben import indikator, wert

KREIS = (theme.TINTE, "circle", "solid")
LAND = (theme.GRAU, "square", "dash")


def linie(*werte, look=KREIS, **rest):
    return Linie("Landkreis", "Kreis", *look, werte=werte, **rest)


def paths(svg):
    ET.fromstring(svg)  # well formed
    return re.findall(r'<path d="([^"]+)" fill="none" stroke="#17242d" stroke-width="1.8"', svg)


def test_missing_years_open_the_line():
    years = (2010, 2011, 2012, 2015, 2016)
    svg = trend_svg([linie(*[wert(str(y), float(y - 2000)) for y in years])], indikator(), [])
    assert [path.count("L") for path in paths(svg)] == [2, 1]


def test_a_new_basis_begins_a_new_line():
    parts = [wert(str(2010 + n), 5.0 + n, basis="a" if n < 2 else "b") for n in range(4)]
    assert [path.count("L") for path in paths(trend_svg([linie(*parts)], indikator(), []))] == [
        1,
        1,
    ]


def test_lines_differ_in_shape_and_dash_not_in_colour_alone():
    rows = [wert(str(2010 + n), 5.0 + n) for n in range(3)]
    svg = trend_svg([linie(*rows), linie(*rows, look=LAND)], indikator(), [])
    assert 'stroke-dasharray="6 3"' in svg
    assert svg.count("a2.1 2.1") == 6  # two arcs for each of three circles
    assert svg.count("h4.2v4.2h-4.2z") == 3


def test_names_at_the_ends_never_overlap():
    rows = [linie(wert("2010", 5.0), wert("2011", 5.01 + n / 1e4)) for n in range(3)]
    svg = trend_svg(rows, indikator(), [])
    ends = sorted(float(y) for y in re.findall(r'y="([\d.]+)"[^>]*text-anchor="start"', svg))
    assert len(ends) == 3
    assert min(b - a for a, b in pairwise(ends)) >= 9.4


def test_what_is_expected_is_dashed_open_and_not_joined():
    ahead = [
        Vorausberechnung("08116", str(y), "jahr", y, 6.0, 5.5, 6.5, "q", "") for y in (2015, 2020)
    ]
    svg = trend_svg(
        [linie(wert("2010", 5.0), wert("2011", 5.2), ausblick=ahead)],
        indikator(),
        [],
    )
    assert [path.count("L") for path in paths(svg)] == [1]
    assert svg.count(f'fill="{theme.PAPIER}"') == 2
    assert 'fill-opacity="0.13"' in svg
    assert ">2020<" in svg


def test_a_break_is_drawn_with_its_name():
    rows = [wert(str(2010 + n), 5.0 + n) for n in range(3)]
    svg = trend_svg([linie(*rows)], indikator(), [("Hartz IV", 2010.5)])
    assert ">Hartz IV<" in svg
    assert 'stroke-dasharray="1 2"' in svg


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [(0, 10, [0, 2.5, 5, 7.5, 10]), (3.1, 6.2, [4, 5, 6]), (0, 0.03, [0, 0.01, 0.02, 0.03])],
)
def test_the_axis_has_round_steps(low, high, steps):
    assert schritte(low, high) == pytest.approx(steps)
