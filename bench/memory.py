"""Memory of the real server over many requests and many new Datenstände.

    python -m bench.memory [WAREHOUSE] [--anfragen N] [--wechsel N]       100,000 and 200 unless told

Eight visitors without a pause ask for pages in a random order; after each part of the requests the
same figures are swapped in as a new Datenstand. Memory is the proportional share (PSS) of all
processes of the server, read after each part. The first fifth is warming up; flat means that the
last fifth needs at most a tenth more than the second.
"""

import argparse
import json
import random
import sys
import time
from pathlib import Path

from bench.callbacks import kopie, tausche
from bench.messen import Zeile, drucke, last, mitte, warehouse
from bench.visitors import adressen, anfragen, serving
from tests.dashboard.aufruf import seitenaufruf

HOECHSTENS = 10  # percent


def main() -> int:
    """Measure and print."""
    words = argparse.ArgumentParser()
    words.add_argument("warehouse", nargs="?", type=Path)
    words.add_argument("--anfragen", type=int, default=100_000)
    words.add_argument("--wechsel", type=int, default=200)
    asked = words.parse_args()
    sys.argv[1:] = [str(asked.warehouse)] if asked.warehouse else []
    folder = kopie(warehouse())
    bodies = [json.dumps(seitenaufruf(address)).encode() for address in adressen(folder)]
    with serving(folder) as (port, server):
        found = messe(folder, port, server, bodies, asked.anfragen, asked.wechsel)
    print(f"{asked.anfragen} Anfragen, {asked.wechsel} Datenstände, {last()}")
    return drucke(found)


def messe(
    folder: Path, port: int, server: int, bodies: list[bytes], requests: int, swaps: int
) -> list[Zeile]:
    """Ask and swap in turn; return failures, memory at the beginning and end, and its growth."""
    dice, memory, wrong, started = random.Random(1), [], 0, time.monotonic()
    for part in range(swaps):
        failed = anfragen(port, dice.choices(bodies, k=requests // swaps))
        wrong += len(failed.fehler)
        memory.append(megabyte(server))
        print(
            f"{part + 1}/{swaps}: {memory[-1]:.0f} MB, {time.monotonic() - started:.0f} s",
            file=sys.stderr,
        )
        tausche(folder)
    fifth = max(swaps // 5, 1)
    early, late = mitte(memory[fifth : 2 * fifth] or memory), mitte(memory[-fifth:])
    return [
        Zeile("gescheiterte oder gemischte Antworten", wrong, "", 0),
        Zeile("Speicher im zweiten Fünftel", early, "MB"),
        Zeile("Speicher im letzten Fünftel", late, "MB"),
        Zeile("Zuwachs", 100 * (late - early) / early, "%", HOECHSTENS),
    ]


def megabyte(process: int) -> float:
    """Return the proportional memory of a process and of all that it started."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    pss = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return pss / 1024 + sum(megabyte(int(child)) for child in children)


if __name__ == "__main__":
    sys.exit(main())
