"""From nothing to the first page: import dashboard.app, open the warehouse, answer once.

    python -m bench.start [WAREHOUSE]

Each run is a new process. Floor: a process that imports dash and duckdb.
"""

import sys

from bench.messen import Zeile, befehl, drucke, mitte, sekunden, warehouse

BUDGET = 2.5
RUNS = 5
FIRST = """
import sys, pathlib
from dashboard.app import create_app
from indicators.service import Service
from tests.dashboard.aufruf import seite
client = create_app(Service(pathlib.Path(sys.argv[1]))).server.test_client()
assert client.get('/').status_code == 200
assert seite(client, '/')['inhalt']
"""


def main() -> int:
    """Measure and print."""
    folder = warehouse()
    pairs = [
        (
            sekunden(lambda: befehl(sys.executable, "-c", FIRST, folder), 1)[0],
            sekunden(lambda: befehl(sys.executable, "-c", "import dash, duckdb"), 1)[0],
        )
        for _ in range(RUNS)
    ]
    first, floor = (mitte(pair[i] for pair in pairs) for i in (0, 1))
    return drucke(
        [
            Zeile("import dashboard.app und erste Seite", first, "s", BUDGET, floor),
            Zeile("Boden: import dash, duckdb", floor, "s"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
