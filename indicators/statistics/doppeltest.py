"""The trend of counts, many series at once: it must beat counting noise and the usual scatter."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from indicators.statistics import power, tails
from indicators.statistics.arguments import Bools, Floats, Words, cases, events, numbers

Kind = Literal["anteil", "rate", "verhaeltnis"]

RISING, FALLING, STABLE, UNCLEAR = "steigend", "fallend", "stabil", "unklar"
TOO_FEW_POINTS, TOO_FEW_CASES = "zu_wenige_daten", "zu_wenige_faelle"
LABELS = (RISING, FALLING, STABLE, UNCLEAR, TOO_FEW_POINTS, TOO_FEW_CASES)

FEWEST_POINTS, FEWEST_CASES = 5, 10
# Percent per year: inside these bounds a series counts as unchanged.
STABLE_WITHIN = 1.5
# Series per pass: the interim arrays of one pass stay in the processor's cache.
BLOCK = 8192
# Below this, squared residuals are rounding errors of a perfect fit, not scatter.
NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class DoppeltestMany:
    """One entry per series; percent per year for `apc`, its bounds and `detectable`."""

    p: Floats
    apc: Floats
    lower: Floats
    upper: Floats
    detectable: Floats
    label: Words
    chi2: Floats
    phi: Floats
    vif: Floats
    points: Floats
    cases: Floats


@dataclass(frozen=True, slots=True)
class _Sums:
    """What is needed of a series: weights, slope and residual scatter."""

    points: Floats
    cases: Floats
    others: Floats
    noise: Floats
    u: Floats
    v: Floats
    rest: Floats
    r1: Floats


def doppeltest_many(
    count: npt.ArrayLike, population: npt.ArrayLike, time: npt.ArrayLike, kind: Kind
) -> DoppeltestMany:
    """Test and measure the trend of many series of counts.

    count, population: (series, years), 0 <= count, population > 0 (persons, or expected events
             for `verhaeltnis`); NaN in either leaves that year out
    time:    (years,) or (series, years), rising; distances may differ
    kind:    `anteil` if the cases are part of the population (count <= population), else `rate`
             or `verhaeltnis`
    Returns: arrays (series,). Below five points everything but the label is NaN; with fewer than
             ten cases (or ten others of an `anteil`) the label refuses a verdict on the numbers
    Raises:  ValueError naming `count`, `population`, `time` or `kind`
    Source:  P. Armitage (1955), Biometrics 11(3), 375-386, for the test against counting noise;
             McCullagh & Nelder (1989), 4.5, for the test against scatter; own combination
    """
    if kind not in get_args(Kind):
        raise ValueError(f"kind: »{kind}« ist keines von {', '.join(get_args(Kind))}")
    x, n = cases(count, population) if kind == "anteil" else events(count, population)
    if x.ndim != 2:
        raise ValueError(f"count: (Reihen, Jahre) wird erwartet, nicht {x.ndim} Dimensionen")
    t = _rising(time, x.shape)
    parts = [_test(_sums(*block, share=kind == "anteil")) for block in _blocks(x, n, t)]
    columns = ([getattr(part, field.name) for part in parts] for field in fields(DoppeltestMany))
    return DoppeltestMany(*(np.concatenate(column) for column in columns))


def _rising(time: npt.ArrayLike, shape: tuple[int, ...]) -> Floats:
    t = numbers("time", time)
    if t.shape not in {shape, shape[-1:]}:
        raise ValueError(f"time: Form {t.shape} passt nicht zu count {shape}")
    if np.isnan(t).any() or (np.diff(t, axis=-1) <= 0).any():
        raise ValueError("time: muss lückenlos bekannt und aufsteigend sein")
    return np.broadcast_to(t, shape)


def _blocks(x: Floats, n: Floats, t: Floats) -> Iterator[tuple[Floats, Floats, Floats, Bools]]:
    """Cut the series into passes and move the known years of each series to the left."""
    for start in range(0, max(len(x), 1), BLOCK):
        part = slice(start, start + BLOCK)
        bx, bn, bt = x[part], n[part], t[part]
        known = np.isfinite(bx) & np.isfinite(bn)
        if not known.all():
            order = np.argsort(~known, axis=1, kind="stable")
            bx, bn, bt = (np.take_along_axis(array, order, axis=1) for array in (bx, bn, bt))
            known = np.take_along_axis(known, order, axis=1)
            bx, bn = np.where(known, bx, 0.0), np.where(known, bn, 0.0)
        yield bx, bn, bt, known


def _sums(x: Floats, n: Floats, t: Floats, known: Bools, *, share: bool) -> _Sums:
    """Reduce (series, years) to sums; unknown years carry no weight."""
    with np.errstate(divide="ignore", invalid="ignore"):
        total, base = x.sum(axis=1), n.sum(axis=1)
        rate = total / base
        q = 1 - rate if share else np.ones_like(rate)
        expected = n * rate[:, None]
        distance = t - ((expected * t).sum(axis=1) / total)[:, None]
        u = ((x - expected) * distance).sum(axis=1)
        square = (expected * distance**2).sum(axis=1)
        fitted = expected * (1 + (u / square)[:, None] * distance)
        residual = np.where(known, (x - fitted) / np.sqrt(expected), 0.0)
        rest = (residual**2).sum(axis=1)
        r1 = (residual[:, 1:] * residual[:, :-1]).sum(axis=1) / rest
        scatter = rest / q
    nothing = rest <= NOTHING * total
    return _Sums(
        points=known.sum(axis=1).astype(np.float64),
        cases=total,
        others=base - total if share else np.full_like(total, np.inf),
        noise=q,
        u=u,
        v=q * square,
        rest=np.where(nothing, 0.0, scatter),
        r1=np.where(nothing, np.nan, r1),
    )


def _test(s: _Sums) -> DoppeltestMany:
    """Turn sums into test, size, interval and label."""
    enough = (s.points >= FEWEST_POINTS) & (s.v > 0)
    freedom = np.where(enough, s.points - 2, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        chi2 = np.where(enough, s.u**2 / s.v, np.nan)
        phi = np.where(enough, s.rest / freedom, np.nan)
        vif = np.where(enough, power.inflation(s.r1, s.points), np.nan)
        scattered = np.where(phi > 0, chi2 / (phi * vif), np.where(chi2 > 0, np.inf, 0.0))
        against_scatter = tails.f_tail(np.where(enough, scattered, 0), 1, freedom)
        against_noise = 2 * tails.normal(-np.sqrt(chi2))  # chi-square with one degree of freedom
        p = np.maximum(against_noise, np.where(enough, against_scatter, np.nan))
        slope = s.u / s.v * s.noise
        error = s.noise * np.sqrt(np.maximum(1, phi) * vif / s.v)
        half = error * np.where(
            phi > 1, tails.t_quantile(1 - power.ALPHA / 2, freedom), _z(power.ALPHA)
        )
        apc, lower, upper = (
            np.where(enough, _percent(value), np.nan)
            for value in (slope, slope - half, slope + half)
        )
    return DoppeltestMany(
        p=p,
        apc=apc,
        lower=lower,
        upper=upper,
        detectable=_detectable(s, phi * vif),
        label=_label(s, p, apc, lower, upper),
        chi2=chi2,
        phi=phi,
        vif=vif,
        points=s.points,
        cases=s.cases,
    )


def _detectable(s: _Sums, scatter: Floats) -> Floats:
    """Return the yearly change that the test finds in 80 % of cases at this series' scatter."""
    with np.errstate(divide="ignore", invalid="ignore"):
        true_scatter = np.fmax(1, scatter / power.usual_estimate(s.points))
        fewer = np.fmin(s.cases, s.others)
        factor = power.detectable_factor(s.points, true_scatter, fewer)
        return np.where(s.v > 0, _percent(factor * s.noise * np.sqrt(true_scatter / s.v)), np.nan)


def _label(s: _Sums, p: Floats, apc: Floats, lower: Floats, upper: Floats) -> Words:
    found = p < power.ALPHA
    still = (lower > -STABLE_WITHIN) & (upper < STABLE_WITHIN)
    return np.select(
        [
            s.points < FEWEST_POINTS,
            np.fmin(s.cases, s.others) < FEWEST_CASES,
            found & (apc > 0),
            found,
            still,
        ],
        [TOO_FEW_POINTS, TOO_FEW_CASES, RISING, FALLING, STABLE],
        default=UNCLEAR,
    )


def _percent(slope: Floats) -> Floats:
    with np.errstate(over="ignore"):
        return 100 * np.expm1(slope)


def _z(alpha: float) -> float:
    return float(tails.normal_quantile(1 - alpha / 2))
