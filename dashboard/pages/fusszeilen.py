"""The four pages of the footer: Impressum, Datenschutz, Barrierefreiheit, Lizenzen."""

from collections.abc import Sequence
from itertools import groupby

from dashboard import format as f
from dashboard import html, texts
from dashboard.components.bausteine import abschnitt, angaben, aufklappen, liste, marke
from dashboard.html import Component
from dashboard.seite import Kontext, Seite
from indicators.records import Quelle
from indicators.textseiten import Abschnitt, Angabe, Textseite, textseiten

LIZENZEN = "lizenzen"
BKG = "Bundesamt für Kartographie und Geodäsie"
ERGAENZEN = "vom Landratsamt zu ergänzen"
GEAENDERT = "Bearbeitet (Daten geändert): "
LIZENZTEXT = {
    "dl-de/by-2-0": "https://www.govdata.de/dl-de/by-2-0",
    "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/deed.de",
    "cc0": "https://creativecommons.org/publicdomain/zero/1.0/deed.de",
    "amtliches-werk": "https://www.gesetze-im-internet.de/urhg/__5.html",
    "odbl": "https://opendatacommons.org/licenses/odbl/1-0/",
}
# Where a table can be found, by the beginning of its name or of its publisher's.
PORTALE = {
    "INKAR": "https://www.inkar.de",
    "Deutschlandatlas": "https://www.deutschlandatlas.bund.de",
    "Zensus 2022": "https://www.zensus2022.de",
    "Statistische Ämter": "https://www.regionalstatistik.de",
    "Statistisches Bundesamt": "https://www.destatis.de",
    "Statistisches Landesamt": "https://www.statistik-bw.de",
    "Bundesagentur für Arbeit": "https://statistik.arbeitsagentur.de",
    "Bundesamt für Kartographie": texts.KARTE_ADRESSE,
}
TITEL = {"amtliches-werk": "Amtliches Werk (§ 5 UrhG)", "ungeklärt": "Lizenz ungeklärt"}
OHNE_TEXT = {
    "quellenangabe": "Der Herausgeber erlaubt die Nutzung, wenn er als Quelle genannt ist.",
    "ungeklärt": "Der Herausgeber nennt keine Lizenz. Vor einer Weitergabe ist dort nachzufragen.",
}


def seite(kontext: Kontext, name: str) -> Seite:
    """Build one page of the footer."""
    page = textseiten(texts.fusszeilen())[name]
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
    return [*parts, _karte(quellen)]


def _lizenz(key: str, quellen: Sequence[Quelle]) -> Component:
    link = LIZENZTEXT.get(key)
    text = html.A("Lizenztext", href=link) if link else OHNE_TEXT.get(key, "")
    count = f.anzahl(len(quellen), "Tabelle", "Tabellen")
    return abschnitt(
        TITEL.get(key, f.LIZENZ[key]),
        html.P([f"{key}, {count}. ", text], className="fliesstext"),
        *[
            aufklappen(
                f"{name} ({f.zahl(len(tables))})",
                html.Ul([html.Li(_nennung(q, link)) for q in tables], className="nennungen"),
            )
            for name, group in groupby(quellen, lambda q: q.herausgeber)
            if (tables := list(group))
        ],
        id_=f"lizenz-{_adresse(key)}",
    )


def _adresse(key: str) -> str:
    """Return a licence as part of an address: letters, digits and hyphens."""
    return key.replace("ä", "ae").replace("/", "-").replace(".", "-")


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
        html.P([f"Datensatz: {q.ursprung}", *_portal(q)], className="leise"),
        html.P(_geaendert(q), className="leise"),
    ]


def _geaendert(q: Quelle) -> str:
    unchanged = q.bearbeitung.strip(" .").lower() == "keine"
    return "Unverändert übernommen." if unchanged else f"{GEAENDERT}{q.bearbeitung}"


def _portal(q: Quelle) -> list[Component | str]:
    found = [link for start, link in PORTALE.items() if q.tabelle.startswith(start)]
    found += [link for start, link in PORTALE.items() if q.herausgeber.startswith(start)]
    if not found:
        return []
    return [". Portal: ", html.A(found[0].removeprefix("https://"), href=found[0])]


def _karte(quellen: Sequence[Quelle]) -> Component:
    """Return the attribution of the map; what was done to the borders is said by its source."""
    link = LIZENZTEXT["dl-de/by-2-0"]
    done = [q.bearbeitung for q in quellen if q.herausgeber.startswith(BKG)]
    return abschnitt(
        "Karte",
        html.P(
            [
                f"{texts.KARTE_QUELLE}. Lizenz: ",
                html.A(f.LIZENZ["dl-de/by-2-0"], href=link),
                ". Herausgeber: ",
                html.A(f"{BKG} (BKG)", href=texts.KARTE_ADRESSE),
                ".",
            ],
            className="fliesstext",
        ),
        *[html.P(f"{GEAENDERT}{text}", className="leise fliesstext") for text in done],
        id_="karte-lizenz",
    )
