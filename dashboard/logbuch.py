"""Who did what with figures that are not public: an append-only log, one JSON object per line.

One file a month, which only its owner can read, so that old ones go as a whole when their time is
over: the log is about people.
"""

import getpass
import json
import os
from datetime import UTC, datetime
from pathlib import Path

FOLDER = "logbuch"
MONATE = 12  # so many files are kept


def schreibe(warehouse: Path, ereignis: str, nutzer: str = "", **dazu: object) -> None:
    """Append one event: anmeldung, abgewiesen, veroeffentlicht, zurueckgezogen, export.

    nutzer: the account; left out, the user of this machine
    """
    now = datetime.now(UTC)
    folder = warehouse / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    line = {
        "zeit": now.isoformat(timespec="seconds"),
        "ereignis": ereignis,
        "nutzer": nutzer or getpass.getuser(),
        **dazu,
    }
    file = os.open(
        folder / f"{now:%Y-%m}.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, mode=0o600
    )
    try:
        os.write(file, (json.dumps(line, ensure_ascii=False) + "\n").encode())
    finally:
        os.close(file)
    for old in sorted(folder.glob("*.jsonl"))[:-MONATE]:
        old.unlink(missing_ok=True)
