"""Data of a test as text: tables with | between the columns, as a reader sees them."""

from collections.abc import Iterable

from etl.formats.kreisformat_text import COLUMNS, HEADER


def table(text: str) -> list[dict[str, str]]:
    """Read a text table; the first line names the columns."""
    header, *rows = [
        [cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()
    ]
    return [dict(zip(header, row, strict=True)) for row in rows]


def kreisformat(text: str) -> str:
    """Write a text table as a file in Kreisformat; columns that are left out stay empty."""
    rows = table(text)
    unknown = {column for row in rows for column in row} - set(COLUMNS)
    assert not unknown, f"no columns of the Kreisformat: {unknown}"
    lines = [HEADER, *(";".join(row.get(column, "") for column in COLUMNS) for row in rows)]
    return "\n".join(lines) + "\n"


def assert_table(records: Iterable[object], expected: str) -> None:
    """Compare records or dictionaries with a text table, in the columns that the table names."""
    rows = table(expected)
    columns = list(rows[0]) if rows else table(f"{expected}\n")
    found = [{column: _text(record, column) for column in columns} for record in records]
    assert found == rows


def _text(record: object, column: str) -> str:
    value = record[column] if isinstance(record, dict) else getattr(record, column)
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " ".join(str(part) for part in value)
    return f"{value:.8g}" if isinstance(value, float) else str(value)
