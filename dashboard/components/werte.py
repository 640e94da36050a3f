"""An indicator in one row: its newest value with Land and Bund, its curve, its spread."""

from collections.abc import Mapping

from dashboard import aussagen, dcc, html, saetze, texts
from dashboard import format as f
from dashboard.components.bausteine import bild, groesse, zeichen
from dashboard.figures.linienbild import kurve, streifen
from dashboard.html import Component
from dashboard.seite import Kontext, Kurve, neben
from dashboard.streuung import Streuung
from indicators.records import Bewertung, Indikator, Wert

ERST_AB = 3  # two points make a line, but no course: the numbers alone say more


def stand_text(wert: Wert, heute: int) -> str:
    """Return the period of a value; »Stand« is written out if it is older than two years."""
    period = f.zeit_kurz(wert.zeit)
    return f"Stand {period}" if f.ist_alt(wert.jahr, heute) else period


def vergleichswerte(wert: Wert, andere: Mapping[str, Wert], indikator: Indikator) -> str:
    """Return Land and Bund beside a value; another year than its own is named."""
    parts = []
    for key in (texts.land(), texts.BUND):
        other = andere.get(key)
        if other is None or other.wert is None or indikator.art == "anzahl":
            continue
        year = f" ({other.jahr})" if other.jahr != wert.jahr else ""
        parts.append(f"{texts.kurz()[key]} {f.zahl(other.wert, indikator.nachkommastellen)}{year}")
    return " · ".join(parts)


def zeile(
    indikator: Indikator,
    wert: Wert | None,
    *,
    andere: Mapping[str, Wert],
    punkte: Kurve,
    spread: Streuung | None,
    heute: int,
    bewertung: Bewertung | None,
) -> Component:
    """Return an indicator as a row of a Handlungsfeld page."""
    title = dcc.Link(indikator.titel, href=f"/indikator/{indikator.id}", className="titel")
    kind = html.Span(texts.TYP.get(indikator.typ, indikator.typ), className="leise")
    return html.Li(
        [
            html.Div([title, kind], className="was"),
            html.Div(_kreis(indikator, wert, andere, heute), className="wert"),
            html.Div([*verlauf(indikator, punkte), *richtung(bewertung)], className="verlauf"),
            html.Div(_spread(indikator, wert, spread), className="streuung"),
        ],
        className="reihe",
    )


def reihe_kreis(kontext: Kontext, indikator: Indikator) -> Component:
    """Return the row of an indicator with everything that is known for the Kreis."""
    werte = neben(kontext.letzte(), indikator.id)
    return zeile(
        indikator,
        werte.get(texts.kreis()),
        andere=werte,
        punkte=kontext.kurven().get(indikator.id, ()),
        spread=kontext.streuung(indikator.id) if "gemeinde" in indikator.ebenen else None,
        heute=kontext.heute,
        bewertung=kontext.bewertungen().get(indikator.id),
    )


def richtung(b: Bewertung | None) -> list[Component]:
    """Return sign and word of a trend; where nothing can be said, the reason."""
    if b is None or b.status != "vorhanden":
        return []
    sign, word = aussagen.trend_wort(b)
    years = f", {b.von_jahr}–{b.bis_jahr}" if b.p is not None and b.von_jahr else ""
    return [html.Span([zeichen(sign), f"{word}{years}"], className="aussage")]


def _kreis(
    indikator: Indikator, wert: Wert | None, andere: Mapping[str, Wert], heute: int
) -> list[Component]:
    if wert is None:
        return [html.Span("kein Wert für den Kreis", className="leise")]
    if wert.wert is None:
        return [html.Span(f.grund(wert), className="leise")]
    return [
        groesse(wert.wert, indikator),
        html.Span(f"Kreis, {stand_text(wert, heute)}", className="leise"),
        html.Span(vergleichswerte(wert, andere, indikator), className="leise"),
    ]


def verlauf(indikator: Indikator, punkte: Kurve) -> list[Component]:
    """Return the short curve of the Kreis with its sentence; of too few years the sentence alone."""
    sentence = saetze.kurve_satz(punkte, indikator)
    if len({p.jahr for p in punkte if p.wert is not None}) < ERST_AB:
        return [html.Span(sentence if punkte else "", className="leise")]
    return [
        bild(kurve(punkte), f"Verlauf im Kreis. {sentence}"),
        html.Span(sentence, className="leise"),
    ]


def _spread(indikator: Indikator, wert: Wert | None, spread: Streuung | None) -> list[Component]:
    if spread is None:
        return [html.Span("nicht für einzelne Gemeinden veröffentlicht", className="leise")]
    sentence = saetze.streuung_satz(spread, indikator)
    same_time = wert is not None and wert.zeit == spread.zeit and indikator.art != "anzahl"
    kreis = wert.wert if wert is not None and same_time else None
    picture = streifen(spread.werte, spread.mitte, kreis=kreis)
    return [bild(picture, sentence), html.Span(sentence, className="leise")]
