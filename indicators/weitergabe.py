"""What an installation hands to others: its Veröffentlichung as Parquet, with a manifest beside it."""

import hashlib
import json
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from etl import veroeffentlichungen
from etl.errors import SozialmonitorError
from etl.mandant import mandant
from etl.yamlfile import Strict
from indicators.export import Umfang, anzahl
from indicators.export_formate import parquet
from indicators.report.veroeffentlichung import veroeffentlichung

MANIFEST, WERTE = "manifest.json", "werte.parquet"
SCHEMA: Literal["1"] = "1"
BUND = "DG"


class Datei(Strict):
    """A file of the folder: its checksum, and how many rows it has."""

    name: Literal["werte.parquet"]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    zeilen: Annotated[int, Field(ge=0)]


class Manifest(Strict):
    """Who hands over which Veröffentlichung, and what may be done with it.

    schema_version: what the columns of the files mean; zurueckgezogen: ids of this installation
    """

    schema_version: Literal["1"]
    kreis: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-6])\d{3}$")]
    name: Annotated[str, Field(min_length=1)]
    land: Annotated[str, Field(min_length=1)]
    veroeffentlichung: Annotated[str, Field(min_length=1)]
    freigegeben: datetime
    programm: str
    lizenzen: tuple[str, ...]
    zurueckgezogen: tuple[str, ...] = ()
    dateien: Annotated[tuple[Datei, ...], Field(min_length=1, max_length=1)]


def gib_weiter(warehouse: Path, ziel: Path) -> Manifest:
    """Write the Veröffentlichung that the public sees into a folder: Parquet and manifest.

    Only the own areas, Land and Bund. The manifest is written last: without it nothing is valid.
    Raises:  SozialmonitorError if nothing is released, or nothing can be written to `ziel`
    """
    release = veroeffentlichungen.aktuelle(warehouse)
    if release is None:
        raise SozialmonitorError.at(
            warehouse,
            "Es gibt keine gültige Veröffentlichung, die weitergegeben werden könnte.",
            "Zuerst mit »sozialmonitor release« veröffentlichen.",
        )
    service, tenant = veroeffentlichung(warehouse, release.id), mandant()
    frame = (tenant.landesschluessel, BUND)
    areas = [g.schluessel for g in service.gebiete(nur_eigene=False)]
    own = [key for key in areas if key.startswith(tenant.kreis) or key in frame]
    umfang = Umfang(gebiete=own)
    try:
        ziel.mkdir(parents=True, exist_ok=True)
        (ziel / MANIFEST).unlink(missing_ok=True)
        parquet(service, umfang, ziel / WERTE)
        manifest = Manifest(
            schema_version=SCHEMA,
            kreis=tenant.kreis,
            name=tenant.name,
            land=tenant.land,
            veroeffentlichung=release.id,
            freigegeben=release.freigegeben.replace(tzinfo=UTC),
            programm=version("sozialmonitor"),
            lizenzen=tuple(sorted({f"{q.lizenz}: {q.namensnennung}" for q in service.quellen()})),
            zurueckgezogen=tuple(
                v.id for v in veroeffentlichungen.lade(warehouse) if v.zurueckgezogen is not None
            ),
            dateien=(
                Datei(
                    name="werte.parquet",
                    sha256=pruefsumme(ziel / WERTE),
                    zeilen=anzahl(service, umfang),
                ),
            ),
        )
        text = json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1)
        (ziel / MANIFEST).write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise SozialmonitorError.at(
            ziel, f"Hier lässt sich nichts schreiben: {error.strerror}.", "Anderen Ort angeben."
        ) from error
    return manifest


def pruefsumme(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
