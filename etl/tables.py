"""Writing rows and arrays into DuckDB in one go; row by row costs milliseconds each."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from duckdb import DuckDBPyConnection

Column = npt.NDArray[Any]
Columns = Mapping[str, Column]


def append(connection: DuckDBPyConnection, table: str, columns: Columns) -> None:
    """Append columns of equal length to a table by their names; NaN becomes NULL."""
    connection.register("spalten", {name: _plain(column) for name, column in columns.items()})
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM spalten")
    connection.unregister("spalten")


def insert(connection: DuckDBPyConnection, table: str, rows: Sequence[Sequence[object]]) -> None:
    """Append rows, given in the order of the table's columns."""
    if not rows:
        return
    columns = zip(*rows, strict=True)
    arrays = {
        f"spalte_{place}": np.fromiter(column, dtype=object, count=len(rows))
        for place, column in enumerate(columns)
    }
    connection.register("zeilen", arrays)
    connection.execute(f"INSERT INTO {table} SELECT * FROM zeilen")
    connection.unregister("zeilen")


def _plain(column: Column) -> Column:
    """Return texts as objects, which is how DuckDB takes them."""
    return column.astype(object) if column.dtype.kind == "U" else column
