"""All areas of one level, sorted, with the value of the Kreis or the Land as a line."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import format as f
from dashboard import theme
from dashboard.aussagen import bereich
from indicators.records import Indikator, Wert

ZEILE = 21
KOPF = 34


def balken_figure(
    werte: Sequence[Wert],
    *,
    indikator: Indikator,
    namen: Mapping[str, str],
    gewaehlt: Sequence[str],
    marke: tuple[str, float] | None,
) -> dict[str, Any]:
    """Draw one bar per area that has a value, in the order given (highest first).

    gewaehlt: areas to emphasise; marke: name and value of the comparison line
    """
    rows = [w for w in reversed(werte) if w.wert is not None]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [w.wert for w in rows],
        "y": [w.gebiet for w in rows],
        "customdata": [f"<b>{namen[w.gebiet]}</b><br>{_value(w, indikator)}" for w in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
        **_whiskers(rows),
        "marker": {"color": [theme.AKZENT if w.gebiet in gewaehlt else theme.BALKEN for w in rows]},
    }
    layout = theme.layout(
        height=KOPF + ZEILE * len(rows) + 8,
        margin={"l": 8, "r": 24, "t": KOPF, "b": 4},
        bargap=0.3,
        hovermode="closest",
        xaxis={
            "rangemode": "tozero",
            "showgrid": False,
            "showticklabels": False,
            "zeroline": True,
            "zerolinecolor": theme.GRAU,
            "fixedrange": True,
        },
        yaxis={
            "tickmode": "array",
            "tickvals": [w.gebiet for w in rows],
            "ticktext": [_label(w, indikator, namen, gewaehlt) for w in rows],
            "type": "category",
            "automargin": True,
            "fixedrange": True,
            "tickfont": {"size": 12},
        },
        **({} if marke is None else _mark(marke, indikator)),
    )
    return {"data": [trace], "layout": layout}


def _whiskers(rows: Sequence[Wert]) -> dict[str, Any]:
    """Return the intervals as thin lines over the bars; places without counts have none."""
    if all(w.unten is None for w in rows):
        return {}
    values = [(w.wert or 0.0, w.unten, w.oben) for w in rows]
    return {
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [None if up is None else up - v for v, _, up in values],
            "arrayminus": [None if low is None else v - low for v, low, _ in values],
            "thickness": 1.2,
            "width": 3,
            "color": theme.TINTE,
        }
    }


def _label(
    wert: Wert, indikator: Indikator, namen: Mapping[str, str], gewaehlt: Sequence[str]
) -> str:
    """Return name and value beside a bar, bold if chosen: emphasis is not colour alone.

    The values stand in one column before the bars, where neither the comparison line nor a whisker
    crosses them.
    """
    text = f"{namen[wert.gebiet]}\u2002{f.zahl(wert.wert, indikator.nachkommastellen)}"
    return f"<b>{text}</b>" if wert.gebiet in gewaehlt else text


def _value(wert: Wert, indikator: Indikator) -> str:
    text = f"{f.zeit(wert.zeit, wert.zeitbezug)}: {f.mit_einheit(wert.wert, indikator)}"
    span = bereich(wert, indikator)
    text += f"<br>Zufallsbereich {span}" if span else ""
    if wert.zaehler is None or wert.nenner is None:
        return text
    return f"{text}<br>{f.zahl(wert.zaehler)} von {f.zahl(wert.nenner)}"


def _mark(marke: tuple[str, float], indikator: Indikator) -> dict[str, Any]:
    name, value = marke
    return {
        "shapes": [
            {
                "type": "line",
                "xref": "x",
                "yref": "paper",
                "x0": value,
                "x1": value,
                "y0": 0,
                "y1": 1,
                "line": {"color": theme.TINTE, "width": 1.5, "dash": "dash"},
            }
        ],
        "annotations": [
            {
                "x": value,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "text": f"<b>{name} {f.zahl(value, indikator.nachkommastellen)}</b>",
                "showarrow": False,
                "font": {"size": 12, "color": theme.TINTE},
            }
        ],
    }
