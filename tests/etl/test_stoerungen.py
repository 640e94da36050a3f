"""What a machine does to a refresh or a release: its disk, its clock, a file gone, a second run.

Each time the same must hold: what is served stays whole, `status` tells what happened, and the next
run succeeds by itself.
"""

import json
import multiprocessing
import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from dashboard.cli import app
from etl import laeufe, veroeffentlichungen, warehouse
from etl.errors import SozialmonitorError
from etl.fetch import protokoll
from indicators.veroeffentlichen import veroeffentliche
from tests.etl.bestand import ROWS, shown
from tests.killed import refresh_and_wait

YEARS = timedelta(days=3650)


def status(haus):
    run = CliRunner().invoke(app, ["status", "--json", "--warehouse", str(haus.warehouse)])
    assert run.exit_code == 0, run.output
    return json.loads(run.stdout)


@pytest.fixture
def disk(served):
    """Give the house with its warehouse on a small disk of its own, and a function to change it."""
    kept = served.folder / "kept"
    served.warehouse.rename(kept)
    served.warehouse.mkdir()

    def mount(options):
        words = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(served.warehouse)]
        return subprocess.run(words, capture_output=True, check=False).returncode == 0

    if shutil.which("mount") is None or not mount("size=64m"):
        pytest.skip("Hier darf kein Datenträger eingebunden werden (mount -t tmpfs).")
    shutil.copytree(kept, served.warehouse, symlinks=True, dirs_exist_ok=True)
    try:
        yield served, lambda options: mount(f"remount,{options}")
    finally:
        subprocess.run(["umount", str(served.warehouse)], check=True)


def used(folder) -> int:
    found = os.statvfs(folder)
    return (found.f_blocks - found.f_bfree) * found.f_frsize


@pytest.mark.parametrize("free", [0, 16_384, 524_288])
def test_a_full_disk_keeps_what_is_served_and_the_next_run_succeeds(disk, free):
    haus, remount = disk
    assert remount(f"size={used(haus.warehouse) + free}")
    with pytest.raises(SozialmonitorError, match=r"kein Platz|nicht beschreiben"):
        haus.refresh()
    assert shown(haus.warehouse) == 7
    failed = status(haus)["laeufe"][-1]["fehler"]
    assert failed is None or "kein Platz" in failed  # nor is there always room to write it down
    assert remount("size=64m")
    haus.refresh()
    assert shown(haus.warehouse) == 8
    assert status(haus)["laeufe"][-1]["fehler"] is None


def test_a_release_on_a_full_disk_is_refused_and_released_afterwards(disk):
    haus, remount = disk
    haus.refresh()
    assert remount(f"size={used(haus.warehouse)}")
    with pytest.raises(SozialmonitorError, match="kein Platz"):
        veroeffentliche(haus.warehouse)
    assert veroeffentlichungen.lade(haus.warehouse) == ()
    assert shown(haus.warehouse) == 8
    assert remount("size=64m")
    assert veroeffentliche(haus.warehouse) is not None
    assert len(status(haus)["veroeffentlichungen"]) == 1


@pytest.mark.parametrize("command", ["refresh", "release"])
def test_a_disk_that_may_only_be_read_still_serves(disk, command):
    haus, remount = disk
    assert remount("ro")
    with pytest.raises(SozialmonitorError, match=r"Lesen|nicht beschreiben"):
        haus.refresh() if command == "refresh" else veroeffentliche(haus.warehouse)
    assert shown(haus.warehouse) == 7
    assert status(haus)["laeufe"][-1]["fehler"] is None
    assert remount("rw")
    haus.refresh()
    assert shown(haus.warehouse) == 8


@pytest.fixture
def clock(monkeypatch):
    """Give a function that puts the clock of refresh, log and release forward or back."""

    def put(by):
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.now(tz) + by

        for module in (warehouse, laeufe, veroeffentlichungen):
            monkeypatch.setattr(module, "datetime", Clock)

    return put


@pytest.mark.parametrize("jumps", [(YEARS, timedelta(0)), (-YEARS, timedelta(0)), (YEARS, -YEARS)])
def test_a_clock_that_jumps_between_two_runs_serves_the_newest(served, clock, jumps):
    for jump in jumps:
        clock(jump)
        served.refresh()
        assert shown(served.warehouse) == 8
        assert status(served)["laeufe"][-1]["fehler"] is None
        assert status(served)["unfertig"] is None
    veroeffentliche(served.warehouse)
    current = warehouse.current(served.warehouse).id
    for value in (9, 10, 11, 12):  # nor is what was released swept away as the oldest
        served.lieferung("zahlen", ROWS.format(wert=value))
        served.refresh()
        veroeffentliche(served.warehouse)
        assert shown(served.warehouse) == value
    assert warehouse.released(served.warehouse, current).oeffentlich.exists()


def test_a_source_fetched_in_the_future_is_due_at_once(tmp_path):
    now = datetime.now(UTC)
    entry = protokoll.Eintrag("a", now + YEARS, "neu")
    protokoll.schreibe(tmp_path, entry)
    assert protokoll.faellig({"a": "monatlich"}, tmp_path, now) == ["a"]


def test_a_file_gone_from_the_folder_is_named_and_its_return_is_enough(served):
    file = served.raw / "amt/zahlen.csv"
    content = file.read_bytes()
    file.unlink()
    with pytest.raises(SozialmonitorError, match="zahlen"):
        served.refresh()
    assert shown(served.warehouse) == 7
    assert "zahlen" in status(served)["laeufe"][-1]["fehler"]
    file.write_bytes(content)
    served.refresh()
    assert shown(served.warehouse) == 8


@pytest.mark.xdist_group("killed")
def test_of_two_refreshes_at_once_the_second_is_refused_and_the_first_finishes(served):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.killed"])
    begun, go_on = context.Event(), context.Event()
    first = context.Process(target=refresh_and_wait, args=(served.folder, begun, go_on))
    first.start()
    try:
        assert begun.wait(60)
        assert status(served)["unfertig"]["laeuft"] is True
        with pytest.raises(SozialmonitorError, match="Hier läuft schon eine Aktualisierung"):
            served.refresh()
        with pytest.raises(SozialmonitorError, match="Hier läuft schon eine Aktualisierung"):
            veroeffentliche(served.warehouse)
        assert shown(served.warehouse) == 7
    finally:
        go_on.set()
        first.join(60)
    assert first.exitcode == 0
    assert shown(served.warehouse) == 8
    assert status(served)["unfertig"] is None
    served.refresh()
    assert status(served)["laeufe"][-1]["fehler"] is None
