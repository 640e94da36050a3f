"""The log of all refreshes, which the page »Daten und Quellen« and `status` read."""

import json
from datetime import UTC, datetime
from pathlib import Path

LONGEST_LINE = 65_536  # an error names at most ten defects


def schreibe(warehouse: Path, build: str, started: datetime, message: str | None) -> None:
    """Append one line: what was built when, and what went wrong."""
    run = {
        "build": build,
        "begonnen": started.isoformat(timespec="seconds"),
        "beendet": datetime.now(UTC).isoformat(timespec="seconds"),
        "fehler": message,
    }
    with (warehouse / "laeufe.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(run, ensure_ascii=False) + "\n")


def alle(warehouse: Path) -> list[dict[str, str | None]]:
    """Return the log of all runs, oldest first: build, begonnen, beendet, fehler."""
    log = warehouse / "laeufe.jsonl"
    if not log.exists():
        return []
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def letzter(warehouse: Path) -> dict[str, str | None] | None:
    """Return the newest line of the run log without reading all of it."""
    log = warehouse / "laeufe.jsonl"
    if not log.exists():
        return None
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - LONGEST_LINE))
        lines = file.read().splitlines()
    last: dict[str, str | None] | None = json.loads(lines[-1]) if lines else None
    return last
