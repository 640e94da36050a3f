"""Where the test vectors lie that are not ours to publish, and how they are read."""

import csv
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
VECTORS = SHARED / "methods" / "vectors"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared fehlt")


def vectors(name):
    """Return the rows of a vector file as dictionaries of text; none without ../shared."""
    path = VECTORS / name
    if not path.is_file() and not SHARED.is_dir():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    """Return a printed number, NaN for an empty cell."""
    return float(text) if text not in {"", "NA"} else float("nan")


def column(rows, name):
    """Return one column of a vector file as numbers."""
    return [number(row[name]) for row in rows]


def series(text):
    """Return the numbers of a cell such as »12;9;15«."""
    return [number(part) for part in text.split(";")]
