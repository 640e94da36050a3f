"""Glossar: the words that a reader may not know, in plain German."""

from pathlib import Path

from dashboard import dcc, html
from dashboard import format as f
from dashboard.components import datenbereich
from dashboard.html import Component
from dashboard.seite import Kontext, Seite
from indicators.glossar import Begriff, glossar
from indicators.suche import schlicht

PFAD = "/daten/glossar"
DATEI = Path(__file__).parents[1] / "glossar.yaml"


def seite(_kontext: Kontext) -> Seite:
    """Build the glossary, in the order of the alphabet."""
    words = sorted(glossar(DATEI), key=lambda begriff: schlicht(begriff.wort))
    jumps = html.Nav(
        html.Ul([html.Li(html.A(b.wort, href=f"#{datenbereich.anker(b.wort)}")) for b in words]),
        className="sprungliste spalten",
        **{"aria-label": "Alle Begriffe"},
    )
    return Seite(
        "Glossar",
        [
            *datenbereich.kopf(
                PFAD,
                "Glossar",
                f"{f.anzahl(len(words), 'Fachwort', 'Fachwörter')} in Alltagssprache.",
            ),
            jumps,
            html.Dl([_begriff(b) for b in words], className="glossar"),
        ],
    )


def _begriff(begriff: Begriff) -> Component:
    more = [dcc.Link("Mehr dazu", href=begriff.mehr)] if begriff.mehr != "/" else []
    also = (
        [html.Span(f"Auch: {', '.join(begriff.auch)}", className="leise")] if begriff.auch else []
    )
    return html.Div(
        [
            html.Dt(begriff.wort),
            html.Dd([html.P(begriff.text), *also, *more]),
        ],
        id=datenbereich.anker(begriff.wort),
    )
