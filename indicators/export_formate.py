"""Published values as JSON, XLSX and Parquet: the same rows as the CSV, with types.

Nothing can run as a formula: JSON and Parquet hold typed text, and XLSX cells are written as text
with the mark that keeps a spreadsheet from reading them again.
"""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from etl import warehouse
from etl.errors import SozialmonitorError
from indicators.export import (
    COLUMNS,
    NUMBERS,
    ROWS_AT_A_TIME,
    Umfang,
    abfrage,
    anzahl,
    zeilen,
)
from indicators.records import Quelle
from indicators.records_stand import Datenstand
from indicators.service import Service
from indicators.spalten import GUETE, SPALTEN, STATUS, VORBEHALTE

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

WERTE, ERKLAERUNG = "Werte", "Quellen und Zeichen"
GEFAEHRLICH = re.compile(r"[=+@\t\r-]")
XLSX_ZEILEN = 1_048_575  # what a sheet holds below its heading
WEITE = {"titel": 44, "leitziel": 30, "gebiet_name": 24, "quelle": 44, "zeit": 12, "einheit": 24}
DECIMALS = {"wert", "unten", "oben"}


def kopf(service: Service) -> dict[str, Any]:
    """Return what every file says of itself: the Datenstand, and that it is a draft or internal."""
    stand = service.datenstand()
    return {
        "datenstand": stand.id,
        "entwurf": stand.entwurf,
        "intern": stand.intern,
        "veroeffentlichung": stand.name,
        "hinweis": stand.hinweis,
        "berechnet": stand.erzeugt.isoformat(timespec="seconds") + "Z",
    }


def quellen_zu(service: Service, umfang: Umfang) -> list[Quelle]:
    """Return the sources of a choice, each once."""
    if umfang.indikatoren is None:
        return service.quellen()
    found = {q.id: q for id_ in umfang.indikatoren for q in service.quellen(id_)}
    return sorted(found.values(), key=lambda q: (q.herausgeber, q.tabelle))


def quelle_als_dict(quelle: Quelle) -> dict[str, Any]:
    """Return what a file says of a source."""
    return {
        "id": quelle.id,
        "herausgeber": quelle.herausgeber,
        "tabelle": quelle.tabelle,
        "ausgabe": quelle.ausgabe,
        "titel": quelle.titel,
        "stand": quelle.stand.isoformat(),
        "lizenz": quelle.lizenz,
        "namensnennung": quelle.namensnennung,
        "bearbeitung": quelle.bearbeitung,
        "rhythmus": quelle.rhythmus,
    }


def json_zeilen(service: Service, umfang: Umfang) -> Iterator[bytes]:
    """Yield one JSON object piece by piece: head, sources, signs, then one object per value."""
    head = kopf(service) | {
        "spalten": dict(SPALTEN),
        "status": {word: meaning for word, (_, meaning) in STATUS.items()},
        "quellen": [quelle_als_dict(q) for q in quellen_zu(service, umfang)],
    }
    yield _json(head)[:-1].encode() + b',"werte":['
    cursor, comma = zeilen(service, umfang), ""
    while rows := cursor.fetchmany(ROWS_AT_A_TIME):
        yield (comma + ",\n".join(_json(als_dict(row)) for row in rows)).encode()
        comma = ",\n"
    yield b"]}\n"


def als_dict(row: Sequence[Any]) -> dict[str, Any]:
    """Return a row by column; a number that is missing is null, a text that is missing is empty."""
    return dict(zip(COLUMNS, row, strict=True))


def _json(thing: object) -> str:
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"))


def parquet(service: Service, umfang: Umfang, ziel: Path) -> None:
    """Write a Parquet file; its metadata name the Datenstand, and every row does too."""
    query, values = abfrage(service, umfang, ", ".join(COLUMNS))
    head = kopf(service)
    about = {name: str(head[name]) for name in ("datenstand", "hinweis")}
    warehouse.write_parquet(service.datei(), query, values, ziel, about)


def xlsx(service: Service, umfang: Umfang, ziel: IO[bytes]) -> None:
    """Write an XLSX: typed cells on the first sheet, sources, columns and signs on the second.

    Raises:  SozialmonitorError if the choice has more rows than a sheet
    """
    from xlsxwriter import Workbook

    rows = anzahl(service, umfang)
    if rows > XLSX_ZEILEN:
        raise SozialmonitorError.at(
            "xlsx",
            f"Ein Tabellenblatt fasst {XLSX_ZEILEN} Zeilen; die Auswahl hat {rows}.",
            "Weniger Indikatoren, Gebiete oder Jahre wählen, oder das Format csv nehmen.",
        )
    stand = service.datenstand()
    book = Workbook(
        ziel,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_numbers": False},
    )
    title = f"Sozialmonitor, Datenstand {stand.name}"
    book.set_properties({"title": title, "comments": stand.hinweis})
    _werte(book, service, umfang, stand)
    _erklaerung(book, service, umfang, stand)
    book.close()


def _werte(book: "Workbook", service: Service, umfang: Umfang, stand: Datenstand) -> None:
    sheet = book.add_worksheet(WERTE)
    sheet.set_header(f"&LSozialmonitor, Datenstand {stand.name}&RSeite &P von &N")
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, WEITE.get(column, 13))
    bold = book.add_format({"bold": True, "bottom": 1})
    for place, column in enumerate(COLUMNS):
        sheet.write_string(0, place, column, bold)
    forms = _Formen(book, {i.id: i.nachkommastellen for i in service.indikatoren()})
    cursor, number = zeilen(service, umfang), 0
    while rows := cursor.fetchmany(ROWS_AT_A_TIME):
        for row in rows:
            number += 1
            forms.zeile(sheet, number, row)
    sheet.autofilter(0, 0, max(number, 1), len(COLUMNS) - 1)


class _Formen:
    """The formats of one workbook, made once each."""

    def __init__(self, book: "Workbook", stellen: dict[str, int]) -> None:
        self._stellen = stellen
        self._text = book.add_format({"quote_prefix": True})
        self._tag = book.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
        self._zahl = {
            n: book.add_format({"num_format": f"#,##0.{'0' * n}" if n else "#,##0"})
            for n in {*stellen.values(), 0}
        }

    def zeile(self, sheet: "Worksheet", number: int, row: Sequence[Any]) -> None:
        """Write one row: numbers as numbers, the Stand as a date, everything else as text."""
        decimals: Format = self._zahl[self._stellen.get(row[0], 0)]
        for place, (column, cell) in enumerate(zip(COLUMNS, row, strict=True)):
            if cell is None or cell == "":
                continue
            if column in NUMBERS:
                sheet.write_number(number, place, cell, decimals if column in DECIMALS else None)
            elif column == "stand":
                sheet.write_datetime(number, place, date.fromisoformat(cell), self._tag)
            else:
                sheet.write_string(
                    number, place, cell, self._text if GEFAEHRLICH.match(cell) else None
                )


def _erklaerung(book: "Workbook", service: Service, umfang: Umfang, stand: Datenstand) -> None:
    sheet = book.add_worksheet(ERKLAERUNG)
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 30, wrapped)
    sheet.set_column(1, 4, 46, wrapped)
    number = 0
    for title, lines in _bloecke(quellen_zu(service, umfang), stand):
        sheet.write_string(number, 0, title, bold)
        for line in lines:
            number += 1
            for place, text in enumerate(line):
                sheet.write_string(number, place, text, wrapped)
        number += 2


def _bloecke(
    quellen: Sequence[Quelle], stand: Datenstand
) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    note = [(stand.hinweis,)] if stand.hinweis else []
    yield (
        f"Sozialmonitor, Datenstand {stand.id}",
        [*note, ("Berechnet am", f"{stand.erzeugt:%d.%m.%Y}")],
    )
    head = ("Herausgeber und Tabelle", "Titel", "Stand und Lizenz", "Namensnennung", "Bearbeitung")
    yield (
        "Quellen",
        [
            head,
            *(
                (
                    f"{q.herausgeber}, {q.tabelle}",
                    q.titel,
                    f"Stand {q.stand:%d.%m.%Y}; Lizenz: {q.lizenz}",
                    q.namensnennung,
                    q.bearbeitung,
                )
                for q in quellen
            ),
        ],
    )
    yield (
        "Zeichen der Spalte status",
        [(word, f"{sign}   {text}") for word, (sign, text) in STATUS.items()],
    )
    yield "Wörter der Spalte guete", list(GUETE.items())
    yield "Spalten", list(SPALTEN.items())
    yield "Zu beachten", [(text,) for text in VORBEHALTE]
