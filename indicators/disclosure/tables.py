"""A whole table at once: its cells and the relations of parts and totals along every axis."""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from indicators.disclosure.relations import Netz, Schluessel
from indicators.disclosure.rules import STANDARD, Regel, pruefe_zahlen
from indicators.statistics.arguments import Floats

Achse = Sequence[str]
GESAMT = ""  # the position of the total on an axis; as in the warehouse, »all« is the empty word


def mit_summen(zahlen: Floats) -> Floats:
    """Return the table with the total of each axis as its last position."""
    table = np.asarray(zahlen, dtype=np.float64)
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis=axis, keepdims=True)], axis=axis)
    return table


def wuerfel(
    netz: Netz,
    zahlen: Floats,
    achsen: Sequence[Achse],
    regel: Regel = STANDARD,
    grundgesamtheit: Floats | float = np.inf,
    vorsilbe: tuple[Schluessel, ...] = (),
) -> list[Schluessel]:
    """Add a table with totals (the last position of each axis) and its relations.

    zahlen:   one axis for each entry of `achsen`, such as Gebiet × Geschlecht × Alter
    achsen:   the names along each axis; the last one is the total
    vorsilbe: what comes before in the name of each cell (Messgröße, time)
    Returns:  the names of all cells, in the order of the flattened table
    """
    if zahlen.shape != tuple(len(axis) for axis in achsen):
        raise ValueError("zahlen: die Form passt nicht zu den Achsen")
    names: list[Schluessel] = [(*vorsilbe, *place) for place in product(*achsen)]
    n = np.broadcast_to(np.asarray(grundgesamtheit, dtype=np.float64), zahlen.shape)
    netz.felder(names, zahlen.ravel(), pruefe_zahlen(zahlen.ravel(), regel, n.ravel()))
    for parts, total in _lines(achsen):
        netz.summe([(*vorsilbe, *part) for part in parts], (*vorsilbe, *total))
    return names


def _lines(achsen: Sequence[Achse]) -> Iterator[tuple[list[tuple[str, ...]], tuple[str, ...]]]:
    for axis, names in enumerate(achsen):
        if len(names) < 2:
            continue
        for rest in product(*(other for i, other in enumerate(achsen) if i != axis)):
            line = [(*rest[:axis], name, *rest[axis:]) for name in names]
            yield line[:-1], line[-1]
