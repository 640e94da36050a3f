"""What a reader makes of a file: one row per printed cell, before anybody says what it means.

A format is a module of `etl/formats` with two functions:

    erkennt(kopf: bytes, pfad: Path) -> bool           its first 64 kB look like this format
    lies(pfad, ziel, gebiete, form=None) -> Tabelle    appends its cells to `zellen` of `ziel`
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from etl import tables

HAPPEN = 200_000  # cells per insert: large files need no more memory than this

ZELLEN = """
CREATE TABLE zellen (
    tabelle VARCHAR NOT NULL,
    inhalt VARCHAR NOT NULL,
    einheit VARCHAR NOT NULL,
    faktor DOUBLE NOT NULL,
    gebiet VARCHAR NOT NULL,
    ebene VARCHAR NOT NULL,
    zeit VARCHAR NOT NULL,
    zeitbezug VARCHAR NOT NULL,
    von DATE NOT NULL,
    bis DATE NOT NULL,
    merkmale VARCHAR NOT NULL,
    wert DOUBLE,
    status VARCHAR NOT NULL,
    guete VARCHAR NOT NULL,
    roh VARCHAR NOT NULL,
    blatt VARCHAR NOT NULL,
    zeile INTEGER NOT NULL,
    spalte INTEGER NOT NULL,
    CHECK ((wert IS NOT NULL) = (status = 'vorhanden'))
)
"""


@dataclass(frozen=True, slots=True)
class Tabelle:
    """What a file says of itself; empty where it says nothing."""

    code: str
    titel: str
    stand: str  # as printed, or ISO where the reader is sure
    lizenz: str
    format: str  # name of the module that has read it


class Zelle(NamedTuple):
    """One printed cell with everything that its headings say.

    `wert` is in the printed `einheit`; times `faktor` it is in single units (Tsd. = 1000).
    `ebene` is a word of gebiete.csv, or "sonstige" for an area that is not ours, under its printed
    key. `merkmale` is a JSON object with sorted keys: {"Geschlecht": "männlich"}. A cell of a CSV
    has no `blatt`; `zeile` is the line of the file, `spalte` counts from 1.
    """

    tabelle: str
    inhalt: str
    einheit: str
    faktor: float
    gebiet: str
    ebene: str
    zeit: str
    zeitbezug: str
    von: date
    bis: date
    merkmale: str
    wert: float | None
    status: str
    guete: str
    roh: str
    blatt: str
    zeile: int
    spalte: int


def schreibe(ziel: DuckDBPyConnection, cells: Iterable[Zelle]) -> int:
    """Append cells to the table `zellen`, many at a time; return how many."""
    rest, number = iter(cells), 0
    while chunk := list(islice(rest, HAPPEN)):
        tables.insert(ziel, "zellen", chunk)
        number += len(chunk)
    return number
