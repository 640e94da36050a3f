"""Rounding instead of suppressing: every number by itself to the nearest multiple of a base.

Method: deterministic rounding, zero stays zero; sums are rounded from the exact sum, so that parts
        and totals no longer add up and no difference is exact.
Source: 5er-Rundung of the Statistische Ämter des Bundes und der Länder (largest deviation 2)
"""

import numpy as np
import numpy.typing as npt

from indicators.statistics.arguments import Floats, numbers

# How far a sum of parts may be from a rounded total before a check calls it an error: the largest
# possible deviation, and three standard deviations of independent rounding errors.
# The errors −2 … 2 are equally likely: variance (5² − 1) / 12 = 2.
SIGMAS = 3


def runde(zahl: npt.ArrayLike, basis: int = 5) -> Floats:
    """Return whole counts rounded to multiples of an odd base; NaN stays NaN.

    Raises: ValueError if the base is even (halves would need a rule) or a count is not whole
    """
    _odd(basis)
    x = numbers("zahl", zahl, low=0)
    if (x != np.floor(x)).any() and not np.isnan(x[x != np.floor(x)]).all():
        raise ValueError("zahl: eine ganze Zahl wird erwartet")
    rounded: Floats = np.floor((x + basis // 2) / basis) * basis
    return rounded


def bereich(gerundet: npt.ArrayLike, basis: int = 5) -> tuple[Floats, Floats]:
    """Return the lowest and highest count behind a rounded one."""
    _odd(basis)
    x = numbers("gerundet", gerundet, low=0)
    return np.maximum(x - basis // 2, 0), x + basis // 2


def toleranz(teile: int, basis: int = 5) -> tuple[float, float]:
    """Return how far rounded parts may be from their rounded total: at most, and as a rule."""
    _odd(basis)
    numbers_rounded = teile + 1
    variance = (basis**2 - 1) / 12
    return float(basis // 2 * numbers_rounded), SIGMAS * float(np.sqrt(variance * numbers_rounded))


def _odd(basis: int) -> None:
    if basis < 3 or basis % 2 == 0:
        raise ValueError("basis: eine ungerade Zahl ab 3 wird erwartet, z. B. 5")
