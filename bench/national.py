"""The engine on national data: 10,786 Gemeinden × 100 indicators × 20 years (ARCHITECTURE, part 6).

python bench/national.py [--gemeinden N] [--indikatoren N] [--jahre N] [--engine sc://RECHNER:PORT]

Makes an intern.duckdb of that size with invented counts (Poisson around a rate, own trend and
scatter per series), then measures `compute` and `assess` as a refresh runs them. The floor is
DuckDB's own sum over the same rows in the same run; the ratio compares the time of all cores. With
--engine the values are calculated on that cluster as well, from and to a folder beside the data, and
held against the others bit by bit.
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
from indicators.engine import cluster, here
from indicators.model import Indikator, Operand

LIMIT_SECONDS, LIMIT_BYTES = 30, 6_000_000_000
LIEFERUNG = """
INSERT INTO lieferung BY NAME
SELECT 1 AS lieferung, 'national' AS quelle, 'national.csv' AS datei, '' AS sha256,
       'Bench' AS herausgeber, 'B' AS tabelle, 'Bench' AS titel, DATE '2024-01-01' AS stand,
       'cc0' AS lizenz, '' AS namensnennung, '' AS ursprung, '' AS bearbeitung,
       '' AS verantwortlich, 'jaehrlich' AS rhythmus, 10 AS rang, '' AS ausgabe,
       now()::TIMESTAMP AS geladen, 0 AS zeilen
"""
# As many made-up Gemeinden as are missing to the wanted number; their keys are no real ones.
GEBIETE = """
INSERT INTO gebiet (gebiet, name, kurzname, ebene, teil_von)
SELECT printf('%08d', 20001001 + i * 7), 'G' || i, 'G' || i, 'gemeinde',
       printf('%05d', 20001 + i % 400)
FROM range(?) t(i) WHERE i < ? - (SELECT count(*) FROM gebiet WHERE ebene = 'gemeinde')
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

SAME = "SELECT count(*), bit_xor(hash(ergebnis)) FROM ergebnis"


def main() -> None:
    """Build the data, measure, throw them away."""
    parser = argparse.ArgumentParser()
    for name, default in (("gemeinden", 10_786), ("indikatoren", 100), ("jahre", 20)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--engine", default="")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        intern = Path(folder) / "intern.duckdb"
        build(intern, arguments.gemeinden, arguments.indikatoren, arguments.jahre)
        measure(intern, Path(folder) / "oeffentlich.duckdb", arguments.indikatoren)
        if arguments.engine:
            compare(intern, arguments.indikatoren, arguments.engine)


def build(path: Path, gemeinden: int, indikatoren: int, jahre: int) -> None:
    """Write an intern.duckdb of that size."""
    with warehouse.create(path) as connection:
        connection.execute(INTERN)
        connection.execute(LIEFERUNG)
        _load_reference(connection, words(indikatoren))
        connection.execute(GEBIETE, [gemeinden, gemeinden])
        connection.execute(PEOPLE)
        for select in (POPULATION, COUNTS):
            filled = select.format(years=jahre, indicators=indikatoren)
            connection.execute(ROWS.format(select=filled))


def words(indikatoren: int) -> dict[str, Messgroesse]:
    """Declare one Messgröße per indicator, and the population."""
    persons = Messgroesse(titel="Fälle", einheit="Personen", additiv=True, kleinste_zahl=3)
    return {"einwohner": persons} | {f"faelle_{i}": persons for i in range(indikatoren)}


def katalog(indikatoren: int) -> Katalog:
    """Give as many indicators, shares and rates in turn, over one denominator."""
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
    print("| Schritt | Sekunden | Rechenzeit | mal Boden | Budget |\n|---|---|---|---|---|")
    for step, measured, budget in (
        (f"{rows:,} Messwerte summieren (Boden)", floor, ""),
        ("Werte", values, ""),
        ("Intervalle, Trends, Vergleiche", said, ""),
        ("zusammen", tuple(map(sum, zip(values, said, strict=True))), f"{LIMIT_SECONDS} s"),
    ):
        wall, cpu = measured
        print(f"| {step} | {wall:.1f} | {cpu:.1f} | {cpu / floor[1]:.0f} | {budget} |")
    print(f"| Speicher | {memory / 1e9:.1f} GB | | | {LIMIT_BYTES / 1e9:.0f} GB |")


def compare(intern: Path, indikatoren: int, address: str) -> None:
    """Calculate the values here and on a cluster; print both times and whether the values agree."""
    chosen, found = katalog(indikatoren), []
    with cluster(address, intern.parent) as there:
        for name, engine in (("DuckDB", here), (address, there)):
            with warehouse.scratch(intern) as connection:
                wall, cpu = timed(lambda: compute(connection, chosen, engine))  # noqa: B023
                found.append(connection.execute(SAME).fetchone())
            print(f"| Werte, {name} | {wall:.1f} | {cpu:.1f} | | |")
    print(f"| Werte gleich, auf das Bit | {found[0] == found[1]}: {found[0][0]:,} | | | |")


def timed(step) -> tuple[float, float]:
    """Return the seconds on the clock and those of all cores: others may use the machine as well."""
    start, used = time.perf_counter(), time.process_time()
    step()
    return time.perf_counter() - start, time.process_time() - used


if __name__ == "__main__":
    main()
