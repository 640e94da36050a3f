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
from dashboard.report import gemeinde, handlungsfeld
from dashboard.report.pdf import pdf
from etl.errors import SozialmonitorError
from indicators.report.dokument import Bericht
from indicators.report.veroeffentlichung import Veroeffentlichung, veroeffentlichung

Bau = Callable[[], Bericht]


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
    service = veroeffentlichung(warehouse, auftrag.stand or None)
    builders = _builders(service, auftrag)
    write = _schreiber(out)
    berichte = []
    with _fortschritt(len(builders)) as weiter:
        for build in builders:
            berichte.append(build())
            weiter(berichte[-1].titel)
        write(berichte, out)
    stand = service.datenstand()
    draft = " (Entwurf)" if stand.entwurf else ""
    what = "1 Bericht" if len(berichte) == 1 else f"{len(berichte)} Berichte"
    typer.echo(f"{out}: {what}, Datenstand {stand.id}{draft}.", err=True)


def _builders(service: Veroeffentlichung, auftrag: Auftrag) -> list[Bau]:
    if auftrag.handlungsfeld:
        return [lambda: handlungsfeld.bericht(service, auftrag.handlungsfeld, auftrag.adresse)]
    if auftrag.gemeinde:
        return [lambda: gemeinde.bericht(service, auftrag.gemeinde, auftrag.adresse)]
    fields = [feld.id for feld in service.handlungsfelder()]
    places = sorted(service.gebiete("gemeinde"), key=lambda g: g.kurzname)
    return [
        *[lambda id_=id_: handlungsfeld.bericht(service, id_, auftrag.adresse) for id_ in fields],
        *[lambda g=g: gemeinde.bericht(service, g.schluessel, auftrag.adresse) for g in places],
    ]


def _schreiber(out: Path) -> Callable[[Sequence[Bericht], Path], None]:
    """Return what writes this kind of file; refused before anything is calculated."""
    match out.suffix.casefold():
        case ".pdf":
            return lambda berichte, path: _schreibe(path, pdf(berichte, _titel(berichte)))
        case ".docx":
            from dashboard.report.word import docx  # brings lxml, which nothing else needs

            return lambda berichte, path: _schreibe(path, docx(berichte, _titel(berichte)))
        case "":
            return _einzeln
        case other:
            raise SozialmonitorError.at(
                out,
                f"In eine Datei »{other}« kann kein Bericht geschrieben werden.",
                "Eine Datei auf .pdf oder .docx nennen, oder einen Ordner.",
            )


def _titel(berichte: Sequence[Bericht]) -> str:
    return "" if len(berichte) == 1 else f"Jahresbericht {texts.NAME} {texts.KREIS_NAME}"


def _einzeln(berichte: Sequence[Bericht], ordner: Path) -> None:
    for bericht in berichte:
        _schreibe(ordner / f"{bericht.kennung}.pdf", pdf([bericht]))


def _schreibe(path: Path, inhalt: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(inhalt)
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
