"""A value against a comparator: certainty of the difference, never its size."""

import numpy as np
import numpy.typing as npt

from indicators.statistics.arguments import Floats, Words, aligned, numbers

LOWER, SIMILAR, HIGHER = "niedriger", "ähnlich", "höher"
SURELY = "sicher "


def classify(lower: npt.ArrayLike, upper: npt.ArrayLike, comparator: npt.ArrayLike) -> Words:
    """Say on which side of the comparator a whole interval lies.

    lower, upper: bounds of the area's value; comparator: value of Kreis, Land or peers, same unit
    Returns: `niedriger`, `höher` or `ähnlich` (a bound on the comparator is `ähnlich`); empty
             where a bound or the comparator is unknown
    Raises:  ValueError naming `lower` if it lies above `upper`, or the shapes that do not fit
    Source:  comparison of an interval with a fixed value as in the Fingertips technical guidance;
             two overlapping intervals would be a weaker test
    """
    low, high, target = _interval(lower, upper, comparator)
    unknown = np.isnan(low) | np.isnan(high) | np.isnan(target)
    return np.select([unknown, high < target, low > target], ["", LOWER, HIGHER], default=SIMILAR)[
        ()
    ]


def classify_sure(
    bounds: tuple[npt.ArrayLike, npt.ArrayLike],
    wide_bounds: tuple[npt.ArrayLike, npt.ArrayLike],
    comparator: npt.ArrayLike,
) -> Words:
    """Classify with two levels: `sicher …` where the wider interval (99.8 %) says the same.

    bounds, wide_bounds: lower and upper bound at 95 % and at 99.8 %
    Returns: the words of `classify`, those of the wider interval preceded by `sicher `
    Raises:  ValueError as in `classify`
    """
    word = classify(*bounds, comparator)
    wide = classify(*wide_bounds, comparator)
    sure = (wide == LOWER) | (wide == HIGHER)
    return np.where(sure & (wide == word), np.char.add(SURELY, word), word)[()]


def _interval(
    lower: npt.ArrayLike, upper: npt.ArrayLike, comparator: npt.ArrayLike
) -> tuple[Floats, Floats, Floats]:
    low, high, target = aligned(
        lower=numbers("lower", lower),
        upper=numbers("upper", upper),
        comparator=numbers("comparator", comparator),
    )
    if (low > high).any():
        raise ValueError("lower: darf nicht größer als upper sein")
    return low, high, target
