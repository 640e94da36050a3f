"""A house with a Datenstand in service, for whatever may happen to it."""

import shutil

import pytest

from tests.etl.bestand import ANZAHL, ROWS
from tests.haus import Haus


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """Give the folder of a house whose Datenstand holds a 7."""
    haus = Haus(tmp_path_factory.mktemp("old"))
    haus.lieferung("zahlen", ROWS.format(wert=7))
    haus.indikator("anzahl", ANZAHL)
    haus.refresh()
    return haus.folder


@pytest.fixture
def served(haus, old):
    """Give a house of its own with a 7 in service and an 8 delivered."""
    shutil.copytree(old, haus.folder, symlinks=True, dirs_exist_ok=True)
    haus.lieferung("zahlen", ROWS.format(wert=8))
    return haus
