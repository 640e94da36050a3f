"""One finding of the checks, and how numbers, ages and groups are written in it."""

from collections.abc import Sequence
from typing import NamedTuple

from etl.schema import TOTAL_BIS

SHOWN = 4


class Befund(NamedTuple):
    """A row of `befund`; schwere is `hinweis` or `pruefen`."""

    art: str
    schwere: str
    quelle: str
    text: str


def deutsch(number: float) -> str:
    """Return a number as people here write it: 1 234,5 with a narrow blank."""
    return f"{number:,.10g}".replace(",", "\u202f").replace(".", ",")


def prozent(share: float) -> str:
    """Return a share as a signed percentage: +12,3 %."""
    return f"{100 * share:+.1f} %".replace(".", ",")


def gruppe(geschlecht: str, von: int, bis: int, nationalitaet: str, group: str) -> str:
    """Return the group of a value in brackets, such as ` (w, 75+)`; nothing for all together."""
    age = f"{von}–{bis}" if bis != TOTAL_BIS else f"{von}+" if von else ""
    text = ", ".join(part for part in (geschlecht, age, nationalitaet, group) if part)
    return f" ({text})" if text else ""


def einige(parts: Sequence[str]) -> str:
    """Return the first few of a list, and how many there are more."""
    rest = len(parts) - SHOWN
    return "; ".join(parts[:SHOWN]) + (f"; und {rest} weitere" if rest > 0 else "")
