"""A sheet of text cells, whatever file it came from: CSV, XLS or XLSX; every cell has its place.

Numbers of a workbook are written in German (1234,5), dates as 2015-12-31, so that a reader knows
one way of writing only. It is the value of the cell, not its display: a 0 that Excel shows as "-"
is "0".
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from etl.errors import DeliveryError
from etl.mappe import lies_mappe

DELIMITERS = ";,\t|"
WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # XLSX and other ZIPs, XLS
CSV_FIELD = 10_000_000


@dataclass(frozen=True, slots=True)
class Tafel:
    """The cells of one sheet, row by row; rows may differ in length.

    `zeilen[i]` is the number that row i has in its file (the first line, where a cell spans lines);
    column j of the list is column j + 1 of the sheet. `verbunden` holds merged ranges as
    (first row, first column, last row, last column), all counted like the lists.
    """

    datei: str
    blatt: str
    reihen: list[list[str]]
    zeilen: Sequence[int]
    verbunden: list[tuple[int, int, int, int]] = field(default_factory=list)

    def ort(self, reihe: int, spalte: int | None = None) -> str:
        """Name the place of a cell for people: `datei.csv:12`, `datei.xlsx, Blatt »Daten«, B7`."""
        zeile = self.zeilen[reihe]
        if not self.blatt:
            return f"{self.datei}:{zeile}" + ("" if spalte is None else f", Spalte {spalte + 1}")
        cell = f"Zeile {zeile}" if spalte is None else f"{buchstaben(spalte + 1)}{zeile}"
        return f"{self.datei}, Blatt »{self.blatt}«, {cell}"

    def gefuellt(self, bis: int | None = None) -> list[list[str]]:
        """Return the rows with merged ranges filled from their first cell; the rest unchanged.

        Args:  bis: only ranges that begin above this row (the end of the header)
        """
        reihen = [list(reihe) for reihe in self.reihen]
        for top, left, bottom, right in self.verbunden:
            if top >= len(reihen) or (bis is not None and top >= bis):
                continue
            word = reihen[top][left] if left < len(reihen[top]) else ""
            for reihe in reihen[top : bottom + 1]:
                reihe.extend([""] * (right + 1 - len(reihe)))
                reihe[left : right + 1] = [word] * (right + 1 - left)
        return reihen


def buchstaben(spalte: int) -> str:
    """Return the letters of a column, 1 is A."""
    letters = ""
    while spalte:
        spalte, rest = divmod(spalte - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def ist_mappe(kopf: bytes) -> bool:
    """Tell whether the first bytes are those of an XLS or a ZIP (XLSX, but flat files as well)."""
    return kopf.startswith(WORKBOOK)


def lies_tafeln(pfad: Path, trenner: str = "") -> list[Tafel]:
    """Read every visible sheet of a workbook, or the one of a CSV.

    Args:  trenner: the delimiter of a CSV; found out if empty
    Raises:  DeliveryError if the file cannot be read
    """
    with pfad.open("rb") as file:
        workbook = ist_mappe(file.read(8))
    if not workbook:
        return [tafel_aus_text(entziffert(pfad.read_bytes(), pfad.name), pfad.name, trenner)]
    found = pfad.stat()
    read = _sheets(pfad, found.st_mtime_ns, found.st_ino, found.st_size)
    return [replace(tafel, reihen=[list(row) for row in tafel.reihen]) for tafel in read]


def entziffert(data: bytes, datei: str) -> str:
    """Return the text of a file in UTF-8, UTF-16 or, as the offices' older ones, in Windows-1252.

    Raises:  DeliveryError if it is no text
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        coding = "utf-16"
    else:
        coding = "utf-8-sig"
        if b"\x00" in data:
            line = data[: data.index(b"\x00")].count(b"\n") + 1
            raise DeliveryError.at(
                f"{datei}:{line}",
                "Das ist keine Textdatei.",
                "Die Datei neu herunterladen, unverändert.",
            )
    try:
        return data.decode(coding)
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def trennzeichen(text: str) -> str:
    """Return the delimiter of a CSV: the one that most of the first lines have, most often."""
    lines = text[:65536].splitlines()[:200]
    votes: Counter[str] = Counter()
    for line in lines:
        bare = "".join(line.split('"')[::2])  # what stands outside quotation marks
        counts = {sign: bare.count(sign) for sign in DELIMITERS}
        best = max(DELIMITERS, key=lambda sign: counts[sign])
        if counts[best]:
            votes[best] += 1
    return votes.most_common(1)[0][0] if votes else ";"


def tafel_aus_text(text: str, datei: str, trenner: str = "", *, strikt: bool = True) -> Tafel:
    """Split a CSV into cells; blank lines stay as empty rows.

    Args:  strikt: refuse stray quotation marks; without it the caller must look for cells that
           have swallowed lines
    Raises:  DeliveryError with the line where the file falls apart
    """
    csv.field_size_limit(CSV_FIELD)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=trenner or trennzeichen(text), strict=strikt
    )
    reihen: list[list[str]] = []
    zeilen: list[int] = []
    first = 1
    try:
        for cells in reader:
            reihen.append(cells)
            zeilen.append(first)
            first = reader.line_num + 1
    except csv.Error as error:
        raise DeliveryError.at(
            f"{datei}:{first}",
            "Die Zeile lässt sich nicht in Felder teilen: ein Anführungszeichen ist offen.",
            "Prüfen, ob die Datei vollständig ist, und sie unverändert neu ablegen.",
        ) from error
    return Tafel(datei, "", reihen, zeilen)


@lru_cache(maxsize=2)
def _sheets(pfad: Path, _changed: int, _inode: int, _size: int) -> tuple[Tafel, ...]:
    """Read a workbook once, although every format looks into it to recognise its own."""
    try:
        sheets = lies_mappe(pfad)
    except ValueError as error:
        raise DeliveryError.at(
            pfad.name,
            f"Die Arbeitsmappe oder das ZIP lässt sich nicht öffnen ({error}).",
            "Die Datei neu herunterladen; eine Arbeitsmappe in Excel öffnen und als .xlsx speichern;"
            " leere Zeilen und Spalten löschen.",
        ) from error
    return tuple(
        Tafel(
            pfad.name,
            sheet["blatt"],
            sheet["reihen"],
            range(1, len(sheet["reihen"]) + 1),
            [tuple(place) for place in sheet["verbunden"]],
        )
        for sheet in sheets
    )
