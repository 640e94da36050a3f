"""Damaged deliveries of every format: read whole or refused with file, place and remedy."""

import random

import pytest
import xlsxwriter

from tests.fuzzing import damage_and_read, new_target, seeds
from tests.proben_formate import KREISFORMAT
from tests.zellen import refusal

# The head of an XLS that ends before its first sector is whole.
OLE_HEAD = bytes.fromhex(
    "d0cf11e0a1b11ae1000000000000000000000000000000003e000300feff0900060000000000000000000000"
    "030000000100000000000000001000000200000001000000feffffff0000000000000000"
)


def test_damaged_files_are_read_whole_or_refused_with_place_and_remedy(tmp_path):
    found, ziel = {"gelesen": 0, "abgelehnt": 0}, new_target()
    all_seeds = seeds(tmp_path)
    rng = random.Random(20241231)  # noqa: S311 - repeatable, not secret
    for n in range(240):
        found[damage_and_read(rng, tmp_path, all_seeds[n % len(all_seeds)], ziel)] += 1
    assert min(found.values()) > 30, found


def test_undamaged_seeds_are_read(tmp_path):
    ziel = new_target()
    for seed in seeds(tmp_path):
        assert damage_and_read(None, tmp_path, seed, ziel) == "gelesen", seed[0]


def test_an_xls_on_which_the_library_panics_is_refused_without_a_word_past_python(tmp_path, capfd):
    path = tmp_path / "inkar.xls"
    path.write_bytes(OLE_HEAD.ljust(512, b"\xff") + b"\0\0")
    assert refusal(path).startswith("inkar.xls\n  Die Arbeitsmappe oder das ZIP lässt sich nicht")
    assert capfd.readouterr().err == ""


def test_a_cell_far_out_is_refused_and_does_not_take_all_memory(tmp_path):
    path = tmp_path / "weit.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Daten").write(1_048_575, 16_383, 1)
    assert refusal(path).startswith("weit.xlsx\n  Die Arbeitsmappe oder das ZIP lässt sich nicht")


@pytest.mark.parametrize("rest", ["", "\n\n;;\n"])
def test_a_kreisformat_without_a_row_is_refused(tmp_path, rest):
    path = tmp_path / "leer.csv"
    path.write_text(KREISFORMAT.split("\n")[0] + rest, encoding="utf-8")
    assert refusal(path).startswith("leer.csv:1\n  Unter der Kopfzeile steht keine Zeile")
