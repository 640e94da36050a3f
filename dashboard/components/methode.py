"""Where an indicator comes from, how it is calculated, what to bear in mind, and its files."""

from collections.abc import Sequence
from urllib.parse import urlencode

from dashboard import format as f
from dashboard import html, texts
from dashboard.components.bausteine import Kinder, abschnitt, angaben, aufklappen, hinweise, liste
from dashboard.ergebnis import Ergebnis, angezeigt
from dashboard.html import Component
from dashboard.seite import fester_link
from indicators.records import Indikator, Quelle
from indicators.records_stand import Datenstand


def wissen(indikator: Indikator) -> Component:
    """Return what a reader should know before using the numbers."""
    return html.Aside(
        [
            html.H2("Was Sie wissen sollten", id="wissen-titel"),
            liste(indikator.hinweise),
            *([html.P(texts.NUR_QUOTE, className="leise")] if indikator.nur_quote else []),
        ],
        className="wissen",
        **{"aria-labelledby": "wissen-titel"},
    )


def berechnung(indikator: Indikator, weitere: Sequence[tuple[str, Kinder]]) -> Component:
    """Return the formula, unit, kind and direction, and whatever else is to be known."""
    facts: list[tuple[str, Kinder]] = [
        ("Berechnung", indikator.berechnung),
        ("Einheit", indikator.einheit),
        ("Aussage", texts.TYP.get(indikator.typ, indikator.typ)),
        ("Richtung", f"{texts.RICHTUNG[indikator.richtung]} {indikator.richtung_durch}"),
        *weitere,
    ]
    if indikator.synonyme:
        facts.append(("Auch bekannt als", ", ".join(indikator.synonyme)))
    return abschnitt("So wird gerechnet", angaben(facts), id_="methode")


def herkunft(quellen: Sequence[Quelle]) -> Component:
    """Return the sources with their terms."""
    title = "Quellen" if len(quellen) > 1 else "Quelle"
    return abschnitt(title, *[_quelle(q) for q in quellen], id_="quelle")


def wartende(quellen: Sequence[Quelle]) -> Component | None:
    """Return which deliveries of an indicator are left out until somebody has released them."""
    texts_ = [f"Die Lieferung »{q.titel}« ist nicht enthalten: {q.wartet}." for q in quellen]
    return hinweise(texts_)


def zitieren(indikator: Indikator, quellen: Sequence[Quelle], stand: Datenstand) -> Component:
    """Return how to cite the page, and a button that copies its address."""
    publishers = "; ".join(sorted({q.herausgeber for q in quellen}))
    place = fester_link(stand.id, f"/indikator/{indikator.id}")
    text = (
        f"{texts.name()} {texts.kreis_name()}: {indikator.titel}. Datenstand {stand.name}."
        f" Datenquelle: {publishers}."
    )
    return abschnitt(
        "Zitieren",
        html.P(text, className="zitat"),
        None
        if stand.vermerk
        else html.P(["Fester Link: ", html.A(place, href=place)], className="leise"),
        html.Div(
            [
                html.Button("Link kopieren", type="button", className="knopf kopieren"),
                html.Span("", className="leise", role="status"),
            ],
            className="zitat-knopf",
        ),
        id_="zitieren",
    )


def _quelle(quelle: Quelle) -> Component:
    edition = f", Ausgabe {quelle.ausgabe}" if quelle.ausgabe else ""
    licence = f.LIZENZ.get(quelle.lizenz, quelle.lizenz)
    details = [
        ("Namensnennung", quelle.namensnennung),
        ("Gelesen aus", quelle.ursprung),
        ("Bearbeitung", quelle.bearbeitung),
    ]
    return html.Div(
        [
            html.H3(quelle.titel),
            html.P(
                f"{quelle.herausgeber}, Tabelle {quelle.tabelle}{edition} · Stand"
                f" {f.datum(quelle.stand)} · Lizenz: {licence}"
            ),
            aufklappen("Namensnennung, Herkunft und Bearbeitung", angaben(details)),
        ],
        className="quelle",
        **{"data-namensnennung": f"{quelle.namensnennung} (Stand {f.datum(quelle.stand)})"},
    )


def laden(found: Ergebnis) -> Component:
    """Return the two downloads, each as CSV in both dialects, XLSX and JSON."""
    shown = angezeigt(found)
    areas = [*shown.gebiete, *texts.lang()]
    displayed: dict[str, object] = {"gebiete": ",".join(areas), "von": shown.von, "bis": shown.bis}
    everything: dict[str, object] = {}
    return abschnitt(
        "Daten laden",
        html.Div(
            [
                _datei(found, "Angezeigte Daten", _displayed_text(found), displayed),
                _datei(
                    found,
                    "Ganze Zeitreihe, alle Gemeinden",
                    "Alle Jahre, alle Gebiete und alle Gruppen dieses Indikators.",
                    everything,
                ),
            ],
            className="dateien",
        ),
        id_="laden",
    )


def _displayed_text(found: Ergebnis) -> str:
    names = [found.namen[key] for key in found.auswahl.gebiete]
    shown = angezeigt(found)
    return f"{', '.join([*names, 'Kreis, Land und Bund'])}, {shown.von} bis {shown.bis}."


def _datei(found: Ergebnis, titel: str, text: str, choice: dict[str, object]) -> Component:
    query = urlencode(_chosen(found.indikator.id, choice), safe=",")
    files = {
        f"/export.csv?{query}&dialekt={d}": f"CSV {name}" for d, name in texts.DIALEKTE.items()
    }
    files |= {f"/export.{ending}?{query}": name for ending, name in texts.FORMATE.items()}
    links = [
        html.A(name, href=href, className="knopf", **{"aria-label": f"{titel}: {name}"})
        for href, name in files.items()
    ]
    return html.Div(
        [html.H3(titel), html.P(text, className="leise"), html.Div(links)], className="datei"
    )


def _chosen(indikator: str, choice: dict[str, object]) -> dict[str, object]:
    return {k: v for k, v in {"indikator": indikator, **choice}.items() if v}
