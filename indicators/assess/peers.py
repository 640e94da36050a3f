"""Which municipalities are comparable: by size class, and by structure (METHODS, part 6).

Structure is never the outcome itself: size, density, age, nationality and commuting.
"""

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection

from etl.gebiete import KREIS
from indicators.assess import chunks

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
VALUES = f"""
SELECT b.gebiet, b.indikator, arg_max(b.wert, (b.bis, b.basis)) AS wert,
       any_value(g.flaeche_km2) AS flaeche
FROM berechnet b JOIN intern.gebiet g USING (gebiet)
WHERE g.ebene = 'gemeinde' AND g.teil_von = '{KREIS}' AND b.status = 'vorhanden'
  AND b.indikator IN (SELECT unnest(?::VARCHAR[])) AND b.geschlecht = '' AND b.alter_von = 0
  AND b.alter_bis = 999 AND b.nationalitaet = '' AND b.gruppe = ''
GROUP BY b.gebiet, b.indikator
ORDER BY b.gebiet
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
    found = connection.execute(VALUES, [list(STRUCTURE)]).df()
    if not (found["indikator"] == "bevoelkerung").any():
        return
    wide = found.pivot_table(index="gebiet", columns="indikator", values="wert").dropna(
        axis="columns"
    )
    area = found.groupby("gebiet")["flaeche"].first()
    if "bevoelkerung" in wide:
        for columns in (_size_classes(wide["bevoelkerung"]), _nearest(wide, area)):
            chunks.write(connection, "aehnlich", columns)


def _size_classes(population: pd.Series) -> chunks.Columns:
    names = [next(text for low, text in CLASSES if value >= low) for value in population]
    rows = [
        (one, other, name)
        for one, name in zip(population.index, names, strict=True)
        for other, same in zip(population.index, names, strict=True)
        if name == same and one != other
    ]
    return _columns("groessenklasse", rows, np.zeros(len(rows), dtype=int))


def _nearest(wide: pd.DataFrame, area: pd.Series) -> chunks.Columns:
    """Rank by Euclidean distance of standardised structure."""
    structure = wide.assign(
        bevoelkerung=np.log(wide["bevoelkerung"]), dichte=wide["bevoelkerung"] / area
    )
    z = ((structure - structure.mean()) / structure.std(ddof=0)).to_numpy()
    distance = np.sqrt(((z[:, None, :] - z[None, :, :]) ** 2).sum(axis=2))
    order = np.argsort(distance, axis=1, kind="stable")[:, 1 : NEAREST + 1]
    reason = ", ".join([*(STRUCTURE[name] for name in wide.columns), DENSITY])
    keys = wide.index.to_numpy()
    rows = [
        (keys[one], keys[other], reason) for one, others in enumerate(order) for other in others
    ]
    return _columns("struktur", rows, np.tile(np.arange(1, order.shape[1] + 1), len(keys)))


def _columns(
    kind: str, rows: list[tuple[str, str, str]], place: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> chunks.Columns:
    one, other, reason = (np.array(column, dtype=object) for column in zip(*rows, strict=True))
    return {
        "gebiet": one,
        "art": np.full(len(rows), kind, dtype=object),
        "partner": other,
        "platz": place,
        "grund": reason,
    }
