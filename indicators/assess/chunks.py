"""Reading and writing arrays: between DuckDB and numpy, in pieces that fit into memory."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
from duckdb import DuckDBPyConnection

Columns = Mapping[str, npt.NDArray[np.generic]]
ROWS_AT_A_TIME = 2_000_000


def read(connection: DuckDBPyConnection, table: str, key: str) -> Iterator[pd.DataFrame]:
    """Yield a table in pieces by its integer `key`, sorted by its first two columns.

    All rows of one key come in the same piece.
    """
    low, high = connection.execute(f"SELECT min({key}), max({key}) FROM {table}").fetchone() or (
        None,
        None,
    )
    if low is None:
        return
    rows = connection.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
    step = max(1, int(ROWS_AT_A_TIME * (high - low + 1) / rows[0]))
    for start in range(low, high + 1, step):
        yield connection.execute(
            f"SELECT * FROM {table} WHERE {key} >= ? AND {key} < ? ORDER BY 1, 2",
            [start, start + step],
        ).df()


def write(connection: DuckDBPyConnection, table: str, columns: Columns) -> None:
    """Append columns of equal length to a table; NaN becomes NULL."""
    frame = pd.DataFrame({name: _plain(values) for name, values in columns.items()})
    connection.register("spalten", frame)
    names = ", ".join(
        f"CASE WHEN isnan({n}) THEN NULL ELSE {n} END AS {n}" if frame[n].dtype == np.float64 else n
        for n in frame.columns
    )
    connection.execute(f"INSERT INTO {table} BY NAME SELECT {names} FROM spalten")
    connection.unregister("spalten")


def _plain(values: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    return values.astype(object) if values.dtype.kind == "U" else values


def transform(
    connection: DuckDBPyConnection,
    source: str,
    key: str,
    target: str,
    function: Callable[[pd.DataFrame], Columns],
) -> None:
    """Apply a function to a table piece by piece and append what it returns to another table."""
    for piece in read(connection, source, key):
        write(connection, target, function(piece))
