"""The »recent trend« of Fingertips for proportions: kept for comparison, never our verdict."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.statistics import tails
from indicators.statistics.arguments import Bools, Floats, Words, cases
from indicators.statistics.doppeltest import (
    FALLING,
    RISING,
    TOO_FEW_POINTS,
    UNCLEAR,
    doppeltest_many,
)

POINTS, LEVEL = 5, 0.998


@dataclass(frozen=True, slots=True)
class FingertipsMany:
    """One entry per series."""

    chi2: Floats
    label: Words


def fingertips_many(count: npt.ArrayLike, population: npt.ArrayLike) -> FingertipsMany:
    """Reproduce the »recent trend« of Fingertips on the last five years of each series.

    count, population: (series, years) yearly; 0 <= count <= population
    Returns: chi-square for trend; steigend or fallend beyond the 99.8 % threshold if no single
             year decides the direction, else unklar; zu_wenige_daten (the original: »cannot be
             calculated«) where the five years are incomplete or a year has no or only cases
    Raises:  ValueError naming `count` or `population`
    Source:  Fingertips technical guidance, »trend markers«
    """
    x, n = cases(count, population)
    if x.ndim != 2:
        raise ValueError(f"count: (Reihen, Jahre) wird erwartet, nicht {x.ndim} Dimensionen")
    if x.shape[1] < POINTS:
        return FingertipsMany(np.full(len(x), np.nan), np.full(len(x), TOO_FEW_POINTS))
    x, n = x[:, -POINTS:], n[:, -POINTS:]
    possible: Bools = np.all(np.isfinite(x + n) & (x > 0) & (x < n), axis=1)
    time = np.arange(POINTS, dtype=np.float64)
    chi2 = np.where(possible, doppeltest_many(x, n, time, "anteil").chi2, np.nan)
    ones = np.ones_like(x)
    logit = np.log(np.where(possible[:, None], x, ones) / np.where(possible[:, None], n - x, ones))
    years = np.arange(POINTS)
    rising = np.stack([_rises(logit, time, years != left_out) for left_out in years])
    certain = (tails.chi2_tail(chi2, 1) <= 1 - LEVEL) & np.equal(rising, rising[0]).all(axis=0)
    label = np.select(
        [~possible, certain & rising[0], certain],
        [TOO_FEW_POINTS, RISING, FALLING],
        default=UNCLEAR,
    )
    return FingertipsMany(chi2, label)


def _rises(values: Floats, time: Floats, used: Bools) -> Bools:
    """Say whether the least-squares slope over the used years is at least zero."""
    distance = time[used] - time[used].mean()
    return np.asarray(values[:, used] @ distance >= 0)
