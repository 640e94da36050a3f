import json
from math import isclose
from pathlib import Path

import pytest

from dashboard import theme
from dashboard.downloads import GRENZEN
from dashboard.figures.balken import balken_figure
from dashboard.figures.karte import flaechenkarte, kreiskarte, umrisse
from dashboard.figures.klassen import klassen
from etl.gebiete import Gebiete
from tests.dashboard.proben import indikator, wert

SHAPES = Path(__file__).parents[2] / "data" / "raw" / "bkg" / "vg250_gemeinden_2016.geojson"
KEYS = sorted(Gebiete().gemeinden)
NAMES = {key: f"Ort {key}" for key in KEYS}


@pytest.fixture(scope="module")
def geojson():
    features = json.loads(SHAPES.read_bytes())["features"]
    return {"type": "FeatureCollection", "features": features}


def werte(missing=()):
    found = [
        wert("2020", None if key in missing else float(n + 1), gebiet=key)
        for n, key in enumerate(KEYS)
    ]
    return sorted(found, key=lambda w: -(w.wert or 0))


def bars(rows, **given):
    given = {"indikator": indikator(), "namen": NAMES, "gewaehlt": [], "marke": None} | given
    return balken_figure(rows, **given)


def test_the_highest_bar_is_on_top_and_missing_ones_have_none():
    rows = werte(missing=KEYS[:2])
    (trace,) = bars(rows)["data"]
    assert len(trace["x"]) == 42
    assert trace["x"] == sorted(trace["x"])  # plotly draws from the bottom upwards
    assert not {*KEYS[:2]} & {*trace["y"]}


def test_a_bar_starts_at_zero_and_its_number_stands_beside_the_name():
    layout = bars(werte())["layout"]
    assert layout["xaxis"]["rangemode"] == "tozero"
    assert layout["yaxis"]["ticktext"][-1] == f"Ort {KEYS[-1]}\u200244,0"


def test_a_chosen_area_is_bold_and_darker():
    figure = bars(werte(), gewaehlt=[KEYS[-1]])
    assert figure["layout"]["yaxis"]["ticktext"][-1].startswith("<b>")
    assert figure["data"][0]["marker"]["color"][-1] == theme.AKZENT
    assert figure["data"][0]["marker"]["color"][0] == theme.BALKEN


def test_the_line_to_compare_with_has_name_and_number():
    layout = bars(werte(), marke=("Kreis", 7.57))["layout"]
    assert layout["shapes"][0]["x0"] == 7.57
    assert "Kreis 7,6" in layout["annotations"][0]["text"]


def test_count_and_denominator_stand_in_the_hover_text():
    figure = bars([wert("2020", 10.0, gebiet=KEYS[0], zaehler=120.0, nenner=1200.0)])
    assert "120 von 1.200" in figure["data"][0]["customdata"][0]


def area_map(rows, gewaehlt=()):
    seen = [w for w in rows if w.wert is not None]
    classes, places = klassen([w.wert for w in seen], 1)
    index = {w.gebiet: place for w, place in zip(seen, places, strict=True)}
    return flaechenkarte(
        rows, index, classes, indikator=indikator(), namen=NAMES, grenzen=GRENZEN, gewaehlt=gewaehlt
    )


def test_every_municipality_is_on_the_map_those_without_value_as_a_layer_of_their_own():
    there, missing = area_map(werte(missing=KEYS[:3]))["data"]
    assert set(there["locations"]) | set(missing["locations"]) == set(KEYS)
    assert set(missing["locations"]) == {*KEYS[:3]}
    assert {color for _, color in missing["colorscale"]} == {theme.PAPIER}  # hatched by the CSS
    assert all("nicht veröffentlicht" in text for text in missing["text"])


def test_a_class_has_one_colour_without_blending():
    (layer,) = area_map(werte())["data"]
    scale = layer["colorscale"]
    assert [colour for _, colour in scale[::2]] == [colour for _, colour in scale[1::2]]
    assert len(scale) == 10
    assert (layer["zmin"], layer["zmax"]) == (-0.5, 4.5)


def test_a_chosen_municipality_is_outlined_without_covering_its_colour():
    *_, frame = area_map(werte(), gewaehlt=[KEYS[5]])["data"]
    assert frame["locations"] == [KEYS[5]]
    assert frame["colorscale"][0][1].endswith(",0)")
    assert frame["marker"]["line"]["width"] == 3


def test_the_map_asks_for_no_world_map():
    geo = area_map(werte())["layout"]["geo"]
    assert geo["visible"] is False


def test_the_area_of_a_circle_is_its_count(geojson):
    rows = werte(missing=KEYS[:1])
    figure = kreiskarte(
        rows, indikator=indikator(), namen=NAMES, umrisse=umrisse(geojson), gewaehlt=[KEYS[3]]
    )
    borders, circles = figure["data"]
    sizes, values = circles["marker"]["size"], [w.wert for w in rows if w.wert]
    assert len(sizes) == 43
    assert all(
        isclose(s**2 / v, sizes[0] ** 2 / values[0]) for s, v in zip(sizes, values, strict=True)
    )
    assert min(borders["x"], key=lambda x: x or 99) < min(circles["x"])
    assert sum(width == 3 for width in circles["marker"]["line"]["width"]) == 1
