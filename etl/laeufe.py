"""The log of all refreshes, which the page »Daten und Quellen« and `status` read."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

ABGEBROCHEN = "Der Lauf wurde abgebrochen, bevor er fertig war; der Datenstand davor galt weiter."
LONGEST_LINE = 65_536  # an error names at most ten defects


def schreibe(warehouse: Path, build: str, started: datetime, message: str | None) -> None:
    """Append one line: what was built when, and what went wrong."""
    run = {
        "build": build,
        "begonnen": started.isoformat(timespec="seconds"),
        "beendet": datetime.now(UTC).isoformat(timespec="seconds"),
        "fehler": message,
    }
    line = json.dumps(run, ensure_ascii=False)
    # On a full disk the refusal itself counts, and what is in service stays so without a note.
    with suppress(OSError), (warehouse / "laeufe.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")


def alle(warehouse: Path) -> list[dict[str, str | None]]:
    """Return the log of all runs, oldest first: build, begonnen, beendet, fehler."""
    log = warehouse / "laeufe.jsonl"
    if not log.exists():
        return []
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [run for line in lines if (run := _gelesen(line))]


def letzter(warehouse: Path) -> dict[str, str | None] | None:
    """Return the newest line of the run log without reading all of it."""
    log = warehouse / "laeufe.jsonl"
    if not log.exists():
        return None
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - LONGEST_LINE))
        lines = file.read().splitlines()
    return next((run for line in reversed(lines) if (run := _gelesen(line))), None)


def unfertig(warehouse: Path) -> tuple[str, bool] | None:
    """Return a build in the making, or left by a killed process, and whether it still runs."""
    drafts = sorted((warehouse / "builds").glob("*.neu"))
    if not drafts:
        return None
    try:
        with FileLock(warehouse / "refresh.lock", timeout=0):
            return drafts[-1].stem, False
    except Timeout:
        return drafts[-1].stem, True


def _gelesen(line: str | bytes) -> dict[str, str | None] | None:
    """Return a line of the log; nothing for one that a full disk or a kill has cut off."""
    try:
        run: dict[str, str | None] = json.loads(line)
    except ValueError:
        return None
    return run
