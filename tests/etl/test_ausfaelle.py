"""What a refresh meets beyond its files: a full disk, a killed predecessor, a file moved away."""

import json
import multiprocessing
import os

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from dashboard.cli import app
from etl import laeufe, warehouse
from etl.refresh import build_intern
from etl.warehouse import new_build
from tests.etl.bestand import shown
from tests.killed import refresh_on_a_full_disk


# Bytes that a file may have: too few for the beginning of a database, or for its tables.
@pytest.mark.xdist_group("killed")
@pytest.mark.parametrize("limit", [2_000, 5_000, 50_000, 100_000])
def test_a_full_disk_is_refused_in_words_and_leaves_the_old_datenstand(served, limit):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.killed"])
    mine, theirs = context.Pipe()
    process = context.Process(target=refresh_on_a_full_disk, args=(served.folder, limit, theirs))
    process.start()
    assert mine.poll(120)
    said = mine.recv()
    process.join(60)
    assert said.startswith(f"WarehouseError: {served.warehouse}\n  Der Datenstand ließ sich nicht")
    assert "bleibt in Betrieb" in said
    assert shown(served.warehouse) == 7
    served.refresh()
    assert shown(served.warehouse) == 8


@pytest.mark.parametrize(
    "words",
    ["[Errno 28] No space left on device", 'Could not write file "x.wal": No space left on device'],
)
def test_the_words_of_the_disk_are_a_refusal_and_anything_else_is_a_bug(tmp_path, words):
    with pytest.raises(warehouse.WarehouseError, match="kein Platz"), new_build(tmp_path):
        raise OSError(words)
    with pytest.raises(OSError, match="etwas anderes"), new_build(tmp_path):
        raise OSError("etwas anderes")


def status(haus):
    run = CliRunner().invoke(app, ["status", "--json", "--warehouse", str(haus.warehouse)])
    return json.loads(run.stdout)


def test_status_tells_a_killed_refresh_before_and_after_the_next_one(served):
    served.write("warehouse/builds/2020-01-01-000000.neu/intern.duckdb", "halb")
    assert status(served)["unfertig"] == {"build": "2020-01-01-000000", "laeuft": False}
    text = CliRunner().invoke(app, ["status", "--warehouse", str(served.warehouse)]).stdout
    assert "Lauf 2020-01-01-000000: abgebrochen" in text
    served.refresh()
    told = status(served)
    assert told["unfertig"] is None
    assert [run["build"] for run in told["laeufe"] if run["fehler"]] == ["2020-01-01-000000"]
    assert "abgebrochen" in told["laeufe"][-2]["fehler"]


def test_status_tells_a_refresh_that_is_running(served):
    served.write("warehouse/builds/2020-01-01-000000.neu/intern.duckdb", "halb")
    with FileLock(served.warehouse / "refresh.lock"):
        assert status(served)["unfertig"] == {"build": "2020-01-01-000000", "laeuft": True}


def test_a_line_of_the_log_that_was_cut_off_is_left_out(served):
    with (served.warehouse / "laeufe.jsonl").open("a") as log:
        log.write('{"build": "2020-01-01-0000')
    assert len(laeufe.alle(served.warehouse)) == 1
    assert laeufe.letzter(served.warehouse)["fehler"] is None
    served.refresh()
    assert len(laeufe.alle(served.warehouse)) == 2


def test_a_file_moved_away_meanwhile_is_named(served):
    def progress(step):
        if step == "Dateien lesen":
            (served.raw / "amt/zahlen.csv").unlink()

    messgroessen = served.katalog().messgroessen
    with (
        pytest.raises(warehouse.SozialmonitorError, match=r"amt/zahlen\.csv\n  .* verschwunden"),
        new_build(served.warehouse) as build,
    ):
        build_intern(build, served.raw, progress, messgroessen, served.wahl())
    assert shown(served.warehouse) == 7


@pytest.mark.skipif(os.geteuid() == 0, reason="root darf überall schreiben")
def test_a_folder_that_may_only_be_read_is_refused(served):
    served.warehouse.chmod(0o500)
    try:
        with pytest.raises(warehouse.WarehouseError, match="lässt sich nicht beschreiben"):
            served.refresh()
        assert shown(served.warehouse) == 7
    finally:
        served.warehouse.chmod(0o700)


def test_a_clock_that_was_put_back_serves_the_newest_run(served, monkeypatch):
    first = warehouse.current(served.warehouse).id
    (served.warehouse / "builds" / first).rename(served.warehouse / "builds" / "2099-01-01-000000")
    link = served.warehouse / "aktuell"
    link.unlink()
    link.symlink_to("builds/2099-01-01-000000")
    assert shown(served.warehouse) == 7
    for _ in range(4):
        served.refresh()
        assert shown(served.warehouse) == 8
