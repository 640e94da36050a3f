"""The German sentence of each chart: its visible summary and its text alternative."""

from collections.abc import Mapping, Sequence
from statistics import median

from dashboard import format as f
from dashboard.figures.trend import Linie, achse
from dashboard.figures.zeitachse import abschnitte, brueche
from dashboard.streuung import Streuung
from indicators.records import Indikator, Wert


def trend_satz(linien: Sequence[Linie], indikator: Indikator) -> str:
    """Say for each line where it starts and ends; never across a change of basis."""
    years = [w.jahr for line in linien for w in line.werte if w.wert is not None]
    head = f"{indikator.kurztitel}, {min(years)} bis {max(years)}, in {indikator.einheit}."
    parts = [_course(line, indikator) for line in linien]
    marks = brueche(line.werte for line in linien)
    notes = []
    if marks:
        names = _und([f.BASIS.get(basis, basis) for basis in marks])
        notes.append(f"Neue Zählbasis ({names}): Werte davor und danach nicht vergleichen.")
    if achse([w.wert for line in linien for w in line.werte if w.wert is not None])[0] > 0:
        notes.append("Die senkrechte Achse beginnt nicht bei null.")
    if any(w.guete in {"vorlaeufig", "geschaetzt", "plan"} for line in linien for w in line.werte):
        notes.append("Offene Zeichen: vorläufige, geschätzte oder geplante Werte.")
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


def streuung_satz(spread: Streuung, indikator: Indikator) -> str:
    """Say lowest, middle and highest value of the municipalities."""
    low, middle, high = (
        f.zahl(value, indikator.nachkommastellen)
        for value in (min(spread.werte), spread.mitte, max(spread.werte))
    )
    missing = f", {f.anzahl(spread.ohne, 'Gemeinde', 'Gemeinden')} ohne Wert" if spread.ohne else ""
    return f"Gemeinden {spread.jahr}: {low} bis {high}, Mitte {middle}{missing}"


def kurve_satz(punkte: Sequence[tuple[int, float | None]], indikator: Indikator) -> str:
    """Say where a short curve starts and ends."""
    seen = [(year, value) for year, value in punkte if value is not None]
    if not seen:
        return "kein Wert"
    (first, start), (last, end) = seen[0], seen[-1]
    if first == last:
        return f"nur {last}"
    digits = indikator.nachkommastellen
    return f"{f.zahl(start, digits)} ({first}) · {f.zahl(end, digits)} ({last})"


def _und(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} und {parts[-1]}"
