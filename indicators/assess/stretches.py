"""Values → series → the last unbroken stretch of each: sorted and cut as arrays of integers.

A stretch ends where the basis of population changes, where a break of law or definition is
declared, and where a secret point lies; only yearly values that are final are in it at all.
"""

import numpy as np
from duckdb import DuckDBPyConnection

from etl.symbols import BASEN, GUETEN
from etl.tables import Column, Columns
from indicators.assess import chunks
from indicators.operands import NR
from indicators.statistics.arguments import Bools

# Most breaks hold everywhere; those of a part of the areas are counted for each of its areas.
LOCAL_BREAKS = """
CREATE TEMP TABLE bruch_vor_ort AS
SELECT a.aufgabe, o.ort, CAST(count(*) AS INTEGER) AS brueche
FROM bruch x
JOIN aufgabe a ON a.indikator = x.indikator AND x.datum <= a.bis
JOIN ort o ON starts_with(o.gebiet, x.gebiet)
WHERE x.gebiet <> ''
GROUP BY a.aufgabe, o.ort
"""
# The end of a year is a whole number; a census in May lies a third of the way before it.
STEPS = """
CREATE TEMP TABLE schritt AS
SELECT a.aufgabe, a.folge, m.modell, CAST(year(a.bis) AS INTEGER) AS jahr,
       year(a.bis + INTERVAL 1 DAY) - 1
           + (dayofyear(a.bis + INTERVAL 1 DAY) - 1) / 365.25 AS zeitpunkt,
       CAST(dense_rank() OVER (ORDER BY a.bis) AS INTEGER) AS tag,
       CAST((SELECT count(*) FROM bruch x WHERE x.indikator = a.indikator AND x.gebiet = ''
             AND x.datum <= a.bis) AS INTEGER) AS brueche
FROM aufgabe a JOIN modell m USING (indikator)
WHERE a.zeitbezug IN ('stichtag', 'jahr', 'jahresdurchschnitt', 'schuljahr')
"""
POINTS = f"""
CREATE TEMP VIEW punkt AS
SELECT s.folge, e.aufgabe, e.ort, e.basis_nr, s.brueche + coalesce(b.brueche, 0) AS brueche,
       e.status_nr = {NR["geheim"]} AS geheim, e.zaehler, coalesce(e.nenner, 1.0) AS nenner, e.wert
FROM ergebnis e
JOIN schritt s USING (aufgabe)
LEFT JOIN bruch_vor_ort b ON b.aufgabe = e.aufgabe AND b.ort = e.ort
WHERE e.status_nr = {NR["geheim"]}
   OR (e.status_nr = {NR["vorhanden"]}
       AND e.stufe NOT IN ({GUETEN.index("vorlaeufig")}, {GUETEN.index("plan")}))
"""


def prepare(connection: DuckDBPyConnection) -> Columns:
    """Create the view `punkt`: the values that may be part of a trend, by their `folge`.

    Returns: what each aufgabe means for `cut`, in the order of its number
    """
    for statement in (LOCAL_BREAKS, STEPS, POINTS):
        connection.execute(statement)
    steps = chunks.fetch(connection, "SELECT * FROM schritt ORDER BY aufgabe")
    return {**steps, "modell": steps["modell"].astype(str)}


def cut(points: Columns, steps: Columns) -> tuple[Columns, Columns]:
    """Sort rows of `punkt` into series and cut the last stretch out of each.

    Returns: series with folge, ort, modell, beginn (aufgabe of the first value of the last
             stretch; none, -1, where only secret values end the one before), geheim (whether its newest value is), abschnitte, alle (number of values);
             points of the last stretches in order, with nr (place of their series), jahr,
             zeitpunkt, zaehler, nenner, wert
    """
    step = np.searchsorted(steps["aufgabe"], points["aufgabe"])
    series, order = _in_order(points, steps["tag"][step])
    step = step[order]
    aufgabe, geheim, *kinds = (
        points[name][order] for name in ("aufgabe", "geheim", "basis_nr", "brueche")
    )
    new = _changes(series)
    starts = np.flatnonzero(new)
    ends = np.r_[starts[1:], len(series)] - 1
    nr = np.cumsum(new) - 1
    stretch = np.cumsum(np.logical_or.reduce([new, *map(_changes, (geheim, *kinds))]))
    first = np.searchsorted(stretch, stretch[ends])
    used = (stretch == stretch[ends][nr]) & ~geheim
    return {
        "folge": points["folge"][order[ends]],
        "ort": points["ort"][order[ends]],
        "modell": steps["modell"][step[ends]],
        "beginn": np.where((first > starts) & geheim[first - 1], -1, aufgabe[first]),
        "geheim": geheim[ends],
        "abschnitte": stretch[ends] - stretch[starts] + 1,
        "alle": ends - starts + 1,
    }, {
        "nr": nr[used],
        **{name: steps[name][step[used]] for name in ("jahr", "zeitpunkt")},
        **{name: points[name][order[used]] for name in ("zaehler", "nenner", "wert")},
    }


def _in_order(points: Columns, day: Column) -> tuple[Column, Column]:
    """Return the number of the series of each point, sorted, and the order by series and time."""
    folge, ort = (points[name].astype(np.int64) for name in ("folge", "ort"))
    series = (folge - folge.min()) * (ort.max() + 1) + ort
    place = day.astype(np.int64) * len(BASEN) + points["basis_nr"]
    order = np.argsort(series * (place.max() + 1) + place)
    return series[order], order


def _changes(column: Column) -> Bools:
    return np.concatenate([[True], column[1:] != column[:-1]])
