"""GENESIS tables as Regionalstatistik, Destatis and the Land print them: CSV, XLS, XLSX.

Title lines, stacked header, rows led by time, key and name, notes, `Stand:`. The header says what
a column is (genesis_kopf), the shape of the rows where they begin and end (genesis_zeilen); here
both are joined with the values, set-based, each distinct print read once.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.errors import DeliveryError
from etl.formats.genesis_blatt import CODE, Blatt
from etl.formats.genesis_zeilen import LINE, REMEDY
from etl.gebiete import Gebiete
from etl.lesung import Lesung
from etl.tafel import Tafel, entziffert, ist_mappe, lies_tafeln, tafel_aus_text
from etl.zellen import Tabelle

NAME = "genesis_tabelle"
FIRST = re.compile(r"\s*(?:GENESIS-)?(?:Tabelle|Table)\s*:\s*(?P<code>\S*)", re.IGNORECASE)
STAND = re.compile(r"Stand\s*:?\s*(?P<stand>\d{1,2}\.\d{1,2}\.\d{4})")
LIZENZ = re.compile(r"(©|\(C\)opyright|\(C\)|\(c\)).*", re.DOTALL)


def erkennt(kopf: bytes, pfad: Path) -> bool:
    """Tell a table by its first line, or by its rule of underscores and the line `Stand:`."""
    if ist_mappe(kopf):
        try:
            return any(_looks_like_table(tafel) for tafel in lies_tafeln(pfad))
        except DeliveryError:
            return False
    try:
        text = kopf.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = kopf.decode("latin-1")
    return FIRST.match(text.splitlines()[0] if text.strip() else "") is not None


def _looks_like_table(tafel: Tafel) -> bool:
    first = [row[0].strip() for row in tafel.reihen if row]
    return any(FIRST.match(word) for word in first[:3]) or (
        any(LINE.fullmatch(word) for word in first) and any(STAND.search(word) for word in first)
    )


def lies(
    pfad: Path,
    ziel: DuckDBPyConnection,
    gebiete: Gebiete,
    form: Mapping[str, object] | None = None,  # noqa: ARG001
) -> Tabelle:
    """Append the values of all tables of a file to `zellen`; return what the first one says.

    Raises:  DeliveryError naming the cell of what cannot be read
    """
    data = pfad.read_bytes()
    if ist_mappe(data[:8]):
        tafeln = [tafel for tafel in lies_tafeln(pfad) if _looks_like_table(tafel)]
    else:
        tafeln = [tafel_aus_text(entziffert(data, pfad.name), pfad.name, ";", strikt=False)]
    if not tafeln:
        raise DeliveryError.at(pfad.name, "Kein Blatt ist eine GENESIS-Tabelle.", REMEDY)
    blaetter = [Blatt(Lesung(pfad, gebiete), tafel) for tafel in tafeln]
    ready = [blatt.tafeln() for blatt in blaetter]  # all are understood before one is written
    tabellen = [_tabelle(blatt) for blatt in blaetter]
    for blatt, tabelle, content in zip(blaetter, tabellen, ready, strict=True):
        blatt.append(ziel, tabelle.code, content)
    return tabellen[0]


def _tabelle(blatt: Blatt) -> Tabelle:
    """Return what a table says of itself: code, title, Stand and the lines on its licence."""
    lines = blatt.titel.split("\n")
    first = FIRST.match(lines[0])
    code = first["code"] if first else blatt.tafel.blatt
    title = lines[1:] if first else lines
    notes = "\n".join(
        row[0] for row in (blatt.rows[n] for n in blatt.aufbau.fuss) if row and row[0]
    )
    stand = STAND.findall(notes)
    licence = LIZENZ.search(notes)
    return Tabelle(
        code if CODE.fullmatch(code) else "",
        " ".join(title[:-1] or title),
        "-".join(reversed(stand[-1].split("."))) if stand else "",
        " ".join(licence[0].partition("Stand:")[0].split()) if licence else "",
        NAME,
    )
