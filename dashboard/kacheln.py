"""Where each municipality stands when the map is drawn as tiles of equal size: layout, no figure."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("kacheln.csv")
TRENNSTELLE = "|"  # in the file, where a soft hyphen could not be seen


class Kachel(NamedTuple):
    """One tile: its short name, and its place counted from 1, from the north-west."""

    kurz: str
    zeile: int
    spalte: int


@cache
def kacheln() -> Mapping[str, Kachel]:
    """Return the tile of each municipality by its key."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["gebiet"]: Kachel(
                row["kurz"].replace(TRENNSTELLE, "\u00ad"), int(row["zeile"]), int(row["spalte"])
            )
            for row in csv.DictReader(file, delimiter=";")
        }
