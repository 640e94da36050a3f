"""An indicator on paper: the same value, chart and sentences as on its page."""

from typing import TypeGuard

from dashboard import aussagen, saetze, texts
from dashboard import format as f
from dashboard.components.werte import stand_text, vergleichswerte
from dashboard.ergebnis import Ergebnis, ergebnis, moeglich
from dashboard.figures.zeitachse import marken
from dashboard.report.diagramm import trend_svg
from dashboard.seite import Kontext, neben
from dashboard.state import Auswahl
from indicators.records import Bewertung, Indikator, Wert
from indicators.report.dokument import Schaubild


def schaubild(kontext: Kontext, adresse: str, id_: str, ort: str = "") -> Schaubild:
    """Return an indicator as its page shows it: for the Kreis, or with one municipality chosen.

    adresse: where the dashboard is found, without a slash at its end
    ort: key of a municipality that has values, empty for the Kreis
    """
    chosen = Auswahl(gebiete=(ort,) if ort else ())
    found = ergebnis(kontext, id_, chosen, moeglich(kontext, id_))
    indikator = found.indikator
    wert = found.ort.wert if found.ort else found.rahmen.get(texts.kreis())
    svg, satz = _verlauf(found)
    b = found.bewertungen.get(ort or texts.kreis())
    place = f"in {found.ort.name}" if found.ort else "im Kreis"
    lines = _am_ort(kontext, found) if found.ort else _zeilen(kontext, indikator, wert, b)
    return Schaubild(
        titel=indikator.frage,
        wert=f.zahl(wert.wert, indikator.nachkommastellen) if wert else "kein Wert",
        einheit=f.einheit_kurz(indikator) if wert else "",
        zeilen=lines,
        wo=f"Richtung {place}",
        aussage=" ".join(aussagen.trend_wort(b)) if _hat_wert(b) else "",
        erklaerung=begruendung(b, indikator),
        svg=svg,
        satz=satz,
        adresse=kurzadresse(adresse, id_) + (f"?gebiete={ort}" if ort else ""),
    )


def _am_ort(kontext: Kontext, found: Ergebnis) -> tuple[str, ...]:
    """Return period and comparisons of the chosen municipality; its direction stands below."""
    if found.ort is None:
        return ()
    b, wert, i = found.ort.bewertung, found.ort.wert, found.indikator
    same = b is not None and b.zeit == wert.zeit and i.art != "anzahl"
    kreis = " ".join(aussagen.vergleich_wort(b, wert.wert or 0.0, i)) if b and same else ""
    middles = " · ".join(
        f"{who} {f.zahl(v, i.nachkommastellen)}" for who, v in found.ort.mitten.items()
    )
    lines = (
        stand_text(wert, kontext.heute),
        kreis.strip(),
        f"Mitte: {middles}" if middles and i.art != "anzahl" else "",
    )
    return tuple(line for line in lines if line)


def kurzadresse(adresse: str, id_: str) -> str:
    """Return the short way to the page of an indicator, as it is printed and coded."""
    return f"{adresse}/i/{id_}"


def wort(b: Bewertung | None) -> str:
    """Return sign and word of a trend with its years; empty where there is no value."""
    if not _hat_wert(b):
        return ""
    sign, word = aussagen.trend_wort(b)
    years = f", {b.von_jahr}–{b.bis_jahr}" if b.p is not None and b.von_jahr else ""
    return f"{sign} {word}{years}"


def begruendung(b: Bewertung | None, indikator: Indikator) -> str:
    """Return the sentence behind the word of a trend."""
    return aussagen.trend_satz(b, indikator) if _hat_wert(b) else ""


def _hat_wert(b: Bewertung | None) -> TypeGuard[Bewertung]:
    return b is not None and b.status == "vorhanden"


def _zeilen(
    kontext: Kontext, indikator: Indikator, wert: Wert | None, b: Bewertung | None
) -> tuple[str, ...]:
    if wert is None or wert.wert is None:
        return (texts.TYP[indikator.typ],)
    quality = "" if wert.guete in {"", "endgueltig"} else f", {f.status(wert)}"
    beside = vergleichswerte(wert, neben(kontext.letzte(), indikator.id), indikator)
    land = " ".join(aussagen.land_wort(b, wert.wert, indikator)).strip() if b else ""
    lines = (
        f"Kreis, {stand_text(wert, kontext.heute)}{quality}",
        beside,
        land,
        texts.TYP[indikator.typ],
    )
    return tuple(line for line in lines if line)


def _verlauf(found: Ergebnis) -> tuple[str, str]:
    """Return the chart with its sentence, or the sentence that says why there is none."""
    years = {w.jahr for line in found.linien for w in line.werte if w.wert is not None}
    if not years:
        return "", "Für den Kreis gibt es keinen Wert."
    if len(years) == 1:
        return "", f"Es liegt nur ein Jahr vor ({min(years)}); eine Linie gäbe es erst ab zwei."
    marks = marken([line.werte for line in found.linien], found.brueche)
    return (
        trend_svg(found.linien, found.indikator, marks),
        saetze.trend_satz(found.linien, found.indikator, marks),
    )
