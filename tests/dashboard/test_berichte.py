"""Reports for visitors: asked for, made beside the server, kept."""

import time

import pytest

from dashboard.berichte import WARTENDE, Bestellung, Werkstatt
from etl.errors import SozialmonitorError

WEGE = ("/bericht/handlungsfeld/feld.pdf", "/bericht/gemeinde/08116019.docx")


def finished(client, address):
    for _ in range(1200):  # also on a busy machine
        with client.get(address) as answer:
            if answer.status_code != 202:
                return answer.status_code, answer.data
        assert 'http-equiv="refresh"' in answer.text
        time.sleep(0.1)
    raise AssertionError("The report was never finished.")


@pytest.mark.parametrize("address", WEGE)
def test_a_report_is_made_and_then_kept(client, address):
    first = client.get(address)
    assert first.status_code == 202
    assert "wird erstellt" in first.text
    status, data = finished(client, address)
    assert status == 200
    assert data[:4] in {b"%PDF", b"PK\x03\x04"}
    assert finished(client, address) == (200, data)


def test_other_pages_are_answered_meanwhile(client):
    assert client.get("/bericht/gemeinde/08116004.pdf").status_code == 202
    assert client.get("/healthz").status_code == 200
    finished(client, "/bericht/gemeinde/08116004.pdf")


@pytest.mark.parametrize("address", ["/bericht/handlungsfeld/x.pdf", "/bericht/gemeinde/08.pdf"])
def test_a_report_of_nothing_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_only_so_many_may_wait(service, monkeypatch):
    workshop = Werkstatt(service)
    workshop._kraft.submit(time.sleep, 1)
    for n in range(WARTENDE):
        assert workshop.hole(Bestellung("stand", "gemeinde", str(n), "pdf")) is None
    with pytest.raises(SozialmonitorError, match="viele Berichte"):
        workshop.hole(Bestellung("stand", "gemeinde", "zu viel", "pdf"))
    workshop._kraft.shutdown(cancel_futures=True)


def test_a_short_link_leads_to_the_page(client):
    answer = client.get("/i/quote")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/indikator/quote"
    place = client.get("/i/quote?gebiete=08116019")
    assert place.headers["Location"] == "/indikator/quote?gebiete=08116019"
