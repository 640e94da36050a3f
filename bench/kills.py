"""Kill `sozialmonitor refresh` (SIGKILL) at random moments and look at what is then served.

    python -m bench.kills [N]           100 unless told; about ten seconds each

Two states of the shipped deliveries, different in one figure, are delivered in turn. After every
kill the served Datenstand must be whole and equal to the old or the new state, table by table; the
next refresh starts on the remains, and one that is left alone must succeed. Exit code 1 otherwise.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.messen import PROGRAM, RAW, ROOT, befehl
from etl import warehouse as store
from indicators.service import Service

SEED = 20_261_125
FILE = Path("bbsr", "inkar_2024_gemeinden_arbeitslose.csv")
# What says when something was built and what has changed differs by nature.
APART = ("datenstand", "befund", "aenderung")


def fingerprint(warehouse: Path) -> dict[str, tuple[int, int]]:
    """Return rows and hash of every public table in service; fails if anything cannot be read."""
    Service(warehouse).datenstand()
    found = {}
    with store.read(store.current(warehouse).oeffentlich) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        for (table,) in tables:
            shown = "* EXCLUDE (geladen)" if table == "quelle" else "*"
            found[table] = connection.execute(
                f"SELECT count(*), bit_xor(hash(t)) FROM (SELECT {shown} FROM {table}) t"
            ).fetchone()
    return {table: mark for table, mark in found.items() if table not in APART}


def states(folder: Path) -> list[Path]:
    """Write two states of the deliveries: the shipped one, and one with another last figure."""
    raws = [folder / "eins", folder / "zwei"]
    for raw in raws:
        shutil.copytree(RAW, raw)
    file = raws[1] / FILE
    lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
    cells = lines[-1].split(";")
    at = lines[0].removeprefix("\ufeff").split(";").index("wert")
    cells[at] = str(int(cells[at]) + 1)
    file.write_text("\n".join([*lines[:-1], ";".join(cells), ""]), encoding="utf-8")
    return raws


def kill_once(raw: Path, warehouse: Path, after: float) -> bool:
    """Start a refresh and kill it after so many seconds; say whether it was killed in time."""
    process = subprocess.Popen(
        [PROGRAM, "refresh", "--raw", raw, "--warehouse", warehouse],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, start_new_session=True, text=True,
    )  # fmt: skip
    try:
        _, error = process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return True
    if process.returncode:
        sys.exit(f"Eine Aktualisierung ist von selbst gescheitert:\n{error}")
    return False


def main() -> int:
    """Kill and look; return 1 if anything else than the old or the new state was served."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    chance, found = random.Random(SEED), Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        raws, warehouse = states(folder), folder / "warehouse"
        marks = []
        for raw in raws:
            befehl(PROGRAM, "refresh", "--raw", raw, "--warehouse", folder / f"{raw.name}-ganz")
            marks.append(fingerprint(folder / f"{raw.name}-ganz"))
        shutil.copytree(folder / "eins-ganz", warehouse, symlinks=True)
        began = time.monotonic()
        befehl(PROGRAM, "refresh", "--raw", raws[1], "--warehouse", warehouse)
        seconds, old = time.monotonic() - began, 1
        if marks[0] == marks[1] or fingerprint(warehouse) != marks[1]:
            sys.exit("Die beiden Stände sind nicht zu unterscheiden.")
        kills = 0
        while kills < number:
            began = time.monotonic()
            killed = kill_once(raws[1 - old], warehouse, chance.uniform(0, 1.1 * seconds))
            seconds = seconds if killed else time.monotonic() - began
            kills += killed
            served = fingerprint(warehouse)
            if served not in marks or (not killed and served == marks[old]):
                print(f"Abbruch {kills}: weder der alte noch der neue Stand")
                found["falsch"] += 1
                continue
            state = "alt" if served == marks[old] else "neu"
            found[f"{'getötet' if killed else 'fertig geworden'}, dann {state}"] += 1
            old = marks.index(served)
        befehl(PROGRAM, "refresh", "--raw", raws[1 - old], "--warehouse", warehouse)
        whole = fingerprint(warehouse) == marks[1 - old]
        left = [path.name for path in warehouse.rglob("*.neu")]
    print(f"{number} Abbrüche, eine Aktualisierung dauert {seconds:.1f} s: {dict(found)}")
    print(f"Danach gelingt die nächste von selbst: {whole}; Reste: {left or 'keine'}")
    return int(found["falsch"] > 0 or not whole or bool(left))


if __name__ == "__main__":
    sys.exit(main())
