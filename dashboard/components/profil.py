"""The rows of a Gemeindeprofil: value, difference from the Kreis, course, place among the 44."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from dashboard import aussagen, dcc, html, saetze
from dashboard import format as f
from dashboard.components.bausteine import bild, groesse, zeichen
from dashboard.components.werte import ERST_AB, richtung, stand_text
from dashboard.figures.linienbild import kurve, streifen
from dashboard.html import Component
from dashboard.ort import AEHNLICHE, NACHBARN
from dashboard.seite import Kontext, Kurve
from indicators.records import Bewertung, Gebiet, Gepoolt, Indikator, Wert

KURZ = {AEHNLICHE: "ähnliche", NACHBARN: "Nachbarn"}


@dataclass(frozen=True)
class Profil:
    """All figures of one municipality, and the medians of places beside it: whose → median."""

    gebiet: Gebiet
    werte: Mapping[str, Wert]
    kurven: Mapping[str, Kurve]
    bewertungen: Mapping[str, Bewertung]
    gruppen: Mapping[str, Mapping[tuple[str, str], float]]
    gepoolt: Mapping[str, Gepoolt]

    def wert(self, indikator: Indikator) -> float | None:
        """Return the number of an indicator, if it has one here."""
        wert = self.werte.get(indikator.id)
        return None if wert is None else wert.wert


def zeilen(kontext: Kontext, profil: Profil, indikatoren: Sequence[Indikator]) -> Component:
    """Return the rows of some indicators that have a value here."""
    return html.Ul([zeile(kontext, profil, i) for i in indikatoren], className="reihen profil")


def zeile(kontext: Kontext, profil: Profil, indikator: Indikator) -> Component:
    """Return one indicator of the profile as a row."""
    wert = profil.werte[indikator.id]
    own = wert.wert or 0.0
    b = profil.bewertungen.get(indikator.id)
    kreis = b.kreiswert if b is not None and b.zeit == wert.zeit else None
    href = f"/indikator/{indikator.id}?gebiete={profil.gebiet.schluessel}"
    note = f" · {wert.anmerkung}" if wert.anmerkung else ""
    return html.Li(
        [
            html.Div(
                [
                    dcc.Link(indikator.titel, href=href, className="titel"),
                    html.Span(f"{stand_text(wert, kontext.heute)}{note}", className="leise"),
                ],
                className="was",
            ),
            html.Div(
                [
                    groesse(own, indikator),
                    *_vergleich(b, wert, kreis, indikator),
                    html.Span(_gruppen(profil, wert, indikator), className="leise"),
                    html.Span(_zusammen(profil, wert, indikator), className="leise"),
                ],
                className="wert",
            ),
            html.Div(_verlauf(profil, indikator), className="verlauf"),
            html.Div(_lage(kontext, wert, kreis, indikator), className="streuung"),
        ],
        className="reihe",
    )


def _vergleich(
    b: Bewertung | None, wert: Wert, kreis: float | None, indikator: Indikator
) -> list[Component]:
    """Return how certain and how large the difference from the Kreis is."""
    if b is not None and kreis is not None and b.vergleich_kreis:
        sign, words = aussagen.vergleich_wort(b, wert.wert or 0.0, indikator)
        return [html.Span([zeichen(sign), words], className="aussage")]
    return [html.Span(_abstand(wert.wert or 0.0, kreis, indikator), className="leise")]


def _gruppen(profil: Profil, wert: Wert, indikator: Indikator) -> str:
    """Return the middle of similar and of neighbouring places at the same time."""
    if indikator.art == "anzahl":
        return ""
    parts = [
        f"{KURZ[name]} {f.zahl(values[indikator.id, wert.zeit], indikator.nachkommastellen)}"
        for name, values in profil.gruppen.items()
        if (indikator.id, wert.zeit) in values
    ]
    return f"Mitte: {' · '.join(parts)}" if parts else ""


def _zusammen(profil: Profil, wert: Wert, indikator: Indikator) -> str:
    """Return three years together where one year alone carries too little."""
    pool = profil.gepoolt.get(indikator.id)
    if pool is None or wert.klasse in {"", "normal"}:
        return ""
    digits = indikator.nachkommastellen
    return (
        f"{aussagen.klasse_wort(wert)}; {pool.von_jahr}–{pool.bis_jahr} zusammen:"
        f" {f.zahl(pool.wert, digits)} ({f.zahl(pool.unten, digits)} bis {f.zahl(pool.oben, digits)})"
    )


def _abstand(own: float, kreis: float | None, indikator: Indikator) -> str:
    """Return the distance from the Kreis in words; counts of places of different size have none."""
    if kreis is None:
        return "kein vergleichbarer Kreiswert"
    printed = f.zahl(kreis, indikator.nachkommastellen)
    if indikator.art == "anzahl":
        return f"Kreis {printed}"
    return f"{f.differenz(own, kreis, indikator)} ({printed})"


def _verlauf(profil: Profil, indikator: Indikator) -> list[Component]:
    points = profil.kurven.get(indikator.id, ())
    sentence = saetze.kurve_satz(points, indikator)
    if len({p.jahr for p in points if p.wert is not None}) < ERST_AB:
        return [html.Span(sentence, className="leise")]
    return [
        bild(kurve(points), f"Verlauf in {profil.gebiet.kurzname}. {sentence}"),
        html.Span(sentence, className="leise"),
        *richtung(profil.bewertungen.get(indikator.id)),
    ]


def _lage(
    kontext: Kontext, wert: Wert, kreis: float | None, indikator: Indikator
) -> list[Component]:
    spread = kontext.streuung(indikator.id, wert.zeit)
    if spread is None:
        return []
    sentence = kontext.merke(
        ("Streuung in Worten", indikator.id, wert.zeit),
        partial(saetze.streuung_satz, spread, indikator),
    )
    picture = streifen(
        spread.werte,
        spread.mitte,
        kreis=None if indikator.art == "anzahl" else kreis,
        hier=wert.wert,
        bereich=None if wert.unten is None or wert.oben is None else (wert.unten, wert.oben),
    )
    return [bild(picture, sentence), html.Span(sentence, className="leise")]
