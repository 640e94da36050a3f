"""What the disk refuses, in words: full, read-only, broken."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from etl.errors import WarehouseError

VERWEIGERT = {  # by the operating system; DuckDB quotes its words
    errno.ENOSPC: "Auf dem Datenträger ist kein Platz mehr",
    errno.EDQUOT: "Das Kontingent auf dem Datenträger ist erschöpft",
    errno.EFBIG: "Dateien dürfen hier nicht so groß werden",
    errno.EROFS: "Der Datenträger ist nur zum Lesen eingebunden",
    errno.EIO: "Der Datenträger meldet einen Fehler",
}


@contextmanager
def datentraeger(warehouse: Path) -> Iterator[None]:
    """Turn what the disk refuses, however it is told, into one refusal; anything else is a bug."""
    try:
        yield
    except (OSError, duckdb.Error) as error:
        reason = grund(error)
        if not reason:
            raise
        raise WarehouseError.at(
            warehouse,
            f"Der Datenstand ließ sich nicht schreiben: {reason}.",
            "Freien Platz und Rechte prüfen; der bisherige Datenstand bleibt in Betrieb.",
        ) from error


def grund(error: BaseException) -> str:
    """Return in German why the disk has refused; nothing if it was something else."""
    return next((text for code, text in VERWEIGERT.items() if os.strerror(code) in str(error)), "")
