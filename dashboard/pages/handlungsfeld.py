"""Handlungsfeld: its Leitziele with all their indicators, and its steering body."""

from collections.abc import Mapping, Sequence

from dashboard import dcc, html, texts
from dashboard import format as f
from dashboard.components import daneben
from dashboard.components.bausteine import aufklappen, brotkrumen, messbarkeit
from dashboard.components.werte import reihe_kreis
from dashboard.html import Component
from dashboard.lage import kern, lage, was_neu_ist, was_offen_ist, was_wir_wissen
from dashboard.seite import Kontext, Seite, je_leitziel
from etl.errors import UnknownError
from indicators.records import Indikator, Leitziel


def seite(kontext: Kontext, id_: str) -> Seite:
    """Build the page of one Handlungsfeld; raises UnknownError if there is none of that id."""
    service = kontext.service
    feld = next((feld for feld in service.handlungsfelder() if feld.id == id_), None)
    if feld is None:
        raise UnknownError.at(id_, f"Das Handlungsfeld »{id_}« gibt es nicht.", "Zur Startseite.")
    ziele = service.leitziele(id_)
    by_goal = je_leitziel(ziele, service.indikatoren())
    parts = [_ziel(kontext, ziel, by_goal[ziel.id]) for ziel in ziele]
    return Seite(
        feld.titel,
        [
            brotkrumen(("Start", "/")),
            html.P(f"Handlungsfeld {feld.nr}", className="kicker"),
            html.H1(feld.titel),
            html.P(dcc.Link(feld.gremium, href=f"/gremien/{feld.id}"), className="gremium"),
            _drei_saetze(kontext, by_goal),
            _sprungliste(ziele),
            _legende(),
            *parts,
            *_daneben(kontext, id_),
        ],
    )


def _daneben(kontext: Kontext, id_: str) -> list[Component]:
    """Return the money of the field and the notes of its experts, where there are any."""
    service = kontext.service
    parts = (
        daneben.geld(
            service.geld(handlungsfeld=id_), [g for g in service.geld() if not g.handlungsfelder]
        ),
        daneben.notizen(kontext, service.fachnotizen(handlungsfeld=id_)),
    )
    return [part for part in parts if part is not None]


def _drei_saetze(kontext: Kontext, je_ziel: Mapping[str, Sequence[Indikator]]) -> Component:
    """Open with three sentences: what is known, what is new, what is to be decided."""
    own = list({i.id: i for rows in je_ziel.values() for i in rows}.values())
    targets = {z.indikator for z in kontext.service.zielwerte()}
    found = lage(own, kontext.bewertungen())
    return html.Ul(
        [
            html.Li(was_wir_wissen(found, "im Kreis")),
            html.Li(was_neu_ist(kontext.service.aenderungen(), own)),
            html.Li(was_offen_ist(je_ziel, targets)),
        ],
        className="saetze drei",
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
) -> Component:
    def rows(group: Sequence[Indikator]) -> Component:
        return html.Ul([reihe_kreis(kontext, i) for i in group], className="reihen")

    found = lage(indikatoren, kontext.bewertungen())
    given = [i for i in indikatoren if i.ebenen]
    core = kern(kontext.service.kern(ziel.id), indikatoren, found)
    more = [i for i in [*found.beurteilt, *found.offen] if i not in core]
    asked = daneben.angefordert_zeilen(kontext, found.angefordert)
    folded = [aufklappen(f"Weitere Indikatoren ({f.zahl(len(more))})", rows(more))] if more else []
    gap = [html.P([html.Strong("Lücke. "), ziel.luecke], className="luecke")] if ziel.luecke else []
    return html.Section(
        [
            html.H2([html.Span(ziel.nr, className="nr"), ziel.titel], id=f"{_slug(ziel)}-titel"),
            html.P(
                [messbarkeit(ziel.messbarkeit), html.Span(ziel.begruendung)], className="einordnung"
            ),
            *gap,
            html.P(dcc.Link("Vom Leitziel zur Maßnahme", href=f"/leitziel/{ziel.id}")),
            *([rows(core)] if core else []),
            *([asked] if asked is not None else []),
            *folded,
            *([_download(given)] if given else []),
        ],
        id=_slug(ziel),
        className="abschnitt leitziel",
        **{"aria-labelledby": f"{_slug(ziel)}-titel"},
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
