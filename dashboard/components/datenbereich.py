"""What the pages about data share: their common navigation, their head, how late a source is."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import format as f
from dashboard.components.bausteine import Kinder, abschnitt, liste, tabelle
from indicators.records import Datenstand, Quelle
from indicators.textseiten import Abschnitt

SEITEN = (
    ("/daten", "Quellen", "Woher jede Zahl kommt, mit Stand, Lizenz und Prüfungen"),
    ("/daten/lieferkalender", "Lieferkalender", "Wer wann liefert und was überfällig ist"),
    ("/daten/datenstaende", "Datenstände", "Was jede Aktualisierung geändert hat"),
    ("/daten/methoden", "So rechnen wir", "Jedes Verfahren in Alltagssprache mit Formel"),
    (
        "/daten/luecken",
        "Was wir noch nicht wissen",
        "Welche Leitziele messbar sind und welche nicht",
    ),
    ("/daten/glossar", "Glossar", "Fachwörter in Alltagssprache"),
    ("/api", "Schnittstelle", "Zahlen für eigene Programme"),
)
MONATE_IM_JAHR = 12


def kopf(pfad: str, titel: str, leitsatz: Kinder) -> list[Component]:
    """Return the head of a page about data, with the way to its sisters."""
    return [
        html.P("Daten und Quellen", className="kicker"),
        html.H1(titel),
        html.P(leitsatz, className="leitsatz"),
        reiter(pfad),
    ]


def reiter(pfad: str) -> Component:
    """Return the links between the pages about data; the current one is marked."""
    links = [
        html.Li(
            dcc.Link(
                name,
                href=href,
                title=text,
                className="aktiv" if href == pfad else "",
            )
        )
        for href, name, text in SEITEN
    ]
    return html.Nav(html.Ul(links), className="reiter", **{"aria-label": "Daten und Quellen"})


def text_abschnitt(part: Abschnitt) -> Component:
    """Return a part of a text page: paragraphs, points, formulas and a table."""
    formulas = [html.P(html.Code(formula), className="formel") for formula in part.formeln]
    table = part.tabelle
    return abschnitt(
        part.titel,
        *[html.P(text, className="fliesstext") for text in part.absaetze],
        liste(part.punkte, "saetze") if part.punkte else None,
        html.Div(formulas, className="formeln") if formulas else None,
        tabelle(table.kopf, table.zeilen, table.titel, klasse="knapp") if table else None,
        id_=part.id,
    )


def tag(stand: Datenstand) -> date:
    """Return the day against which a delivery is late: that of the Datenstand."""
    return stand.erzeugt.date()


def ist_ueberfaellig(quelle: Quelle, heute: date) -> bool:
    """Return whether something newer should have come by now."""
    return quelle.erwartet is not None and quelle.erwartet < heute


def lage(quelle: Quelle, heute: date) -> str:
    """Return how fresh a source is, as shape and words."""
    if quelle.rhythmus == "einmalig":
        return "– kommt nicht wieder"
    if quelle.erwartet is None:
        return "○ ohne festen Termin"
    if quelle.erwartet >= heute:
        return f"● zu erwarten ab {f.datum(quelle.erwartet)}"
    return f"▲ überfällig seit {dauer(quelle.erwartet, heute)}"


def dauer(von: date, bis: date) -> str:
    """Return a span as people say it: »3 Monaten«, »8 Jahren« (after »seit«)."""
    months = (bis.year - von.year) * MONATE_IM_JAHR + bis.month - von.month
    months -= bis.day < von.day
    if months < 1:
        return "weniger als einem Monat"
    if months < 2 * MONATE_IM_JAHR:
        return f.anzahl(months, "Monat", "Monaten")
    return f.anzahl(months // MONATE_IM_JAHR, "Jahr", "Jahren")


def anker(text: str) -> str:
    """Return a word as the target of a link inside a page."""
    return quote("-".join(text.casefold().split()), safe="")


def je(quellen: Sequence[Quelle], feld: str) -> dict[str, list[Quelle]]:
    """Return the sources by one of their texts, in the order in which these appear."""
    found: dict[str, list[Quelle]] = {}
    for quelle in quellen:
        found.setdefault(getattr(quelle, feld), []).append(quelle)
    return found
