"""Options that more than one command of `sozialmonitor` has."""

from pathlib import Path
from typing import Annotated

import typer

from dashboard.adresse import UMGEBUNG

HERE = Path(__file__).resolve().parent.parent
Raw = Annotated[
    Path,
    typer.Option(
        "--raw",
        metavar="ORDNER",
        help="Ordner der Lieferungen.",
        show_default="data/raw neben dem Programm",
    ),
]
Warehouse = Annotated[
    Path,
    typer.Option(
        "--warehouse",
        metavar="ORDNER",
        help="Ordner der Datenstände.",
        show_default="data/warehouse neben dem Programm",
    ),
]
InternRaw = Annotated[
    Path | None,
    typer.Option(
        "--intern-raw",
        metavar="ORDNER",
        help="Ordner der internen Lieferungen, außerhalb jedes Repositorys.",
        envvar="SOZIALMONITOR_INTERN",
    ),
]
Adresse = Annotated[
    str,
    typer.Option(
        metavar="URL",
        help="Unter welcher Adresse das Dashboard steht, für Links und QR-Codes.",
        envvar=UMGEBUNG,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Ausgabe für Programme.")]
RAW = HERE / "data" / "raw"
WAREHOUSE = HERE / "data" / "warehouse"
