"""What the warehouse keeps secret has no number in a report either."""

from dashboard.report import gemeinde, handlungsfeld
from dashboard.report.pdf import pdf
from indicators.report.dokument import Tabelle
from indicators.report.veroeffentlichung import veroeffentlichung
from tests.dashboard.conftest import GEHEIM


def test_a_secret_value_is_a_dot_in_the_annex(kleines_haus):
    stand = veroeffentlichung(kleines_haus.warehouse)
    name = stand.gebiet(GEHEIM).kurzname
    bericht = handlungsfeld.bericht(stand, "feld", "http://x")
    tables = [b for b in bericht.bloecke if isinstance(b, Tabelle) and b.kopf[0] == "Gemeinde"]
    assert [row for table in tables for row in table.zeilen if row[0] == name] == [(name, ".", ".")]


def test_a_municipality_with_secret_values_has_a_report_without_them(kleines_haus):
    bericht = gemeinde.bericht(veroeffentlichung(kleines_haus.warehouse), GEHEIM, "http://x")
    table = next(b for b in bericht.bloecke if isinstance(b, Tabelle))
    assert all("2022" not in row[3] for row in table.zeilen)
    assert pdf([bericht])
