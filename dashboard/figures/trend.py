"""One line per area: gaps stay gaps, a new counting basis starts a new line."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from dashboard import format as f
from dashboard import theme
from dashboard.aussagen import bereich
from dashboard.figures import ausblick
from dashboard.figures.zeitachse import abschnitte, abstand, ist_luecke, stelle
from indicators.records import Indikator, Wert
from indicators.records_agenda import Vorausberechnung

HOEHE = 400
OBEN, UNTEN = 48, 36
SCHRIFTHOEHE = 17
NAMENLAENGE = 18
TICKS = 4  # as many years as fit beside each other on a phone
JEDES_JAHR = 30
OFFEN = {"vorlaeufig", "geschaetzt", "plan"}
NULLNAH = 0.4
GROSS = 1000


@dataclass(frozen=True, slots=True)
class Linie:
    """A series with its look: colour, marker shape and line dash all differ."""

    name: str
    kurz: str
    farbe: str
    symbol: str
    strich: str
    werte: Sequence[Wert]
    band: bool = False  # whether its interval is drawn
    ausblick: Sequence[Vorausberechnung] = ()


def trend_figure(
    linien: Sequence[Linie], indikator: Indikator, marken: Sequence[tuple[str, float]] = ()
) -> dict[str, Any]:
    """Draw the series of one indicator with direct labels instead of a legend.

    linien: each ordered by time; values in the indicator's unit, missing ones with wert None
    marken: title and place of each break that is drawn
    """
    places = [stelle(w) for line in linien for w in line.werte if w.wert is not None]
    step = abstand(places)
    places += [float(a.jahr) for line in linien for a in line.ausblick]
    bottom, top = achse(hoehen(linien))
    parts = [(line, part) for line in linien for part in abschnitte(line.werte)]
    traces = [
        *[_band(line, part, step) for line, part in parts if line.band],
        *[_trace(line, part, step, indikator) for line, part in parts],
        *[
            trace
            for line in linien
            for trace in ausblick.spuren(line.ausblick, line.name, line.farbe, indikator)
        ],
    ]
    first, last = min(places), max(places)
    room = max((last - first) * 0.02, 0.25)
    layout = theme.layout(
        height=HOEHE,
        margin={
            "l": 8,
            "r": 20 + 7.4 * max(len(beschriftung(line)) for line in linien),
            "t": OBEN,
            "b": UNTEN,
        },
        hovermode="closest",
        hoverdistance=40,
        xaxis={
            "range": [first - room, last + room],
            "dtick": max(1, ceil((last - first) / TICKS)),
            "tick0": last,
            "tickangle": 0,
            "minor": {"dtick": 1, "ticks": "outside", "tickcolor": theme.LINIE}
            if last - first <= JEDES_JAHR
            else {},
            "tickformat": "d",
            "showgrid": False,
            "ticks": "outside",
            "tickcolor": theme.LINIE,
            "linecolor": theme.GRAU,
            "fixedrange": True,
            "automargin": True,
        },
        yaxis={
            "range": [bottom, top],
            "gridcolor": theme.LINIE,
            "gridwidth": 1,
            "zeroline": bottom <= 0,
            "zerolinecolor": theme.GRAU,
            "fixedrange": True,
            "automargin": True,
            "nticks": 6,
            "tickformat": ",.0f" if top >= GROSS else "",
        },
        shapes=[_mark_line(place) for _, place in marken],
        annotations=[
            *_labels(linien, bottom, top),
            *[_mark_text(title, place, row % 2) for row, (title, place) in enumerate(marken)],
        ],
    )
    return {"data": traces, "layout": layout}


def hoehen(linien: Sequence[Linie]) -> list[float]:
    """Return every value that the value axis must hold: values, and the intervals that are drawn."""
    found = [w.wert for line in linien for w in line.werte if w.wert is not None]
    for line in linien:
        found += ausblick.hoehen(line.ausblick)
        if line.band:
            found += [x for w in line.werte for x in (w.unten, w.oben) if x is not None]
    return found


def achse(werte: Sequence[float]) -> tuple[float, float]:
    """Return the range of the value axis: from zero unless that would flatten every line."""
    low, high = min(werte), max(werte)
    pad = (high - low or abs(high) or 1) * 0.08
    if 0 <= low <= NULLNAH * high or low == high >= 0:
        return 0.0, (high or 1) * 1.08
    return low - pad, high + pad


def _trace(line: Linie, part: Sequence[Wert], step: float, indikator: Indikator) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    texts: list[str] = []
    shapes: list[str] = []
    for wert in part:
        here = stelle(wert)
        if x and x[-1] is not None and wert.wert is not None and ist_luecke(x[-1], here, step):
            x, y, texts, shapes = [*x, None], [*y, None], [*texts, ""], [*shapes, line.symbol]
        x.append(here)
        y.append(wert.wert)
        texts.append(_hover(line, wert, indikator))
        shapes.append(f"{line.symbol}-open" if wert.guete in OFFEN else line.symbol)
    thick = 3 if line.strich == "solid" and line.farbe == theme.TINTE else 2
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.name,
        "x": x,
        "y": y,
        "text": texts,
        "hovertemplate": "%{text}<extra></extra>",
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": line.farbe, "width": thick, "dash": line.strich},
        "marker": {
            "symbol": shapes,
            "size": 7,
            "color": line.farbe,
            "line": {"width": 2, "color": line.farbe},
        },
    }


def _band(line: Linie, part: Sequence[Wert], step: float) -> dict[str, Any]:
    """Draw the interval of a line as a pale area; it opens where the line does."""
    x: list[float | None] = []
    y: list[float | None] = []
    for run in _runs(part, step):
        places = [stelle(w) for w in run]
        x += [*places, *reversed(places), None]
        y += [*[w.oben for w in run], *[w.unten for w in reversed(run)], None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "fill": "toself",
        "fillcolor": f"rgba({', '.join(str(int(line.farbe[i : i + 2], 16)) for i in (1, 3, 5))}, 0.13)",
        "line": {"width": 0, "color": line.farbe},
        "hoverinfo": "skip",
    }


def _runs(part: Sequence[Wert], step: float) -> list[list[Wert]]:
    """Return the unbroken stretches of values that have an interval."""
    runs: list[list[Wert]] = []
    for wert in part:
        if wert.unten is None or wert.oben is None:
            continue
        if not runs or ist_luecke(stelle(runs[-1][-1]), stelle(wert), step):
            runs.append([])
        runs[-1].append(wert)
    return runs


def _hover(line: Linie, wert: Wert, indikator: Indikator) -> str:
    basis = f"<br>{f.BASIS.get(wert.basis, wert.basis)}" if wert.basis else ""
    quality = "" if wert.guete in {"", "endgueltig"} else f" ({f.status(wert)})"
    text = f"{f.mit_einheit(wert.wert, indikator)}{quality}"
    span = bereich(wert, indikator)
    text += f"<br>Zufallsbereich {span}" if span else ""
    return f"<b>{line.name}</b><br>{f.zeit(wert.zeit, wert.zeitbezug)}: {text}{basis}"


def beschriftung(line: Linie) -> str:
    """Return the name of a line, shortened as on road signs: »Esslingen a. N.«."""
    first, _, rest = line.kurz.partition(" ")
    name = line.kurz
    if rest and len(name) > NAMENLAENGE - 6:
        name = " ".join([first, *[f"{word[0]}." for word in rest.split()]])
    return name if len(name) <= NAMENLAENGE else f"{name[: NAMENLAENGE - 1]}…"


def _labels(linien: Sequence[Linie], bottom: float, top: float) -> list[dict[str, Any]]:
    """Name each line at its last value, moved apart so that no two names overlap."""
    ends = []
    for line in linien:
        seen = [w for w in line.werte if w.wert is not None]
        last = [*[w.wert for w in seen if w.wert is not None], *[a.wert for a in line.ausblick]]
        if last:
            ends.append((last[-1], line))
    ends.sort(key=lambda end: end[0])
    unit = (top - bottom) / (HOEHE - OBEN - UNTEN)
    places = _spread([end[0] for end in ends], SCHRIFTHOEHE * unit, top)
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 8,
            "y": place,
            "yanchor": "middle",
            "text": beschriftung(line),
            "showarrow": False,
            "font": {"color": line.farbe, "size": 13},
        }
        for place, (_, line) in zip(places, ends, strict=True)
    ]


def _spread(values: list[float], distance: float, top: float) -> list[float]:
    """Push values upwards until neighbours are `distance` apart, then the pile below `top`."""
    places: list[float] = []
    for value in values:
        places.append(max(value, places[-1] + distance) if places else value)
    for i in range(len(places) - 1, -1, -1):
        limit = top if i == len(places) - 1 else places[i + 1] - distance
        places[i] = min(places[i], limit)
    return places


def _mark_line(place: float) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": place,
        "x1": place,
        "y0": 0,
        "y1": 1,
        "line": {"color": theme.GRAU, "width": 1, "dash": "dot"},
    }


def _mark_text(title: str, place: float, row: int) -> dict[str, Any]:
    return {
        "x": place,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": row * SCHRIFTHOEHE,
        "text": title,
        "showarrow": False,
        "font": {"size": 12, "color": theme.GRAU},
    }
