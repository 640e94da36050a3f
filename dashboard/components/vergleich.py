"""The lower part of an indicator page: map, sorted comparison, table."""

from collections.abc import Sequence
from itertools import groupby

from dashboard import format as f
from dashboard import html, saetze, texts
from dashboard.components import auswahl
from dashboard.components.bausteine import abschnitt, aufklappen, diagramm, tabelle
from dashboard.components.karte import karte
from dashboard.components.verlauf import KOPF, ZAHLEN, zeile
from dashboard.ergebnis import KREISE, VG, Ergebnis
from dashboard.figures.balken import balken_figure
from dashboard.figures.trichter import trichter_figure
from dashboard.html import Component
from dashboard.state import GEMEINDEN
from indicators.records import Wert

WAS = {
    GEMEINDEN: ("Gemeinde", "Gemeinden"),
    VG: ("Verwaltungsgemeinschaft", "Verwaltungsgemeinschaften"),
    KREISE: ("Kreis", "Kreise"),
}


def kopf(found: Ergebnis) -> Component:
    """Return the heading of the comparison with its own controls; it stays while charts change."""
    return html.Div(
        [html.H2("Vergleich", id="vergleich-titel"), auswahl.vergleichsleiste(found)],
        className="vergleichskopf",
    )


def teile(found: Ergebnis) -> list[Component]:
    """Return map, comparison and table of the chosen period."""
    if not found.ansicht:
        text = (
            "Dieser Indikator wird nur für den Kreis, das Land oder den Bund veröffentlicht."
            " Werte einzelner Gemeinden gibt es nicht."
        )
        return [html.P(text, className="satz")]
    names = found.namen
    sentence = saetze.vergleich_satz(
        found.vergleich, found.indikator, names, WAS[found.ansicht], found.marke
    )
    figure = balken_figure(
        found.vergleich,
        indikator=found.indikator,
        namen=names,
        gewaehlt=_emphasised(found),
        marke=found.marke,
    )
    bars = html.Div(
        [
            html.H3("Sortiert nach dem Wert"),
            diagramm(figure, id_="balken", satz=f"Balkendiagramm. {sentence}"),
            _missing(found),
        ],
        className="balken",
    )
    note = _level_note(found)
    return [
        html.P(sentence, className="satz", id="vergleich-satz"),
        *([html.P(note, className="leise")] if note else []),
        html.Div(
            [karte(found, sentence), bars] if found.ansicht == GEMEINDEN else [bars],
            className="nebeneinander",
        ),
        *[part for part in (_funnel(found),) if part is not None],
        _table(found),
    ]


def _emphasised(found: Ergebnis) -> Sequence[str]:
    own = [texts.kreis()] if found.ansicht == KREISE else []
    return [*found.auswahl.gebiete, *own]


def _level_note(found: Ergebnis) -> str:
    if found.ansicht == KREISE and GEMEINDEN not in found.moeglich.zeiten:
        return (
            "Für einzelne Gemeinden wird dieser Indikator nicht veröffentlicht, deshalb keine"
            f" Karte. Stattdessen: {texts.der_kreis()} unter den Kreisen des Landes."
        )
    if found.ansicht == VG:
        return (
            "Diese Werte gelten für die ganze Verwaltungsgemeinschaft und werden nicht auf ihre"
            " Mitgliedsgemeinden übertragen."
        )
    return ""


def _missing(found: Ergebnis) -> Component | None:
    """Name every area without a value under its reason."""
    rows = sorted((w for w in found.vergleich if w.wert is None), key=f.grund)
    if not rows:
        return None
    items = [
        html.Li([html.Strong(f"{reason}: "), ", ".join(_name(w, found) for w in same)])
        for reason, same in groupby(rows, key=f.grund)
    ]
    return html.Div([html.P("Ohne Wert", className="kicker"), html.Ul(items)], className="ohne")


def _name(wert: Wert, found: Ergebnis) -> str:
    return found.namen[wert.gebiet]


def _funnel(found: Ergebnis) -> Component | None:
    """Return the scatter by size for planners, folded; only for the period that it was made for."""
    if found.ansicht != GEMEINDEN or not found.trichter or found.trichter[0].zeit != found.zeit:
        return None
    sentence = saetze.trichter_satz(found.vergleich, found.trichter, found.namen)
    figure = trichter_figure(
        found.vergleich,
        found.trichter,
        indikator=found.indikator,
        namen=found.namen,
        gewaehlt=found.auswahl.gebiete,
    )
    return aufklappen(
        "Streuung nach Gemeindegröße (für die Planung)",
        html.P(sentence, className="satz"),
        diagramm(figure, id_="trichter", satz=f"Punktdiagramm. {sentence}"),
    )


def _table(found: Ergebnis) -> Component:
    rows = [zeile(w, found.namen[w.gebiet], found) for w in found.vergleich]
    note = html.P(texts.NUR_QUOTE, className="leise") if found.indikator.nur_quote else None
    title = f"{found.indikator.titel}, {f.zeit_kurz(found.zeit)}, {f.gemessen(found.indikator)}"
    return abschnitt("Tabelle", note, tabelle(KOPF, rows, title, rechts=ZAHLEN), id_="tabelle")
