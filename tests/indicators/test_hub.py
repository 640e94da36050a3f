"""Two made-up installations hand over their Veröffentlichung, and a hub puts them together."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from etl import veroeffentlichungen
from etl.errors import SozialmonitorError
from indicators.hub import VERZEICHNIS, ZIEL, sammle
from indicators.veroeffentlichen import veroeffentliche
from indicators.weitergabe import MANIFEST, WERTE, gib_weiter, pruefsumme
from tests.haus import GEMEINDEN, Haus

NACHBAR = "08115"


@pytest.fixture(scope="module")
def eigene(tmp_path_factory):
    """Give what the installation of the shipped Kreis hands over, and its warehouse."""
    house = Haus(tmp_path_factory.mktemp("eigene"))
    house.indikator("anteil")
    lines = ["messgroesse | gebiet | zeit | zeitbezug | basis | wert"]
    for n, key in enumerate([*GEMEINDEN, "08116", "08117", "08", "DG"]):
        lines += [f"faelle | {key} | 2022-12-31 | stichtag | zensus2022 | {100 + n}"]
        lines += [f"einwohner | {key} | 2022-12-31 | stichtag | zensus2022 | {2000 + 10 * n}"]
    house.lieferung("zahlen", "\n".join(lines))
    house.refresh()
    veroeffentliche(house.warehouse)
    gib_weiter(house.warehouse, house.folder / "weitergabe")
    return house


@pytest.fixture
def ordner(eigene, tmp_path):
    """Give the folders of two installations; the second is the first one with other keys."""
    one = shutil.copytree(eigene.folder / "weitergabe", tmp_path / "eins")
    two = shutil.copytree(one, tmp_path / "zwei")
    sql = f"SELECT * REPLACE (replace(gebiet, '08116', '{NACHBAR}') AS gebiet)"
    aendere(two, sql)
    beschreibe(two, kreis=NACHBAR, name="Landkreis Nachbar")
    return one, two


def aendere(folder, sql):
    """Change the rows of a handed over file, with a manifest that fits to the new bytes."""
    fresh = folder / "neu.parquet"
    duckdb.sql(f"COPY ({sql} FROM '{folder / WERTE}') TO '{fresh}' (FORMAT parquet)")
    fresh.rename(folder / WERTE)
    rows = duckdb.sql(f"SELECT count(*) FROM '{folder / WERTE}'").fetchall()[0][0]
    about = {"name": WERTE, "sha256": pruefsumme(folder / WERTE), "zeilen": rows}
    beschreibe(folder, dateien=[about])


def beschreibe(folder, **fields):
    file = folder / MANIFEST
    file.write_text(json.dumps(json.loads(file.read_text()) | fields), encoding="utf-8")


def abgelehnt(ordner, ziel):
    with pytest.raises(SozialmonitorError) as refused:
        sammle(ordner, ziel)
    return str(refused.value)


def test_only_own_areas_land_and_bund_are_handed_over(eigene):
    file = eigene.folder / "weitergabe" / WERTE
    areas = {row[0] for row in duckdb.sql(f"SELECT DISTINCT gebiet FROM '{file}'").fetchall()}
    assert areas == {*GEMEINDEN, "08116", "08", "DG"}
    about = json.loads((file.parent / MANIFEST).read_text())
    assert (about["kreis"], about["name"]) == ("08116", "Landkreis Esslingen")
    assert about["lizenzen"] == ["dl-de/by-2-0: Ein Amt, 2024"]
    assert about["dateien"][0]["zeilen"] == len(areas)


def test_the_hub_holds_both_and_land_and_bund_once(ordner, tmp_path):
    sammle(ordner, tmp_path / "hub")
    found = duckdb.sql(f"SELECT von, gebiet FROM '{tmp_path / 'hub' / ZIEL}'").fetchall()
    assert len(found) == 2 * (len(GEMEINDEN) + 1) + 2
    assert {von for von, _ in found} == {"08116", NACHBAR}
    assert sorted(key for _, key in found if len(key) == 2) == ["08", "DG"]
    assert "Landkreis Nachbar" in (tmp_path / "hub" / VERZEICHNIS).read_text(encoding="utf-8")


def test_twice_the_same_bytes_whatever_the_order(ordner, tmp_path):
    sammle(ordner, tmp_path / "a")
    sammle(ordner[::-1], tmp_path / "b")
    sammle(ordner, tmp_path / "a")
    for name in (ZIEL, VERZEICHNIS):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_damaged_file_is_refused_and_the_hub_stays(ordner, tmp_path):
    sammle(ordner, tmp_path / "hub")
    before = (tmp_path / "hub" / ZIEL).read_bytes()
    file = ordner[1] / WERTE
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert "SHA-256" in abgelehnt(ordner, tmp_path / "hub")
    assert (tmp_path / "hub" / ZIEL).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["eins", "hub", "zwei"]


def test_a_swapped_manifest_is_refused(ordner, tmp_path):
    one, two = (folder / MANIFEST for folder in ordner)
    text = one.read_text()
    one.write_text(two.read_text())
    two.write_text(text)
    assert "SHA-256" in abgelehnt(ordner, tmp_path / "hub")


def test_a_manifest_of_the_same_kreis_twice_is_refused(ordner, tmp_path):
    beschreibe(ordner[1], kreis="08116")
    assert "ist schon in" in abgelehnt(ordner, tmp_path / "hub")


def test_an_area_of_another_kreis_is_refused(ordner, tmp_path):
    beschreibe(ordner[1], kreis="08117", name="Landkreis Dritter")
    assert f"Das Gebiet {NACHBAR} gehört nicht zu" in abgelehnt(ordner, tmp_path / "hub")


def test_other_columns_and_another_schema_are_refused(ordner, tmp_path):
    aendere(ordner[1], "SELECT * EXCLUDE (basis)")
    assert "Spalten" in abgelehnt(ordner, tmp_path / "hub")
    beschreibe(ordner[1], schema_version="2")
    assert "schema_version" in abgelehnt(ordner, tmp_path / "hub")


def test_rows_of_another_release_than_the_manifest_says_are_refused(ordner, tmp_path):
    beschreibe(ordner[1], veroeffentlichung="2020-01-01-000000")
    assert "das Manifest nennt 2020-01-01-000000" in abgelehnt(ordner, tmp_path / "hub")


def test_two_values_for_the_land_are_refused(ordner, tmp_path):
    aendere(ordner[1], "SELECT * REPLACE (if(gebiet = '08', wert + 0.1, wert) AS wert)")
    said = abgelehnt(ordner, tmp_path / "hub")
    assert "anteil, 08, 2022-12-31" in said
    assert not (tmp_path / "hub").exists()


def test_what_is_older_than_the_hub_has_is_refused(ordner, tmp_path):
    sammle(ordner, tmp_path / "hub")
    beschreibe(ordner[1], freigegeben=(datetime.now(UTC) - timedelta(days=400)).isoformat())
    assert "ist älter als die vorhandene" in abgelehnt(ordner, tmp_path / "hub")


def test_a_folder_without_manifest_is_refused(ordner, tmp_path):
    (ordner[0] / MANIFEST).unlink()
    assert "kein Manifest" in abgelehnt(ordner, tmp_path / "hub")


def test_a_release_that_the_installation_has_withdrawn_is_refused(ordner, tmp_path):
    id_ = json.loads((ordner[0] / MANIFEST).read_text())["veroeffentlichung"]
    beschreibe(ordner[0], zurueckgezogen=[id_])
    assert "wurde zurückgezogen" in abgelehnt(ordner, tmp_path / "hub")


def test_nothing_is_handed_over_while_nothing_valid_is_released(eigene, tmp_path):
    warehouse = shutil.copytree(eigene.warehouse, tmp_path / "warehouse", symlinks=True)
    release = veroeffentlichungen.aktuelle(warehouse)
    veroeffentlichungen.ziehe_zurueck(warehouse, release.id, "Falsche Datei")
    with pytest.raises(SozialmonitorError, match="keine gültige Veröffentlichung"):
        gib_weiter(warehouse, tmp_path / "neu")
    assert not (tmp_path / "neu").exists()


def test_a_folder_with_anything_else_is_never_replaced(ordner, tmp_path):
    (tmp_path / "hub").mkdir()
    (tmp_path / "hub" / "brief.txt").write_text("wichtig", encoding="utf-8")
    assert "etwas anderes" in abgelehnt(ordner, tmp_path / "hub")
    assert (tmp_path / "hub" / "brief.txt").read_text(encoding="utf-8") == "wichtig"
