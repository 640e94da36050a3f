"""What the command `archiv` writes: one Veröffentlichung, whole and understandable by itself."""

import filecmp
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer

from dashboard import dcat, texts
from dashboard import format as f
from dashboard.api import WURZEL
from dashboard.pages import glossar as woerter
from dashboard.pages import methoden
from dashboard.report.definitionen import definitionen
from dashboard.report.erstellen import Auftrag, inhalt, sichtbar
from dashboard.seite import fester_link
from etl.errors import SozialmonitorError
from indicators.export import DIALEKTE, csv_zeilen
from indicators.export_formate import kopf
from indicators.export_zip import (
    alle_indikatoren,
    alle_quellen,
    indikator_ganz,
    liesmich,
    tabelle,
)
from indicators.glossar import glossar
from indicators.records_stand import Aufbewahrt
from indicators.report.veroeffentlichung import Veroeffentlichung, veroeffentlichung
from indicators.spalten import GUETE, SPALTEN, STATUS
from indicators.textseiten import textseiten

SUMMEN = "pruefsummen.sha256"
DATEIEN = {
    "jahresbericht.pdf": "alle Berichte zum Lesen: Handlungsfelder und Gemeinden (PDF/A-2a, PDF/UA-1)",
    "definitionen.pdf": "alle Verfahren, Indikatoren, Quellen und Wörter zum Lesen (PDF/A-2a, PDF/UA-1)",
    "definitionen.json": "dasselbe für Programme, dazu Gebiete, Zeitpunkte und Gruppen",
    "werte.csv": "alle veröffentlichten Werte: Komma, Dezimalpunkt, UTF-8",
    "indikatoren.csv": "alle Indikatoren mit Frage, Berechnung, Richtung und Hinweisen",
    "quellen.csv": "alle Quellen mit Stand, Lizenz, Namensnennung und Bearbeitung",
    dcat.NAME: "der Katalog für Datenportale nach DCAT-AP.de (JSON-LD)",
    SUMMEN: f"Prüfsummen (SHA-256); prüfen mit »sha256sum -c {SUMMEN}«",
}
VORWORT = """ARCHIVFASSUNG

Letzte Veröffentlichung des Jahres {jahr}, veröffentlicht am {freigegeben}.
Zahlen und Definitionen sind die dieser Veröffentlichung. Die Verfahren und Wörter in
definitionen.pdf und definitionen.json sind die des Programms, das diesen Ordner geschrieben hat.
Was geheim zu halten ist, steht in keiner dieser Dateien.

"""


def archiviere(warehouse: Path, jahr: int, nach: Path, adresse: str) -> None:
    """Write the last valid Veröffentlichung of a year into the folder `archiv-JAHR`, or nothing.

    Raises:  SozialmonitorError if there is none, or if the folder is there with other content
    """
    service, release = _letzte(warehouse, jahr)
    ziel = nach / f"archiv-{jahr}"
    try:
        nach.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".archiv-", dir=nach) as beside:
            folder = Path(beside) / ziel.name
            folder.mkdir()
            for name, pieces in _inhalt(service, release, jahr, adresse):
                with (folder / name).open("wb") as file:
                    file.writelines(pieces)
            (folder / SUMMEN).write_text(_summen(folder), encoding="utf-8", newline="\n")
            fresh = not ziel.exists()
            if fresh:
                folder.rename(ziel)
            elif not _gleich(folder, ziel):
                raise SozialmonitorError.at(
                    ziel,
                    f"Hier liegt schon etwas anderes als die Veröffentlichung {release.id}.",
                    "Nachsehen, was es ist; dann einen anderen Ort mit --nach angeben.",
                )
    except OSError as error:
        raise SozialmonitorError.at(
            nach,
            f"Hier lässt sich nichts schreiben: {error.strerror}.",
            "Einen anderen Ort mit --nach angeben.",
        ) from error
    done = f"{len(DATEIEN) + 1} Dateien" if fresh else "lag schon da, unverändert"
    typer.echo(f"{ziel}: Datenstand {release.id}, {done}.", err=True)


def _letzte(warehouse: Path, jahr: int) -> tuple[Veroeffentlichung, Aufbewahrt]:
    """Return the last release of a year, by the clocks here, that was not withdrawn."""
    shown = veroeffentlichung(warehouse)
    released = [(k.freigegeben, k) for k in shown.datenstaende() if k.freigegeben is not None]
    valid = [(when, k) for when, k in released if k.zurueckgezogen is None]
    of_year = [(when, k) for when, k in valid if f.ortszeit(when).year == jahr]
    if of_year:
        _, last = max(of_year, key=lambda entry: entry[0])
        return shown.neben(last.id), last
    gone = [k.id for when, k in released if f.ortszeit(when).year == jahr]
    why = f" Zurückgezogen sind: {', '.join(gone)}." if gone else ""
    years = sorted({str(f.ortszeit(when).year) for when, _ in valid})
    remedy = f"Archivieren lässt sich: {', '.join(years)}." if years else ""
    raise SozialmonitorError.at(
        f"--jahr {jahr}",
        f"Für dieses Jahr gibt es keine gültige Veröffentlichung.{why}",
        remedy or "Zuerst mit »sozialmonitor release« veröffentlichen.",
    )


def _inhalt(
    service: Veroeffentlichung, release: Aufbewahrt, jahr: int, adresse: str
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield name and content of each file; links lead to this Veröffentlichung for ever."""
    released = f.zeitpunkt(release.freigegeben or release.erzeugt)
    preface = VORWORT.format(jahr=jahr, freigegeben=released).replace("\n", "\r\n")
    plain = DIALEKTE["csv"]
    yield "LIESMICH.txt", [f"{preface}{liesmich(service, DATEIEN)}".encode("utf-8-sig")]
    reports = sichtbar(service, Auftrag("", "", release.id, adresse))
    yield "jahresbericht.pdf", [inhalt(reports, ".pdf")]
    yield "definitionen.pdf", [inhalt([definitionen(service)], ".pdf")]
    text = json.dumps(_definitionen(service), ensure_ascii=False, indent=1)
    yield "definitionen.json", [f"{text}\n".encode()]
    yield "werte.csv", csv_zeilen(service)
    yield "indikatoren.csv", [tabelle(service, alle_indikatoren(service), plain)]
    yield "quellen.csv", [tabelle(service, alle_quellen(service), plain)]
    frozen = f"{adresse}{fester_link(release.id, '')}"
    yield dcat.NAME, [dcat.als_text(dcat.katalog(service, frozen, WURZEL)).encode()]


def _definitionen(service: Veroeffentlichung) -> dict[str, Any]:
    return kopf(service) | {
        "kreis": texts.kreis_name(),
        "handlungsfelder": [asdict(feld) for feld in service.handlungsfelder()],
        "leitziele": [asdict(ziel) for ziel in service.leitziele()],
        "querschnittsthemen": [asdict(topic) for topic in service.querschnittsthemen()],
        "indikatoren": [indikator_ganz(service, i) for i in service.indikatoren()],
        "quellen": alle_quellen(service),
        "gebiete": [asdict(g) for g in service.gebiete(nur_eigene=False)],
        "spalten": dict(SPALTEN),
        "status": {word: meaning for word, (_, meaning) in STATUS.items()},
        "guete": dict(GUETE),
        "verfahren": textseiten(methoden.DATEI)["methoden"].model_dump(),
        "woerter": [word.model_dump() for word in glossar(woerter.DATEI)],
    }


def _summen(folder: Path) -> str:
    """Return the checksums of all files, as `sha256sum -c` reads them."""
    lines = []
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    return "".join(lines)


def _gleich(neu: Path, alt: Path) -> bool:
    """Say whether two folders hold the same files with the same bytes."""
    names = sorted(path.name for path in neu.iterdir())
    if not alt.is_dir() or sorted(path.name for path in alt.iterdir()) != names:
        return False
    return filecmp.cmpfiles(neu, alt, names, shallow=False)[0] == names
