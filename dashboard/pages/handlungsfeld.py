"""Handlungsfeld: its Leitziele with all their indicators, and its steering body."""

from collections.abc import Mapping, Sequence
from functools import partial

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import format as f
from dashboard import texts
from dashboard.components.bausteine import brotkrumen, messbarkeit
from dashboard.components.werte import Kurve, zeile
from dashboard.seite import Kontext, Seite, je_leitziel, neben
from etl.errors import UnknownError
from indicators.records import Indikator, Leitziel, Wert


def seite(kontext: Kontext, id_: str) -> Seite:
    """Build the page of one Handlungsfeld; raises UnknownError if there is none of that id."""
    service = kontext.service
    feld = next((feld for feld in service.handlungsfelder() if feld.id == id_), None)
    if feld is None:
        raise UnknownError.at(id_, f"Das Handlungsfeld »{id_}« gibt es nicht.", "Zur Startseite.")
    ziele = service.leitziele(id_)
    by_goal = je_leitziel(ziele, service.indikatoren())
    latest, curves = kontext.letzte(), kontext.merke("kurven", partial(service.kurven, texts.KREIS))
    parts = [_ziel(kontext, ziel, by_goal[ziel.id], latest, curves) for ziel in ziele]
    return Seite(
        feld.titel,
        [
            brotkrumen(("Start", "/")),
            html.P(f"Handlungsfeld {feld.nr}", className="kicker"),
            html.H1(feld.titel),
            html.P(feld.gremium, className="gremium"),
            _sprungliste(ziele),
            _legende(),
            *parts,
        ],
    )


def _sprungliste(ziele: Sequence[Leitziel]) -> Component:
    items = [
        html.Li(html.A([html.Span(z.nr, className="nr"), z.titel], href=f"#{_slug(z)}"))
        for z in ziele
    ]
    return html.Nav(
        [html.P("Die vier Leitziele", className="kicker"), html.Ul(items)],
        className="sprungliste",
        **{"aria-label": "Leitziele auf dieser Seite"},
    )


def _legende() -> Component:
    return html.P(
        "Streifen: jeder Strich eine Gemeinde, langer Strich die Mitte (Median), Raute der Kreis."
        " Verlauf: alle Jahre, für die der Kreis einen Wert hat.",
        className="leise legende",
    )


def _ziel(
    kontext: Kontext,
    ziel: Leitziel,
    indikatoren: Sequence[Indikator],
    latest: Mapping[str, Mapping[str, Wert]],
    curves: Mapping[str, Kurve],
) -> Component:
    rows = [_row(kontext, i, neben(latest, i.id), curves.get(i.id, ())) for i in indikatoren]
    gap = [html.P([html.Strong("Lücke. "), ziel.luecke], className="luecke")] if ziel.luecke else []
    return html.Section(
        [
            html.H2([html.Span(ziel.nr, className="nr"), ziel.titel], id=f"{_slug(ziel)}-titel"),
            html.P(
                [messbarkeit(ziel.messbarkeit), html.Span(ziel.begruendung)], className="einordnung"
            ),
            *gap,
            *([html.Ul(rows, className="reihen")] if rows else []),
            *([_download(indikatoren)] if rows else []),
        ],
        id=_slug(ziel),
        className="abschnitt leitziel",
        **{"aria-labelledby": f"{_slug(ziel)}-titel"},
    )


def _row(
    kontext: Kontext, indikator: Indikator, werte: Mapping[str, Wert], punkte: Kurve
) -> Component:
    spread = kontext.streuung(indikator.id) if "gemeinde" in indikator.ebenen else None
    return zeile(
        indikator,
        werte.get(texts.KREIS),
        andere=werte,
        punkte=punkte,
        spread=spread,
        heute=kontext.heute,
        bewertung=kontext.bewertungen().get(indikator.id),
    )


def _download(indikatoren: Sequence[Indikator]) -> Component:
    ids = ",".join(i.id for i in indikatoren)
    links: list[Component | str] = [f"{f.anzahl(len(indikatoren), 'Reihe', 'Reihen')} als CSV: "]
    for i, (dialekt, name) in enumerate(texts.DIALEKTE.items()):
        links += [" · "] if i else []
        links.append(html.A(name, href=f"/export.csv?indikator={ids}&dialekt={dialekt}"))
    return html.P(links, className="leise laden")


def _slug(ziel: Leitziel) -> str:
    return ziel.id.partition("/")[2]


def link(ziel: Leitziel) -> Component:
    """Return the link to a Leitziel on the page of its Handlungsfeld."""
    return dcc.Link(
        f"{ziel.nr} {ziel.titel}", href=f"/handlungsfeld/{ziel.handlungsfeld}#{_slug(ziel)}"
    )
