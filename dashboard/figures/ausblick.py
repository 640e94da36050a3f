"""What is expected to come: dashed, with open diamonds and a pale band, never joined to the values."""

from collections.abc import Sequence
from typing import Any

from dashboard import format as f
from indicators.records import Indikator
from indicators.records_agenda import Vorausberechnung


def spuren(
    ausblick: Sequence[Vorausberechnung], name: str, farbe: str, indikator: Indikator
) -> list[dict[str, Any]]:
    """Return the traces of one area: the band first, where the publisher gives one, then the line.

    ausblick: of one area, ordered by year
    """
    banded = [a for a in ausblick if a.unten is not None and a.oben is not None]
    band = {
        "type": "scatter",
        "mode": "lines",
        "x": [*[a.jahr for a in banded], *[a.jahr for a in reversed(banded)]],
        "y": [*[a.oben for a in banded], *[a.unten for a in reversed(banded)]],
        "fill": "toself",
        "fillcolor": f"rgba({', '.join(str(int(farbe[i : i + 2], 16)) for i in (1, 3, 5))}, 0.13)",
        "line": {"width": 0, "color": farbe},
        "hoverinfo": "skip",
    }
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": f"{name}: Vorausberechnung",
        "x": [a.jahr for a in ausblick],
        "y": [a.wert for a in ausblick],
        "text": [_hover(a, name, indikator) for a in ausblick],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        "line": {"color": farbe, "width": 2, "dash": "dash"},
        "marker": {"symbol": "diamond-open", "size": 9, "color": farbe, "line": {"width": 2}},
    }
    return [*([band] if banded else []), *([line] if ausblick else [])]


def hoehen(ausblick: Sequence[Vorausberechnung]) -> list[float]:
    """Return every value that the value axis must hold."""
    return [x for a in ausblick for x in (a.wert, a.unten, a.oben) if x is not None]


def _hover(a: Vorausberechnung, name: str, indikator: Indikator) -> str:
    span = f"<br>{spanne(a, indikator)}" if a.unten is not None else ""
    value = f.mit_einheit(a.wert, indikator)
    return f"<b>{name}</b><br>{a.jahr}, vorausberechnet: {value}{span}"


def spanne(a: Vorausberechnung, indikator: Indikator) -> str:
    """Return the band in words: »59.000 bis 62.000«; empty without one."""
    if a.unten is None or a.oben is None:
        return ""
    digits = indikator.nachkommastellen
    return f"{f.zahl(a.unten, digits)} bis {f.zahl(a.oben, digits)}"
