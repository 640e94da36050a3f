"""How far areas of one size scatter by chance alone, and how far they scatter beyond it."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from indicators.statistics import tails
from indicators.statistics.arguments import Floats, aligned, events, numbers, positive, tail

Kind = Literal["anteil", "rate", "verhaeltnis"]
Scale = Literal["winkel", "ln", "wurzel"]
TRIMMED = 0.1


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """Scatter of areas beyond chance; `tau2` lives on the scale named by `scale`."""

    z: Floats
    phi: float
    tau2: float
    scale: Scale


def limits(
    kind: Kind, target: npt.ArrayLike, size: npt.ArrayLike, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the limits between which chance alone keeps areas of that size.

    kind:    `anteil` (target a proportion in [0, 1], size = persons), `rate` or `verhaeltnis`
             (target in any unit > 0, size = expected events)
    Returns: two arrays in the unit of the target; an unknown size or target gives NaN
    Raises:  ValueError naming the argument
    Source:  D. Spiegelhalter (2005), Stat. Med. 24(8), 1185-1202. Proportions: score limits,
             cut at 0 and 1; events: the count whose exact Poisson interval ends at the expectation
    """
    check_kind(kind)
    p = tail(level)
    centre, n = aligned(target=numbers("target", target, low=0), size=positive("size", size))
    if kind == "anteil":
        if (centre > 1).any():
            raise ValueError("target: ein Anteil liegt zwischen 0 und 1")
        half = -tails.normal_quantile(p) * np.sqrt(centre * (1 - centre) / n)
        return np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)
    fewest = np.maximum(tails.gamma_shape(1 - p, n) - 1, 0)
    return centre * fewest / n, centre * tails.gamma_shape(p, n) / n


def overdispersion(
    kind: Kind,
    count: npt.ArrayLike,
    size: npt.ArrayLike,
    target: float | None = None,
    scale: Scale | None = None,
) -> Overdispersion:
    """Estimate how much areas differ beyond chance.

    count, size: (n,) events, and persons (`anteil`) or expected events; unknown areas are left out
    target:  the value around which they scatter: a proportion (default: of all areas together)
             or a ratio (default: 1)
    scale:   `winkel` for proportions; `ln` for `verhaeltnis` and `wurzel` for `rate` by default:
             the logarithm is the usual one for ratios, the root also bears areas without events
    Returns: standardised distances z (NaN for unknown), φ and the between-area variance τ²
    Raises:  ValueError naming the argument
    Source:  Spiegelhalter (2005); Spiegelhalter et al. (2012), J. R. Stat. Soc. A 175(1), 1-47
    """
    check_kind(kind)
    x, n = events(count, positive("size", size))
    chosen = scale or _usual_scale(kind)
    if chosen == "ln" and (x == 0).any():
        raise ValueError("count: 0 hat keinen Logarithmus, scale='wurzel' wählen")
    known = np.isfinite(x) & np.isfinite(n)
    if target is None:
        target = float(x[known].sum() / n[known].sum()) if kind == "anteil" else 1.0
    error = _error(n, chosen)
    z = (_forward(x / n, chosen) - _forward(np.asarray(target), chosen)) / error
    phi, tau2 = _between(z[known], error[known])
    return Overdispersion(z, phi, tau2, chosen)


def adjusted_limits(
    found: Overdispersion, target: npt.ArrayLike, size: npt.ArrayLike, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Return funnel limits that allow for the usual differences between areas.

    found:   from `overdispersion`; target: a proportion or, for events, a ratio
    Returns: two arrays like `limits`; multiply ratios by the average rate to get rates
    Raises:  ValueError naming the argument
    """
    z = -tails.normal_quantile(tail(level))
    centre, n = aligned(target=numbers("target", target, low=0), size=positive("size", size))
    half = z * np.sqrt(_error(n, found.scale) ** 2 + found.tau2)
    middle = _forward(centre, found.scale)
    return _back(middle - half, found.scale), _back(middle + half, found.scale)


def check_kind(kind: str) -> None:
    """Refuse an unknown kind of value.

    Raises: ValueError naming `kind`
    """
    if kind not in get_args(Kind):
        raise ValueError(f"kind: »{kind}« ist keines von {', '.join(get_args(Kind))}")


def _usual_scale(kind: Kind) -> Scale:
    return "winkel" if kind == "anteil" else "ln" if kind == "verhaeltnis" else "wurzel"


def _forward(value: Floats, scale: Scale) -> Floats:
    if scale == "ln":
        return np.log(value)
    root = np.sqrt(value)
    return np.arcsin(root) if scale == "winkel" else root


def _back(value: Floats, scale: Scale) -> Floats:
    if scale == "ln":
        return np.exp(value)
    if scale == "winkel":
        return np.sin(np.clip(value, 0, np.pi / 2)) ** 2
    return np.maximum(value, 0) ** 2


def _error(size: Floats, scale: Scale) -> Floats:
    return (1 if scale == "ln" else 0.5) / np.sqrt(size)


def _between(z: Floats, error: Floats) -> tuple[float, float]:
    """Return φ and τ²; the extreme tenths are pulled in so that they do not make the rule."""
    k = z.size
    if k < 2:  # one area does not scatter
        return float("nan"), float("nan")
    bounds = np.quantile(z, [TRIMMED, 1 - TRIMMED])
    phi = float(np.mean(np.clip(z, *bounds) ** 2))
    weight = error**-2
    excess = k * phi - (k - 1)
    return phi, max(0.0, float(excess / (weight.sum() - (weight**2).sum() / weight.sum())))
