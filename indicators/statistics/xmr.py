"""Monthly and quarterly series: which values lie outside the usual ups and downs."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.statistics.arguments import Bools, Floats, row

# Of the mean moving range: distance of the limits, and from where a range itself is no longer usual.
LIMIT, UNUSUAL = 2.66, 3.267
RUN, NEAR, NEAR_OF = 7, 2, 3
PROVISIONAL_BELOW = 12


@dataclass(frozen=True, slots=True)
class Xmr:
    """Mean and natural limits of a series, and the points that break a rule."""

    mean: float
    lower: float
    upper: float
    outside: Bools
    shift: Bools
    drift: Bools
    near_limit: Bools
    provisional: bool


def xmr(values: npt.ArrayLike, *, screen: bool = True) -> Xmr:
    """Return mean, natural process limits and special points of one series.

    values:  (times,) without gaps in time; NaN is left out of mean and ranges
    screen:  leave out, once, moving ranges that are unusual themselves
    Returns: outside: beyond the limits; shift: 7 or more in a row on one side of the mean; drift:
             7 or more in a row rising or falling; near_limit: 2 of 3 beyond two thirds of the
             distance on the same side; provisional: fewer than 12 points. NaN below two values
    Raises:  ValueError naming `values`
    Source:  »Making data count« (NHS England); D. J. Wheeler, XmR charts
    """
    y = row("values", values)
    known = y[np.isfinite(y)]
    if known.size < 2:
        nothing = np.zeros(y.shape, dtype=bool)
        nan = float("nan")
        return Xmr(nan, nan, nan, nothing, nothing, nothing, nothing, provisional=True)
    ranges = np.abs(np.diff(known))
    if screen:
        ranges = ranges[ranges < UNUSUAL * ranges.mean()] if ranges.any() else ranges
    mean, half = float(known.mean()), LIMIT * float(ranges.mean())
    side = np.sign(y - mean)
    step = np.sign(np.diff(y, prepend=np.nan))
    close = np.where(np.abs(y - mean) > half * 2 / 3, side, 0)
    return Xmr(
        mean=mean,
        lower=mean - half,
        upper=mean + half,
        outside=np.abs(y - mean) > half,
        shift=_runs(side, RUN),
        drift=_runs(step, RUN),
        near_limit=_two_of_three(close),
        provisional=known.size < PROVISIONAL_BELOW,
    )


def _runs(signs: Floats, length: int) -> Bools:
    """Mark every point of a run of at least `length` equal signs; zero and NaN end a run."""
    marked = np.zeros(signs.shape, dtype=bool)
    for end in range(length, signs.size + 1):
        part = signs[end - length : end]
        if abs(part.sum()) == length:
            marked[end - length : end] = True
    return marked


def _two_of_three(signs: Floats) -> Bools:
    marked = np.zeros(signs.shape, dtype=bool)
    for end in range(NEAR_OF, signs.size + 1):
        part = signs[end - NEAR_OF : end]
        for side in (-1, 1):
            if (part == side).sum() >= NEAR:
                marked[end - NEAR_OF : end] |= part == side
    return marked
