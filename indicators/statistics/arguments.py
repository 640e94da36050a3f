"""What every statistical function asks of its arguments; a refusal names the argument."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Words = npt.NDArray[np.str_]


def numbers(name: str, values: npt.ArrayLike, *, low: float = -np.inf) -> Floats:
    """Return `values` as floats; NaN stays the sign for »unknown«.

    Raises: ValueError naming the argument if a value is no number, infinite or below `low`
    """
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}: enthält etwas, das keine Zahl ist") from error
    if np.isinf(array).any():
        raise ValueError(f"{name}: enthält einen unendlichen Wert")
    if (array < low).any():
        raise ValueError(f"{name}: darf nicht kleiner als {low:g} sein")
    return array


def positive(name: str, values: npt.ArrayLike) -> Floats:
    """Return `values` as floats that are above zero or NaN.

    Raises: ValueError naming the argument
    """
    array = numbers(name, values)
    if (array <= 0).any():
        raise ValueError(f"{name}: muss größer als 0 sein")
    return array


def aligned(**arrays: Floats) -> tuple[Floats, ...]:
    """Broadcast arrays against each other.

    Raises: ValueError naming the arguments whose shapes do not fit
    """
    try:
        return np.broadcast_arrays(*arrays.values())
    except ValueError as error:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise ValueError(f"{shapes}: die Formen passen nicht zusammen") from error


def events(count: npt.ArrayLike, population: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return counts and the positive population they are related to, in one shape.

    Raises: ValueError naming `count` (negative) or `population`
    """
    x, n = aligned(
        count=numbers("count", count, low=0), population=positive("population", population)
    )
    return x, n


def cases(count: npt.ArrayLike, population: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return counts and the positive population they are part of, in one shape.

    Raises: ValueError naming `count` (negative, above the population) or `population`
    """
    x, n = events(count, population)
    if (x > n).any():
        raise ValueError("count: darf nicht größer als population sein")
    return x, n


def tail(level: float) -> float:
    """Return the probability on either side of a two-sided interval of that level.

    level: proportion such as 0.95, never 95
    Raises: ValueError naming `level`
    """
    if not 0 < level < 1:
        raise ValueError("level: muss zwischen 0 und 1 liegen, z. B. 0.95")
    return (1 - level) / 2


def row(name: str, values: npt.ArrayLike) -> Floats:
    """Return a one-dimensional array of floats.

    Raises: ValueError naming the argument if it has another number of dimensions
    """
    array = numbers(name, values)
    if array.ndim != 1:
        raise ValueError(f"{name}: eine Reihe wird erwartet, nicht {array.ndim} Dimensionen")
    return array
