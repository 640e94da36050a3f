"""The planning files as one workbook: a sheet per list, a row per entry, a column per field.

A list within a cell has one entry per line. Entries within entries (the effects of a measure) have
a sheet of their own that names the entry they belong to. Columns are called as in the YAML.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from indicators.model_steuerung import Eintrag
from indicators.planung import LISTEN

ANLEITUNG = "Anleitung"
STAND = "Stand beim Export"
GEHOERT_ZU = "gehoert_zu"
TITEL = {
    "massnahmen": "Maßnahmen",
    "planungsauftraege": "Planungsaufträge",
    "beschluesse": "Beschlüsse",
}


@dataclass(frozen=True, slots=True)
class Blatt:
    """One sheet: the entries of a list, or what stands within them in the field `teil`."""

    liste: str
    modell: type[Eintrag]
    teil: str = ""

    @property
    def titel(self) -> str:
        """Return the name on the tab."""
        name = self.teil or self.liste
        return TITEL.get(name, name.capitalize())

    @property
    def spalten(self) -> list[str]:
        """Return the columns: the fields that fit into a cell, and what a part belongs to."""
        own = [name for name in self.modell.model_fields if teil(self.modell, name) is None]
        return [GEHOERT_ZU, *own] if self.teil else own


def blaetter() -> Iterator[Blatt]:
    """Yield the sheets in their order."""
    for liste, modell in LISTEN.items():
        yield Blatt(liste, modell)
        for name in modell.model_fields:
            part = teil(modell, name)
            if part is not None:
                yield Blatt(liste, part, name)


def kennzeichen(eintraege: Sequence[Eintrag]) -> str:
    """Return a digest of a list, by which an import notices that the files went on meanwhile."""
    data = [eintrag.model_dump(mode="json") for eintrag in eintraege]
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]


def teil(modell: type[Eintrag], name: str) -> type[Eintrag] | None:
    """Return the model of entries within a field, such as the effects of a measure."""
    inner = get_args(grundtyp(modell.model_fields[name].annotation))
    found = inner[0] if inner else None
    return found if isinstance(found, type) and issubclass(found, Eintrag) else None


def ist_liste(annotation: object) -> bool:
    """Tell whether a cell of this field holds several entries, one per line."""
    return get_origin(grundtyp(annotation)) is tuple


def woerter(annotation: object) -> list[str]:
    """Return the allowed words of a field, none if anything may be written."""
    plain = grundtyp(annotation)
    return list(get_args(plain)) if get_origin(plain) is Literal else []


def grundtyp(annotation: object) -> object:
    """Return a type without limits and »or nothing«: `Annotated[int, …] | None` is int."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return grundtyp(get_args(annotation)[0])
    if origin in {Union, UnionType}:
        return grundtyp(next(a for a in get_args(annotation) if a is not type(None)))
    return annotation
