"""Files that look like records of single persons are refused: the Sozialmonitor holds counts only.

What is looked at are the headings, and columns of birth dates, case numbers or names among the
first rows. Areas, days and codes of statistics have their own looks and are let through.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from etl.errors import DeliveryError, Mangel
from etl.formats.kreisformat_text import HEADER
from etl.tafel import entziffert, ist_mappe, lies_tafeln, tafel_aus_text
from etl.zeit import erkenne_zeit

HEADERS, ROWS, HEAD = 30, 400, 65536
LEAST = 8  # rows below which a column proves nothing
MOST, DISTINCT = 0.8, 0.6
PERSON = re.compile(
    r"\b(vornamen?|nachnamen?|familiennamen?|geburtsnamen?|rufname|geburtsdatum|geburtstag|geb\.?[- ]?dat(um)?"
    r"|geboren am|aktenzeichen|fall[- ]?(nummer|nr\.?|id)|klienten?[- ]?(nummer|nr\.?|id)"
    r"|personen?[- ]?(nummer|nr\.?|id)|kunden[- ]?(nummer|nr\.?)|bg[- ]?(nummer|nr\.?)"
    r"|(sozial|renten|kranken)?versicher(ungs|ten)[- ]?(nummer|nr\.?)|steuer[- ]?id|iban)(?!\w)",
    re.IGNORECASE,
)
ATTRIBUTE = re.compile(
    r"(geschlecht|alter|geburtsjahr|staatsangehörigkeit|nationalität|familienstand|wohnort|straße"
    r"|leistungsart|pflegegrad|religion|beruf)",
    re.IGNORECASE,
)
IDENTITY = re.compile(
    r"((lfd\.? ?|laufende ?)?(nr|nummer)\.?|id|kennung|person|fall)", re.IGNORECASE
)
COUNTED = re.compile(
    r"anzahl|wert|zahl|summe|insgesamt|fälle|personen|quote|anteil|prozent|%|value|count|einwohner",
    re.IGNORECASE,
)
CASE = re.compile(
    r"\d{5}(BG|//)\d{7}|\d{3}[A-Z]\d{6}|\d{2} ?\d{6} ?[A-Z] ?\d{3}|\d{2,4}[./-][A-Z]{1,4}[./-]?\d{2,}"
    r"|[A-Z]{1,4}[-./ ]?\d{2,4}[/.-]\d{3,}|\d{2,3}[./-]\d{4}[./-]\d{3,}"
)
WORD = r"[A-ZÄÖÜ][a-zäöüßéèëç]+(?:[- ][A-ZÄÖÜ][a-zäöüßéèëç]+)?"
NAME = re.compile(rf"{WORD}, ?{WORD}")
ADVICE = (
    "Nur zusammengezählte Zahlen abgeben: je Gemeinde und Zeit eine Anzahl, zum Beispiel mit"
    " »sozialmonitor template«. Die Datei hier löschen."
)


def refuse_personen(pfad: Path, datei: str) -> None:
    """Refuse a file with one row per person; the message names a place, never what stands there.

    Raises:  DeliveryError with the reason
    """
    for blatt, rows in _sheets(pfad):
        found = grund(rows)
        if found:
            place = f"{datei}, Blatt »{blatt}«" if blatt else datei
            raise DeliveryError(
                [
                    Mangel(
                        place,
                        f"Die Datei sieht nach Angaben zu einzelnen Menschen aus: {found}.",
                        ADVICE,
                    )
                ]
            )


def _sheets(pfad: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the first rows of every sheet; a file that is no table has none."""
    with pfad.open("rb") as file:
        head = file.read(HEAD)
    if head.removeprefix(codecs.BOM_UTF8).startswith(HEADER.encode()):
        return  # the Kreisformat has no place for a person
    try:
        if ist_mappe(head):
            if pfad.suffix.lower() != ".zip":
                yield from ((t.blatt, t.reihen[:ROWS]) for t in lies_tafeln(pfad))
            return
        whole = head if len(head) < HEAD else head[: head.rfind(b"\n") + 1]
        yield "", tafel_aus_text(entziffert(whole, pfad.name), pfad.name).reihen[:ROWS]
    except DeliveryError:
        return  # its reader says better what is wrong with it


def grund(rows: Sequence[Sequence[str]]) -> str | None:
    """Return why rows look like one per person; None if they do not."""
    for number, row in enumerate(rows[:HEADERS], start=1):
        for cell in row:
            if len(cell) <= 40 and PERSON.search(cell) and not COUNTED.search(cell):
                return f"In Zeile {number} heißt eine Spalte »{cell.strip()}«"
    return _one_row_each(rows) or _columns(rows)


def _one_row_each(rows: Sequence[Sequence[str]]) -> str | None:
    """Return the reason if a header has a running number and traits of a person, but no count."""
    for number, row in enumerate(rows[:HEADERS], start=1):
        cells = [cell.strip() for cell in row]
        traits = {cell: place for place, cell in enumerate(cells) if ATTRIBUTE.fullmatch(cell)}
        running = any(IDENTITY.fullmatch(cell) for cell in cells)
        if len(traits) < 2 or any(COUNTED.search(cell) for cell in cells):
            continue
        if (running or len(traits) == len([c for c in cells if c])) and _traits_below(
            rows[number:], list(traits.values())
        ):
            return f"Zeile {number} nennt {' und '.join(list(traits)[:2])}, aber keine Anzahl"
    return None


def _traits_below(rows: Sequence[Sequence[str]], places: Sequence[int]) -> bool:
    """Say whether columns hold words and ages, as of persons, and not counts."""
    cells = [row[p].strip() for row in rows for p in places if p < len(row) and row[p].strip()]
    large = [
        c
        for c in cells
        if re.fullmatch(r"[\d.]+(,\d+)?", c) and float(re.sub(r"[.,]", "", c)) > 120
    ]
    years = [c for c in large if re.fullmatch(r"(19|20)\d\d", c)]
    return len(rows) >= LEAST and len(large) - len(years) < 0.05 * len(cells)


def _columns(rows: Sequence[Sequence[str]]) -> str | None:
    width = max((len(row) for row in rows), default=0)
    for column in range(width):
        cells = [row[column].strip() for row in rows if column < len(row) and row[column].strip()]
        if len(cells) < LEAST or len(set(cells)) < DISTINCT * len(cells):
            continue
        for name, holds in (("Fallnummern", _cases), ("Namen", _names), ("Geburtsdaten", _births)):
            if holds(cells):
                return f"Spalte {column + 1} enthält {name}"
    return None


def _cases(cells: Sequence[str]) -> bool:
    return sum(CASE.fullmatch(cell) is not None for cell in cells) >= MOST * len(cells)


def _names(cells: Sequence[str]) -> bool:
    """Say whether most cells are »Nachname, Vorname«; »Esslingen, Landkreis« repeats its kind."""
    found = [cell for cell in cells if NAME.fullmatch(cell)]
    if len(found) < MOST * len(cells):
        return False
    kinds = Counter(cell.partition(",")[2].strip() for cell in found)
    return kinds.most_common(1)[0][1] <= max(2, 0.1 * len(found))


def _births(cells: Sequence[str]) -> bool:
    """Say whether most cells are days without a rhythm; reporting days end months or follow."""
    days = [day for day in map(_day, cells) if day is not None]
    if len(days) < MOST * len(cells):
        return False
    at_edge = sum(day.day == 1 or day.day >= 28 for day in days)
    ordered = sorted(set(days))
    steps = {(after - before).days for before, after in pairwise(ordered)}
    return at_edge < len(days) / 2 and len(steps) > 3


def _day(cell: str) -> date | None:
    if not re.fullmatch(r"\d{1,2}\.\d{1,2}\.(\d{4}|\d{2})|\d{4}-\d{2}-\d{2}", cell):
        return None
    try:
        return erkenne_zeit(cell).von
    except ValueError:
        return None
