"""`serve --intern` through the real process: without a login not a single internal value comes out."""

import http.client
import json
import os
import re
import socket
import stat
import subprocess
import sys
import time
from contextlib import closing

import pytest
from typer.testing import CliRunner

from dashboard import konten
from dashboard.cli import app
from etl import warehouse
from indicators.service import Service
from tests.haus import GEMEINDEN, Haus

GEHEIM = "2"  # of 1,777 people: nobody may see it without a login
SELTEN = "1777"
KEYS = sorted(GEMEINDEN)
ROWS = "\n".join(
    f"{name}|{key}|2020-12-31|stichtag|zensus2011|{value}"
    for n, key in enumerate(KEYS)
    for name, value in (
        ("personen", GEHEIM if n == 0 else 40 + n),
        ("einwohner", SELTEN if n == 0 else 2000 + n),
    )
)
TEXT = f"messgroesse|gebiet|zeit|zeitbezug|basis|wert\n{ROWS}"
ZAHL = "art: anzahl\nzaehler: {messgroesse: personen}\n"
PASSWORT = "ein langes Passwort 1"
AUFRUF = "/_dash-update-component"


@pytest.fixture(scope="module")
def haus(tmp_path_factory):
    house = Haus(tmp_path_factory.mktemp("intern"))
    house.lieferung("zahlen", TEXT, geheimhaltung={})
    house.indikator("zahl", ZAHL)
    house.refresh()
    for name in ("m.muster", "geht.bald"):
        done = CliRunner().invoke(
            app, ["nutzer", "add", name, "--warehouse", str(house.warehouse)], input=PASSWORT
        )
        assert done.exit_code == 0, done.output
    return house


@pytest.fixture(scope="module")
def port(haus):
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    words = [sys.executable, "-c", "from dashboard.cli import main; main()", "serve", "--intern",
             "--port", str(number), "--warehouse", str(haus.warehouse)]  # fmt: skip
    process = subprocess.Popen(words, env=dict(os.environ), stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", number), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield number
    finally:
        process.terminate()
        process.wait(20)


def ask(port, path, method="GET", body=None, **headers):
    """Send one request and return status, headers and text."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
    answer = line.getresponse()
    text = answer.read().decode("utf-8", "replace")
    line.close()
    return answer.status, answer.headers, text


def cookies(headers):
    return dict(
        re.match(r"([^=]+)=([^;]*)", c).groups() for c in headers.get_all("Set-Cookie") or ()
    )


def login(port, name="m.muster", password=PASSWORT, **headers):
    _, head, text = ask(port, "/anmelden")
    sign = re.search(r'name="zeichen" value="([^"]+)"', text)[1]
    first = f"sozialmonitor_intern={cookies(head)['sozialmonitor_intern']}"
    body = f"zeichen={sign}&konto={name}&passwort={password.replace(' ', '+')}"
    kind = "application/x-www-form-urlencoded"
    return ask(port, "/anmelden", "POST", body, Cookie=first, Content_Type=kind, **headers)


def session(port, name="m.muster"):
    """Log in and return the cookie and the sign against forged requests."""
    status, head, _ = login(port, name)
    assert status == 303
    cookie = f"sozialmonitor_intern={cookies(head)['sozialmonitor_intern']}"
    _, head, _ = ask(port, "/", Cookie=cookie)
    return cookie, cookies(head)["_csrf_token"]


def callback():
    kinds = {n: "data" if n == "seitentitel" else "children" for n in
             ("inhalt", "navigation", "entwurf", "fuss", "meldung", "seitentitel")}  # fmt: skip
    return json.dumps(
        {
            "output": f"..{'...'.join(f'{i}.{k}' for i, k in kinds.items())}..",
            "outputs": [{"id": i, "property": k} for i, k in kinds.items()],
            "inputs": [{"id": "adresse", "property": "pathname", "value": f"/gemeinde/{KEYS[0]}"}],
            "state": [{"id": "adresse", "property": "search", "value": ""}],
            "changedPropIds": ["adresse.pathname"],
        }
    )


def call(port, **headers):
    return ask(port, AUFRUF, "POST", callback(), Content_Type="application/json", **headers)


def secrets_in(text):
    return f"{KEYS[0]}" in text and ('"2"' in text or ",2," in text or '"wert": 2' in text)


def test_the_public_file_hides_what_the_internal_one_has(haus):
    public, internal = Service(haus.warehouse), Service(haus.warehouse, "intern")
    assert public.letzte("zahl", [KEYS[0]])[KEYS[0]].wert is None
    assert internal.letzte("zahl", [KEYS[0]])[KEYS[0]].wert == 2
    assert (public.datenstand().intern, internal.datenstand().intern) == (False, True)
    mode = warehouse.current(haus.warehouse).vertraulich.stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


@pytest.mark.parametrize(
    "path",
    ["/", "/indikator/zahl", "/export.csv", "/export.zip", "/api/v1/reihen?indikator=zahl",
     "/api/v1/export", "/_dash-layout", "/_dash-dependencies", "/healthz", "//export.csv",
     "/./export.csv", "/anmelden/../export.csv", "/anmelden%2f..%2fexport.csv", "/export.csv?anmelden",
     "/stand/aktuell/export.csv", "/assets/../export.csv", "/%65xport.csv"],
)  # fmt: skip
@pytest.mark.parametrize("cookie", ["", "sozialmonitor_intern=abc", "sozialmonitor_intern=eyJzaXR6dW5nIjoieCJ9.aaaa.bbbb"])  # fmt: skip
def test_without_a_session_nothing_comes_out(port, path, cookie):
    status, _, text = ask(port, path, Cookie=cookie)
    assert status in (301, 302, 308, 401, 404)
    assert not secrets_in(text)
    assert SELTEN not in text


def test_callbacks_without_with_tampered_and_with_forged_signs_are_refused(port):
    cookie, sign = session(port)
    assert call(port)[0] == 401
    assert call(port, Cookie=cookie[:-3] + "xyz", X_CSRFToken=sign)[0] == 401
    assert call(port, Cookie=cookie)[0] == 403
    assert call(port, Cookie=cookie, X_CSRFToken=sign[:-1] + "~")[0] == 403
    other, foreign = session(port)
    assert call(port, Cookie=cookie, X_CSRFToken=foreign)[0] == 403
    for method in ("PUT", "DELETE", "PATCH"):
        assert ask(port, "/", method, Cookie=other)[0] in (403, 405)
    status, _, text = call(port, Cookie=cookie, X_CSRFToken=sign)
    assert status == 200
    assert "INTERN" in text


def test_a_session_ends_for_good_with_its_logout(port):
    cookie, sign = session(port)
    assert ask(port, "/export.csv", Cookie=cookie)[0] == 200
    assert ask(port, "/abmelden", Cookie=cookie)[0] == 303
    assert ask(port, "/export.csv", Cookie=cookie)[0] == 401
    assert call(port, Cookie=cookie, X_CSRFToken=sign)[0] == 401


def test_a_removed_account_is_out_at_once(port, haus):
    cookie, _ = session(port, "geht.bald")
    konten.remove(haus.warehouse, "geht.bald")
    assert ask(port, "/export.csv", Cookie=cookie)[0] == 401
    assert login(port, "geht.bald")[0] == 401


def test_cookies_are_shut_to_scripts_and_other_sites_and_secure_behind_tls(port):
    for headers, secure in (({}, False), ({"X_Forwarded_Proto": "https"}, True)):
        _, head, _ = login(port, **headers)
        cookie = next(c for c in head.get_all("Set-Cookie") if c.startswith("sozialmonitor"))
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert ("Secure" in cookie) is secure


def test_a_login_without_its_own_form_is_refused(port):
    kind = "application/x-www-form-urlencoded"
    body = f"konto=m.muster&passwort={PASSWORT.replace(' ', '+')}&zeichen="
    assert ask(port, "/anmelden", "POST", body, Content_Type=kind)[0] == 403


def test_internal_files_say_so_and_are_written_down(port, haus):
    cookie, _ = session(port)
    _, head, text = ask(port, "/export.csv?indikator=zahl", Cookie=cookie)
    assert "_INTERN.csv" in head["Content-Disposition"]
    assert head["Cache-Control"] == "no-store"
    rows = text.splitlines()[1:]
    assert all("INTERN – nicht weitergeben" in row for row in rows)
    lines = [
        json.loads(line)
        for file in (haus.warehouse / "logbuch").iterdir()
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    (export,) = [x for x in lines if x["ereignis"] == "export_intern" and "indikator=zahl" in x["datei"]]  # fmt: skip
    assert export["nutzer"] == "m.muster"
    assert export["loeschen_bis"] > export["zeit"][:10]
    assert {"anmeldung", "konto_angelegt"} <= {x["ereignis"] for x in lines}
    assert PASSWORT not in json.dumps(lines)


def test_too_many_attempts_are_stopped_even_with_the_right_password(port, haus):
    CliRunner().invoke(app, ["nutzer", "add", "wird.gesperrt", "--warehouse", str(haus.warehouse)], input=PASSWORT)  # fmt: skip
    found = [login(port, "wird.gesperrt", "falsch")[0] for _ in range(6)]
    assert found == [401] * 5 + [429]
    assert login(port, "wird.gesperrt")[0] == 429
    assert login(port, "m.muster")[0] == 303


def test_accounts_hold_no_password_and_are_shut_to_others(haus):
    file = haus.warehouse / konten.DATEI
    assert PASSWORT not in file.read_text()
    assert "$argon2id$" in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(("name", "password"), [("zu.kurz", "kurz"), ("Groß", PASSWORT), ("../x", PASSWORT)])  # fmt: skip
def test_a_short_password_and_a_strange_name_are_refused(haus, name, password):
    done = CliRunner().invoke(
        app, ["nutzer", "add", name, "--warehouse", str(haus.warehouse)], input=password
    )
    assert done.exit_code == 1
    assert name not in konten.lade(haus.warehouse)


def test_internal_figures_are_never_sent_into_the_net(haus):
    words = ["serve", "--intern", "--host", "0.0.0.0", "--warehouse", str(haus.warehouse)]  # noqa: S104
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 1
    assert "TLS" in str(done.exception)
