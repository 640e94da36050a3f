"""`sozialmonitor agenda`: what a planner sees before anything is written, and what is written then."""

import shutil

import pytest
from typer.testing import CliRunner
from xlsxwriter import Workbook

from dashboard.cli import app, main
from etl.mandant import mandant
from etl.tafel import lies_tafeln


def run(*words):
    return CliRunner().invoke(app, ["agenda", *map(str, words)], prog_name="sozialmonitor")


@pytest.fixture
def ordner(tmp_path):
    return shutil.copytree(mandant().agenda, tmp_path / "agenda")


@pytest.fixture
def mappe(tmp_path, ordner):
    """Export, then enter a status for the first measure, as in Excel."""
    path = tmp_path / "agenda.xlsx"
    assert run("export", path, "--agenda", ordner).exit_code == 0
    sheets = lies_tafeln(path)
    book = Workbook(path)
    for tafel in sheets:
        sheet = book.add_worksheet(tafel.blatt)
        for n, row in enumerate(tafel.reihen):
            cells = list(row)
            if tafel.blatt == "Maßnahmen" and n == 1:
                cells[tafel.reihen[0].index("status")] = "in_umsetzung"
                cells[tafel.reihen[0].index("status_quelle")] = "Dezernat Soziales"
            for column, text in enumerate(cells):
                sheet.write_string(n, column, text)
    book.close()
    return path


def test_without_yes_the_difference_is_shown_and_nothing_written(mappe, ordner):
    before = (ordner / "massnahmen.yaml").read_bytes()
    found = run("import", mappe, "--agenda", ordner)
    assert found.exit_code == 0
    assert found.stdout.splitlines() == [
        "massnahmen.yaml",
        "  ~ goes_jugendbueros",
        "      status: – → in_umsetzung",
        "      status_quelle: – → Dezernat Soziales",
        "Geändert wurde nichts. Mit --ja wird übernommen, was oben steht.",
    ]
    assert (ordner / "massnahmen.yaml").read_bytes() == before


def test_with_yes_it_is_written_and_a_second_time_there_is_nothing_to_do(mappe, ordner, tmp_path):
    found = run("import", mappe, "--agenda", ordner, "--ja")
    assert "geschrieben: massnahmen.yaml" in found.stdout
    assert "  status: in_umsetzung\n" in (ordner / "massnahmen.yaml").read_text()
    again = tmp_path / "neu.xlsx"
    run("export", again, "--agenda", ordner)
    assert "Kein Unterschied" in run("import", again, "--agenda", ordner).stdout


def test_a_refusal_names_the_cell_and_ends_with_one(mappe, ordner, monkeypatch, capsys):
    monkeypatch.setattr(
        "sys.argv", ["sozialmonitor", "agenda", "export", str(mappe), "--agenda", str(ordner)]
    )
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 1
    assert "gibt es schon" in capsys.readouterr().err


def test_another_action_is_wrong_usage():
    found = run("vergiss", "agenda.xlsx")
    assert found.exit_code == 2
    assert "AKTION ist export oder import." in found.stderr
