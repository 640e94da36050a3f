"""The course of an indicator in all municipalities: many small charts on the same axes."""

from dashboard import dcc, html, saetze
from dashboard import format as f
from dashboard.components.bausteine import aufklappen, bild
from dashboard.components.werte import ERST_AB
from dashboard.ergebnis import Ergebnis
from dashboard.figures.linienbild import kurve
from dashboard.html import Component
from dashboard.seite import Kurve

BREITE, HOEHE = 150, 44


def verlaeufe(found: Ergebnis) -> Component | None:
    """Return a small chart for each municipality, folded; nothing if there is no course to show."""
    curves = {
        key: points
        for key, points in found.kurven.items()
        if any(p.wert is not None for p in points)
    }
    years = {p.jahr for points in curves.values() for p in points if p.wert is not None}
    if len(years) < ERST_AB:
        return None
    values = [p.wert for points in curves.values() for p in points if p.wert is not None]
    count = found.indikator.art == "anzahl"
    frame = None if count else (min(years), max(years), min(values), max(values))
    digits = found.indikator.nachkommastellen
    axes = (
        "Jedes Bild hat seine eigene senkrechte Achse, weil die Gemeinden verschieden groß sind."
        if count
        else f"Alle Bilder haben dieselben Achsen: {min(years)} bis {max(years)},"
        f" {f.zahl(min(values), digits)} bis {f.mit_einheit(max(values), found.indikator)}."
    )
    order = sorted(curves, key=lambda key: found.namen[key])
    return aufklappen(
        f"Verlauf in allen Gemeinden ({len(curves)})",
        html.P(
            f"{axes} Der Punkt ist der jüngste Wert; wo sich die Zählweise ändert, öffnet sich die"
            " Linie.",
            className="leise",
        ),
        html.Ul([_one(found, key, curves[key], frame) for key in order], className="vielfach"),
    )


def _one(
    found: Ergebnis, key: str, points: Kurve, frame: tuple[float, float, float, float] | None
) -> Component:
    name, indikator = found.namen[key], found.indikator
    sentence = saetze.kurve_satz(points, indikator)
    last = [p for p in points if p.wert is not None][-1]
    chosen = " gewaehlt" if key in found.auswahl.gebiete else ""
    return html.Li(
        [
            dcc.Link(name, href=f"/indikator/{indikator.id}?gebiete={key}", refresh=True),
            html.Strong(f.mit_einheit(last.wert, indikator)),
            bild(kurve(points, BREITE, HOEHE, frame), f"Verlauf in {name}. {sentence}"),
            html.Span(sentence, className="leise"),
        ],
        className=f"eines{chosen}",
    )
