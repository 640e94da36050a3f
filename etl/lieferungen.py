"""Deliveries: the files under data/raw, each with a `.quelle.yaml` that says whose it is."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from etl.errors import DeliveryError, Mangel
from etl.yamlfile import Strict, load_yaml

SUFFIX = ".quelle.yaml"
DATA_SUFFIXES = (".csv", ".geojson")

Lizenz = Literal[
    "dl-de/by-2-0",
    "cc-by-4.0",
    "cc0",
    "amtliches-werk",
    "quellenangabe",
    "odbl",
    "ungeklärt",
]
Rhythmus = Literal[
    "jaehrlich",
    "zweijaehrlich",
    "schuljaehrlich",
    "je_wahl",
    "einmalig",
    "unregelmaessig",
]


class Quelle(Strict):
    """Who published a table, under which terms, and what was done to it before it came here."""

    quelle: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    herausgeber: str
    tabelle: str
    titel: str
    stand: date
    lizenz: Lizenz
    namensnennung: str
    ursprung: str
    bearbeitung: str
    verantwortlich: str
    rhythmus: Rhythmus
    rang: Annotated[int, Field(ge=1, le=99)] = 50
    ausgabe: str = ""
    unvollstaendig: str = ""


@dataclass(frozen=True, slots=True)
class Lieferung:
    """One delivered file with its description, its fingerprint and its place below data/raw."""

    quelle: Quelle
    pfad: Path
    datei: str
    sha256: str


def find_lieferungen(raw: Path) -> list[Lieferung]:
    """Return every delivery below `raw`, sorted by id.

    Raises:  DeliveryError for a file without description, a description without file, an id twice
    """
    data = {p for p in raw.rglob("*") if p.suffix in DATA_SUFFIXES}
    described = {p: _data_file(p) for p in sorted(raw.rglob(f"*{SUFFIX}"))}
    maengel = [
        Mangel(
            str(path),
            "Zu dieser Datei fehlt die Beschreibung.",
            f"Daneben {_description(path).name} anlegen.",
        )
        for path in sorted(data - set(described.values()))
    ]
    maengel += [
        Mangel(
            str(path),
            "Zu dieser Beschreibung fehlt die Datei.",
            "Datei ablegen oder Beschreibung löschen.",
        )
        for path, file in described.items()
        if file not in data
    ]
    if not described and not maengel:
        maengel = [
            Mangel(str(raw), "Hier liegt keine einzige Lieferung.", "Den Ordner mit --raw angeben.")
        ]
    if maengel:
        raise DeliveryError(maengel)
    found = [_lieferung(raw, description, file) for description, file in described.items()]
    _refuse_double_ids(found)
    return sorted(found, key=lambda lieferung: lieferung.quelle.quelle)


def _description(file: Path) -> Path:
    return file.with_name(file.stem + SUFFIX)


def _data_file(description: Path) -> Path:
    """Return the data file that a description belongs to; the csv one if there is none."""
    stem = description.name.removesuffix(SUFFIX)
    candidates = [description.with_name(stem + suffix) for suffix in DATA_SUFFIXES]
    return next((c for c in candidates if c.exists()), candidates[0])


def _lieferung(raw: Path, description: Path, file: Path) -> Lieferung:
    quelle = load_yaml(description, Quelle)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Lieferung(quelle, file, file.relative_to(raw).as_posix(), digest)


def _refuse_double_ids(found: list[Lieferung]) -> None:
    first: dict[str, str] = {}
    for lieferung in found:
        other = first.setdefault(lieferung.quelle.quelle, lieferung.datei)
        if other != lieferung.datei:
            raise DeliveryError.at(
                lieferung.datei,
                f"Die Kennung »{lieferung.quelle.quelle}« hat schon {other}.",
                "In einer der beiden Beschreibungen eine andere Kennung eintragen.",
            )
