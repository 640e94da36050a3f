"""Small pictures inside a line of text, as SVG: a curve, and the spread over the municipalities."""

from collections.abc import Sequence

from dashboard import theme
from dashboard.figures.zeitachse import abstand, ist_luecke
from indicators.records import Kurvenpunkt

RAND = 4


def kurve(
    punkte: Sequence[Kurvenpunkt],
    breite: int = 120,
    hoehe: int = 32,
    rahmen: tuple[float, float, float, float] | None = None,
) -> str:
    """Draw a curve without axes; it opens at missing years and at breaks, the last value is a dot.

    rahmen: first and last year, lowest and highest value, where several curves share both axes
    """
    seen = [(float(p.jahr), p.wert, p.abschnitt) for p in punkte if p.wert is not None]
    if not seen:
        return _svg("", breite, hoehe)
    low, high = min(v for _, v, _ in seen), max(v for _, v, _ in seen)
    first, last = seen[0][0], max(year for year, _, _ in seen)
    if rahmen is not None:
        first, last, low, high = rahmen
    step = abstand(year for year, _, _ in seen)

    def place(year: float, value: float) -> tuple[float, float]:
        across = (year - first) / (last - first) if last > first else 1.0
        up = (value - low) / (high - low) if high > low else 0.5
        return RAND + across * (breite - 2 * RAND), hoehe - RAND - up * (hoehe - 2 * RAND)

    path = ""
    before: tuple[float, str] | None = None
    for year, value, part in seen:
        x, y = place(year, value)
        joined = (
            before is not None
            and before[1] == part
            and year > before[0]
            and not ist_luecke(before[0], year, step)
        )
        path += f"{'L' if joined else 'M'}{x:.1f} {y:.1f}"
        if not joined:
            path += "h.01"
        before = (year, part)
    x, y = place(seen[-1][0], seen[-1][1])
    line = (
        f'<path d="{path}" fill="none" stroke="{theme.AKZENT}" stroke-width="1.8"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )
    dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{theme.AKZENT}"/>'
    return _svg(line + dot, breite, hoehe)


def streifen(
    werte: Sequence[float],
    mitte: float,
    *,
    kreis: float | None = None,
    hier: float | None = None,
    bereich: tuple[float, float] | None = None,
    breite: int = 220,
    hoehe: int = 28,
) -> str:
    """Draw every municipality as a tick between lowest and highest, with the median.

    mitte: median (long tick); kreis: value of the Kreis (diamond); hier: one municipality (dot);
    bereich: its interval (bar below)
    """
    marks = [value for value in (kreis, hier) if value is not None]
    marks += bereich or ()
    low, high = min([*werte, *marks]), max([*werte, *marks])
    middle = hoehe / 2

    scale = (breite - 2 * RAND - 4) / (high - low) if high > low else 0.0
    left = RAND + 2 if high > low else breite / 2

    def across(value: float) -> float:
        return left + (value - low) * scale

    parts = [
        f'<path d="M{across(low):.1f} {middle}H{across(high):.1f}" stroke="{theme.LINIE}"'
        ' stroke-width="2"/>'
    ]
    places = tuple([left + (value - low) * scale for value in werte])
    ticks = f"M%.1f {middle - 5}v10" * len(werte) % places
    parts.append(
        f'<path d="{ticks}" stroke="{theme.AKZENT}" stroke-opacity=".45" stroke-width="1.4"/>'
    )
    parts.append(
        f'<path d="M{across(mitte):.1f} 3V{hoehe - 3}" stroke="{theme.TINTE}" stroke-width="2"/>'
    )
    if kreis is not None:
        x = across(kreis)
        parts.append(
            f'<path d="M{x:.1f} {middle - 6}l6 6l-6 6l-6 -6z" fill="{theme.PAPIER}"'
            f' stroke="{theme.TINTE}" stroke-width="1.8"/>'
        )
    if bereich is not None:
        start, end = map(across, bereich)
        parts.append(
            f'<path d="M{start:.1f} {hoehe - 3}H{end:.1f}" stroke="{theme.AKZENT}"'
            ' stroke-width="3" stroke-opacity=".6"/>'
        )
    if hier is not None:
        parts.append(
            f'<circle cx="{across(hier):.1f}" cy="{middle}" r="6" fill="{theme.AKZENT}"'
            f' stroke="{theme.PAPIER}" stroke-width="1.5"/>'
        )
    return _svg("".join(parts), breite, hoehe)


def _svg(inside: str, breite: int, hoehe: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{breite}" height="{hoehe}"'
        f' viewBox="0 0 {breite} {hoehe}">{inside}</svg>'
    )
