"""GENESIS flat files since November 2024: one fact per row, columns known by name, CSV or ZIP.

Regionalstatistik, Destatis and the Zensus deliver them alike, German or English. The unit is part
of a fact: the same variable may come as a number and in percent. `inhalt` is the code of the
variable, the same in every language; `merkmale` are its printed labels.
"""

import csv
import re
import shutil
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.errors import DeliveryError
from etl.formats.genesis_fakten import AREA, REMEDY, TABLES, Fakten, kopf, lesbar
from etl.gebiete import Gebiete
from etl.lesung import Lesung
from etl.zellen import Tabelle

FIRST = "statistics_code;statistics_label;time_code;"
NEEDED = ("statistics_code", "time_code", "time", "value", "value_unit", "value_variable_code")
TABLE_OF_NAME = re.compile(r"([0-9A-Z]+(?:-[0-9A-Za-z]+)*)_(?:.*_)?flat", re.ASCII)
AREA_CODE = re.compile(r"DG|[0-9]{2,3}|[0-9]{5}|[0-9]{8,9}|[0-9]{12}")
AXIS = re.compile(r"([0-9]+)_variable_", re.ASCII)
AXIS_PARTS = ("_variable_code", "_variable_attribute_code")


def erkennt(kopf: bytes, pfad: Path) -> bool:
    """Tell a flat file by the names of its first columns, also inside a ZIP."""
    return kopf_text(kopf, pfad).startswith(FIRST)


def kopf_text(kopf: bytes, pfad: Path) -> str:
    """Return the beginning of a CSV, or of the only CSV in a ZIP; nothing if there is none."""
    if kopf.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(pfad) as archive, archive.open(_member(archive)) as file:
                kopf = file.read(4096)
        except (zipfile.BadZipFile, zlib.error, KeyError, OSError, RuntimeError, EOFError):
            return ""
    return kopf[:4096].decode("utf-8-sig", errors="replace")


def _member(archive: zipfile.ZipFile) -> str:
    names = [info.filename for info in archive.infolist() if not info.is_dir()]
    found = [name for name in names if name.lower().endswith(".csv")]
    if len(found) != 1:
        raise KeyError(".csv")
    return found[0]


@contextmanager
def csv_datei(pfad: Path) -> Iterator[tuple[Path, str]]:
    """Give a CSV on disk and its name; the member of a ZIP is unpacked for as long as needed."""
    if not zipfile.is_zipfile(pfad):
        yield pfad, pfad.name
        return
    try:
        with (
            tempfile.TemporaryDirectory(prefix="sozialmonitor-") as folder,
            zipfile.ZipFile(pfad) as archive,
        ):
            member = _member(archive)
            target = Path(folder) / "flach.csv"
            with archive.open(member) as packed, target.open("wb") as file:
                shutil.copyfileobj(packed, file, 1 << 20)
            yield target, Path(member).name
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, RuntimeError) as error:
        raise DeliveryError.at(
            pfad.name, "Das ZIP ist beschädigt oder enthält nicht genau eine CSV.", REMEDY
        ) from error


def lies(
    pfad: Path,
    ziel: DuckDBPyConnection,
    gebiete: Gebiete,
    form: Mapping[str, object] | None = None,  # noqa: ARG001
) -> Tabelle:
    """Append the facts of a flat file to `zellen`.

    Raises:  DeliveryError naming the line of what cannot be read
    """
    with csv_datei(pfad) as (datei, name):
        columns = _columns(datei, pfad.name)
        head = _first_rows(datei, pfad.name, columns)
        axes = [int(c.split("_")[0]) for c in columns if re.fullmatch(r"[0-9]+_variable_code", c)]
        area = _area_axis(head, axes, pfad.name)
        code = TABLE_OF_NAME.match(name)
        lesung = Lesung(pfad, gebiete, tabelle=code[1] if code else head[0]["statistics_code"])
        try:
            quelle = _quelle(datei, columns)
            facts = (
                f"{kopf(n for n in axes if n != area)} AS kopf,"
                f' "{area}_variable_code", "{area}_variable_attribute_code"'
            )
            _stage(ziel, quelle, pfad.name, columns, facts)
            Fakten(lesung, ziel, columns, axes, area, quelle).append()
        finally:
            for table in TABLES:
                ziel.execute(f"DROP TABLE IF EXISTS {table}")
    title = head[0].get("statistics_label", "")
    return Tabelle(lesung.tabelle, title, "", "", "genesis_ffcsv")


def _first_rows(datei: Path, shown: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the first facts: they tell which axis is the area."""
    with datei.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        try:
            rows = list(islice(csv.reader(file, delimiter=";"), 1, 200))
        except csv.Error as error:
            raise DeliveryError.at(
                shown, "In den ersten Zeilen ist ein Anführungszeichen offen.", REMEDY
            ) from error
    return [dict(zip(columns, row, strict=False)) for row in rows] or [dict.fromkeys(columns, "")]


def _area_axis(head: Sequence[dict[str, str]], axes: Sequence[int], shown: str) -> int:
    """Return the axis that holds the areas: by the code of its variable, else by its attributes."""
    for form, column in ((AREA, "_variable_code"), (AREA_CODE, "_variable_attribute_code")):
        for axis in axes:
            if all(form.fullmatch(row.get(f"{axis}{column}", "")) for row in head):
                return axis
    raise DeliveryError.at(
        f"{shown}:1",
        "Keine der Spalten *_variable_code ist ein Gebietsmerkmal (DINSG, DLAND, KREISE, GEMEIN).",
        "Eine Tabelle mit regionaler Gliederung abrufen.",
    )


def _columns(datei: Path, shown: str) -> list[str]:
    """Return the names of the columns; all that a fact needs must be there."""
    with datei.open("rb") as file:
        header = file.readline(1 << 16)
        file.seek(0, 2)
        size = file.tell()
        file.seek(max(0, size - 1))
        last = file.read(1)
    columns = header.decode("utf-8-sig", errors="replace").strip().split(";")
    axes = {found[1] for name in columns if (found := AXIS.match(name))}
    needed = [*NEEDED, *(f"{axis}{part}" for axis in sorted(axes) for part in AXIS_PARTS)]
    missing = [name for name in needed if name not in columns]
    doubled = [name for name, count in Counter(columns).items() if count > 1]
    if missing or doubled:
        text = f"Es fehlt: {', '.join(missing)}." if missing else f"Doppelt: {', '.join(doubled)}."
        raise DeliveryError.at(f"{shown}:1", f"Die Kopfzeile ist unvollständig. {text}", REMEDY)
    if last != b"\n":
        line = datei.read_bytes().count(b"\n") + 1
        raise DeliveryError.at(f"{shown}:{line}", "Die letzte Zeile bricht ab.", REMEDY)
    return columns


def _quelle(datei: Path, columns: Sequence[str]) -> str:
    """Return SQL that scans a flat file as text."""
    types = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in columns)
    force = ", ".join(_quoted(name) for name in columns)
    return f"""read_csv({_quoted(str(datei))}, delim = ';', quote = '"', escape = '"', header = true,
        auto_detect = false, strict_mode = true, null_padding = false, force_not_null = [{force}],
        columns = {{{types}}})"""


def _stage(
    ziel: DuckDBPyConnection, quelle: str, shown: str, columns: Sequence[str], facts: str
) -> None:
    """Load what differs from row to row: heading, area, value and quality.

    Raises:  DeliveryError for a row that has not the fields of the header
    """
    quality = ", value_q" if "value_q" in columns else ""
    with lesbar(shown):
        ziel.execute(f"CREATE TEMP TABLE flach AS SELECT {facts}, value{quality} FROM {quelle}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
