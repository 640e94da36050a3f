"""The API: the same figures as the warehouse, paged, with ETag, and refusals a person understands."""

import csv
import io
import re

import pytest

from dashboard.api import WEGE, WURZEL
from dashboard.pages import schnittstelle
from tests.dashboard.aufruf import seite
from tests.haus import GEMEINDEN


def get(client, address, **headers):
    return client.get(f"{WURZEL}{address}", headers=headers)


def links(answer):
    return dict(
        reversed(part) for part in re.findall(r'<([^>]+)>; rel="(\w+)"', answer.headers["Link"])
    )


def test_every_answer_names_the_datenstand_and_that_it_is_a_draft(client, service):
    for address in ("/", "/indikatoren", "/indikatoren/quote", "/reihen?indikator=quote", "/nix"):
        found = get(client, address).json
        assert (found["datenstand"], found["entwurf"]) == (service.datenstand().id, True)
        assert "Entwurf" in found["hinweis"]


def test_the_overview_lists_every_route_of_the_table(client):
    paths = [way["pfad"] for way in get(client, "").json["wege"]]
    assert paths == [f"{WURZEL}{weg.pfad}" for weg in WEGE]


def test_the_page_describes_every_route_and_parameter(client):
    content = seite(client, "/api")["inhalt"]
    for weg in WEGE:
        assert f"{WURZEL}{weg.pfad}".replace("<id_>", "KENNUNG") in content
        assert all(f'"{p.name}"' in content for p in weg.parameter)


@pytest.mark.parametrize("weg", WEGE)
def test_an_example_of_the_page_works(client, service, weg):
    assert client.get(schnittstelle.beispiel(weg, service)).status_code == 200


def test_one_indicator_comes_with_periods_groups_and_sources(client):
    found = get(client, "/indikatoren/quote").json["daten"]
    assert found["zeiten"] == ["2019-12-31", "2020-12-31", "2022-12-31"]
    assert [q["lizenz"] for q in found["quellen"]] == ["dl-de/by-2-0"]


def test_areas_are_those_of_the_kreis_unless_asked_otherwise(client):
    found = get(client, "/gebiete?ebene=gemeinde&limit=1000").json
    assert [g["schluessel"] for g in found["daten"]] != []
    assert {g["schluessel"] for g in found["daten"]} == set(GEMEINDEN)
    assert get(client, "/gebiete?alle=ja").json["anzahl"] > len(GEMEINDEN) + 1


def test_a_series_is_the_one_of_the_service(client, service):
    found = get(client, "/reihen?indikator=quote&gebiete=08116019").json["daten"]
    values = service.reihe("quote", ["08116019"])
    assert [(r["zeit"], r["wert"], r["zaehler"], r["unten"]) for r in found] == [
        (v.zeit, v.wert, v.zaehler, v.unten) for v in values
    ]


def test_a_secret_value_is_null_with_its_status(client):
    found = get(client, "/reihen?indikator=zahl&gebiete=08116004&von=2022").json["daten"]
    assert [(r["wert"], r["zaehler"], r["status"]) for r in found] == [(None, None, "geheim")]


def test_pages_follow_each_other_without_gap_or_overlap(client):
    whole = get(client, "/reihen?indikator=quote&limit=10000").json
    rows, address = [], f"{WURZEL}/reihen?indikator=quote&limit=50"
    while address:
        answer = client.get(address)
        rows += answer.json["daten"]
        address = links(answer).get("next")
    assert rows == whole["daten"]
    assert len(rows) == whole["anzahl"] > 100


def test_first_and_last_page_lead_back_and_forth(client):
    first = links(get(client, "/reihen?indikator=quote&limit=50"))
    assert set(first) == {"first", "next", "last"}
    last = links(client.get(first["last"]))
    assert set(last) == {"first", "prev", "last"}


def test_csv_has_the_same_rows(client):
    answer = get(client, "/reihen?indikator=quote&gebiete=08116019&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    found = get(client, "/reihen?indikator=quote&gebiete=08116019").json["daten"]
    assert [float(r["wert"]) for r in rows] == [r["wert"] for r in found]
    assert all(r["veroeffentlichung"].endswith("(Entwurf)") for r in rows)


def test_an_etag_saves_the_second_answer(client):
    first = get(client, "/reihen?indikator=quote")
    again = get(client, "/reihen?indikator=quote", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = get(client, "/reihen?indikator=zahl", **{"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "problem", "remedy"),
    [
        ("/indikatoren/qote", 404, "gibt es nicht", "Meinten Sie »quote«?"),
        ("/reihn", 404, "Diesen Weg gibt es nicht", "Meinten Sie »reihen«?"),
        ("/reihen", 400, "kein Indikator genannt", f"{WURZEL}/indikatoren"),
        ("/reihen?indikator=qote", 400, "gibt es nicht", "Meinten Sie »quote«?"),
        ("/reihen?indikator=quote&gebiete=0811", 400, "Das Gebiet »0811«", "Meinten Sie"),
        ("/reihen?indikator=quote&von=bald", 400, "kein Jahr", "Vier Ziffern"),
        ("/reihen?indikator=quote&von=2022&bis=2019", 400, "endet, bevor er beginnt", "tauschen"),
        ("/reihen?indikator=quote&limit=0", 400, "von 1 bis 10000", "dann 1000"),
        ("/reihen?indikator=quote&offset=-1", 400, "»offset«", "dann 0"),
        ("/reihen?indikatr=quote", 400, "»indikatr« kann man hier nicht", "»indikator«"),
        ("/reihen?indikator=quote&format=xml", 400, "»xml«", "json, csv"),
        ("/gebiete?ebene=dorf", 400, "»dorf«", "gemeinde"),
        ("/indikatoren?leitziel=9.9", 400, "»9.9«", "1.1"),
        ("/export?format=pdf", 400, "»pdf«", "csv"),
    ],
)
def test_a_wrong_request_is_refused_in_german_json(client, address, status, problem, remedy):
    answer = get(client, address)
    assert answer.status_code == status
    found = answer.json["fehler"]
    assert problem in found["problem"]
    assert remedy in found["abhilfe"]


def test_export_is_the_file_of_the_pages(client):
    assert get(client, "/export?indikator=quote").data == (
        client.get("/export.csv?indikator=quote").data
    )
    german = get(client, "/export?indikator=quote&format=csv-excel").data
    assert german == client.get("/export.csv?indikator=quote&dialekt=csv-excel").data
