"""What the commands `read` and `template` do: single files, without any Datenstand."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import typer

from etl.auslesen import gelesen
from etl.errors import SozialmonitorError
from etl.vorlage import vorlage

VORLAGE = "vorlage_{}.xlsx"


def read(pfad: Path, format_: str | None, out: Path | None, *, suggest: bool) -> None:
    """Write the cells of any delivery as one long CSV, or propose a source for it."""
    with gelesen(pfad, format_) as found:
        if suggest:
            _write(found.vorschlag(), out)
        elif out is None:
            found.schreibe(sys.stdout.buffer)
        else:
            with _opened(out) as file:
                found.schreibe(file)
        cells, values, others = found.zahlen()
        table = found.tabelle
    title = ", ".join(part for part in (table.code, table.titel.partition("\n")[0]) if part)
    stand = f", Stand {table.stand}" if table.stand else ""
    typer.echo(
        f"{pfad.name}: {table.format} ({title or 'ohne Titel'}{stand}). {cells} Zellen, {values} mit"
        f" Wert, {others} zu Gebieten, die der Sozialmonitor nicht führt.",
        err=True,
    )


def template(messgroessen: Sequence[str], out: Path | None) -> None:
    """Write an XLSX to be filled in."""
    path = out or Path(VORLAGE.format("_".join(messgroessen)[:60]))
    vorlage(messgroessen, path)
    typer.echo(f"{path}: eine Zeile je Gemeinde und Messgröße zum Ausfüllen.")


def _write(text: str, out: Path | None) -> None:
    if out is None:
        typer.echo(text, nl=False)
    else:
        with _opened(out) as file:
            file.write(text.encode())


def _opened(out: Path) -> BinaryIO:
    try:
        return out.open("wb")
    except OSError as error:
        raise SozialmonitorError.at(
            out,
            f"Hier lässt sich nichts schreiben: {error.strerror}.",
            "Einen anderen Ort mit --out angeben.",
        ) from error
