"""Real GENESIS deliveries: every file reads, and what is printed for the Kreis is what we read."""

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import pytest

from etl.formats import erkenne, name
from etl.zeit import erkenne_zeit
from tests.leser import lies
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
DELIVERIES = SHARED / "deliveries"
# The cells of every file; the Kreis and its 44 municipalities among them.
CELLS = {
}
FILES = sorted(
    path
    for folder in ("genesis_gemeinden", "genesis_kreise", "samples/genesis_*")
    for path in DELIVERIES.glob(f"{folder}/*")
    if path.suffix != ".json"
)


def figures(file, code):
    with gzip.open(SHARED / "figures" / file, "rt", encoding="utf-8", newline="") as text:
        return [row for row in csv.DictReader(text) if code(row)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_file_reads_completely(path):
    cells = lies(path)
    own = sum(cell["gebiet"].startswith("08116") for cell in cells)
    assert (len(cells), own) == CELLS[path.relative_to(DELIVERIES).as_posix()]
