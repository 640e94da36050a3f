"""The German sentence of each chart: its visible summary and its text alternative."""

from collections.abc import Mapping, Sequence
from statistics import median

from dashboard import format as f
from dashboard.figures.trend import Linie, achse, hoehen
from dashboard.figures.zeitachse import abschnitte
from dashboard.streuung import Streuung
from indicators.records import Indikator, Kurvenpunkt, Trichter, Wert

HOECHSTENS_GENANNT = 5  # a sentence with more names is read by nobody


def trend_satz(
    linien: Sequence[Linie], indikator: Indikator, marken: Sequence[tuple[str, float]] = ()
) -> str:
    """Say for each line where it starts and ends; never across a change of basis.

    marken: title and place of each break that the chart draws
    """
    years = [w.jahr for line in linien for w in line.werte if w.wert is not None]
    head = f"{indikator.kurztitel}, {min(years)} bis {max(years)}, {f.gemessen(indikator)}."
    parts = [_course(line, indikator) for line in linien[:HOECHSTENS_GENANNT]]
    if len(linien) > HOECHSTENS_GENANNT:
        more = f.anzahl(len(linien) - HOECHSTENS_GENANNT, "weitere Linie", "weitere Linien")
        parts.append(f"{more} in der Tabelle")
    notes = []
    if marken:
        names = _und([title for title, _ in marken])
        notes.append(f"Brüche ({names}): Werte davor und danach nicht vergleichen.")
    if any(w.unten is not None for line in linien if line.band for w in line.werte):
        notes.append("Blasse Fläche: mögliche Zufallsschwankung.")
    if achse(hoehen(linien))[0] > 0:
        notes.append("Die senkrechte Achse beginnt nicht bei null.")
    if any(w.guete in {"vorlaeufig", "geschaetzt", "plan"} for line in linien for w in line.werte):
        notes.append("Offene Zeichen: vorläufige, geschätzte oder geplante Werte.")
    if any(line.ausblick for line in linien):
        notes.append("Gestrichelt mit Rauten: vorausberechnet, nicht gemessen.")
    return " ".join([head, f"{'; '.join(filter(None, parts))}.", *notes])


def _course(line: Linie, indikator: Indikator) -> str:
    parts = [[w for w in part if w.wert is not None] for part in abschnitte(line.werte)]
    parts = [part for part in parts if part]
    if not parts:
        return f"{line.name}: kein Wert"
    first, last = parts[-1][0], parts[-1][-1]
    end = f"{f.zahl(last.wert, indikator.nachkommastellen)} ({last.jahr})"
    if first is last:
        return f"{line.name}: zuletzt {end}"
    start = f"{f.zahl(first.wert, indikator.nachkommastellen)} ({first.jahr})"
    return f"{line.name}: {start}, {end}"


def vergleich_satz(
    werte: Sequence[Wert],
    indikator: Indikator,
    namen: Mapping[str, str],
    was: tuple[str, str],
    marke: tuple[str, float] | None,
) -> str:
    """Say how far the areas of one period lie apart, and how many have no value.

    was: one and several of the areas, e.g. (»Gemeinde«, »Gemeinden«)
    """
    rows = [w for w in werte if w.wert is not None]
    when = f.zeit(werte[0].zeit, werte[0].zeitbezug)
    if not rows:
        return f"{when}: Für keine der {f.anzahl(len(werte), *was)} liegt ein Wert vor."
    top, bottom = _ends(rows, indikator, namen)
    values = [w.wert for w in rows if w.wert is not None]
    middle = f.zahl(median(values), indikator.nachkommastellen)
    text = (
        f"{when}: von {f.zahl(rows[-1].wert, indikator.nachkommastellen)} ({bottom}) bis"
        f" {f.mit_einheit(rows[0].wert, indikator)} ({top}). Der mittlere Wert"
        f" ({f.anzahl(len(rows), *was)}) ist {middle}"
    )
    if marke is not None:
        text += f"; {marke[0]}: {f.zahl(marke[1], indikator.nachkommastellen)}"
    missing = len(werte) - len(rows)
    tail = f" {f.anzahl(missing, *was)} ohne Wert." if missing else ""
    return f"{text}.{tail}"


def _ends(rows: Sequence[Wert], indikator: Indikator, namen: Mapping[str, str]) -> tuple[str, str]:
    printed = [f.zahl(w.wert, indikator.nachkommastellen) for w in rows]
    named = []
    for end in (printed[0], printed[-1]):
        same = [namen[w.gebiet] for w, p in zip(rows, printed, strict=True) if p == end]
        more = len(same) - 1
        named.append(same[0] if not more else f"{same[0]} und {more} weitere")
    return named[0], named[1]


def trichter_satz(
    werte: Sequence[Wert], grenzen: Sequence[Trichter], namen: Mapping[str, str]
) -> str:
    """Say which municipalities lie outside of chance, and outside of the usual differences."""
    seen = [w for w in werte if w.wert is not None and w.nenner]
    beyond = [w for w in seen if _outside(w, grenzen, "weit")]
    unusual = [namen[w.gebiet] for w in seen if _outside(w, grenzen, "streuung")]
    text = (
        f"{f.anzahl(len(beyond), 'Gemeinde liegt', 'Gemeinden liegen')} außerhalb dessen, was der"
        f" Zufall allein erklärt (99,8 %, durchgezogene Linien), {len(seen) - len(beyond)} innerhalb."
    )
    if not unusual:
        return (
            f"{text} Gemessen an den üblichen Unterschieden zwischen den Gemeinden fällt keine auf."
        )
    return f"{text} Auch gemessen an den üblichen Unterschieden (gepunktet) fallen auf: {_und(unusual)}."


def _outside(wert: Wert, grenzen: Sequence[Trichter], kind: str) -> bool:
    nearest = min(grenzen, key=lambda g: abs(g.groesse - (wert.nenner or 0.0)))
    low, high = getattr(nearest, f"unten_{kind}"), getattr(nearest, f"oben_{kind}")
    return not low <= (wert.wert or 0.0) <= high


def streuung_satz(spread: Streuung, indikator: Indikator) -> str:
    """Say lowest, middle and highest value of the municipalities."""
    low, middle, high = (
        f.zahl(value, indikator.nachkommastellen)
        for value in (spread.werte[0], spread.mitte, spread.werte[-1])
    )
    missing = f", {f.anzahl(spread.ohne, 'Gemeinde', 'Gemeinden')} ohne Wert" if spread.ohne else ""
    return f"Gemeinden {spread.jahr}: {low} bis {high}, Mitte {middle}{missing}"


def kurve_satz(punkte: Sequence[Kurvenpunkt], indikator: Indikator) -> str:
    """Say where the last unbroken stretch of a short curve starts and ends."""
    seen = [p for p in punkte if p.wert is not None]
    if not seen:
        return "kein Wert"
    last = seen[-1]
    first = next(p for p in seen if p.abschnitt == last.abschnitt)
    digits = indikator.nachkommastellen
    if first.jahr == last.jahr:
        return f"nur {last.jahr}" if len(seen) == 1 else f"{last.jahr} neu gezählt"
    return (
        f"{f.zahl(first.wert, digits)} ({first.jahr}) · {f.zahl(last.wert, digits)} ({last.jahr})"
    )


def _und(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} und {parts[-1]}"
