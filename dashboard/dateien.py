"""What the commands `read` and `template` do: single files, without any Datenstand."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import typer

from etl.auslesen import gelesen
from etl.errors import SozialmonitorError
from etl.messgroessen import load_messgroessen
from etl.vorlage import beschreibung, vorlage
from indicators.catalog import load_katalog
from indicators.model import Indikator, Operand

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


def template(words: Sequence[str], out: Path | None) -> None:
    """Write an XLSX to be filled in, for Messgrößen or for indicators whose data are asked for.

    For an indicator there are rows for the levels that are asked for, and the description that goes
    beside the file is begun.
    """
    path = out or Path(VORLAGE.format("_".join(words)[:60]))
    known = load_katalog(load_messgroessen()).indikatoren
    asked = {word: known[word] for word in words if word in known and known[word].angefordert}
    measures, levels = [word for word in words if word not in asked], set[str]()
    for indikator in asked.values():
        measures += _fehlende(indikator, known)
        levels |= set(indikator.angefordert.ebenen) if indikator.angefordert else set()
    vorlage(measures, path, ebenen=sorted(levels) or ("gemeinde",))
    typer.echo(f"{path}: eine Zeile je Gebiet und Messgröße zum Ausfüllen.")
    for indikator in [*asked.values()][:1]:
        holder = indikator.angefordert.bei if indikator.angefordert else ""
        beside = beschreibung(path, holder, indikator.titel)
        typer.echo(f"{beside}: leere Felder ausfüllen und neben der Mappe ablegen.")


def _fehlende(indikator: Indikator, alle: Mapping[str, Indikator]) -> list[str]:
    """Return the Messgrößen of an indicator that no indicator with data is made of already."""
    given = {o.messgroesse for i in alle.values() if not i.angefordert for o in _operanden(i)}
    return [o.messgroesse for o in _operanden(indikator) if o.messgroesse not in given]


def _operanden(indikator: Indikator) -> list[Operand]:
    parts = (indikator.zaehler, indikator.nenner, indikator.wert)
    return [part for part in parts if part is not None]


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
