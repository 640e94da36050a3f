"""What stands where in a sheet of the Gemeindeverzeichnis, found by the words of its headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.kopfzeilen import ist_zaehlzeile
from etl.tafel import Tafel

DAY = re.compile(r"(?<!\d)(\d{2})\.?(\d{2})\.?((?:19|20)\d\d)(?!\d)")
PARTS = {"land": 2, "rb": 1, "kreis": 2, "gem": 3}  # of the key of a municipality: digits
PART_WORDS = {"land": "land", "rb": "rb", "kreis": "kreis", "gem": "gem", "gemeinde": "gem"}
KEY_WORDS = ("schlusselnummer", "ags", "ars", "amtlichergemeindeschlussel", "regionalschlussel")
FIGURES = (  # word in the heading → content, sex, unit
    (re.compile(r"jekm2"), "Bevölkerungsdichte", "", "je km2"),
    (re.compile(r"flache.*\bha\b|flache.*inha\b"), "Fläche", "", "ha"),
    (re.compile(r"flache"), "Fläche", "", "km2"),
    (re.compile(r"mannlich"), "Bevölkerung", "männlich", "Anzahl"),
    (re.compile(r"weiblich"), "Bevölkerung", "weiblich", "Anzahl"),
    (re.compile(r"langengrad"), "Längengrad", "", "Grad"),
    (re.compile(r"breitengrad"), "Breitengrad", "", "Grad"),
    (re.compile(r"bevolkerung|einwohner"), "Bevölkerung", "insgesamt", "Anzahl"),
)


@dataclass(frozen=True, slots=True)
class Aufbau:
    """What a sheet consists of; rows and columns count from 0."""

    kopf: range
    satzart: int | None
    key: tuple[int, ...]
    stellen: tuple[int, ...]
    figures: dict[int, tuple[str, str, str]]
    days: dict[int, str]


def finde_aufbau(tafel: Tafel) -> Aufbau | None:
    """Return what stands where; nothing if this is no sheet of the register."""
    start = next(
        (i for i, row in enumerate(tafel.reihen[:40]) if len(set(filter(None, row))) > 3), None
    )
    if start is None:
        return None
    words = [_word(cell) for row in tafel.reihen[start : start + 6] for cell in row]
    if not any(word.startswith(("satzart", *KEY_WORDS)) or word == "rb" for word in words):
        return None
    end = _first_data_row(tafel, start)
    rows = tafel.gefuellt(end)[start:end]
    paths = _paths(rows)
    parts = {
        PART_WORDS[p[-1]]: j
        for j, p in reversed(list(enumerate(paths)))
        if p and p[-1] in PART_WORDS
    }
    single = [j for j, p in enumerate(paths) if any(w.startswith(KEY_WORDS) for w in p)]
    figures = {j: found for j, p in enumerate(paths) if (found := _figure(p))}
    whole = all(part in parts for part in PARTS)
    if not figures or not (whole or single):
        return None
    return Aufbau(
        range(start, end),
        next((j for j, p in enumerate(paths) if "satzart" in p), None),
        tuple(parts[p] for p in PARTS) if whole else (single[0],),
        tuple(PARTS.values()) if whole else (),
        figures,
        {j: day for j in figures if (day := _own_day(rows, j))},
    )


def _word(text: str) -> str:
    """Return a heading in one spelling: no umlauts, hyphens, blanks, footnotes, units apart."""
    word = re.sub(r"\d\)", "", text.casefold()).replace("²", "2")
    for umlaut, letter in (
        ("ä", "a"),
        ("ö", "o"),
        ("ü", "u"),
        ("ae", "a"),
        ("oe", "o"),
        ("ue", "u"),
    ):
        word = word.replace(umlaut, letter)
    return re.sub(r"[^a-z0-9]", "", word)


def _first_data_row(tafel: Tafel, start: int) -> int:
    """Return the first row below the headings that begins with digits and does not count columns."""
    for i in range(start + 1, min(start + 12, len(tafel.reihen))):
        row = tafel.reihen[i]
        lead = next((cell for cell in row if cell.strip()), "")
        if re.fullmatch(r"\d{1,9}", lead.strip()):
            return i if not ist_zaehlzeile(row) else i + 1
    return min(start + 1, len(tafel.reihen))


def _paths(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    width = max(map(len, rows))
    cells = [[row[j] if j < len(row) else "" for row in rows] for j in range(width)]
    return [[_word(c) for c in column if c.strip() and not DAY.search(c)] for column in cells]


def _figure(path: Sequence[str]) -> tuple[str, str, str] | None:
    whole = " ".join(path)
    return next(((n, sex, unit) for form, n, sex, unit in FIGURES if form.search(whole)), None)


def _own_day(rows: Sequence[Sequence[str]], j: int) -> str:
    """Return the date in the headings of a column, unless it is that of the territory."""
    cells = [row[j] for row in rows if j < len(row) and "gebietsstand" not in row[j].casefold()]
    return next((".".join(m.groups()) for c in cells for m in DAY.finditer(c)), "")
