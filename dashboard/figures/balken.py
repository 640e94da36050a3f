"""All areas of one level, sorted, with the value of the Kreis or the Land as a line."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import format as f
from dashboard import theme
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
        "text": [f.zahl(w.wert, indikator.nachkommastellen) for w in rows],
        "textposition": "outside",
        "textfont": {"size": 12, "color": theme.TINTE},
        "cliponaxis": False,
        "customdata": [f"<b>{namen[w.gebiet]}</b><br>{_value(w, indikator)}" for w in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"color": [theme.AKZENT if w.gebiet in gewaehlt else theme.BALKEN for w in rows]},
    }
    layout = theme.layout(
        height=KOPF + ZEILE * len(rows) + 8,
        margin={"l": 8, "r": 52, "t": KOPF, "b": 4},
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
            "ticktext": [_name(w, namen, gewaehlt) for w in rows],
            "type": "category",
            "automargin": True,
            "fixedrange": True,
            "tickfont": {"size": 12},
        },
        **({} if marke is None else _mark(marke, indikator)),
    )
    return {"data": [trace], "layout": layout}


def _name(wert: Wert, namen: Mapping[str, str], gewaehlt: Sequence[str]) -> str:
    """Return the name beside a bar, bold if chosen: emphasis is not colour alone."""
    name = namen[wert.gebiet]
    return f"<b>{name}</b>" if wert.gebiet in gewaehlt else name


def _value(wert: Wert, indikator: Indikator) -> str:
    text = f"{f.zeit(wert.zeit, wert.zeitbezug)}: {f.mit_einheit(wert.wert, indikator)}"
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
