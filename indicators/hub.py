"""What several installations have handed over, checked and put together into one Parquet."""

import csv
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from duckdb import DuckDBPyConnection
from duckdb import Error as DuckDBError

from etl import warehouse
from etl.errors import Mangel, SozialmonitorError
from etl.yamlfile import load_yaml
from indicators.export import COLUMNS, NUMBERS
from indicators.weitergabe import BUND, MANIFEST, WERTE, Manifest, pruefsumme

ZIEL, VERZEICHNIS = "kreise.parquet", "kreise.csv"
ALT = ".vorher"
SPALTEN = (
    "kreis", "name", "land", "veroeffentlichung", "freigegeben", "zeilen", "sha256", "programm",
    "lizenzen", "zurueckgezogen",
)  # fmt: skip
STELLE = (
    "indikator, gebiet, zeit, zeitbezug, geschlecht, alter, nationalitaet, gruppe, basis, einheit"
)
LOAD = f"INSERT INTO werte SELECT ?, {', '.join(COLUMNS)} FROM read_parquet(?)"
# Two installations that publish different values for the same cell of Land or Bund.
WIDERSPRUCH = f"""
SELECT indikator, gebiet, zeit, min_by(von, wert), min(wert), max_by(von, wert), max(wert)
FROM werte WHERE wert IS NOT NULL AND NOT starts_with(gebiet, von)
GROUP BY {STELLE} HAVING max(wert) - min(wert) > 1e-9 * greatest(1, abs(max(wert)))
ORDER BY ALL LIMIT 3
"""
# A value of Land or Bund once: where one has a number and the other none, the number.
EINMAL = f"""
SELECT * FROM werte
QUALIFY starts_with(gebiet, von)
     OR row_number() OVER (PARTITION BY {STELLE} ORDER BY wert IS NULL, von) = 1
ORDER BY ALL
"""


def sammle(ordner: Sequence[Path], ziel: Path) -> list[Manifest]:
    """Write `kreise.parquet` and `kreise.csv` of all installations into `ziel`, all or nothing.

    ordner: one folder per installation, as `gib_weiter` writes it
    Raises:  SozialmonitorError with everything that speaks against it; `ziel` stays as it is
    """
    _bring_zurueck(ziel)
    _nur_eigenes(ziel)
    found = {folder: load_yaml(_there(folder), Manifest) for folder in ordner}
    maengel = [*_doppelte(found), *_veraltete(found, ziel)]
    for folder, manifest in found.items():
        maengel += _beschaedigt(folder, manifest)
    if maengel:
        raise SozialmonitorError(maengel)
    with warehouse.scratch() as connection:
        connection.execute("SET threads = 1")  # the order of rows is then always the same
        for folder, manifest in sorted(found.items(), key=lambda item: item[1].kreis):
            maengel += _geladen(connection, folder, manifest)
        maengel = maengel or _widersprueche(connection)
        if maengel:
            raise SozialmonitorError(maengel)
        manifests = sorted(found.values(), key=lambda m: m.kreis)
        try:
            _schreibe(connection, manifests, ziel)
        except OSError as error:
            raise SozialmonitorError.at(
                ziel, f"Hier lässt sich nichts schreiben: {error.strerror}.", "Anderen Ort angeben."
            ) from error
    return manifests


def _there(folder: Path) -> Path:
    file = folder / MANIFEST
    if not file.is_file():
        raise SozialmonitorError.at(
            file,
            "Hier liegt kein Manifest, die Übergabe ist unvollständig.",
            "Dort »sozialmonitor weitergabe --out ORDNER« noch einmal ausführen.",
        )
    return file


def _doppelte(found: Mapping[Path, Manifest]) -> list[Mangel]:
    first: dict[str, Path] = {}
    return [
        Mangel(
            str(folder / MANIFEST),
            f"{manifest.name} ({manifest.kreis}) ist schon in {first[manifest.kreis]}.",
            "Nur einen der beiden Ordner angeben.",
        )
        for folder, manifest in found.items()
        if first.setdefault(manifest.kreis, folder) != folder
    ]


def _veraltete(found: Mapping[Path, Manifest], ziel: Path) -> list[Mangel]:
    """Refuse what was withdrawn, and what is older than what `ziel` has already."""
    known = _verzeichnis(ziel)
    maengel = []
    for folder, manifest in found.items():
        before = known.get(manifest.kreis, {})
        gone = {*manifest.zurueckgezogen, *before.get("zurueckgezogen", "").split()}
        older = before.get("freigegeben", "") > manifest.freigegeben.isoformat()
        if manifest.veroeffentlichung in gone:
            said = "wurde zurückgezogen"
        elif older and before.get("veroeffentlichung") not in gone:
            said = f"ist älter als die vorhandene {before['veroeffentlichung']}"
        else:
            continue
        maengel.append(
            Mangel(
                str(folder / MANIFEST),
                f"Die Veröffentlichung {manifest.veroeffentlichung} von {manifest.name} {said}.",
                "Die jüngste Übergabe dieses Kreises holen oder seinen Ordner weglassen.",
            )
        )
    return maengel


def _verzeichnis(ziel: Path) -> dict[str, dict[str, str]]:
    file = ziel / VERZEICHNIS
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as opened:
        return {row["kreis"]: row for row in csv.DictReader(opened)}


def _beschaedigt(folder: Path, manifest: Manifest) -> list[Mangel]:
    file = folder / WERTE
    if file.is_file() and pruefsumme(file) == manifest.dateien[0].sha256:
        return []
    return [
        Mangel(
            str(file),
            "Die Datei fehlt oder ist nicht die, die das Manifest nennt (SHA-256).",
            f"Den ganzen Ordner von {manifest.name} noch einmal holen.",
        )
    ]


def _geladen(connection: DuckDBPyConnection, folder: Path, manifest: Manifest) -> list[Mangel]:
    """Load one file; return what its rows say that does not fit to its manifest."""
    file = str(folder / WERTE)
    connection.execute(
        f"CREATE TABLE IF NOT EXISTS werte (von VARCHAR, {', '.join(map(_spalte, COLUMNS))})"
    )
    remedy = f"{manifest.name} bitten, mit derselben Programmversion noch einmal zu übergeben."
    try:
        names = [
            r[0] for r in connection.execute("DESCRIBE FROM read_parquet(?)", [file]).fetchall()
        ]
        if names != COLUMNS:
            return [Mangel(file, "Die Spalten sind nicht die vereinbarten.", remedy)]
        connection.execute(LOAD, [manifest.kreis, file])
    except DuckDBError as error:
        return [Mangel(file, f"Die Datei lässt sich nicht lesen: {error}", remedy)]
    rows, foreign, other = connection.execute(
        "SELECT count(*), min(gebiet) FILTER (NOT starts_with(gebiet, von) AND gebiet NOT IN (?, ?)),"
        " min(veroeffentlichung) FILTER (NOT contains(veroeffentlichung, ?))"
        " FROM werte WHERE von = ?",
        [manifest.kreis[:2], BUND, manifest.veroeffentlichung, manifest.kreis],
    ).fetchall()[0]
    said = []
    if rows != manifest.dateien[0].zeilen:
        said.append(
            f"Die Datei hat {rows} Zeilen, das Manifest nennt {manifest.dateien[0].zeilen}."
        )
    if foreign:
        said.append(f"Das Gebiet {foreign} gehört nicht zu {manifest.name} ({manifest.kreis}).")
    if other:
        said.append(
            f"Die Zeilen sind aus {other}, das Manifest nennt {manifest.veroeffentlichung}."
        )
    return [Mangel(file, problem, remedy) for problem in said]


def _spalte(name: str) -> str:
    return f"{name} {'DOUBLE' if name in NUMBERS else 'VARCHAR'}"


def _widersprueche(connection: DuckDBPyConnection) -> list[Mangel]:
    return [
        Mangel(
            f"{indikator}, {gebiet}, {zeit}",
            f"{one} meldet {low}, {two} meldet {high}.",
            "Beide fragen, welcher Stand gilt; eine der beiden muss neu veröffentlichen.",
        )
        for indikator, gebiet, zeit, one, low, two, high in connection.execute(
            WIDERSPRUCH
        ).fetchall()
    ]


def _schreibe(connection: DuckDBPyConnection, manifests: Sequence[Manifest], ziel: Path) -> None:
    """Write both files beside `ziel` and swap the folders."""
    ziel.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".hub-", dir=ziel.parent) as beside:
        folder = Path(beside) / ziel.name
        folder.mkdir()
        target = str(folder / ZIEL).replace("'", "''")
        connection.execute(f"COPY ({EINMAL}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        with (folder / VERZEICHNIS).open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(SPALTEN)
            rows.writerows(_zeile(manifest) for manifest in manifests)
        old = ziel.with_name(f"{ziel.name}{ALT}")
        if ziel.exists():
            ziel.rename(old)
        folder.rename(ziel)
        shutil.rmtree(old, ignore_errors=True)


def _zeile(manifest: Manifest) -> tuple[str | int, ...]:
    file = manifest.dateien[0]
    return (
        manifest.kreis, manifest.name, manifest.land, manifest.veroeffentlichung,
        manifest.freigegeben.isoformat(), file.zeilen, file.sha256, manifest.programm,
        "; ".join(manifest.lizenzen), " ".join(manifest.zurueckgezogen),
    )  # fmt: skip


def _nur_eigenes(ziel: Path) -> None:
    """Refuse to replace a folder, or a file, that holds anything but what a hub has written."""
    own = {ZIEL, VERZEICHNIS}
    if ziel.exists() and (not ziel.is_dir() or {path.name for path in ziel.iterdir()} - own):
        raise SozialmonitorError.at(
            ziel,
            "Hier liegt etwas anderes; der Ordner würde ersetzt.",
            "Mit --out einen neuen Ordner nennen.",
        )


def _bring_zurueck(ziel: Path) -> None:
    """Put back what a run that was cut off has moved away."""
    old = ziel.with_name(f"{ziel.name}{ALT}")
    if old.exists() and not ziel.exists():
        old.rename(ziel)
