"""So rechnen wir: every method in plain German with its formula, and how often it errs."""

from pathlib import Path

from dashboard import format as f
from dashboard import html
from dashboard.components import datenbereich
from dashboard.components.bausteine import abschnitt, tabelle
from dashboard.html import Component
from dashboard.seite import Kontext, Seite
from indicators.service import Service
from indicators.textseiten import textseiten
from indicators.wording import aussagen

PFAD = "/daten/methoden"
DATEI = Path(__file__).parents[1] / "methoden.yaml"
BEURTEILT = {"verbessert", "verschlechtert", "gestiegen", "gesunken", "stabil", "unklar"}
ZUFALL = 0.05  # so many series are marked although nothing changed


def seite(kontext: Kontext) -> Seite:
    """Build the page about methods."""
    page = textseiten(DATEI)["methoden"]
    entries = [
        *[(part.id, part.titel) for part in page.abschnitte],
        ("aussagen", "Was sich sagen lässt"),
    ]
    jumps = html.Nav(
        html.Ul([html.Li(html.A(title, href=f"#{id_}")) for id_, title in entries]),
        className="sprungliste spalten",
        **{"aria-label": "Auf dieser Seite"},
    )
    return Seite(
        page.titel,
        [
            *datenbereich.kopf(PFAD, page.titel, page.leitsatz),
            jumps,
            *[datenbereich.text_abschnitt(part) for part in page.abschnitte],
            _aussagen(kontext.service),
        ],
    )


def _aussagen(service: Service) -> Component:
    """Say for what share of values a direction can be told at all, and why not for the others."""
    words = aussagen()
    counts = service.aussagen()
    total = sum(counts.values()) or 1
    rows = [
        [words.trend[key].wort, f.zahl(n), f"{f.zahl(100 * n / total, 1)} %"]
        for key, n in counts.items()
    ]
    judged = sum(n for key, n in counts.items() if key in BEURTEILT)
    tested, marked = service.geprueft()
    sentence = (
        f"Von {f.zahl(total)} Werten der Gemeinden (Indikator mal Gemeinde, jüngster Stand) lässt"
        f" sich für {f.zahl(judged)} etwas über die Richtung sagen."
    )
    chance = words.zufall.format(reihen=f.zahl(tested), treffer=f.zahl(round(tested * ZUFALL)))
    return abschnitt(
        "Was sich sagen lässt",
        tabelle(
            ("Aussage", "Werte", "Anteil"),
            rows,
            "Aussagen über die Richtung in den Gemeinden",
            rechts=("Werte", "Anteil"),
            klasse="knapp",
        ),
        html.P(f"{chance} Markiert sind {f.zahl(marked)}.", className="leise"),
        id_="aussagen",
        satz=sentence,
    )
