"""Several files at once: all of them become new, or none, wherever the computer stops.

A folder beside the files holds what they shall become (`neu`) and what they were (`alt`). While it
exists, the files may be half old and half new: nobody loads them, and `aufgeraeumt` goes on where
it stopped, forwards as long as `neu` is there, otherwise back.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from etl.errors import DefinitionError, Mangel

OFFEN = ".import"
ENTWURF = f"{OFFEN}-"
FERTIG = f"{OFFEN}.fertig"
LEER = b"[]\n"  # what a list that has no file yet says
UNGESCHEHEN = "Ein früherer Import brach ab, bevor er etwas geändert hatte."
VORWAERTS = "Ein unterbrochener Import ist zu Ende geführt."
RUECKWAERTS = "Ein gescheiterter Import ist ganz zurückgenommen."


def tausche(ordner: Path, texte: Mapping[str, bytes]) -> None:
    """Replace the files of these names, or leave all of them as they are.

    Raises:  DefinitionError if one cannot be written, or another import is not finished
    """
    verlange_fertig(ordner)
    try:
        _entwirf(ordner, texte).rename(ordner / OFFEN)  # from here on it is decided
    except OSError as error:
        _raeume(ordner)
        raise _gescheitert(error) from error
    try:
        _wende_an(ordner, "neu")
    except OSError as error:
        (ordner / OFFEN / "neu").rename(ordner / OFFEN / "verworfen")
        _wende_an(ordner, "alt")
        raise _gescheitert(error) from error


def aufgeraeumt(ordner: Path) -> Iterator[str]:
    """Finish what an interrupted import left, and yield what was done, in German.

    Raises:  DefinitionError if a file was edited since, which going on would overwrite
    """
    if _raeume(ordner):
        yield UNGESCHEHEN
    if (ordner / OFFEN).exists():
        forwards = (ordner / OFFEN / "neu").exists()
        if forwards:
            _nichts_dazwischen(ordner)
        _wende_an(ordner, "neu" if forwards else "alt")
        yield VORWAERTS if forwards else RUECKWAERTS


def verlange_fertig(ordner: Path) -> None:
    """Refuse files that an interrupted import left half old and half new."""
    if (ordner / OFFEN).exists():
        problem = "Ein Import der Agenda wurde mitten im Schreiben unterbrochen."
        remedy = "»sozialmonitor agenda export DATEI.xlsx« führt ihn zu Ende."
        raise DefinitionError.at(ordner, problem, remedy)


def _entwirf(ordner: Path, texte: Mapping[str, bytes]) -> Path:
    """Write both sides completely to the disk, so that afterwards names only have to move."""
    _raeume(ordner)
    draft = Path(tempfile.mkdtemp(prefix=ENTWURF, dir=ordner))
    for side in ("neu", "alt"):
        (draft / side).mkdir()
    for name, text in texte.items():
        old = ordner / name
        for side, content in ("neu", text), ("alt", old.read_bytes() if old.exists() else LEER):
            with (draft / side / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if old.exists():
                shutil.copymode(old, draft / side / name)
    return draft


def _wende_an(ordner: Path, side: str) -> None:
    """Move the files of one side into place; then the folder goes, at once and with both sides."""
    opened = ordner / OFFEN
    for file in sorted((opened / side).iterdir()):
        there = ordner / file.name
        if not there.exists() or there.read_bytes() != file.read_bytes():
            file.replace(there)
    opened.rename(ordner / FERTIG)
    _raeume(ordner)


def _nichts_dazwischen(ordner: Path) -> None:
    for file in sorted((ordner / OFFEN / "neu").iterdir()):
        now, old = ordner / file.name, ordner / OFFEN / "alt" / file.name
        if old.exists() and now.exists() and now.read_bytes() not in _texte(old, file):
            problem = "Diese Datei wurde geändert, seit ein Import der Agenda unterbrochen wurde."
            remedy = f"Mit {file} von Hand abgleichen, so dass beide gleich sind."
            raise DefinitionError.at(now, problem, remedy)


def _texte(*files: Path) -> list[bytes]:
    return [file.read_bytes() for file in files]


def _raeume(ordner: Path) -> bool:
    """Delete what is of no use any more; tell whether an import had not got beyond its drafts."""
    drafts = list(ordner.glob(f"{ENTWURF}*"))
    for folder in (*drafts, ordner / FERTIG):
        shutil.rmtree(folder, ignore_errors=True)
    return bool(drafts)


def _gescheitert(error: OSError) -> DefinitionError:
    problem = f"Hier lässt sich nichts schreiben: {error.strerror}. Nichts ist geändert."
    where = error.filename2 or error.filename
    return DefinitionError([Mangel(str(where), problem, "Rechte und Platz prüfen.")])
