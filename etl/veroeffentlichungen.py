"""Which builds were released, and which of them withdrawn: one small file beside the builds.

One file and one rename make a release, so there is no half of one: whoever is killed has either
released or not. Readers look at the file's stamp and read it again only when it has changed.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from etl.errors import UnknownError, WarehouseError, suggestion

NAME = "veroeffentlichungen.json"


@dataclass(frozen=True, slots=True)
class Veroeffentlichung:
    """A released build: when, what it contains, what had to wait, and why it was withdrawn if so.

    inhalt: fingerprint of its public figures; wartet: source → what it waits for
    """

    id: str
    freigegeben: datetime
    inhalt: str
    indikatoren: int
    werte: int
    quellen: int
    wartet: Mapping[str, str] = field(default_factory=dict)
    zurueckgezogen: datetime | None = None
    grund: str = ""


def lade(warehouse: Path) -> tuple[Veroeffentlichung, ...]:
    """Return all releases in the order in which they were made.

    Raises:  WarehouseError if the file cannot be understood; nothing may then be shown or removed
    """
    file = warehouse / NAME
    try:
        found = file.stat()
    except FileNotFoundError:
        return ()
    return _gelesen(file, found.st_mtime_ns, found.st_ino)


@lru_cache(maxsize=4)
def _gelesen(file: Path, _changed: int, _inode: int) -> tuple[Veroeffentlichung, ...]:
    try:
        return TypeAdapter(tuple[Veroeffentlichung, ...]).validate_json(file.read_bytes())
    except ValidationError as error:
        raise WarehouseError.at(
            file,
            "Das Verzeichnis der Veröffentlichungen ist beschädigt.",
            "Aus der Sicherung zurückholen; bis dahin wird nichts gezeigt und nichts gelöscht.",
        ) from error


def aktuelle(warehouse: Path) -> Veroeffentlichung | None:
    """Return the release that the public sees: the latest that was not withdrawn."""
    valid = [v for v in lade(warehouse) if v.zurueckgezogen is None]
    return valid[-1] if valid else None


def eine(warehouse: Path, id_: str) -> Veroeffentlichung:
    """Return one release; raises UnknownError if there is none of that id."""
    known = {v.id: v for v in lade(warehouse)}
    if id_ not in known:
        remedy = suggestion(id_, known, "Alle nennt »sozialmonitor status«.")
        raise UnknownError.at(id_, f"Die Veröffentlichung »{id_}« gibt es nicht.", remedy)
    return known[id_]


def nimm_auf(warehouse: Path, neu: Veroeffentlichung) -> None:
    """Make a build a release; an earlier withdrawal of the same build ends with it."""
    _schreibe(warehouse, [*(v for v in lade(warehouse) if v.id != neu.id), neu])


def ziehe_zurueck(warehouse: Path, id_: str, grund: str) -> Veroeffentlichung:
    """Mark a release as withdrawn; its files stay, because others may have copies of them."""
    gone = replace(eine(warehouse, id_), zurueckgezogen=datetime.now(UTC), grund=grund.strip())
    _schreibe(warehouse, [gone if v.id == id_ else v for v in lade(warehouse)])
    return gone


def _schreibe(warehouse: Path, releases: list[Veroeffentlichung]) -> None:
    draft = warehouse / f"{NAME}.neu"
    with draft.open("w", encoding="utf-8") as file:
        json.dump([asdict(v) for v in releases], file, ensure_ascii=False, indent=1, default=_text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(warehouse / NAME)


def _text(value: Any) -> str:  # noqa: ANN401 - signature of json
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
