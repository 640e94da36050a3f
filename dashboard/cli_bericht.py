"""The commands `report` and `archiv`: what is written of which Veröffentlichung, and where to."""

from pathlib import Path
from typing import Annotated

import typer

from dashboard.adresse import HIER
from dashboard.cli_optionen import WAREHOUSE, Adresse, Warehouse


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
    adresse: Adresse = HIER,
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


def archiv(
    jahr: Annotated[
        int, typer.Option(metavar="JAHR", help="Jahr, dessen letzte Veröffentlichung gemeint ist.")
    ],
    nach: Annotated[
        Path,
        typer.Option(
            metavar="ORDNER",
            help="Wo der Ordner archiv-JAHR entsteht.",
            show_default="der Ordner, in dem Sie sind",
        ),
    ] = Path(),
    adresse: Adresse = HIER,
    warehouse: Warehouse = WAREHOUSE,
) -> None:
    """Die letzte Veröffentlichung eines Jahres für das Kreisarchiv in einen Ordner schreiben.

    Er enthält alle Berichte (PDF/A), alle Werte (CSV), die Definitionen, Quellen und Verfahren, den
    Katalog für Datenportale und die Prüfsummen aller Dateien. Geheimes steht nirgends darin.

    Beispiel: `sozialmonitor archiv --jahr 2026 --nach uebergabe`
    """
    from dashboard.archiv import archiviere

    archiviere(warehouse, jahr, nach, adresse.rstrip("/"))
