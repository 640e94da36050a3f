"""The command `report`: which reports, of which Veröffentlichung, into which file."""

from pathlib import Path
from typing import Annotated

import typer

from dashboard.cli_optionen import WAREHOUSE, Warehouse


def report(
    out: Annotated[
        Path,
        typer.Option(
            metavar="DATEI", help="Zieldatei (.pdf oder .docx), oder ein Ordner für einzelne PDF."
        ),
    ],
    handlungsfeld: Annotated[
        str, typer.Option(metavar="ID", help="Jahresbericht eines Handlungsfelds.")
    ] = "",
    gemeinde: Annotated[
        str, typer.Option(metavar="SCHLÜSSEL", help="Zwei Seiten über eine Gemeinde.")
    ] = "",
    alle: Annotated[
        bool, typer.Option("--alle", help="Alle Handlungsfelder, dann alle Gemeinden.")
    ] = False,
    veroeffentlichung: Annotated[
        str, typer.Option(metavar="ID", help="Ein aufbewahrter Datenstand; sonst der gezeigte.")
    ] = "",
    adresse: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="Unter welcher Adresse das Dashboard steht, für Links und QR-Codes.",
            envvar="SOZIALMONITOR_ADRESSE",
        ),
    ] = "http://127.0.0.1:8050",
    warehouse: Warehouse = WAREHOUSE,
) -> None:
    """Den Jahresbericht schreiben, als PDF oder als DOCX zum Weiterbearbeiten.

    Derselbe Datenstand ergibt dieselbe Datei, Byte für Byte. Mit `--alle` und einer Datei entsteht
    ein Dokument mit allen Teilen; mit einem Ordner je Handlungsfeld und Gemeinde eine PDF.

    Beispiel: `sozialmonitor report --handlungsfeld alter_pflege --out bericht.pdf`
    """
    from dashboard.report.erstellen import Auftrag, erstelle

    if [bool(handlungsfeld), bool(gemeinde), alle].count(True) != 1:
        raise typer.BadParameter("Genau eines von --handlungsfeld, --gemeinde, --alle angeben.")
    erstelle(
        Auftrag(handlungsfeld, gemeinde, veroeffentlichung, adresse.rstrip("/")), warehouse, out
    )
