"""What the command `agenda` does: the planning files through one workbook and back."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import typer

from dashboard import format as f
from indicators.mappe.austausch import Orte, Unterschied, Vorhaben, exportiere, pruefe, uebernimm
from indicators.tausch import aufgeraeumt

ZEICHEN = {"neu": "+", "geaendert": "~", "entfaellt": "−"}


def export(datei: Path, ordner: Path) -> None:
    """Write the workbook; an existing file is never overwritten."""
    _bring_zu_ende(ordner)
    exportiere(datei, Orte(ordner))
    typer.echo(f"{datei}: bearbeiten, speichern, dann: sozialmonitor agenda import {datei}")


def import_(datei: Path, ordner: Path, *, ja: bool) -> None:
    """Show what the workbook changes in the YAML files; write it if the person says yes."""
    _bring_zu_ende(ordner)
    orte = Orte(ordner)
    plan = pruefe(datei, orte)
    for line in zeilen(plan.unterschiede):
        typer.echo(line)
    if not plan.unterschiede:
        typer.echo("Kein Unterschied zu den YAML-Dateien; geändert wurde nichts.")
    elif ja or _gefragt():
        _uebernommen(plan, orte)
    else:
        typer.echo("Geändert wurde nichts. Mit --ja wird übernommen, was oben steht.")


def _bring_zu_ende(ordner: Path) -> None:
    for done in aufgeraeumt(ordner):
        typer.echo(done)


def zeilen(unterschiede: Sequence[Unterschied]) -> list[str]:
    """Return the difference as people read it: list by list, field by field."""
    lines: list[str] = []
    for name in dict.fromkeys(change.liste for change in unterschiede):
        lines.append(f"{name}.yaml")
        for change in [c for c in unterschiede if c.liste == name]:
            if change.art == "reihenfolge":
                lines.append("  ↕ Reihenfolge geändert")
                continue
            lines.append(f"  {ZEICHEN[change.art]} {change.eintrag}")
            for field, before, after in change.felder:
                values = [_lesbar(v) for v in (before, after) if v is not None]
                arrow = [_lesbar(before), _lesbar(after)] if change.art == "geaendert" else values
                lines.append(f"      {field}: {' → '.join(arrow)}")
    return lines


def _lesbar(value: object) -> str:
    match value:
        case None | ():
            return "–"
        case tuple():
            return "; ".join(_lesbar(part) for part in value)
        case date():
            return f.datum(value)
        case str():
            return value
        case int() | float():
            return f"{value:g}".replace(".", ",")
        case _:  # an entry within an entry
            return ", ".join(str(part) for _, part in value)  # type: ignore[attr-defined]


def _gefragt() -> bool:
    if not sys.stdin.isatty():
        return False
    return typer.prompt("Übernehmen? j/n", default="n").strip().casefold() in {"j", "ja"}


def _uebernommen(plan: Vorhaben, orte: Orte) -> None:
    for path in uebernimm(plan, orte):
        typer.echo(f"geschrieben: {path.name}")
    typer.echo("Sichtbar wird es mit dem nächsten: sozialmonitor refresh")
