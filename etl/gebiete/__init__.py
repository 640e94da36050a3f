"""Areas: their official keys, names, neighbours, and every spelling that leads to a key."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from etl.errors import suggestion

HERE = Path(__file__).parent
KREIS = "08116"
LENGTHS = (2, 3, 5, 8, 9)  # Land, Regierungsbezirk, Kreis, Gemeinde, Verwaltungsgemeinschaft
ARS = 12


class GebieteError(ValueError):
    """A text that leads to no known area; `remedy` says what was probably meant."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.remedy = remedy


@dataclass(frozen=True)
class Gebiete:
    """The known areas and all spellings of their keys and names."""

    folder: Path = HERE

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the official name of every key."""
        return {row["gebiet"]: row["name"] for row in _rows(self.folder / "gebiete.csv")}

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Return the key of every name that means exactly one area of the Kreis, in lower case."""
        own = {
            name.casefold(): key
            for key, name in self.names.items()
            if key.startswith(KREIS) and len(key) in (5, 8)
        }
        written = {
            row["alias"].casefold(): row["gebiet"] for row in _rows(self.folder / "aliase.csv")
        }
        return own | written

    @cached_property
    def gemeinden(self) -> tuple[str, ...]:
        """Return the keys of the municipalities of the Kreis, ascending."""
        return tuple(sorted(k for k in self.names if k.startswith(KREIS) and len(k) == 8))

    def canonical(self, text: str) -> str:
        """Return the key that a delivered spelling means.

        Accepts keys with 2, 3, 5, 8, 9 or 12 digits, without their leading zero, padded with zeros
        (08116000 is the Kreis), as `8116019.0`, behind an apostrophe, before a name, and names.
        Raises:  GebieteError with the remedy
        """
        word = text.strip().lstrip("'").removesuffix(".0").strip()
        if word in self.names:
            return word
        if word.casefold() in self.aliases:
            return self.aliases[word.casefold()]
        leading = re.match(r"\d+", word)
        for key in _spellings(leading.group()) if leading else ():
            if key in self.names:
                return key
        known = [*self.aliases, *(k for k in self.names if k.startswith(KREIS))]
        raise GebieteError(
            f"Das Gebiet »{text}« ist nicht bekannt.",
            suggestion(
                word.casefold(), known, "Amtlichen Schlüssel oder Namen der Gemeinde eintragen."
            ),
        )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def _spellings(digits: str) -> Iterator[str]:
    """Yield the keys that a string of digits can mean, the most literal one first."""
    candidates = [digits]
    if len(digits) + 1 in (*LENGTHS, ARS):
        candidates.append(f"0{digits}")  # Excel has eaten the zero
    for key in candidates:
        yield key
        if len(key) == ARS:
            yield key[:5] if key.endswith("0000000") else key[:5] + key[9:]
        elif len(key) == 8 and key.endswith("000"):
            yield key[:5]
