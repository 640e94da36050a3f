"""The login with an account of the house, against a real OpenID provider on this machine."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from base64 import urlsafe_b64decode
from contextlib import closing, contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from typer.testing import CliRunner

from dashboard import anmeldung
from dashboard.anbieter import BEGINN, ZURUECK, anbieter
from dashboard.cli import app
from etl.errors import SozialmonitorError
from tests.dashboard.anbieter import CLIENT, GEHEIMNIS, GRUPPE
from tests.dashboard.anbieter import PASSWORT as KENNWORT
from tests.dashboard.test_intern import PASSWORT, TEXT, ZAHL
from tests.haus import Haus

pytestmark = pytest.mark.xdist_group("dienstkonto")  # one provider and one server, not two
LINK = f'href="{BEGINN}"'
UNGUELTIG = "abgelaufen, abgebrochen oder ungültig"


@pytest.fixture(scope="module")
def haus(tmp_path_factory):
    house = Haus(tmp_path_factory.mktemp("dienstkonto"))
    house.lieferung("zahlen", TEXT, geheimhaltung={})
    house.indikator("zahl", ZAHL)
    house.refresh()
    words = ["nutzer", "add", "not.fall", "--warehouse", str(house.warehouse)]
    assert CliRunner().invoke(app, words, input=PASSWORT).exit_code == 0
    return house


def free_port():
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def running(words, port, env=None):
    process = subprocess.Popen([sys.executable, *words], env=env, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            assert process.poll() is None, words
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(20)


def environment(port, issuer):
    values = {
        "AUSSTELLER": f"http://localhost:{issuer}/o",
        "CLIENT": CLIENT,
        "GEHEIMNIS": GEHEIMNIS,
        "GRUPPE": GRUPPE,
    }
    return {
        "SOZIALMONITOR_ADRESSE": f"http://127.0.0.1:{port}",
        **{f"SOZIALMONITOR_OIDC_{name}": value for name, value in values.items()},
    }


@pytest.fixture(scope="module")
def ports(haus, tmp_path_factory):
    """Run provider and internal view; give the ports of both."""
    port, issuer = free_port(), free_port()
    folder = tmp_path_factory.mktemp("anbieter")
    provider = ["-m", "tests.dashboard.anbieter", str(issuer), str(folder)]
    start = [
        "-c",
        "from dashboard.cli import main; main()",
        "serve",
        "--intern",
        "--port",
        str(port),
    ]
    env = os.environ | environment(port, issuer)
    with (
        running([*provider, f"http://127.0.0.1:{port}{ZURUECK}"], issuer),
        running([*start, "--warehouse", str(haus.warehouse)], port, env),
    ):
        yield port, issuer


@pytest.fixture
def basis(ports):
    return f"http://127.0.0.1:{ports[0]}"


def lines(haus):
    return [
        json.loads(line)
        for file in (haus.warehouse / "logbuch").iterdir()
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


def begin(visitor, basis):
    """Follow the link of the login page; return the address at the provider."""
    assert LINK in visitor.get(f"{basis}/anmelden").text
    answer = visitor.get(f"{basis}{BEGINN}", allow_redirects=False)
    assert answer.status_code == 302
    return answer.headers["Location"]


def prove(visitor, address, name):
    """Log in at the provider; return the address to which it sends the visitor back."""
    form = visitor.get(address)
    sign = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.text)[1]
    fields = {"csrfmiddlewaretoken": sign, "username": name, "password": KENNWORT}
    answer = visitor.post(form.url, fields, allow_redirects=False)
    answer = visitor.get(f"http://{urlsplit(form.url).netloc}{answer.headers['Location']}", allow_redirects=False)  # fmt: skip
    assert answer.status_code == 302
    return answer.headers["Location"]


def login(basis, name):
    visitor = requests.Session()
    back = prove(visitor, begin(visitor, basis), name)
    assert back.startswith(f"{basis}{ZURUECK}?")
    return visitor, visitor.get(back), back


def test_who_is_in_the_group_gets_in_and_no_token_stays(basis, haus):
    visitor, answer, back = login(basis, "rita")
    assert (answer.status_code, answer.headers["Refresh"]) == (200, "0; url=/")
    assert "SameSite=Strict" in answer.headers["Set-Cookie"]
    assert "INTERN" in visitor.get(f"{basis}/export.csv").text
    value = visitor.cookies["sozialmonitor_intern"].split(".")[0]
    assert list(json.loads(urlsafe_b64decode(f"{value}=="))) == ["sitzung"]
    written = lines(haus)
    (entry,) = [x for x in written if x["ereignis"] == "anmeldung" and x["nutzer"] == "rita"]
    assert entry["weg"] == "dienstkonto"
    assert "rita" in {x["nutzer"] for x in written if x["ereignis"] == "export_intern"}
    (code,) = parse_qs(urlsplit(back).query)["code"]
    assert not [x for x in (code, GEHEIMNIS, KENNWORT + PASSWORT) if x in json.dumps(written)]
    visitor.get(f"{basis}/abmelden")
    assert visitor.get(f"{basis}/export.csv").status_code == 401


def test_groups_may_also_be_told_beside_the_token(basis):
    visitor, answer, _ = login(basis, "knapp")
    assert answer.status_code == 200
    assert visitor.get(f"{basis}/export.csv").status_code == 200


def test_a_known_person_outside_the_group_gets_a_clear_no(basis, haus):
    visitor, answer, _ = login(basis, "otto")
    assert answer.status_code == 403
    assert "»otto«" in answer.text
    assert "gehört aber nicht zu der Gruppe" in answer.text
    assert visitor.get(f"{basis}/export.csv").status_code == 401
    (entry,) = [x for x in lines(haus) if x["nutzer"] == "otto"]
    assert (entry["ereignis"], entry["grund"]) == ("abgewiesen", "gruppe")


@pytest.mark.parametrize(
    ("name", "reason"),
    [("alt", "expired"), ("andere", "aud"), ("nonce", "nonce"), ("aussteller", "iss"),
     ("tausch", "userinfo"), ("schluessel", "signature"), ("hmac", "algorithm"), ("keiner", "algorithm")],
)  # fmt: skip
def test_a_bad_token_proves_nothing(basis, haus, name, reason):
    before = len(lines(haus))
    visitor, answer, _ = login(basis, name)
    assert answer.status_code == 401
    assert UNGUELTIG in answer.text
    assert visitor.get(f"{basis}/export.csv").status_code == 401
    (entry,) = lines(haus)[before:]
    assert (entry["ereignis"], entry["nutzer"]) == ("abgewiesen", "unbekannt")
    assert reason in entry["grund"].lower()


def test_the_request_carries_pkce_nonce_and_the_one_address_back(basis, ports):
    asked = []
    for _ in range(2):
        visitor = requests.Session()
        visitor.headers.update({"Host": "boese.example", "X-Forwarded-Host": "boese.example"})
        answer = visitor.get(f"{basis}{BEGINN}?next=//boese.example", allow_redirects=False)
        place = urlsplit(answer.headers["Location"])
        assert place.netloc == f"localhost:{ports[1]}"
        asked.append({k: v for k, (v,) in parse_qs(place.query).items()})
    for words in asked:
        assert words["code_challenge_method"] == "S256"
        assert words["redirect_uri"] == f"{basis}{ZURUECK}"
        assert words["scope"] == "openid profile groups"
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]


@pytest.mark.parametrize(
    "change", ["fremd", "leer", "anderer", "zweimal", "abbruch", "verfaelscht"]
)
def test_only_the_visitor_who_began_can_end_a_login(basis, change):
    visitor = requests.Session()
    back = prove(visitor, begin(visitor, basis), "rita")
    match change:
        case "fremd":
            back = re.sub(r"state=[^&]+", "state=ausgedacht", back)
        case "leer":
            back = re.sub(r"state=[^&]+&?", "", back)
        case "anderer":  # a link sent to somebody else
            visitor = requests.Session()
        case "zweimal":
            assert visitor.get(back).status_code == 200
            visitor.get(f"{basis}/abmelden")
        case "abbruch":
            back = f"{basis}{ZURUECK}?error=access_denied&state=x"
        case "verfaelscht":
            back = re.sub(r"code=[^&]+", "code=ausgedacht", back)
    answer = visitor.get(back)
    assert answer.status_code == 401
    assert UNGUELTIG in answer.text
    assert visitor.get(f"{basis}/export.csv").status_code == 401


def test_the_password_for_an_emergency_still_works(basis):
    visitor = requests.Session()
    sign = re.search(r'name="zeichen" value="([^"]+)"', visitor.get(f"{basis}/anmelden").text)[1]
    fields = {"zeichen": sign, "konto": "not.fall", "passwort": PASSWORT}
    visitor.post(f"{basis}/anmelden", fields, allow_redirects=False)
    assert visitor.get(f"{basis}/export.csv").status_code == 200


@pytest.fixture
def klein(tmp_path, monkeypatch):
    """Return a function that gives a browser before the guard alone, for a provider at a port."""

    def build(port, **changes):
        for name, value in (environment(1, port) | changes).items():
            monkeypatch.setenv(name, value)
        server = Flask("klein")
        anmeldung.register(server, tmp_path)
        return server.test_client()

    return build


def test_a_provider_that_is_down_leaves_the_password(klein, tmp_path):
    words = ["nutzer", "add", "not.fall", "--warehouse", str(tmp_path)]
    CliRunner().invoke(app, words, input=PASSWORT)
    answer = klein(free_port()).get(BEGINN)
    assert answer.status_code == 503
    assert "Der Anmeldedienst antwortet gerade nicht" in answer.text
    assert 'name="passwort"' in answer.text


def test_a_provider_that_does_not_answer_is_not_waited_for(klein, monkeypatch):
    monkeypatch.setattr("dashboard.dienstkonto.GEDULD", 0.2)
    with socket.create_server(("localhost", 0)) as mute:
        assert klein(mute.getsockname()[1]).get(BEGINN).status_code == 503


def test_a_provider_that_fails_in_the_middle_lets_nobody_in(klein, ports, monkeypatch):
    visitor = klein(ports[1])
    place = visitor.get(BEGINN).headers["Location"]
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")  # nothing gets through
    (state,) = parse_qs(urlsplit(place).query)["state"]
    answer = visitor.get(f"{ZURUECK}?code=x&state={state}")
    assert answer.status_code == 503
    assert "Der Anmeldedienst antwortet gerade nicht" in answer.text
    assert visitor.get("/export.csv").status_code == 401


def test_without_any_password_only_the_account_of_the_house_is_offered(klein):
    text = klein(free_port()).get("/anmelden").text
    assert LINK in text
    assert "passwort" not in text


def test_a_provider_that_calls_itself_otherwise_is_not_asked(klein, ports):
    address = f"http://127.0.0.1:{ports[1]}/o"  # the provider says localhost
    answer = klein(0, SOZIALMONITOR_OIDC_AUSSTELLER=f"{address}/").get(BEGINN)
    assert answer.status_code == 401
    assert "Location" not in answer.headers


def test_without_configuration_nothing_of_it_exists(tmp_path):
    server = Flask("ohne")
    anmeldung.register(server, tmp_path)
    answer = server.test_client().get("/anmelden")
    assert BEGINN not in answer.text
    assert "SameSite=Strict" in answer.headers["Set-Cookie"]
    assert server.test_client().get(ZURUECK).status_code == 401  # as any address


def test_the_client_is_loaded_only_where_a_provider_is_set():
    code = "import sys, dashboard.anmeldung; print('authlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [("OIDC_GRUPPE", "", "fehlt"), ("OIDC_GEHEIMNIS", " ", "fehlt"), ("ADRESSE", "", "fehlt"),
     ("OIDC_AUSSTELLER", "http://anmeldung.example.de", "https://"),
     ("OIDC_AUSSTELLER", "https://[", "https://"), ("ADRESSE", "http://intern.example.de", "https://"),
     ("ADRESSE", "https://intern.example.de?x", "keine Adresse"), ("ADRESSE", "intern", "keine Adresse")],
)  # fmt: skip
def test_half_a_configuration_is_refused_before_anything_starts(haus, monkeypatch, name, value, problem):  # fmt: skip
    for key, word in (environment(1, 2) | {f"SOZIALMONITOR_{name}": value}).items():
        monkeypatch.setenv(key, word)
    done = CliRunner().invoke(app, ["serve", "--intern", "--warehouse", str(haus.warehouse)])
    assert done.exit_code == 1
    assert isinstance(done.exception, SozialmonitorError)
    assert f"SOZIALMONITOR_{name}" in str(done.exception)
    assert problem in str(done.exception)
    assert GEHEIMNIS not in str(done.exception)


def test_the_secret_is_not_shown():
    assert GEHEIMNIS not in repr(anbieter(environment(1, 2)))
