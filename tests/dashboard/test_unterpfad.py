"""The dashboard below another site: no address leaves the path, and every one is answered."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests

from dashboard import konten, server
from dashboard.adresse import UMGEBUNG, adresse, pfad
from dashboard.anbieter import ZURUECK, anbieter
from dashboard.routing import EINZELNE
from etl.errors import SozialmonitorError
from indicators.gezeigt import INTERN
from indicators.veroeffentlichen import veroeffentliche
from tests.dashboard.aufruf import seitenaufruf
from tests.dashboard.test_dienstkonto import environment, free_port
from tests.dashboard.test_intern import PASSWORT

pytestmark = pytest.mark.xdist_group("unterpfad")  # one house and one server
PFAD = "/kreis/sozialmonitor"
AUSSEN = f"https://www.example.de{PFAD}"
SOZIALMONITOR = Path(sys.executable).with_name("sozialmonitor")
JE_ART = 2  # pages of a kind that are opened; of the others the address is looked at
LANGE = re.compile(r"/bericht/|[.](zip|xlsx)")
IN_JSON = re.compile(r'"(?:href|action|geojson|data-fest)": "([^"#]+)')
IN_HTML = re.compile(r'\b(?:href|src|action)="([^"#]+)')


@pytest.fixture(scope="module")
def warehouse(ausgeliefert, tmp_path_factory):
    """Give the shipped figures as a release."""
    folder = tmp_path_factory.mktemp("unterpfad") / "warehouse"
    shutil.copytree(ausgeliefert, folder, symlinks=True)
    veroeffentliche(folder)
    return folder


@pytest.fixture(scope="module")
def basis(warehouse):
    """Serve it below a path with the command itself; give the address of the server."""
    port = free_port()
    words = ["serve", "--warehouse", warehouse, "--port", str(port), "--workers", "1"]
    env = os.environ | {UMGEBUNG: f"{AUSSEN}/"}
    with subprocess.Popen([SOZIALMONITOR, *words], env=env, stdout=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                try:
                    requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5)
                    break
                except requests.ConnectionError:
                    assert process.poll() is None
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def adressen(basis, answer):
    """Return the addresses that a page names, in its HTML and in what its callback fills in."""
    place = answer.url.removeprefix(basis)
    found = set(IN_HTML.findall(answer.text))
    if "_dash-renderer" in answer.text:
        root = json.loads(re.search(r'"requests_pathname_prefix":("[^"]+")', answer.text)[1])
        frame = requests.get(f"{basis}{root}_dash-layout", timeout=60)
        found |= set(IN_JSON.findall(json.dumps(frame.json())))
        filled = requests.post(
            f"{basis}{root}_dash-update-component", json=seitenaufruf(place), timeout=60
        )
        assert filled.status_code == 200, place
        title = filled.json()["response"]["seitentitel"]["data"]
        assert f"<title>{title}</title>" in answer.text, place
        found |= set(IN_JSON.findall(json.dumps(filled.json(), ensure_ascii=False)))
    return {urljoin(place, address.replace("&amp;", "&")) for address in found}


def art(place):
    """Return what kind of page or file an address leads to, and whether to that of a release."""
    path = urlsplit(place).path.removeprefix(PFAD)
    rest = re.sub(r"^/stand/[0-9-]+", "", path)
    return rest != path, f"{rest}/".split("/")[1], Path(rest).suffix


def test_from_the_first_page_every_address_stays_below_the_path_and_is_answered(basis):
    seen, waiting, opened = set(), [f"{PFAD}/"], Counter()
    while waiting:
        place = waiting.pop(0)
        if place in seen or opened[art(place)] == JE_ART or LANGE.search(place):
            continue
        seen.add(place)
        opened[art(place)] += 1
        answer = requests.get(f"{basis}{place}", timeout=60)
        assert answer.status_code == 200, place
        assert urlsplit(answer.url).path.startswith(f"{PFAD}/"), place
        if answer.headers["Content-Type"].startswith("text/html"):
            own = {a for a in adressen(basis, answer) if not urlsplit(a).scheme}
            assert {a for a in own if not f"{a}/".startswith(f"{PFAD}/")} == set(), place
            waiting += sorted(own)
    pages = {kind for kind in opened if not kind[2]}
    assert {name for release, name, _ in pages if release} >= {"", *EINZELNE, "gremien", "daten"}
    assert {name for release, name, _ in pages if not release} >= {"", *EINZELNE, "impressum"}
    files = {f"{name}{end}" for _, name, end in opened if end}
    assert files >= {"assets.js", "export.csv.csv", "gemeinden.geojson.geojson"}


def test_scripts_are_sent_compressed_below_the_path_and_only_from_there(basis):
    answer = requests.get(f"{basis}{PFAD}/", timeout=60)
    scripts = [a for a in IN_HTML.findall(answer.text) if ".js" in a]
    assert len(scripts) > 5
    script = requests.get(f"{basis}{scripts[0]}", headers={"Accept-Encoding": "br"}, timeout=60)
    assert script.headers["Content-Encoding"] == "br"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_redirect_leaves_it_to_the_browser_how_this_host_is_called(basis):
    release = requests.get(f"{basis}/healthz", timeout=60).json()["datenstand"]
    answer = requests.get(f"{basis}{PFAD}/stand/{release}", allow_redirects=False, timeout=60)
    assert answer.headers["Location"] == f"{PFAD}/stand/{release}/"


def test_the_path_without_its_last_stroke_and_the_server_without_the_path_are_answered(basis):
    answer = requests.get(f"{basis}{PFAD}?a=b", allow_redirects=False, timeout=60)
    assert (answer.status_code, answer.headers["Location"]) == (308, f"{PFAD}/?a=b")
    assert requests.get(f"{basis}/healthz", timeout=60).json()["status"] == "ok"
    assert requests.get(f"{basis}{PFAD}x/", timeout=60).status_code == 404


def test_redirects_interface_catalogue_and_errors_name_the_path(basis):
    short = requests.get(f"{basis}{PFAD}/i/arbeitslose?x=1", allow_redirects=False, timeout=60)
    assert short.headers["Location"] == f"{PFAD}/indikator/arbeitslose?x=1"
    newest = requests.get(
        f"{basis}{PFAD}/stand/aktuell/gemeinden?x=1", allow_redirects=False, timeout=60
    )
    assert newest.headers["Location"] == f"{PFAD}/gemeinden?x=1"
    rows = requests.get(f"{basis}{PFAD}/api/v1/reihen?indikator=arbeitslose&limit=5", timeout=60)
    assert f"<{PFAD}/api/v1/reihen?" in rows.headers["Link"]
    ways = requests.get(f"{basis}{PFAD}/api/v1/", timeout=60).json()["wege"]
    assert {way["pfad"].startswith(f"{PFAD}/api/v1/") for way in ways} == {True}
    catalogue = requests.get(f"{basis}{PFAD}/api/v1/katalog.jsonld", timeout=60).json()
    assert catalogue["@id"] == f"{AUSSEN}/api/v1/katalog.jsonld"
    missing = requests.get(f"{basis}{PFAD}/stand/2020-01-01-000000/", timeout=60)
    assert (missing.status_code, f'href="{PFAD}/"' in missing.text) == (404, True)


def test_the_same_page_is_answered_again_with_the_same_addresses(basis):
    ask = seitenaufruf(f"{PFAD}/gremien")
    first, again = (
        requests.post(f"{basis}{PFAD}/_dash-update-component", json=ask, timeout=60).text
        for _ in range(2)
    )
    assert first == again
    assert PFAD in first.replace("\\u002f", "/")
    assert f"{PFAD}{PFAD}" not in first.replace("\\u002f", "/")


@pytest.fixture
def intern(warehouse, monkeypatch):
    """Give a browser before the internal view below a path, with its one account."""
    monkeypatch.setattr(konten, "_frage", lambda: PASSWORT)
    konten.add(warehouse, "m.muster")
    for name, value in {
        server.WAREHOUSE: str(warehouse), server.SICHT: INTERN, UMGEBUNG: AUSSEN,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    yield server.build().test_client()
    konten.remove(warehouse, "m.muster")


def test_the_login_and_its_cookies_stay_below_the_path(intern):
    answer = intern.get(f"{PFAD}/", headers={"Accept": "text/html"})
    assert answer.location == f"{PFAD}/anmelden"
    form = intern.get(answer.location)
    assert f'action="{PFAD}/anmelden"' in form.text
    sign = re.search(r'name="zeichen" value="([^"]+)"', form.text)[1]
    fields = {"zeichen": sign, "konto": "m.muster", "passwort": PASSWORT}
    entered = intern.post(f"{PFAD}/anmelden", data=fields)
    assert (entered.status_code, entered.location) == (303, f"{PFAD}/")
    page = intern.get(f"{PFAD}/")
    assert page.status_code == 200
    cookies = [*entered.headers.getlist("Set-Cookie"), *page.headers.getlist("Set-Cookie")]
    assert len(cookies) >= 2
    assert {re.search(r"Path=([^;]+)", cookie)[1] for cookie in cookies} == {f"{PFAD}/"}


def test_the_provider_of_the_house_sends_back_below_the_path():
    assert anbieter(environment(1, 2) | {UMGEBUNG: f"{AUSSEN}/"}).zurueck == f"{AUSSEN}{ZURUECK}"


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("", ""),
        ("https://a.de", ""),
        ("https://a.de/", ""),
        ("https://a.de/b/", "/b"),
        ("http://a.de:1/b.c/d_e-f~", "/b.c/d_e-f~"),
    ],
)
def test_the_path_is_that_of_the_address(given, path):
    assert pfad({UMGEBUNG: given}) == path


@pytest.mark.parametrize(
    "given", ["a.de/b", "/b", "ftp://a.de", "https://a.de?b", "https://a.de/#b", "https://[",
              "https://a.de/b c", "https://a.de//b", 'https://a.de/"', "https://a.de/%2f"],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_words(given):
    with pytest.raises(SozialmonitorError, match=UMGEBUNG):
        adresse({UMGEBUNG: given})
