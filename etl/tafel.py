"""A sheet of text cells, whatever file it came from: CSV, XLS or XLSX; every cell has its place.

Numbers of a workbook are written in German (1234,5), dates as 2015-12-31, so that a reader knows
one way of writing only. It is the value of the cell, not its display: a 0 that Excel shows as "-"
is "0".
"""

import csv
import io
import os
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from etl.errors import DeliveryError, SozialmonitorError

DELIMITERS = ";,\t|"
WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # XLSX and other ZIPs, XLS
GROESSTE_TAFEL = 60_000_000  # cells; a sheet that claims more is damaged or has been padded
CSV_FIELD = 10_000_000
STDERR = 2


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
    data = pfad.read_bytes()
    if ist_mappe(data[:8]):
        return list(_sheets(pfad, data))
    return [tafel_aus_text(entziffert(data, pfad.name), pfad.name, trenner)]


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


def _sheets(pfad: Path, data: bytes) -> list[Tafel]:
    import python_calamine as calamine

    try:
        with _leise():
            book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
            return [
                _sheet(pfad.name, book.get_sheet_by_name(meta.name))
                for meta in book.sheets_metadata
                if meta.typ == calamine.SheetTypeEnum.WorkSheet
                and meta.visible == calamine.SheetVisibleEnum.Visible
            ]
    except (calamine.CalamineError, zipfile.BadZipFile, ValueError, OSError) as error:
        raise _unlesbar(pfad, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust, on some damaged XLS
            raise
        raise _unlesbar(pfad, error) from None


def _unlesbar(pfad: Path, error: BaseException) -> SozialmonitorError:
    return DeliveryError.at(
        pfad.name,
        f"Die Arbeitsmappe oder das ZIP lässt sich nicht öffnen ({' '.join(str(error).split())[:120]}).",
        "Die Datei neu herunterladen; eine Arbeitsmappe in Excel öffnen und als .xlsx speichern.",
    )


@contextmanager
def _leise() -> Iterator[None]:
    """Keep away what a panic prints past Python: where in its own code calamine gave up."""
    sys.stderr.flush()
    kept = os.dup(STDERR)
    try:
        with Path(os.devnull).open("wb") as nothing:
            os.dup2(nothing.fileno(), STDERR)
        yield
    finally:
        os.dup2(kept, STDERR)
        os.close(kept)


def _sheet(datei: str, sheet: object) -> Tafel:
    """Turn a sheet of calamine into text cells that count from A1."""
    height, width = sheet.total_height, sheet.total_width  # type: ignore[attr-defined]
    if height * width > GROESSTE_TAFEL:
        raise DeliveryError.at(
            f"{datei}, Blatt »{sheet.name}«",  # type: ignore[attr-defined]
            f"Das Blatt will {height} × {width} Felder haben.",
            "Leere Zeilen und Spalten löschen und neu speichern.",
        )
    rows = sheet.to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    ranges = sheet.merged_cell_ranges or ()  # type: ignore[attr-defined]
    return Tafel(
        datei,
        sheet.name,  # type: ignore[attr-defined]
        [[als_text(value) for value in row] for row in rows],
        range(1, len(rows) + 1),
        [(*first, *last) for first, last in ranges],
    )


def als_text(value: object) -> str:
    """Write a value of a workbook: whole numbers without, others with a comma; dates as ISO."""
    match value:
        case bool():
            text = "wahr" if value else "falsch"
        case float() | int():
            text = _number(float(value))
        case datetime():
            text = value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date() | time():
            text = value.isoformat()
        case timedelta():
            text = _number(value / timedelta(days=1))
        case _:
            text = "" if value is None else str(value)
    return text


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(repr(value)), "f").replace(".", ",")
