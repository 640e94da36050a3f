"""The pages about data, the search page, and that every way between them leads somewhere."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest

from dashboard.components import datenbereich
from dashboard.pages import glossar, methoden
from indicators.glossar import glossar as lies_glossar
from indicators.suche import schlicht
from indicators.textseiten import textseiten
from tests.dashboard.aufruf import seite

FEST = {"adresse", "seitentitel", "navigation", "entwurf", "meldung", "inhalt", "fuss"}
SEITEN = [href for href, _, _ in datenbereich.SEITEN]


@pytest.mark.parametrize("address", [*SEITEN, "/suche", "/suche?q=indikator"])
def test_a_page_has_one_heading_and_leads_to_its_sisters(client, address):
    content = seite(client, address)["inhalt"]
    assert content.count('"type": "H1"') == 1
    if address in SEITEN:
        assert all(f'"href": "{href}"' in content for href in SEITEN)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [*SEITEN, "/suche?q=entwurf"])
def test_no_part_of_a_page_has_the_id_of_another_or_of_the_frame(client, address):
    ids = re.findall(r'"id": "([^"]+)"', seite(client, address)["inhalt"])
    assert len(ids) == len(set(ids)) > 2
    assert not FEST & set(ids)


def test_the_overview_says_of_every_source_where_it_comes_from(client, service):
    content = seite(client, "/daten")["inhalt"]
    for quelle in service.quellen():
        for word in (quelle.titel, quelle.namensnennung, quelle.verantwortlich, quelle.datei):
            assert word in content
    assert "/export.zip" in content


def on(day):
    return datenbereich.Frische(day, frozenset())


def test_a_source_is_late_from_the_day_after_its_term(service):
    quelle = next(q for q in service.quellen() if q.id == "zahlen")
    assert quelle.erwartet == date(2025, 6, 30)
    assert not on(date(2025, 6, 30)).ueberfaellig(quelle)
    assert on(date(2025, 6, 30)).lage(quelle) == "● noch nicht fällig"
    assert on(date(2025, 7, 1)).ueberfaellig(quelle)
    assert on(date(2027, 8, 1)).lage(quelle) == "▲ überfällig seit 2 Jahren"


def test_an_edition_with_a_newer_one_is_past_and_never_late(service):
    quelle = next(q for q in service.quellen() if q.id == "zahlen")
    old = replace(quelle, id="a", tabelle="Verzeichnis, Stand 31.12.1983", stand=date(1983, 12, 31))
    new = replace(quelle, id="b", tabelle="Verzeichnis, Stand 31.12.2023", stand=date(2023, 12, 31))
    other = replace(quelle, id="c", tabelle="12411-01-01-5", stand=date(2017, 10, 10))
    fresh = datenbereich.Frische.am_tag(service.datenstand(), [old, new, other])
    assert fresh.abgeloest == {"a"}
    assert not fresh.ueberfaellig(old)
    assert "abgelöst" in fresh.lage(old)
    assert fresh.ueberfaellig(other)


@pytest.mark.parametrize(
    ("von", "bis", "text"),
    [
        ((2025, 1, 31), (2025, 2, 27), "weniger als einem Monat"),
        ((2025, 1, 31), (2025, 3, 1), "1 Monat"),
        ((2023, 3, 1), (2025, 2, 28), "23 Monaten"),
        ((2017, 10, 10), (2026, 11, 25), "9 Jahren"),
    ],
)
def test_a_span_is_said_as_people_say_it(von, bis, text):
    assert datenbereich.dauer(date(*von), date(*bis)) == text


def test_the_calendar_names_the_office_that_owes(client):
    content = seite(client, "/daten/lieferkalender")["inhalt"]
    assert "Ein Amt" in content
    assert "Noch wurde keine Quelle selbsttätig" in content


def test_the_calendar_tells_of_fetches_that_failed(client, kleines_haus):
    log = kleines_haus.warehouse / "abrufe.jsonl"
    log.write_text(
        '{"quelle": "zahlen", "beendet": "2026-01-02T03:04:05+00:00", "ergebnis": "gescheitert"}\n',
        encoding="utf-8",
    )
    try:
        content = seite(client, "/daten/lieferkalender?neu")["inhalt"]
    finally:
        log.unlink()
    assert "▲ nicht erreicht" in content
    assert "noch nie" in content


def test_the_list_of_builds_names_the_one_in_use(client, service):
    content = seite(client, "/daten/datenstaende")["inhalt"]
    assert service.datenstand().id in content
    assert "wird gezeigt" in content


def test_methods_have_formulas_and_the_table_of_false_markers(client):
    content = seite(client, "/daten/methoden")["inhalt"]
    parts = textseiten(methoden.DATEI)["methoden"].abschnitte
    assert sum(bool(part.formeln) for part in parts) >= 9
    assert all(part.titel in content for part in parts)
    for word in ("1,8 bis 2,6 %", "53 bis 75 %", "9,8 bis 11,7 %", "98,5 %"):
        assert word in content


def test_the_page_of_gaps_has_every_leitziel_and_its_reason(client, service):
    content = seite(client, "/daten/luecken")["inhalt"]
    for ziel in service.leitziele():
        assert ziel.titel in content
        assert ziel.begruendung in content
        assert ziel.luecke in content


def test_the_glossary_is_in_order_and_says_every_word_once(client):
    words = lies_glossar(glossar.DATEI)
    assert 25 <= len(words) <= 45
    names = [schlicht(name) for b in words for name in (b.wort, *b.auch)]
    assert len(set(names)) == len(names)
    content = seite(client, "/daten/glossar")["inhalt"]
    places = [content.index(f'"id": "{datenbereich.anker(b.wort)}"') for b in words]
    by_word = sorted(zip([schlicht(b.wort) for b in words], places, strict=True))
    assert [place for _, place in by_word] == sorted(places)


@pytest.mark.parametrize(
    ("frage", "word"),
    [
        ("Nurtingen", "/gemeinde/08116049"),
        ("Indikator", "/indikator/quote"),
        ("Leitziel", "/leitziel/feld/ziel"),
        ("Hartz IV", "/daten/glossar#"),
        ("Lieferkalender", "/daten/lieferkalender"),
    ],
)
def test_the_search_leads_to_pages(client, frage, word):
    content = seite(client, f"/suche?q={quote(frage)}")["inhalt"]
    assert word in content
    assert re.search(r"\d+ Treffer: ", content)
    assert '"type": "Mark"' in content


def test_a_search_without_result_says_so_and_offers_a_way_on(client):
    content = seite(client, "/suche?q=xyzzyqq")["inhalt"]
    assert "0 Treffer für »xyzzyqq«" in content
    assert '"href": "/gemeinden"' in content


def test_what_was_typed_is_text_and_never_markup(client):
    content = seite(client, "/suche?q=%3Cscript%3Ealert(1)%3C/script%3E")["inhalt"]
    assert '"type": "Script"' not in content


def test_a_page_below_the_search_does_not_exist(client):
    assert client.get("/suche/nix").status_code == 404
