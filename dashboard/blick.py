"""Auf einen Blick: the few differences of a municipality from the Kreis that are certain."""

from collections.abc import Mapping, Sequence

from dashboard import format as f
from dashboard.lage import REIHENFOLGE
from indicators.records import Bewertung, Indikator, Wert

HOECHSTENS = 8  # with the facts above, this is one printed page
JE_FELD = 2  # so that one topic alone does not fill the page
SICHER = "sicher"  # how the words of a certain difference begin
ZU_ALT = 12  # years: what is older stays in its field below, where its period is read beside it


def auf_einen_blick(
    indikatoren: Sequence[Indikator],
    werte: Mapping[str, Wert],
    bewertungen: Mapping[str, Bewertung],
    heute: int,
) -> list[Indikator]:
    """Choose what differs most certainly from the Kreis, the most certain first.

    That is an order of certainty and no score: it says nothing about importance, good or bad. In
    each field what measures the situation itself comes before what only describes the frame.
    """
    certain = {
        i.id: sicherheit(werte[i.id], bewertungen[i.id])
        for i in indikatoren
        if i.id in werte and i.id in bewertungen and _zeigbar(werte[i.id], bewertungen[i.id], heute)
    }
    per_field: dict[str, list[Indikator]] = {}
    for i in indikatoren:
        if i.id in certain:
            per_field.setdefault(feld(i), []).append(i)
    chosen = [
        i
        for members in per_field.values()
        for i in sorted(members, key=lambda i: (REIHENFOLGE.index(i.typ), -certain[i.id]))[:JE_FELD]
    ]
    return sorted(chosen, key=lambda i: -certain[i.id])[:HOECHSTENS]


def satz(
    name: str,
    gezeigt: Sequence[Indikator],
    werte: Mapping[str, Wert],
    bewertungen: Mapping[str, Bewertung],
) -> str:
    """Say in how many indicators a place certainly differs from the Kreis, and which are shown."""
    compared = sum(bool(b.vergleich_kreis) for b in bewertungen.values())
    certain = sum(ist_sicher_anders(wert, bewertungen.get(id_)) for id_, wert in werte.items())
    sentence = (
        f"{name} unterscheidet sich bei {f.zahl(certain)} von {f.zahl(compared)} Indikatoren mit"
        " Fallzahlen sicher vom Kreis."
    )
    if not gezeigt:
        return sentence
    shown = "Gezeigt ist einer" if len(gezeigt) == 1 else f"Gezeigt sind {f.zahl(len(gezeigt))}"
    return (
        f"{sentence} {shown}, die sichersten zuerst: höchstens {JE_FELD} je Handlungsfeld und"
        f" {HOECHSTENS} im Ganzen, keiner älter als {ZU_ALT} Jahre."
    )


def feld(indikator: Indikator) -> str:
    """Return the field of action that an indicator belongs to first of all; empty for the frame."""
    return indikator.leitziele[0].split("/")[0] if indikator.leitziele else ""


def sicherheit(wert: Wert, b: Bewertung) -> float:
    """Return the distance from the Kreis in half widths of the interval of chance."""
    gap = abs((wert.wert or 0.0) - (b.kreiswert or 0.0))
    half = ((wert.oben or 0.0) - (wert.unten or 0.0)) / 2
    return gap / half if half else 0.0


def ist_sicher_anders(wert: Wert, b: Bewertung | None) -> bool:
    """Return whether the difference from the Kreis at the shown period is certain."""
    return b is not None and b.zeit == wert.zeit and b.vergleich_kreis.startswith(SICHER)


def _zeigbar(wert: Wert, b: Bewertung, heute: int) -> bool:
    firm = wert.klasse != "nicht_sicher" and wert.wert is not None
    return firm and ist_sicher_anders(wert, b) and heute - wert.jahr <= ZU_ALT
