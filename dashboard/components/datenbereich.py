"""What the pages about data share: their common navigation, their head, how late a source is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from dashboard import dcc, html
from dashboard import format as f
from dashboard.components.bausteine import Kinder, abschnitt, liste, tabelle
from dashboard.html import Component
from indicators.records import Quelle
from indicators.records_stand import Datenstand
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
EINMALIG = "einmalig"
JAHRESZAHL = re.compile(r"(\d{2}\.\d{2}\.)?\b(19|20)\d{2}\b")


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


@dataclass(frozen=True, slots=True)
class Frische:
    """How fresh sources are on a day; abgeloest: ids of those with a newer edition here."""

    heute: date
    abgeloest: frozenset[str]

    @classmethod
    def am_tag(cls, stand: Datenstand, quellen: Sequence[Quelle]) -> "Frische":
        """Return how fresh the sources are on the day of the Datenstand."""
        newest: dict[tuple[str, str], date] = {}
        published = [q for q in quellen if not q.wartet]
        for q in published:
            newest[_reihe(q)] = max(q.stand, newest.get(_reihe(q), q.stand))
        older = frozenset(q.id for q in published if q.stand < newest[_reihe(q)])
        return cls(stand.erzeugt.date(), older)

    def termin(self, quelle: Quelle) -> date | None:
        """Return from when something newer is to be expected; None for editions that are past."""
        return None if quelle.id in self.abgeloest else quelle.erwartet

    def ueberfaellig(self, quelle: Quelle) -> bool:
        """Return whether something newer should have come by now."""
        term = self.termin(quelle)
        return term is not None and term < self.heute

    def lage(self, quelle: Quelle) -> str:
        """Return how fresh a source is, as shape and words."""
        term = self.termin(quelle)
        if quelle.id in self.abgeloest:
            return "– durch eine neuere Ausgabe abgelöst"
        if term is None:
            return "– kommt nicht wieder" if quelle.rhythmus == EINMALIG else "○ ohne festen Termin"
        if self.ueberfaellig(quelle):
            return f"▲ überfällig seit {dauer(term, self.heute)}"
        return "● noch nicht fällig"


def _reihe(quelle: Quelle) -> tuple[str, str]:
    """Return what all editions of a table have in common: publisher, and its name without years."""
    return quelle.herausgeber, JAHRESZAHL.sub("", quelle.tabelle)


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
    """Return a word as the target of a link, with a beginning that no other part of a page has."""
    return f"wort-{quote('-'.join(text.casefold().split()), safe='')}"


def je(quellen: Sequence[Quelle], feld: str) -> dict[str, list[Quelle]]:
    """Return the sources by one of their texts, in the order in which these appear."""
    found: dict[str, list[Quelle]] = {}
    for quelle in quellen:
        found.setdefault(getattr(quelle, feld), []).append(quelle)
    return found
