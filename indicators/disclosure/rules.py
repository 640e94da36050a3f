"""Which counts are too small to be shown by themselves, and what must stay unknown about them.

Method: minimum frequency on a count and on its counterpart n − x, few carriers behind a value, and
        dominance of one contributor.
Source: Regeln der statistischen Geheimhaltung der Bundesagentur für Arbeit (minimum frequency,
        carriers, dominance); A. Hundepool et al. (2012), Statistical Disclosure Control, chapter 4.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from indicators.statistics.arguments import Bools, Floats, aligned, numbers

# One sign, one status and one reason for every suppressed cell: whoever could tell a cell that is
# small from one that only protects it would know that the latter is not small.
SYMBOL = "."
STATUS = "geheim"
GRUND = "gesperrt, damit kein Rückschluss auf einzelne Personen möglich ist"

BA = 3
EIGENE_SOZIALDATEN = 5
BESONDERS_SCHUTZBEDUERFTIG = 10


@dataclass(frozen=True, slots=True)
class Regel:
    """What holds for the counts of one Messgröße.

    kleinste_zahl:        smallest count that is shown; 1 hides nothing but a hidden zero
    null_veroeffentlichen: a true zero is shown (as »–«)
    gegenzahl:            n − x must not be small either: 100 % of a group says as much as one case
    dominanz:             largest share of a value that one contributor may have; None: no rule
    traeger:              smallest number of carriers behind a value (Betriebe, Praxen); None
    runden:               base to which every count is rounded instead of suppressing; None
    nie_unter_kreis:      no value below the Kreis at all (violence)
    """

    kleinste_zahl: int = BA
    null_veroeffentlichen: bool = True
    gegenzahl: bool = True
    dominanz: float | None = None
    traeger: int | None = None
    runden: int | None = None
    nie_unter_kreis: bool = False

    def __post_init__(self) -> None:
        if self.kleinste_zahl < 1:
            raise ValueError("kleinste_zahl: muss mindestens 1 sein")
        if self.dominanz is not None and not 0 < self.dominanz <= 1:
            raise ValueError("dominanz: ein Anteil über 0 bis 1 wird erwartet, z. B. 0.85")
        if self.traeger is not None and self.traeger < 1:
            raise ValueError("traeger: muss mindestens 1 sein")
        if self.runden is not None and (self.runden < 3 or self.runden % 2 == 0):
            raise ValueError("runden: eine ungerade Zahl ab 3 wird erwartet, z. B. 5")

    def mit(self, **felder: int | float | bool | None) -> "Regel":
        """Return the rule with some fields replaced, as a Messgröße or a Quelle states them."""
        return replace(self, **felder)  # type: ignore[arg-type]


STANDARD = Regel()


@dataclass(frozen=True, slots=True)
class Schutz:
    """What the rules say of an array of cells; every field has its shape.

    primaer:      the cell must not be shown
    unten, oben:  what anybody knows of a suppressed cell before looking at any other
    soll_unten, soll_oben: an attacker must not be able to derive more than this: the interval
                  known to them reaches down to `soll_unten` and up to `soll_oben`
    """

    primaer: Bools
    unten: Floats
    oben: Floats
    soll_unten: Floats
    soll_oben: Floats


def pruefe_zahlen(
    zahl: npt.ArrayLike, regel: Regel = STANDARD, grundgesamtheit: npt.ArrayLike = np.inf
) -> Schutz:
    """Apply the minimum frequency to counts and, where the rule says so, to n − x.

    zahl:            counts >= 0; NaN where the source has suppressed it: not primary, but it must
                     stay as unknown as a small count
    grundgesamtheit: published n of which the count is a part; NaN or infinite where there is none
    Raises:          ValueError naming the argument
    """
    x, n = aligned(zahl=numbers("zahl", zahl, low=0), n=_known(grundgesamtheit))
    if (x > n).any():
        raise ValueError("zahl: darf nicht größer als grundgesamtheit sein")
    k = float(regel.kleinste_zahl)
    small = (x < k) & ~((x == 0) & regel.null_veroeffentlichen)
    large = (n - x < k) if regel.gegenzahl else np.zeros(x.shape, dtype=bool)
    # A zero is shown, so a suppressed cell has at least one case; except where the group itself is
    # so small that its zero is suppressed as well.
    at_least_one = regel.null_veroeffentlichen & ~(regel.gegenzahl & (n < k)) & ~np.isnan(x)
    lowest = np.where(at_least_one, 1.0, 0.0)  # a source may hide zeros by a rule of its own
    ceiling = np.where(regel.gegenzahl & np.isfinite(n), np.maximum(n - k, lowest), np.inf)
    return Schutz(
        primaer=small | large,
        unten=lowest,
        oben=n,
        soll_unten=np.where(large, ceiling, np.inf),
        soll_oben=np.where(small | np.isnan(x), np.minimum(k, n), -np.inf),
    )


def _known(n: npt.ArrayLike) -> Floats:
    array = np.asarray(n, dtype=np.float64)
    if (array < 0).any():
        raise ValueError("grundgesamtheit: darf nicht kleiner als 0 sein")
    return np.where(np.isnan(array), np.inf, array)


def pruefe_beitraege(
    wert: npt.ArrayLike,
    groesster: npt.ArrayLike,
    anzahl: npt.ArrayLike,
    regel: Regel,
) -> Bools:
    """Say which values rest on too few carriers or mainly on one of them.

    wert:      sums over carriers (employees of Betriebe, patients of practices)
    groesster: the largest single contribution, NaN where unknown (then dominance is not judged)
    anzahl:    number of carriers, NaN where unknown
    """
    total, largest, carriers = aligned(
        wert=numbers("wert", wert, low=0),
        groesster=numbers("groesster", groesster, low=0),
        anzahl=numbers("anzahl", anzahl, low=0),
    )
    few = np.zeros(total.shape, dtype=bool)
    if regel.traeger is not None:
        few = (carriers > 0) & (carriers < regel.traeger)
    if regel.dominanz is not None:
        few |= (total > 0) & (largest > regel.dominanz * total)
    return few


def bereich_aus_quote(
    quote: npt.ArrayLike, nenner: npt.ArrayLike, skala: float, stellen: int
) -> tuple[Floats, Floats]:
    """Return the whole counts that a rounded rate leaves possible: what rate × denominator tells.

    quote:   published rate, rounded to `stellen` decimals
    skala:   100 for per cent, 1000 for »je 1.000«
    Returns: lowest and highest whole count; no restriction (0, infinite) where the rate is NaN
    """
    rate, n = aligned(quote=numbers("quote", quote), nenner=numbers("nenner", nenner, low=0))
    half = 0.5 * 10.0**-stellen
    tiny = 1e-9 * np.maximum(n, 1)  # a bound that is whole must not be lost to binary fractions
    low = np.ceil((rate - half) * n / skala - tiny)
    high = np.floor((rate + half) * n / skala + tiny)
    known = np.isfinite(rate) & np.isfinite(n)
    return np.where(known, np.maximum(low, 0), 0.0), np.where(known, high, np.inf)
