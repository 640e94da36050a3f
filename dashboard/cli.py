"""The command line `sozialmonitor`: the one place where all three packages meet."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from dashboard import cli_agenda, cli_bericht, cli_betrieb, cli_hub
from dashboard.cli_deutsch import Befehl, Gruppe
from dashboard.cli_optionen import RAW, WAREHOUSE, AsJson, InternRaw, Raw, Warehouse
from etl.errors import SozialmonitorError

app = typer.Typer(
    cls=Gruppe,
    help="""Sozialmonitoring für den Landkreis: Zahlen laden, berechnen, zeigen, weitergeben.

    Beispiel: `sozialmonitor refresh && sozialmonitor serve`

    Endet mit 0, wenn alles getan ist, mit 1, wenn etwas abgelehnt wurde (mit Grund und Abhilfe),
    und mit 2 bei einem falschen Aufruf.
    """,
    add_completion=False,
)

REFUSED = 1


@app.command(cls=Befehl)
def refresh(
    raw: Raw = RAW,
    warehouse: Warehouse = WAREHOUSE,
    plan: Annotated[bool, typer.Option("--plan", help="Nur zeigen, was geschähe.")] = False,
    quelle: Annotated[
        str, typer.Option(metavar="ID", help="Nur diese Quelle neu lesen, alles andere behalten.")
    ] = "",
    intern_raw: InternRaw = None,
    engine: Annotated[
        str,
        typer.Option(
            metavar="ADRESSE", help="Auf diesem Spark-Connect-Cluster rechnen: sc://RECHNER:PORT."
        ),
    ] = "",
    ablage: Annotated[
        Path | None,
        typer.Option(
            metavar="ORDNER",
            help="Ordner, den dieser Rechner und der Cluster unter demselben Pfad sehen.",
            show_default="der neue Datenstand; genügt, wenn der Cluster hier läuft",
        ),
    ] = None,
) -> None:
    """Lieferungen einlesen, prüfen, Indikatoren berechnen und den Datenstand austauschen.

    Entweder alles oder nichts: Bei einem Fehler bleibt der bisherige Datenstand in Betrieb.
    Was sich nicht geändert hat, wird nicht noch einmal gelesen.

    Beispiel: `sozialmonitor refresh --plan`
    """
    from dashboard import tasks

    if plan:
        tasks.print_plan(raw, warehouse, intern_raw)
    else:
        tasks.refresh(raw, warehouse, intern_raw, quelle, engine, ablage)


@app.command(cls=Befehl)
def serve(
    warehouse: Warehouse = WAREHOUSE,
    host: Annotated[
        str,
        typer.Option(metavar="ADRESSE", help="Adresse dieses Rechners, unter der gezeigt wird."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="NUMMER", help="Port.")] = 8050,
    workers: Annotated[int, typer.Option(metavar="ANZAHL", help="Prozesse, die antworten.")] = 2,
    entwurf: Annotated[
        bool, typer.Option("--entwurf", help="Den neuesten Bau zeigen, auch vor seiner Freigabe.")
    ] = False,
    intern: Annotated[
        bool, typer.Option("--intern", help="Alle Zahlen zeigen, nach Anmeldung; üblich: 8051.")
    ] = False,
) -> None:
    """Das Dashboard starten; solange die Daten ein Entwurf sind, nur auf diesem Rechner.

    Gezeigt wird die jüngste Veröffentlichung, vor der ersten der neueste Bau. Wo Besucher sie
    finden, nennt SOZIALMONITOR_ADRESSE, auch mit Unterpfad (https://www.example.de/sozialmonitor).

    Für --intern meldet man sich mit einem Konto an (`sozialmonitor nutzer`) oder mit dem
    Dienstkonto des Hauses (OpenID Connect), sobald SOZIALMONITOR_OIDC_AUSSTELLER, …_CLIENT,
    …_GEHEIMNIS, …_GRUPPE (wer hinein darf) und SOZIALMONITOR_ADRESSE gesetzt sind. Der Aussteller
    schickt zurück an SOZIALMONITOR_ADRESSE/anmelden/dienstkonto/zurueck.

    Beispiel: `sozialmonitor serve --port 8080`, `sozialmonitor serve --intern --port 8051`
    """
    from dashboard import tasks

    tasks.serve(warehouse, host, port, workers, entwurf=entwurf, intern=intern)


@app.command(cls=Befehl)
def check(raw: Raw = RAW, intern_raw: InternRaw = None, as_json: AsJson = False) -> None:
    """Katalog, Quellen und Lieferungen prüfen, ohne etwas zu ändern.

    Beispiel: `sozialmonitor check --json`
    """
    from dashboard import tasks

    report = tasks.check(raw, intern_raw)
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        tasks.print_check(report)
    if any(finding["schwere"] == "fehler" for finding in report["befunde"]):
        raise typer.Exit(REFUSED)


@app.command(cls=Befehl)
def read(
    datei: Annotated[Path, typer.Argument(metavar="DATEI", help="Die Datei, wie sie kam.")],
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="Format, falls es nicht erkannt wird."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DATEI", help="Zieldatei; sonst Standardausgabe.")
    ] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Statt der Zellen eine Quelle (YAML) vorschlagen.")
    ] = False,
) -> None:
    """Eine Lieferung beliebigen Formats als lange CSV ausgeben, ohne sie zu laden.

    Beispiel: `sozialmonitor read 12411-01-01-4.csv --out zellen.csv`
    """
    from dashboard import dateien

    dateien.read(datei, format_, out, suggest=suggest)


@app.command(cls=Befehl)
def template(
    messgroessen: Annotated[
        list[str],
        typer.Argument(
            metavar="KENNUNG…", help="Messgrößen, oder Indikatoren, deren Daten angefordert sind."
        ),
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="DATEI", help="Zieldatei; sonst vorlage_….xlsx.")
    ] = None,
) -> None:
    """Eine Excel-Datei zum Ausfüllen schreiben, mit einer Zeile je Gebiet.

    Für einen Indikator, dessen Daten angefordert sind, kommt die Beschreibung der Quelle dazu.

    Beispiel: `sozialmonitor template pflegeplaetze --out pflegeplaetze.xlsx`
    """
    from dashboard import dateien

    dateien.template(messgroessen, out)


@app.command(cls=Befehl)
def export(
    indikator: Annotated[
        str, typer.Option(metavar="ID[,ID]", help="Kennungen, durch Komma getrennt.")
    ] = "",
    alle: Annotated[bool, typer.Option("--alle", help="Alle Indikatoren.")] = False,
    gebiet: Annotated[
        str, typer.Option(metavar="SCHLÜSSEL[,…]", help="Amtliche Schlüssel, durch Komma getrennt.")
    ] = "",
    von: Annotated[int | None, typer.Option(metavar="JAHR", help="Frühestes Jahr.")] = None,
    bis: Annotated[int | None, typer.Option(metavar="JAHR", help="Spätestes Jahr.")] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format", metavar="NAME", help="csv (für Programme), csv-excel, xlsx, json, parquet."
        ),
    ] = "csv",
    out: Annotated[
        Path | None, typer.Option(metavar="DATEI", help="Zieldatei; sonst Standardausgabe.")
    ] = None,
    warehouse: Warehouse = WAREHOUSE,
) -> None:
    """Veröffentlichte Werte ausgeben: als CSV für Programme oder Excel, XLSX, JSON oder Parquet.

    Beispiel: `sozialmonitor export --indikator arbeitslose --gebiet 08116019 --format csv-excel`
    """
    from dashboard import tasks

    if alle == bool(indikator):
        raise typer.BadParameter("Entweder --indikator KENNUNG oder --alle angeben.")
    chosen = None if alle else indikator.split(",")
    areas = gebiet.split(",") if gebiet else None
    tasks.export(warehouse, chosen, areas, (von, bis), format_, out)


@app.command(cls=Befehl)
def explain(
    indikator: Annotated[str, typer.Option(metavar="ID", help="Kennung des Indikators.")],
    gebiet: Annotated[str, typer.Option(metavar="SCHLÜSSEL", help="Amtlicher Schlüssel.")],
    zeit: Annotated[str, typer.Option(metavar="ZEIT", help="Jahr oder Zeitpunkt.")],
    warehouse: Warehouse = WAREHOUSE,
    as_json: AsJson = False,
) -> None:
    """Den ganzen Weg einer Zahl zeigen: Formel, Bestandteile, Dateien und Zeilen.

    Beispiel: `sozialmonitor explain --indikator arbeitslose --gebiet 08116019 --zeit 2016`
    """
    from dashboard import tasks

    tasks.explain(warehouse, indikator, gebiet, zeit, as_json=as_json)


fetch = app.command(cls=Befehl)(cli_betrieb.fetch)
schedule = app.command(cls=Befehl)(cli_betrieb.schedule)
nutzer = app.command(cls=Befehl)(cli_betrieb.nutzer)
release = app.command(cls=Befehl)(cli_betrieb.release)
status = app.command(cls=Befehl)(cli_betrieb.status)
agenda = app.command(cls=Befehl)(cli_agenda.agenda)
weitergabe = app.command(cls=Befehl)(cli_hub.weitergabe)
hub = app.command(cls=Befehl)(cli_hub.hub)
report = app.command(cls=Befehl)(cli_bericht.report)
archiv = app.command(cls=Befehl)(cli_bericht.archiv)


def main() -> None:
    """Run one command; a refusal becomes a message and exit code 1, wrong usage exit code 2."""
    try:
        app()
    except SozialmonitorError as error:
        typer.echo(str(error), err=True)
        sys.exit(REFUSED)
