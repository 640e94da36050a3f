"""Suche: everything that has a page, found by what people type, grouped and marked."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qs, quote

from dashboard import dcc, html, texts
from dashboard import format as f
from dashboard.components import datenbereich
from dashboard.components.bausteine import abschnitt
from dashboard.components.rahmen import suchfeld
from dashboard.html import Component
from dashboard.pages import glossar as glossarseite
from dashboard.seite import Kontext, Seite
from etl.errors import UnknownError
from indicators.glossar import glossar
from indicators.suche import Eintrag, Fund, Treffer, passt
from indicators.suchindex import suchindex

PFAD = "/suche"
LAENGSTENS = 100  # characters of a question
GEZEIGT = 8  # results of a group before the rest is folded
AUSSCHNITT = 180
KURZ = 50  # another name is shorter, a passage is longer
WORT = re.compile(r"([^\W_]+)")
ARTEN = {
    "indikator": ("Indikator", "Indikatoren", "/indikator/"),
    "gemeinde": ("Gemeinde", "Gemeinden", "/gemeinde/"),
    "leitziel": ("Leitziel", "Leitziele", "/leitziel/"),
    "handlungsfeld": ("Handlungsfeld", "Handlungsfelder", "/handlungsfeld/"),
    "querschnitt": ("Querschnittsthema", "Querschnittsthemen", "/querschnitt/"),
    "massnahme": ("Maßnahme", "Maßnahmen", "/leitziel/"),
    "gremium": ("Gremium", "Gremien", "/gremien/"),
    "begriff": ("Fachwort", "Fachwörter", "/daten/glossar#"),
    "seite": ("Seite", "Seiten", ""),
}
WEITERE = (
    ("/gemeinden", "Alle Städte und Gemeinden", "Register Ortschaften Orte"),
    ("/vergleich", "Gemeinden vergleichen", "Vergleich Tabelle"),
    (
        "/kreisvergleich",
        "Der Landkreis unter den Kreisen des Landes",
        "Kreisvergleich Rang Nachbarkreise",
    ),
    ("/gremien", "Gremien und Termine", "Sitzung Ausschuss Kreistag"),
    ("/querschnitt", "Querschnittsthemen", "Matrix"),
    ("/impressum", "Impressum", "Kontakt Herausgeber Adresse"),
    ("/datenschutz", "Datenschutz", "Cookies DSGVO"),
    ("/barrierefreiheit", "Barrierefreiheit", "Bedienung Tastatur"),
    ("/lizenzen", "Lizenzen", "Nutzung Namensnennung"),
)
SYNONYME = {
    "/daten": "Herkunft Lizenz Download Export CSV Excel laden ZIP",
    "/daten/lieferkalender": "Termin Aktualisierung überfällig",
    "/daten/datenstaende": "Versionen Änderungen Revision",
    "/daten/methoden": "Methode Formel Berechnung Statistik Trend Zufall",
    "/daten/luecken": "Lücken messbar Leitziele",
    "/daten/glossar": "Begriffe Fachwörter Erklärung Lexikon",
    "/api": "API JSON Programmierung",
}
BEISPIELE = ("Kinderarmut", "Hartz IV", "Pflege", "Miete", "Zensus")


def seite(kontext: Kontext, rest: str, query: str) -> Seite:
    """Build the page for the question in the address."""
    if rest:
        raise UnknownError.at(
            f"{PFAD}/{rest}", "Diese Seite gibt es nicht.", "Die Suche steht oben auf jeder Seite."
        )
    question = parse_qs(query.lstrip("?")).get("q", [""])[0].strip()[:LAENGSTENS]
    head = [
        html.P("Suche", className="kicker"),
        html.H1(f"Suche nach »{question}«" if question else "Suche"),
        suchfeld("suche-gross", question),
    ]
    if not question:
        return Seite("Suche", [*head, _beispiele(kontext)])
    index = kontext.merke(
        "suchindex",
        lambda: suchindex(kontext.service, glossar(glossarseite.DATEI), _seiten()),
    )
    found = index.suche(question)
    return Seite("Suche", [*head, *_ergebnis(found, question)])


def _seiten() -> list[Eintrag]:
    own = [(href, title, text, SYNONYME[href]) for href, title, text in datenbereich.SEITEN]
    others = [(href, title, "", words) for href, title, words in WEITERE]
    return [
        Eintrag("seite", href, title, text, ((1.0, title), (0.6, text), (0.9, words)))
        for href, title, text, words in [*own, *others]
    ]


def _beispiele(kontext: Kontext) -> Component:
    towns = sorted(kontext.service.gebiete("gemeinde"), key=lambda g: -(g.einwohner or 0))
    words = (*BEISPIELE[:1], *(g.kurzname for g in towns[1:2]), *BEISPIELE[1:])
    links = [html.Li(html.A(word, href=f"{PFAD}?q={quote(word)}")) for word in words]
    return abschnitt(
        "Zum Beispiel",
        html.Ul(links, className="beispiele"),
        id_="beispiele",
        satz="Gesucht wird in Indikatoren, Gemeinden, Leitzielen, Maßnahmen, Gremien und Fachwörtern."
        " Tippfehler und fehlende Umlaute schaden nicht.",
    )


def _ergebnis(found: Fund, question: str) -> list[Component]:
    if not found.treffer:
        return [_nichts(found, question)]
    groups: dict[str, list[Treffer]] = {}
    for hit in found.treffer:
        groups.setdefault(hit.eintrag.art, []).append(hit)
    counts = [f.anzahl(len(hits), *ARTEN[art][:2]) for art, hits in groups.items()]
    sentence = f"{f.anzahl(len(found.treffer), 'Treffer', 'Treffer')}: {', '.join(counts)}."
    notes = []
    if found.auch:
        notes.append(f"Gesucht wurde auch nach {', '.join(f'»{name}«' for name in found.auch)}.")
    if found.teilweise:
        notes.append("Nichts enthält alle Wörter; gezeigt wird, was zu einzelnen passt.")
    return [
        html.Div(
            [
                html.P(sentence, className="leitsatz"),
                *[html.P(n, className="leise") for n in notes],
            ],
            role="status",
        ),
        *[_gruppe(art, hits, found.woerter) for art, hits in groups.items()],
    ]


def _nichts(found: Fund, question: str) -> Component:
    better = (
        [
            html.P(
                [
                    "Meinten Sie ",
                    html.A(f"»{found.meinten}«", href=f"{PFAD}?q={quote(found.meinten)}"),
                    "?",
                ]
            )
        ]
        if found.meinten
        else []
    )
    return html.Div(
        [
            html.P(f"0 Treffer für »{question}«.", className="leitsatz"),
            *better,
            html.P("Vielleicht hilft ein anderes oder kürzeres Wort. Oder Sie gehen hier weiter:"),
            html.Ul(
                [
                    html.Li(dcc.Link(text, href=href))
                    for text, href in (
                        ("Start: alle Handlungsfelder und Leitziele", "/"),
                        (f"Alle {texts.gemeinden()}", "/gemeinden"),
                        ("Fachwörter im Glossar", glossarseite.PFAD),
                        (texts.tueren()[-1][0], "/daten"),
                    )
                ]
            ),
        ],
        role="status",
    )


def _gruppe(art: str, hits: Sequence[Treffer], met: frozenset[str]) -> Component:
    items = [_treffer(hit.eintrag, met) for hit in hits]
    rest = items[GEZEIGT:]
    more = (
        html.Details(
            [html.Summary(f"{len(rest)} weitere"), html.Ol(rest, className="treffer")],
            className="aufklappen",
        )
        if rest
        else None
    )
    return abschnitt(
        f"{ARTEN[art][0 if len(hits) == 1 else 1]} ({len(hits)})",
        html.Ol(items[:GEZEIGT], className="treffer"),
        more,
        id_=f"art-{art}",
    )


def _treffer(entry: Eintrag, met: frozenset[str]) -> Component:
    target = datenbereich.anker(entry.id) if entry.art == "begriff" else entry.id
    link = dcc.Link(_markiert(entry.titel, met), href=f"{ARTEN[entry.art][2]}{target}")
    text = _gekuerzt(entry.dazu)
    also = _anderer_name(entry, met)
    return html.Li(
        [
            link,
            *([html.P(_markiert(text, met))] if text else []),
            *([html.P(_markiert(also, met), className="leise")] if also else []),
        ]
    )


def _anderer_name(entry: Eintrag, met: frozenset[str]) -> str:
    """Return what was met, if neither title nor text shows why a thing was found."""
    shown = f"{entry.titel} {entry.dazu}"
    if any(passt(word, met) for word in WORT.findall(shown)):
        return ""
    for _, text in entry.texte:
        if text not in shown and any(passt(word, met) for word in WORT.findall(text)):
            return _gekuerzt(text if len(text) > KURZ else f"Auch: {text}")
    return ""


def _gekuerzt(text: str) -> str:
    return text if len(text) <= AUSSCHNITT else f"{text[:AUSSCHNITT].rsplit(' ', 1)[0]} …"


def _markiert(text: str, met: frozenset[str]) -> list[Component | str]:
    """Return a text with the words marked that were met."""
    return [
        html.Mark(part) if i % 2 and passt(part, met) else part
        for i, part in enumerate(WORT.split(text))
        if part
    ]
