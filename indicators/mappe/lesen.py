"""Read the workbook back: every cell as the YAML loader would see it, with its place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.errors import DefinitionError, DeliveryError, suggestion
from etl.tafel import Tafel, lies_tafeln
from indicators.mappe import ANLEITUNG, GEHOERT_ZU, STAND, Blatt, blaetter, grundtyp, ist_liste
from indicators.planung import LISTEN

KOMMA = re.compile(r"-?\d+,\d+")


@dataclass(frozen=True)
class Mappe:
    """What a workbook says: entries as they would stand in YAML, and the place of each."""

    eintraege: Mapping[str, list[dict[str, Any]]]
    stand: Mapping[str, str]
    orte: Mapping[tuple[str | int, ...], tuple[Tafel, int]]

    def ort(self, liste: str, where: Sequence[str | int]) -> str:
        """Name sheet and cell of a field, given by its list and its location in the YAML."""
        place, rest = (liste, *where[:1]), list(where[1:])
        if (liste, *where[:3]) in self.orte:
            place, rest = (liste, *where[:3]), list(where[3:])
        tafel, row = self.orte[place]
        head = [cell.strip() for cell in tafel.reihen[0]]
        return tafel.ort(row, head.index(str(rest[0])) if rest and rest[0] in head else None)


def lies(pfad: Path) -> Mappe:
    """Read a workbook back.

    Raises:  DeliveryError for a file that is none, DefinitionError for missing or unknown sheets
             and columns, and for rows that belong to nothing
    """
    if not pfad.is_file():
        raise DeliveryError.at(pfad, "Diese Datei gibt es nicht.", "Pfad und Namen prüfen.")
    tafeln = {tafel.blatt: tafel for tafel in lies_tafeln(pfad)}
    sheets = {blatt.titel: blatt for blatt in blaetter()}
    _pruefe_namen(str(pfad), "Das Blatt", [*sheets, ANLEITUNG], list(tafeln))
    entries: dict[str, list[dict[str, Any]]] = {}
    places: dict[tuple[str | int, ...], tuple[Tafel, int]] = {}
    for titel, blatt in sheets.items():
        tafel = tafeln[titel]
        entries.setdefault(blatt.liste, [])
        head = [cell.strip() for cell in tafel.reihen[0]] if tafel.reihen else []
        _pruefe_namen(f"{pfad.name}, Blatt »{titel}«", "Die Spalte", blatt.spalten, head)
        for row, cells in enumerate(tafel.reihen[1:], start=1):
            texts = dict(zip(head, [*cells, *[""] * len(head)], strict=False))
            if any(text.strip() for text in texts.values()):
                _nimm(blatt, entries[blatt.liste], texts, (tafel, row), places)
    return Mappe(entries, _stand(tafeln[ANLEITUNG]), places)


def _nimm(
    blatt: Blatt,
    entries: list[dict[str, Any]],
    texts: Mapping[str, str],
    here: tuple[Tafel, int],
    places: dict[tuple[str | int, ...], tuple[Tafel, int]],
) -> None:
    """Add one row to its list, or to the entry that it is a part of."""
    data = {
        name: _wert(field.annotation, texts[name])
        for name, field in blatt.modell.model_fields.items()
        if name in texts and texts[name].strip()
    }
    if not blatt.teil:
        places[blatt.liste, len(entries)] = here
        entries.append(data)
        return
    owner = texts[GEHOERT_ZU].strip()
    n = next((n for n, entry in enumerate(entries) if entry.get("id") == owner), None)
    if n is None:
        head = Blatt(blatt.liste, LISTEN[blatt.liste]).titel
        problem = f"»{owner}« gibt es im Blatt »{head}« nicht."
        raise DefinitionError.at(here[0].ort(here[1], 0), problem, "Die Kennung (id) eintragen.")
    parts = entries[n].setdefault(blatt.teil, [])
    places[blatt.liste, n, blatt.teil, len(parts)] = here
    parts.append(data)


def _wert(annotation: object, text: str) -> object:
    """Return what the cell stands for, as the YAML loader would see it."""
    if ist_liste(annotation):
        return [line.strip() for line in text.split("\n") if line.strip()]
    text = text.strip()
    comma = grundtyp(annotation) in {int, float} and KOMMA.fullmatch(text)
    return text.replace(",", ".") if comma else text


def _pruefe_namen(ort: str, was: str, wanted: Sequence[str], there: Sequence[str]) -> None:
    """Refuse what is missing (it would be lost), unknown (nobody would read it) or there twice."""
    named = [name for name in there if name]
    for name in [n for n in wanted if n not in named]:
        raise DefinitionError.at(
            ort, f"{was} »{name}« fehlt.", "Wieder einfügen oder neu exportieren."
        )
    for name in [n for n in named if n not in wanted]:
        problem = f"{was} »{name}« gibt es hier nicht; niemand würde das lesen."
        raise DefinitionError.at(ort, problem, suggestion(name, wanted, "Löschen."))
    for name in [n for n in wanted if named.count(n) > 1]:
        raise DefinitionError.at(ort, f"{was} »{name}« gibt es zweimal.", "Eine davon löschen.")


def _stand(tafel: Tafel) -> dict[str, str]:
    rows = [[*(cell.strip() for cell in row), "", ""] for row in tafel.reihen]
    start = next((n for n, row in enumerate(rows) if row[0] == STAND), len(rows))
    return {row[0]: row[1] for row in rows[start + 1 :]}
