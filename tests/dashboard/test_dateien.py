"""XLSX, JSON and ZIP: read back they say what the warehouse says, and nothing in them runs."""

import csv
import io
import json
import zipfile
from datetime import date

import pytest
import python_calamine

from dashboard import format as f
from etl import warehouse
from indicators.export import COLUMNS, NUMBERS
from indicators.export_zip import DATEIEN
from indicators.records_stand import ENTWURF_LANG
from indicators.spalten import GUETE, SPALTEN, STATUS
from tests.dashboard.aufruf import seite


@pytest.fixture(scope="module")
def published(kleines_haus):
    """Give every value of the warehouse by its key."""
    build = warehouse.current(kleines_haus.warehouse)
    with warehouse.read(build.oeffentlich) as connection:
        rows = connection.execute(
            "SELECT indikator, gebiet, zeit, zaehler, nenner, wert, unten, oben, status"
            " FROM indikatorwert"
        ).fetchall()
    return {row[:3]: row[3:] for row in rows}


def sheet(answer, name):
    book = python_calamine.load_workbook(io.BytesIO(answer.data))
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def by_key(rows):
    names = ("zaehler", "nenner", "wert", "unten", "oben")
    return {
        (r["indikator"], r["gebiet"], r["zeit"]): (*(r[n] for n in names), r["status"])
        for r in rows
    }


def test_an_xlsx_read_back_is_the_warehouse(client, published):
    head, *rows = sheet(client.get("/export.xlsx"), "Werte")
    assert head == COLUMNS
    found = by_key(
        {
            c: None if c in NUMBERS and cell == "" else cell
            for c, cell in zip(COLUMNS, row, strict=True)
        }
        for row in rows
    )
    assert set(found) == set(published)
    for key, row in published.items():  # a spreadsheet keeps 15 digits
        assert [n if n is None else pytest.approx(n, rel=1e-14) for n in row[:-1]] == [
            *found[key][:-1]
        ]
        assert found[key][-1] == row[-1]


def test_an_xlsx_has_typed_cells_and_keys_keep_their_zero(client):
    _, row, *_ = sheet(client.get("/export.xlsx?indikator=quote&gebiete=08116019"), "Werte")
    cells = dict(zip(COLUMNS, row, strict=True))
    assert isinstance(cells["wert"], float)
    assert cells["stand"] == date(2024, 6, 30)
    assert cells["gebiet"] == "08116019"


def test_the_second_sheet_of_an_xlsx_explains_the_first(client):
    rows = sheet(client.get("/export.xlsx?indikator=quote"), "Quellen und Zeichen")
    text = "\n".join(str(cell) for row in rows for cell in row)
    for word in (ENTWURF_LANG, "Lizenz: dl-de/by-2-0", "Ein Amt, 2024", *STATUS, *GUETE, *SPALTEN):
        assert word in text


def test_a_json_read_back_is_the_warehouse(client, published):
    found = json.loads(client.get("/export.json").data)
    assert by_key(found["werte"]) == {key: tuple(row) for key, row in published.items()}
    assert found["hinweis"] == ENTWURF_LANG
    assert [q["lizenz"] for q in found["quellen"]] == ["dl-de/by-2-0"] * 2


def test_a_json_without_values_is_still_one(client):
    assert json.loads(client.get("/export.json?indikator=quote&von=2023").data)["werte"] == []


def test_the_zip_holds_both_dialects_sources_indicators_and_a_readme(client):
    answer = client.get("/export.zip")
    assert "_entwurf.zip" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {"README.txt", *DATEIEN}
        assert archive.read("werte.csv") == client.get("/export.csv").data
        assert archive.read("werte_excel.csv") == client.get("/export.csv?dialekt=csv-excel").data
        readme = archive.read("README.txt").decode("utf-8-sig")
        sources = list(csv.DictReader(io.StringIO(archive.read("quellen.csv").decode())))
    assert {q["id"] for q in sources} == {"zahlen", "grenzen"}
    assert all(q["veroeffentlichung"].endswith("(Entwurf)") for q in sources)
    for word in (ENTWURF_LANG, *DATEIEN, *COLUMNS, "Ein Amt, 2024"):
        assert word in readme


def test_every_column_sign_and_word_is_explained():
    assert list(SPALTEN) == COLUMNS
    assert set(STATUS) == set(f.STATUS)
    assert set(GUETE) == set(f.GUETE)


@pytest.mark.parametrize("ending", ["xlsx", "json", "csv"])
def test_a_wrong_choice_is_refused_in_every_format(client, ending):
    answer = client.get(f"/export.{ending}?indikator=qote")
    assert answer.status_code == 400
    assert "Meinten Sie »quote«?" in answer.text


def test_the_page_offers_what_is_shown_and_everything_in_four_formats(client):
    content = seite(client, "/indikator/quote?gebiete=08116019&von=2020")["inhalt"]
    for ending in ("csv?", "xlsx?", "json?"):
        assert f"/export.{ending}indikator=quote&gebiete=08116019,08116,08,DG&von=2020" in content
        assert f"/export.{ending}indikator=quote" in content
