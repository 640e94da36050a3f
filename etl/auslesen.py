"""Any delivery as one long table, without loading it: the command `sozialmonitor read`."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from duckdb import DuckDBPyConnection

from etl import warehouse
from etl.einlesen import lies
from etl.errors import DeliveryError
from etl.gebiete import Gebiete
from etl.lesung import SONSTIGE
from etl.messgroessen import load_messgroessen
from etl.personenbezug import refuse_personen
from etl.sources.vorschlag import vorschlag
from etl.zellen import Tabelle

COLUMNS = (
    "tabelle", "inhalt", "einheit", "gebiet", "ebene", "zeit_von", "zeit_bis", "zeitbezug",
    "merkmale", "wert", "status", "roh",
)  # fmt: skip
# Whole numbers without a decimal point; everything else as DOUBLE writes it.
LONG = f"""
COPY (
    SELECT {", ".join(COLUMNS)} FROM (
        SELECT * REPLACE (
            CASE WHEN wert = trunc(wert) AND abs(wert) < 1e15
                 THEN CAST(CAST(wert AS BIGINT) AS VARCHAR) ELSE CAST(wert AS VARCHAR) END AS wert),
            von AS zeit_von, bis AS zeit_bis
        FROM zellen
    ) ORDER BY blatt, zeile, spalte
) TO '{{ziel}}' (HEADER, DELIMITER ',')
"""
COUNTS = f"""
SELECT count(*), count(*) FILTER (status = 'vorhanden'), count(*) FILTER (ebene = '{SONSTIGE}')
FROM zellen
"""


@dataclass(frozen=True, slots=True)
class Gelesen:
    """One file that has been read: what it says of itself, and its cells in `zellen`."""

    pfad: Path
    tabelle: Tabelle
    ziel: DuckDBPyConnection

    def zahlen(self) -> tuple[int, int, int]:
        """Return the number of cells, of those with a value, of those outside our areas."""
        counts: tuple[int, int, int] = self.ziel.execute(COUNTS).fetchone() or (0, 0, 0)
        return counts

    def schreibe(self, out: BinaryIO) -> None:
        """Write all cells as CSV: UTF-8, comma, decimal point, the columns COLUMNS."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "zellen.csv"
            self.ziel.execute(LONG.format(ziel=str(path).replace("'", "''")))
            with path.open("rb") as content:
                shutil.copyfileobj(content, out)

    def vorschlag(self) -> str:
        """Return a proposed source in YAML."""
        return vorschlag(self.ziel, self.tabelle, self.pfad.name, load_messgroessen())


@contextmanager
def gelesen(pfad: Path, format_: str | None = None) -> Iterator[Gelesen]:
    """Read one file into memory.

    format_: name of its format; left out, it is recognised by what stands in the file
    Raises:  DeliveryError with file, place and remedy
    """
    if not pfad.is_file():
        raise DeliveryError.at(pfad, "Diese Datei gibt es nicht.", "Pfad prüfen.")
    refuse_personen(pfad, pfad.name)
    with warehouse.scratch() as ziel:
        yield Gelesen(pfad, lies(ziel, pfad, Gebiete(), format_), ziel)
