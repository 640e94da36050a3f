"""Querschnittsthemen: the eight topics that run through all fields, and what measures them."""

from collections.abc import Sequence

from dashboard import dcc, html, texts
from dashboard import format as f
from dashboard.components.bausteine import abschnitt, aufklappen, brotkrumen
from dashboard.components.werte import reihe_kreis
from dashboard.html import Component
from dashboard.lage import WOERTER, ZEICHEN, in_worten, lage
from dashboard.seite import Kontext, Seite
from etl.errors import UnknownError
from indicators.records import Handlungsfeld, Indikator, Querschnittsthema


def seite(kontext: Kontext) -> Seite:
    """Build the matrix: a topic in each row, a field of action in each column."""
    service = kontext.service
    felder, themen = service.handlungsfelder(), service.querschnittsthemen()
    legend = " · ".join(f"{ZEICHEN[name]} {word}" for name, word in WOERTER.items())
    return Seite(
        "Querschnittsthemen",
        [
            html.P("Agenda", className="kicker"),
            html.H1("Querschnittsthemen"),
            html.P(
                "Diese Themen ziehen sich durch alle Handlungsfelder. Jede Zelle nennt, wie viele"
                " Indikatoren dort etwas darüber sagen und wohin sie sich im Kreis bewegt haben.",
                className="leitsatz",
            ),
            html.Div(
                html.Table(
                    [_kopf(felder), html.Tbody([_zeile(kontext, t, felder) for t in themen])],
                    className="matrix",
                ),
                className="tabelle",
                role="region",
                tabIndex=0,
                **{"aria-label": "Querschnittsthemen nach Handlungsfeldern"},
            ),
            html.P(f"Zeichen: {legend}", className="leise legende"),
        ],
    )


def _kopf(felder: Sequence[Handlungsfeld]) -> Component:
    heads = [
        html.Th(dcc.Link(feld.kurztitel, href=f"/handlungsfeld/{feld.id}"), scope="col")
        for feld in felder
    ]
    return html.Thead(html.Tr([html.Th("Thema", scope="col"), *heads]))


def _zeile(
    kontext: Kontext, thema: Querschnittsthema, felder: Sequence[Handlungsfeld]
) -> Component:
    name = html.Th(dcc.Link(thema.titel, href=f"/querschnitt/{thema.id}"), scope="row")
    cells = [html.Td(_zelle(kontext, thema, feld)) for feld in felder]
    return html.Tr([name, *cells])


def _zelle(kontext: Kontext, thema: Querschnittsthema, feld: Handlungsfeld) -> Component:
    own = _indikatoren(kontext, thema.id, feld.id)
    if not own:
        return html.Span("kein Indikator", className="leise")
    found = lage(own, kontext.bewertungen())
    counts = [
        html.Span([html.Span(ZEICHEN[name], className="form"), f.zahl(n)], title=WOERTER[name])
        for name, n in found.zahlen
    ]
    return dcc.Link(
        [
            html.Span(f.anzahl(len(own), "Indikator", "Indikatoren")),
            html.Span(f": {in_worten(found)}", className="vorlesen"),
            html.Span(counts, className="zahlen", **{"aria-hidden": "true"}),
        ],
        href=f"/querschnitt/{thema.id}#{feld.id}",
    )


def _indikatoren(kontext: Kontext, thema: str, feld: str) -> list[Indikator]:
    return [
        i
        for i in kontext.service.indikatoren()
        if thema in i.querschnittsthemen
        and any(ziel.startswith(f"{feld}/") for ziel in i.leitziele)
    ]


def thema(kontext: Kontext, id_: str) -> Seite:
    """Build the page of one topic; raises UnknownError if there is none of that id."""
    service = kontext.service
    found = next((t for t in service.querschnittsthemen() if t.id == id_), None)
    if found is None:
        raise UnknownError.at(
            id_, f"Das Querschnittsthema »{id_}« gibt es nicht.", "Zur Übersicht."
        )
    parts = [
        _feld(kontext, feld, _indikatoren(kontext, id_, feld.id))
        for feld in service.handlungsfelder()
    ]
    loose = [i for i in service.indikatoren() if id_ in i.querschnittsthemen and not i.leitziele]
    return Seite(
        found.titel,
        [
            brotkrumen(("Start", "/"), ("Querschnittsthemen", "/querschnitt")),
            html.P("Querschnittsthema", className="kicker"),
            html.H1(found.titel),
            *[part for part in parts if part is not None],
            *([_abschnitt(kontext, "rahmen", "Für alle Handlungsfelder", loose)] if loose else []),
            _massnahmen(kontext, id_),
        ],
    )


def _massnahmen(kontext: Kontext, thema: str) -> Component:
    """Name the measures that take up the topic; what they achieve is not claimed."""
    found = kontext.service.massnahmen(querschnittsthema=thema)
    ziele = {ziel.id: ziel for ziel in kontext.service.leitziele()}
    items = [
        html.Li(
            [
                dcc.Link(m.titel, href=f"/leitziel/{m.leitziele[0]}#{m.id}"),
                html.Span(
                    f" · Leitziel {', '.join(ziele[z].nr for z in m.leitziele)}", className="leise"
                ),
            ]
        )
        for m in found
    ]
    return abschnitt(
        "Maßnahmen",
        html.Ul(items, className="saetze") if items else None,
        id_="massnahmen",
        satz="Vorhaben aus der Agenda, die dieses Thema aufgreifen. Zeitgleich beobachtet; eine"
        " Wirkung ist damit nicht belegt."
        if items
        else "In der Agenda ist zu diesem Thema kein Vorhaben genannt.",
    )


def _feld(
    kontext: Kontext, feld: Handlungsfeld, indikatoren: Sequence[Indikator]
) -> Component | None:
    if not indikatoren:
        return None
    return _abschnitt(kontext, feld.id, f"{feld.nr} {feld.titel}", indikatoren)


def _abschnitt(
    kontext: Kontext, id_: str, titel: str, indikatoren: Sequence[Indikator]
) -> Component:
    found = lage(indikatoren, kontext.bewertungen())
    parts: list[Component] = [html.H2(titel, id=f"{id_}-titel")]
    if found.beurteilt:
        parts.append(
            html.Ul([reihe_kreis(kontext, i) for i in found.beurteilt], className="reihen")
        )
    if found.offen:
        rows = html.Ul([reihe_kreis(kontext, i) for i in found.offen], className="reihen")
        parts.append(aufklappen(f"{texts.OFFEN} ({f.zahl(len(found.offen))})", rows))
    return html.Section(
        parts, id=id_, className="abschnitt leitziel", **{"aria-labelledby": f"{id_}-titel"}
    )
