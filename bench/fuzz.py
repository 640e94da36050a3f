"""Damages and reads N small deliveries of all formats (20,000 unless told).

    python bench/fuzz.py [N] [seed]

With ../shared, a real XLS workbook of GENESIS is among them, which no library writes.
"""

import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from etl import tafel
from etl.mappe import blaetter, lies_mappe
from tests.fuzzing import damage_and_read, new_target, seeds
from tests.shared import SHARED

SEED = 7
REAL = ("genesis_xls/13211-03ir.xls",)


def near(pfad: Path):
    """Read a workbook in this process unless its bytes are damaged: starting 7,000 takes an hour."""
    return (lies_mappe if pfad.name.startswith(("bytes", "13211")) else blaetter)(pfad)


def real():
    """Return real workbooks, as bytes to be damaged."""
    paths = [SHARED / "deliveries" / "samples" / name for name in REAL]
    return [(path.name, path.read_bytes(), None) for path in paths if path.is_file()]


def main(count: int = 20_000, start: int = SEED) -> int:
    """Count what became of the files; every traceback is printed with the number that repeats it."""
    found, broken, started = Counter(), 0, time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tafel.lies_mappe = near
        all_seeds, ziel = [*seeds(folder), *real()], new_target()
        for n in range(count):
            seed = all_seeds[n % len(all_seeds)]
            try:
                found[
                    damage_and_read(random.Random(start * 1_000_003 + n), folder, seed, ziel)
                ] += 1
            except Exception:  # noqa: BLE001 - whatever escapes is what we look for
                broken += 1
                print(f"--- Nummer {n}: {seed[0]}")
                traceback.print_exc(limit=-4)
    print(
        f"{count} Dateien in {time.perf_counter() - started:.0f} s: {dict(found)}, Abbrüche: {broken}"
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
