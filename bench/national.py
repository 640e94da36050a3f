"""The engine on national data: 10,786 Gemeinden × 100 indicators × 20 years (ARCHITECTURE, part 6).

python bench/national.py [--gemeinden N] [--indikatoren N] [--jahre N]

Makes an intern.duckdb of that size with invented counts (Poisson around a rate, own trend and
scatter per series), then measures `compute` and `assess` as a refresh runs them. The floor is
DuckDB's own sum over the same rows in the same run.
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path

from etl import warehouse
from etl.messgroessen import Messgroesse
from etl.refresh import _load_reference
from etl.schema import INTERN
from indicators.assess import assess
from indicators.catalog import Katalog
from indicators.compute import compute
from indicators.model import Indikator, Operand

LIMIT_SECONDS, LIMIT_BYTES = 30, 6_000_000_000
LIEFERUNG = """
INSERT INTO lieferung
SELECT 1, 'national', 'national.csv', '', 'Bench', 'B', 'Bench', DATE '2024-01-01', 'cc0', '', '', '',
       '', 'jaehrlich', 10, '', now()::TIMESTAMP, 0, 0, 'kreisformat', '', false, ''
"""
GEBIETE = """
INSERT INTO gebiet (gebiet, name, kurzname, ebene, teil_von)
SELECT printf('%08d', 1001001 + i * 7), 'G' || i, 'G' || i, 'gemeinde', printf('%05d', 1001 + i % 400)
FROM range(?) t(i) WHERE printf('%08d', 1001001 + i * 7) NOT IN (SELECT gebiet FROM gebiet)
"""
# Sizes as in Germany: most places are small. Every series gets its own level and slow drift.
PEOPLE = """
CREATE TABLE groesse AS
SELECT gebiet, CAST(100 + exp(5.5 + 1.5 * sqrt(-2 * ln(1 - random() * 0.9999)) * cos(6.283 * random())) AS BIGINT) AS n
FROM gebiet WHERE ebene = 'gemeinde'
"""
ROWS = """
INSERT INTO messwert
SELECT 1, row_number() OVER (), messgroesse, gebiet, CAST(jahr AS VARCHAR), 'jahr',
       make_date(jahr, 1, 1), make_date(jahr, 12, 31), '', 0, 999, '', '', '', wert, 'vorhanden',
       'endgueltig', '', '', '', 0
FROM ({select})
"""
POPULATION = """
SELECT 'einwohner' AS messgroesse, gebiet, 2004 + j AS jahr, CAST(n AS DOUBLE) AS wert
FROM groesse, range({years}) t(j)
"""
COUNTS = """
SELECT 'faelle_' || i AS messgroesse, gebiet, 2004 + j AS jahr,
       least(n, greatest(0.0, round(l + sqrt(l) * sqrt(-2 * ln(1 - random() * 0.9999)) * cos(6.283 * random())))) AS wert
FROM (SELECT gebiet, n, n * (0.002 + 0.0003 * (i % 50)) AS l, i
      FROM groesse, range({indicators}) t(i)), range({years}) u(j)
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    for name, default in (("gemeinden", 10_786), ("indikatoren", 100), ("jahre", 20)):
        parser.add_argument(f"--{name}", type=int, default=default)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        intern = Path(folder) / "intern.duckdb"
        build(intern, arguments.gemeinden, arguments.indikatoren, arguments.jahre)
        measure(intern, Path(folder) / "oeffentlich.duckdb", arguments.indikatoren)


def build(path: Path, gemeinden: int, indikatoren: int, jahre: int) -> None:
    """Write an intern.duckdb of that size."""
    with warehouse.create(path) as connection:
        connection.execute(INTERN)
        connection.execute(LIEFERUNG)
        _load_reference(connection)
        connection.execute(GEBIETE, [gemeinden])
        connection.execute(PEOPLE)
        for select in (POPULATION, COUNTS):
            filled = select.format(years=jahre, indicators=indikatoren)
            connection.execute(ROWS.format(select=filled))
        rows = [
            (id_, m.titel, m.einheit, m.additiv, m.kleinste_zahl)
            for id_, m in words(indikatoren).items()
        ]
        connection.executemany("INSERT INTO messgroesse VALUES (?, ?, ?, ?, ?)", rows)


def words(indikatoren: int) -> dict[str, Messgroesse]:
    persons = Messgroesse(titel="Fälle", einheit="Personen", additiv=True, kleinste_zahl=3)
    return {"einwohner": persons} | {f"faelle_{i}": persons for i in range(indikatoren)}


def katalog(indikatoren: int) -> Katalog:
    indikator = {
        f"i{i}": Indikator(
            titel=f"Indikator {i}", kurztitel=f"I {i}", frage="?", leitziele=(),
            querschnittsthemen=(), typ="ergebnis", art="anteil" if i % 2 else "rate",
            faktor=None if i % 2 else 1000, zaehler=Operand(messgroesse=f"faelle_{i}"),
            nenner=Operand(messgroesse="einwohner"), nenner_zeit="gleich", einheit="Prozent",
            nachkommastellen=1, richtung="niedriger_ist_besser", richtung_durch="Bench",
            hinweise=("Bench",),
        )
        for i in range(indikatoren)
    }  # fmt: skip
    return Katalog((), (), indikator, {}, messgroessen=words(indikatoren))


def measure(intern: Path, public: Path, indikatoren: int) -> None:
    """Run the engine and print each step against the floor."""
    chosen = katalog(indikatoren)
    with warehouse.create(public, intern) as connection:
        rows = connection.execute("SELECT count(*) FROM intern.messwert").fetchone()[0]
        floor = timed(
            lambda: connection.execute(
                "SELECT messgroesse, zeit, sum(wert) FROM intern.messwert GROUP BY ALL"
            ).fetchall()
        )
        values = timed(lambda: compute(connection, chosen))
        said = timed(lambda: assess(connection, chosen))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    total = values + said
    print("| Schritt | Sekunden | mal Boden | Budget |\n|---|---|---|---|")
    print(f"| {rows:,} Messwerte summieren (Boden) | {floor:.2f} | 1 | |")
    print(f"| Werte | {values:.1f} | {values / floor:.0f} | |")
    print(f"| Intervalle, Trends, Vergleiche | {said:.1f} | {said / floor:.0f} | |")
    print(f"| zusammen | {total:.1f} | {total / floor:.0f} | {LIMIT_SECONDS} s |")
    print(f"| Speicher | {memory / 1e9:.1f} GB | | {LIMIT_BYTES / 1e9:.0f} GB |")


def timed(step) -> float:
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
