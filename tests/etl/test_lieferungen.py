"""Deliveries: a file and its description belong together."""

import hashlib

import pytest

from etl.errors import DefinitionError, DeliveryError
from etl.lieferungen import find_lieferungen
from tests.tables import assert_table

ROW = "messgroesse|gebiet|zeit|zeitbezug|wert\nfaelle|08116|2015|jahr|1"


def test_each_delivery_has_its_place_and_fingerprint(haus):
    haus.lieferung("zweite", ROW)
    file = haus.lieferung("erste", ROW)
    found = find_lieferungen(haus.raw)
    assert_table(found, "datei\namt/erste.csv\namt/zweite.csv")
    assert found[0].sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_file_without_description_is_refused(haus):
    haus.lieferung("erste", ROW)
    haus.write("raw/amt/nackt.csv", "x")
    with pytest.raises(DeliveryError, match=r"nackt.csv\n.*fehlt die Beschreibung") as caught:
        find_lieferungen(haus.raw)
    assert caught.value.maengel[0].abhilfe == "Daneben nackt.quelle.yaml anlegen."


def test_a_description_without_file_is_refused(haus):
    haus.lieferung("erste", ROW).unlink()
    with pytest.raises(DeliveryError, match=r"erste.quelle.yaml\n.*fehlt die Datei"):
        find_lieferungen(haus.raw)


def test_an_empty_folder_is_refused(haus):
    with pytest.raises(DeliveryError, match="keine einzige Lieferung"):
        find_lieferungen(haus.raw)


def test_an_id_used_twice_is_refused(haus):
    haus.lieferung("erste", ROW)
    haus.lieferung("zweite", ROW, quelle="erste")
    with pytest.raises(DeliveryError, match="Die Kennung »erste« hat schon amt/erste"):
        find_lieferungen(haus.raw)


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("lizenz", "dl-de/by-2", "»dl-de/by-2« ist für »lizenz« kein erlaubter Wert"),
        ("rhythmus", "jährlich", "»jährlich« ist für »rhythmus« kein erlaubter Wert"),
        ("stand", "Juni 2024", "»Juni 2024« ist für »stand« kein Datum"),
        ("quelle", "Große Tabelle", "hat für »quelle« nicht die verlangte Form"),
        ("rang", "100", "»100« ist für »rang« zu groß"),
        ("lizens", "cc0", "Das Feld »lizens« gibt es hier nicht"),
    ],
)
def test_a_wrong_description_names_its_field(haus, field, value, problem):
    haus.lieferung("erste", ROW, **{field: value})
    with pytest.raises(DefinitionError, match=r"erste.quelle.yaml:\d+\n") as caught:
        find_lieferungen(haus.raw)
    assert problem in caught.value.maengel[0].problem


@pytest.mark.parametrize(
    ("licence", "permission"),
    [("erlaubnis", ""), ("erlaubnis", "  "), ("cc0", "Amt, 3. Mai 2024, Az. 12")],
)
def test_a_permission_in_writing_and_its_licence_belong_together(haus, licence, permission):
    haus.lieferung("erste", ROW, lizenz=licence, erlaubnis=permission)
    with pytest.raises(DefinitionError, match="gehören zusammen"):
        find_lieferungen(haus.raw)


def test_a_permission_in_writing_is_enough(haus):
    haus.lieferung("erste", ROW, lizenz="erlaubnis", erlaubnis="Amt, 3. Mai 2024, Az. 12")
    assert find_lieferungen(haus.raw)[0].quelle.erlaubnis.startswith("Amt")


def test_a_description_without_licence_is_refused(haus):
    file = haus.lieferung("erste", ROW).with_name("erste.quelle.yaml")
    lines = [line for line in file.read_text().splitlines() if not line.startswith("lizenz")]
    file.write_text("\n".join(lines))
    with pytest.raises(DefinitionError, match="Pflichtfeld »lizenz« fehlt"):
        find_lieferungen(haus.raw)
