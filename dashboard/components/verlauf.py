"""The upper part of an indicator page: newest values, trend chart, its table."""

from collections.abc import Sequence

from dashboard import aussagen, dcc, html, saetze, texts
from dashboard import format as f
from dashboard.components.bausteine import (
    abschnitt,
    angaben,
    aufklappen,
    diagramm,
    groesse,
    tabelle,
    zeichen,
)
from dashboard.components.werte import stand_text
from dashboard.ergebnis import Ergebnis
from dashboard.figures.ausblick import spanne
from dashboard.figures.trend import trend_figure
from dashboard.figures.zeitachse import marken
from dashboard.html import Component
from dashboard.ort import aussage
from indicators.records import Wert

KOPF = ("Gebiet", "Zeit", "Wert", "Zufallsbereich", "Zähler", "Nenner", "Status", "Zählbasis")
ZAHLEN = ("Wert", "Zufallsbereich", "Zähler", "Nenner")


def ort_satz(found: Ergebnis) -> list[Component]:
    """Return what is said of the one chosen municipality, for everybody who came for it."""
    if found.ort is None:
        return []
    value, indikator = found.ort.wert, found.indikator
    parts: list[Component | str] = [
        html.Strong(f"{found.ort.name}: {f.mit_einheit(value.wert, indikator)}"),
        f" ({_note(value, found.heute)})",
    ]
    for sign, words in aussage(found.ort, indikator):
        parts += ["; ", *([zeichen(sign)] if sign else []), words]
    weak = aussagen.klasse_satz(value, indikator)
    return [
        html.P([*parts, ".", f" {weak}" if weak else ""], className="ortssatz", id="ort-satz"),
        html.P(
            dcc.Link(f"Alle Werte von {found.ort.name}", href=f"/gemeinde/{found.eine}"),
            className="leise",
        ),
    ]


def stand(found: Ergebnis) -> Component:
    """Return the newest values of Kreis, Land and Bund as large numbers with their period."""
    blocks = [
        html.Div(
            [
                html.Dt(texts.lang()[key]),
                html.Dd(
                    [
                        groesse(wert.wert, found.indikator),
                        html.Span(_note(wert, found.heute), className="leise"),
                        *_said(found, key, wert.wert),
                    ]
                ),
            ]
        )
        for key in texts.lang()
        if (wert := found.rahmen.get(key)) is not None and wert.wert is not None
    ]
    return html.Dl(blocks, className="stand") if blocks else html.Div()


def _said(found: Ergebnis, key: str, wert: float) -> list[Component]:
    """Return trend and comparison with the Land as words with their signs."""
    b = found.bewertungen.get(key)
    if b is None or key != texts.kreis():
        return []
    words = [aussagen.trend_wort(b), aussagen.land_wort(b, wert, found.indikator)]
    return [html.Span([zeichen(sign), word], className="aussage") for sign, word in words if word]


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
    marks = marken([line.werte for line in found.linien], found.brueche)
    sentence = saetze.trend_satz(found.linien, found.indikator, marks)
    figure = trend_figure(found.linien, found.indikator, marks)
    return abschnitt(
        title,
        diagramm(figure, id_="trend", satz=f"Liniendiagramm. {sentence}"),
        _without(found),
        _ahead(found),
        _directions(found),
        _breaks(found, [title for title, _ in marks]),
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


def _ahead(found: Ergebnis) -> Component | None:
    """Show what is expected as a table, and say that it is not measured and never tested."""
    rows = [
        [line.name, str(a.jahr), f.zahl(a.wert, found.indikator.nachkommastellen),
         spanne(a, found.indikator), a.anmerkung]
        for line in found.linien
        for a in line.ausblick
    ]  # fmt: skip
    if not rows:
        return None
    note = (
        "Eine Vorausberechnung sagt, was käme, wenn ihre Annahmen einträfen. Sie ist keine Messung"
        " und geht in keine Aussage über Richtung oder Vergleich ein."
    )
    head = ("Gebiet", "Jahr", "Vorausberechnet", "Spanne", "Quelle und Annahmen")
    table = tabelle(head, rows, "Vorausberechnung", rechts=("Jahr", "Vorausberechnet", "Spanne"))
    return html.Div(
        [html.H3("Vorausberechnung"), html.P(note, className="leise"), table], className="richtung"
    )


def _directions(found: Ergebnis) -> Component | None:
    """Say for each drawn area in which direction it moves, or why that cannot be said."""
    keys = found.auswahl.gebiete or (texts.kreis(),)
    items = []
    for key in keys:
        b = found.bewertungen.get(key)
        if b is not None and b.status == "vorhanden":
            sign, word = aussagen.trend_wort(b)
            items.append(
                html.Li(
                    [
                        zeichen(sign),
                        html.Strong(f"{found.namen[key]}: {word}. "),
                        aussagen.trend_satz(b, found.indikator),
                    ]
                )
            )
    if not items:
        return None
    return html.Div(
        [html.H3("Richtung"), html.Ul(items, className="aussagen")], className="richtung"
    )


def _breaks(found: Ergebnis, titles: Sequence[str]) -> Component | None:
    """Explain each break that the chart draws."""
    rows = [
        html.Li([html.Strong(f"{b.titel}: "), b.text]) for b in found.brueche if b.titel in titles
    ]
    return aufklappen("Was die senkrechten Linien bedeuten", html.Ul(rows)) if rows else None


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


def _reliability(wert: Wert) -> str:
    return "" if wert.klasse == "normal" else aussagen.klasse_wort(wert)


def zeile(wert: Wert, name: str, found: Ergebnis) -> list[str]:
    """Return one value as a table row: number, counts, status and basis."""
    digits = found.indikator.nachkommastellen
    return [
        name,
        f.zeit(wert.zeit, wert.zeitbezug),
        f.zahl(wert.wert, digits) if wert.wert is not None else f.ZEICHEN[wert.status],
        aussagen.bereich(wert, found.indikator),
        "" if wert.zaehler is None else f.zahl(wert.zaehler),
        "" if wert.nenner is None else f.zahl(wert.nenner),
        ", ".join(filter(None, [f.status(wert), _reliability(wert), wert.anmerkung])),
        f.BASIS.get(wert.basis, wert.basis),
    ]
