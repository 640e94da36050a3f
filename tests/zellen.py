"""Reads a delivery into cells, and writes small ones in official layouts."""

from pathlib import Path

import duckdb
import xlsxwriter

from etl import formats
from etl.errors import SozialmonitorError
from etl.gebiete import Gebiete
from etl.zellen import ZELLEN

GEBIETE = Gebiete()


def zellen(path, form=None, format_=None):
    """Return the cells of a file as dictionaries; by its content, or by a named format."""
    ziel = duckdb.connect()
    ziel.execute(ZELLEN)
    (format_ or formats.erkenne(path)).lies(path, ziel, GEBIETE, form)
    rows = ziel.execute("SELECT * FROM zellen ORDER BY blatt, zeile, spalte")
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def refusal(path, form=None, format_=None):
    """Return the text of the refusal; the table of cells has stayed empty."""
    ziel = duckdb.connect()
    ziel.execute(ZELLEN)
    try:
        (format_ or formats.erkenne(path)).lies(path, ziel, GEBIETE, form)
    except SozialmonitorError as error:
        assert ziel.execute("SELECT count(*) FROM zellen").fetchone() == (0,)
        return str(error)
    raise AssertionError(f"{path.name} wurde gelesen")


def mappe(path: Path, sheets, merged=(), formats_=()):
    """Write a workbook: sheet → rows of values; merged: (sheet, first row, col, last row, col)."""
    book = xlsxwriter.Workbook(path)
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if value not in (None, ""):
                    shown = book.add_format({"num_format": formats_}) if formats_ else None
                    if hasattr(value, "year"):
                        sheet.write_datetime(
                            i, j, value, book.add_format({"num_format": "dd.mm.yyyy"})
                        )
                    elif isinstance(value, str):
                        sheet.write_string(i, j, value)
                    else:
                        sheet.write_number(i, j, value, shown)
        for name, top, left, bottom, right in merged:
            if name == title:
                word = rows[top][left] if left < len(rows[top]) else ""
                sheet.merge_range(top, left, bottom, right, word)
    book.close()
    return path


def kurz(cells, *names):
    """Return a few fields of every cell."""
    return [tuple(cell[name] for name in names) for cell in cells]
