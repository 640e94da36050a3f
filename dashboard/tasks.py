"""What the commands do: chains etl, indicators and dashboard, and talks to the person in German."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import TypedDict

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from dashboard import freigabe
from etl import warehouse as store
from etl.errors import SozialmonitorError
from etl.lieferungen import find_lieferungen
from etl.messgroessen import load_messgroessen
from etl.refresh import Wahl, build_intern
from etl.sources import load_zuordnungen
from indicators.catalog import load_katalog
from indicators.engine import cluster, here
from indicators.explain import explain as explain_value
from indicators.export import DIALEKTE, Umfang, csv_zeilen
from indicators.export_formate import json_zeilen, parquet, xlsx
from indicators.gezeigt import ENTWURF, INTERN, OEFFENTLICH
from indicators.records import Quelle
from indicators.service import Service

LOOPBACK = ("127.0.0.1", "localhost", "::1")
FORMATE = (*DIALEKTE, "xlsx", "json", "parquet")
UNGEKLAERT = "ungeklärt"


class Finding(TypedDict):
    """One line of `check --json`; schwere is `fehler`, `pruefen` or `hinweis`."""

    schwere: str
    ort: str
    problem: str
    abhilfe: str


class Report(TypedDict):
    """The answer of `check --json`."""

    indikatoren: int
    quellen: int
    leitziele_mit_indikator: int
    leitziele_ohne_indikator: int
    befunde: list[Finding]


def refresh(
    raw: Path,
    warehouse: Path,
    intern: Path | None = None,
    quelle: str = "",
    engine: str = "",
    ablage: Path | None = None,
) -> None:
    """Build and swap in a new Datenstand; raises SozialmonitorError and changes nothing if it fails.

    engine: address of a Spark Connect cluster that calculates; left out, this machine does
    ablage: folder that both see; left out, that of the build, for a cluster on this machine
    """
    beside = ThreadPoolExecutor(1)  # pandas and scipy load while DuckDB is working
    beside.submit(import_module, "pandas")
    calculation = beside.submit(import_module, "indicators.refresh")
    with (
        store.new_build(warehouse) as build,
        cluster(engine, ablage or build.folder) if engine else nullcontext(here) as calculator,
        _progress() as progress,
    ):
        build_intern(build, raw, progress, wahl=Wahl(intern, quelle))
        calculation.result().build_public(build, progress, engine=calculator)
    stand = Service(warehouse, ENTWURF)
    values = stand.export("SELECT count(*), count(wert) FROM indikatorwert", []).fetchone() or (
        0,
        0,
    )
    sources = stand.quellen()
    typer.echo(
        f"Datenstand {build.id} (Entwurf): {len(stand.indikatoren())} Indikatoren,"
        f" {values[1]} Werte, {values[0] - values[1]} Fehlstellen mit Grund,"
        f" {len(sources)} Quellen, {len(stand.befunde())} Auffälligkeiten."
    )
    freigabe.melde_wartende({q.id: q.wartet for q in sources if q.wartet})


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Give a function that announces the next step: a bar on a terminal, plain lines otherwise."""
    if not sys.stderr.isatty():
        yield lambda step: typer.echo(f"… {step}", err=True)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("Beginnen", total=None)
        yield lambda step: bar.update(task, description=step)


def print_plan(raw: Path, warehouse: Path, intern: Path | None = None) -> None:
    """Say which deliveries a refresh would load and what has changed since the last one."""
    known = _known_digests(warehouse)
    lieferungen = find_lieferungen(raw, intern)
    for item in lieferungen:
        state = {None: "neu", item.sha256: "unverändert"}.get(known.get(item.datei), "geändert")
        typer.echo(f"{state:<12} {item.datei}  ({item.quelle.herausgeber}, {item.quelle.tabelle})")
    for gone in sorted(set(known) - {item.datei for item in lieferungen}):
        typer.echo(f"{'entfällt':<12} {gone}")
    typer.echo(f"{len(lieferungen)} Lieferungen; geändert wurde nichts.")


def _known_digests(warehouse: Path) -> dict[str, str]:
    try:
        build = store.current(warehouse)
    except SozialmonitorError:
        return {}
    with store.read(build.intern) as intern:
        return dict(intern.execute("SELECT datei, sha256 FROM lieferung").fetchall())


def serve(
    warehouse: Path, host: str, port: int, workers: int, *, entwurf: bool, intern: bool
) -> None:
    """Serve the dashboard; refuses another address than this machine while the data are an Entwurf.

    entwurf: show the newest build although it is not released; intern: the same with everything in
    it, after a login, and only to a TLS proxy on this machine
    """
    from dashboard.adresse import pfad
    from dashboard.anbieter import anbieter
    from dashboard.server import run

    below = pfad()
    if intern and host not in LOOPBACK:
        raise SozialmonitorError.at(
            f"--host {host}",
            "Interne Zahlen gehen unverschlüsselt nicht ins Netz.",
            "--host weglassen und auf diesem Rechner einen Proxy mit TLS davorstellen.",
        )
    if intern:
        anbieter()  # half a configuration is refused here, not by a worker
    sicht = INTERN if intern else ENTWURF if entwurf else OEFFENTLICH
    workers = 1 if intern else workers  # sessions live in the memory of one process
    if Service(warehouse, sicht).datenstand().entwurf and host not in LOOPBACK:
        raise SozialmonitorError.at(
            f"--host {host}",
            "Der Datenstand ist ein Entwurf und noch nicht freigegeben.",
            "Nur auf diesem Rechner zeigen (--host weglassen) oder mit »sozialmonitor release«"
            " veröffentlichen.",
        )
    typer.echo(f"Sozialmonitor läuft auf http://{host}:{port}{below} – beenden mit Strg+C")
    run(warehouse, host, port, workers, sicht)


def check(raw: Path, intern: Path | None = None) -> Report:
    """Build everything in a folder that is thrown away; return counts and every finding."""
    from indicators.refresh import build_public

    findings: list[Finding] = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            load_zuordnungen(load_messgroessen())
            with store.new_build(Path(folder)) as build:
                build_intern(build, raw, _silent, wahl=Wahl(intern))
                build_public(build, _silent)
            service = Service(Path(folder))
            findings += [
                Finding(
                    schwere=f.schwere, ort=f.quelle, problem=f.text, abhilfe="Lieferung ansehen."
                )
                for f in service.befunde()
            ]
            findings += ohne_lizenz(service.quellen())
        except SozialmonitorError as error:
            findings += [
                Finding(schwere="fehler", ort=m.ort, problem=m.problem, abhilfe=m.abhilfe)
                for m in error.maengel
            ]
    return _counts(raw, intern, findings)


def ohne_lizenz(quellen: Sequence[Quelle]) -> list[Finding]:
    """Return one finding for each source whose publisher states no licence.

    A description without the field is refused when it is read; so is a permission that is not named.
    """
    return [
        Finding(
            schwere="hinweis",
            ort=q.id,
            problem=f"{q.herausgeber} nennt für »{q.titel}« keine Lizenz.",
            abhilfe="Dort nachfragen und in der Beschreibung »lizenz« eintragen; bei einer"
            " schriftlichen Erlaubnis »lizenz: erlaubnis« und das Feld »erlaubnis«.",
        )
        for q in quellen
        if q.lizenz == UNGEKLAERT
    ]


def _silent(_step: str) -> None:
    """Announce nothing."""


def _counts(raw: Path, intern: Path | None, findings: list[Finding]) -> Report:
    """Count what can be read; an unreadable part counts as nothing and is among the findings."""
    try:
        katalog = load_katalog(load_messgroessen())
        counts = len(katalog.indikatoren), len(katalog.leitziele), len(katalog.ohne_indikator())
    except SozialmonitorError:
        counts = 0, 0, 0
    try:
        quellen = len(find_lieferungen(raw, intern))
    except SozialmonitorError:
        quellen = 0
    return Report(
        indikatoren=counts[0],
        quellen=quellen,
        leitziele_mit_indikator=counts[1] - counts[2],
        leitziele_ohne_indikator=counts[2],
        befunde=findings,
    )


def print_check(report: Report) -> None:
    """Print the findings and the counts for a person."""
    for finding in report["befunde"]:
        typer.echo(
            f"[{finding['schwere']}] {finding['ort']}\n  {finding['problem']}\n  → {finding['abhilfe']}"
        )
    typer.echo(
        f"{report['indikatoren']} Indikatoren, {report['quellen']} Quellen;"
        f" {report['leitziele_mit_indikator']} Leitziele mit Indikator,"
        f" {report['leitziele_ohne_indikator']} mit begründeter Lücke;"
        f" {len(report['befunde'])} Befunde."
    )


def export(
    warehouse: Path,
    indikatoren: Sequence[str] | None,
    gebiete: Sequence[str] | None,
    years: tuple[int | None, int | None],
    format_: str,
    out: Path | None,
) -> None:
    """Write published values to a file or to standard output."""
    if format_ not in FORMATE:
        raise SozialmonitorError.at(
            f"--format {format_}",
            "Dieses Format gibt es nicht.",
            f"Möglich: {', '.join(FORMATE)}.",
        )
    service = Service(warehouse)
    for indikator in indikatoren or ():
        service.indikator(indikator)
    for gebiet in gebiete or ():
        service.gebiet(gebiet)
    umfang = Umfang(indikatoren, gebiete, *years)
    if format_ == "parquet":
        if out is None:
            raise SozialmonitorError.at(
                "--format parquet", "Parquet braucht eine Zieldatei.", "--out DATEI angeben."
            )
        parquet(service, umfang, out)
        return
    with out.open("wb") if out else nullcontext(sys.stdout.buffer) as file:
        if format_ == "xlsx":
            xlsx(service, umfang, file)
        else:
            file.writelines(_stuecke(service, umfang, format_))


def _stuecke(service: Service, umfang: Umfang, format_: str) -> Iterator[bytes]:
    if format_ == "json":
        return json_zeilen(service, umfang)
    return csv_zeilen(service, umfang.indikatoren, umfang.gebiete, umfang.von, umfang.bis, format_)


def explain(warehouse: Path, indikator: str, gebiet: str, zeit: str, *, as_json: bool) -> None:
    """Print the whole way of a number back to its cells, and of what is said of the newest one."""
    from dashboard import erklaeren
    from indicators.explain_statement import explain_statement  # brings scipy

    found = explain_value(warehouse, indikator, gebiet, zeit)
    statement = explain_statement(warehouse, indikator, gebiet)
    if as_json:
        said = None if statement is None else statement.as_json()
        values = [item.as_json() | {"aussage": said} for item in found]
        typer.echo(json.dumps(values, ensure_ascii=False, indent=2, default=str))
        return
    for item in found:
        erklaeren.wert(item)
    if statement is not None:
        erklaeren.aussage(statement)
