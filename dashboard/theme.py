"""Colours, fonts and the common look of charts; every text colour passes WCAG AA on white."""

from typing import Any

SCHRIFT = '"Segoe UI", -apple-system, BlinkMacSystemFont, "Helvetica Neue", "Liberation Sans", Arial, sans-serif'

TINTE = "#17242d"
GRAU = "#51616c"
LINIE = "#d5dde2"
FLAECHE = "#f4f7f8"
PAPIER = "#ffffff"
AKZENT = "#0b5468"
AKZENT_HELL = "#dbe9ed"
BALKEN = "#9db9c4"

# From light to dark; one hue, so that they read as an order also in grey print.
STUFEN = ("#dbe6ee", "#a9c6d9", "#6ea3c0", "#337ba0", "#0b4668")

# One colour and one marker shape for each chosen area: never colour alone.
REIHEN = (
    ("#0b6b86", "circle"),
    ("#b1440e", "square"),
    ("#6b3fa0", "diamond"),
    ("#2c7a3f", "triangle-up"),
    ("#a3195b", "triangle-down"),
    ("#7a5c00", "pentagon"),
    ("#2f5bb7", "hexagon"),
    ("#7c3a2d", "star"),
)

MANTINE: dict[str, Any] = {
    "primaryColor": "petrol",
    "primaryShade": 8,
    "fontFamily": SCHRIFT,
    "defaultRadius": "sm",
    "colors": {
        "petrol": [
            "#eef5f7", "#dbe9ed", "#b5d1d9", "#8bb7c4", "#689fb0",
            "#4b8ba0", "#2f7790", "#186478", "#0b5468", "#074453",
        ],
        "gray": [
            "#f7f9fa", "#eef2f4", "#e2e8ec", "#d5dde2", "#c3cdd4",
            "#93a2ac", "#51616c", "#45545e", "#2c3a44", "#17242d",
        ],
    },
}  # fmt: skip


def layout(**own: Any) -> dict[str, Any]:  # noqa: ANN401 - plotly's own vocabulary
    """Return the common plotly layout, completed by a chart's own parts."""
    return {
        "template": {"layout": {}},
        "font": {"family": SCHRIFT, "size": 13, "color": TINTE},
        "separators": ",.",
        "paper_bgcolor": PAPIER,
        "plot_bgcolor": PAPIER,
        "showlegend": False,
        "hoverlabel": {
            "bgcolor": PAPIER,
            "bordercolor": GRAU,
            "align": "left",
            "font": {"family": SCHRIFT, "size": 13, "color": TINTE},
        },
        "dragmode": False,
        **own,
    }


GRAPH_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "locale": "de"}
