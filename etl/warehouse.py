"""The only place that opens DuckDB, and the one that swaps a finished build in.

A build is a folder of its own under `<warehouse>/builds/`; the link `aktuell` points to the one in
use. Replacing an open DuckDB file in place would leave readers on the old data for ever, so files
are never overwritten: readers compare the link and reopen.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import BaseFileLock, FileLock, Timeout

from etl import laeufe, veroeffentlichungen
from etl.datentraeger import datentraeger, grund
from etl.errors import SozialmonitorError, WarehouseError

KEPT_BUILDS = 3
# A build's folder while it is made, and afterwards; every file but the public one.
PRIVATE, PUBLIC, SECRET = 0o700, 0o755, 0o600
OEFFENTLICH = "oeffentlich.duckdb"
LOCKED_DOWN = {
    "threads": "1",  # small questions: a second thread costs more than it brings
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}


@dataclass(frozen=True, slots=True)
class Build:
    """A build: its id, its database files, and the build whose figures were shown before it."""

    id: str
    folder: Path
    vorher: "Build | None" = None

    @property
    def intern(self) -> Path:
        """Return the file that holds everything."""
        return self.folder / "intern.duckdb"

    @property
    def vertraulich(self) -> Path:
        """Return the file laid out like the public one, with everything in it; it may be missing."""
        return self.folder / "vertraulich.duckdb"

    @property
    def oeffentlich(self) -> Path:
        """Return the file that holds only what anyone may see."""
        return self.folder / OEFFENTLICH


@contextmanager
def new_build(warehouse: Path) -> Iterator[Build]:
    """Give a fresh build, and swap it in at the end; if anything fails, nothing has changed.

    Raises:  WarehouseError if another refresh is running or the folder cannot be written
    """
    with locked(warehouse):
        _remove_remains(warehouse)
        with datentraeger(warehouse):
            yield from _build_and_swap(warehouse)


@contextmanager
def locked(warehouse: Path) -> Iterator[None]:
    """Keep every other refresh and release away while the block runs.

    Raises:  WarehouseError if one of them is running or the folder cannot be written
    """
    lock = _lock(warehouse)
    try:
        yield
    finally:
        lock.release()


def _lock(warehouse: Path) -> BaseFileLock:
    lock = FileLock(warehouse / "refresh.lock")
    try:
        (warehouse / "builds").mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise WarehouseError.at(
            warehouse,
            "Hier läuft schon eine Aktualisierung.",
            "Warten, bis sie fertig ist, und dann noch einmal starten.",
        ) from error
    except OSError as error:
        raise WarehouseError.at(
            warehouse,
            f"Der Ordner lässt sich nicht beschreiben: {error.strerror}.",
            "Rechte und freien Platz prüfen; der bisherige Datenstand bleibt in Betrieb.",
        ) from error
    return lock


def _build_and_swap(warehouse: Path) -> Iterator[Build]:
    started = datetime.now(UTC)
    release = veroeffentlichungen.aktuelle(warehouse)
    in_use = current(warehouse) if (warehouse / "aktuell").exists() else None
    before = released(warehouse, release.id) if release else in_use
    build = Build(*_free(warehouse / "builds", f"{started:%Y-%m-%d-%H%M%S}"), before)
    folder = build.folder
    folder.mkdir(mode=PRIVATE)
    try:
        yield build
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        known = isinstance(error, SozialmonitorError)
        message = str(error) if known else grund(error) or repr(error)
        laeufe.schreibe(warehouse, build.id, started, message)
        raise
    folder.chmod(PUBLIC)
    finished = folder.rename(folder.with_suffix(""))
    _point_to(warehouse, finished)
    laeufe.schreibe(warehouse, build.id, started, None)
    _drop_old(warehouse, finished)


def _free(builds: Path, second: str) -> tuple[str, Path]:
    """Return an id after all others, and its folder: several may be finished in one second."""
    taken = sorted(path.name for path in builds.glob(f"{second}*"))
    count = int(taken[-1][len(second) + 1 :] or 1) + 1 if taken else 1
    id_ = second if count == 1 else f"{second}-{count:02}"
    return id_, builds / f"{id_}.neu"


def _point_to(warehouse: Path, finished: Path) -> None:
    """Move the link in one step; the two links for people follow it by themselves."""
    draft = warehouse / "aktuell.neu"
    draft.unlink(missing_ok=True)
    draft.symlink_to(finished.relative_to(warehouse))
    draft.replace(warehouse / "aktuell")
    for name in ("intern.duckdb", OEFFENTLICH):
        if not (warehouse / name).is_symlink():
            (warehouse / name).symlink_to(Path("aktuell") / name)


def _remove_remains(warehouse: Path) -> None:
    """Clear and note down what a killed refresh left behind; only called under the lock."""
    for remains in (warehouse / "builds").glob("*.neu"):
        began = datetime.fromtimestamp(remains.stat().st_mtime, UTC)
        laeufe.schreibe(warehouse, remains.stem, began, laeufe.ABGEBROCHEN)
        shutil.rmtree(remains, ignore_errors=True)


def _drop_old(warehouse: Path, current: Path) -> None:
    kept = {current.name, *(v.id for v in veroeffentlichungen.lade(warehouse))}
    finished = sorted(p for p in (warehouse / "builds").iterdir() if p.suffix != ".neu")
    for old in [p for p in finished if p.name not in kept][: -(KEPT_BUILDS - 1)]:
        shutil.rmtree(old, ignore_errors=True)
    for old in [p for p in finished[:-KEPT_BUILDS] if p != current]:  # the public file stays
        for name in ("intern.duckdb", "vertraulich.duckdb"):
            (old / name).unlink(missing_ok=True)


def current(warehouse: Path) -> Build:
    """Return the build in use.

    Raises:  WarehouseError if there is none yet
    """
    link = warehouse / "aktuell"
    if not link.exists():
        raise WarehouseError.at(
            warehouse,
            "Hier gibt es noch keinen Datenstand.",
            "Zuerst »sozialmonitor refresh« ausführen.",
        )
    folder = Path(os.path.realpath(link))
    return Build(folder.name, folder)


def shown(warehouse: Path) -> Build:
    """Return what the public sees: the latest release, or, before the first one, the draft in use.

    Raises:  WarehouseError if there is nothing yet, or every release was withdrawn
    """
    release = veroeffentlichungen.aktuelle(warehouse)
    if release is not None:
        return released(warehouse, release.id)
    withdrawn = veroeffentlichungen.lade(warehouse)
    if not withdrawn:
        return current(warehouse)
    raise WarehouseError.at(
        warehouse,
        f"Alle Veröffentlichungen sind zurückgezogen; die letzte: {withdrawn[-1].grund}",
        "Einen neuen Datenstand mit »sozialmonitor release« veröffentlichen.",
    )


def released(warehouse: Path, id_: str) -> Build:
    """Return the kept build of a release."""
    return Build(id_, Path(os.path.realpath(warehouse)) / "builds" / id_)


def builds(warehouse: Path) -> list[Build]:
    """Return the builds that are kept, newest first."""
    folders = sorted(
        (p for p in (warehouse / "builds").glob("*") if p.suffix != ".neu"), reverse=True
    )
    return [Build(folder.name, folder) for folder in folders]


def previous(build: Build) -> Build | None:
    """Return the build in use while another one is under construction; None if it is the first."""
    try:
        return current(build.folder.parent.parent)
    except WarehouseError:
        return None


def attach_previous(connection: duckdb.DuckDBPyConnection, build: Build) -> bool:
    """Attach the intern.duckdb in use as `vorher`, to copy from; say whether there is one.

    A file that cannot be read is no reason to stop: everything is then read from data/raw.
    """
    before = previous(build)
    if before is None or not before.intern.exists():
        return False
    path = str(before.intern).replace("'", "''")
    try:
        connection.execute(f"ATTACH '{path}' AS vorher (READ_ONLY)")
    except duckdb.Error:
        return False
    return True


def create(path: Path, intern: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Open a new database file for writing, with another one attached as `intern` to read from.

    Raises:  WarehouseError if the file is there already
    """
    if path.exists():
        raise WarehouseError.at(path, "Die Datei gibt es schon.", "Einen neuen Bau beginnen.")
    connection = duckdb.connect(path)
    if path.name != OEFFENTLICH:
        path.chmod(SECRET)
    return _attach(connection, intern)


def scratch(intern: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Open an empty database in memory, with a file attached as `intern` to recalculate from."""
    return _attach(duckdb.connect(), intern)


def _attach(
    connection: duckdb.DuckDBPyConnection, intern: Path | None
) -> duckdb.DuckDBPyConnection:
    if intern is not None:
        path = str(intern).replace("'", "''")
        connection.execute(f"ATTACH '{path}' AS intern (READ_ONLY)")
    return connection


@contextmanager
def beside(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> Iterator[None]:
    """Attach another database file for reading while the block runs."""
    quoted = str(path).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS {name} (READ_ONLY)")
    try:
        yield
    finally:
        connection.execute(f"DETACH {name}")


def read(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a database file for reading only, cut off from files, network and extensions."""
    return duckdb.connect(path, read_only=True, config=dict(LOCKED_DOWN))


def write_parquet(
    source: Path, query: str, values: Sequence[object], target: Path, about: Mapping[str, str]
) -> None:
    """Write what a query finds in a database file as Parquet, with key-value metadata.

    The connections of the service may not write files, so this one is new and reads `source` only.
    Raises:  WarehouseError if nothing can be written to `target`
    """
    place, file = (str(path).replace("'", "''") for path in (target, source))
    pairs = ", ".join(
        f"{key}: '{text.replace(chr(39), chr(39) * 2)}'" for key, text in about.items()
    )
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{file}' AS quelle_datei (READ_ONLY)")
        connection.execute("USE quelle_datei")
        options = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{pairs}}}"
        try:
            connection.execute(f"COPY ({query}) TO '{place}' ({options})", list(values))
        except duckdb.IOException as error:
            raise WarehouseError.at(
                target, f"Die Datei lässt sich nicht schreiben: {error}", "Anderen Ort angeben."
            ) from error
