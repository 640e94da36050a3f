"""Around a fetch: what is declared, what is noted down, what the refresh refuses."""

import threading
import time
from datetime import timedelta

import pytest
from filelock import FileLock

from etl.errors import DeliveryError, SozialmonitorError
from etl.fetch import protokoll
from etl.fetch.abruf import Abruf
from etl.fetch.fehler import FetchError
from etl.fetch.holen import Ort, hole, uebernimm
from etl.fetch.protokoll import Eintrag, schreibe
from etl.lieferungen import find_lieferungen
from etl.yamlfile import load_yaml
from tests.etl.fetch.conftest import ABRUF
from tests.etl.fetch.stub import ZEILEN, archiv, beschreibung

TABELLE = "data/tablefile"


@pytest.fixture
def genesis(stub):
    stub.sagt("metadata/table", beschreibung())
    stub.sagt(TABELLE, archiv(*ZEILEN))
    return stub


@pytest.mark.parametrize(
    ("felder", "problem"),
    [
        ({"bis": 2020}, "liegt vor »von«"),
        ({"tabelle": ""}, "braucht »tabelle« und »regionalmerkmal«"),
        ({"regionalmerkmal": None}, "braucht »tabelle« und »regionalmerkmal«"),
        ({"gebiete": []}, "gebiete"),
        ({"gebiete": ["Esslingen"]}, "gebiete|Esslingen"),
        ({"merkmale": {"GES": []}}, "GES"),
        ({"merkmale": {f"M{n}": ["A"] for n in range(6)}}, "höchstens 5 Merkmale"),
        ({"indikatoren": ["geburten"]}, "nur bei Wegweiser Kommune"),
        ({"dienst": "wegweiser"}, "braucht »indikatoren«"),
        ({"dienst": "wegweiser", "indikatoren": ["a"]}, "gibt es nur bei GENESIS"),
        ({"password": "x"}, "password"),
    ],
)
def test_a_wrong_block_is_refused(felder, problem):
    with pytest.raises(ValueError, match=problem):
        Abruf.model_validate(ABRUF | felder)


def test_a_block_is_read_from_yaml(tmp_path):
    datei = tmp_path / "abruf.yaml"
    datei.write_text(
        "{dienst: regionalstatistik, tabelle: 12411-01-01-4, von: 2015, gebiete: ['08116'],"
        " regionalmerkmal: KREISE, titel: T, verantwortlich: V, rhythmus: jaehrlich}",
        encoding="utf-8",
    )
    abruf = load_yaml(datei, Abruf)
    assert (abruf.von, abruf.pruefen, abruf.jahre(2026)) == (2015, "woechentlich", (2015, 2026))


def test_every_attempt_is_noted_down(abrufer, genesis, monkeypatch):
    abrufer()
    monkeypatch.delenv("SOZIALMONITOR_REGIONALSTATISTIK_USER")
    abrufer.zeit.schlafe(3600)
    assert "keine Zugangsdaten hinterlegt" in abrufer().grund
    warehouse = abrufer.ort.warehouse
    assert [e.ergebnis for e in protokoll.lies(warehouse)] == ["neu", "gescheitert"]
    assert protokoll.letzte(warehouse)["bevoelkerung"].veraltet
    aktuell = protokoll.letzte_gelungene(warehouse)["bevoelkerung"]
    assert aktuell.beendet == abrufer.zeit.beginn


def test_a_line_cut_off_by_a_kill_is_left_out(abrufer, genesis):
    abrufer()
    log = abrufer.ort.warehouse / "abrufe.jsonl"
    log.write_text(log.read_text(encoding="utf-8") + '{"quelle": "b', encoding="utf-8")
    assert len(protokoll.lies(abrufer.ort.warehouse)) == 1


def test_what_is_due(tmp_path, zeit):
    jetzt = zeit.beginn
    for quelle, tage, ergebnis in (
        ("a", 6, "neu"),
        ("b", 7, "unveraendert"),
        ("c", 1, "gescheitert"),
    ):
        schreibe(tmp_path, Eintrag(quelle, jetzt - timedelta(days=tage), ergebnis))
    takte = dict.fromkeys("abcd", "woechentlich")
    assert protokoll.faellig(takte, tmp_path, jetzt) == ["b", "c", "d"]


def test_what_a_killed_fetch_left_is_neither_read_nor_in_the_way(abrufer, genesis):
    reste = abrufer.ort.raw / "statistische_aemter" / ".neu-bevoelkerung"
    reste.mkdir(parents=True)
    (reste / "tabelle.zip").write_bytes(b"PK halb")
    with pytest.raises(DeliveryError, match="keine einzige Lieferung"):
        find_lieferungen(abrufer.ort.raw)
    assert abrufer().ergebnis == "neu"
    assert not reste.exists()


def test_a_source_is_fetched_only_once_at_a_time(abrufer, genesis):
    abrufer.ort.notizen.mkdir(parents=True)
    with (
        FileLock(abrufer.ort.notizen / "quelle-bevoelkerung.lock"),
        pytest.raises(FetchError, match="gerade schon abgerufen"),
    ):
        abrufer()


def test_a_service_is_asked_by_one_at_a_time(abrufer, genesis):
    def langsam(_gefragt):
        time.sleep(0.03)  # long enough for the others to come in, if they could
        return archiv(*ZEILEN)

    genesis.sagt(TABELLE, langsam)
    abruf = Abruf.model_validate(ABRUF)
    threads = [
        threading.Thread(target=hole, args=(f"quelle{n}", abruf, abrufer.ort)) for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(find_lieferungen(abrufer.ort.raw)) == 4
    assert genesis.hoechstens == 1


def test_a_folder_that_cannot_be_written_is_told(abrufer, genesis):
    abrufer.ort.raw.mkdir()
    (abrufer.ort.raw / "statistische_aemter").write_text("im Weg", encoding="utf-8")
    assert "lässt sich nichts ablegen" in abrufer().grund


def test_what_the_refresh_refuses_is_set_aside(abrufer, genesis):
    eintrag = abrufer()
    laeufe = []

    def refresh():
        laeufe.append(abrufer.dateien())
        for datei in abrufer.dateien():
            raise DeliveryError.at(f"{datei}:7", "Unbekanntes Zeichen »?«.", "Nachfragen.")

    (abgelehnt,) = uebernimm([eintrag], abrufer.ort, refresh)
    assert len(laeufe) == 2
    assert abgelehnt.datei == "statistische_aemter/.abgelehnt-bevoelkerung_2026_03_10-1"
    assert (abrufer.ort.raw / abgelehnt.datei).is_dir()
    assert "Unbekanntes Zeichen" in protokoll.letzte(abrufer.ort.warehouse)["bevoelkerung"].grund
    uebernimm([abrufer()], abrufer.ort, refresh)
    assert len(list((abrufer.ort.raw / "statistische_aemter").glob(".abgelehnt-*"))) == 1


def test_a_refusal_of_something_else_is_passed_on(abrufer, genesis):
    eintrag = abrufer()

    def refresh():
        raise DeliveryError.at("amt/x_bevoelkerung_2026_03_10.csv:7", "Falsch.", "Ändern.")

    with pytest.raises(SozialmonitorError, match="Falsch"):
        uebernimm([eintrag], abrufer.ort, refresh)
    assert abrufer.dateien()


def test_an_entry_without_a_folder_needs_no_refresh_of_its_own(tmp_path):
    laeufe = []
    assert uebernimm([], Ort(tmp_path, tmp_path), lambda: laeufe.append(1)) == []
    assert laeufe == [1]
