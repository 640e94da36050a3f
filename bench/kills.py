"""Kill `sozialmonitor refresh` and `release` (SIGKILL) at random moments and look at what is served.

    python -m bench.kills [N]           100 unless told; about ten seconds each

Two states of the shipped deliveries, different in one figure, are delivered in turn and released
now and then. After every kill the draft and what the public sees must be whole and, table by table,
what they were or what the command would have made. The next command starts on the remains; one that
is left alone must succeed, and the log must tell every refresh that was killed. Else exit code 1.
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
from etl import laeufe
from etl import warehouse as store
from indicators.service import Service

SEED = 20_261_125
FILE = Path("bbsr", "inkar_2024_gemeinden_arbeitslose.csv")
# What says when something was built, what has changed and what it was held against differs by nature.
APART = ("datenstand", "befund", "aenderung", "nachgewiesen")
# Every refresh is held against every release so far, so it is faster to begin again now and then.
RUNDE = 50
Mark = dict[str, tuple[int, int]]


def fingerprint(build: store.Build) -> Mark:
    """Return rows and hash of every public table of a build; fails if anything cannot be read."""
    found = {}
    with store.read(build.oeffentlich) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        for (table,) in tables:
            shown = "* EXCLUDE (geladen)" if table == "quelle" else "*"
            found[table] = connection.execute(
                f"SELECT count(*), bit_xor(hash(t)) FROM (SELECT {shown} FROM {table}) t"
            ).fetchone()
    return {table: mark for table, mark in found.items() if table not in APART}


def served(warehouse: Path) -> tuple[Mark, Mark]:
    """Return the fingerprints of the draft in use and of what the public sees."""
    Service(warehouse).datenstand()
    return fingerprint(store.current(warehouse)), fingerprint(store.shown(warehouse))


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


def kill_once(words: list[object], after: float) -> bool:
    """Start a command and kill it after so many seconds; say whether it was killed in time."""
    process = subprocess.Popen(
        [PROGRAM, *words],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, start_new_session=True, text=True,
    )  # fmt: skip
    try:
        _, error = process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return True
    if process.returncode:
        sys.exit(f"Von selbst gescheitert: {words[0]}\n{error}")
    return False


class Probe:
    """A warehouse that is attacked, and what was seen."""

    def __init__(self, folder: Path) -> None:
        self.chance, self.found = random.Random(SEED), Counter()
        self.seconds = {"refresh": 5.0, "release": 2.0}
        self.warehouse, self.beginning = folder / "warehouse", folder / "anfang"
        self.states: list[tuple[Path, Mark]] = []
        for raw in states(folder):
            befehl(PROGRAM, "refresh", "--raw", raw, "--warehouse", self.beginning)
            if not self.states:
                befehl(PROGRAM, "release", "--warehouse", self.beginning)
            self.states.append((raw, fingerprint(store.current(self.beginning))))
        old, new = (mark for _, mark in self.states)
        if old == new or served(self.beginning) != (new, old):
            sys.exit("Die beiden Stände sind nicht zu unterscheiden.")

    def round(self, kills: int) -> bool:
        """Kill so many commands; say whether two left alone then succeed, tell all and tidy up."""
        shutil.rmtree(self.warehouse, ignore_errors=True)
        shutil.copytree(self.beginning, self.warehouse, symlinks=True)
        killed: set[str] = set()
        while kills:
            kills -= self.attack(killed)
        raw, mark = self.states[0]
        befehl(PROGRAM, "refresh", "--raw", raw, "--warehouse", self.warehouse)
        befehl(PROGRAM, "release", "--warehouse", self.warehouse)
        runs = laeufe.alle(self.warehouse)
        told = {run["build"] for run in runs if run["fehler"] == laeufe.ABGEBROCHEN}
        left = [path.name for path in self.warehouse.rglob("*.neu")]
        whole = served(self.warehouse) == (mark, mark)
        if not (whole and told == killed and not left):
            print(f"Am Ende einer Runde: {whole=}, {killed - told=}, {told - killed=}, {left=}")
        return whole and told == killed and not left

    def attack(self, killed: set[str]) -> bool:
        """Kill one command, note the build it leaves unfinished; say whether it was in time."""
        draft, public = served(self.warehouse)
        raw, mark = next(state for state in self.states if state[1] != draft)
        if self.chance.random() < 0.5:
            if draft == public:  # else there would be nothing to release
                befehl(PROGRAM, "refresh", "--raw", raw, "--warehouse", self.warehouse)
                draft = mark
            words, done = ["release"], (draft, draft)
        else:
            words, done = ["refresh", "--raw", raw], (mark, public)
        name = words[0]
        after, began = self.chance.uniform(0, 1.1 * self.seconds[name]), time.monotonic()
        in_time = kill_once([*words, "--warehouse", self.warehouse], after)
        if not in_time:
            self.seconds[name] = time.monotonic() - began
        now, unfinished = served(self.warehouse), laeufe.unfertig(self.warehouse)
        if unfinished:
            killed.add(unfinished[0])
        running = unfinished is not None and unfinished[1]
        if running or now not in ([done, (draft, public)] if in_time else [done]):
            self.found["falsch"] += 1
        how, what = "getötet" if in_time else "fertig geworden", "neu" if now == done else "alt"
        self.found[f"{name} {how}, dann {what}"] += 1
        return in_time


def main() -> int:
    """Kill and look; return 1 if anything else than the old or the new state was served."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as name:
        probe, whole = Probe(Path(name)), True
        for begun in range(0, number, RUNDE):
            whole &= probe.round(min(RUNDE, number - begun))
            print(f"{min(begun + RUNDE, number)} Abbrüche: {dict(probe.found)}", flush=True)
    print(f"Eine Aktualisierung dauert {probe.seconds['refresh']:.1f} s")
    print(f"Danach gelingt die nächste von selbst, ohne Reste, und alle sind vermerkt: {whole}")
    return int(probe.found["falsch"] > 0 or not whole)


if __name__ == "__main__":
    sys.exit(main())
