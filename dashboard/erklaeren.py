"""What `sozialmonitor explain` prints: a number back to its cells, a statement back to its test."""

import typer

from indicators.explain import Erklaerung
from indicators.explain_statement import Aussageweg
from indicators.wording import aussagen


def wert(item: Erklaerung) -> None:
    """Print a value with its formula and every cell it was made of."""
    value = item.status if item.wert is None else f"{item.wert:.10g} {item.einheit}"
    basis = f", Basis {item.basis}" if item.basis else ""
    typer.echo(f"{item.titel}\n{item.gebiet}, {item.zeit}{basis}: {value}")
    typer.echo(f"  Definition: {item.definition}\n  Rechnung:   {item.berechnung}")
    for part in item.bestandteile:
        typer.echo(f"  {part.rolle} = {part.wert} ({part.weg})")
        for cell in part.zellen:
            mark = "→" if cell.genutzt else " "
            reason = "" if cell.genutzt else f", Rang {cell.rang}: nicht gezeigt"
            typer.echo(
                f"   {mark} {cell.ort}  »{cell.roh}«  {cell.status}, {cell.guete}"
                f"  [{cell.quelle}, Stand {cell.stand}{reason}]"
            )


def aussage(way: Aussageweg) -> None:
    """Print what is said of the newest value, the points it rests on and each step of the test."""
    b = way.bewertung
    word = aussagen().trend[b.aussage].wort + (" (gesichert)" if b.gesichert else "")
    typer.echo(f"\nAussage zum jüngsten Wert ({b.zeit}): {word}")
    if b.bruch:
        typer.echo(f"  letzter Bruch davor: {b.bruch}")
    typer.echo(f"  Verfahren: {b.verfahren or 'keines'}; {b.punkte} vergleichbare Jahre")
    for point in way.punkte:
        counts = (
            "" if point.zaehler is None else f"  = {point.zaehler:.10g} von {_number(point.nenner)}"
        )
        typer.echo(f"    {point.zeit}: {point.wert:.6g}{counts}")
    for name, value in way.kennzahlen.items():
        typer.echo(f"    {name} = {_number(value)}")
    if b.q is not None:
        typer.echo(f"    q nach Benjamini-Hochberg über alle geprüften Reihen = {b.q:.4g}")
    for name, word_, other in (
        ("übriger Kreis" if b.uebriger_kreis else "Kreis", b.vergleich_kreis, b.kreiswert),
        ("Land", b.vergleich_land, b.landwert),
    ):
        if other is not None:
            said = aussagen().vergleich[word_].wort if word_ else "ohne Fallzahlen, nur der Abstand"
            typer.echo(f"  Vergleich mit {name} ({_number(other)}): {said}")


def _number(value: float | str | None) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
