"""Each municipality by two indicators; lines mark the middle of each."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import format as f
from dashboard import theme
from dashboard.zusammenhang import Zusammenhang
from indicators.records import Indikator

HOEHE = 420


def punktwolke_figure(
    found: Zusammenhang,
    *,
    indikator: Indikator,
    zeit: str,
    namen: Mapping[str, str],
    gewaehlt: Sequence[str],
) -> dict[str, Any]:
    """Draw the common places of two indicators; chosen ones are larger, have a shape and a name."""
    pairs = sorted(found.paare, key=lambda p: p.gebiet in gewaehlt)
    other = found.indikator
    chosen = [p.gebiet in gewaehlt for p in pairs]
    points = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [p.eins for p in pairs],
        "y": [p.zwei for p in pairs],
        "customdata": [
            f"<b>{namen[p.gebiet]}</b><br>{indikator.kurztitel}: {f.mit_einheit(p.eins, indikator)}"
            f"<br>{other.kurztitel}: {f.mit_einheit(p.zwei, other)}"
            for p in pairs
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
        "text": [namen[p.gebiet] if own else "" for p, own in zip(pairs, chosen, strict=True)],
        "textposition": "top center",
        "cliponaxis": False,
        "marker": {
            "size": [13 if own else 9 for own in chosen],
            "symbol": ["diamond" if own else "circle" for own in chosen],
            "color": [theme.AKZENT if own else theme.BALKEN for own in chosen],
            "line": {"width": 1, "color": theme.TINTE},
        },
    }
    one, two = found.mitte
    return {
        "data": [points],
        "layout": theme.layout(
            height=HOEHE,
            margin={"l": 8, "r": 16, "t": 20, "b": 52},
            hovermode="closest",
            xaxis=_axis(indikator, zeit),
            yaxis=_axis(other, found.zeit),
            shapes=[_line("x", one), _line("y", two)],
        ),
    }


def _axis(indikator: Indikator, zeit: str) -> dict[str, Any]:
    title = f"{indikator.kurztitel}<br>{f.einheit_kurz(indikator)}, {f.zeit_kurz(zeit)}"
    return {
        "title": {"text": title, "font": {"size": 13}},
        "gridcolor": theme.LINIE,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
    }


def _line(axis: str, place: float) -> dict[str, Any]:
    other = "y" if axis == "x" else "x"
    return {
        "type": "line",
        f"{axis}ref": axis,
        f"{other}ref": "paper",
        f"{axis}0": place,
        f"{axis}1": place,
        f"{other}0": 0,
        f"{other}1": 1,
        "layer": "below",
        "line": {"color": theme.GRAU, "width": 1, "dash": "dash"},
    }
