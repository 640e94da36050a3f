"""Fixed links: a release keeps its address, and says when there is something newer."""

import json
import re

import pytest

from dashboard import server
from etl import veroeffentlichungen, warehouse
from indicators.veroeffentlichen import veroeffentliche
from tests.dashboard.aufruf import SHOWN, rufe
from tests.haus import GEMEINDEN, Haus

ROWS = "\n".join(
    f"{name}|{key}|{year}-12-31|stichtag|zensus2011|{value}"
    for name, value in (("faelle", 50), ("einwohner", 1000))
    for key in sorted(GEMEINDEN)
    for year in (2019, 2020)
)
HEAD = "messgroesse|gebiet|zeit|zeitbezug|basis|wert\n"
GRUND = "Die Datei war die falsche."


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    """Give a house with three releases, of which the second was withdrawn."""
    house = Haus(tmp_path_factory.mktemp("weiche"))
    house.indikator("quote")
    ids = []
    for number in (11, 22, 33):
        house.lieferung("zahlen", HEAD + ROWS.replace("|50", f"|{number}"))
        house.refresh()
        ids.append(veroeffentliche(house.warehouse).id)
    veroeffentlichungen.ziehe_zurueck(house.warehouse, ids[1], GRUND)
    return house, ids


@pytest.fixture(scope="module")
def client(releases):
    house, _ = releases
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(server.WAREHOUSE, str(house.warehouse))
        yield server.build().test_client()


def seite(client, prefix, path):
    """Open a page below a prefix as the browser does; return its parts as JSON text."""
    kinds = {name: "data" if name == "seitentitel" else "children" for name in SHOWN}
    output = f"..{'...'.join(f'{id_}.{kind}' for id_, kind in kinds.items())}.."
    body = {
        "output": output,
        "outputs": [{"id": id_, "property": kind} for id_, kind in kinds.items()],
        "inputs": [{"id": "adresse", "property": "pathname", "value": f"{prefix}{path}"}],
        "state": [{"id": "adresse", "property": "search", "value": ""}],
        "changedPropIds": ["adresse.pathname"],
    }
    answer = client.post(f"{prefix}/_dash-update-component", json=body)
    assert answer.status_code == 200
    return {
        id_: json.dumps(next(iter(part.values())), ensure_ascii=False)
        for id_, part in answer.json["response"].items()
    }


def test_every_release_keeps_its_pages_files_and_interface(client, releases):
    _, (first, _, third) = releases
    for prefix, stand, value in (
        (f"/stand/{first}", first, "1,1"),
        (f"/stand/{third}", third, "3,3"),
        ("", third, "3,3"),
    ):
        assert client.get(f"{prefix}/indikator/quote").status_code == 200
        page = seite(client, prefix, "/indikator/quote")
        assert stand in page["fuss"]
        assert value in page["inhalt"]
        rows = client.get(f"{prefix}/export.csv?indikator=quote").text.splitlines()
        assert rows[1].endswith(f'"{stand}"')
        found = client.get(f"{prefix}/api/v1/indikatoren").json
        assert (found["datenstand"], found["entwurf"]) == (stand, False)


def test_links_on_a_fixed_page_stay_with_its_release(client, releases):
    _, (first, _, _) = releases
    page = seite(client, f"/stand/{first}", "/indikator/quote")
    hrefs = re.findall(r'"(?:href|action|geojson)": "(/[^"]*)"', "".join(page.values()))
    assert len(hrefs) > 20
    assert any("/gemeinden.geojson?" in h for h in hrefs)
    assert {h for h in hrefs if not h.startswith(f"/stand/{first}/")} == {
        "/stand/aktuell/indikator/quote"
    }


def test_a_fixed_page_says_of_when_it_is_and_leads_to_newer_figures(client, releases):
    _, (first, _, third) = releases
    old = seite(client, f"/stand/{first}", "/gemeinden")["inhalt"]
    assert "es gibt neuere Daten: " in old
    assert "/stand/aktuell/gemeinden" in old
    new = seite(client, f"/stand/{third}", "/gemeinden")["inhalt"]
    assert "Fester Link: Datenstand vom " in new
    assert "neuere Daten" not in new
    assert "Fester Link: Datenstand vom" not in seite(client, "", "/gemeinden")["inhalt"]
    answer = client.get("/stand/aktuell/gemeinden?x=1")
    assert (answer.status_code, answer.location) == (302, "/gemeinden?x=1")


def test_scripts_of_a_fixed_page_are_those_that_the_browser_has_already(client, releases):
    _, (first, _, _) = releases
    usual = re.findall(r'(?:src|href)="([^"]+)"', client.get("/").text)
    fixed = re.findall(r'(?:src|href)="([^"]+)"', client.get(f"/stand/{first}/").text)
    export = f"/stand/{first}/export.csv?dialekt=csv-excel"
    assert [a for a in fixed if a != export] == [a for a in usual if "/export.csv" not in a]
    assert export in fixed


@pytest.mark.parametrize("path", ["/", "/indikator/quote", "/export.csv", "/api/v1/indikatoren", "/_dash-layout"])  # fmt: skip
def test_a_withdrawn_release_answers_410_with_the_reason(client, releases, path):
    _, (_, second, _) = releases
    answer = client.get(f"/stand/{second}{path}")
    assert answer.status_code == 410
    assert GRUND in answer.text
    post = client.post(f"/stand/{second}/_dash-update-component", json={})
    assert post.status_code == 410


@pytest.mark.parametrize("id_", ["2020-01-01-000000", "..", "%2e%2e", "x", "2020-01-01-000000%00"])
def test_an_unknown_release_answers_404(client, id_):
    for path in ("/", "/indikator/quote", "/export.csv", "/api/v1/indikatoren"):
        assert client.get(f"/stand/{id_}{path}").status_code == 404


def test_a_build_that_is_no_release_has_no_fixed_link(client, releases):
    house, _ = releases
    house.refresh()
    draft = warehouse.current(house.warehouse).id
    assert client.get(f"/stand/{draft}/").status_code == 404


@pytest.mark.parametrize("rest", ["/evil.example", "\\evil.example", "/\\evil.example"])
def test_the_way_to_the_newest_release_never_leaves_this_host(client, rest):
    answer = client.get(f"/stand/aktuell/{rest}")
    assert not re.match(r"(https?:)?[/\\]{2}(?!localhost)", answer.headers.get("Location", ""))


def test_the_list_of_releases_names_links_and_the_withdrawal(client, releases):
    _, (first, second, third) = releases
    page = seite(client, "", "/daten/datenstaende")["inhalt"]
    assert f"/stand/{first}/" in page
    assert f"/stand/{third}/" in page
    assert f"/stand/{second}/" not in page
    assert GRUND in page
    assert "Entwurf" not in page


def test_an_unknown_callback_or_page_below_a_release_is_refused(client, releases):
    _, (first, _, _) = releases
    assert client.get(f"/stand/{first}/nix").status_code == 404
    assert rufe(client, "x.y", [], []).status_code == 400


@pytest.mark.parametrize("path", ["/i/x%0d%0aSet-Cookie:%20a=b", "/i/..%2f..%2fetc", "/i/%00"])
def test_a_short_link_with_tricks_leads_nowhere_else(client, path):
    answer = client.get(path)
    assert answer.status_code in (302, 404)
    assert "Set-Cookie" not in answer.headers
    assert re.fullmatch(r"/indikator/[\w%.:=-]+", answer.headers.get("Location", "/indikator/x"))


def test_a_short_link_takes_any_bytes_after_the_question_mark(client):
    answer = client.get("/i/quote", environ_overrides={"QUERY_STRING": "gebiete=\xff\xfe"})
    assert answer.headers["Location"] == "/indikator/quote?gebiete=%FF%FE"


def test_a_short_link_leads_to_its_indicator(client):
    answer = client.get("/i/quote")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/indikator/quote")
