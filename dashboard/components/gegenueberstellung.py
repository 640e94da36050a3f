"""Many municipalities beside each other: a heat table, and where each stands and moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard import dcc, html, theme
from dashboard import format as f
from dashboard.components.bausteine import abschnitt
from dashboard.html import Component
from dashboard.seite import Kontext
from indicators.records import Bewertung, Gebiet, Indikator, Wert

STUFEN = len(theme.STUFEN)
LAGEN = {
    "höher": "höher als der Kreis",
    "ähnlich": "wie der Kreis",
    "niedriger": "niedriger als der Kreis",
}
BEWEGUNGEN = {
    "gesunken": "gesunken",
    "ruhig": "keine eindeutige Veränderung",
    "gestiegen": "gestiegen",
    "offen": "keine Aussage",
}


@dataclass(frozen=True)
class Spalte:
    """One indicator at its newest period: its values, and the class of each among the 44."""

    indikator: Indikator
    zeit: str
    werte: Mapping[str, Wert]
    stufen: Mapping[str, int]


def spalte(kontext: Kontext, id_: str) -> Spalte:
    """Return one indicator at its newest period for the municipalities."""
    service = kontext.service
    periods = kontext.merke(("zeiten", id_), lambda: service.zeiten(id_, "gemeinde"))
    zeit = periods[-1][0] if periods else ""
    rows = kontext.merke(("vergleich", id_, zeit), lambda: service.vergleich(id_, zeit))
    known = sorted(w.wert for w in rows if w.wert is not None)
    return Spalte(
        service.indikator(id_),
        zeit,
        {w.gebiet: w for w in rows},
        {
            w.gebiet: min(STUFEN * sum(v < w.wert for v in known) // len(known), STUFEN - 1)
            for w in rows
            if w.wert is not None
        },
    )


def waermetabelle(columns: Sequence[Spalte], areas: Sequence[Gebiet]) -> Component:
    """Return the values as a table whose shade says where a value lies among the 44."""
    heads = [
        html.Th(
            [
                dcc.Link(c.indikator.kurztitel, href=f"/indikator/{c.indikator.id}"),
                html.Small(f"{f.einheit_kurz(c.indikator)}, {f.zeit_kurz(c.zeit)}"),
            ],
            scope="col",
        )
        for c in columns
    ]
    rows = [
        html.Tr(
            [
                html.Th(dcc.Link(g.kurzname, href=f"/gemeinde/{g.schluessel}"), scope="row"),
                *[_zelle(c, g) for c in columns],
            ]
        )
        for g in areas
    ]
    table = html.Table(
        [html.Thead(html.Tr([html.Th("Gemeinde", scope="col"), *heads])), html.Tbody(rows)],
        className="matrix waerme",
    )
    return abschnitt(
        "Werte nebeneinander",
        html.P(
            "Was nicht auf den Bildschirm passt, steht rechts: Die Tabelle lässt sich schieben.",
            className="leise nur-schmal",
        ),
        html.Div(
            table,
            className="tabelle",
            role="region",
            tabIndex=0,
            **{"aria-label": "Werte der Gemeinden je Indikator"},
        ),
        html.P(
            "Tönung: hell das untere, dunkel das obere Fünftel aller Gemeinden. »/« steht hinter"
            " Werten, die auf zu wenigen Fällen beruhen.",
            className="leise legende",
        ),
        id_="waermetabelle",
    )


def _zelle(column: Spalte, gebiet: Gebiet) -> Component:
    wert = column.werte.get(gebiet.schluessel)
    if wert is None or wert.wert is None:
        sign = "leer" if wert is None else f.ZEICHEN[wert.status]
        reason = "nicht veröffentlicht" if wert is None else f.grund(wert)
        return html.Td(sign, title=reason, className="ohne-wert")
    weak = " /" if wert.klasse == "nicht_sicher" else ""
    level = column.stufen[gebiet.schluessel]
    return html.Td(
        f"{f.zahl(wert.wert, column.indikator.nachkommastellen)}{weak}", className=f"stufe{level}"
    )


def lagematrix(kontext: Kontext, id_: str, areas: Sequence[Gebiet]) -> Component:
    """Return who stands where against the Kreis and moves which way, for one indicator."""
    indikator = kontext.service.indikator(id_)
    said = kontext.service.bewertung(id_, [g.schluessel for g in areas])
    places: dict[tuple[str, str], list[str]] = {}
    for g in areas:
        b = said.get(g.schluessel)
        if b is not None and b.vergleich_kreis:
            key = (b.vergleich_kreis.removeprefix("sicher "), _bewegung(b))
            places.setdefault(key, []).append(g.kurzname)
    titel = f"Lage und Richtung: {indikator.kurztitel}"
    if not places:
        text = (
            "Für diesen Indikator gibt es keine Fallzahlen je Gemeinde; deshalb lässt sich nicht"
            " sagen, welche Unterschiede mehr als Zufall sind."
        )
        return abschnitt(titel, id_="lage", satz=text)
    rows = [
        html.Tr(
            [
                html.Th(word, scope="row"),
                *[html.Td(", ".join(places.get((lage, move), ())) or "–") for move in BEWEGUNGEN],
            ]
        )
        for lage, word in LAGEN.items()
    ]
    head = html.Tr(
        [html.Th("Lage", scope="col"), *[html.Th(w, scope="col") for w in BEWEGUNGEN.values()]]
    )
    return abschnitt(
        titel,
        html.Div(
            html.Table([html.Thead(head), html.Tbody(rows)], className="matrix"),
            className="tabelle",
            role="region",
            tabIndex=0,
            **{"aria-label": titel},
        ),
        id_="lage",
        satz="Zeilen: Vergleich mit dem Kreis, über den Zufall hinaus. Spalten: Richtung der letzten"
        " vergleichbaren Jahre.",
    )


def _bewegung(b: Bewertung) -> str:
    if b.aussage in {"verbessert", "verschlechtert", "gestiegen", "gesunken"}:
        return "gestiegen" if (b.veraenderung or 0) > 0 else "gesunken"
    return "ruhig" if b.aussage in {"stabil", "unklar"} else "offen"
