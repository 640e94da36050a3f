"""What the warehouse keeps secret has no number in a report either."""

import io

import pytest
from pypdf import PdfReader

from dashboard import format as f
from dashboard.report import gemeinde, handlungsfeld
from dashboard.report.pdf import pdf
from indicators.report.dokument import Tabelle
from indicators.report.veroeffentlichung import veroeffentlichung
from tests.dashboard.conftest import GEHEIM
from tests.haus import GEMEINDEN, Haus

KREIS = "08116"
KLEIN = 2
ORT = sorted(GEMEINDEN).index(GEHEIM)
RATE = """art: rate
faktor: 1000
zaehler: {messgroesse: personen}
nenner: {messgroesse: einwohner}
nenner_zeit: stichtag
"""


def text(content):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


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


@pytest.fixture(scope="module")
def geschuetzt(tmp_path_factory):
    """Deliver counts of persons for all 44 places; one of them, of two persons, is too small."""
    house = Haus(tmp_path_factory.mktemp("geschuetzt"))
    head = "messgroesse | gebiet | zeit | zeitbezug | basis | wert"
    rows, people = [head], [head]
    for n, key in enumerate([*sorted(GEMEINDEN), KREIS]):
        count = KLEIN if key == GEHEIM else 100 + n
        count = sum(100 + m for m in range(44)) - (100 + ORT) + KLEIN if key == KREIS else count
        day = "2022-12-31 | stichtag | zensus2011"
        rows.append(f"personen | {key} | {day} | {count}")
        people.append(f"einwohner | {key} | {day} | {1217 if key == GEHEIM else 2000 + n}")
    house.lieferung("zahlen", "\n".join(rows), geheimhaltung={})
    house.lieferung("einwohner", "\n".join(people))
    house.indikator("quote", RATE)
    house.refresh()
    return house


def test_a_count_too_small_to_show_is_nowhere_in_the_report(geschuetzt):
    stand = veroeffentlichung(geschuetzt.warehouse)
    assert stand.vergleich("quote", "2022-12-31")[-1].wert is None
    name = stand.gebiet(GEHEIM).kurzname
    field = handlungsfeld.bericht(stand, "feld", "http://x")
    table = next(b for b in field.bloecke if isinstance(b, Tabelle) and b.kopf[0] == "Gemeinde")
    rows = dict(table.zeilen)
    hidden = [place for place, shown in rows.items() if shown == "."]
    assert name in hidden
    assert len(hidden) > 1  # or the sum of the Kreis would tell it
    words = text(pdf([field])) + text(pdf([gemeinde.bericht(stand, GEHEIM, "http://x")]))
    for digits in range(4):
        assert f.zahl(1000 * KLEIN / 1217, digits) not in words or digits == 0
