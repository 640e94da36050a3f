"""What may be said of the values: intervals, trends, comparisons, and why nothing where nothing.

Runs after `indicators.compute` on the same connection, over all indicators and areas at once; every
table made here is temporary and read by `indicators.publish`.
"""

from duckdb import DuckDBPyConnection

from indicators.assess import (
    comparisons,
    funnels,
    intervals,
    models,
    peers,
    progress,
    small,
    trends,
)
from indicators.catalog import Katalog


def assess(connection: DuckDBPyConnection, katalog: Katalog) -> None:
    """Fill the temporary tables `intervall`, `trend`, `vergleich`, `trichter` and their helpers.

    connection: after `compute`, with intern.duckdb attached as `intern`
    """
    models.write(connection, katalog)
    intervals.assess(connection)
    trends.assess(connection)
    comparisons.assess(connection)
    funnels.assess(connection)
    small.assess(connection)
    peers.assess(connection)
    progress.assess(connection, katalog)
