"""What the benchmarks share: running commands, medians, and the table they print."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RAW = ROOT / "data" / "raw"
PROGRAM = Path(sys.executable).with_name("sozialmonitor")


@dataclass(frozen=True)
class Zeile:
    """One measured thing: its figure with unit, and its budget and floor where there are any."""

    was: str
    wert: float
    einheit: str
    budget: float | None = None
    boden: float | None = None


def drucke(zeilen: Iterable[Zeile]) -> int:
    """Print what, figure, budget and the ratio to the floor; return 1 if a budget is missed."""
    print(f"{'was':<58}{'gemessen':>14}{'Budget':>14}{'× Boden':>9}")
    missed = 0
    for z in zeilen:
        budget = "" if z.budget is None else f"{z.budget:,.10g} {z.einheit}"
        ratio = "" if z.boden is None else f"{z.wert / z.boden:.1f}"
        late = z.budget is not None and z.wert > z.budget
        missed += late
        mark = "  verfehlt" if late else ""
        print(f"{z.was:<58}{f'{z.wert:,.1f} {z.einheit}':>14}{budget:>14}{ratio:>9}{mark}")
    return int(missed > 0)


def sekunden(do: Callable[[], object], runs: int) -> list[float]:
    """Return how long each of several runs takes."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        do()
        times.append(time.perf_counter() - start)
    return times


def mitte(values: Iterable[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def p(anteil: float, values: Iterable[float]) -> float:
    """Return the value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(anteil * len(ordered)))]


def p95(values: Iterable[float]) -> float:
    """Return the value that 95 of 100 do not exceed."""
    return p(0.95, values)


def last() -> str:
    """Return the load of the machine in words, without which a figure says little."""
    return f"Last {os.getloadavg()[0]:.1f} auf {os.cpu_count()} Kernen"


def befehl(*words: object) -> None:
    """Run a process to its end without output; a failing one ends everything with its message."""
    done = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        sys.exit(f"Gescheitert: {' '.join(map(str, words))}\n{done.stderr}")


def warehouse() -> Path:
    """Return the warehouse named on the command line, or build one from the shipped figures."""
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    folder = Path(tempfile.mkdtemp()) / "warehouse"
    befehl(PROGRAM, "refresh", "--warehouse", folder)
    return folder
