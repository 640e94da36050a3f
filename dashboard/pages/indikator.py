"""Indikator: a question, its course, its map, its comparison, its table, its limits."""

from typing import Any

from dash import Dash, Input, Output, State, ctx, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import state
from dashboard.components import auswahl, methode, vergleich, verlauf
from dashboard.components.bausteine import brotkrumen, hinweise
from dashboard.ergebnis import Ergebnis, ergebnis, moeglich
from dashboard.pages import handlungsfeld
from dashboard.seite import Kontext, Seite
from dashboard.state import Auswahl
from indicators.records import Leitziel

PFAD = "/indikator/"
CONTROLS = ("gebiete", "von", "bis", "gruppe", "ansicht", "zeit")
PARTS = ("oben", "verlauf", "vergleich", "laden")


def seite(kontext: Kontext, id_: str, query: str) -> Seite:
    """Build the page of one indicator; raises UnknownError if there is none of that id."""
    service = kontext.service
    indikator = service.indikator(id_)
    found, ignored = _read(kontext, id_, query)
    ziele = {ziel.id: ziel for ziel in service.leitziele()}
    own = [ziele[key] for key in indikator.leitziele if key in ziele]
    top, trend, comparison, files = (
        html.Div(part, id=f"ergebnis-{name}")
        for name, part in zip(PARTS, _parts(found, ignored), strict=True)
    )
    return Seite(
        indikator.kurztitel,
        [
            dcc.Location(id="wahl-adresse", refresh=False),
            dcc.Store(id="gezeigt", data=query),
            brotkrumen(*_weg(kontext, own)),
            html.P(indikator.titel, className="kicker gross"),
            html.H1(indikator.frage),
            _ziele(own),
            top,
            html.Div(
                [html.Div([auswahl.leiste(found), trend]), methode.wissen(indikator)],
                className="zweispaltig",
            ),
            html.Section(
                [vergleich.kopf(found), comparison],
                className="abschnitt",
                **{"aria-labelledby": "vergleich-titel"},
            ),
            files,
            methode.abschnitte(indikator, service.quellen(id_)),
            methode.zitieren(indikator, service.quellen(id_), service.datenstand()),
        ],
    )


def _weg(kontext: Kontext, own: list[Leitziel]) -> list[tuple[str, str]]:
    if not own:
        return [("Start", "/")]
    key = own[0].handlungsfeld
    feld = next(feld for feld in kontext.service.handlungsfelder() if feld.id == key)
    return [("Start", "/"), (feld.kurztitel, f"/handlungsfeld/{feld.id}")]


def _ziele(own: list[Leitziel]) -> Component:
    if not own:
        return html.P("Rahmenzahl für alle Handlungsfelder", className="leitziele")
    links: list[Component | str] = []
    for ziel in own:
        links += [" · "] if links else ["Leitziel "]
        links.append(handlungsfeld.link(ziel))
    return html.P(links, className="leitziele")


def _read(kontext: Kontext, id_: str, query: str) -> tuple[Ergebnis, list[str]]:
    possible = moeglich(kontext, id_)
    chosen, ignored = state.lies(query, possible)
    return ergebnis(kontext, id_, chosen, possible), ignored


def _parts(found: Ergebnis, ignored: list[str]) -> tuple[list[Component], ...]:
    """Return what changes with the choice, in the order of PARTS."""
    notice = hinweise(ignored)
    return (
        [*([notice] if notice else []), verlauf.stand(found)],
        [verlauf.abschnitt_verlauf(found)],
        vergleich.teile(found),
        [methode.laden(found)],
    )


def register(app: Dash, kontext: Kontext) -> None:
    """Wire the controls: address and controls are one state, the charts follow it.

    The page has its own view of the address, so that nothing of this runs on other pages.
    """

    @app.callback(
        Output("wahl-adresse", "search"),
        Output("gezeigt", "data"),
        *[Output(f"ergebnis-{name}", "children") for name in PARTS],
        *[Output(f"wahl-{name}", "value") for name in CONTROLS],
        Output("wahl-zeit", "data"),
        Input("wahl-adresse", "search"),
        *[Input(f"wahl-{name}", "value") for name in CONTROLS],
        State("wahl-adresse", "pathname"),
        State("gezeigt", "data"),
        prevent_initial_call=True,
    )
    def follow(search: str, *rest: Any) -> tuple[Any, ...]:  # noqa: ANN401 - values of controls
        *controls, path, shown = rest
        if not (path or "").startswith(PFAD):
            raise PreventUpdate
        kontext.auffrischen()
        id_ = path.removeprefix(PFAD)
        by_address = ctx.triggered_id == "wahl-adresse"
        wanted = search or "" if by_address else _chosen(kontext, id_, *controls).query()
        if wanted == shown:
            raise PreventUpdate
        found, ignored = _read(kontext, id_, wanted)
        return (wanted, wanted, *_parts(found, ignored), *auswahl.werte(found))


def _chosen(
    kontext: Kontext,
    id_: str,
    gebiete: list[str] | None,
    von: str | None,
    bis: str | None,
    gruppe: str | None,
    ansicht: str | None,
    zeit: str | None,
) -> Auswahl:
    """Return the choice that the controls show; what equals the default is left out."""
    possible = moeglich(kontext, id_)
    jahre = sorted(possible.jahre)
    view = ansicht if ansicht in possible.ansichten[1:] else ""
    shown = view or next(iter(possible.ansichten), "")
    return Auswahl(
        gebiete=tuple(gebiete or ()),
        von=int(von) if von and int(von) != jahre[0] else None,
        bis=int(bis) if bis and int(bis) != jahre[-1] else None,
        gruppe=gruppe if gruppe in possible.gruppen else "",
        zeit=zeit if zeit and zeit in possible.zeiten.get(shown, ())[:-1] else "",
        ansicht=view or "",
    )
