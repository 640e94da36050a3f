"""A build → a Veröffentlichung: what must be true of it, and what is written down about it."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl import veroeffentlichungen, warehouse
from etl.datentraeger import datentraeger
from etl.errors import SozialmonitorError, UnknownError, suggestion
from etl.veroeffentlichungen import Veroeffentlichung

TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' ORDER BY 1"
COLUMNS = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY 1"
# What changes with every build even if no figure does.
PASSING = ("datenstand", "aenderung", "nachgewiesen")
AUDIT, PROVEN = "geheimhaltung", "nachgewiesen"
PASSED = f"SELECT bool_and(geprueft) FROM {AUDIT}"


def veroeffentliche(folder: Path, id_: str = "") -> Veroeffentlichung | None:
    """Make a build the release that the public sees; None if its figures are out already.

    id_: a kept build; left out, the newest one, unless its figures were withdrawn before
    Raises:  SozialmonitorError if the build may not be released
    """
    with warehouse.locked(folder), datentraeger(folder):
        build = _build(folder, id_)
        with warehouse.read(build.oeffentlich) as public:
            _refuse_unproven(folder, public, build)
            neu = _about(public, build)
        now = veroeffentlichungen.aktuelle(folder)
        if now is not None and now.inhalt == neu.inhalt and now.wartet == neu.wartet:
            return None
        if not id_:
            _refuse_withdrawn(folder, neu)
        veroeffentlichungen.nimm_auf(folder, neu)
        return neu


def _build(folder: Path, id_: str) -> warehouse.Build:
    if not id_:
        return warehouse.current(folder)
    kept = {build.id: build for build in warehouse.builds(folder)}
    if id_ not in kept:
        remedy = suggestion(id_, kept, f"Aufbewahrt sind: {', '.join(kept)}.")
        raise UnknownError.at(id_, f"Den Datenstand »{id_}« gibt es nicht.", remedy)
    return kept[id_]


def _about(public: DuckDBPyConnection, build: warehouse.Build) -> Veroeffentlichung:
    tables = _tables(public)
    indicators, values, sources = public.execute(
        "SELECT (SELECT count(*) FROM indikator), (SELECT count(wert) FROM indikatorwert),"
        " (SELECT count(*) FROM quelle WHERE wartet = '')"
    ).fetchone() or (0, 0, 0)
    waiting = public.execute("SELECT id, wartet FROM quelle WHERE wartet <> '' ORDER BY id")
    reasons = dict(waiting.fetchall())
    return Veroeffentlichung(
        build.id,
        datetime.now(UTC).replace(microsecond=0),
        _fingerprint(public, tables),
        indicators,
        values,
        sources,
        reasons,
    )


def _tables(public: DuckDBPyConnection) -> list[str]:
    return [row[0] for row in public.execute(TABLES).fetchall()]


def _refuse_unproven(folder: Path, public: DuckDBPyConnection, build: warehouse.Build) -> None:
    """Refuse a build that was not held against every release which the public has besides."""
    remedy = "Mit »sozialmonitor refresh« einen neuen bauen; dabei wird geprüft."
    if not {AUDIT, PROVEN} <= set(_tables(public)) or public.execute(PASSED).fetchone() != (True,):
        raise SozialmonitorError.at(
            build.id,
            "Dieser Datenstand ist nicht darauf geprüft, ob jemand zu erkennen ist.",
            remedy,
        )
    proven = {row[0] for row in public.execute(f"SELECT * FROM {PROVEN}").fetchall()}
    besides = [
        v.id
        for v in veroeffentlichungen.lade(folder)
        if v.zurueckgezogen is None and v.id not in proven | {build.id}
    ]
    if besides:
        raise SozialmonitorError.at(
            build.id,
            f"Inzwischen ist {', '.join(besides)} veröffentlicht. Ob beide zusammen jemanden"
            " verraten, ist nicht geprüft.",
            remedy,
        )


def _fingerprint(public: DuckDBPyConnection, tables: list[str]) -> str:
    """Return the same text for two public files if their rows are the same, in any order.

    The last digits of a number depend on the order in which the threads have added: nine count.
    """
    parts = []
    for table in tables:
        if table not in PASSING:
            columns = public.execute(COLUMNS, [table]).fetchall()
            cells = [f"printf('%.8e', {c})" if kind == "DOUBLE" else c for c, kind in columns]
            query = f"SELECT count(*), sum(hash({', '.join(cells)})::HUGEINT) FROM {table}"
            parts.append(f"{table}:{public.execute(query).fetchone()}")
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]


def _refuse_withdrawn(folder: Path, neu: Veroeffentlichung) -> None:
    for old in veroeffentlichungen.lade(folder):
        if old.zurueckgezogen is not None and old.inhalt == neu.inhalt:
            raise SozialmonitorError.at(
                neu.id,
                f"Dieselben Zahlen wurden am {old.zurueckgezogen:%d.%m.%Y} zurückgezogen: {old.grund}",
                "Die Ursache beheben und neu bauen; sollen sie doch hinaus, die Kennung angeben:"
                f" »sozialmonitor release {neu.id}«.",
            )
