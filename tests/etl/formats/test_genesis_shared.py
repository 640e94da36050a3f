"""Real GENESIS deliveries read completely and say what is printed (all of them: bench/deliveries)."""

import pytest

from bench.deliveries import files
from etl.formats import erkenne, name
from tests.formate import abweichungen, gedruckt, gelesen, zellen
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
SAMPLES = [path for path in files() if "samples" in path.parts]
TABLES = {
    "genesis_gemeinden/12411-07-01-5_00.csv": (43479, 135),
    "genesis_gemeinden/13111-01-03-5_00.csv": (86958, 270),
    "genesis_gemeinden/45412-01-02-5_00.csv": (57972, 180),
    "genesis_kreise/12111-07-01-4_00.csv": (26300, 50),
    "genesis_kreise/21111-01-03-4_00.csv": (37872, 72),
    "genesis_kreise/22411-01-01-4_00.csv": (22092, 42),
    "genesis_kreise/22811-02-02-4_00.csv": (47866, 91),
}
FORMAT = {
    "genesis_csv_multirow": "genesis_tabelle",
    "genesis_cube": "genesis_wuerfel",
    "genesis_ffcsv_legacy": "genesis_ffcsv_alt",
    "genesis_ffcsv_new": "genesis_ffcsv",
    "genesis_xls": "genesis_tabelle",
}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_recognised_and_read(path):
    if path.suffix != ".zip":  # both folders hold the same archives, in the new format
        assert name(erkenne(path)) == FORMAT[path.parent.name]
    cells = zellen(path)
    assert cells
    assert all((cell["wert"] is None) == (cell["status"] != "vorhanden") for cell in cells)


@pytest.mark.parametrize("file", TABLES)
def test_a_table_says_what_is_printed_for_the_kreis(file):
    number, own = gelesen(SHARED / "deliveries" / file, gebiet="08116")
    assert (number, len(own)) == TABLES[file]
    assert not abweichungen(own, gedruckt(own[0]["tabelle"]))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_flat_file_has_one_cell_per_row(path):
    if path.parent.name == "genesis_ffcsv_new" and path.suffix == ".csv":
        assert len(zellen(path)) == path.read_bytes().count(b"\n") - 1
