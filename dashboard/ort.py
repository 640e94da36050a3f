"""What an indicator says of one chosen municipality, for the sentence at the top of its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from dashboard import aussagen
from dashboard import format as f
from dashboard.seite import Kontext
from indicators.records import Bewertung, Indikator, Wert

NACHBARN, AEHNLICHE = "Nachbargemeinden", "ähnliche Gemeinden"
GRUPPEN = {"aehnliche": AEHNLICHE, "nachbarn": NACHBARN}


@dataclass(frozen=True, slots=True)
class Ort:
    """The newest value of one municipality, what may be said of it, and what it stands beside.

    mitten: whose middle → median at the same period
    """

    name: str
    wert: Wert
    bewertung: Bewertung | None
    mitten: Mapping[str, float]


def mitten(kontext: Kontext, gemeinde: str) -> Mapping[str, Mapping[tuple[str, str], float]]:
    """Return the medians of similar and of neighbouring places: whose → (indikator, zeit) → median."""
    found = kontext.merke(("mitten", gemeinde), partial(kontext.service.mitten, gemeinde))
    return {name: found[whose] for whose, name in GRUPPEN.items() if whose in found}


def ort(kontext: Kontext, name: str, wert: Wert | None, bewertung: Bewertung | None) -> Ort | None:
    """Return what is known of one municipality, or nothing if it has no value.

    The middle of other places is known for everybody together only, not for single groups.
    """
    if wert is None or wert.wert is None:
        return None
    total = not (wert.geschlecht or wert.alter or wert.nationalitaet or wert.gruppe)
    beside = mitten(kontext, wert.gebiet) if total else {}
    at = (wert.indikator, wert.zeit)
    return Ort(
        name,
        wert,
        bewertung,
        {who: values[at] for who, values in beside.items() if at in values},
    )


def aussage(place: Ort, indikator: Indikator) -> list[tuple[str, str]]:
    """Return the statements on a place as (sign, words): comparison, direction, places beside it."""
    b, wert = place.bewertung, place.wert
    number = partial(f.zahl, stellen=indikator.nachkommastellen)
    parts = []
    if b is not None and b.zeit == wert.zeit and indikator.art != "anzahl":
        parts.append(aussagen.vergleich_wort(b, wert.wert or 0.0, indikator))
    if b is not None and b.status == "vorhanden":
        sign, word = aussagen.trend_wort(b)
        years = f" {b.von_jahr}–{b.bis_jahr}" if b.p is not None and b.von_jahr else ""
        parts.append((sign, f"Richtung{years}: {word}"))
    if place.mitten and indikator.art != "anzahl":
        middles = ", ".join(f"{who} {number(value)}" for who, value in place.mitten.items())
        parts.append(("", f"Mitte zum Vergleich: {middles}"))
    return [(sign, words) for sign, words in parts if words]
