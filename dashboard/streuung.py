"""How the values of an indicator lie over the municipalities at one time."""

from dataclasses import dataclass
from statistics import median

from indicators.service import Service


@dataclass(frozen=True, slots=True)
class Streuung:
    """All values of one period, and how many municipalities have none."""

    zeit: str
    jahr: int
    zeitbezug: str
    werte: tuple[float, ...]
    ohne: int

    @property
    def mitte(self) -> float:
        """Return the median of the municipalities that have a value."""
        return median(self.werte)


def streuung(service: Service, indikator: str, zeit: str | None = None) -> Streuung | None:
    """Return the spread at a period, by default the newest; None if nothing is known."""
    if zeit is None:
        periods = service.zeiten(indikator, "gemeinde")
        if not periods:
            return None
        zeit = periods[-1][0]
    rows = service.vergleich(indikator, zeit)
    values = tuple(w.wert for w in rows if w.wert is not None)
    if not values:
        return None
    return Streuung(zeit, rows[0].jahr, rows[0].zeitbezug, values, len(rows) - len(values))
