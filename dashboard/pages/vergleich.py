"""Gemeinden vergleichen: areas × indicators, and who stands where and moves which way."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode

from dash import Dash, Input, Output, State, ctx
from dash.exceptions import PreventUpdate

from dashboard import dcc, dmc, html
from dashboard.components.auswahl import POPUP
from dashboard.components.bausteine import brotkrumen
from dashboard.components.gegenueberstellung import lagematrix, spalte, waermetabelle
from dashboard.html import Component
from dashboard.seite import Kontext, Seite
from indicators.records import Indikator, Wert

PFAD = "/vergleich"
HOECHSTENS = 8
VORGABE = (
    "arbeitslose_je_100_15_64",
    "kinderarmut_sgb2_u15",
    "personen_in_bg_je_1000",
    "anteil_65_plus",
    "auslaenderanteil_zensus_2022",
    "hausaerzte_je_10000",
)


@dataclass(frozen=True, slots=True)
class Wahl:
    """Which areas and indicators stand beside each other, and by which column they are sorted."""

    gebiete: tuple[str, ...]
    indikatoren: tuple[str, ...]
    sortiert: str

    def query(self) -> str:
        """Return the query of the address; what equals the default is left out."""
        parts = {
            "gebiete": ",".join(self.gebiete),
            "indikatoren": "" if self.indikatoren == VORGABE else ",".join(self.indikatoren),
            "sortiert": self.sortiert,
        }
        chosen = {name: text for name, text in parts.items() if text}
        return f"?{urlencode(chosen, safe=',')}" if chosen else ""


def lies(kontext: Kontext, query: str) -> Wahl:
    """Read the choice from an address; unknown names are left out."""
    given = {name: texts[0] for name, texts in parse_qs(query.lstrip("?")).items()}
    possible = {i.id for i in _moegliche(kontext)}
    areas = {g.schluessel for g in kontext.service.gebiete("gemeinde")}
    wanted = [i for i in given.get("indikatoren", "").split(",") if i in possible]
    chosen = tuple(dict.fromkeys(wanted))[:HOECHSTENS] or VORGABE
    return Wahl(
        tuple(dict.fromkeys(g for g in given.get("gebiete", "").split(",") if g in areas)),
        tuple(i for i in chosen if i in possible),
        given.get("sortiert", "") if given.get("sortiert") in chosen else "",
    )


def _moegliche(kontext: Kontext) -> list[Indikator]:
    return [i for i in kontext.service.indikatoren() if "gemeinde" in i.ebenen]


def seite(kontext: Kontext, _id: str, query: str) -> Seite:
    """Build the page for the choice in the address."""
    wahl = lies(kontext, query)
    return Seite(
        "Gemeinden vergleichen",
        [
            dcc.Location(id="vergleich-adresse", refresh=False),
            dcc.Store(id="vergleich-gezeigt", data=query),
            brotkrumen(("Start", "/")),
            html.P("Für die Planung", className="kicker"),
            html.H1("Gemeinden vergleichen"),
            html.P(
                "Mehrere Indikatoren nebeneinander, jeweils mit dem jüngsten gemeinsamen Zeitpunkt."
                " Die Tönung zeigt nur, wo ein Wert unter allen Gemeinden liegt; sie sagt nicht, ob"
                " das gut oder schlecht ist.",
                className="leitsatz",
            ),
            _leiste(kontext, wahl),
            html.Div(teile(kontext, wahl), id="vergleich-teile"),
        ],
    )


def _leiste(kontext: Kontext, wahl: Wahl) -> Component:
    indicators = [{"value": i.id, "label": i.kurztitel} for i in _moegliche(kontext)]
    areas = [
        {"value": g.schluessel, "label": g.kurzname} for g in kontext.service.gebiete("gemeinde")
    ]
    sorting = [{"value": "", "label": "nach Namen"}] + [
        {"value": i, "label": kontext.service.indikator(i).kurztitel} for i in wahl.indikatoren
    ]
    return html.Div(
        [
            html.Div(
                dmc.MultiSelect(
                    id="vergleich-indikatoren",
                    label=f"Indikatoren (bis zu {HOECHSTENS})",
                    data=indicators,
                    value=list(wahl.indikatoren),
                    searchable=True,
                    maxValues=HOECHSTENS,
                    hidePickedOptions=True,
                    comboboxProps=POPUP,
                ),
                className="wahl weit",
            ),
            html.Div(
                dmc.MultiSelect(
                    id="vergleich-gebiete",
                    label="Gemeinden (leer: alle)",
                    data=areas,
                    value=list(wahl.gebiete),
                    searchable=True,
                    clearable=True,
                    hidePickedOptions=True,
                    comboboxProps=POPUP,
                    clearButtonProps={"aria-label": "Alle abwählen"},
                ),
                className="wahl weit",
            ),
            html.Div(
                dmc.Select(
                    id="vergleich-sortiert",
                    label="Sortiert",
                    data=sorting,
                    value=wahl.sortiert,
                    allowDeselect=False,
                    comboboxProps=POPUP,
                ),
                className="wahl",
            ),
        ],
        className="leiste",
        role="group",
        **{"aria-label": "Auswahl"},
    )


def teile(kontext: Kontext, wahl: Wahl) -> list[Component]:
    """Return heat table and matrix for a choice."""
    columns = [spalte(kontext, id_) for id_ in wahl.indikatoren]
    areas = [
        g
        for g in kontext.service.gebiete("gemeinde")
        if not wahl.gebiete or g.schluessel in wahl.gebiete
    ]
    if wahl.sortiert:
        values = next(c.werte for c in columns if c.indikator.id == wahl.sortiert)
        areas.sort(key=lambda g: _sortwert(values.get(g.schluessel)), reverse=True)
    first = wahl.sortiert or (wahl.indikatoren[0] if wahl.indikatoren else "")
    return [
        waermetabelle(columns, areas),
        *([lagematrix(kontext, first, areas)] if first else []),
    ]


def _sortwert(wert: Wert | None) -> float:
    return float("-inf") if wert is None or wert.wert is None else wert.wert


def register(app: Dash, kontext: Kontext) -> None:
    """Wire the controls: address and controls are one state, the tables follow it."""

    @app.callback(
        Output("vergleich-adresse", "search"),
        Output("vergleich-gezeigt", "data"),
        Output("vergleich-teile", "children"),
        Output("vergleich-indikatoren", "value"),
        Output("vergleich-gebiete", "value"),
        Output("vergleich-sortiert", "value"),
        Output("vergleich-sortiert", "data"),
        Input("vergleich-adresse", "search"),
        Input("vergleich-indikatoren", "value"),
        Input("vergleich-gebiete", "value"),
        Input("vergleich-sortiert", "value"),
        State("vergleich-adresse", "pathname"),
        State("vergleich-gezeigt", "data"),
        prevent_initial_call=True,
    )
    def follow(
        search: str,
        indikatoren: list[str] | None,
        gebiete: list[str] | None,
        sortiert: str | None,
        path: str,
        shown: str,
    ) -> tuple[Any, ...]:
        if path != PFAD:
            raise PreventUpdate
        if ctx.triggered_id == "vergleich-adresse":
            wanted = search or ""
        else:
            chosen = tuple(indikatoren or ())
            column = sortiert if sortiert in chosen else ""
            wanted = Wahl(tuple(gebiete or ()), chosen, column or "").query()
        if wanted == shown:
            raise PreventUpdate
        wahl = lies(kontext, wanted)
        options = [{"value": "", "label": "nach Namen"}] + [
            {"value": i, "label": kontext.service.indikator(i).kurztitel} for i in wahl.indikatoren
        ]
        return (
            wanted,
            wanted,
            teile(kontext, wahl),
            list(wahl.indikatoren),
            list(wahl.gebiete),
            wahl.sortiert,
            options,
        )
