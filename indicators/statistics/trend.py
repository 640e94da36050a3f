"""Trends of one series; the forms for many series give the same numbers, because they compute them.

Which of them may be shown is decided by the number of comparable points: below five points only
`rate_ratio` between first and last, `doppeltest` from five, `mann_kendall` with `theil_sen` from
six where no counts exist. A series never crosses a break; cutting it there is the caller's task.
"""

from dataclasses import dataclass

import numpy.typing as npt

from indicators.statistics.arguments import row
from indicators.statistics.doppeltest import (
    FALLING,
    LABELS,
    RISING,
    STABLE,
    TOO_FEW_CASES,
    TOO_FEW_POINTS,
    UNCLEAR,
    DoppeltestMany,
    Kind,
    doppeltest_many,
)
from indicators.statistics.fingertips import FingertipsMany, fingertips_many
from indicators.statistics.pairs import RateRatioMany, rate_ratio_many
from indicators.statistics.ranks import (
    MannKendallMany,
    TheilSenMany,
    mann_kendall_many,
    theil_sen_many,
)

__all__ = [
    "FALLING", "LABELS", "RISING", "STABLE", "TOO_FEW_CASES", "TOO_FEW_POINTS", "UNCLEAR",
    "Doppeltest", "DoppeltestMany", "Fingertips", "FingertipsMany", "MannKendall",
    "MannKendallMany", "RateRatio", "RateRatioMany", "TheilSen", "TheilSenMany", "doppeltest",
    "doppeltest_many", "fingertips", "fingertips_many", "mann_kendall", "mann_kendall_many",
    "rate_ratio", "rate_ratio_many", "theil_sen", "theil_sen_many",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doppeltest:
    """Trend of a series of counts; `apc`, `lower`, `upper`, `detectable` in percent per year.

    p:          the larger of both tests: against counting noise and against yearly scatter
    detectable: the yearly rise that this test would find in 80 % of cases
    label:      steigend, fallend, stabil (interval within ±1.5 %), unklar (no clear change),
                zu_wenige_daten, zu_wenige_faelle; the last one refuses a verdict on the numbers
    chi2, phi, vif: statistic of the trend, scatter relative to counting noise, factor for
                autocorrelation
    """

    p: float
    apc: float
    lower: float
    upper: float
    detectable: float
    label: str
    chi2: float
    phi: float
    vif: float
    points: int
    cases: float


@dataclass(frozen=True, slots=True)
class MannKendall:
    """S, Kendall's tau-b and the exact two-sided probability."""

    s: float
    tau: float
    p: float


@dataclass(frozen=True, slots=True)
class TheilSen:
    """Median slope and its bounds, in units of the value per unit of time."""

    slope: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class RateRatio:
    """New rate divided by old rate, its exact bounds and two-sided probability."""

    ratio: float
    lower: float
    upper: float
    p: float


@dataclass(frozen=True, slots=True)
class Fingertips:
    """Statistic and label of the »recent trend« of Fingertips; for comparison only."""

    chi2: float
    label: str


def doppeltest(
    count: npt.ArrayLike, population: npt.ArrayLike, time: npt.ArrayLike, kind: Kind
) -> Doppeltest:
    """Test and measure the trend of one series; see `doppeltest_many`.

    count, population, time: (years,); kind: `anteil`, `rate` or `verhaeltnis`
    Raises:  ValueError naming the argument
    """
    x, n, t = row("count", count), row("population", population), row("time", time)
    if x.shape != n.shape:
        raise ValueError(f"population: {n.size} Werte, aber count hat {x.size}")
    many = doppeltest_many(x[None, :], n[None, :], t, kind)
    return Doppeltest(
        p=float(many.p[0]),
        apc=float(many.apc[0]),
        lower=float(many.lower[0]),
        upper=float(many.upper[0]),
        detectable=float(many.detectable[0]),
        label=str(many.label[0]),
        chi2=float(many.chi2[0]),
        phi=float(many.phi[0]),
        vif=float(many.vif[0]),
        points=int(many.points[0]),
        cases=float(many.cases[0]),
    )


def mann_kendall(values: npt.ArrayLike) -> MannKendall:
    """Test one series for a trend by the order of its values; see `mann_kendall_many`.

    values:  (times,) in order of time; NaN is left out
    Raises:  ValueError naming `values`
    """
    many = mann_kendall_many(row("values", values)[None, :])
    return MannKendall(float(many.s[0]), float(many.tau[0]), float(many.p[0]))


def theil_sen(values: npt.ArrayLike, time: npt.ArrayLike, level: float = 0.95) -> TheilSen:
    """Return the median slope of one series; see `theil_sen_many`.

    values, time: (times,), time rising; NaN among the values is left out
    Raises:  ValueError naming the argument
    """
    many = theil_sen_many(row("values", values)[None, :], row("time", time), level)
    return TheilSen(float(many.slope[0]), float(many.lower[0]), float(many.upper[0]))


def rate_ratio(
    count_new: float,
    population_new: float,
    count_old: float,
    population_old: float,
    level: float = 0.95,
) -> RateRatio:
    """Compare a new rate with an old one; see `rate_ratio_many`.

    Raises:  ValueError naming the argument
    """
    many = rate_ratio_many(count_new, population_new, count_old, population_old, level)
    return RateRatio(float(many.ratio), float(many.lower), float(many.upper), float(many.p))


def fingertips(count: npt.ArrayLike, population: npt.ArrayLike) -> Fingertips:
    """Reproduce the »recent trend« of Fingertips for one series; see `fingertips_many`.

    count, population: (years,) yearly
    Raises:  ValueError naming `count` or `population`
    """
    x, n = row("count", count), row("population", population)
    if x.shape != n.shape:
        raise ValueError(f"population: {n.size} Werte, aber count hat {x.size}")
    many = fingertips_many(x[None, :], n[None, :])
    return Fingertips(float(many.chi2[0]), str(many.label[0]))
