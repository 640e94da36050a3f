"""Indikator: a question, its course, its map, its comparison, its table, its limits."""

from collections.abc import Mapping
from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update
from dash.exceptions import PreventUpdate

from dashboard import dcc, html, state
from dashboard.components import auswahl, daneben, methode, vergleich, verlauf
from dashboard.components.bausteine import aufklappen, hinweise
from dashboard.components.gruppen import nach_gruppen
from dashboard.components.indikatorkopf import kopf
from dashboard.components.nebeneinander import punktwolke
from dashboard.components.steckbrief import steckbrief
from dashboard.components.vielfach import verlaeufe
from dashboard.ergebnis import Ergebnis, ergebnis, moeglich
from dashboard.html import Component
from dashboard.pages import erwartet
from dashboard.seite import Kontext, Seite
from dashboard.state import GEGLAETTET, KACHELN, Auswahl, Moeglich

PFAD = "/indikator/"
PARTS = ("oben", "verlauf", "gruppen", "vergleich", "mit", "laden", "alle")


def seite(kontext: Kontext, id_: str, query: str) -> Seite:
    """Build the page of one indicator; raises UnknownError if there is none of that id."""
    service = kontext.service
    indikator = service.indikator(id_)
    if not indikator.ebenen:
        return erwartet.seite(kontext, indikator)
    found, ignored = _read(kontext, id_, query)
    request, sources = service.anforderung(id_), service.quellen(id_)
    top, trend, groups, comparison, other, files, every = (
        html.Div(part, id=f"ergebnis-{name}")
        for name, part in zip(PARTS, [*_parts(found, ignored), _every(found)], strict=True)
    )
    waiting = methode.wartende(service.wartende(id_))
    return Seite(
        indikator.kurztitel,
        [
            dcc.Location(id="wahl-adresse", refresh=False),
            dcc.Store(id="gezeigt", data=query),
            *kopf(kontext, indikator),
            *([waiting] if waiting else []),
            top,
            html.Div(
                [html.Div([auswahl.leiste(found), trend]), methode.wissen(indikator)],
                className="zweispaltig",
            ),
            groups,
            html.Section(
                [
                    vergleich.kopf(found),
                    auswahl.zeitleiste(found),
                    comparison,
                    every,
                    *_zweiter(found, other),
                ],
                className="abschnitt",
                **{"aria-labelledby": "vergleich-titel"},
            ),
            *daneben.zum_indikator(kontext, indikator),
            *([daneben.angefordert(request, mit_werten=True)] if request else []),
            files,
            methode.berechnung(indikator, steckbrief(kontext, indikator, sources)),
            methode.herkunft(sources),
            methode.zitieren(indikator, sources, service.datenstand()),
        ],
    )


def _read(kontext: Kontext, id_: str, query: str) -> tuple[Ergebnis, list[str]]:
    possible = moeglich(kontext, id_)
    chosen, ignored = state.lies(query, possible)
    return ergebnis(kontext, id_, chosen, possible), ignored


def _zweiter(found: Ergebnis, part: Component) -> list[Component]:
    """Return the part with a second indicator; counts and figures of the Kreis alone have none."""
    control = auswahl.zweiter(found)
    if not found.titel:
        return [html.Div([control, part], hidden=True)]
    title = "Zusammenhang mit einem anderen Indikator (für die Planung)"
    return [aufklappen(title, control, part, offen=bool(found.auswahl.mit))]


def _parts(found: Ergebnis, ignored: list[str]) -> tuple[list[Component], ...]:
    """Return what changes with every choice, in the order of PARTS."""
    notice, groups = hinweise(ignored), nach_gruppen(found)
    return (
        [*([notice] if notice else []), *verlauf.ort_satz(found), verlauf.stand(found)],
        [verlauf.abschnitt_verlauf(found)],
        [groups] if groups is not None else [],
        vergleich.teile(found),
        punktwolke(found),
        [methode.laden(found)],
    )


def _every(found: Ergebnis) -> list[Component]:
    """Return the many small charts, which change only with the group and the chosen areas."""
    charts = verlaeufe(found)
    return [charts] if charts is not None else []


def register(app: Dash, kontext: Kontext) -> None:
    """Wire the controls: address and controls are one state, the charts follow it.

    The page has its own view of the address, so that nothing of this runs on other pages.
    """

    @app.callback(
        Output("wahl-adresse", "search"),
        Output("gezeigt", "data"),
        *[Output(f"ergebnis-{name}", "children") for name in PARTS],
        *[Output(*control) for control in auswahl.AUSGABEN],
        Input("wahl-adresse", "search"),
        *[Input(f"wahl-{name}", "value") for name in auswahl.WAHL],
        State("wahl-adresse", "pathname"),
        State("gezeigt", "data"),
        prevent_initial_call=True,
    )
    def follow(search: str, *rest: Any) -> tuple[Any, ...]:  # noqa: ANN401 - values of controls
        *controls, path, shown = rest
        if not (path or "").startswith(PFAD):
            raise PreventUpdate
        id_ = path.removeprefix(PFAD)
        if ctx.triggered_id == "wahl-adresse":
            wanted = search or ""
        else:
            chosen = dict(zip(auswahl.WAHL, controls, strict=True))
            slider = ctx.triggered_id == "wahl-jahr"
            wanted = _chosen(moeglich(kontext, id_), chosen, slider=slider).query()
        if wanted == shown:
            raise PreventUpdate
        found, ignored = _read(kontext, id_, wanted)
        before = _read_choice(kontext, id_, shown or "")
        same = (before.gruppe, before.gebiete) == (found.auswahl.gruppe, found.auswahl.gebiete)
        every = no_update if same else _every(found)
        return (wanted, wanted, *_parts(found, ignored), every, *auswahl.werte(found))


def _read_choice(kontext: Kontext, id_: str, query: str) -> Auswahl:
    return state.lies(query, moeglich(kontext, id_))[0]


def _chosen(possible: Moeglich, controls: Mapping[str, Any], *, slider: bool) -> Auswahl:
    """Return the choice that the controls show; what equals the default is left out.

    slider: whether the slider was moved last, so that it says which period is meant
    """
    jahre = [str(jahr) for jahr in sorted(possible.jahre)]
    view = controls["ansicht"] if controls["ansicht"] in possible.ansichten[1:] else ""
    periods = possible.zeiten.get(view or next(iter(possible.ansichten), ""), ())
    zeit = auswahl.periode(periods, controls["jahr"]) if slider else controls["zeit"]
    von, bis = controls["von"], controls["bis"]
    return Auswahl(
        gebiete=tuple(controls["gebiete"] or ()),
        von=int(von) if von and von != jahre[0] else None,
        bis=int(bis) if bis and bis != jahre[-1] else None,
        gruppe=controls["gruppe"] if controls["gruppe"] in possible.gruppen else "",
        zeit=zeit if zeit and zeit in periods[:-1] else "",
        ansicht=view,
        karte=controls["karte"] if controls["karte"] in (KACHELN, GEGLAETTET) else "",
        mit=controls["mit"] if controls["mit"] in possible.mit else "",
    )
