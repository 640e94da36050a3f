"""Progress as Open SDG 2.4 measures it: two end points; shown for comparison, never as our verdict.

Two end points of small counts say little: without any change, this rule calls more than half of
all small areas »on track« or »deteriorating« (bench/trend_simulation.py).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.statistics.arguments import Floats

ACHIEVED, SUBSTANTIAL, MODERATE = "target_achieved", "substantial_progress", "moderate_progress"
LIMITED, DETERIORATION, NOT_AVAILABLE = "limited_progress", "deterioration", "not_available"
HIGH, MEDIUM = 0.015, 0.005
TARGET_HIGH, TARGET_MEDIUM = 0.95, 0.60
# Zero has no growth rate; Open SDG puts this in its place.
INSTEAD_OF_ZERO = 0.001
LIMIT_POWER = 4.44
BEST, WORST = 5.0, -5.0


@dataclass(frozen=True, slots=True)
class OpenSdg:
    """Status in the words of Open SDG, its score from -5 to 5, and the compared growth."""

    status: str
    score: float
    value: float


def yearly_growth(base: npt.ArrayLike, value: npt.ArrayLike, years: npt.ArrayLike) -> Floats:
    """Return the compound yearly growth between two values, as a proportion.

    Returns: NaN if the sign changes or no time has passed; zero counts as 0.001
    """
    y0, y, t = (np.asarray(item, dtype=np.float64) for item in (base, value, years))
    y0, y = (np.where(item == 0, INSTEAD_OF_ZERO, item) for item in (y0, y))
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = np.where((y / y0 > 0) & (t > 0), (y / y0) ** (1 / t) - 1, np.nan)
    return np.where(y0 < 0, -growth, growth)


def progress(
    points: tuple[float, float, float, float],
    direction: int,
    target: tuple[float, float] | None = None,
    limit: float | None = None,
) -> OpenSdg:
    """Classify two values as Open SDG does.

    points:  (base, base time, value, time); direction: 1 if more is wanted, -1 if less
    target:  (value, time); limit: the largest possible value, e.g. 100 for a percentage
    Raises:  ValueError naming `direction`
    Source:  Open SDG documentation, »progress methodology«, version 2.4
    """
    if direction not in (1, -1):
        raise ValueError("direction: 1 oder -1 wird erwartet")
    base, base_time, value, time = points
    growth = direction * float(yearly_growth(base, value, time - base_time))
    if np.isnan(growth):
        return OpenSdg(NOT_AVAILABLE, float("nan"), float("nan"))
    if target is None:
        scale = 1.0 if limit is None else _room(base, limit)
        return _without_target(growth, scale)
    if direction * (value - target[0]) >= 0:
        return OpenSdg(ACHIEVED, BEST, float("nan"))
    needed = abs(float(yearly_growth(base, target[0], target[1] - base_time)))
    return _with_target(growth / needed)


def _room(base: float, limit: float) -> float:
    """Return the factor for the room that is left below the limit."""
    base, limit = abs(base), abs(limit)
    if base >= 2 * limit:
        return 1.0
    share = base / limit if base <= limit else (2 * limit - base) / limit
    return 1.0 - float(share**LIMIT_POWER)


def _without_target(growth: float, scale: float) -> OpenSdg:
    high, medium = HIGH * scale, MEDIUM * scale
    status = (
        SUBSTANTIAL if growth >= high
        else MODERATE if growth >= medium
        else LIMITED if growth >= 0
        else DETERIORATION
    )  # fmt: skip
    if growth < 0:
        return OpenSdg(status, max(125 * growth - 2.5, WORST), growth)
    if scale == 0:
        return OpenSdg(status, BEST, growth)
    relative = growth / scale
    if growth >= high:
        score = min(500 * relative - 5, BEST)
    else:
        score = 250 * relative - 1.25 if growth >= medium else 500 * relative - 2.5
    return OpenSdg(status, score, growth)


def _with_target(ratio: float) -> OpenSdg:
    status = (
        SUBSTANTIAL if ratio >= TARGET_HIGH
        else MODERATE if ratio >= TARGET_MEDIUM
        else LIMITED if ratio >= 0
        else DETERIORATION
    )  # fmt: skip
    if ratio >= TARGET_MEDIUM:
        return OpenSdg(status, min(7.1429 * ratio - 4.2857, BEST), ratio)
    return OpenSdg(status, max(4.1667 * ratio - 2.5, WORST), ratio)
