"""The command line `sozialmonitor`: the one place where all three packages meet."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from etl.errors import SozialmonitorError

app = typer.Typer(
    help="Sozialmonitoring für den Landkreis: Zahlen laden, berechnen, zeigen, weitergeben.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)

HERE = Path(__file__).resolve().parent.parent
Raw = Annotated[Path, typer.Option("--raw", help="Ordner der Lieferungen.")]
Warehouse = Annotated[Path, typer.Option("--warehouse", help="Ordner der Datenstände.")]
AsJson = Annotated[bool, typer.Option("--json", help="Ausgabe für Programme.")]
RAW = HERE / "data" / "raw"
WAREHOUSE = HERE / "data" / "warehouse"
REFUSED = 1


@app.command()
def refresh(
    raw: Raw = RAW,
    warehouse: Warehouse = WAREHOUSE,
    plan: Annotated[bool, typer.Option("--plan", help="Nur zeigen, was geschähe.")] = False,
) -> None:
    """Lieferungen einlesen, prüfen, Indikatoren berechnen und den Datenstand austauschen.

    Entweder alles oder nichts: Bei einem Fehler bleibt der bisherige Datenstand in Betrieb.

    Beispiel: `sozialmonitor refresh --plan`
    """
    from dashboard import tasks

    if plan:
        tasks.print_plan(raw, warehouse)
    else:
        tasks.refresh(raw, warehouse)


@app.command()
def serve(
    warehouse: Warehouse = WAREHOUSE,
    host: Annotated[str, typer.Option(help="Adresse.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port.")] = 8050,
    workers: Annotated[int, typer.Option(help="Prozesse.")] = 2,
) -> None:
    """Das Dashboard starten; solange die Daten ein Entwurf sind, nur auf diesem Rechner.

    Beispiel: `sozialmonitor serve --port 8080`
    """
    from dashboard import tasks

    tasks.serve(warehouse, host, port, workers)


@app.command()
def check(raw: Raw = RAW, as_json: AsJson = False) -> None:
    """Katalog, Quellen und Lieferungen prüfen, ohne etwas zu ändern.

    Beispiel: `sozialmonitor check --json`
    """
    from dashboard import tasks

    report = tasks.check(raw)
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        tasks.print_check(report)
    if any(finding["schwere"] == "fehler" for finding in report["befunde"]):
        raise typer.Exit(REFUSED)


@app.command()
def export(
    indikator: Annotated[str, typer.Option(help="Kennungen, durch Komma getrennt.")] = "",
    alle: Annotated[bool, typer.Option("--alle", help="Alle Indikatoren.")] = False,
    gebiet: Annotated[str, typer.Option(help="Schlüssel, durch Komma getrennt.")] = "",
    von: Annotated[int | None, typer.Option(help="Frühestes Jahr.")] = None,
    bis: Annotated[int | None, typer.Option(help="Spätestes Jahr.")] = None,
    format_: Annotated[str, typer.Option("--format", help="csv oder csv-excel.")] = "csv",
    out: Annotated[Path | None, typer.Option(help="Zieldatei; sonst Standardausgabe.")] = None,
    warehouse: Warehouse = WAREHOUSE,
) -> None:
    """Veröffentlichte Werte als CSV ausgeben: »csv« für Programme, »csv-excel« für Excel (deutsch).

    Beispiel: `sozialmonitor export --indikator arbeitslose --gebiet 08116019 --format csv-excel`
    """
    from dashboard import tasks

    if alle == bool(indikator):
        raise typer.BadParameter("Entweder --indikator KENNUNG oder --alle angeben.")
    chosen = None if alle else indikator.split(",")
    areas = gebiet.split(",") if gebiet else None
    tasks.export(warehouse, chosen, areas, (von, bis), format_, out)


@app.command()
def explain(
    indikator: Annotated[str, typer.Option(help="Kennung des Indikators.")],
    gebiet: Annotated[str, typer.Option(help="Amtlicher Schlüssel.")],
    zeit: Annotated[str, typer.Option(help="Jahr oder Zeitpunkt.")],
    warehouse: Warehouse = WAREHOUSE,
    as_json: AsJson = False,
) -> None:
    """Den ganzen Weg einer Zahl zeigen: Formel, Bestandteile, Dateien und Zeilen.

    Beispiel: `sozialmonitor explain --indikator arbeitslose --gebiet 08116019 --zeit 2016`
    """
    from dashboard import tasks

    tasks.explain(warehouse, indikator, gebiet, zeit, as_json=as_json)


@app.command()
def schedule(
    rhythmus: Annotated[
        str,
        typer.Option(
            help="Wie in cron: Minute Stunde Tag Monat Wochentag.", envvar="SOZIALMONITOR_RHYTHMUS"
        ),
    ] = "0 4 * * *",
    raw: Raw = RAW,
    warehouse: Warehouse = WAREHOUSE,
) -> None:
    """Die Aktualisierung in einem festen Rhythmus ausführen, bis der Prozess beendet wird.

    Beispiel: `sozialmonitor schedule --rhythmus "30 5 * * mon"`
    """
    from dashboard import tasks

    tasks.schedule(rhythmus, raw, warehouse)


@app.command()
def status(warehouse: Warehouse = WAREHOUSE, as_json: AsJson = False) -> None:
    """Letzte Läufe und das Alter jeder Quelle zeigen.

    Beispiel: `sozialmonitor status --json`
    """
    from dashboard import tasks

    tasks.status(warehouse, as_json=as_json)


def main() -> None:
    """Run one command; a refusal becomes a message and exit code 1, wrong usage exit code 2."""
    try:
        app()
    except SozialmonitorError as error:
        typer.echo(str(error), err=True)
        sys.exit(REFUSED)
