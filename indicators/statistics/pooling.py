"""Years of a small place taken together, in windows that never overlap and never move."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indicators.statistics.arguments import Floats, aligned, numbers, row

WIDTH, ANCHOR = 3, 2024


@dataclass(frozen=True, slots=True)
class Windows:
    """Sums over windows of years, oldest first."""

    start: Floats
    end: Floats
    count: Floats
    population: Floats


def fixed_windows(
    count: npt.ArrayLike,
    population: npt.ArrayLike,
    time: npt.ArrayLike,
    width: int = WIDTH,
    anchor: int = ANCHOR,
) -> Windows:
    """Add up counts and populations over fixed windows of years.

    count, population: (…, years); time: (years,) whole, rising
    width:   years per window; anchor: a year in which a window ends, the same for every series,
             so that windows of different series and releases can be compared
    Returns: start, end (windows,), sums (…, windows). Only windows with all their years in
             `time`; one unknown year makes its window NaN
    Raises:  ValueError naming the argument
    """
    if width < 1:
        raise ValueError("width: mindestens 1 Jahr")
    years = row("time", time)
    if np.isnan(years).any() or (years != np.round(years)).any() or (np.diff(years) <= 0).any():
        raise ValueError("time: ganze, aufsteigende Jahre werden erwartet")
    x, n = aligned(
        count=numbers("count", count, low=0), population=numbers("population", population, low=0)
    )
    if x.shape[-1:] != years.shape:
        raise ValueError(f"time: {years.size} Jahre passen nicht zu count {x.shape}")
    last = years[(anchor - years) % width == 0]
    ends = last[np.isin(last - width + 1, years)]
    places = np.searchsorted(years, ends)
    complete = places - np.searchsorted(years, ends - width + 1) == width - 1
    ends, places = ends[complete], places[complete]
    inside = places[:, None] + np.arange(1 - width, 1)
    unknown = np.where(np.isfinite(x + n), 0.0, np.nan)[..., inside].sum(axis=-1)
    return Windows(
        ends - width + 1,
        ends,
        x[..., inside].sum(axis=-1) + unknown,
        n[..., inside].sum(axis=-1) + unknown,
    )
