"""Files for the readers of official formats, and what they make of them."""

import csv
import gzip
import json
import re
from collections import defaultdict

import duckdb
import pytest

from etl.errors import SozialmonitorError
from etl.formats import erkenne
from etl.gebiete import Gebiete
from etl.zellen import ZELLEN
from tests.shared import SHARED

GEBIETE = Gebiete()


def zellen(path, form=None):
    """Return the cells of a file in their order, as dictionaries, read by the format it shows."""
    return gelesen(path, form)[1]


def gelesen(path, form=None, gebiet=""):
    """Return how many cells a file has, and those of the areas that begin with `gebiet`."""
    connection = duckdb.connect()
    connection.execute(ZELLEN)
    try:
        (form or erkenne(path)).lies(path, connection, GEBIETE)
    except SozialmonitorError:
        assert connection.execute("SELECT count(*) FROM zellen").fetchone() == (0,)
        raise
    (number,) = connection.execute("SELECT count(*) FROM zellen").fetchone()
    result = connection.execute(
        "SELECT * FROM zellen WHERE starts_with(gebiet, ?) ORDER BY blatt, zeile, spalte", [gebiet]
    )
    names = [column[0] for column in result.description]
    rows = (dict(zip(names, values, strict=True)) for values in result.fetchall())
    return number, [row | {"merkmale": json.loads(row["merkmale"])} for row in rows]


def absage(path, form=None):
    """Return the text with which a file is refused."""
    with pytest.raises(SozialmonitorError) as caught:
        zellen(path, form)
    return str(caught.value)


def gedruckt(tabelle):
    """Return what the figures of ../shared print for a table: {(area, year): [(raw, words)]}."""
    found = defaultdict(list)
    for file, key in (("es_gemeinden_long.csv.gz", "ags"), ("es_kreis_land_bund_long.csv.gz", "code")):  # fmt: skip
        for row in _figures(file):
            if row["source"] == f"REGIO {tabelle}" and row[key].startswith("08116"):
                words = {*row["indicator"].split(" | "), row["unit"]}
                found[row[key], _year(row["time"])].append((row["raw"], words))
    kreis = defaultdict(list)
    for row in _figures("regionalstatistik_08116_tidy.csv.gz"):
        if row["tabelle"] == tabelle:
            words = {*row["merkmal"].split(" | "), row["einheit"], row["zusatzdimension"]}
            kreis[row["ags"], _year(row["stichtag_oder_jahr"])].append(
                (row["wert"] or row["symbol"], words)
            )
    return kreis | found


def _figures(file):
    with gzip.open(SHARED / "figures" / file, "rt", encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


def _year(text):
    return re.search(r"\d{4}", text)[0]


def abweichungen(cells, expected):
    """Return every difference between cells and print: counts, raw texts, words of the header."""
    found = []
    ours = defaultdict(list)
    for cell in cells:
        ours[cell["gebiet"], cell["zeit"][:4]].append(cell)
    for key, prints in expected.items():
        if len(ours[key]) != len(prints):
            found.append((key, len(ours[key]), len(prints)))
        for cell, (raw, words) in zip(ours[key], prints, strict=False):
            said = {cell["inhalt"], cell["einheit"], *cell["merkmale"], *cell["merkmale"].values()}
            unsaid = [
                word
                for word in (" ".join(word.split()) for word in words)
                if word and not any(part and word.startswith(part) for part in said)
            ]
            if unsaid or raw not in (cell["roh"], cell["roh"].replace(",", ".")):
                found.append((key, cell["roh"], raw, unsaid))
    return found
