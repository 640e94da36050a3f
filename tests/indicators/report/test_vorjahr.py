"""Which Veröffentlichung a November report is compared with, and what it says of it."""

import duckdb
import pytest

from dashboard.report import handlungsfeld
from etl import veroeffentlichungen, warehouse
from etl.errors import SozialmonitorError
from indicators.report.dokument import Absatz, Tabelle
from indicators.report.veroeffentlichung import veroeffentlichung, vorjahr
from indicators.veroeffentlichen import veroeffentliche
from tests.haus import Haus

HEAD = "messgroesse | gebiet | zeit | zeitbezug | basis | wert"


def deliver(haus, faelle):
    rows = [HEAD]
    for key, value in (("faelle", faelle), ("einwohner", 1000)):
        rows.append(f"{key} | 08116 | 2020-12-31 | stichtag | zensus2011 | {value}")
    haus.lieferung("zahlen", "\n".join(rows))
    haus.refresh()


def dated(haus, day):
    """Move the build in use to another day, as if it had been made then."""
    build = warehouse.current(haus.warehouse)
    with duckdb.connect(build.oeffentlich) as public:
        public.execute("UPDATE datenstand SET erzeugt = ?::TIMESTAMP", [day])
    return build.id


@pytest.fixture(scope="module")
def jahre(tmp_path_factory):
    """Release one build in each of two Novembers and one draft between them.

    Built once: the tests at the end of this file go on from there.
    """
    haus = Haus(tmp_path_factory.mktemp("jahre"))
    haus.indikator("anteil")
    ids = []
    for faelle, day in ((100, "2025-11-10"), (105, "2026-06-01"), (110, "2026-11-12")):
        deliver(haus, faelle)
        ids.append(dated(haus, day))
        if day != "2026-06-01":
            veroeffentliche(haus.warehouse)
    return haus, ids


def test_a_report_is_compared_with_the_release_of_last_november(jahre):
    haus, (last, _, now) = jahre
    assert vorjahr(veroeffentlichung(haus.warehouse, now)).datenstand().id == last
    assert vorjahr(veroeffentlichung(haus.warehouse, last)) is None


def test_the_report_tells_the_revision_and_names_the_release(jahre):
    haus, (last, _, now) = jahre
    bericht = handlungsfeld.bericht(veroeffentlichung(haus.warehouse, now), "feld", "http://x")
    told = [b.text for b in bericht.bloecke if isinstance(b, Absatz)]
    assert f"Verglichen mit der Veröffentlichung {last} vom 10.11.2025." in told
    table = next(b for b in bericht.bloecke if isinstance(b, Tabelle) and b.kopf[0] == "Was")
    assert (
        "berichtigt",
        "Ein Indikator",
        "31.12.2020",
        "1 Wert, um höchstens 10,0 %",
    ) in table.zeilen


def test_without_a_name_the_release_is_reported_that_the_public_sees(jahre):
    haus, (_, _, now) = jahre
    deliver(haus, 120)
    stand = veroeffentlichung(haus.warehouse).datenstand()
    assert (stand.id, stand.entwurf) == (now, False)


def test_a_withdrawn_release_is_neither_compared_with_nor_reported(jahre):
    haus, (last, _, now) = jahre
    veroeffentlichungen.ziehe_zurueck(haus.warehouse, last, "Falsche Datei")
    assert vorjahr(veroeffentlichung(haus.warehouse, now)) is None
    with pytest.raises(SozialmonitorError, match="zurückgezogen: Falsche Datei"):
        veroeffentlichung(haus.warehouse, last)
