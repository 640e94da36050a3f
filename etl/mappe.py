"""Reads one workbook in a process of its own, which writes its cells as JSON.

The library that reads workbooks gives up on some damaged ones in ways that no `except` can catch:
it panics, or a cell far out makes it ask for more memory than there is. Here it can only take
itself along.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

SPEICHER = 4 << 30  # bytes; a real workbook with 260,000 cells takes 65 million
FRIST = 600  # seconds
GROESSTE_TAFEL = 60_000_000  # cells; a sheet that claims more is damaged or has been padded
GIBT_AUF = "Das Programm, das Arbeitsmappen liest, gibt bei dieser Datei auf."


def lies_mappe(pfad: Path) -> list[dict[str, Any]]:
    """Return the visible sheets of a workbook: blatt, reihen (text), verbunden, each counted from 0.

    Raises:  ValueError in German if it cannot be read
    """
    code = "import sys; from etl.mappe import main; main(sys.argv[1])"
    try:
        done = subprocess.run(  # noqa: S603 - Python itself; the file is only an argument
            [sys.executable, "-c", code, str(pfad.resolve())],
            cwd=Path(__file__).parent.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=FRIST,
        )
    except subprocess.TimeoutExpired as error:
        raise ValueError(GIBT_AUF) from error
    if done.returncode:
        raise ValueError(GIBT_AUF)
    answer = json.loads(done.stdout)
    if "fehler" in answer:
        raise ValueError(answer["fehler"])
    sheets: list[dict[str, Any]] = answer["blaetter"]
    return sheets


def main(datei: str) -> None:
    """Write the sheets of a file, or why there are none."""
    resource.setrlimit(resource.RLIMIT_AS, (SPEICHER, SPEICHER))
    try:
        answer: dict[str, object] = {"blaetter": blaetter(Path(datei))}
    except ValueError as error:
        answer = {"fehler": str(error)}
    json.dump(answer, sys.stdout)


def blaetter(pfad: Path) -> list[dict[str, Any]]:
    """Read the sheets in this process.

    Raises:  ValueError if it cannot be read; a damaged file may end the process
    """
    import python_calamine as calamine

    try:
        with calamine.load_workbook(str(pfad)) as book:
            return list(_sheets(book))
    except (calamine.CalamineError, OSError) as error:
        raise ValueError(" ".join(str(error).split())[:160]) from error


def _sheets(book: "CalamineWorkbook") -> Iterator[dict[str, Any]]:
    import python_calamine as calamine

    for meta in book.sheets_metadata:
        sheet_kind, shown = calamine.SheetTypeEnum.WorkSheet, calamine.SheetVisibleEnum.Visible
        if meta.typ != sheet_kind or meta.visible != shown:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        if sheet.total_height * sheet.total_width > GROESSTE_TAFEL:
            raise ValueError(
                f"Das Blatt »{meta.name}« will {sheet.total_height} × {sheet.total_width} Felder haben."
            )
        rows = sheet.to_python(skip_empty_area=False)
        yield {
            "blatt": meta.name,
            "reihen": [[als_text(value) for value in row] for row in rows],
            "verbunden": [[*first, *last] for first, last in sheet.merged_cell_ranges or ()],
        }


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
