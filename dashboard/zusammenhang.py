"""Two indicators of the same municipalities beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from dashboard import format as f
from dashboard.seite import Kontext
from dashboard.state import GEMEINDEN
from indicators.records import Indikator, Wert

VORBEHALT = (
    "Nebeneinander heißt nicht: das eine kommt vom anderen. Beides kann von etwas Drittem abhängen,"
    " bei wenigen und sehr verschieden großen Gemeinden auch vom Zufall. Und was für Gemeinden gilt,"
    " muss nicht für die Menschen darin gelten."
)


@dataclass(frozen=True, slots=True)
class Paar:
    """One municipality with its values of both indicators."""

    gebiet: str
    eins: float
    zwei: float


@dataclass(frozen=True, slots=True)
class Zusammenhang:
    """The second indicator, at the period nearest to that of the first, and the common places."""

    indikator: Indikator
    zeit: str
    paare: Sequence[Paar]

    @property
    def mitte(self) -> tuple[float, float]:
        """Return the medians of both."""
        return median(p.eins for p in self.paare), median(p.zwei for p in self.paare)


def moegliche(kontext: Kontext, id_: str) -> list[str]:
    """Return the rates of municipalities that an indicator can be laid beside; none for a count."""
    rates = [
        i.id for i in kontext.service.indikatoren() if GEMEINDEN in i.ebenen and i.art != "anzahl"
    ]
    return [other for other in rates if other != id_] if id_ in rates else []


def zusammenhang(kontext: Kontext, werte: Sequence[Wert], mit: str) -> Zusammenhang | None:
    """Lay a second indicator beside the values of one period; None if no place has both."""
    service = kontext.service
    periods = service.zeiten(mit, GEMEINDEN) if mit and werte else []
    if not periods:
        return None
    year = werte[0].jahr
    zeit = min(reversed(periods), key=lambda period: abs(period[1] - year))[0]
    others = {w.gebiet: w.wert for w in service.vergleich(mit, zeit) if w.wert is not None}
    pairs = [
        Paar(w.gebiet, w.wert, others[w.gebiet])
        for w in werte
        if w.wert is not None and w.gebiet in others
    ]
    return Zusammenhang(service.indikator(mit), zeit, pairs) if pairs else None


def satz(found: Zusammenhang, indikator: Indikator, zeit: str) -> str:
    """Say how many places lie on the same side of both middles, and how many on different ones."""
    one, two = found.mitte
    both = sum(p.eins > one and p.zwei > two for p in found.paare)
    neither = sum(p.eins < one and p.zwei < two for p in found.paare)
    rest = len(found.paare) - both - neither
    return (
        f"{f.anzahl(len(found.paare), 'Gemeinde', 'Gemeinden')} mit beiden Werten:"
        f" {indikator.kurztitel} ({f.zeit_kurz(zeit)}) und {found.indikator.kurztitel}"
        f" ({f.zeit_kurz(found.zeit)}). Über der Mitte liegen bei beiden {f.zahl(both)}, darunter bei"
        f" beiden {f.zahl(neither)}; {f.zahl(rest)} liegen auf der Mitte oder auf verschiedenen Seiten."
    )
