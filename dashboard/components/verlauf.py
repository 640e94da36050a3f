"""The upper part of an indicator page: newest values, trend chart, its table."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import format as f
from dashboard import saetze, texts
from dashboard.components.bausteine import (
    abschnitt,
    angaben,
    aufklappen,
    diagramm,
    groesse,
    tabelle,
)
from dashboard.components.werte import stand_text
from dashboard.ergebnis import Ergebnis
from dashboard.figures.trend import trend_figure
from indicators.records import Wert

KOPF = ("Gebiet", "Zeit", "Wert", "Zähler", "Nenner", "Status", "Zählbasis")
ZAHLEN = ("Wert", "Zähler", "Nenner")


def stand(found: Ergebnis) -> Component:
    """Return the newest values of Kreis, Land and Bund as large numbers with their period."""
    blocks = [
        html.Div(
            [
                html.Dt(texts.LANG[key]),
                html.Dd(
                    [
                        groesse(wert.wert, found.indikator),
                        html.Span(_note(wert, found.heute), className="leise"),
                    ]
                ),
            ]
        )
        for key in texts.LANG
        if (wert := found.rahmen.get(key)) is not None and wert.wert is not None
    ]
    return html.Dl(blocks, className="stand") if blocks else html.Div()


def _note(wert: Wert, heute: int) -> str:
    quality = "" if wert.guete in {"", "endgueltig"} else f", {f.status(wert)}"
    return f"{stand_text(wert, heute)}{quality}"


def abschnitt_verlauf(found: Ergebnis) -> Component:
    """Return the trend chart, or the sentence that says why there is none."""
    years = {w.jahr for line in found.linien for w in line.werte if w.wert is not None}
    title = "Entwicklung" if not found.auswahl.gruppe else f"Entwicklung: {f.gruppe(found.gruppe)}"
    if not years:
        text = "Für diese Auswahl gibt es keinen Wert. Andere Jahre oder Gemeinden wählen."
        return abschnitt(title, _values(found), id_="entwicklung", satz=text)
    if len(years) == 1:
        text = (
            f"Es liegt nur ein Jahr vor ({min(years)}); eine Linie gäbe es erst ab zwei."
            " Der Vergleich steht weiter unten."
        )
        return abschnitt(title, _single(found), _values(found), id_="entwicklung", satz=text)
    sentence = saetze.trend_satz(found.linien, found.indikator)
    figure = trend_figure(found.linien, found.indikator)
    return abschnitt(
        title,
        diagramm(figure, id_="trend", satz=f"Liniendiagramm. {sentence}"),
        _without(found),
        _values(found),
        id_="entwicklung",
        satz=sentence,
    )


def _single(found: Ergebnis) -> Component:
    facts = [
        (line.name, f.mit_einheit(w.wert, found.indikator))
        for line in found.linien
        for w in line.werte
        if w.wert is not None
    ]
    return angaben(facts, "angaben einzeln")


def _without(found: Ergebnis) -> Component | None:
    """Say which chosen areas have no line, and why counts of Land and Bund have none."""
    drawn = {w.gebiet for line in found.linien for w in line.werte}
    names = [found.namen[key] for key in found.auswahl.gebiete if key not in drawn]
    notes = [f"Ohne Wert in diesem Zeitraum: {', '.join(names)}."] if names else []
    if found.indikator.art == "anzahl":
        notes.append(
            "Absolute Zahlen verschieden großer Gebiete passen nicht in ein Diagramm: Land und Bund"
            " stehen nur in der Tabelle, der Kreis nur, solange keine Gemeinde gewählt ist."
        )
    return html.P(" ".join(notes), className="leise") if notes else None


def _values(found: Ergebnis) -> Component | None:
    rows = [zeile(w, line_name, found) for line_name, werte in _series(found) for w in werte]
    if not rows:
        return None
    table = tabelle(
        KOPF, rows, f"{found.indikator.titel}: Werte der gezeigten Gebiete", rechts=ZAHLEN
    )
    return aufklappen("Werte dieses Diagramms als Tabelle", table)


def _series(found: Ergebnis) -> list[tuple[str, Sequence[Wert]]]:
    return [(line.name, line.werte) for line in found.linien]


def zeile(wert: Wert, name: str, found: Ergebnis) -> list[str]:
    """Return one value as a table row: number, counts, status and basis."""
    digits = found.indikator.nachkommastellen
    return [
        name,
        f.zeit(wert.zeit, wert.zeitbezug),
        f.zahl(wert.wert, digits) if wert.wert is not None else f.ZEICHEN[wert.status],
        "" if wert.zaehler is None else f.zahl(wert.zaehler),
        "" if wert.nenner is None else f.zahl(wert.nenner),
        ", ".join(filter(None, [f.status(wert), wert.anmerkung])),
        f.BASIS.get(wert.basis, wert.basis),
    ]
