"""The map of the 44 municipalities: rates as coloured areas, counts as circles.

Its height is the style sheet's business, since it follows the width of the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sqrt
from typing import Any

from dashboard import format as f
from dashboard import theme
from dashboard.figures.klassen import Klasse
from indicators.records import Indikator, Wert

GROESSTER_KREIS = 64
METER = 5  # places of a degree behind the point: the shapes are no finer than this
RAND = {"l": 0, "r": 0, "t": 0, "b": 0}


def flaechenkarte(
    werte: Sequence[Wert],
    index: Mapping[str, int],
    klassen: Sequence[Klasse],
    *,
    indikator: Indikator,
    namen: Mapping[str, str],
    grenzen: str,
    gewaehlt: Sequence[str],
) -> dict[str, Any]:
    """Colour each municipality by its class; those without a value are a layer of their own.

    index: municipality → class; the second layer is hatched by the style sheet
    grenzen: address of the shapes, which the browser asks for once and not with every map
    """
    there = [w for w in werte if w.gebiet in index]
    missing = [w for w in werte if w.gebiet not in index]
    layers = []
    if there:
        layers.append(_layer(there, [index[w.gebiet] for w in there], klassen, grenzen))
        layers[-1]["text"] = [_hover(w, indikator, namen) for w in there]
    if missing:
        layers.append(_layer(missing, [0] * len(missing), (), grenzen))
        layers[-1]["text"] = [_hover(w, indikator, namen) for w in missing]
    frame = [w for w in werte if w.gebiet in gewaehlt]
    if frame:
        layers.append(_frame(frame, grenzen))
    geo = {
        "visible": False,
        "fitbounds": "locations",
        "projection": {"type": "mercator"},
        "bgcolor": theme.PAPIER,
    }
    return {"data": layers, "layout": theme.layout(margin=RAND, geo=geo)}


def _layer(
    werte: Sequence[Wert],
    index: Sequence[int],
    klassen: Sequence[Klasse],
    grenzen: str,
) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "geojson": grenzen,
        "locations": [w.gebiet for w in werte],
        "z": list(index),
        "zmin": -0.5,
        "zmax": max(len(klassen), 1) - 0.5,
        "colorscale": _steps([k.farbe for k in klassen] or [theme.PAPIER]),
        "showscale": False,
        "marker": {"line": {"color": "#ffffff" if klassen else theme.GRAU, "width": 1}},
        "hovertemplate": "%{text}<extra></extra>",
    }


def _frame(werte: Sequence[Wert], grenzen: str) -> dict[str, Any]:
    """Outline the chosen municipalities without covering their colour."""
    return {
        "type": "choropleth",
        "geojson": grenzen,
        "locations": [w.gebiet for w in werte],
        "z": [0] * len(werte),
        "colorscale": [[0, "rgba(255,255,255,0)"], [1, "rgba(255,255,255,0)"]],
        "showscale": False,
        "hoverinfo": "skip",
        "marker": {"line": {"color": theme.TINTE, "width": 3}},
    }


def _steps(colours: Sequence[str]) -> list[list[Any]]:
    """Return a colour scale that jumps instead of blending."""
    n = len(colours)
    return [[place / n, c] for i, c in enumerate(colours) for place in (i, i + 1)]


@dataclass(frozen=True, slots=True)
class Umrisse:
    """The borders of all municipalities as one line with gaps, and the middle of each."""

    x: Sequence[float | None]
    y: Sequence[float | None]
    mitten: Mapping[str, tuple[float, float]]


def umrisse(geojson: Mapping[str, Any]) -> Umrisse:
    """Return the outlines of the municipalities, drawn so that their shape is true at their latitude."""
    stretch = cos(radians(48.65))
    x: list[float | None] = []
    y: list[float | None] = []
    middle = {}
    for feature in geojson["features"]:
        rings = _rings(feature)
        for ring in rings:
            x += [*[round(lon * stretch, METER) for lon, _ in ring], None]
            y += [*[lat for _, lat in ring], None]
        lon, lat = _centre(max(rings, key=len))
        middle[feature["id"]] = (lon * stretch, lat)
    return Umrisse(x, y, middle)


def kreiskarte(
    werte: Sequence[Wert],
    *,
    indikator: Indikator,
    namen: Mapping[str, str],
    umrisse: Umrisse,
    gewaehlt: Sequence[str],
) -> dict[str, Any]:
    """Draw counts as circles whose area is the count, on the borders of the municipalities."""
    middle = umrisse.mitten
    seen = [w for w in werte if w.wert is not None and w.wert > 0 and w.gebiet in middle]
    top = max((w.wert or 0 for w in seen), default=1)
    borders = {
        "type": "scatter",
        "mode": "lines",
        "x": umrisse.x,
        "y": umrisse.y,
        "fill": "toself",
        "fillcolor": theme.FLAECHE,
        "line": {"color": theme.GRAU, "width": 0.6},
        "hoverinfo": "skip",
    }
    circles = {
        "type": "scatter",
        "mode": "markers",
        "x": [middle[w.gebiet][0] for w in seen],
        "y": [middle[w.gebiet][1] for w in seen],
        "text": [_hover(w, indikator, namen) for w in seen],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": [GROESSTER_KREIS * sqrt((w.wert or 0) / top) for w in seen],
            "color": theme.AKZENT,
            "opacity": 0.72,
            "line": {
                "color": [theme.TINTE if w.gebiet in gewaehlt else "#ffffff" for w in seen],
                "width": [3 if w.gebiet in gewaehlt else 1 for w in seen],
            },
        },
    }
    axis = {"visible": False, "fixedrange": True}
    layout = theme.layout(
        margin=RAND,
        hovermode="closest",
        xaxis=axis,
        yaxis={**axis, "scaleanchor": "x", "scaleratio": 1},
    )
    return {"data": [borders, circles], "layout": layout}


def _rings(feature: Mapping[str, Any]) -> list[list[list[float]]]:
    shape = feature["geometry"]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [ring for polygon in polygons for ring in polygon]


def _centre(ring: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Return the centre of gravity of a closed ring."""
    area = east = north = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area += cross
        east += (x1 + x2) * cross
        north += (y1 + y2) * cross
    return east / (3 * area), north / (3 * area)


def _hover(wert: Wert, indikator: Indikator, namen: Mapping[str, str]) -> str:
    text = f.grund(wert) if wert.wert is None else f.mit_einheit(wert.wert, indikator)
    return f"<b>{namen[wert.gebiet]}</b><br>{f.zeit(wert.zeit, wert.zeitbezug)}: {text}"
