"""Headings: how their texts are read, and which column a word or letters mean."""

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from itertools import pairwise

from etl.tafel import Tafel

TRENNUNG = re.compile(r"-[ \t]*\r?\n\s*(?=[a-zäöüß])(?!(?:und|oder|bzw|sowie|u)\b)")
TRENNER = " | "  # between the levels of a heading


def sauber(text: str) -> str:
    """Return a heading as one reads it: no hyphenation, no footnote mark, single blanks."""
    return re.sub(r"(?<=[^\W\d_.])\s?\d{1,2}\)$", "", ohne_trennung(text))


def ohne_trennung(text: str) -> str:
    """Return a text on one line: »Bevöl-/kerung« joined, »Gesundheits-/und Sozialwesen« not."""
    word = (
        TRENNUNG.sub("", text.replace("\u00ad", "")) if "\n" in text or "\u00ad" in text else text
    )
    return " ".join(word.split())


def ueberschriften(tafel: Tafel, bis: int) -> list[str]:
    """Return the texts above row `bis` (from 0), one after the other."""
    words = (sauber(text) for reihe in tafel.reihen[:bis] for text in reihe)
    return list(dict.fromkeys(filter(None, words)))


def ist_zaehlzeile(row: Sequence[str]) -> bool:
    """Tell whether a row only numbers the columns (1, 2, 3 …), apart from a stray remark."""
    cells = [cell.strip() for cell in row if cell.strip()]
    numbers = [int(cell) for cell in cells if re.fullmatch(r"\d{1,4}", cell)]
    if len(numbers) < 3 or len(numbers) < 0.8 * len(cells):
        return False
    return all(b == a + 1 for a, b in pairwise(numbers))


def spaltennummer(name: str) -> int | None:
    """Return the column (from 0) that a number or letters mean."""
    if re.fullmatch(r"[1-9]\d{0,4}", name):
        return int(name) - 1
    if not re.fullmatch(r"[A-Z]{1,3}", name):
        return None
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def passt(path: Sequence[str], name: str) -> bool:
    """Tell whether a heading, or one of its levels, is the one that is meant."""
    return any(fnmatchcase(word, name.casefold()) for word in worte(path))


def worte(path: Sequence[str]) -> tuple[str, ...]:
    """Return what a heading may be called: as a whole and by each of its levels, in small letters."""
    levels = tuple(filter(None, path))
    names = (TRENNER.join(dict.fromkeys(levels)), *levels)
    return tuple(dict.fromkeys(name.casefold() for name in names if name))
