"""Areas: their official keys, names, neighbours, and every spelling that leads to a key."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from etl.errors import suggestion
from etl.mandant import mandant

LENGTHS = (2, 3, 5, 8, 9)  # Land, Regierungsbezirk, Kreis, Gemeinde, Verwaltungsgemeinschaft
ARS = 12
ADVICE = "Amtlichen Schlüssel oder Namen der Gemeinde eintragen."


class GebieteError(ValueError):
    """A text that leads to no known area; `remedy` says what was probably meant."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.remedy = remedy


@dataclass(frozen=True)
class Gebiete:
    """The known areas and all spellings of their keys and names."""

    folder: Path = field(default_factory=lambda: mandant().gebiete)

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the official name of every key."""
        return {row["gebiet"]: row["name"] for row in _rows(self.folder / "gebiete.csv")}

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Return the key of every name that means exactly one area, without regard to case.

        Only areas of the Kreis go by their plain name: Altdorf and Hochdorf exist twice in the
        Land, and a Verwaltungsgemeinschaft may be called like its town.
        """
        own = {self.names[key]: key for key in (mandant().kreis, *self.gemeinden)}
        written = {row["alias"]: row["gebiet"] for row in _rows(self.folder / "aliase.csv")}
        return {name.casefold(): key for name, key in (own | written).items()}

    @cached_property
    def gemeinden(self) -> tuple[str, ...]:
        """Return the keys of the municipalities of the Kreis, ascending."""
        return tuple(sorted(k for k in self.names if k.startswith(mandant().kreis) and len(k) == 8))

    def canonical(self, text: str) -> str:
        """Return the key that a delivered spelling means.

        Accepts keys with 2, 3, 5, 8, 9 or 12 digits, without their leading zero, padded with zeros
        (08116000 is the Kreis), as `8116019.0`, behind an apostrophe, before a name, and names.
        Raises:  GebieteError with the remedy
        """
        word = _tidy(text)
        if word in self.names:
            return word
        if word.casefold() in self.aliases:
            return self.aliases[word.casefold()]
        digits = re.match(r"\d+(?= |$)", word)
        for key in _spellings(digits.group()) if digits else ():
            if key in self.names:
                return key
            if key in self.aliases:
                return self.aliases[key]
        raise GebieteError(f"Das Gebiet »{text}« ist nicht bekannt.", self._remedy(word))

    def _remedy(self, word: str) -> str:
        """Name the areas of the Kreis that contain the word: »Esslingen« is a town and a Kreis."""
        own = {k: n for k, n in self.names.items() if k == mandant().kreis or k in self.gemeinden}
        near = [
            name for name in own.values() if len(word) > 2 and word.casefold() in name.casefold()
        ]
        if near:
            return f"Meinten Sie {' oder '.join(f'»{name}«' for name in near[:3])}?"
        return suggestion(word, [*own, *own.values()], ADVICE)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def _tidy(text: str) -> str:
    """Return the text as people see it: one kind of blank and umlaut, no traces of spreadsheets."""
    word = " ".join(unicodedata.normalize("NFC", text).split()).lstrip("'").strip()
    word = re.sub(r"[.,]0$", "", word)
    return word.replace(" ", "") if re.fullmatch(r"[\d ]+", word) else word


def _spellings(digits: str) -> Iterator[str]:
    """Yield the keys that a string of digits can mean, the most literal one first."""
    candidates = [digits]
    if len(digits) + 1 in (*LENGTHS, ARS):
        candidates.append(f"0{digits}")  # Excel has eaten the zero
    for key in candidates:
        yield key
        if len(key) in (8, ARS):  # padded to the length of a Gemeinde
            yield from (key[:n] for n in (9, 5, 3, 2) if not key[n:].strip("0"))
        if len(key) == ARS:
            yield key[:5] + key[9:]
