"""A new Datenstand: made ready beside the visitors, shown at once, and never mixed with another."""

import pytest

from dashboard import bereit
from dashboard.app import create_app
from indicators.service import Service
from tests.dashboard.aufruf import seite
from tests.haus import Haus

ANZAHL = "art: anzahl\nzaehler: {messgroesse: faelle}\n"


def delivery(count):
    return f"messgroesse|gebiet|zeit|zeitbezug|wert\nfaelle|08116|2015|jahr|{count}"


@pytest.fixture
def haus(tmp_path) -> Haus:
    haus = Haus(tmp_path)
    haus.lieferung("zahlen", delivery(1111))
    haus.indikator("anzahl", ANZAHL)
    haus.refresh()
    return haus


def swap(haus):
    haus.lieferung("zahlen", delivery(2222))
    haus.refresh()


def test_one_block_of_questions_is_answered_from_one_build(haus):
    service = Service(haus.warehouse)
    with service.halte():
        before = service.datenstand().id
        swap(haus)
        assert service.datenstand().id == before
        assert service.reihe("anzahl", ["08116"])[0].wert == 1111
    assert service.reihe("anzahl", ["08116"])[0].wert == 2222


def test_the_old_build_is_shown_until_the_new_one_is_ready(haus):
    service = Service(haus.warehouse)
    service.erneuere(lambda: None)
    swap(haus)
    assert service.reihe("anzahl", ["08116"])[0].wert == 1111
    seen = []
    service.erneuere(lambda: seen.append(service.reihe("anzahl", ["08116"])[0].wert))
    assert seen == [2222], "the first questions go to the new build"
    assert service.reihe("anzahl", ["08116"])[0].wert == 2222


def test_nothing_that_was_remembered_outlives_its_build(haus):
    app = create_app(Service(haus.warehouse))
    client = app.server.test_client()
    assert "1.111" in seite(client, "/indikator/anzahl")["inhalt"]
    swap(haus)
    app.kontext.service.erneuere(lambda: bereit.bereite_vor(app.kontext))
    shown = seite(client, "/indikator/anzahl")["inhalt"]
    assert "2.222" in shown
    assert "1.111" not in shown


def test_a_failed_preparation_leaves_the_old_build(haus):
    service = Service(haus.warehouse)
    service.erneuere(lambda: None)
    swap(haus)

    def broken() -> None:
        raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        service.erneuere(broken)
    assert service.reihe("anzahl", ["08116"])[0].wert == 1111
