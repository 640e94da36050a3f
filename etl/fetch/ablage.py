"""Downloads in data/raw: unchanged, with their description, whole or not at all.

Each retrieval gets a folder of its own, which is moved into place with one rename: a refresh that
runs at the same moment never sees a file without its description. Folders with a dot are unfinished
or set aside; nothing reads them.
"""

import hashlib
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from etl.errors import DefinitionError
from etl.lieferungen import SUFFIX, Quelle
from etl.yamlfile import load_yaml

ABGELEHNT, ERSETZT = "abgelehnt", "ersetzt"


@dataclass(frozen=True, slots=True)
class Fund:
    """What a service has sent for one source, not yet in its place.

    dateien: in the order of the answers, with the suffix they will keep
    anfrage: the request in words, without user and password; equal for equal requests
    unvollstaendig: why municipalities are missing
    """

    dateien: tuple[Path, ...]
    stand: date
    anfrage: str
    unvollstaendig: str
    namensnennung: str
    hinweise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ablage:
    """The place of one source below data/raw."""

    ordner: Path
    quelle: str

    @property
    def entwurf(self) -> Path:
        """Return the folder in which a download is prepared."""
        return self.ordner / f".neu-{self.quelle}"

    def beginne(self) -> Path:
        """Give an empty folder to prepare in; what an interrupted fetch left there is removed."""
        self.verwirf()
        self.entwurf.mkdir(parents=True)
        return self.entwurf

    def verwirf(self) -> None:
        """Remove what was prepared."""
        shutil.rmtree(self.entwurf, ignore_errors=True)

    def letzter(self) -> Path | None:
        """Return the folder of the latest retrieval."""
        muster = re.compile(rf"{re.escape(self.quelle)}_\d{{4}}_\d\d_\d\d")
        da = self.ordner.iterdir() if self.ordner.is_dir() else ()
        return max((p for p in da if muster.fullmatch(p.name)), default=None)

    def letzter_stand(self, anfrage: str) -> date | None:
        """Return the Stand of the latest retrieval, if it asked for the same."""
        letzter = self.letzter()
        if letzter is None:
            return None
        for beschreibung in sorted(letzter.glob(f"*{SUFFIX}")):
            try:
                quelle = load_yaml(beschreibung, Quelle)
            except DefinitionError:
                return None
            return quelle.stand if quelle.ursprung.endswith(f": {anfrage}") else None
        return None

    def lege_ab(self, fund: Fund, angaben: Mapping[str, object]) -> Path | None:
        """Move a find into place; None if the latest retrieval holds exactly the same.

        angaben: what the description says besides the find itself
        Within one day a later retrieval takes the place of the earlier one, which stays on disk.
        """
        letzter = self.letzter()
        if letzter is not None and _fingerabdruck(fund.dateien) == _fingerabdruck(_daten(letzter)):
            return None
        name = f"{self.quelle}_{fund.stand:%Y_%m_%d}"
        fertig = self.entwurf / "fertig"
        fertig.mkdir()
        for nummer, datei in enumerate(fund.dateien, start=1):
            teil = f"{name}_t{nummer}" if len(fund.dateien) > 1 else name
            datei.rename(fertig / f"{teil}{datei.suffix}")
            _beschreibe(fertig / f"{teil}{SUFFIX}", self.quelle, teil, fund, angaben)
        ziel = self.ordner / name
        if ziel.exists():
            self.stelle_zurueck(ziel, ERSETZT)
        return fertig.rename(ziel)

    def stelle_zurueck(self, ordner: Path, warum: str) -> Path:
        """Take a retrieval out of sight of the refresh without losing it."""
        if warum == ABGELEHNT:  # one is enough to look at; the same may be refused every night
            for alt in self.ordner.glob(f".{warum}-{self.quelle}_*"):
                shutil.rmtree(alt, ignore_errors=True)
        nummer = 1
        while (ziel := self.ordner / f".{warum}-{ordner.name}-{nummer}").exists():
            nummer += 1
        return ordner.rename(ziel)


def _beschreibe(
    ziel: Path, quelle: str, kennung: str, fund: Fund, angaben: Mapping[str, object]
) -> None:
    felder: dict[str, object] = {
        "quelle": kennung,
        "zuordnung": quelle,
        **angaben,
        "stand": fund.stand.isoformat(),
        "namensnennung": fund.namensnennung,
        "bearbeitung": "keine, wie abgerufen",
    }
    if fund.unvollstaendig:
        felder["unvollstaendig"] = fund.unvollstaendig
    Quelle.model_validate(felder)
    text = yaml.safe_dump(felder, allow_unicode=True, sort_keys=False, width=1000)
    ziel.write_text(text, encoding="utf-8")


def _daten(ordner: Path) -> list[Path]:
    return sorted(p for p in ordner.iterdir() if not p.name.endswith(SUFFIX))


def _fingerabdruck(dateien: Sequence[Path]) -> list[int]:
    """Return a number per file that does not depend on packing or on the order of the lines.

    GENESIS sends the rows of the same table in changing order, in an archive with its time.
    """
    return [
        sum(int.from_bytes(hashlib.sha256(line.strip()).digest()) for line in _zeilen(datei))
        for datei in dateien
    ]


def _zeilen(datei: Path) -> Iterator[bytes]:
    if not zipfile.is_zipfile(datei):
        with datei.open("rb") as file:
            yield from file
        return
    with zipfile.ZipFile(datei) as archiv:
        for name in archiv.namelist():
            with archiv.open(name) as file:
                yield from file
