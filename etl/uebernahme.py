"""What an earlier build has read already is copied from it: the same file is not parsed twice.

A delivery is the same if its bytes, its source and the code that reads it are the same. Its stamp
is made of all three, so that nobody has to raise a version number.
"""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from duckdb import BinderException, CatalogException, DuckDBPyConnection

from etl import tables
from etl.lieferungen import Lieferung
from etl.mandant import mandant
from etl.messgroessen import Messgroesse
from etl.sources import Zuordnung

HERE = Path(__file__).parent
# Whatever decides how a file is understood: readers, areas, times, signs, tables, rules.
READERS = (
    "formats/*.py", "gebiete/*.py", "sources/*.py", "einlesen.py", "form.py",
    "lesung.py", "raster.py", "schema.py", "symbols.py", "tafel.py", "zeit.py", "zellen.py",
    "personenbezug.py",
)  # fmt: skip
COPY = """
INSERT INTO messwert
SELECT u.neu, m.* EXCLUDE (lieferung)
FROM vorher.messwert m JOIN uebernahme u ON u.alt = m.lieferung
"""
KNOWN = """
SELECT quelle, lieferung, sha256, stempel, format, zellen, geladen FROM vorher.lieferung
"""


class Frueher(NamedTuple):
    """A delivery in the build before: its number there, and what was written down about it."""

    lieferung: int
    sha256: str
    stempel: str
    format: str
    zellen: int
    geladen: object


def stempel(
    lieferung: Lieferung, zuordnung: Zuordnung | None, messgroessen: Mapping[str, Messgroesse]
) -> str:
    """Return the fingerprint of everything that decides which Messwerte a delivery has."""
    parts = [lieferung.sha256, _readers()]
    if zuordnung is not None:
        used = sorted({regel.messgroesse for regel in zuordnung.werte})
        parts += [zuordnung.model_dump_json(), str(lieferung.quelle.stand)]
        parts += [f"{id_}:{messgroessen[id_].einheit}" for id_ in used]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _readers() -> str:
    """Return the fingerprint of the code and lists that read deliveries."""
    digest = hashlib.sha256(mandant().kreis.encode())
    lists = mandant().gebiete.glob("*.csv")
    for path in [*(p for pattern in READERS for p in sorted(HERE.glob(pattern))), *sorted(lists)]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def frueher(intern: DuckDBPyConnection, messgroessen: Iterable[str]) -> dict[str, Frueher]:
    """Return the deliveries of the attached build `vorher` by source.

    A delivery with a Messgröße that is not declared any more counts as unread, so that its reader
    can complain.
    """
    try:
        rows = intern.execute(KNOWN).fetchall()
        used = intern.execute(
            "SELECT DISTINCT lieferung, messgroesse FROM vorher.messwert"
        ).fetchall()
    except (BinderException, CatalogException):
        return {}  # built by an older program, whose tables look different
    known = set(messgroessen)
    stale = {number for number, messgroesse in used if messgroesse not in known}
    return {
        quelle: Frueher(number, sha256, "" if number in stale else stamp, *rest)
        for quelle, number, sha256, stamp, *rest in rows
    }


def uebernimm(intern: DuckDBPyConnection, numbers: Mapping[int, int]) -> None:
    """Copy the Messwerte of deliveries from `vorher`; numbers: there → here."""
    intern.execute("CREATE TEMP TABLE uebernahme (alt INTEGER, neu INTEGER)")
    if numbers:
        tables.insert(intern, "uebernahme", list(numbers.items()))
        intern.execute(COPY)
    intern.execute("DROP TABLE uebernahme")


def uebernimm_ganz(intern: DuckDBPyConnection, numbers: Mapping[int, int]) -> None:
    """Copy deliveries from `vorher` with what was written down about them, and the shapes."""
    uebernimm(intern, numbers)
    for old, new in numbers.items():
        intern.execute(
            "INSERT INTO lieferung BY NAME"
            " SELECT * REPLACE (CAST(? AS INTEGER) AS lieferung) FROM vorher.lieferung"
            " WHERE lieferung = ?",
            [new, old],
        )
    intern.execute("INSERT OR IGNORE INTO geometrie SELECT * FROM vorher.geometrie")
