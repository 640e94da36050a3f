"""Carrying a population series over a census: own calculation, always marked as such."""

import numpy as np
import numpy.typing as npt

from indicators.statistics.arguments import Floats, aligned, numbers


def population(
    count: npt.ArrayLike,
    time: npt.ArrayLike,
    factor: npt.ArrayLike,
    old_census: float = 2011,
    new_census: float = 2022,
) -> Floats:
    """Spread the correction of a new census over the years since the old one.

    count:   (…, years) persons on the old basis; time: (years,)
    factor:  new / old population at the new census, one value or (…, 1)
    Returns: (…, years) persons: unchanged up to the old census, fully corrected from the new one
    Raises:  ValueError naming the argument
    Source:  own; linear, like the official back-calculation for Kreise it is raked to
    """
    if new_census <= old_census:
        raise ValueError("new_census: muss nach old_census liegen")
    persons, year, correction = aligned(
        count=numbers("count", count, low=0),
        time=numbers("time", time),
        factor=numbers("factor", factor, low=0),
    )
    passed = np.clip((year - old_census) / (new_census - old_census), 0, 1)
    return np.asarray(persons * (1 + (correction - 1) * passed))
