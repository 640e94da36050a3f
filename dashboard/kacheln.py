"""Where each municipality stands when the map is drawn as tiles of equal size: layout, no figure."""

import csv
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from etl.mandant import mandant

FILE = "kacheln.csv"
TRENNSTELLE = "|"  # in the file, where a soft hyphen could not be seen


class Kachel(NamedTuple):
    """One tile: its short name, and its place counted from 1, from the north-west."""

    kurz: str
    zeile: int
    spalte: int


@cache
def kacheln() -> Mapping[str, Kachel]:
    """Return the tile of each municipality by its key; none if the tenant has drawn none."""
    path = mandant().gebiete / FILE
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["gebiet"]: Kachel(
                row["kurz"].replace(TRENNSTELLE, "\u00ad"), int(row["zeile"]), int(row["spalte"])
            )
            for row in csv.DictReader(file, delimiter=";")
        }
