"""Probabilities and quantiles: scipy's fast C functions with plain array types.

The distributions of scipy.stats give the same numbers, but cost seconds for a million series.
"""

import numpy as np
from scipy import special

from indicators.statistics.arguments import Floats

Numbers = Floats | float


def normal_quantile(probability: Numbers) -> Floats:
    """Return the quantile of the standard normal distribution."""
    return np.asarray(special.ndtri(probability), dtype=np.float64)


def t_quantile(probability: Numbers, freedom: Numbers) -> Floats:
    """Return the quantile of Student's distribution; NaN where there is no freedom."""
    df = np.asarray(freedom, dtype=np.float64)
    different, place = np.unique(df, return_inverse=True)  # few lengths, many series
    with np.errstate(invalid="ignore"):
        quantile = np.asarray(special.stdtrit(different, probability))
    return np.where(df > 0, quantile[place].reshape(df.shape), np.nan)


def chi2_tail(value: Numbers, freedom: Numbers) -> Floats:
    """Return the probability that chi-square exceeds `value`."""
    return np.asarray(special.chdtrc(freedom, value), dtype=np.float64)


def f_tail(value: Numbers, above: Numbers, below: Numbers) -> Floats:
    """Return the probability that F with `above` and `below` degrees of freedom exceeds `value`."""
    return np.asarray(special.fdtrc(above, below, value), dtype=np.float64)


def f_quantile(probability: Numbers, above: Numbers, below: Numbers) -> Floats:
    """Return the quantile of the F distribution."""
    return np.asarray(special.fdtri(above, below, probability), dtype=np.float64)


def gamma_quantile(probability: Numbers, shape: Numbers) -> Floats:
    """Return the quantile of the gamma distribution with scale 1."""
    return np.asarray(special.gammaincinv(shape, probability), dtype=np.float64)


def gamma_shape(probability: Numbers, value: Numbers) -> Floats:
    """Return the shape for which `value` is the quantile of that probability, scale 1."""
    return np.asarray(special.gdtrib(1.0, probability, value), dtype=np.float64)


def beta_quantile(probability: Numbers, a: Numbers, b: Numbers) -> Floats:
    """Return the quantile of the beta distribution."""
    return np.asarray(special.betaincinv(a, b, probability), dtype=np.float64)


def normal(value: Numbers) -> Floats:
    """Return the standard normal distribution function."""
    return np.asarray(special.ndtr(value), dtype=np.float64)


def binomial(count: Numbers, total: Numbers, share: Numbers) -> tuple[Floats, Floats]:
    """Return the probabilities of at most and of at least `count` of `total`.

    count: from -1 to total + 1; whole numbers
    """
    x, n = np.asarray(count, dtype=np.float64), np.asarray(total, dtype=np.float64)
    up_to = special.betainc(np.fmax(n - x, 1), np.fmax(x + 1, 1), 1 - np.asarray(share))
    from_on = special.betainc(np.fmax(x, 1), np.fmax(n - x + 1, 1), share)
    return (
        np.where(x < 0, 0.0, np.where(x >= n, 1.0, up_to)),
        np.where(x <= 0, 1.0, np.where(x > n, 0.0, from_on)),
    )
