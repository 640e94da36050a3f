"""Age standardisation: what an area would have if only age were not different."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.statistics import intervals
from indicators.statistics.arguments import Floats, aligned, events, numbers, positive

# European Standard Population 2013, age groups of five years, the last one 90 and older.
ESP2013 = (
    *(5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000),
    *(7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000),
)
FEWEST_FOR_DSR = 10


@dataclass(frozen=True, slots=True)
class Isr:
    """Indirectly standardised ratio; times the reference's crude rate it is a rate."""

    observed: Floats
    expected: Floats
    ratio: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True)
class Dsr:
    """Directly standardised rate per head of the standard population."""

    rate: Floats
    lower: Floats
    upper: Floats


def isr(
    count: npt.ArrayLike,
    population: npt.ArrayLike,
    reference_count: npt.ArrayLike,
    reference_population: npt.ArrayLike,
    level: float = 0.95,
) -> Isr:
    """Relate the events of an area to those expected from the age-specific rates of a reference.

    count, population, reference_count, reference_population: (…, age groups), summed over the
             last axis; an age group may be empty, one unknown age group makes the area unknown
    Returns: arrays (…); ratio 1 means as many events as expected
    Raises:  ValueError naming the argument that is negative, zero or of another shape
    Source:  Breslow & Day (1987), chapter 2; interval of the observed count divided by expected
    """
    x, n, cases, persons = aligned(
        count=numbers("count", count, low=0),
        population=numbers("population", population, low=0),
        reference_count=numbers("reference_count", reference_count, low=0),
        reference_population=positive("reference_population", reference_population),
    )
    observed = np.asarray(x.sum(axis=-1))
    expected = np.asarray((n * cases / persons).sum(axis=-1))
    lower, upper = intervals.poisson(observed, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [np.where(expected > 0, part / expected, np.nan)[()]
                 for part in (observed, lower, upper)]  # fmt: skip
    return Isr(observed[()], expected[()], *parts)


def dsr(
    count: npt.ArrayLike,
    population: npt.ArrayLike,
    standard: npt.ArrayLike = ESP2013,
    level: float = 0.95,
    variance: npt.ArrayLike | None = None,
) -> Dsr:
    """Average the age-specific rates of an area with the weights of a standard population.

    count, population: (…, age groups); standard: (age groups,) weights
    variance: (…, age groups) variance of each count where persons can have several events
             (sum of frequency² times persons); without it every event is its own
    Returns: arrays (…) per head; NaN below ten events or with an unknown age group
    Raises:  ValueError naming the argument that is negative, zero or of another shape
    Source:  A. Dobson et al. (1991), Stat. Med. 10(3), 457-462
    """
    x, n = events(count, population)
    weights = numbers("standard", standard, low=0)
    spread = x if variance is None else numbers("variance", variance, low=0)
    x, n, weights, spread = aligned(count=x, population=n, standard=weights, variance=spread)
    total = np.asarray(x.sum(axis=-1))
    total = np.where(total < FEWEST_FOR_DSR, np.nan, total)
    share = weights / weights.sum(axis=-1, keepdims=True) / n
    rate = (share * x).sum(axis=-1) + 0 * total
    scale = np.sqrt((share**2 * spread).sum(axis=-1) / total)
    lower, upper = intervals.byar(total, level)
    return Dsr(rate, rate + scale * (lower - total), rate + scale * (upper - total))
