"""How often a publisher delivers, and when the next delivery is to be expected."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Literal

Rhythmus = Literal[
    "monatlich",
    "vierteljaehrlich",
    "halbjaehrlich",
    "jaehrlich",
    "zweijaehrlich",
    "schuljaehrlich",
    "je_wahl",
    "einmalig",
    "unregelmaessig",
]
MONATE: Mapping[str, int] = {
    "monatlich": 1,
    "vierteljaehrlich": 3,
    "halbjaehrlich": 6,
    "jaehrlich": 12,
    "schuljaehrlich": 12,
    "zweijaehrlich": 24,
}


def naechste_lieferung(stand: date, rhythmus: str) -> date | None:
    """Return the day from which the next Stand is to be expected; None without a fixed rhythm.

    >>> naechste_lieferung(date(2024, 2, 29), "jaehrlich")
    datetime.date(2025, 2, 28)
    """
    if rhythmus not in MONATE:
        return None
    jahre, monat = divmod(stand.month - 1 + MONATE[rhythmus], 12)
    jahr = stand.year + jahre
    return date(jahr, monat + 1, min(stand.day, monthrange(jahr, monat + 1)[1]))
