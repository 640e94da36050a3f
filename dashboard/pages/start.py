"""Start: what this is, and the latest state of each Leitziel in words and numbers."""

from collections.abc import Mapping, Sequence

from dash import Dash, Input, Output
from dash.exceptions import PreventUpdate

from dashboard import dcc, dmc, html, texts
from dashboard import format as f
from dashboard.components.bausteine import groesse, messbarkeit
from dashboard.components.werte import richtung, stand_text, vergleichswerte
from dashboard.html import Component
from dashboard.lage import WOERTER, ZEICHEN, Lage, in_worten, lage, was_neu_ist
from dashboard.seite import Kontext, Seite, je_leitziel, neben
from indicators.records import Handlungsfeld, Indikator, Leitziel, Wert

GEZEIGT = 2
FINDER = "gemeinde-finder"


def seite(kontext: Kontext) -> Seite:
    """Build the start page."""
    service = kontext.service
    ziele, indikatoren = service.leitziele(), service.indikatoren()
    latest, by_goal = kontext.letzte(), je_leitziel(ziele, indikatoren)
    fields = [
        _feld(kontext, feld, [z for z in ziele if z.handlungsfeld == feld.id], by_goal, latest)
        for feld in service.handlungsfelder()
    ]
    return Seite(
        "Start",
        [
            _auftakt(kontext, sum(bool(i.ebenen) for i in indikatoren)),
            _tueren(),
            _ueberblick(kontext, ziele, by_goal),
            *fields,
            _rahmen(kontext, latest),
            _neues(kontext, indikatoren),
        ],
    )


def register(app: Dash) -> None:
    """Wire the search for a municipality."""

    @app.callback(Output("adresse", "pathname"), Input(FINDER, "value"), prevent_initial_call=True)
    def open_gemeinde(schluessel: str | None) -> str:
        if not schluessel:
            raise PreventUpdate
        return f"/gemeinde/{schluessel}"


def _auftakt(kontext: Kontext, anzahl: int) -> Component:
    gemeinden = kontext.service.gebiete("gemeinde")
    counts = [
        (f.zahl(len(kontext.service.handlungsfelder())), "Handlungsfelder"),
        (f.zahl(len(kontext.service.leitziele())), "Leitziele"),
        (f.zahl(anzahl), "Indikatoren"),
        (f.zahl(len(gemeinden)), "Städte und Gemeinden"),
    ]
    finder = dmc.Select(
        id=FINDER,
        label="Meine Gemeinde",
        placeholder="Namen eingeben …",
        data=[{"value": g.schluessel, "label": g.kurzname} for g in gemeinden],
        searchable=True,
        nothingFoundMessage=f"Diese Gemeinde gibt es {texts.im_kreis()} nicht.",
        comboboxProps={"shadow": "md"},
        size="md",
    )
    return html.Div(
        [
            html.Div(
                [
                    html.H1(f"{texts.name()} {texts.kreis_name()}"),
                    html.P(texts.untertitel(), className="leitsatz"),
                    html.Dl(
                        [html.Div([html.Dd(n), html.Dt(what)]) for n, what in counts],
                        className="umfang",
                    ),
                ]
            ),
            html.Div(
                [
                    finder,
                    html.P(dcc.Link(f"Alle {texts.gemeinden()}", href="/gemeinden")),
                    html.P(dcc.Link("Woher die Zahlen kommen", href="/daten")),
                ],
                className="finder",
            ),
        ],
        className="auftakt",
    )


def _tueren() -> Component:
    """Return the four doors: who comes here, and where to begin."""
    return html.Ul(
        [
            html.Li(dcc.Link([html.Strong(title), html.Span(text)], href=href, refresh="#" in href))
            for title, text, href in texts.tueren()
        ],
        className="tueren",
    )


def _ueberblick(
    kontext: Kontext, ziele: Sequence[Leitziel], by_goal: Mapping[str, list[Indikator]]
) -> Component:
    """Return the 20 goals at a glance: how measurable, and how many indicators moved which way."""
    said = kontext.bewertungen()
    columns = [
        html.Section(
            [
                html.H3(dcc.Link(feld.kurztitel, href=f"/handlungsfeld/{feld.id}")),
                html.Ol(
                    [
                        _kachel(z, lage(by_goal[z.id], said))
                        for z in ziele
                        if z.handlungsfeld == feld.id
                    ]
                ),
            ],
            className="spalte",
        )
        for feld in kontext.service.handlungsfelder()
    ]
    legend = " · ".join(f"{ZEICHEN[name]} {word}" for name, word in WOERTER.items())
    return html.Section(
        [
            html.H2(f"Die {f.zahl(len(ziele))} Leitziele auf einen Blick", id="leitziele-titel"),
            html.P(
                "Je Leitziel: wie weit es sich messen lässt, und wie viele seiner Indikatoren sich"
                " im Kreis wohin bewegt haben. Was als besser gilt, hat die Projektgruppe"
                " vorgeschlagen.",
                className="satz",
            ),
            html.Div(columns, className="ueberblick"),
            html.P(f"Zeichen: {legend}", className="leise legende"),
        ],
        id="leitziele",
        className="abschnitt",
        **{"aria-labelledby": "leitziele-titel"},
    )


def _kachel(ziel: Leitziel, found: Lage) -> Component:
    slug = ziel.id.partition("/")[2]
    counts = [
        html.Span(
            [html.Span(ZEICHEN[name], className="form", **{"aria-hidden": "true"}), f.zahl(n)],
            title=WOERTER[name],
            **{"aria-hidden": "true"},
        )
        for name, n in found.zahlen
    ]
    return html.Li(
        [
            dcc.Link(
                [html.Span(ziel.nr, className="nr"), ziel.titel],
                href=f"/handlungsfeld/{ziel.handlungsfeld}#{slug}",
            ),
            messbarkeit(ziel.messbarkeit),
            html.P(
                [html.Span(in_worten(found), className="vorlesen"), *counts], className="zahlen"
            ),
        ]
    )


def _neues(kontext: Kontext, indikatoren: Sequence[Indikator]) -> Component:
    """Say what this Datenstand changed against the one before."""
    changes = kontext.service.aenderungen()
    return html.Section(
        [
            html.Div(html.H2("Was neu ist"), className="feldkopf"),
            html.P(was_neu_ist(changes, indikatoren), className="satz"),
        ],
        className="feld",
    )


def _feld(
    kontext: Kontext,
    feld: Handlungsfeld,
    ziele: Sequence[Leitziel],
    by_goal: Mapping[str, list[Indikator]],
    latest: Mapping[str, Mapping[str, Wert]],
) -> Component:
    """Return the latest figures of one field of action, goal by goal."""
    cards = [_ziel(kontext, ziel, by_goal[ziel.id], latest) for ziel in ziele]
    return _falte(
        f"Handlungsfeld {feld.nr}",
        feld.titel,
        f"Neueste Zahlen zu {f.anzahl(len(ziele), 'Leitziel', 'Leitzielen')}",
        html.Div(cards, className="ziele"),
        html.P(dcc.Link("Ganzes Handlungsfeld", href=f"/handlungsfeld/{feld.id}")),
    )


def _ziel(
    kontext: Kontext,
    ziel: Leitziel,
    indikatoren: Sequence[Indikator],
    latest: Mapping[str, Mapping[str, Wert]],
) -> Component:
    known = [i for i in indikatoren if neben(latest, i.id).get(texts.kreis())]
    shown = sorted(known, key=lambda i: i.art == "anzahl")[:GEZEIGT]
    rows = [_stand(kontext, i, neben(latest, i.id)) for i in shown]
    more = len(indikatoren) - len(rows)
    slug = ziel.id.partition("/")[2]
    link = dcc.Link(
        f"{f.anzahl(more, 'weiterer Indikator', 'weitere Indikatoren')}"
        if more
        else ("Zum Leitziel" if rows else "Warum, und wer Zahlen hat"),
        href=f"/handlungsfeld/{ziel.handlungsfeld}#{slug}",
        className="mehr",
    )
    body: list[Component] = [html.Ul(rows)] if rows else []
    if not indikatoren:
        first, _, _ = (ziel.luecke or ziel.begruendung).partition(". ")  # the page says all of it
        body = [html.P(f"{first.rstrip('.')}.", className="leise ohnezahl")]
    return html.Article(
        [
            html.H3([html.Span(ziel.nr, className="nr"), ziel.titel]),
            messbarkeit(ziel.messbarkeit),
            *body,
            link,
        ],
        className="ziel",
    )


def _stand(kontext: Kontext, indikator: Indikator, werte: Mapping[str, Wert]) -> Component:
    """Return the latest state of one indicator as one line of words and numbers."""
    wert = werte[texts.kreis()]
    link = dcc.Link(indikator.kurztitel, href=f"/indikator/{indikator.id}")
    if wert.wert is None:
        return html.Li([link, html.Span(f.grund(wert), className="leise")])
    beside = vergleichswerte(wert, werte, indikator)
    small = " · ".join(part for part in (stand_text(wert, kontext.heute), beside) if part)
    return html.Li(
        [
            link,
            groesse(wert.wert, indikator),
            html.Span(small, className="leise"),
            *richtung(kontext.bewertungen().get(indikator.id)),
        ]
    )


def _rahmen(kontext: Kontext, latest: Mapping[str, Mapping[str, Wert]]) -> Component:
    """Return the indicators that belong to no Leitziel: the frame of all the others."""
    loose = [
        i
        for i in kontext.service.indikatoren()
        if not i.leitziele and texts.kreis() in neben(latest, i.id)
    ]
    rows = [_stand(kontext, i, neben(latest, i.id)) for i in loose]
    return _falte(
        "Querschnitt",
        "Was für alle Handlungsfelder gilt",
        f"Neueste Zahlen zu {f.anzahl(len(rows), 'Indikator', 'Indikatoren')}",
        html.Ul(rows, className="querschnitt"),
    )


def _falte(ueber: str, titel: str, dazu: str, *inhalt: Component) -> Component:
    """Return figures that are open where there is room, and folded on a phone."""
    head = [
        html.Span(ueber, className="kicker"),
        html.H2(titel),
        html.Span(dazu, className="leise"),
    ]
    return html.Details([html.Summary(head), *inhalt], className="feld breit-offen")
