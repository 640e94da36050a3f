"""Refresh of the shipped figures as a whole process, against a typed read of the same files.

    python -m bench.refresh [RUNS]

Each run starts a new process and a new warehouse. The floor, in the same run and also as a process
of its own: start Python, import duckdb, read every CSV file with DuckDB's typed reader and count.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from bench.messen import PROGRAM, RAW, Zeile, befehl, drucke, mitte, sekunden

BUDGET = 6.0  # seconds with all statistics; 3 without
FLOOR = """
import duckdb, pathlib, sys
types = {c: 'VARCHAR' for c in ('messgroesse', 'gebiet', 'zeit', 'zeitbezug', 'geschlecht',
    'alter_von', 'alter_bis', 'nationalitaet', 'gruppe', 'basis')} | {'wert': 'DOUBLE'} | {
    c: 'VARCHAR' for c in ('symbol', 'guete', 'bemerkung')}
for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.csv')):
    duckdb.read_csv(str(path), sep=';', header=True, decimal=',', columns=types).fetchall()
"""
PARTS = (
    ("nur Python starten", ""),
    ("Python und duckdb laden", "import duckdb"),
    ("die Module der Aktualisierung laden", "import dashboard.tasks, indicators.refresh"),
)


def main() -> int:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    folder = Path(tempfile.mkdtemp())
    targets = iter(range(runs))

    def refresh() -> None:
        befehl(PROGRAM, "refresh", "--warehouse", folder / str(next(targets)))

    def floor() -> None:
        befehl(sys.executable, "-c", FLOOR, RAW)

    pairs = [(sekunden(refresh, 1)[0], sekunden(floor, 1)[0]) for _ in range(runs)]
    shutil.rmtree(folder)
    whole, least = (mitte(pair[i] for pair in pairs) for i in (0, 1))
    rows = [
        Zeile(f"sozialmonitor refresh, Median aus {runs}", whole, "s", BUDGET, least),
        Zeile("Boden: dieselben CSV mit DuckDB gelesen", least, "s"),
    ]
    for name, code in PARTS:
        seconds = mitte(sekunden(lambda code=code: befehl(sys.executable, "-c", code), 3))
        rows.append(Zeile(f"davon: {name}", seconds, "s"))
    size = sum(path.stat().st_size for path in RAW.rglob("*.csv")) / 1e6
    print(f"{len(list(RAW.rglob('*.csv')))} Dateien, {size:.1f} MB")
    return drucke(rows)


if __name__ == "__main__":
    sys.exit(main())
