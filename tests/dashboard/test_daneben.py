"""What stands beside the figures: who holds missing data, money, facilities, notes, what is to come."""

import json

import pytest

from dashboard import routing
from dashboard.components.daneben import ART, RECHNUNG, betrag
from dashboard.seite import Kontext
from indicators.service import Service


@pytest.fixture(scope="module")
def echt(ausgeliefert):
    return Kontext(Service(ausgeliefert))


def words(kontext, path):
    """Return everything a page says, tables and charts included, as one text."""
    page = routing.seite(kontext, path)
    assert page.gefunden
    return json.dumps(page.inhalt, ensure_ascii=False)


def test_a_defined_indicator_without_data_says_who_holds_them_and_how_to_hand_them_in(echt):
    asked = [i for i in echt.service.indikatoren() if not i.ebenen]
    assert len(asked) > 20
    for indikator in asked:
        text = words(echt, f"/indikator/{indikator.id}")
        request = echt.service.anforderung(indikator.id)
        assert "Daten angefordert" in text
        assert request.bei in text
        assert f"sozialmonitor template {indikator.id}" in text
        assert indikator.berechnung in text
        assert indikator.hinweise[0] in text
        assert "None" not in text


def test_every_goal_names_its_missing_data_beside_its_figures(echt):
    for ziel in echt.service.leitziele():
        text = words(echt, f"/leitziel/{ziel.id}")
        core = [echt.service.indikator(id_) for id_ in echt.service.kern(ziel.id)]
        assert all(i.titel in text for i in core), ziel.id


def test_money_stands_with_year_kind_and_definition_and_in_no_chart(echt):
    seen = 0
    for feld in echt.service.handlungsfelder():
        text = words(echt, f"/handlungsfeld/{feld.id}")
        for g in [
            g for g in echt.service.geld() if feld.id in g.handlungsfelder or not g.handlungsfelder
        ]:
            for part in (str(g.jahr), betrag(g), ART[g.art], RECHNUNG[g.rechnung], g.abgrenzung):
                assert part in text, g.id
            seen += 1
    assert seen > 30
    whole = {g.id: g for g in echt.service.geld()}
    assert betrag(whole["brutto_plan_2023"]) == "358,4 Millionen Euro"
    assert (whole["brutto_plan_2023"].rechnung, whole["brutto_plan_2023"].art) == ("brutto", "plan")


def test_notes_are_signed_and_dated_and_name_the_value_they_are_about(echt):
    notes = echt.service.fachnotizen()
    assert notes
    assert any(note.handlungsfeld for note in notes)
    for note in notes:
        place = f"/indikator/{note.indikator}" if note.indikator else None
        text = words(echt, place or f"/handlungsfeld/{note.handlungsfeld}")
        assert note.text in text
        assert f"{note.gezeichnet}, {note.datum:%d.%m.%Y}" in text
    assert "Zum Wert: Altdorf, 30.06.2014" in words(
        echt, "/indikator/beschaeftigte_arbeitsort_je_1000"
    )


def test_facilities_stand_beside_the_people_they_serve(echt):
    text = words(echt, "/indikator/schueler")
    assert "Angebote dazu" in text
    assert "/indikator/schulen" in text
    assert "Angebote am Ort" in words(echt, "/gemeinde/08116019")


def test_an_indicator_says_levels_rhythm_topics_and_secrecy(echt):
    text = words(echt, "/indikator/arbeitslose_je_100_15_64")
    for name in ("Ebenen", "Rhythmus", "Brüche", "Querschnitt", "Geheimhaltung", "Richtung"):
        assert f'"children": "{name}"' in text


def test_a_forecast_is_drawn_dashed_and_listed_with_its_source(echt):
    text = words(echt, "/indikator/menschen_ab_75")
    assert "Landkreis Esslingen: Vorausberechnung" in text
    assert "64.200" in text
    assert "Annahmen und Spanne sind nicht genannt" in text


def test_tasks_stand_with_the_body_that_gave_them(echt):
    assert "Planungsaufträge" in words(echt, "/gremien/ausschuss")


def test_the_calendar_lists_what_is_asked_for_by_who_holds_it(echt):
    text = words(echt, "/daten/lieferkalender")
    asked = [r for i in echt.service.indikatoren() if (r := echt.service.anforderung(i.id))]
    assert "Angefordert, noch nicht geliefert" in text
    assert all(r.bei in text for r in asked)
