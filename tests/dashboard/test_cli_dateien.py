"""The commands read and template, from the command line."""

import csv
import io

import pytest
import yaml
from typer.testing import CliRunner

from dashboard.cli import app
from etl.errors import SozialmonitorError
from etl.formats.kreisformat_text import HEADER
from etl.tafel import lies_tafeln
from tests.etl.sources.test_zuordnung import ROWS, flach

COLUMNS = "tabelle,inhalt,einheit,gebiet,ebene,zeit_von,zeit_bis,zeitbezug,merkmale,wert,status,roh"


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def datei(haus):
    return haus.write("12411.csv", flach(*ROWS, ("08117", "2014-12-31", "Insgesamt", ".")))


def test_read_writes_every_cell_in_the_same_columns(datei):
    result = run("read", datei)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == COLUMNS
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert len(rows) == 6
    assert rows[1] == {
        "tabelle": rows[1]["tabelle"],
        "inhalt": "FALL",
        "einheit": "Anzahl",
        "gebiet": "08116",
        "ebene": "kreis",
        "zeit_von": "2015-12-31",
        "zeit_bis": "2015-12-31",
        "zeitbezug": "stichtag",
        "merkmale": '{"Geschlecht": "männlich"}',
        "wert": "10",
        "status": "vorhanden",
        "roh": "10",
    }
    assert (rows[5]["wert"], rows[5]["status"], rows[5]["roh"]) == ("", "geheim", ".")
    assert "6 Zellen, 5 mit Wert, 1 zu Gebieten" in result.stderr


def test_read_writes_into_a_file(datei, tmp_path):
    out = tmp_path / "zellen.csv"
    assert run("read", datei, "--out", out).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith(COLUMNS)


def test_read_takes_a_file_in_kreisformat(haus):
    file = haus.write(
        "eigene.csv", f"{HEADER}\neinwohner;08116;2015-12-31;stichtag;w;65;;;;;1234,5;;;\n"
    )
    result = run("read", file)
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert (row["inhalt"], row["gebiet"], row["wert"]) == ("einwohner", "08116", "1234.5")


def test_a_suggested_source_is_yaml_and_knows_the_merkmale(datei):
    result = run("read", datei, "--suggest")
    source = yaml.safe_load(result.stdout)
    assert source["gebiete"] == ["08116*"]
    assert source["werte"][0]["inhalt"] == "FALL"
    assert source["werte"][0]["geschlecht"] == "Geschlecht"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--format", "gensis_ffcsv"], "Meinten Sie »genesis_ffcsv«?"),
        (["--out", "/nirgendwo/zellen.csv"], "lässt sich nichts schreiben"),
    ],
)
def test_read_refuses_with_reason_and_remedy(datei, words, problem):
    result = run("read", datei, *words)
    assert isinstance(result.exception, SozialmonitorError)
    assert problem in str(result.exception)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "gibt es nicht" in str(run("read", tmp_path / "fehlt.csv").exception)


def test_help_names_the_file(datei):
    assert "Angaben:\n  DATEI" in run("read", "--help").stdout


def test_template_writes_a_workbook(tmp_path):
    out = tmp_path / "vorlage.xlsx"
    assert run("template", "einwohner", "arbeitslose", "--out", out).exit_code == 0
    assert out.read_bytes().startswith(b"PK")


def test_template_refuses_an_unknown_messgroesse(tmp_path):
    result = run("template", "einwoner", "--out", tmp_path / "v.xlsx")
    assert "Meinten Sie »einwohner«?" in str(result.exception)


def test_a_template_for_an_indicator_asks_for_what_is_missing_on_its_levels(tmp_path):
    out = tmp_path / "plaene.xlsx"
    assert run("template", "persoenliches_budget_je_100", "--out", out).exit_code == 0
    (data, _) = lies_tafeln(out)
    assert [row[:2] for row in data.reihen[1:]] == [
        ["persoenliche_budgets", "08116 Landkreis Esslingen"],
        ["eingliederungshilfe_personen", "08116 Landkreis Esslingen"],
    ]
    beside = yaml.safe_load((tmp_path / "plaene.quelle.yaml").read_text())
    assert beside["herausgeber"].startswith("Landratsamt Esslingen")
    assert beside["stand"] is None, "nothing is filled in that nobody has told"
    out = tmp_path / "pflege.xlsx"
    run("template", "plaetze_pflege_wg_je_1000", "--out", out)
    (data, _) = lies_tafeln(out)
    assert {row[0] for row in data.reihen[1:]} == {"plaetze_pflege_wohngemeinschaften"}
    assert len(data.reihen) == 1 + 45
