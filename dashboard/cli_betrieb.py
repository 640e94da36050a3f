"""The commands that keep the figures up to date and let them out: fetch, schedule, release, status."""

from datetime import datetime
from typing import Annotated

import typer

from dashboard.cli_optionen import RAW, WAREHOUSE, AsJson, InternRaw, Raw, Warehouse


def fetch(
    quelle: Annotated[
        str, typer.Argument(metavar="QUELLE", help="Kennung einer Datei unter etl/sources.")
    ],
    seit: Annotated[
        datetime | None,
        typer.Option(
            metavar="JJJJ-MM-TT", formats=["%Y-%m-%d"], help="Nur, was neuer ist als dieser Tag."
        ),
    ] = None,
    raw: Raw = RAW,
    warehouse: Warehouse = WAREHOUSE,
    intern_raw: InternRaw = None,
) -> None:
    """Eine Quelle beim Herausgeber abrufen und, wenn es Neues gibt, aktualisieren.

    Zugangsdaten stehen in SOZIALMONITOR_<DIENST>_USER und …_PASSWORD oder in der Datei, die
    SOZIALMONITOR_ZUGANG nennt. Scheitert der Abruf, bleibt der bisherige Stand.

    Beispiel: `sozialmonitor fetch bevoelkerung_kreise --seit 2025-01-01`
    """
    from dashboard import betrieb

    betrieb.fetch(quelle, seit.date() if seit else None, betrieb.Ordner(raw, warehouse, intern_raw))


def schedule(
    rhythmus: Annotated[
        str,
        typer.Option(
            metavar="CRON",
            help="Wie in cron: Minute Stunde Tag Monat Wochentag.",
            envvar="SOZIALMONITOR_RHYTHMUS",
        ),
    ] = "0 4 * * *",
    raw: Raw = RAW,
    warehouse: Warehouse = WAREHOUSE,
    intern_raw: InternRaw = None,
) -> None:
    """Abrufen und aktualisieren in einem festen Rhythmus, bis der Prozess beendet wird.

    Welche Quellen dabei abgerufen werden, sagt deren eigener Rhythmus (`pruefen`).

    Beispiel: `sozialmonitor schedule --rhythmus "30 5 * * mon"`
    """
    from dashboard import betrieb

    betrieb.schedule(rhythmus, betrieb.Ordner(raw, warehouse, intern_raw))


def release(
    id_: Annotated[
        str, typer.Argument(metavar="[ID]", help="Kennung eines Datenstands; sonst der neueste.")
    ] = "",
    withdraw: Annotated[
        str, typer.Option(metavar="ID", help="Diese Veröffentlichung zurückziehen.")
    ] = "",
    grund: Annotated[
        str, typer.Option(metavar="TEXT", help="Warum; steht dann hinter jedem ihrer Links.")
    ] = "",
    warehouse: Warehouse = WAREHOUSE,
) -> None:
    """Einen Datenstand veröffentlichen oder eine Veröffentlichung zurückziehen.

    Bis zur ersten Veröffentlichung ist alles ein Entwurf und nur auf diesem Rechner zu sehen. Was
    auf eine Freigabe oder das Ende einer Sperrfrist wartet, bleibt draußen und wird genannt.

    Beispiel: `sozialmonitor release --withdraw 2026-11-25-040000 --grund "Falsche Datei"`
    """
    from dashboard import freigabe

    if withdraw:
        if id_:
            raise typer.BadParameter("Entweder veröffentlichen oder zurückziehen.")
        freigabe.ziehe_zurueck(warehouse, withdraw, grund)
    else:
        freigabe.veroeffentliche(warehouse, id_)


def nutzer(
    aktion: Annotated[str, typer.Argument(metavar="AKTION", help="add, list oder remove.")],
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Name des Kontos.")] = "",
    warehouse: Warehouse = WAREHOUSE,
) -> None:
    """Konten für die interne Sicht anlegen, zeigen und entfernen.

    Das Passwort wird am Terminal erfragt oder von der Standardeingabe gelesen. Wer sich mit dem
    Dienstkonto anmeldet (`sozialmonitor serve --help`), braucht hier keines; ein Konto für den
    Notfall hilft, wenn der Anmeldedienst ausfällt.

    Beispiel: `sozialmonitor nutzer add m.muster`
    """
    from dashboard import konten

    match aktion, bool(name):
        case "add", True:
            konten.add(warehouse, name)
        case "remove", True:
            konten.remove(warehouse, name)
        case "list", False:
            konten.liste(warehouse)
        case _:
            raise typer.BadParameter("add NAME, remove NAME oder list angeben.")


def status(warehouse: Warehouse = WAREHOUSE, as_json: AsJson = False) -> None:
    """Letzte Läufe, das Alter jeder Quelle, nächste Lieferungen und Abrufe zeigen.

    Beispiel: `sozialmonitor status --json`
    """
    from dashboard import betrieb

    betrieb.status(warehouse, as_json=as_json)
