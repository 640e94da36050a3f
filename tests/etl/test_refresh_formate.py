"""A file in its publisher's layout, named in one YAML, is taken by the refresh; once, and only once."""

import pytest

from etl import einlesen
from etl.errors import DefinitionError, UnknownError
from etl.refresh import build_intern
from etl.warehouse import new_build
from tests.etl.sources.test_zuordnung import ROWS, flach
from tests.haus import silent
from tests.tables import assert_table

SOURCE = "werte: [{messgroesse: faelle, geschlecht: Geschlecht}]"
TABLE = """\
GENESIS-Tabelle: 99999-01-01-4
Probe - Jahr -;;;
Eine Statistik;;;
;;;Fälle
;;;Anzahl
2015;08116;      Esslingen, Landkreis;12
2015;08117;      Göppingen, Landkreis;-
__________
"© Ein Amt"
Stand: 10.10.2017 / 14:18:10
"""
ANZAHL = "art: anzahl\nzaehler: {messgroesse: faelle}\n"
ONE = "messgroesse|gebiet|zeit|zeitbezug|wert\nfaelle|08|2015|jahr|{wert}"


@pytest.fixture
def zwei(haus):
    """Give a house with a flat file and a file in Kreisformat."""
    haus.datei("flach", flach(*ROWS), zuordnung="probe")
    haus.zuordnung("probe", SOURCE)
    haus.lieferung("eigene", ONE.format(wert=1))
    haus.indikator("anzahl", ANZAHL)
    return haus


def test_a_dropped_file_named_in_one_yaml_reaches_the_indicator(zwei):
    service = zwei.refresh()
    assert service.reihe("anzahl", ["08117"])[0].wert == 7
    ((part,),) = [item.bestandteile for item in zwei.explain("anzahl", "08117", "2015")]
    assert [cell.ort for cell in part.zellen] == ["amt/flach.csv:5, Spalte 14"]


def test_formats_are_loaded_side_by_side(zwei):
    zwei.datei("tabelle", TABLE.encode("latin-1"), zuordnung="tabelle")
    zwei.zuordnung("tabelle", "werte: [{messgroesse: personen}]")
    zwei.read()
    rows = zwei.intern("SELECT quelle, format, zellen, zeilen FROM lieferung ORDER BY quelle")
    assert rows == [
        ("eigene", "kreisformat", 1, 1),
        ("flach", "genesis_ffcsv", 5, 4),
        ("tabelle", "genesis_tabelle", 2, 2),
    ]


def test_a_broken_line_is_named_with_its_place_below_data_raw(zwei):
    zwei.datei("flach", flach(*ROWS).replace(";20;", ";2x;"), zuordnung="probe")
    text = zwei.refusal()
    assert text.startswith("amt/flach.csv:4, Spalte 14\n")
    assert "»2x«" in text


def test_an_unknown_municipality_stops_the_file(zwei):
    zwei.datei("flach", flach(("08116999", "2015-12-31", "Insgesamt", "1")), zuordnung="probe")
    assert "»08116999« ist nicht bekannt" in zwei.refusal()


def test_a_file_that_nobody_has_mapped_is_refused(haus):
    haus.datei("tabelle", "{}", ".json")
    text = haus.refusal()
    assert "nicht zugeordnet" in text
    assert "read DATEI --suggest" in text


def test_an_unknown_format_is_refused_with_the_nearest_name(zwei):
    zwei.zuordnung("probe", f"format: genesis_ffcvs\n{SOURCE}")
    assert "Meinten Sie »genesis_ffcsv«?" in zwei.refusal()


def test_what_is_known_is_not_read_again(zwei, monkeypatch):
    first = zwei.read()
    loaded = zwei.intern("SELECT quelle, geladen, zellen FROM lieferung ORDER BY quelle")
    monkeypatch.setattr(einlesen, "lies", None)  # reading anything would fail
    assert zwei.read() == first
    assert zwei.intern("SELECT quelle, geladen, zellen FROM lieferung ORDER BY quelle") == loaded


@pytest.mark.parametrize("what", ["file", "source"])
def test_what_has_changed_is_read_again(zwei, what):
    zwei.read()
    if what == "file":
        zwei.datei("flach", flach(*ROWS).replace(";7;", ";8;"), zuordnung="probe")
    else:
        zwei.zuordnung("probe", "werte: [{messgroesse: faelle, geschlecht: Geschlecht, faktor: 2}]")
    rows = [row for row in zwei.read() if row["gebiet"] == "08117"]
    assert_table(rows, f"wert\n{8 if what == 'file' else 14}")


def test_a_messgroesse_that_is_gone_is_not_copied(zwei):
    zwei.read()
    declared = {"quote": zwei.katalog().messgroessen["quote"]}
    with (
        pytest.raises(DefinitionError, match="»faelle« ist nicht erklärt"),
        new_build(zwei.warehouse) as build,
    ):
        build_intern(build, zwei.raw, silent, declared, zwei.wahl())


def test_one_source_alone_may_be_read_anew(zwei):
    zwei.read()
    zwei.datei("flach", flach(*ROWS).replace(";7;", ";8;"), zuordnung="probe")
    zwei.lieferung("eigene", ONE.format(wert=99))
    rows = {row["gebiet"]: row["wert"] for row in zwei.read(nur="probe") if not row["geschlecht"]}
    assert rows == {"08116": 30, "08117": 8, "08": 1}
    assert zwei.intern("SELECT count(*) FROM lieferung") == [(2,)]


def test_an_unknown_source_alone_is_refused(zwei):
    with pytest.raises(UnknownError, match="Meinten Sie »flach«"):
        zwei.read(nur="flachh")


def test_one_source_alone_needs_a_datenstand(zwei):
    with pytest.raises(UnknownError, match="noch keinen Datenstand"):
        zwei.read(nur="probe")
