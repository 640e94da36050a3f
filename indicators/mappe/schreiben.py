"""Write the workbook: what planners fill in, with the words they may choose from."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.errors import DeliveryError
from indicators.mappe import (
    ANLEITUNG,
    GEHOERT_ZU,
    STAND,
    Blatt,
    blaetter,
    grundtyp,
    ist_liste,
    kennzeichen,
    woerter,
)
from indicators.model_steuerung import Eintrag
from indicators.planung import LISTEN, Planung

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

BREITEN = {"id": 26, "titel": 34, "quelle": 34, "leitziele": 38, "leitziel": 38, "datum": 12}
LANG = ("text", "beschreibung", "abgrenzung", "adresse")
ZELLE = 32767  # characters; Excel cuts off the rest
Namen = Mapping[str, Iterable[str]]
LEITFADEN = (
    "Eine Zeile je Eintrag. Zeilen dürfen dazukommen, wegfallen und den Platz tauschen; Namen von"
    " Blättern und Spalten bleiben. Mehrere Angaben in einer Zelle stehen untereinander (Alt+Enter)."
    " Farbig unterlegte Spalten sind Pflicht. Danach: sozialmonitor agenda import DATEI.xlsx; das"
    " zeigt zuerst, was sich ändert."
)


def schreibe(pfad: Path, planung: Planung, namen: Namen) -> None:
    """Write the workbook.

    namen:  what may be written where another thing is named, by its word (Leitziel, Indikator …)
    Raises: DeliveryError if the file exists, or cannot be written
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    if pfad.exists():
        problem = "Diese Datei gibt es schon; darin könnte jemandes Arbeit stehen."
        raise DeliveryError.at(pfad, problem, "Einen anderen Namen wählen.")
    book = Workbook(pfad, {"strings_to_numbers": False, "strings_to_formulas": False,
                           "strings_to_urls": False})  # fmt: skip
    _anleitung(book, planung, namen)
    for blatt in blaetter():
        _blatt(book, blatt, planung)
    try:
        book.close()
    except FileCreateError as error:
        problem = "Die Mappe lässt sich hier nicht speichern."
        raise DeliveryError.at(pfad, problem, "Einen anderen Ordner wählen.") from error


def _anleitung(book: "Workbook", planung: Planung, namen: Namen) -> None:
    sheet = book.add_worksheet(ANLEITUNG)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top"})
    sheet.set_column(0, 0, 34, wrapped)
    sheet.set_column(1, 1, 110, wrapped)
    rows: list[tuple[str, str]] = [("Agenda der Sozialplanung", LEITFADEN)]
    for blatt in blaetter():
        rows.append((f"Blatt »{blatt.titel}«", ""))
        rows += [(name, _erklaerung(blatt.modell, name)) for name in blatt.spalten]
    rows += [(f"Kennungen: {word}", "\n".join(known)) for word, known in namen.items()]
    rows += [(STAND, "Diese Zeilen bitte stehen lassen.")]
    rows += [(liste, kennzeichen(planung.liste(liste))) for liste in LISTEN]
    for n, (left, right) in enumerate(rows):
        sheet.write_string(n, 0, left, bold if not right or n == 0 else wrapped)
        sheet.write_string(n, 1, right[:ZELLE], wrapped)


def _erklaerung(modell: type[Eintrag], name: str) -> str:
    if name == GEHOERT_ZU:
        return "Kennung (id) des Eintrags, zu dem die Zeile gehört."
    field = modell.model_fields[name]
    words = woerter(field.annotation)
    parts = [
        field.description or "",
        f"Erlaubt: {', '.join(words)}." if words else "",
        "Mehrere untereinander." if ist_liste(field.annotation) else "",
        "Pflicht." if field.is_required() else "",
    ]
    return " ".join(part for part in parts if part)


def _blatt(book: "Workbook", blatt: Blatt, planung: Planung) -> None:
    sheet = book.add_worksheet(blatt.titel)
    cell = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "left"})
    number = book.add_format({"valign": "top"})
    head = {"bold": True, "bottom": 1, "num_format": "@"}
    rows = list(_reihen(blatt, planung))
    for column, name in enumerate(blatt.spalten):
        field = blatt.modell.model_fields.get(name)
        kind: Any = grundtyp(field.annotation) if field else str
        look = {date: day, int: number, float: number}.get(kind, cell)
        width = BREITEN.get(name, 60 if name in LANG else 18)
        sheet.set_column(column, column, width, look)
        must = {"bg_color": "#DCE6F1"} if field is None or field.is_required() else {}
        sheet.write_string(0, column, name, book.add_format(head | must))
        choices = woerter(field.annotation) if field else []
        if choices:
            rule = {"validate": "list", "source": choices, "ignore_blank": True}
            sheet.data_validation(1, column, len(rows) + 200, column, rule)
        for n, row in enumerate(rows, start=1):
            _zelle(sheet, n, column, row[name], look)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(blatt.spalten) - 1)


def _reihen(blatt: Blatt, planung: Planung) -> Iterator[dict[str, Any]]:
    for entry in planung.liste(blatt.liste):
        if not blatt.teil:
            yield dict(entry)
            continue
        for part in getattr(entry, blatt.teil):
            yield {GEHOERT_ZU: getattr(entry, "id", ""), **dict(part)}


def _zelle(sheet: "Worksheet", row: int, column: int, value: object, look: object) -> None:
    match value:
        case None | ():
            sheet.write_blank(row, column, None, look)
        case date():
            sheet.write_datetime(row, column, value, look)
        case int() | float() if float(f"{value:.16G}") == value:  # what a workbook can hold
            sheet.write_number(row, column, value, look)
        case _:
            text = "\n".join(value) if isinstance(value, tuple) else str(value)
            if len(text) > ZELLE:
                problem = f"Der Text ist mit {len(text)} Zeichen zu lang für eine Zelle."
                raise DeliveryError.at(f"{sheet.get_name()}, Zeile {row + 1}", problem, "Kürzen.")
            sheet.write_string(row, column, text, look)
