"""GENESIS: errors come with HTTP 200, filters may be ignored, secrets are echoed."""

import hashlib
import logging
from dataclasses import replace
from datetime import date

import httpx
import pytest
import yaml

from etl.fetch import leitung
from etl.fetch.leitung import DAUER, LAENGSTE_PAUSE, VERSUCHE, _warte
from etl.lieferungen import find_lieferungen
from tests.etl.fetch.stub import (
    PASSWORD,
    USER,
    ZEILEN,
    Antwort,
    Stub,
    archiv,
    beschreibung,
    meldung,
    zeile,
)

TABELLE = "data/tablefile"
ORDNER = "statistische_aemter/bevoelkerung_2026_03_10"
WARTUNG = Antwort(b"<!DOCTYPE html><html>Wartung</html>", "text/html")


@pytest.fixture
def genesis(stub: Stub) -> Stub:
    stub.sagt("metadata/table", beschreibung())
    stub.sagt(TABELLE, archiv(*ZEILEN))
    stub.sagt("logincheck", Antwort(b'{"Status":"erfolgreich","Username":"RE1234567X"}'))
    return stub


def test_a_table_lands_unchanged_with_its_description(abrufer, genesis):
    eintrag = abrufer()
    assert (eintrag.ergebnis, eintrag.datei) == ("neu", ORDNER)
    (lieferung,) = find_lieferungen(abrufer.ort.raw)
    gesendet = genesis.regie[TABELLE][0].koerper
    assert lieferung.sha256 == hashlib.sha256(gesendet).hexdigest()
    quelle = lieferung.quelle
    assert (quelle.quelle, quelle.zuordnung) == ("bevoelkerung_2026_03_10", "bevoelkerung")
    assert quelle.stand == date(2026, 3, 10)
    assert quelle.namensnennung.startswith("© Ein Statistisches Amt, 2026. Datenlizenz")
    assert "Abruf am 10.03.2026 04:00 UTC" in quelle.ursprung
    assert "startyear=2024, endyear=2025, regionalvariable=KREISE" in quelle.ursprung


def test_the_request_is_complete_and_has_no_empty_value(abrufer, genesis):
    abrufer(merkmale={"GES": ["GESM", "GESW"]}, inhalte=["BEVSTD"])
    (gefragt,) = genesis.fragen(TABELLE)
    assert gefragt.methode == "POST"
    assert gefragt.kopf["content-type"] == "application/x-www-form-urlencoded; charset=UTF-8"
    assert (gefragt.kopf["username"], gefragt.kopf["password"]) == (USER, PASSWORD)
    assert int(gefragt.kopf["content-length"]) == len(gefragt.koerper)
    assert {f.partition("=")[2] for f in gefragt.koerper.decode().split("&")}.isdisjoint({""})
    erwartet = {"startyear": "2024", "endyear": "2025", "regionalkey": "08116", "job": "false"}
    erwartet |= {"classifyingvariable1": "GES", "classifyingkey1": "GESM,GESW"}
    assert erwartet.items() <= gefragt.felder.items()
    assert "stand" not in gefragt.felder


def test_without_an_end_the_current_year_is_asked_for(abrufer, genesis):
    abrufer(bis=None)
    assert genesis.fragen(TABELLE)[0].felder["endyear"] == "2026"


def test_a_secret_is_in_no_log_file_or_message(abrufer, genesis, caplog):
    caplog.set_level(logging.DEBUG)
    genesis.sagt(TABELLE, meldung(-1, f"kein Datenquader für {USER}/{PASSWORD}"))
    eintrag = abrufer()
    genesis.sagt(TABELLE, archiv(*ZEILEN))
    abrufer()
    geschrieben = b"".join(p.read_bytes() for p in abrufer.ort.raw.parent.rglob("*") if p.is_file())
    assert "kein Datenquader für ***/***" in eintrag.grund
    for geheim in (USER, PASSWORD):
        assert geheim not in caplog.text + repr(eintrag)
        assert geheim.encode() not in geschrieben
        assert geheim.encode("latin-1") not in geschrieben


def test_a_table_that_quotes_the_user_is_not_stored(abrufer, genesis):
    genesis.sagt(TABELLE, archiv(*ZEILEN, zeile("2025-12-31", "08116", USER)))
    assert "steht Ihr Benutzername" in abrufer().grund
    assert abrufer.dateien() == []


def test_nothing_new_keeps_the_old_file(abrufer, genesis):
    abrufer()
    vorher = abrufer.dateien()
    genesis.sagt(TABELLE, meldung(50, "Es gibt keine neueren Daten"))
    assert abrufer().ergebnis == "unveraendert"
    assert genesis.fragen(TABELLE)[-1].felder["stand"] == "10.03.2026"
    assert abrufer.dateien() == vorher


def test_another_question_does_not_ask_for_news_only(abrufer, genesis):
    abrufer()
    genesis.sagt(TABELLE, archiv(*ZEILEN, zeile("2023-12-31", "08116", "1")))
    abrufer(von=2023)
    assert "stand" not in genesis.fragen(TABELLE)[-1].felder


def test_since_a_day_is_passed_on(abrufer, genesis):
    abrufer(seit=date(2025, 1, 31))
    assert genesis.fragen(TABELLE)[-1].felder["stand"] == "31.01.2025"


def test_the_same_rows_in_another_order_are_nothing_new(abrufer, genesis):
    abrufer()
    abrufer.zeit.schlafe(86400)
    genesis.sagt(TABELLE, archiv(*reversed(ZEILEN), name="12411-01-01-4_1773_de_flat.csv"))
    assert abrufer().ergebnis == "unveraendert"
    assert len(find_lieferungen(abrufer.ort.raw)) == 1


def test_a_second_stand_stands_beside_the_first(abrufer, genesis):
    abrufer()
    abrufer.zeit.schlafe(86400)
    genesis.sagt(TABELLE, archiv(*ZEILEN[1:], zeile("2025-12-31", "08116", "7")))
    assert abrufer().datei == "statistische_aemter/bevoelkerung_2026_03_11"
    staende = [f.quelle.stand for f in find_lieferungen(abrufer.ort.raw)]
    assert staende == [date(2026, 3, 10), date(2026, 3, 11)]


def test_a_correction_on_the_same_day_replaces_without_losing(abrufer, genesis):
    abrufer()
    genesis.sagt(TABELLE, archiv(*ZEILEN[1:], zeile("2025-12-31", "08116", "7")))
    assert abrufer().datei == ORDNER
    assert len(find_lieferungen(abrufer.ort.raw)) == 1
    assert list((abrufer.ort.raw / "statistische_aemter").glob(".ersetzt-*/*.zip"))


@pytest.mark.parametrize(
    ("antwort", "grund"),
    [
        (meldung(90, "Die Tabelle ist nicht vorhanden"), "gibt es beim Dienst nicht (mehr)"),
        (meldung(104, "Es gibt keine Objekte"), "gibt es beim Dienst nicht (mehr)"),
        (meldung(-1, "kein Datenquader\ngefunden"), "Code -1: kein Datenquader gefunden"),
        (meldung(0), "meldet Erfolg, schickt aber nichts"),
        (meldung(98, "zu groß", startyear=""), "hat »startyear« als »« verstanden"),
        (Antwort(b'{"Code":15,"Content":"x"}', status=401), "kennt diese Zugangsdaten nicht"),
        (Antwort(b'{"Code":2,"Content":"x"}', status=404), "kennt diese Zugangsdaten nicht"),
        (Antwort(b'{"Code":99,"Content":"x"}', status=405), "lehnt ab (Code 99, HTTP 405)"),
        (Antwort(b"<html>", "text/html", 404), "Diese Adresse gibt es bei dem Dienst nicht"),
        (Antwort(b"", "text/plain", 411), "weder eine Datei noch eine Meldung (HTTP 411"),
        (Antwort(b"a;b\n1;2\n", "text/csv"), "weder eine Datei noch eine Meldung"),
        (Antwort(b"[1]", "application/json"), "weder eine Datei noch eine Meldung"),
        (archiv(*ZEILEN, name="tabelle.xlsx"), "statt einer CSV-Datei"),
        (archiv(*ZEILEN, kopf="a;b"), "nicht die Spalten einer Flat-File-CSV"),
        (archiv(), "ohne eine einzige Zeile"),
    ],
)
def test_an_answer_that_is_no_table_is_not_asked_for_again(abrufer, genesis, antwort, grund):
    genesis.sagt(TABELLE, antwort)
    eintrag = abrufer()
    assert eintrag.veraltet
    assert grund in eintrag.grund
    assert len(genesis.fragen(TABELLE)) == 1
    assert abrufer.dateien() == []


@pytest.mark.parametrize(
    ("antwort", "grund"),
    [
        (WARTUNG, "Statt Daten kam eine Webseite"),
        (Antwort(b"{}", status=503), "HTTP 503"),
        (Antwort(b"{}", status=429), "HTTP 429"),
        (Antwort(b"", status=500), "HTTP 500"),
        (meldung(6, "zu viele parallele Anfragen"), "zu viele Anfragen"),
        (Antwort(b"x" * 1000, fehler="abbruch"), "brach mittendrin ab"),
        (Antwort(archiv(*ZEILEN).koerper[:-30], "application/zip"), "Archiv ist beschädigt"),
        (archiv(*ZEILEN, "12411;halb"), "Zeile 8 ist unvollständig"),
        (Antwort(fehler="stumm"), "nicht rechtzeitig geantwortet"),
    ],
)
def test_what_is_temporary_is_tried_again(abrufer, genesis, antwort, grund):
    genesis.sagt(TABELLE, antwort)
    eintrag = abrufer()
    assert grund in eintrag.grund
    assert "bisherigen Stand" in eintrag.grund
    assert len(genesis.fragen(TABELLE)) == VERSUCHE
    assert abrufer.zeit.pausen == [4, 8, 16, 32]
    genesis.sagt(TABELLE, antwort, archiv(*ZEILEN))
    assert abrufer().ergebnis == "neu"


def test_a_failed_fetch_leaves_the_old_delivery(abrufer, genesis):
    abrufer()
    vorher = abrufer.dateien()
    genesis.sagt(TABELLE, WARTUNG)
    assert abrufer().veraltet
    assert abrufer.dateien() == vorher


def test_too_many_requests_lead_to_a_login_check(abrufer, genesis):
    genesis.sagt(TABELLE, meldung(6, "zu viele parallele Anfragen"), archiv(*ZEILEN))
    assert abrufer().ergebnis == "neu"
    assert len(genesis.fragen("logincheck")) == 1


@pytest.mark.parametrize(
    ("kopf", "sekunden"),
    [
        ({"retry-after": "77"}, 77),
        ({"retry-after": "99999"}, LAENGSTE_PAUSE),
        (
            {
                "retry-after": "Tue, 10 Mar 2026 04:02:00 GMT",
                "date": "Tue, 10 Mar 2026 04:00:00 GMT",
            },
            120,
        ),
        ({"retry-after": "bald"}, 0),
        ({}, 0),
    ],
)
def test_the_service_says_how_long_to_wait(kopf, sekunden):
    assert _warte(httpx.Response(503, headers=kopf)) == sekunden


def test_the_wait_is_as_long_as_asked_for(abrufer, genesis):
    spaet = Antwort(status=429, kopf={"retry-after": "77"})
    genesis.sagt(TABELLE, spaet, archiv(*ZEILEN))
    assert abrufer().ergebnis == "neu"
    assert abrufer.zeit.pausen == [77]


def test_an_answer_that_trickles_for_ever_is_given_up(abrufer, genesis):
    uhr = abrufer.zeit.uhr()
    schritte = iter(range(0, 10**9, 2 * DAUER))
    object.__setattr__(abrufer.ort, "uhr", replace(uhr, monoton=lambda: float(next(schritte))))
    assert "nach 60 Minuten nicht zu Ende" in abrufer().grund


@pytest.mark.parametrize("antwort", [archiv(*ZEILEN), Antwort(b"x" * 1000)])
def test_an_answer_that_is_too_large_is_given_up(abrufer, genesis, monkeypatch, antwort):
    monkeypatch.setattr(leitung, "GROESSE", 500)
    monkeypatch.setattr(leitung, "IM_SPEICHER", 500)
    genesis.sagt("metadata/table", antwort)
    assert "ist zu groß" in abrufer().grund
    assert not any(p.suffix == ".zip" for p in abrufer.ort.raw.rglob("*"))


def test_a_redirect_is_not_followed(abrufer, genesis):
    andere = Stub()
    genesis.sagt(TABELLE, Antwort(status=307, kopf={"location": f"{andere.url}data?x={USER}"}))
    eintrag = abrufer()
    andere.schliesse()
    assert "verweist auf eine andere Adresse" in eintrag.grund
    assert USER not in eintrag.grund
    assert andere.gefragt == []


def test_a_service_that_is_not_there(abrufer, genesis):
    genesis.schliesse()
    assert "keine Verbindung" in abrufer().grund


def test_the_usual_proxy_is_used(abrufer, genesis, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", genesis.url.split("/genesisws")[0])
    monkeypatch.setattr(
        "etl.fetch.dienste.Dienst.url", lambda _self, pfad: f"http://amt.invalid/{pfad}"
    )
    assert abrufer().ergebnis == "neu"
    assert genesis.fragen(TABELLE)[0].kopf["host"] == "amt.invalid"


def test_the_description_of_a_delivery_is_plain_yaml(abrufer, genesis):
    abrufer(unvollstaendig="Nur der Kreis")
    (datei,) = abrufer.ort.raw.rglob("*.quelle.yaml")
    felder = yaml.safe_load(datei.read_text(encoding="utf-8"))
    assert felder["unvollstaendig"] == "Nur der Kreis"
    assert felder["bearbeitung"] == "keine, wie abgerufen"
