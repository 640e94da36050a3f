"""Nach Gruppen: one area by sex, age, nationality or kind, where an indicator is delivered so."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard import format as f
from dashboard import html, saetze, texts, theme
from dashboard.components.bausteine import abschnitt, aufklappen, diagramm, tabelle
from dashboard.components.verlauf import KOPF, ZAHLEN, zeile
from dashboard.components.werte import ERST_AB
from dashboard.ergebnis import Ergebnis
from dashboard.figures.balken import balken_figure
from dashboard.figures.trend import Linie, trend_figure
from dashboard.figures.zeitachse import marken
from dashboard.html import Component
from indicators.records import GESAMT, Gruppe, Wert

ARTEN = {
    "geschlecht": "Nach Geschlecht",
    "nationalitaet": "Nach Staatsangehörigkeit",
    "alter": "Nach Alter",
    "gruppe": "Nach Art",
}
LINIEN = len(theme.REIHEN) - 1  # one look is that of the total
Reihen = Mapping[Gruppe, Sequence[Wert]]


def nach_gruppen(found: Ergebnis) -> Component | None:
    """Return the groups of the Kreis or of the one chosen municipality; nothing without groups."""
    if not found.moeglich.gruppen:
        return None
    where = found.namen[found.eine or texts.kreis()]
    title = f"Nach Gruppen: {where}"
    parts = [
        part for kind in ARTEN if (part := _kind(found, kind, _series(found, kind))) is not None
    ]
    if parts:
        return abschnitt(title, *parts, id_="gruppen")
    hint = "Nach Gruppen aufgeteilt gibt es diesen Indikator hier nicht."
    if not found.eine and "gemeinde" in found.indikator.ebenen:
        hint = (
            "Für den Landkreis gibt es keine Aufteilung nach Gruppen. Genau eine Gemeinde wählen, um"
            " ihre Gruppen zu sehen."
        )
    return abschnitt(title, id_="gruppen", satz=hint)


def _series(found: Ergebnis, kind: str) -> Reihen:
    """Return the series of the groups that differ in this characteristic alone, the total first."""
    series: dict[Gruppe, list[Wert]] = {}
    for wert in found.je_gruppe:
        group = Gruppe(wert.geschlecht, wert.alter, wert.nationalitaet, wert.gruppe)
        if group == GESAMT or group == GESAMT._replace(**{kind: getattr(group, kind)}):
            series.setdefault(group, []).append(wert)
    return {
        group: werte
        for group, werte in sorted(series.items(), key=lambda item: item[0] != GESAMT)
        if any(w.wert is not None for w in werte)
    }


def _kind(found: Ergebnis, kind: str, series: Reihen) -> Component | None:
    groups = [group for group in series if group != GESAMT]
    if not groups:
        return None
    years = {w.jahr for group in groups for w in series[group] if w.wert is not None}
    if len(years) >= ERST_AB and len(groups) <= LINIEN:
        drawn, sentence, table = _lines(found, kind, series)
    else:
        drawn, sentence, table = _bars(found, kind, series)
    return html.Div(
        [
            html.H3(ARTEN[kind]),
            html.P(sentence, className="satz"),
            drawn,
            aufklappen("Werte dieses Diagramms als Tabelle", table),
        ],
        className="gruppenbild",
    )


def _lines(found: Ergebnis, kind: str, series: Reihen) -> tuple[Component, str, Component]:
    """Draw the groups over time; beside counts of its parts the total would flatten them."""
    several = len(series) > 2
    shown = {
        group: werte
        for group, werte in series.items()
        if group != GESAMT or found.indikator.art != "anzahl" or not several
    }
    looks = iter(theme.REIHEN)
    lines = [
        Linie(
            name := f.gruppe(group),
            name,
            *((theme.TINTE, "circle") if group == GESAMT else next(looks)),
            "dash" if group == GESAMT else "solid",
            werte,
        )
        for group, werte in shown.items()
    ]
    marks = marken([line.werte for line in lines], found.brueche)
    sentence = saetze.trend_satz(lines, found.indikator, marks)
    figure = trend_figure(lines, found.indikator, marks)
    return (
        diagramm(figure, id_=f"gruppen-{kind}", satz=f"Liniendiagramm. {sentence}"),
        sentence,
        _by_period(found, kind, series),
    )


def _by_period(found: Ergebnis, kind: str, series: Reihen) -> Component:
    """Return one row per period and one column per group."""
    names = [f.gruppe(group) for group in series]
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for group, werte in series.items():
        for w in werte:
            row = cells.setdefault((w.zeit, f.zeit(w.zeit, w.zeitbezug)), {})
            row[f.gruppe(group)] = _cell(found, w)
    rows = [
        [label, *[row.get(name, "") for name in names]] for (_, label), row in sorted(cells.items())
    ]
    title = f"{found.indikator.titel}, {ARTEN[kind].lower()}, {f.gemessen(found.indikator)}"
    return tabelle(["Zeit", *names], rows, title, rechts=names)


def _cell(found: Ergebnis, wert: Wert) -> str:
    if wert.wert is None:
        return f.ZEICHEN[wert.status]
    return f.zahl(wert.wert, found.indikator.nachkommastellen)


def _bars(found: Ergebnis, kind: str, series: Reihen) -> tuple[Component, str, Component]:
    """Draw the groups at the newest period that most of them have, in their own order."""
    periods = [w.zeit for werte in series.values() for w in werte if w.wert is not None]
    zeit = max(dict.fromkeys(periods), key=lambda period: (periods.count(period), period))
    names = {str(n): f.gruppe(group) for n, group in enumerate(series)}
    rows = [
        replace(w, gebiet=str(n))
        for n, werte in enumerate(series.values())
        for w in werte
        if w.zeit == zeit
    ]
    indikator = found.indikator
    values = "; ".join(
        f"{names[w.gebiet]} {f.zahl(w.wert, indikator.nachkommastellen)}"
        for w in rows
        if w.wert is not None
    )
    sentence = f"{indikator.kurztitel}, {f.zeit(zeit, rows[0].zeitbezug)}, {f.gemessen(indikator)}: {values}."
    figure = balken_figure(rows, indikator=indikator, namen=names, gewaehlt=["0"], marke=None)
    head = ["Gruppe", *KOPF[1:]]
    table = tabelle(
        head,
        [zeile(w, names[w.gebiet], found) for w in rows],
        f"{indikator.titel}, {ARTEN[kind].lower()}",
        rechts=ZAHLEN,
    )
    chart = diagramm(figure, id_=f"gruppen-{kind}", satz=f"Balkendiagramm. {sentence}")
    return chart, sentence, table
