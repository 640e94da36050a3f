"""The command `agenda`: the planning files in Excel."""

from pathlib import Path
from typing import Annotated

import typer


def agenda(
    aktion: Annotated[str, typer.Argument(metavar="AKTION", help="export oder import.")],
    datei: Annotated[Path, typer.Argument(metavar="DATEI", help="Die Arbeitsmappe (XLSX).")],
    ordner: Annotated[
        Path | None,
        typer.Option(
            "--agenda",
            metavar="ORDNER",
            help="Ordner der YAML-Dateien.",
            show_default="der des Mandanten",
        ),
    ] = None,
    ja: Annotated[
        bool, typer.Option("--ja", help="Ohne Rückfrage übernehmen, was gezeigt wurde.")
    ] = False,
) -> None:
    """Maßnahmen, Ziele, Beschlüsse, Geld und Notizen in Excel bearbeiten.

    `export` schreibt eine Mappe mit einem Blatt je Liste. `import` zeigt zuerst, was sich an den
    YAML-Dateien ändern würde, und lehnt mit Blatt und Zelle ab, was auch dort falsch wäre.
    Kommentare und alles Unveränderte bleiben stehen. Geschrieben wird alles oder nichts.

    Beispiel: `sozialmonitor agenda export agenda.xlsx`
    """
    from dashboard import planungsmappe
    from etl.mandant import mandant

    ordner = ordner or mandant().agenda

    if aktion == "export":
        planungsmappe.export(datei, ordner)
    elif aktion == "import":
        planungsmappe.import_(datei, ordner, ja=ja)
    else:
        raise typer.BadParameter("AKTION ist export oder import.")
