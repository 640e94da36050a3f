"""How long a national flat file takes, against DuckDB's own typed read of the same file.

    python -m bench.flatfile [rows] [folder]

The file is made here: one row per area (10,800 Gemeinden, 400 Kreise, 16 Länder, Bund), sex, age
and year, in the columns of GENESIS. At 3.7 million rows it has about 800 MB. Budget: ratio 1.3.
"""

import sys
import tempfile
import time
from pathlib import Path

import duckdb

from etl.formats import genesis_ffcsv
from etl.gebiete import Gebiete
from etl.zellen import ZELLEN

BUDGET = 1.3
ROWS = 3_700_000
RUNS = 3
COLUMNS = {
    "statistics_code": "VARCHAR", "statistics_label": "VARCHAR", "time_code": "VARCHAR",
    "time_label": "VARCHAR", "time": "DATE",
    **{f"{n}_variable_{part}": "VARCHAR" for n in (1, 2, 3)
       for part in ("code", "label", "attribute_code", "attribute_label")},
    "value": "VARCHAR", "value_unit": "VARCHAR", "value_variable_code": "VARCHAR",
    "value_variable_label": "VARCHAR", "value_q": "VARCHAR",
}  # fmt: skip
# One value in 50 is a sign; the labels have the lengths of the real ones.
GENERATE = """
COPY (
    WITH area AS (
        SELECT 'GEMEIN' AS code, 'Gemeinden' AS art, unnest(?::VARCHAR[]) AS ags
        UNION ALL SELECT 'GEMEIN', 'Gemeinden', format('{{:08d}}', 9000000 + 7 * i) FROM range(9700) t(i)
    ), sex AS (
        SELECT * FROM (VALUES ('', 'Insgesamt'), ('GESM', 'männlich'), ('GESW', 'weiblich')) t(sc, sl)
    ), age AS (
        SELECT format('ALT{{:03d}}B{{:03d}}', 5 * a, 5 * a + 5) AS ac,
               format('{{}} bis unter {{}} Jahre', 5 * a, 5 * a + 5) AS al FROM range(18) t(a)
    ), cells AS (
        SELECT *, row_number() OVER () AS n
        FROM range(2019, 2026) y(jahr), sex, age, area LIMIT {rows}
    )
    SELECT '12411' AS statistics_code, 'Fortschreibung des Bevölkerungsstandes' AS statistics_label,
           'STAG' AS time_code, 'Stichtag' AS time_label, jahr || '-12-31' AS time,
           code AS "1_variable_code", art AS "1_variable_label", ags AS "1_variable_attribute_code",
           'Gemeinde ' || ags || ', Stadt' AS "1_variable_attribute_label",
           'GES' AS "2_variable_code", 'Geschlecht' AS "2_variable_label",
           sc AS "2_variable_attribute_code", sl AS "2_variable_attribute_label",
           'ALTX20' AS "3_variable_code", 'Altersgruppen (unter 5 bis 90 u.m.)' AS "3_variable_label",
           ac AS "3_variable_attribute_code", al AS "3_variable_attribute_label",
           CASE WHEN n % 50 = 0 THEN '-' WHEN n % 51 = 0 THEN '.' ELSE (hash(n) % 40000)::VARCHAR END AS value,
           'Anzahl' AS value_unit, 'BEVSTD' AS value_variable_code,
           'Bevölkerungsstand' AS value_variable_label, 'e' AS value_q
    FROM cells
) TO '{file}' (FORMAT csv, DELIMITER ';', HEADER)
"""


def generate(file, rows):
    """Write a flat file with so many facts."""
    keys = [key for key in Gebiete().names if len(key) == 8]
    duckdb.connect().execute(GENERATE.format(rows=rows, file=file), [keys])


def typed_read(file):
    """Read the file as DuckDB does it itself: a table with types, nothing understood."""
    connection = duckdb.connect()
    started = time.perf_counter()
    connection.execute(
        "CREATE TABLE t AS SELECT * FROM read_csv(?, delim = ';', header = true, auto_detect = false,"
        f" quote = '\"', escape = '\"', columns = {COLUMNS})",
        [str(file)],
    )
    return time.perf_counter() - started


def our_read(file):
    """Read the file into cells."""
    connection = duckdb.connect()
    connection.execute(ZELLEN)
    started = time.perf_counter()
    genesis_ffcsv.lies(file, connection, Gebiete())
    seconds = time.perf_counter() - started
    return seconds, connection.execute("SELECT count(*) FROM zellen").fetchone()[0]


def main():
    """Print the measurement; return whether it is over budget."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        file = Path(folder) / "12411-02-03-5_de_flat.csv"
        generate(file, rows)
        size = file.stat().st_size / 1e6
        typed, ours = [], []
        for _ in range(RUNS):
            typed.append(typed_read(file))
            seconds, cells = our_read(file)
            ours.append(seconds)
    ratio = min(ours) / min(typed)
    print("| Zeilen | MB | DuckDB typisiert (s) | unser Leser (s) | Verhältnis | Grenze |")
    print("|---|---|---|---|---|---|")
    print(f"| {cells} | {size:.0f} | {min(typed):.2f} | {min(ours):.2f} | {ratio:.2f} | {BUDGET} |")
    return ratio > BUDGET


if __name__ == "__main__":
    sys.exit(main())
