"""What the command `release` does, and what it tells the person."""

from collections.abc import Mapping
from pathlib import Path

import typer

from dashboard import logbuch
from etl import veroeffentlichungen, warehouse
from etl.datentraeger import datentraeger
from etl.errors import SozialmonitorError
from indicators.veroeffentlichen import veroeffentliche as mache

KUERZESTER_GRUND = 10


def veroeffentliche(folder: Path, id_: str = "") -> None:
    """Release a build and say what is out now and what waits; nothing new is no error."""
    neu = mache(folder, id_)
    if neu is None:
        now = veroeffentlichungen.aktuelle(folder)
        typer.echo(f"Nichts Neues: Dieselben Zahlen sind schon veröffentlicht ({now and now.id}).")
        return
    logbuch.schreibe(folder, "veroeffentlicht", datenstand=neu.id)
    typer.echo(
        f"Veröffentlicht: Datenstand {neu.id} mit {neu.indikatoren} Indikatoren, {neu.werte} Werten"
        f" und {neu.quellen} Quellen. Fester Link: /stand/{neu.id}/"
    )
    melde_wartende(neu.wartet)


def melde_wartende(wartet: Mapping[str, str]) -> None:
    """Say which sources are left out, and what for."""
    for quelle, text in wartet.items():
        typer.echo(f"  nicht enthalten: {quelle} {text}")


def ziehe_zurueck(folder: Path, id_: str, grund: str) -> None:
    """Withdraw a release: from now on its links say so, with the reason."""
    if len(grund.strip()) < KUERZESTER_GRUND:
        raise SozialmonitorError.at(
            "--grund",
            "Wer eine Veröffentlichung zurückzieht, muss sagen, warum.",
            'Einen Satz angeben, der öffentlich zu lesen sein wird: --grund "…".',
        )
    with warehouse.locked(folder), datentraeger(folder):
        gone = veroeffentlichungen.ziehe_zurueck(folder, id_, grund)
    logbuch.schreibe(folder, "zurueckgezogen", datenstand=id_, grund=gone.grund)
    now = veroeffentlichungen.aktuelle(folder)
    shown = f"Gezeigt wird wieder {now.id}." if now else "Gezeigt wird jetzt nichts mehr."
    typer.echo(f"Zurückgezogen: {id_}. Ihre Links antworten mit dem Grund. {shown}")
