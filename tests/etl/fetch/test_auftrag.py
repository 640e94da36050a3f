"""A table that is too large: order, wait, fetch; an interrupted fetch goes on with the same order."""

import json
from datetime import timedelta

import pytest

from etl.fetch import auftrag
from etl.fetch.leitung import VERSUCHE
from tests.etl.fetch.stub import ZEILEN, Antwort, Stub, archiv, beschreibung, meldung
from tests.shared import SHARED, needs_shared

NAME = "12411-01-01-4_175879554"
TABELLE, ERGEBNISSE, ERGEBNIS = "data/tablefile", "catalogue/results", "data/resultfile"
RAEUMEN = "profile/removeResult"
ZU_GROSS = meldung(98, "Die Tabelle ist zu gross, um im Dialog abgerufen zu werden.")
ANGENOMMEN = meldung(99, f"Abrufbar als Ergebnis mit folgendem Namen: {NAME}")
NOCH_NICHT = meldung(104, "Es gibt keine Objekte zum angegebenen Selektionskriterium")
FERTIG = meldung(0, inhalt=[{"Code": NAME, "Content": "Bevölkerung", "Values": "1980160"}])


@pytest.fixture
def dienst(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> Stub:
    monkeypatch.setattr(auftrag, "FRIST", timedelta(hours=1))
    stub.sagt("metadata/table", beschreibung())
    stub.sagt(TABELLE, lambda g: ANGENOMMEN if g.felder["job"] == "true" else ZU_GROSS)
    stub.sagt(ERGEBNISSE, *[NOCH_NICHT] * 40, FERTIG)
    stub.sagt(ERGEBNIS, archiv(*ZEILEN, name=f"{NAME}_flat.csv"))
    stub.sagt(RAEUMEN, meldung(0))
    return stub


def zettel(abrufer):
    return abrufer.ort.notizen / "auftrag-bevoelkerung.json"


def test_a_table_that_is_too_large_is_ordered(abrufer, dienst):
    eintrag = abrufer()
    assert (eintrag.ergebnis, eintrag.hinweise) == ("neu", ())
    assert [g.felder["job"] for g in dienst.fragen(TABELLE)] == ["false", "true"]
    assert len(dienst.fragen(ERGEBNISSE)) == 41
    assert dienst.fragen(ERGEBNISSE)[0].felder["selection"] == NAME
    assert dienst.fragen(ERGEBNIS)[0].felder["name"] == NAME
    assert dienst.fragen(RAEUMEN)[0].felder["name"] == NAME
    assert not zettel(abrufer).exists()


def test_the_pauses_grow_to_a_minute(abrufer, dienst):
    abrufer()
    pausen = abrufer.zeit.pausen
    assert pausen[0] == 5
    assert pausen == sorted(pausen)
    assert pausen[-1] == 60


def test_an_order_that_never_ends_is_waited_for_next_time(abrufer, dienst):
    dienst.sagt(ERGEBNISSE, NOCH_NICHT)
    eintrag = abrufer()
    assert f"Der Auftrag {NAME} ist nach 1 Stunden nicht fertig" in eintrag.grund
    assert abrufer.zeit.vergangen <= auftrag.FRIST.total_seconds()
    dienst.sagt(ERGEBNISSE, FERTIG)
    vorher = len(dienst.fragen(TABELLE))
    assert abrufer().ergebnis == "neu"
    assert len(dienst.fragen(TABELLE)) == vorher


def test_a_killed_fetch_goes_on_with_its_order(abrufer, dienst):
    class Ende(BaseException):
        """The process is killed."""

    def toeten(_sekunden):
        raise Ende

    leben = abrufer.ort.uhr
    object.__setattr__(
        abrufer.ort, "uhr", type(leben)(leben.jetzt, leben.monoton, toeten, leben.zufall)
    )
    with pytest.raises(Ende):
        abrufer()
    assert json.loads(zettel(abrufer).read_text(encoding="utf-8"))["auftrag"] == NAME
    object.__setattr__(abrufer.ort, "uhr", leben)
    assert abrufer().ergebnis == "neu"
    assert [g.felder["job"] for g in dienst.fragen(TABELLE)] == ["false", "true"]


def test_another_question_does_not_take_the_old_order(abrufer, dienst):
    dienst.sagt(ERGEBNISSE, NOCH_NICHT)
    abrufer()
    dienst.sagt(ERGEBNISSE, FERTIG)
    abrufer(merkmale={"GES": ["GESM", "GESW"]})
    assert len(dienst.fragen(TABELLE)) == 4


@pytest.mark.parametrize("notiz", ["", "{", "[]", '{"auftrag": "x"}'])
def test_a_broken_note_is_as_good_as_none(abrufer, dienst, notiz):
    abrufer.ort.notizen.mkdir(parents=True)
    zettel(abrufer).write_text(notiz, encoding="utf-8")
    assert abrufer().ergebnis == "neu"


def test_an_old_order_counts_as_lost(abrufer, dienst):
    dienst.sagt(ERGEBNISSE, NOCH_NICHT)
    abrufer()
    abrufer.zeit.schlafe(auftrag.VERFALL.total_seconds())
    dienst.sagt(ERGEBNISSE, FERTIG)
    abrufer()
    assert len(dienst.fragen(TABELLE)) == 4


def test_a_result_that_has_vanished_is_ordered_anew(abrufer, dienst):
    dienst.sagt(ERGEBNISSE, NOCH_NICHT)
    abrufer()
    dienst.sagt(ERGEBNISSE, FERTIG)
    dienst.sagt(ERGEBNIS, NOCH_NICHT, archiv(*ZEILEN))
    assert abrufer().ergebnis == "neu"
    assert len(dienst.fragen(TABELLE)) == 4


def test_a_fresh_result_that_has_vanished_is_told(abrufer, dienst):
    dienst.sagt(ERGEBNIS, NOCH_NICHT)
    assert "Ergebnis des Auftrags ist verschwunden" in abrufer().grund
    assert not zettel(abrufer).exists()


def test_a_wrong_result_is_not_fetched_for_ever(abrufer, dienst):
    dienst.sagt(ERGEBNIS, archiv(*ZEILEN[:1]))
    assert abrufer().veraltet
    assert not zettel(abrufer).exists()


def test_a_cut_off_result_is_fetched_again(abrufer, dienst):
    ganz = archiv(*ZEILEN)
    dienst.sagt(ERGEBNIS, Antwort(ganz.koerper, ganz.typ, fehler="abbruch"), ganz)
    assert abrufer().ergebnis == "neu"
    assert len(dienst.fragen(ERGEBNIS)) == 2


def test_a_result_that_cannot_be_removed_is_only_a_hint(abrufer, dienst):
    dienst.sagt(RAEUMEN, meldung(-1, "intern"))
    eintrag = abrufer()
    assert eintrag.ergebnis == "neu"
    assert NAME in eintrag.hinweise[0]


def test_a_token_cannot_order(abrufer, dienst, monkeypatch):
    monkeypatch.setenv("SOZIALMONITOR_REGIONALSTATISTIK_USER", "a1" * 16)
    monkeypatch.setenv("SOZIALMONITOR_REGIONALSTATISTIK_PASSWORD", "")
    grund = abrufer().grund
    assert "weil ein Token keine Aufträge stellen darf" in grund
    assert "mit von, bis, gebiete oder merkmale verkleinern" in grund
    assert len(dienst.fragen(TABELLE)) == 1


def test_zensus_takes_no_orders(abrufer, dienst, monkeypatch):
    monkeypatch.setenv("SOZIALMONITOR_GENESIS_USER", "ZE12345678")
    monkeypatch.setenv("SOZIALMONITOR_GENESIS_PASSWORD", "geheim")
    assert "weil der Dienst keine Aufträge annimmt" in abrufer(dienst="zensus").grund


def test_an_order_that_is_not_accepted(abrufer, dienst):
    dienst.sagt(TABELLE, ZU_GROSS)
    assert "hat den Auftrag nicht angenommen" in abrufer().grund


def test_nothing_new_is_said_to_an_order_too(abrufer, dienst):
    dienst.sagt(TABELLE, ZU_GROSS, meldung(50, "nichts Neues"))
    assert abrufer().ergebnis == "unveraendert"


def test_maintenance_while_waiting_is_waited_for(abrufer, dienst):
    dienst.sagt(ERGEBNISSE, NOCH_NICHT, Antwort(b"<html>", "text/html", 503), FERTIG)
    assert abrufer().ergebnis == "neu"
    dienst.sagt(ERGEBNISSE, Antwort(b"<html>", "text/html", 503))
    abrufer.zeit.schlafe(86400)
    dienst.gefragt.clear()
    assert abrufer().veraltet
    assert zettel(abrufer).exists()
    assert len(dienst.fragen(ERGEBNISSE)) == VERSUCHE


@needs_shared
def test_the_recorded_order_is_followed(abrufer, stub):
    def aufnahme(nummer):
        pfad = SHARED / "deliveries/samples/genesis_json" / f"12531-0043__{nummer}.json"
        return Antwort(pfad.read_bytes().replace(b'"startyear":"","endyear":""', b'"-":""'))

    stub.sagt("metadata/table", aufnahme(409))
    stub.sagt(TABELLE, aufnahme(0), aufnahme(1))
    stub.sagt(ERGEBNISSE, aufnahme(2), aufnahme(3), aufnahme(407))
    stub.sagt(ERGEBNIS, archiv(*ZEILEN))
    stub.sagt(RAEUMEN, meldung(0))
    eintrag = abrufer(tabelle="12531-0043")
    # The recorded request had no filter, and the answer says so.
    assert "Der Dienst hat »" in eintrag.grund
    ungefiltert = b'"regionalvariable":"","regionalkey":""'
    ohne = [
        Antwort(
            a.koerper.replace(ungefiltert, b'"-":""').replace(
                b'"compress":"true"', b'"compress":"false"'
            )
        )
        for a in (aufnahme(0), aufnahme(1))
    ]
    stub.sagt(TABELLE, *ohne)
    assert abrufer(tabelle="12531-0043").ergebnis == "neu"
    assert stub.fragen(ERGEBNISSE)[0].felder["selection"] == "12531-0043_175879554"
