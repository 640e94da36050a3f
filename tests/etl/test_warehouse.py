"""Builds: all or nothing, swapped in at once, and never in the way of a reader."""

import multiprocessing

import duckdb
import pytest

from etl import laeufe, warehouse
from etl.errors import DeliveryError, WarehouseError
from etl.warehouse import new_build
from indicators.export import csv_zeilen
from indicators.service import Service
from tests.etl.bestand import shown
from tests.killed import refresh_and_die

# When the process dies, and what is then in service: the old value 7 or the new value 8.
MOMENTS = {
    "os.mkdir 2": 7,  # before the folder of the build
    "Dateien lesen": 7,
    "Indikatoren berechnen": 7,
    "os.rename 1": 7,  # all is written, the build is not yet marked as finished
    "os.symlink 1": 7,  # before the new link is made
    "os.rename 2": 7,  # before it takes the place of the old one
    "log": 8,  # after that
}


def builds(haus) -> list[str]:
    return sorted(path.name for path in (haus.warehouse / "builds").iterdir())


def kill_a_refresh(haus, moment: str) -> int | None:
    """Run a refresh in another process until it dies; return its exit code."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.killed"])
    process = context.Process(target=refresh_and_die, args=(haus.folder, moment))
    process.start()
    process.join(120)
    return process.exitcode


def test_a_refresh_killed_at_any_moment_leaves_a_whole_datenstand(served):
    for moment, value in MOMENTS.items():
        assert (moment, kill_a_refresh(served, moment)) == (moment, -9)
        assert (moment, shown(served.warehouse)) == (moment, value)


@pytest.mark.parametrize("remains", ["builds/2020-01-01-000000.neu/intern.duckdb", "aktuell.neu"])
def test_the_next_refresh_clears_what_a_killed_one_left(served, remains):
    served.write(f"warehouse/{remains}", "halb")
    served.refresh()
    assert shown(served.warehouse) == 8
    assert not list(served.warehouse.rglob("*.neu"))


def test_a_second_refresh_at_the_same_time_is_refused(tmp_path):
    with (
        new_build(tmp_path),
        pytest.raises(WarehouseError, match="Hier läuft schon eine Aktualisierung"),
        new_build(tmp_path),
    ):
        pass


def test_after_a_refresh_the_next_one_may_begin(tmp_path):
    for _ in range(2):
        with new_build(tmp_path):
            pass
    assert len(laeufe.alle(tmp_path)) == 2


def test_the_last_three_builds_are_kept(tmp_path):
    made = []
    for _ in range(5):
        with new_build(tmp_path) as build:
            made.append(build.id)
    assert sorted(path.name for path in (tmp_path / "builds").iterdir()) == made[-3:]
    assert warehouse.current(tmp_path).id == made[-1]


def test_two_builds_of_one_second_have_different_ids(tmp_path):
    ids = set()
    for _ in range(3):
        with new_build(tmp_path) as build:
            ids.add(build.id)
    assert len(ids) == 3


def test_a_failed_build_leaves_nothing_but_a_line_in_the_log(served):
    before = builds(served)
    served.datei("zahlen", "kaputt")
    with pytest.raises(DeliveryError):
        served.refresh()
    assert builds(served) == before
    assert "amt/zahlen.csv:1" in str(laeufe.alle(served.warehouse)[-1]["fehler"])


def test_a_bug_in_a_build_is_not_hidden_and_leaves_the_old_datenstand(served):
    with pytest.raises(ZeroDivisionError), new_build(served.warehouse):
        _ = 1 / 0
    assert shown(served.warehouse) == 7


def test_a_reader_notices_the_new_datenstand_by_itself(served):
    service = Service(served.warehouse)
    assert service.reihe("anzahl", ["08116"])[0].wert == 7
    served.refresh()
    assert service.reihe("anzahl", ["08116"])[0].wert == 8


def test_a_download_that_has_begun_ends_with_the_old_datenstand(served):
    pieces = csv_zeilen(Service(served.warehouse))
    header = next(pieces)
    served.refresh()
    old = b"".join(pieces)
    assert header.startswith(b"indikator,")
    assert b",7," in old
    assert b",8," not in old


def test_a_warehouse_without_datenstand_says_what_to_do(tmp_path):
    with pytest.raises(WarehouseError, match="sozialmonitor refresh"):
        Service(tmp_path)


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "datei").write_text("kein Ordner")
    with (
        pytest.raises(WarehouseError, match="lässt sich nicht beschreiben"),
        new_build(tmp_path / "datei"),
    ):
        pass


def test_a_database_file_is_never_overwritten(tmp_path):
    warehouse.create(tmp_path / "a.duckdb").close()
    with pytest.raises(WarehouseError, match="Die Datei gibt es schon"):
        warehouse.create(tmp_path / "a.duckdb")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM '/etc/hostname'",
        "ATTACH '/tmp/other.duckdb'",
        "COPY gebiet TO '/tmp/gebiet.csv'",
        "EXPORT DATABASE '/tmp/export'",
        "CREATE TABLE neu (a INTEGER)",
        "DELETE FROM gebiet",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
    ],
)
def test_the_reading_connection_reaches_neither_files_nor_network_nor_its_settings(old, statement):
    build = warehouse.current(old / "warehouse")
    with warehouse.read(build.oeffentlich) as connection, pytest.raises(duckdb.Error):
        connection.execute(statement)
