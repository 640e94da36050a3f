"""Wegweiser Kommune: small municipalities have no values, and never those of their Landkreis."""

import json

import pytest

from etl.fetch.wegweiser import _schluessel
from etl.lieferungen import find_lieferungen
from tests.etl.fetch.stub import Antwort

FELDER = {
    "dienst": "wegweiser",
    "tabelle": "",
    "regionalmerkmal": None,
    "indikatoren": ["geburten"],
    "gebiete": ["08116*"],
}
ESSLINGEN = {"friendlyUrl": "esslingen", "name": "Esslingen", "gkz": "08116019", "type": "GEMEINDE"}
KREIS = {"friendlyUrl": "esslingen-lk", "name": "Esslingen, LK", "gkz": "08116000"} | {
    "type": "LANDKREIS"
}
KLEIN = {"friendlyUrl": "altdorf", "name": "Altdorf", "gkz": "08116004", "type": "KLEINE_GEMEINDE"}
ERSATZ = KREIS | {"title": "Esslingen, LK (mit Altdorf)", "smallRegionReplacement": True}
ORDNER = "wegweiser_kommune/bevoelkerung_2026_02_01"


def als_json(inhalt, kodierung="utf-8", **kopf):
    text = json.dumps(inhalt, ensure_ascii=False).encode(kodierung)
    return Antwort(text, kopf.get("typ", "application/json"))


def daten(*regionen, jahre=(2024, 2025), typ="COMMUNAL_DATA", indikator="geburten", reihen=None):
    reihen = [[9.1] * len(jahre) for _ in regionen] if reihen is None else reihen
    werte = {"friendlyUrl": indikator, "unit": "je 1.000", "regionYearValues": reihen}
    return {
        "years": list(jahre),
        "data": {"type": typ, "regions": list(regionen), "indicators": [werte]},
    }


@pytest.fixture
def hole(abrufer, stub):
    def abruf(antwort=None, **felder):
        if antwort is not None:
            stub.sagt("statistics/data", antwort)
        return abrufer(**FELDER | felder)

    stub.sagt("statistics/version", als_json("2026-02-01"))
    stub.sagt("region/filter", als_json({"regions": [ESSLINGEN, KREIS, KLEIN, ERSATZ]}))
    stub.sagt("indicator/get", als_json({"friendlyUrl": "geburten"}))
    stub.sagt("statistics/data", als_json(daten(ESSLINGEN, KREIS)))
    return abruf


def test_an_answer_lands_as_it_came(hole, abrufer, stub):
    eintrag = hole()
    assert (eintrag.ergebnis, eintrag.datei) == ("neu", ORDNER)
    (lieferung,) = find_lieferungen(abrufer.ort.raw)
    assert lieferung.pfad.read_bytes() == stub.regie["statistics/data"][0].koerper
    assert lieferung.quelle.unvollstaendig.startswith(
        "Der Herausgeber hat keine Werte für 08116004"
    )
    assert lieferung.quelle.namensnennung == "Bertelsmann Stiftung/www.wegweiser-kommune.de"
    assert eintrag.hinweise == ("Ohne Werte: 08116004.",)


def test_a_small_municipality_is_never_asked_for(hole, stub):
    hole()
    (gefragt,) = stub.fragen("2024-2025")
    assert gefragt.pfad.endswith("/geburten+esslingen+esslingen-lk+2024-2025")
    assert json.loads(stub.fragen("region/filter")[0].koerper) == {"gkzs": ["08116*"]}


@pytest.mark.parametrize(
    ("antwort", "grund"),
    [
        (daten(ESSLINGEN, ERSATZ), "Für eine kleine Gemeinde kam ihr Landkreis"),
        (daten(ESSLINGEN, KLEIN), "nicht gefragt war: 08116004"),
        (daten(ESSLINGEN, jahre=(2019, 2024)), "2024 bis 2025, gekommen ist [2019, 2024]"),
        (daten(ESSLINGEN, typ="POPULATION_FORECAST"), "gekommen ist POPULATION_FORECAST"),
        (daten(ESSLINGEN, indikator="geburten-prognose"), "gekommen ist geburten-prognose"),
        (daten(ESSLINGEN, KREIS, reihen=[[1, 2]]), "nicht zu jeder Region eine Reihe"),
        (daten(ESSLINGEN, reihen=[[1]]), "nicht zu jedem Jahr ein"),
        ({"years": []}, "nicht die erwartete Form"),
        ([], "nicht die erwartete Form"),
    ],
)
def test_an_answer_to_another_question_is_refused(hole, abrufer, antwort, grund):
    assert grund in hole(als_json(antwort)).grund
    assert abrufer.dateien() == []


def test_regions_that_were_cut_off_are_told(hole):
    assert hole(als_json(daten(ESSLINGEN))).hinweise == ("Ohne Werte: 08116, 08116004.",)


def test_many_regions_come_in_several_answers(hole, abrufer, stub):
    viele = [
        {"friendlyUrl": f"g{n}", "name": f"G{n}", "gkz": f"08116{n:03}", "type": "GEMEINDE"}
        for n in range(1, 51)
    ]

    def teil(gefragt):
        slugs = gefragt.pfad.rpartition("/")[2].split("+")[1:-1]
        return als_json(daten(*[r for r in viele if r["friendlyUrl"] in slugs]))

    stub.sagt("region/filter", als_json({"regions": viele}))
    assert hole(teil).hinweise == ()
    namen = [f.quelle.quelle for f in find_lieferungen(abrufer.ort.raw)]
    assert namen == ["bevoelkerung_2026_02_01_t1", "bevoelkerung_2026_02_01_t2"]
    assert abrufer.zeit.pausen == pytest.approx([1.0] * 4)


def test_a_known_version_is_not_fetched_again(hole, stub):
    hole()
    stub.gefragt.clear()
    assert hole().ergebnis == "unveraendert"
    assert [g.pfad.rpartition("/")[2] for g in stub.gefragt] == ["version"]
    stub.sagt("statistics/version", als_json("2026-03-01"))
    assert hole(als_json(daten(ESSLINGEN))).datei.endswith("2026_03_01")


def test_a_version_that_is_no_day_is_the_day_of_the_fetch(hole, stub):
    stub.sagt("statistics/version", als_json("Frühjahr"))
    assert hole().datei.endswith("2026_03_10")


@pytest.mark.parametrize("typ", ["application/json", "application/json; charset=ISO-8859-1"])
def test_latin_1_is_understood(hole, typ):
    umlaut = ESSLINGEN | {"name": "Esslingen am Neckar, Große Kreisstadt"}
    assert hole(als_json(daten(umlaut), "latin-1", typ=typ)).ergebnis == "neu"


@pytest.mark.parametrize(
    ("antwort", "grund"),
    [
        (Antwort(b'{"x":1', "application/json"), "kein vollständiges JSON"),
        (Antwort(b"{}", "application/json; charset=klingonisch"), "kein vollständiges JSON"),
        (Antwort(b"<html>", "text/html"), "Statt Daten kam eine Webseite"),
        (Antwort(b"{}", status=404), "keine Werte (HTTP 404)"),
    ],
)
def test_what_is_no_answer_is_told(hole, antwort, grund):
    assert grund in hole(antwort).grund


def test_classes_are_told(hole, stub):
    klassen = {"friendlyUrl": "geburten", "minimumClassification": 4, "maximumClassification": 6}
    stub.sagt("indicator/get", als_json(klassen))
    assert "die Mitten von Klassen" in hole().hinweise[0]


@pytest.mark.parametrize(
    ("pfad", "antwort"),
    [
        ("indicator/get", als_json({"friendlyUrl": "andere"})),
        ("region/filter", als_json({"regions": None})),
        ("region/filter", als_json({"regions": [KLEIN, ERSATZ]})),
    ],
)
def test_a_question_that_leads_nowhere_is_told(hole, stub, pfad, antwort):
    stub.sagt(pfad, antwort)
    assert hole().veraltet


@pytest.mark.parametrize(
    ("region", "schluessel"),
    [
        (KREIS, "08116"),
        ({"ags": "08116019"}, "08116019"),
        ({"gkz": "08116000"}, "08116"),
        ({"gkz": "08000000"}, "08"),
        ({"gkz": "08000000", "type": "BUNDESLAND"}, "08"),
        ({"gkz": "00000000", "type": "BUND"}, "DG"),
    ],
)
def test_made_up_keys_of_larger_areas_are_undone(region, schluessel):
    assert _schluessel(region) == schluessel
