"""From an order to a file: reports are built one by one, then written as PDF or DOCX."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress

from dashboard import texts
from dashboard.adresse import HIER, UMGEBUNG
from dashboard.report import gemeinde, handlungsfeld
from dashboard.report.pdf import pdf
from dashboard.seite import fester_link
from etl.errors import SozialmonitorError
from indicators.report.dokument import Bericht
from indicators.report.veroeffentlichung import Veroeffentlichung, veroeffentlichung

NUR_HIER = (
    f"Links und QR-Codes führen auf {HIER}, also nur auf diesen Rechner. Vor dem Druck mit --adresse"
    f" oder {UMGEBUNG} die Adresse nennen, unter der das Dashboard steht."
)


@dataclass(frozen=True, slots=True)
class Auftrag:
    """What is to be reported: one field, one municipality, or (both empty) everything.

    stand: id of a kept Datenstand, empty for the one in use; adresse: where the dashboard is found
    """

    handlungsfeld: str
    gemeinde: str
    stand: str
    adresse: str


def erstelle(auftrag: Auftrag, warehouse: Path, out: Path) -> None:
    """Write the reports of an order; a path without an ending is a folder for one PDF each.

    Raises:  SozialmonitorError for an unknown field, place, Datenstand or ending
    """
    if out.suffix.casefold() not in {".pdf", ".docx", ""}:
        raise SozialmonitorError.at(
            out,
            f"In eine Datei »{out.suffix}« kann kein Bericht geschrieben werden.",
            "Eine Datei auf .pdf oder .docx nennen, oder einen Ordner.",
        )
    service = veroeffentlichung(warehouse, auftrag.stand or None)
    done = sichtbar(service, auftrag)
    if out.suffix:
        _schreibe(out, inhalt(done, out.suffix.casefold()))
    else:
        for bericht in done:
            _schreibe(out / f"{bericht.kennung}.pdf", inhalt([bericht], ".pdf"))
    stand = service.datenstand()
    draft = " (Entwurf)" if stand.entwurf else ""
    what = "1 Bericht" if len(done) == 1 else f"{len(done)} Berichte"
    typer.echo(f"{out}: {what}, Datenstand {stand.id}{draft}.", err=True)
    if auftrag.adresse == HIER:
        typer.echo(NUR_HIER, err=True)


def sichtbar(service: Veroeffentlichung, auftrag: Auftrag) -> list[Bericht]:
    """Build the reports of an order while somebody watches."""
    done = []
    with _fortschritt(len(_wege(service, auftrag))) as weiter:
        for bericht in berichte(service, auftrag):
            done.append(bericht)
            weiter(bericht.titel)
    return done


def berichte(service: Veroeffentlichung, auftrag: Auftrag) -> Iterator[Bericht]:
    """Build the reports of an order, the fields in Agenda order, then the places by name."""
    stand = service.datenstand()
    frozen = "" if stand.entwurf else fester_link(stand.id, "")
    for build, id_ in _wege(service, auftrag):
        yield build(service, id_, f"{auftrag.adresse}{frozen}")


def inhalt(fertige: Sequence[Bericht], endung: str) -> bytes:
    """Return finished reports as the bytes of one `.pdf` or `.docx`."""
    titel = "" if len(fertige) == 1 else f"Jahresbericht {texts.kreis_name()}"
    if endung == ".pdf":
        return pdf(fertige, titel)
    from dashboard.report.word import docx  # brings lxml, which nothing else needs

    return docx(fertige, titel)


def _wege(
    service: Veroeffentlichung, auftrag: Auftrag
) -> list[tuple[Callable[[Veroeffentlichung, str, str], Bericht], str]]:
    if auftrag.handlungsfeld:
        return [(handlungsfeld.bericht, auftrag.handlungsfeld)]
    if auftrag.gemeinde:
        return [(gemeinde.bericht, auftrag.gemeinde)]
    places = sorted(service.gebiete("gemeinde"), key=lambda g: g.kurzname)
    return [
        *[(handlungsfeld.bericht, feld.id) for feld in service.handlungsfelder()],
        *[(gemeinde.bericht, place.schluessel) for place in places],
    ]


def _schreibe(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise SozialmonitorError.at(
            path,
            f"Hier lässt sich nichts schreiben: {error.strerror}.",
            "Einen anderen Ort mit --out angeben.",
        ) from error


@contextmanager
def _fortschritt(anzahl: int) -> Iterator[Callable[[str], None]]:
    """Give a function to call after each report: a bar on a terminal, plain lines otherwise."""
    if not sys.stderr.isatty():
        yield lambda titel: typer.echo(f"… {titel}", err=True)
        return
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("Berichte", total=anzahl)
        yield lambda titel: bar.update(task, advance=1, description=titel)
