"""The Kreisformat as XLSX: the sheet »Daten« of a form (etl.vorlage), handed on as the CSV it stands for.

Every row keeps its number, so that a defect leads to the row in Excel. Other sheets may only hold
the instructions; anything else would be figures that nobody reads.
"""

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from etl.errors import DeliveryError
from etl.lieferungen import Lieferung
from etl.tafel import Tafel, ist_mappe, lies_tafeln

ANLEITUNG = ("anleitung", "hinweise", "listen")


def as_csv(lieferung: Lieferung, folder: Path, columns: Sequence[str]) -> Lieferung:
    """Return a workbook as a CSV in `folder`, any other file as it is.

    Raises:  DeliveryError if there is not exactly one sheet with these columns, or an unread one
    """
    with lieferung.pfad.open("rb") as file:
        if not ist_mappe(file.read(8)):
            return lieferung
    tafel = daten(lieferung.pfad, columns, lieferung.datei)
    path = folder / f"{lieferung.sha256}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(_row(row, len(columns)) for row in tafel.reihen[1:])
    return replace(lieferung, pfad=path)


def daten(pfad: Path, columns: Sequence[str], datei: str) -> Tafel:
    """Return the one sheet whose first row holds the columns of the Kreisformat.

    Raises:  DeliveryError if there is not exactly one, or a sheet that is neither
    """
    filled = [t for t in lies_tafeln(pfad) if any(c.strip() for row in t.reihen for c in row)]
    found = [t for t in filled if _head(t) == list(columns)]
    unread = [t for t in filled if t not in found and t.blatt.casefold() not in ANLEITUNG]
    if len(found) != 1 or unread:
        names = ", ".join(f"»{t.blatt}«" for t in (unread or filled))
        raise DeliveryError.at(
            datei,
            f"Genau ein Blatt braucht in Zeile 1 die Spalten des Kreisformats; gefunden: {names}.",
            f"Mit »sozialmonitor template« eine Vorlage anlegen und ausfüllen ({';'.join(columns)}).",
        )
    for i, row in enumerate(found[0].reihen):
        if any(cell.strip() for cell in row[len(columns) :]):
            raise DeliveryError.at(
                found[0].ort(i, len(columns)),
                "Rechts neben der Tabelle steht noch etwas.",
                "Anmerkungen gehören in die Spalte bemerkung.",
            )
    return found[0]


def _head(tafel: Tafel) -> list[str]:
    cells = [cell.strip() for cell in tafel.reihen[0]] if tafel.reihen else []
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _row(row: Sequence[str], width: int) -> list[str]:
    """Return a row on one line: a line break within a cell would shift the numbers of the rows."""
    return [" ".join(cell.split()) for cell in row[:width]] + [""] * (width - len(row))
