"""Reading arrays from DuckDB into numpy, in pieces that fit into memory and into the cache."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
from duckdb import DuckDBPyConnection

from etl import tables
from etl.tables import Columns

ROWS_AT_A_TIME = 500_000
PIECES_AT_ONCE = 2


def fetch(connection: DuckDBPyConnection, query: str, values: object = None) -> Columns:
    """Return the columns of a query as arrays; NULL becomes NaN in columns of floats."""
    found = connection.execute(query, values).fetchnumpy()
    return {
        name: np.ma.filled(column, np.nan) if np.ma.isMaskedArray(column) else np.asarray(column)
        for name, column in found.items()
    }


def read(connection: DuckDBPyConnection, table: str, key: str) -> Iterator[Columns]:
    """Yield a table in pieces by its integer `key`, in no order.

    All rows of one key come in the same piece.
    """
    low, high, rows = connection.execute(
        f"SELECT min({key}), max({key}), count(*) FROM {table}"
    ).fetchone() or (None, None, 0)
    if not rows:
        return
    step = max(1, int(ROWS_AT_A_TIME * (high - low + 1) / rows))
    for start in range(low, high + 1, step):
        yield fetch(
            connection,
            f"SELECT * FROM {table} WHERE {key} >= ? AND {key} < ?",
            [start, start + step],
        )


def apply(
    connection: DuckDBPyConnection,
    source: str,
    key: str,
    function: Callable[[Columns], Columns],
) -> Iterator[Columns]:
    """Yield what a function returns for each piece of a table, in order.

    The next pieces are read and calculated meanwhile, on the other core.
    """
    with ThreadPoolExecutor(PIECES_AT_ONCE) as pool:
        waiting: deque[Future[Columns]] = deque()
        for piece in read(connection, source, key):
            waiting.append(pool.submit(function, piece))
            if len(waiting) > PIECES_AT_ONCE:
                yield waiting.popleft().result()
        yield from (piece.result() for piece in waiting)


def transform(
    connection: DuckDBPyConnection,
    source: str,
    key: str,
    target: str,
    function: Callable[[Columns], Columns],
) -> None:
    """Apply a function to a table piece by piece and append what it returns to another table."""
    for columns in apply(connection, source, key, function):
        tables.append(connection, target, columns)
