"""Streuung nach Gemeindegröße: each municipality by its size, and how far chance alone reaches."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import format as f
from dashboard import theme
from indicators.records import Indikator, Trichter, Wert

HOEHE = 380


def trichter_figure(
    werte: Sequence[Wert],
    grenzen: Sequence[Trichter],
    *,
    indikator: Indikator,
    namen: Mapping[str, str],
    gewaehlt: Sequence[str],
) -> dict[str, Any]:
    """Draw the municipalities over their size with the value of the Kreis and the limits.

    grenzen: limits by size, smallest first, all of the period of `werte`
    """
    seen = [w for w in werte if w.wert is not None and w.nenner]
    size = [g.groesse for g in grenzen]
    lines = [
        _line(size, [g.ziel for g in grenzen], theme.TINTE, "dash"),
        *[
            _line(size, [getattr(g, name) for g in grenzen], theme.AKZENT, "solid")
            for name in ("unten_weit", "oben_weit")
        ],
        *[
            _line(size, [getattr(g, name) for g in grenzen], theme.GRAU, "dot")
            for name in ("unten_streuung", "oben_streuung")
        ],
    ]
    points = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [w.nenner for w in seen],
        "y": [w.wert for w in seen],
        "customdata": [
            f"<b>{namen[w.gebiet]}</b><br>{f.mit_einheit(w.wert, indikator)}"
            f"<br>{f.zahl(w.zaehler)} von {f.zahl(w.nenner)}"
            for w in seen
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
        "text": [namen[w.gebiet] if w.gebiet in gewaehlt else "" for w in seen],
        "textposition": "top center",
        "marker": {
            "size": [12 if w.gebiet in gewaehlt else 8 for w in seen],
            "symbol": ["diamond" if w.gebiet in gewaehlt else "circle" for w in seen],
            "color": [theme.AKZENT if w.gebiet in gewaehlt else theme.BALKEN for w in seen],
            "line": {"width": 1, "color": theme.TINTE},
        },
    }
    layout = theme.layout(
        height=HOEHE,
        margin={"l": 8, "r": 12, "t": 12, "b": 44},
        hovermode="closest",
        xaxis={
            "type": "log",
            "title": {"text": "Größe der Gemeinde (Nenner, logarithmisch)", "font": {"size": 13}},
            "tickvals": [500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000],
            "ticktext": ["500", "1.000", "2.000", "5.000", "10.000", "20.000", "50.000", "100.000"],
            "showgrid": False,
            "linecolor": theme.GRAU,
            "fixedrange": True,
            "automargin": True,
        },
        yaxis={
            "rangemode": "tozero",
            "gridcolor": theme.LINIE,
            "fixedrange": True,
            "automargin": True,
            "title": {"text": f.einheit_kurz(indikator), "font": {"size": 13}},
        },
    )
    return {"data": [*lines, points], "layout": layout}


def _line(x: Sequence[float], y: Sequence[float], colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": colour, "width": 1.5, "dash": dash},
        "hoverinfo": "skip",
    }
