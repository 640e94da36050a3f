"""Formats of the command line, and that nothing in any of them runs as a formula."""

import io
import json
import zipfile

import duckdb
import pytest
import python_calamine
from typer.testing import CliRunner

from dashboard.cli import app
from indicators.export import COLUMNS, DIALEKTE, Umfang, csv_zeilen
from indicators.export_formate import json_zeilen, parquet, xlsx
from indicators.export_zip import zelle
from tests.indicators.test_export import service  # noqa: F401 - a fixture

EVIL = {"=1+1", "@SUMME(A)", "-2+3"}


def read(content):
    book = python_calamine.load_workbook(io.BytesIO(content))
    rows = book.get_sheet_by_name("Werte").to_python(skip_empty_area=False)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_a_text_that_looks_like_a_formula_is_text_in_an_xlsx(service):  # noqa: F811
    file = io.BytesIO()
    xlsx(service, Umfang(), file)
    assert {row["gruppe"] for row in read(file.getvalue())} >= EVIL
    with zipfile.ZipFile(file) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if "worksheets/sheet" in n]
        styles = archive.read("xl/styles.xml").decode()
    assert not [sheet for sheet in sheets if "<f>" in sheet]
    assert 'quotePrefix="1"' in styles


def test_json_and_parquet_hold_the_same_text(service, tmp_path):  # noqa: F811
    found = json.loads(b"".join(json_zeilen(service, Umfang())))["werte"]
    assert {row["gruppe"] for row in found} >= EVIL
    file = tmp_path / "werte.parquet"
    parquet(service, Umfang(), file)
    table = duckdb.sql(f"SELECT * FROM '{file}'")
    assert table.columns == COLUMNS
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in table.fetchall()]
    assert rows == found


def test_a_parquet_file_says_that_it_is_a_draft(service, tmp_path):  # noqa: F811
    file = tmp_path / "it's.parquet"
    umfang = Umfang(["anteil"], ["08116019"], 2015, 2015, gruppen=False)
    parquet(service, umfang, file)
    path = str(file).replace("'", "''")
    about = duckdb.sql(f"SELECT key, value FROM parquet_kv_metadata('{path}')").fetchall()
    assert dict(about)[b"hinweis"].decode().startswith("Entwurf")
    assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(1,)]


def test_the_same_choice_has_the_same_rows_in_every_format(service):  # noqa: F811
    umfang = Umfang(["anzahl"], ["08116019"], 2016, 2016, gruppen=False)
    lines = b"".join(csv_zeilen(service, *(["anzahl"], ["08116019"], 2016, 2016))).splitlines()
    file = io.BytesIO()
    xlsx(service, umfang, file)
    found = json.loads(b"".join(json_zeilen(service, umfang)))["werte"]
    assert len(read(file.getvalue())) == len(found) == len(lines) - 1 == 1


@pytest.mark.parametrize(
    ("value", "cell"),
    [("=A1", "'=A1"), (["-x", "y"], "'-x; y"), (1.5, "1,5"), (None, ""), (True, "ja"), (3, 3)],
)
def test_a_cell_of_a_short_table_is_defused_too(value, cell):
    assert zelle(value, DIALEKTE["csv-excel"]) == cell


@pytest.mark.parametrize("name", ["xlsx", "json", "parquet"])
def test_the_command_line_writes_every_format(service, tmp_path, name):  # noqa: F811
    file = tmp_path / f"werte.{name}"
    words = ["export", "--alle", "--format", name, "--out", str(file)]
    done = CliRunner().invoke(app, [*words, "--warehouse", str(service._folder)])
    assert done.exit_code == 0, done.exception
    assert file.stat().st_size > 500


def test_parquet_needs_a_file(service):  # noqa: F811
    words = ["export", "--alle", "--format", "parquet", "--warehouse", str(service._folder)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 1
    assert "--out" in str(done.exception)
