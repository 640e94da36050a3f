import csv
import io

import pytest

from dashboard import texts
from etl import warehouse
from indicators.export import COLUMNS

BOM = b"\xef\xbb\xbf"


def rows(answer, trenner=","):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=trenner))


@pytest.fixture
def published(kleines_haus):
    build = warehouse.current(kleines_haus.warehouse)
    with warehouse.read(build.oeffentlich) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def test_a_file_for_programs_has_exactly_the_agreed_columns(client):
    answer = client.get("/export.csv?indikator=quote")
    assert answer.mimetype == "text/csv"
    assert answer.data.decode().splitlines()[0] == ",".join(COLUMNS)


def test_a_file_holds_every_value_of_the_warehouse_cell_by_cell(client, published):
    found = rows(client.get("/export.csv"))
    cells = published("SELECT indikator, gebiet, zeit, status, wert, zaehler FROM indikatorwert")
    in_file = {
        (r["indikator"], r["gebiet"], r["zeit"]): (r["status"], r["wert"], r["zaehler"])
        for r in found
    }
    assert len(found) == len(cells)
    for indikator, gebiet, zeit, status, wert, zaehler in cells:
        there = in_file[indikator, gebiet, zeit]
        assert there[0] == status
        assert [float(n) if n else None for n in there[1:]] == [wert, zaehler]


def test_the_file_for_excel_says_the_same_in_german_numbers(client):
    plain = rows(client.get("/export.csv?indikator=quote"))
    answer = client.get("/export.csv?indikator=quote&dialekt=csv-excel")
    assert answer.data.startswith(BOM)
    german = rows(answer, ";")
    assert [r["wert"].replace(",", ".") for r in german] == [r["wert"] for r in plain]
    assert any("," in r["wert"] for r in german)


def test_areas_and_years_limit_the_rows(client):
    found = rows(client.get("/export.csv?indikator=quote&gebiete=08116019,08116&von=2020&bis=2020"))
    assert {(r["gebiet"], r["zeit"]) for r in found} == {
        ("08116019", "2020-12-31"),
        ("08116", "2020-12-31"),
    }


def test_a_secret_value_has_its_status_and_no_number(client):
    found = rows(client.get("/export.csv?indikator=zahl&gebiete=08116004&von=2022"))
    assert [(r["status"], r["wert"], r["zaehler"], r["unten"]) for r in found] == [
        ("geheim", "", "", "")
    ]


def test_every_row_and_the_file_name_say_that_it_is_a_draft(client, service):
    answer = client.get("/export.csv?indikator=quote")
    stand = service.datenstand().id
    assert f"sozialmonitor_quote_{stand}_entwurf.csv" in answer.headers["Content-Disposition"]
    assert {r["veroeffentlichung"] for r in rows(answer)} == {f"{stand} (Entwurf)"}


@pytest.mark.parametrize(
    ("query", "name"),
    [("", "alle"), ("indikator=quote,zahl", "auswahl"), ("gebiete=08116019", "alle")],
)
def test_a_file_name_says_what_is_in_it(client, query, name):
    headers = client.get(f"/export.csv?{query}").headers
    assert f"sozialmonitor_{name}_" in headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("indikator=qote", "Meinten Sie »quote«?"),
        ("gebiete=0811", "gibt es nicht"),
        ("von=bald", "»von=bald« ist kein Jahr"),
        ("dialekt=latein", "csv-excel"),
    ],
)
def test_a_wrong_request_is_refused_with_the_remedy(client, query, part):
    answer = client.get(f"/export.csv?{query}")
    assert answer.status_code == 400
    assert part in answer.text


def test_both_dialects_have_a_name_on_screen_and_in_the_export():
    from indicators.export import DIALEKTE

    assert {key: d.name for key, d in DIALEKTE.items()} == texts.DIALEKTE


def test_the_shapes_for_the_maps_are_sent_once(client):
    answer = client.get("/gemeinden.geojson?stand=x")
    assert len(answer.json["features"]) == 44
    again = client.get("/gemeinden.geojson", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
