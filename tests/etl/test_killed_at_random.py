"""A refresh that is killed at any moment leaves the old Datenstand or the new one, whole."""

import multiprocessing
import random
import shutil
import time

import pytest

from indicators.service import Service
from tests.etl.sources.test_zuordnung import flach
from tests.haus import Haus
from tests.killed import refresh_until_killed

# The process from which the others are forked starts once per worker, and slowly.
pytestmark = pytest.mark.xdist_group("killed")
AREAS = ("08116", "08117", "08", "DG")
SEED = 20_261_125
MOMENTS = 10


def deliver(haus, value: int) -> None:
    """Deliver a flat file and a file in Kreisformat with the same value everywhere."""
    rows = [
        (area, "2015-12-31", "Insgesamt", str(value)) for area in AREAS if area.startswith("0811")
    ]
    haus.zuordnung("probe", "werte: [{messgroesse: faelle}]")
    haus.datei("flach", flach(*rows), zuordnung="probe")
    text = "\n".join(f"faelle|{area}|2015-12-31|stichtag|{value}" for area in ("08", "DG"))
    haus.lieferung("eigene", f"messgroesse|gebiet|zeit|zeitbezug|wert\n{text}")


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """Give a house whose Datenstand holds a 7, and the seconds that a refresh takes."""
    haus = Haus(tmp_path_factory.mktemp("old"))
    deliver(haus, 7)
    haus.indikator("anzahl", "art: anzahl\nzaehler: {messgroesse: faelle}\n")
    haus.refresh()
    began = time.monotonic()
    haus.refresh()
    return haus.folder, time.monotonic() - began


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_refresh_killed_at_a_random_moment_leaves_one_whole_datenstand(haus, old, moment):
    folder, seconds = old
    shutil.copytree(folder, haus.folder, symlinks=True, dirs_exist_ok=True)
    deliver(haus, 8)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.killed"])
    started = context.Event()
    process = context.Process(target=refresh_until_killed, args=(haus.folder, started))
    process.start()
    assert started.wait(60)
    time.sleep(random.Random(SEED + moment).uniform(0, 1.2 * seconds))  # noqa: S311
    process.kill()
    process.join(60)
    shown = {wert.wert for wert in Service(haus.warehouse).reihe("anzahl", AREAS)}
    assert shown in ({7}, {8})
