import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest

from dashboard import routing, server
from indicators.records_stand import ENTWURF, ENTWURF_LANG
from tests.dashboard.aufruf import rufe, seite, seitenaufruf, text
from tests.dashboard.conftest import GEHEIM
from tests.haus import GEMEINDEN

PAGES = (
    "/",
    "/handlungsfeld/feld",
    "/indikator/quote",
    "/indikator/zahl?gebiete=08116019,08116049",
    "/indikator/kreisquote",
    "/gemeinde/08116019",
    "/gemeinden",
    "/daten",
)
UNKNOWN = (
    "/nix",
    "/indikator/nix",
    "/gemeinde/08115001",
    "/gemeinde/08116",
    "/handlungsfeld/nix",
    "/indikator",
)
FOREIGN = re.compile(r"""(?:src|href|url)["'\s:=(]+(?:https?:)?//(?!www\.bkg\.bund\.de)[^"'\s]+""")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_answers_with_a_heading_and_its_title(client, address):
    page = seite(client, address)
    assert "<h1" not in page["inhalt"]  # components, not HTML
    assert '"type": "H1"' in page["inhalt"]
    assert text(page["seitentitel"]).endswith("– Sozialmonitor Landkreis Esslingen")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_says_that_it_is_a_draft(client, address):
    page = seite(client, address)
    assert ENTWURF in page["entwurf"]
    assert ENTWURF_LANG in page["fuss"]


@pytest.mark.parametrize("address", PAGES)
def test_the_first_answer_carries_the_title_of_its_page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    title = re.search("<title>(.*)</title>", answer.text)[1]
    assert title == text(seite(client, address)["seitentitel"])


@pytest.mark.parametrize("address", UNKNOWN)
def test_an_address_that_leads_nowhere_is_a_404_with_a_way_on(client, address):
    assert client.get(address).status_code == 404
    page = seite(client, address)
    assert "Diese Seite gibt es nicht." in page["inhalt"]
    assert '"href": "/gemeinden"' in page["inhalt"]


def test_every_municipality_has_a_page(client):
    for key in GEMEINDEN:
        assert client.get(f"/gemeinde/{key}").status_code == 200


def test_a_trailing_slash_and_escapes_lead_to_the_same_page(kontext):
    assert routing.titel(kontext, "/gemeinden/") == routing.titel(kontext, "/gemeinden")
    assert routing.titel(kontext, "/%67emeinden") == routing.titel(kontext, "/gemeinden")


@pytest.mark.parametrize("address", [*PAGES, "/nix"])
def test_html_is_guarded(client, address):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy.replace("https://", "http")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-cache"


def test_scripts_in_the_page_are_allowed_by_their_hash_only(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
    assert "'unsafe-inline'" not in scripts
    assert "'sha256-" in scripts


@pytest.mark.parametrize(
    "address", ["/export.csv", "/healthz", "/assets/seite.js", "/_dash-layout"]
)
def test_everything_else_is_guarded_against_guessing_its_type(client, address):
    answer = client.get(address, buffered=True)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_in_html_or_layout_names_a_foreign_host(client):
    for address in PAGES:
        html = client.get(address).text
        assert FOREIGN.findall(html) == []
        for part in seite(client, address).values():
            assert FOREIGN.findall(part) == []
    assert FOREIGN.findall(client.get("/_dash-layout").text) == []


@pytest.mark.parametrize("falsch", [{"a": 1}, [[1]], True, [None]])
def test_a_callback_with_values_of_the_wrong_kind_is_refused(client, falsch):
    for call in client.get("/_dash-dependencies").json:
        if call["clientside_function"]:
            continue
        given = [*call["inputs"], *call["state"]]
        for number in range(len(given)):
            values = [c | ({"value": falsch} if i == number else {}) for i, c in enumerate(given)]
            inputs, state = values[: len(call["inputs"])], values[len(call["inputs"]) :]
            answer = rufe(client, call["output"], [], inputs, state)
            assert answer.status_code == 400, (call["output"], given[number])
            assert answer.json["fehler"]["problem"]


@pytest.mark.parametrize("inputs", [[], [{"id": "adresse", "property": "href", "value": "/"}], "x"])
def test_a_callback_without_its_own_controls_is_refused(client, inputs):
    body = seitenaufruf("/") | {"inputs": inputs}
    assert client.post("/_dash-update-component", json=body).status_code == 400


def test_healthz_names_the_datenstand_and_that_it_is_a_draft(client, service):
    stand = service.datenstand()
    answer = client.get("/healthz")
    assert answer.json == {"status": "ok", "datenstand": stand.id, "entwurf": True}
    assert stand.erzeugt.date() == datetime.now(UTC).date()


def test_a_missing_value_shows_its_reason(client):
    page = seite(client, "/indikator/quote")
    assert "gesperrt, damit kein Rückschluss auf einzelne Personen möglich ist" in page["inhalt"]
    profile = seite(client, f"/gemeinde/{GEHEIM}")["inhalt"]
    assert "Ein Indikator" in profile


def test_what_an_address_asks_for_in_vain_is_said_on_the_page(client):
    page = seite(client, "/indikator/quote?gebiete=99999999&von=1800")
    assert "Ein Gebiet »99999999« gibt es hier nicht." in page["inhalt"]
    assert "Das Jahr »1800« gibt es in dieser Reihe nicht." in page["inhalt"]


def test_an_indicator_of_the_kreise_is_compared_among_them_without_a_map(client):
    content = seite(client, "/indikator/kreisquote")["inhalt"]
    assert '"id": "karte"' not in content
    assert "unter den Kreisen des Landes" in content


def test_counts_are_circles_and_rates_are_areas(client):
    assert "choropleth" in seite(client, "/indikator/quote")["inhalt"]
    counts = seite(client, "/indikator/zahl")["inhalt"]
    assert "choropleth" not in counts
    assert "Fläche des Kreises = Anzahl." in counts


def test_every_number_on_an_indicator_page_has_source_stand_and_licence(client):
    content = seite(client, "/indikator/quote")["inhalt"]
    for word in ("Ein Amt", "30.06.2024", "Datenlizenz Deutschland", "Was Sie wissen sollten"):
        assert word in content


def test_the_navigation_marks_the_page_one_is_on(client):
    navigation = seite(client, "/gemeinden")["navigation"]
    assert navigation.count('"className": "aktiv"') == 1


def test_ein_neuer_arbeiter_liefert_alle_skripte_wenn_sie_gleichzeitig_verlangt_werden(
    kleines_haus, monkeypatch
):
    monkeypatch.setenv(server.WAREHOUSE, str(kleines_haus.warehouse))
    page = server.build().test_client().get("/").text
    scripts = re.findall(r'src="(/_dash-component-suites/[^"]+)"', page)
    worker, start = server.build(), Barrier(len(scripts))

    def status(path):
        start.wait()
        return worker.test_client().get(path).status_code

    with ThreadPoolExecutor(len(scripts)) as pool:
        assert set(pool.map(status, scripts)) == {200}
