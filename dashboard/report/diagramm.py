"""The trend chart on paper: the lines, shapes, dashes and colours of the screen as one SVG."""

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor, log10

from dashboard import format as f
from dashboard import theme
from dashboard.figures.trend import OFFEN, Linie, achse, beschriftung, hoehen
from dashboard.figures.zeitachse import abschnitte, abstand, ist_luecke, stelle
from indicators.records import Indikator, Wert

BREITE, HOEHE = 372.0, 112.0  # points: the width of the text beside its margin
LINKS, OBEN, UNTEN = 40.0, 15.0, 17.0
BUCHSTABE = 4.3  # about as wide as a letter of a name is
SCHRIFT = "Source Sans Pro"
GROESSE = 8.0
ZEILE = 9.5  # two names beside each other need this much height
RASTER = 4  # about as many steps as the value axis has
JAHRE = 6  # about as many years as are written below
STRICH = {"solid": "", "dash": "6 3", "dot": "1.4 2.8"}
FORM = {
    "circle": "M{x} {y}m-{r} 0a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0z",
    "square": "M{x} {y}m-{r} -{r}h{d}v{d}h-{d}z",
    "diamond": "M{x} {y}m0 -{s}l{s} {s}l-{s} {s}l-{s} -{s}z",
}


class Flaeche:
    """The plane of one chart: years and values → points on paper."""

    def __init__(self, linien: Sequence[Linie]) -> None:
        places = [stelle(w) for line in linien for w in line.werte if w.wert is not None]
        self.schritt = abstand(places)
        places += [float(a.jahr) for line in linien for a in line.ausblick]
        self.von, self.bis = min(places), max(places)
        self.unten, self.oben = achse(hoehen(linien))
        self.rechts = BREITE - 9 - BUCHSTABE * max(6, *(len(beschriftung(x)) for x in linien))

    def x(self, jahr: float) -> float:
        """Return how far right a year stands; a single year stands in the middle."""
        room = self.rechts - LINKS
        share = (jahr - self.von) / (self.bis - self.von) if self.bis > self.von else 0.5
        return LINKS + 8 + share * (room - 16)

    def y(self, wert: float) -> float:
        """Return how far down a value stands."""
        share = (wert - self.unten) / (self.oben - self.unten)
        return HOEHE - UNTEN - share * (HOEHE - OBEN - UNTEN)


def trend_svg(
    linien: Sequence[Linie], indikator: Indikator, marken: Sequence[tuple[str, float]]
) -> str:
    """Draw the series of one indicator; names stand at the ends of the lines.

    linien: each ordered by time, at least one value among them
    marken: title and place of each break that is drawn
    """
    plane = Flaeche(linien)
    parts = [
        *_raster(plane, indikator),
        *_jahre(plane),
        *[piece for row, mark in enumerate(marken) for piece in _marke(plane, mark, row % 2)],
        *[piece for line in linien if line.band for piece in _band(plane, line)],
        *[piece for line in linien for piece in _linie(plane, line)],
        *[piece for line in linien if line.ausblick for piece in _ausblick(plane, line)],
        *_namen(plane, linien),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{BREITE:g}pt" height="{HOEHE:g}pt"'
        f' viewBox="0 0 {BREITE:g} {HOEHE:g}">{"".join(parts)}</svg>'
    )


def schritte(unten: float, oben: float) -> list[float]:
    """Return round values for the lines of a value axis.

    >>> schritte(0, 10)
    [0.0, 2.5, 5.0, 7.5, 10.0]
    """
    rough = (oben - unten) / RASTER
    power = 10.0 ** floor(log10(rough))
    step = next(n * power for n in (1, 2, 2.5, 5, 10) if n * power >= rough * 0.999)
    first = ceil(unten / step - 1e-9)
    return [n * step for n in range(first, floor(oben / step + 1e-9) + 1)]


def _raster(plane: Flaeche, indikator: Indikator) -> Iterator[str]:
    values = schritte(plane.unten, plane.oben)
    digits = _stellen(values, indikator.nachkommastellen)
    for value in values:
        y = plane.y(value)
        colour = theme.GRAU if value == 0 else theme.LINIE
        yield _strich(LINKS, y, plane.rechts, y, colour, 0.6)
        yield _text(LINKS - 5, y + 2.7, f.zahl(value, digits), theme.GRAU, "end")


def _stellen(values: Sequence[float], most: int) -> int:
    """Return how many decimals tell all values of an axis apart."""
    for digits in range(most + 2):
        if all(abs(round(v, digits) - v) < 1e-9 * max(1.0, abs(v)) for v in values):
            return digits
    return most + 2


def _jahre(plane: Flaeche) -> Iterator[str]:
    base = HOEHE - UNTEN
    yield _strich(LINKS, base, plane.rechts, base, theme.GRAU, 0.6)
    first, last = ceil(plane.von), floor(plane.bis)
    step = max(1, ceil((last - first) / JAHRE))
    for year in range(last, first - 1, -1):
        if (last - year) % step == 0:
            yield _strich(plane.x(year), base, plane.x(year), base + 3, theme.GRAU, 0.6)
            yield _text(plane.x(year), base + 12, str(year), theme.GRAU, "middle")
        elif last - first <= 30:
            yield _strich(plane.x(year), base, plane.x(year), base + 1.8, theme.LINIE, 0.6)


def _marke(plane: Flaeche, marke: tuple[str, float], row: int) -> Iterator[str]:
    title, place = marke
    x, top = plane.x(place), OBEN - 2
    yield (
        f'<path d="M{x:.1f} {top:.1f}V{HOEHE - UNTEN:.1f}" stroke="{theme.GRAU}"'
        ' stroke-width="0.7" stroke-dasharray="1 2" fill="none"/>'
    )
    half = len(title) * 1.9
    centre = min(max(x, LINKS + half), plane.rechts - half)
    yield _text(centre, 6 + row * 6.5, title, theme.GRAU, "middle", size=7)


def _band(plane: Flaeche, line: Linie) -> Iterator[str]:
    """Draw the interval as a pale area that opens where the line does."""
    for part in abschnitte(line.werte):
        known = [w for w in part if w.unten is not None and w.oben is not None]
        for run in _laeufe(known, plane.schritt):
            upper = [f"{plane.x(stelle(w)):.1f} {plane.y(w.oben or 0):.1f}" for w in run]
            lower = [f"{plane.x(stelle(w)):.1f} {plane.y(w.unten or 0):.1f}" for w in run]
            area = "L".join([*upper, *reversed(lower)])
            yield f'<path d="M{area}z" fill="{line.farbe}" fill-opacity="0.13"/>'


def _laeufe(werte: Sequence[Wert], schritt: float) -> list[list[Wert]]:
    runs: list[list[Wert]] = []
    for wert in werte:
        if not runs or ist_luecke(stelle(runs[-1][-1]), stelle(wert), schritt):
            runs.append([])
        runs[-1].append(wert)
    return runs


def _linie(plane: Flaeche, line: Linie) -> Iterator[str]:
    thick = 1.8 if line.farbe == theme.TINTE else 1.2
    dash = f' stroke-dasharray="{STRICH[line.strich]}"' if STRICH[line.strich] else ""
    for part in abschnitte(line.werte):
        known = [w for w in part if w.wert is not None]
        for run in _laeufe(known, plane.schritt):
            points = "L".join(f"{plane.x(stelle(w)):.1f} {plane.y(w.wert or 0):.1f}" for w in run)
            if len(run) > 1:
                yield (
                    f'<path d="M{points}" fill="none" stroke="{line.farbe}" stroke-width="{thick}"'
                    f' stroke-linejoin="round"{dash}/>'
                )
            yield from (_punkt(plane, line, w) for w in run)


def _ausblick(plane: Flaeche, line: Linie) -> Iterator[str]:
    """Draw what is expected: dashed, with open diamonds and a pale band, never joined to the values."""
    banded = [a for a in line.ausblick if a.unten is not None and a.oben is not None]
    if banded:
        upper = [f"{plane.x(a.jahr):.1f} {plane.y(a.oben or 0):.1f}" for a in banded]
        lower = [f"{plane.x(a.jahr):.1f} {plane.y(a.unten or 0):.1f}" for a in reversed(banded)]
        yield f'<path d="M{"L".join([*upper, *lower])}z" fill="{line.farbe}" fill-opacity="0.13"/>'
    points = "L".join(f"{plane.x(a.jahr):.1f} {plane.y(a.wert):.1f}" for a in line.ausblick)
    yield (
        f'<path d="M{points}" fill="none" stroke="{line.farbe}" stroke-width="1.2"'
        f' stroke-dasharray="{STRICH["dash"]}"/>'
    )
    for a in line.ausblick:
        yield _zeichen(plane.x(a.jahr), plane.y(a.wert), "diamond", line.farbe, theme.PAPIER)


def _punkt(plane: Flaeche, line: Linie, wert: Wert) -> str:
    fill = theme.PAPIER if wert.guete in OFFEN else line.farbe
    x, y = plane.x(stelle(wert)), plane.y(wert.wert or 0)
    return _zeichen(x, y, line.symbol, line.farbe, fill)


def _zeichen(x: float, y: float, symbol: str, farbe: str, fill: str) -> str:
    r = 2.1
    shape = FORM[symbol].format(x=f"{x:.1f}", y=f"{y:.1f}", r=r, d=2 * r, s=f"{r * 1.35:.2f}")
    return f'<path d="{shape}" fill="{fill}" stroke="{farbe}" stroke-width="0.8"/>'


def _namen(plane: Flaeche, linien: Sequence[Linie]) -> Iterator[str]:
    """Name each line at its last value, moved apart so that no two names overlap."""
    ends = []
    for line in linien:
        seen = [w.wert for w in line.werte if w.wert is not None]
        last = [*seen, *[a.wert for a in line.ausblick]]
        if last:
            ends.append((plane.y(last[-1]), line))
    ends.sort(key=lambda end: -end[0])
    place = HOEHE
    for wanted, line in ends:
        place = min(wanted, place - ZEILE)
        weight = "600" if line.farbe == theme.TINTE else "400"
        yield _text(
            plane.rechts + 5, place + 2.7, beschriftung(line), line.farbe, "start", weight=weight
        )


def _strich(x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> str:
    return (
        f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}"'
        f' stroke-width="{width}" fill="none"/>'
    )


def _text(
    x: float,
    y: float,
    text: str,
    colour: str,
    anchor: str,
    *,
    size: float = GROESSE,
    weight: str = "400",
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{SCHRIFT}" font-size="{size}"'
        f' font-weight="{weight}" fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'
    )
