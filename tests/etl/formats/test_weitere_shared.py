"""Real deliveries of Destatis, BBSR, BA, StaLa, BKA: read completely, and equal to the figures."""

import csv
import gzip
import json
import os

import pytest

from etl import formats
from tests.shared import SHARED, needs_shared
from tests.zellen import zellen

pytestmark = needs_shared
DELIVERIES = SHARED / "deliveries"
FILES = {  # file → format, cells, cells of the Kreis
    "gv_isys/31122009_Auszug_GV.xlsx": ("gemeindeverzeichnis", 84469, 308),
    "gv_isys/31122023_Auszug_GV.xlsx": ("gemeindeverzeichnis", 76867, 308),
    "gv_isys/AuszugGV4QAktuell_31122020_csv.csv": ("gemeindeverzeichnis", 77028, 308),
    "samples/destatis_gv/04_KreiseVorjahr.xlsx": ("gemeindeverzeichnis", 2080, 5),
    "samples/destatis_gv/AuszugGV2QAktuell.EXTRACT.xlsx": ("gemeindeverzeichnis", 336, 308),
    "inkar/A_Arbeitslosigkeit.xls": ("inkar", 263760, 1056),
    "inkar/E_Schuldnerquote.xls": ("inkar", 7200, 18),
    "samples/inkar/E_Schuldnerquote.xls": ("inkar", 7200, 18),
    "samples/inkar/inkar.xls": ("inkar", 6015, 15),
    "samples/inkar/inkar_sdg_etc.EXTRACT.csv": ("inkar", 156, 26),
    "samples/inkar/IRIS_Einkommenssteuer_Gemeindeverbaende_2022.EXTRACT.csv": ("inkar", 500, 450),
    "samples/inkar/inkar2024_esslingen_long.DERIVED.csv": ("inkar", 2564, 2564),
    "samples/ba/Kreise_WO_Zeitreihe.EXTRACT.xlsx": ("ba", 1260, 180),
    "samples/pks/KR-F-01-T01-Kreise-Faelle-HZ.EXTRACT.xlsx": ("matrix", 1764, 588),
    "samples/statbw/Bevoelkerung_1995.EXTRACT.csv": ("statbw", 3204, 2430),
    "samples/statbw/Bevoelkerung_2010.EXTRACT.csv": ("statbw", 3150, 2430),
    "samples/statbw/btw25-bw-gemeinden.EXTRACT.csv": ("statbw", 2340, 2288),
    "samples/wegweiser/rest_map_data_geburten_2019_DISTRICT.EXTRACT.json": ("wegweiser", 5, 0),
    "wahlen/Gemeindeergebnisse_GW_2014.xlsx": ("matrix", 257634, 10296),
}
SLOW = 70_000  # cells; such files take seconds: BENCH=1, as in bench/README.md
BIG = [name for name, (_, cells, _) in FILES.items() if cells > SLOW]
big = pytest.mark.skipif("BENCH" not in os.environ, reason="dauert lange; BENCH=1 setzen")


def figures(file, source):
    with gzip.open(SHARED / "figures" / file, "rt", encoding="utf-8", newline="") as text:
        return [row for row in csv.DictReader(text) if row["source"] == source]


@pytest.mark.parametrize("name", [name for name in FILES if name not in BIG])
def test_a_real_file_reads_completely(name):
    path = DELIVERIES / name
    cells = zellen(path)
    own = sum(cell["gebiet"].startswith("08116") for cell in cells)
    assert (formats.name(formats.erkenne(path)), len(cells), own) == FILES[name]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        pytest.param("gv_isys/31122009_Auszug_GV.xlsx", "GV-ISys 2009", marks=big),
        pytest.param("gv_isys/31122023_Auszug_GV.xlsx", "GV-ISys 2023", marks=big),
        pytest.param(
            "gv_isys/AuszugGV4QAktuell_31122020_csv.csv", "GV-ISys 31.12.2020 (csv)", marks=big
        ),
        ("samples/destatis_gv/AuszugGV2QAktuell.EXTRACT.xlsx", "GV-ISys 30.06.2024"),
    ],
)
def test_the_register_agrees_with_the_figures(name, source):
    cells = zellen(DELIVERIES / name)
    own = sum(cell["gebiet"].startswith("08116") for cell in cells)
    assert (len(cells), own) == FILES[name][1:]
    told = {}
    for cell in cells:
        sex = json.loads(cell["merkmale"]).get("Geschlecht", "")
        label = f"{cell['inhalt']} {sex}".strip()
        day = ".".join(reversed(cell["zeit"].split("-")))
        told[cell["gebiet"], day, label] = cell["wert"]
    rows = [
        r for r in figures("es_gemeinden_long.csv.gz", source) if "Bevölkerung" in r["indicator"]
    ]
    assert len(rows) >= 44
    for row in rows:
        label = row["indicator"].replace(" je km2", "sdichte")
        assert told[row["ags"], row["time"], label] == float(row["value"]), row


@big
def test_inkar_agrees_with_the_figures():
    name = "inkar/A_Arbeitslosigkeit.xls"
    cells = zellen(DELIVERIES / name)
    own = {(c["gebiet"], c["zeit"]): c["wert"] for c in cells if c["gebiet"].startswith("08116")}
    assert (len(cells), len(own)) == FILES[name][1:]
    rows = figures("es_gemeinden_long.csv.gz", "INKAR 2024 (RKI GISD)")
    rows = [row for row in rows if row["indicator"] == "Arbeitslose"]
    assert len(rows) == 44 * 24
    assert all(own[row["ags"], row["time"]] == float(row["value"]) for row in rows)


@pytest.mark.parametrize("year", ["1995", "2010"])
def test_the_landesamt_agrees_with_the_figures(year):
    cells = zellen(DELIVERIES / f"samples/statbw/Bevoelkerung_{year}.EXTRACT.csv")
    told = {}
    for cell in cells:
        extra = json.loads(cell["merkmale"])
        told[cell["gebiet"], extra["Alter"], extra["Geschlecht"]] = cell["wert"]
    rows = figures("es_gemeinden_long.csv.gz", "StaLa BW Altersgruppen")
    rows = [row for row in rows if row["time"] == f"31.12.{year}"]
    assert len(rows) == 44 * 18 * 3
    for row in rows:
        age, sex = row["indicator"].removeprefix("Bevölkerung ").split(" | ")
        first, dash, rest = " ".join(age.split()).partition(" - ")
        age = (
            f"{first} bis unter {rest}"
            if dash
            else first.replace(" und mehr Jahre", " Jahre und mehr")
        )
        assert told[row["ags"], age, sex] == float(row["value"]), row


@big
def test_an_election_of_2014_is_read_without_a_declaration():
    name = "wahlen/Gemeindeergebnisse_GW_2014.xlsx"
    cells = zellen(DELIVERIES / name)
    own = [cell for cell in cells if cell["gebiet"].startswith("08116")]
    assert (len(cells), len(own)) == FILES[name][1:]
    altbach = {
        cell["inhalt"]: cell["wert"]
        for cell in own
        if cell["gebiet"] == "08116004" and cell["einheit"] == "Anzahl"
    }
    assert (altbach["Wahlberechtigte"], altbach["Wähler"]) == (4472, 2178)
    assert {cell["zeit"] for cell in cells} == {"2014-05-25"}
