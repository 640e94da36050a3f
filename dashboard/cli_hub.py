"""The commands that carry figures from one installation to another: weitergabe, hub."""

from pathlib import Path
from typing import Annotated

import typer

from dashboard.cli_optionen import WAREHOUSE, Warehouse

Ziel = Annotated[
    Path, typer.Option("--out", metavar="ORDNER", help="Zielordner; wird angelegt oder ersetzt.")
]


def weitergabe(out: Ziel, warehouse: Warehouse = WAREHOUSE) -> None:
    """Die jüngste Veröffentlichung für andere schreiben: Parquet mit Manifest und Prüfsumme.

    Enthalten sind der eigene Kreis, seine Gemeinden, Land und Bund.

    Beispiel: `sozialmonitor weitergabe --out /srv/weitergabe/08116`
    """
    from indicators.weitergabe import gib_weiter

    made = gib_weiter(warehouse, out)
    typer.echo(f"{out}: {made.name}, {made.veroeffentlichung}, {made.dateien[0].zeilen} Zeilen.")


def hub(
    ordner: Annotated[
        list[Path],
        typer.Argument(metavar="ORDNER…", help="Je Installation der Ordner ihrer Weitergabe."),
    ],
    out: Ziel,
) -> None:
    """Weitergaben mehrerer Kreise prüfen und zu einer Parquet-Datei mit Verzeichnis vereinen.

    Schreibt `kreise.parquet` (Spalte `von`: aus welcher Installation) und `kreise.csv`, alles oder
    nichts. Abgelehnt wird, was beschädigt, zurückgezogen oder älter als das Vorhandene ist, fremde
    Gebiete enthält oder dem Land- oder Bundeswert eines anderen widerspricht.

    Beispiel: `sozialmonitor hub weitergabe/08116 weitergabe/08115 --out kreise`, dann etwa in
    DuckDB `FROM 'kreise/kreise.parquet'`
    """
    from indicators.hub import sammle

    for made in sammle(ordner, out):
        typer.echo(f"{made.kreis} {made.name}: {made.veroeffentlichung}")
    typer.echo(f"Geschrieben: {out}")
