"""The four pages of the footer: Impressum, Datenschutz, Barrierefreiheit, Lizenzen."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from dash import html
from dash.development.base_component import Component

from dashboard import format as f
from dashboard import texts
from dashboard.components.bausteine import abschnitt, angaben, aufklappen, liste, marke
from dashboard.seite import Kontext, Seite
from indicators.records import Quelle
from indicators.textseiten import Abschnitt, Angabe, Textseite, textseiten

FILE = Path(__file__).parents[1] / "fusszeilen.yaml"
LIZENZEN = "lizenzen"
ERGAENZEN = "vom Landratsamt zu ergänzen"
GEAENDERT = "Die Daten wurden geändert: "
LIZENZTEXT = {
    "dl-de/by-2-0": "https://www.govdata.de/dl-de/by-2-0",
    "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/deed.de",
    "cc0": "https://creativecommons.org/publicdomain/zero/1.0/deed.de",
    "amtliches-werk": "https://www.gesetze-im-internet.de/urhg/__5.html",
    "odbl": "https://opendatacommons.org/licenses/odbl/1-0/",
}
OHNE_TEXT = {
    "quellenangabe": "Der Herausgeber erlaubt die Nutzung, wenn er als Quelle genannt ist.",
    "ungeklärt": "Der Herausgeber nennt keine Lizenz. Vor einer Weitergabe ist dort nachzufragen.",
}


def adressen() -> list[tuple[str, str]]:
    """Return short title and address of the four pages, in the order of the file."""
    return [(page.kurztitel, f"/{name}") for name, page in textseiten(FILE).items()]


def seite(kontext: Kontext, name: str) -> Seite:
    """Build one page of the footer."""
    page = textseiten(FILE)[name]
    parts = [_abschnitt(part) for part in page.abschnitte]
    if name == LIZENZEN:
        parts += _lizenzen(kontext.service.quellen())
    return Seite(
        page.titel,
        [
            html.P("Rechtliches", className="kicker"),
            html.H1(page.titel),
            html.P(page.leitsatz, className="leitsatz"),
            *_offen(page),
            *parts,
        ],
    )


def _offen(page: Textseite) -> list[Component]:
    """Say at the top how much the office still has to add, and nothing where all is there."""
    missing = sum(
        len(part.zu_ergaenzen) + sum(fact.wert is None for fact in part.angaben)
        for part in page.abschnitte
    )
    if not missing:
        return []
    what = f.anzahl(missing, "Angabe fehlt", "Angaben fehlen")
    return [html.P(f"Noch nicht vollständig: {what}, {ERGAENZEN}.", className="hinweis")]


def _abschnitt(part: Abschnitt) -> Component:
    facts = [(fact.name, _wert(fact)) for fact in part.angaben]
    todo = [html.Span([f"{text} ", marke(ERGAENZEN, "luecke-marke")]) for text in part.zu_ergaenzen]
    return abschnitt(
        part.titel,
        *[html.P(text, className="fliesstext") for text in part.absaetze],
        liste(part.punkte, "saetze") if part.punkte else None,
        angaben(facts) if facts else None,
        liste(todo, "saetze") if todo else None,
        id_=part.id,
    )


def _wert(fact: Angabe) -> Component | str:
    if fact.wert is None:
        return marke(ERGAENZEN, "luecke-marke")
    return html.A(fact.wert, href=fact.adresse) if fact.adresse else fact.wert


def _lizenzen(quellen: Sequence[Quelle]) -> list[Component]:
    """Return one part for each licence, with every table under it, and the map."""
    known = list(f.LIZENZ)
    order = sorted(quellen, key=lambda q: (known.index(q.lizenz), q.herausgeber, q.tabelle))
    parts = [_lizenz(key, list(group)) for key, group in groupby(order, lambda q: q.lizenz)]
    return [*parts, _karte()]


def _lizenz(key: str, quellen: Sequence[Quelle]) -> Component:
    link = LIZENZTEXT.get(key)
    text = html.A("Lizenztext", href=link) if link else OHNE_TEXT.get(key, "")
    count = f.anzahl(len(quellen), "Tabelle", "Tabellen")
    return abschnitt(
        f"{f.LIZENZ[key][:1].upper()}{f.LIZENZ[key][1:]}",
        html.P([f"{key}, {count}. ", text], className="fliesstext"),
        *[
            aufklappen(
                f"{name} ({f.zahl(len(tables))})",
                html.Ul([html.Li(_nennung(q, link)) for q in tables], className="nennungen"),
            )
            for name, group in groupby(quellen, lambda q: q.herausgeber)
            if (tables := list(group))
        ],
        id_=f"lizenz-{known_id(key)}",
    )


def known_id(key: str) -> str:
    """Return a licence as part of an address: letters, digits and hyphens."""
    plain = key.replace("ä", "ae").replace("/", "-").replace(".", "-")
    return plain.lower()


def _nennung(q: Quelle, link: str | None) -> list[Component]:
    """Return the attribution of a table: provider, licence, data set, what was changed."""
    licence = f.LIZENZ[q.lizenz]
    edition = f", {q.ausgabe}" if q.ausgabe else ""
    return [
        html.Strong(f"{q.tabelle}: {q.titel}"),
        html.P(
            [
                f"{q.namensnennung}. Stand {f.datum(q.stand)}{edition}. Lizenz: ",
                html.A(licence, href=link) if link else licence,
                ".",
            ]
        ),
        html.P(f"Datensatz: {q.ursprung}", className="leise"),
        html.P(f"{GEAENDERT}{q.bearbeitung}", className="leise"),
    ]


def _karte() -> Component:
    return abschnitt(
        "Karte",
        html.P(
            [
                f"{texts.KARTE_QUELLE}. Lizenz: ",
                html.A(f.LIZENZ["dl-de/by-2-0"], href=LIZENZTEXT["dl-de/by-2-0"]),
                ". Herausgeber: ",
                html.A("Bundesamt für Kartographie und Geodäsie (BKG)", href=texts.KARTE_ADRESSE),
                ". Die Grenzen der 44 Städte und Gemeinden wurden ausgewählt und vereinfacht.",
            ],
            className="fliesstext",
        ),
        id_="karte-lizenz",
    )
