"""Which municipalities are comparable: by size class, and by structure (METHODS, part 6).

Structure is never the outcome itself: size, density, age, nationality and commuting.
"""

import numpy as np
from duckdb import DuckDBPyConnection

from etl import tables
from etl.mandant import mandant
from etl.schema import TOTAL_BIS
from indicators.assess import chunks
from indicators.operands import NR
from indicators.statistics.arguments import Floats, Words

Peer = tuple[str, str, str, int, str]

NEAREST = 8
# Size classes of the BBSR: from so many inhabitants on.
CLASSES = (
    (50_000, "50.000 und mehr Einwohner"),
    (20_000, "20.000 bis unter 50.000 Einwohner"),
    (10_000, "10.000 bis unter 20.000 Einwohner"),
    (5_000, "5.000 bis unter 10.000 Einwohner"),
    (0, "unter 5.000 Einwohner"),
)
# Indicators of the catalogue and what they stand for; inhabitants count by their logarithm.
STRUCTURE = {
    "bevoelkerung": "Einwohnerzahl",
    "anteil_unter_18": "Anteil unter 18 Jahren",
    "anteil_65_plus": "Anteil ab 65 Jahren",
    "auslaenderanteil_zensus_2022": "Anteil ohne deutsche Staatsangehörigkeit",
    "auspendler_anteil": "Anteil der Auspendelnden",
}
DENSITY = "Einwohner je km²"
NEWEST = f"""
SELECT o.gebiet, a.indikator, arg_max(e.wert, (a.bis, e.basis_nr)) AS wert,
       any_value(o.flaeche_km2) AS flaeche
FROM ergebnis e JOIN aufgabe a USING (aufgabe) JOIN ort o USING (ort)
WHERE o.ebene = 'gemeinde' AND o.teil_von = '{{kreis}}' AND e.status_nr = {NR["vorhanden"]}
  AND a.indikator IN ({", ".join(f"'{name}'" for name in STRUCTURE)})
  AND a.geschlecht = '' AND a.alter_von = 0 AND a.alter_bis = {TOTAL_BIS}
  AND a.nationalitaet = '' AND a.gruppe = ''
GROUP BY o.gebiet, a.indikator
ORDER BY o.gebiet
"""
RESULT = """
CREATE TEMP TABLE aehnlich (
    gebiet VARCHAR, art VARCHAR, partner VARCHAR, platz INTEGER, grund VARCHAR
)
"""


def assess(connection: DuckDBPyConnection) -> None:
    """Fill `aehnlich`: for each municipality its size class and its eight nearest in structure.

    art: `groessenklasse` or `struktur`; grund: the reason in words; platz: 1 is the nearest
    """
    connection.execute(RESULT)
    found = chunks.fetch(connection, NEWEST.format(kreis=mandant().kreis))
    keys, row = np.unique(found["gebiet"].astype(str), return_inverse=True)
    known = {}
    for name in STRUCTURE:
        here = found["indikator"] == name
        column = np.full(len(keys), np.nan)
        column[row[here]] = found["wert"][here]
        if np.isfinite(column).all():
            known[name] = column
    if len(keys) and "bevoelkerung" in known:
        area = np.full(len(keys), np.nan)
        area[row] = found["flaeche"]
        tables.insert(connection, "aehnlich", _size_classes(keys, known["bevoelkerung"]))
        tables.insert(connection, "aehnlich", _nearest(keys, known, area))


def _size_classes(keys: Words, population: Floats) -> list[Peer]:
    names = [next(text for low, text in CLASSES if value >= low) for value in population]
    return [
        (str(one), "groessenklasse", str(other), 0, name)
        for one, name in zip(keys, names, strict=True)
        for other, same in zip(keys, names, strict=True)
        if name == same and one != other
    ]


def _nearest(keys: Words, known: dict[str, Floats], area: Floats) -> list[Peer]:
    """Rank by Euclidean distance of standardised structure."""
    population = known["bevoelkerung"]
    rows = np.array([*(known | {"bevoelkerung": np.log(population)}).values(), population / area]).T
    z = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    distance = np.sqrt(((z[:, None, :] - z[None, :, :]) ** 2).sum(axis=2))
    order = np.argsort(distance, axis=1, kind="stable")[:, 1 : NEAREST + 1]
    reason = ", ".join([*(STRUCTURE[name] for name in known), DENSITY])
    return [
        (str(keys[one]), "struktur", str(keys[other]), place, reason)
        for one, others in enumerate(order)
        for place, other in enumerate(others, start=1)
    ]
