"""Deliveries: the files under data/raw, each with a `.quelle.yaml` that says whose it is."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from etl.errors import DeliveryError, Mangel
from etl.geheimhaltung import Geheimhaltung
from etl.rhythmus import Rhythmus
from etl.sources import Zuordnung
from etl.yamlfile import Strict, load_yaml, place

SUFFIX = ".quelle.yaml"
DATA_SUFFIXES = (".csv", ".geojson", ".xlsx", ".xls", ".zip", ".txt", ".json")
INTERN = "intern:"  # before the path of a file that lies outside data/raw

Lizenz = Literal[
    "dl-de/by-2-0",
    "cc-by-4.0",
    "cc0",
    "amtliches-werk",
    "quellenangabe",
    "odbl",
    "erlaubnis",
    "ungeklärt",
]


class Vorbehalt(Strict):
    """Whose Freigabe a delivery needs before the public may see it, and from which day on."""

    durch: Annotated[str, Field(min_length=3)]
    fruehestens: date | None = None


class Quelle(Strict):
    """Who published a table, under which terms, and what was done to it before it came here.

    A file in the publisher's own layout names in `zuordnung` a source of etl/sources, or says in
    `eigene_zuordnung` itself what its cells are; a file with neither is in Kreisformat. The licence
    `erlaubnis` needs the written permission: by whom, when, and its sign. Internal deliveries also
    say on which legal ground they are held, what for, and until when. Where `freigabe` stands, the
    figures stay internal until that office has signed (etl.freigaben).
    """

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
    erlaubnis: str = ""
    freigabe: Vorbehalt | None = None
    zuordnung: str = ""
    eigene_zuordnung: Zuordnung | None = None
    rechtsgrundlage: str = ""
    zweck: str = ""
    loeschfrist: date | None = None
    geheimhaltung: Geheimhaltung = Geheimhaltung()

    @model_validator(mode="after")
    def _permitted(self) -> Self:
        if (self.lizenz == "erlaubnis") != bool(self.erlaubnis.strip()):
            raise ValueError(
                "lizenz: erlaubnis und das Feld erlaubnis (von wem, wann, Zeichen) gehören zusammen"
            )
        return self


@dataclass(frozen=True, slots=True)
class Lieferung:
    """One delivered file with its description, its fingerprint and its place below data/raw."""

    quelle: Quelle
    pfad: Path
    datei: str
    sha256: str
    intern: bool = False

    @property
    def beschreibung(self) -> Path:
        """Return the file that describes the delivery."""
        return _description(self.pfad)


def find_lieferungen(raw: Path, intern: Path | None = None) -> list[Lieferung]:
    """Return every delivery below `raw`, and below the folder of internal ones, sorted by id.

    intern: a folder outside of every repository, for figures that must not become public as files
    Raises:  DeliveryError for a file without description, a description without file, an id twice,
             an internal delivery that must not lie there or not any longer
    """
    found = _found(raw)
    if intern is not None:
        _refuse_repository(intern)
        found += [_internal(lieferung) for lieferung in _found(intern)]
    _refuse_double_ids(found)
    return sorted(found, key=lambda lieferung: lieferung.quelle.quelle)


def _found(raw: Path) -> list[Lieferung]:
    data = {p for p in _visible(raw, "*") if p.suffix.lower() in DATA_SUFFIXES}
    described = {p: _data_file(p) for p in _visible(raw, f"*{SUFFIX}")}
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
    return [_lieferung(raw, description, file) for description, file in described.items()]


def _visible(raw: Path, pattern: str) -> list[Path]:
    """Return matching files; folders with a dot hold downloads that are unfinished or set aside."""
    return sorted(
        p
        for p in raw.rglob(pattern)
        if not any(part.startswith(".") for part in p.relative_to(raw).parts)
    )


def _description(file: Path) -> Path:
    return file.with_name(file.stem + SUFFIX)


def _data_file(description: Path) -> Path:
    """Return the data file that a description belongs to; the csv one if there is none."""
    stem = description.name.removesuffix(SUFFIX)
    suffixes = [*DATA_SUFFIXES, *(suffix.upper() for suffix in DATA_SUFFIXES)]
    candidates = [description.with_name(stem + suffix) for suffix in suffixes]
    return next((c for c in candidates if c.exists()), candidates[0])


def _lieferung(raw: Path, description: Path, file: Path) -> Lieferung:
    quelle = load_yaml(description, Quelle)
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Lieferung(quelle, file, file.relative_to(raw).as_posix(), digest)


def _refuse_repository(intern: Path) -> None:
    """Refuse a folder for internal deliveries from which they could be published by mistake."""
    folder = intern.resolve()
    if not folder.is_dir():
        raise DeliveryError.at(
            intern,
            "Den Ordner der internen Lieferungen gibt es nicht.",
            "SOZIALMONITOR_INTERN oder --intern-raw auf einen vorhandenen Ordner setzen.",
        )
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists():
            raise DeliveryError.at(
                intern,
                f"Interne Lieferungen liegen in einem Repository ({parent}).",
                "Einen Ordner außerhalb wählen, den nur die Sozialplanung lesen darf.",
            )


def _internal(lieferung: Lieferung) -> Lieferung:
    """Return a delivery marked as internal; one without its legal ground or beyond its time is refused."""
    quelle, today = lieferung.quelle, datetime.now(UTC).date()
    missing = [f for f in ("rechtsgrundlage", "zweck", "loeschfrist") if not getattr(quelle, f)]
    if missing:
        raise DeliveryError.at(
            place(lieferung.beschreibung),
            f"Zu einer internen Lieferung fehlt: {', '.join(missing)}.",
            "Mit dem Datenschutz klären und in der Beschreibung ergänzen.",
        )
    if quelle.loeschfrist is not None and quelle.loeschfrist < today:
        raise DeliveryError.at(
            place(lieferung.beschreibung, "loeschfrist"),
            f"Die Löschfrist ist am {quelle.loeschfrist:%d.%m.%Y} abgelaufen.",
            f"{lieferung.pfad.name} samt Beschreibung löschen.",
        )
    if quelle.geheimhaltung.ausnahme:
        raise DeliveryError.at(
            place(lieferung.beschreibung, "geheimhaltung"),
            "Eine interne Lieferung ist von der Geheimhaltung nicht ausgenommen.",
            "»ausnahme« streichen; strengere Regeln sind möglich.",
        )
    return replace(lieferung, datei=f"{INTERN}{lieferung.datei}", intern=True)


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
