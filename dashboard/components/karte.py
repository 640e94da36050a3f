"""The map of an indicator page, as areas or as tiles of equal size, with its legend."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import sqrt
from typing import Any

from dashboard import format as f
from dashboard import html, texts, theme
from dashboard.components.bausteine import diagramm
from dashboard.ergebnis import Ergebnis
from dashboard.figures.karte import flaechenkarte, kreiskarte
from dashboard.figures.klassen import Klasse, klassen
from dashboard.html import Component
from dashboard.kacheln import kacheln
from dashboard.state import GEGLAETTET, KACHELN
from indicators.records import Wert

HELLE_SCHRIFT = theme.STUFEN[3:]  # from here on dark text could not be read
ANZAHL_KARTE = "Fläche des Kreises = Anzahl."
ANZAHL_KACHEL = "Getönte Fläche = Anzahl."


def karte(found: Ergebnis, satz: str) -> Component:
    """Return the municipalities of the shown period in the way that was chosen.

    satz: what the comparison says; it is the text alternative, the table below holds the values
    """
    tiles = found.auswahl.karte == KACHELN
    if found.auswahl.karte == GEGLAETTET:
        return _geglaettet(found, satz)
    count = found.indikator.art == "anzahl"
    classes, index = ([], {}) if count else _classes(found)
    if tiles:
        picture = _tiles(found, index, classes, f"Kachelkarte der Gemeinden. {satz}")
        source = "Jede Kachel eine Gemeinde, gleich groß, ungefähr nach ihrer Lage angeordnet."
        note: Component = html.P(source, className="leise")
    else:
        picture = _map(found, index, classes, f"Karte der Gemeinden. {satz}")
        note = html.P(html.A(texts.KARTE_QUELLE, href=texts.KARTE_ADRESSE), className="leise")
    counts = html.P(ANZAHL_KACHEL if tiles else ANZAHL_KARTE, className="legende leise")
    legend = counts if count else _legend(found, classes)
    title = html.H3("Gleich große Kacheln" if tiles else "Karte")
    return html.Div([title, picture, legend, note], className="karte")


def _geglaettet(found: Ergebnis, satz: str) -> Component:
    """Return the map of smoothed estimates; they stand on the map only, never in a table."""
    if not found.geglaettet:
        text = (
            "Geglättet wird nur der jüngste Zeitpunkt von Indikatoren, zu denen es Fallzahlen gibt."
        )
        return html.Div([html.H3("Karte, geglättet"), html.P(text)], className="karte")
    smooth = replace(
        found,
        vergleich=[
            replace(w, wert=found.geglaettet.get(w.gebiet), unten=None, oben=None)
            for w in found.vergleich
        ],
    )
    classes, index = _classes(smooth)
    picture = _map(smooth, index, classes, f"Karte der Gemeinden, geglättet (Schätzwert). {satz}")
    text = (
        "Schätzwerte: Je kleiner eine Gemeinde, desto näher steht ihr Wert am Mittel aller. So"
        " sieht man Muster statt Zufall. In Tabellen und Vergleichen steht der gezählte Wert."
    )
    source = html.A(texts.KARTE_QUELLE, href=texts.KARTE_ADRESSE)
    return html.Div(
        [
            html.H3("Karte, geglättet (Schätzwert)"),
            picture,
            _legend(smooth, classes),
            html.P([text, " ", source], className="leise"),
        ],
        className="karte",
    )


def _classes(found: Ergebnis) -> tuple[list[Klasse], dict[str, int]]:
    """Return the classes, which are the same in every year, and the class of each municipality."""
    seen = [w for w in found.vergleich if w.wert is not None]
    every = [p.wert for points in found.kurven.values() for p in points if p.wert is not None]
    classes, places = klassen(
        [w.wert or 0.0 for w in seen], found.indikator.nachkommastellen, every
    )
    return classes, {w.gebiet: place for w, place in zip(seen, places, strict=True)}


def _map(
    found: Ergebnis, index: Mapping[str, int], classes: Sequence[Klasse], satz: str
) -> Component:
    about: dict[str, Any] = {
        "indikator": found.indikator,
        "namen": found.namen,
        "gewaehlt": found.auswahl.gebiete,
    }
    if found.indikator.art == "anzahl":
        figure = kreiskarte(found.vergleich, umrisse=found.umrisse, **about)
    else:
        figure = flaechenkarte(found.vergleich, index, classes, grenzen=found.grenzen, **about)
    return diagramm(figure, id_="karte", satz=satz)


def _tiles(
    found: Ergebnis, index: Mapping[str, int], classes: Sequence[Klasse], satz: str
) -> Component:
    places = kacheln()
    top = max((w.wert or 0.0 for w in found.vergleich), default=0.0) or 1.0
    tiles = [_tile(found, w, index, classes, top) for w in found.vergleich if w.gebiet in places]
    return html.Div(tiles, className="kacheln", role="img", **{"aria-label": satz})


def _tile(
    found: Ergebnis, wert: Wert, index: Mapping[str, int], classes: Sequence[Klasse], top: float
) -> Component:
    place = kacheln()[wert.gebiet]
    style = {"gridRow": str(place.zeile), "gridColumn": str(place.spalte)}
    inside: list[Component] = []
    look = ["kachel"]
    if wert.wert is None:
        look.append("schraffiert")
    elif wert.gebiet in index:
        style["background"] = classes[index[wert.gebiet]].farbe
        look += ["dunkel"] if style["background"] in HELLE_SCHRIFT else []
    else:
        side = f"{100 * sqrt(max(wert.wert, 0.0) / top):.0f}%"
        inside.append(html.Span(className="menge", style={"width": side, "height": side}))
    if wert.gebiet in found.auswahl.gebiete:
        look.append("gewaehlt")
    shown = f.zahl(wert.wert, found.indikator.nachkommastellen) if wert.wert is not None else "–"
    said = f.grund(wert) if wert.wert is None else f.mit_einheit(wert.wert, found.indikator)
    return html.Div(
        [*inside, html.Span(place.kurz, className="name"), html.Strong(shown)],
        className=" ".join(look),
        style=style,
        title=f"{found.namen[wert.gebiet]}: {said}",
    )


def _legend(found: Ergebnis, classes: Sequence[Klasse]) -> Component:
    digits = found.indikator.nachkommastellen
    rows = [
        _swatch(
            f"{f.zahl(k.von, digits)} bis {f.zahl(k.bis, digits)}"
            if k.von != k.bis
            else f.zahl(k.von, digits),
            f.anzahl(k.anzahl, "Gemeinde", "Gemeinden") if k.anzahl else "keine Gemeinde",
            {"background": k.farbe},
        )
        for k in classes
    ]
    missing = sum(w.wert is None for w in found.vergleich)
    if missing:
        count = f.anzahl(missing, "Gemeinde", "Gemeinden")
        rows.append(_swatch("kein Wert", count, {}, "schraffiert"))
    fixed = (
        "; Klassen in allen Jahren gleich" if len(found.moeglich.zeiten[found.ansicht]) > 1 else ""
    )
    head = f"{f.einheit_kurz(found.indikator)}, {f.zeit_kurz(found.zeit)}{fixed}"
    return html.Div([html.P(head, className="leise"), html.Ul(rows)], className="legende klassen")


def _swatch(text: str, count: str, style: dict[str, str], klasse: str = "") -> Component:
    return html.Li(
        [
            html.Span(className=f"muster {klasse}".strip(), style=style),
            html.Span(text),
            html.Span(count, className="leise"),
        ]
    )
