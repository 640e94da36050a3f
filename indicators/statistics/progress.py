"""How far a value has come on its way to a target."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.statistics.arguments import Floats, Words, aligned, numbers

REACHED, ON_COURSE, TOO_SLOW = "ziel_erreicht", "auf_kurs", "zu_langsam"
HARDLY, AWAY, UNKNOWN = "kaum_fortschritt", "entfernt_sich", "nicht_bestimmbar"
ON_COURSE_FROM, SLOW_FROM = 0.95, 0.60


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a value stands on the straight path from base to target.

    path:     the value the path demands now; achieved: share of the way done (1 = target);
    ratio:    achieved / share of the time used; required: change per unit of time still needed
    """

    path: Floats
    achieved: Floats
    ratio: Floats
    required: Floats
    label: Words


def linear(
    base: npt.ArrayLike,
    base_time: npt.ArrayLike,
    value: npt.ArrayLike,
    time: npt.ArrayLike,
    target: npt.ArrayLike,
    target_time: npt.ArrayLike,
) -> Progress:
    """Compare a value with the straight path from a base value to a target.

    all:     any shapes that fit; values in one unit (zero is allowed), times in one unit
    Returns: label `ziel_erreicht` (at or beyond the target), `auf_kurs` (ratio >= 0.95),
             `zu_langsam` (>= 0.60), `kaum_fortschritt` (>= 0), `entfernt_sich` (< 0) or
             `nicht_bestimmbar`: a value unknown, no time passed, or base equal to the target
    Raises:  ValueError naming `target_time` if it does not lie after `base_time`
    Source:  own; the limits 95 and 60 % are those of Open SDG
    """
    y0, t0, y, t, goal, end = aligned(
        base=numbers("base", base),
        base_time=numbers("base_time", base_time),
        value=numbers("value", value),
        time=numbers("time", time),
        target=numbers("target", target),
        target_time=numbers("target_time", target_time),
    )
    if (end <= t0).any():
        raise ValueError("target_time: muss nach base_time liegen")
    way, used, left = goal - y0, (t - t0) / (end - t0), end - t
    with np.errstate(divide="ignore", invalid="ignore"):
        known = np.isfinite(y + way + used) & (used > 0) & (way != 0)
        achieved = np.where(known, (y - y0) / way, np.nan)
        ratio = achieved / used
        required = np.where(known & (left > 0), (goal - y) / left, np.nan)
    label = np.select(
        [~known, achieved >= 1, ratio >= ON_COURSE_FROM, ratio >= SLOW_FROM, ratio >= 0],
        [UNKNOWN, REACHED, ON_COURSE, TOO_SLOW, HARDLY],
        default=AWAY,
    )
    path = np.where(np.isfinite(used), y0 + way * np.clip(used, 0, 1), np.nan)
    return Progress(path[()], achieved[()], ratio[()], required[()], label[()])
