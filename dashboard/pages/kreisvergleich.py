"""Kreisvergleich: the Kreis among the Stadt- und Landkreise of its Land."""

from collections.abc import Sequence

from dashboard import dcc, html, texts
from dashboard import format as f
from dashboard.components.bausteine import aufklappen, bild, brotkrumen, groesse
from dashboard.components.werte import stand_text
from dashboard.figures.linienbild import streifen
from dashboard.html import Component
from dashboard.seite import Kontext, Seite, neben
from dashboard.streuung import Streuung
from indicators.records import Indikator, Wert

EBENE = "kreis"
GENUG = 30  # fewer Kreise are no comparison with the Land


def seite(kontext: Kontext) -> Seite:
    """Build the comparison of the Kreis with the other Kreise, by field of action."""
    service = kontext.service
    indikatoren = service.indikatoren()
    fields = [
        (f"{feld.nr} {feld.titel}", [i for i in indikatoren if _gehoert(i, feld.id)])
        for feld in service.handlungsfelder()
    ]
    fields.append(("Rahmen", [i for i in indikatoren if not i.leitziele]))
    return Seite(
        "Kreisvergleich",
        [
            brotkrumen(("Start", "/"), ("Gemeinden", "/gemeinden")),
            html.P("Profil", className="kicker"),
            html.H1("Der Landkreis unter den Kreisen"),
            html.P(
                f"Wo {texts.der_kreis()} unter den {texts.kreise()}"
                " liegt. Großstädte und ländliche Kreise haben verschiedene Aufgaben; ein Abstand"
                " ist deshalb noch kein Urteil.",
                className="leitsatz",
            ),
            html.P(
                "Streifen: jeder Strich ein Kreis, langer Strich die Mitte, Punkt"
                f" {texts.der_kreis()}.",
                className="leise legende",
            ),
            *[_feld(kontext, titel, group) for titel, group in fields],
        ],
    )


def _gehoert(indikator: Indikator, feld: str) -> bool:
    return bool(indikator.leitziele) and indikator.leitziele[0].startswith(f"{feld}/")


def _feld(kontext: Kontext, titel: str, indikatoren: Sequence[Indikator]) -> Component:
    latest = kontext.letzte()
    rows, without = [], []
    for indikator in indikatoren:
        wert = neben(latest, indikator.id).get(texts.kreis())
        spread = None if wert is None else kontext.streuung(indikator.id, wert.zeit, EBENE)
        if wert is None or wert.wert is None or spread is None or len(spread.werte) < GENUG:
            without.append(indikator.titel)
        else:
            land = neben(latest, indikator.id).get(texts.land())
            rows.append(_zeile(indikator, wert, wert.wert, spread, land, kontext.heute))
    folded = []
    if without:
        items = html.Ul([html.Li(text) for text in without])
        label = (
            f"{f.anzahl(len(without), 'Indikator', 'Indikatoren')} ohne Werte der anderen Kreise"
        )
        folded = [aufklappen(label, items)]
    return html.Section(
        [html.H2(titel), html.Ul(rows, className="reihen profil"), *folded],
        className="abschnitt profilfeld",
    )


def _zeile(
    indikator: Indikator,
    wert: Wert,
    own: float,
    spread: Streuung,
    land: Wert | None,
    heute: int,
) -> Component:
    href = f"/indikator/{indikator.id}?ansicht=kreis"
    place = f.differenz(own, spread.mitte, indikator, "der Mitte der Kreise")
    low, high = min(spread.werte), max(spread.werte)
    digits = indikator.nachkommastellen
    span = (
        f"Kreise {spread.jahr}: {f.zahl(low, digits)} bis {f.zahl(high, digits)},"
        f" Mitte {f.zahl(spread.mitte, digits)}"
    )
    beside = (
        f"Land {f.zahl(land.wert, digits)}"
        if land is not None and land.wert is not None and land.zeit == wert.zeit
        else ""
    )
    return html.Li(
        [
            html.Div(
                [
                    dcc.Link(indikator.titel, href=href, className="titel"),
                    html.Span(stand_text(wert, heute), className="leise"),
                ],
                className="was",
            ),
            html.Div(
                [groesse(own, indikator), html.Span(beside, className="leise")], className="wert"
            ),
            html.Div(html.Span(place, className="leise"), className="verlauf"),
            html.Div(
                [
                    bild(streifen(spread.werte, spread.mitte, hier=own), f"{span}. {place}."),
                    html.Span(span, className="leise"),
                ],
                className="streuung",
            ),
        ],
        className="reihe",
    )
