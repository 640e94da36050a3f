"""How the values of an indicator lie over the areas of one level at one time."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from indicators.service import Service


@dataclass(frozen=True, slots=True)
class Streuung:
    """All values of one period, ascending, their median, and how many areas have none."""

    zeit: str
    jahr: int
    zeitbezug: str
    werte: tuple[float, ...]
    mitte: float
    ohne: int


def streuungen(service: Service, ebene: str) -> Mapping[tuple[str, str], Streuung]:
    """Return the spread of every indicator at every period of a level, in one question.

    Returns: (indikator, zeit) → spread; (indikator, "") → that of the newest period
    """
    found: dict[tuple[str, str], Streuung] = {}
    for indikator, zeit, jahr, zeitbezug, values, areas in service.verteilungen(ebene):
        spread = Streuung(zeit, jahr, zeitbezug, tuple(values), median(values), areas - len(values))
        found[indikator, zeit] = found[indikator, ""] = spread
    return found
