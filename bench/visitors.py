"""A hundred visitors at once at the real server, against an empty Dash app on the same server.

    python -m bench.visitors [WAREHOUSE] [--besucher N] [--sekunden S] [--wechsel S]

Each visitor opens the first HTML, then walks through pages and choices in a random order of its own,
sending the callbacks that the browser sends, and looks at each answer for 2 to 8 seconds. With
`--wechsel` the same figures are swapped in as a new Datenstand every S seconds; no answer may fail,
and none may hold two Datenstände. The empty app is asked in the same way for a fifth of the time.
The visitors are threads of one process on the same machine, which takes part of it from the server.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.callbacks import DREI, kopie, tausche
from bench.messen import PROGRAM, Zeile, drucke, last, p, warehouse
from bench.transfer import await_answer
from indicators.service import Service
from tests.browser.conftest import free_port
from tests.dashboard.aufruf import callback, seitenaufruf

HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate"}
LESEN = (2.0, 8.0)
STAND = re.compile(rb"Datenstand (\d{4}-\d\d-\d\d-\d{6}[-\w]*)")
EMPTY = """
import dash, sys
from dash import Dash, Input, Output, html
from granian import Granian
from granian.constants import Interfaces

def build():
    app = Dash("leer")
    app.layout = html.Div([html.Div(id="aus"), html.Div(id="ein")])
    app.callback(Output("aus", "children"), Input("ein", "children"))(lambda text: text)
    app.server.test_client().get("/")
    return app.server

if __name__ == "__main__":
    Granian("leer:build", address="127.0.0.1", port=int(sys.argv[1]), workers=1,
            interface=Interfaces.WSGI, factory=True, log_access=False).serve()
"""


@dataclass
class Ergebnis:
    """What all visitors saw: seconds of each answer, and what went wrong."""

    sekunden: list[float] = field(default_factory=list)
    fehler: list[str] = field(default_factory=list)


def main() -> int:
    """Measure and print."""
    words = argparse.ArgumentParser()
    words.add_argument("warehouse", nargs="?", type=Path)
    words.add_argument("--besucher", type=int, default=100)
    words.add_argument("--sekunden", type=float, default=60)
    words.add_argument("--wechsel", type=float, default=0)
    asked = words.parse_args()
    sys.argv[1:] = [str(asked.warehouse)] if asked.warehouse else []
    folder = kopie(warehouse())
    bodies = [json.dumps(seitenaufruf(address)).encode() for address in adressen(folder)]
    with _empty() as port:
        floor = besuche(port, [_empty_body()], asked.besucher, asked.sekunden / 5)
    with serving(folder) as (port, _), _swapping(folder, asked.wechsel):
        found = besuche(port, bodies, asked.besucher, asked.sekunden)
    print(f"{asked.besucher} Besucher, {asked.sekunden:.0f} s, {len(bodies)} Adressen, {last()}")
    for line in found.fehler[:5]:
        print(f"  {line}")
    return drucke(zeilen(found, floor, asked.sekunden))


def zeilen(found: Ergebnis, floor: Ergebnis, sekunden: float) -> Iterator[Zeile]:
    """Yield errors, throughput and the times of the answers with their ratio to the empty app."""
    yield Zeile("gescheiterte oder gemischte Antworten", len(found.fehler), "", 0)
    yield Zeile("gescheiterte Antworten der leeren App", len(floor.fehler), "", 0)
    yield Zeile("Antworten je Sekunde", len(found.sekunden) / sekunden, "")
    for share in (0.50, 0.95, 0.99):
        least, own = (p(share, result.sekunden) * 1000 for result in (floor, found))
        yield Zeile(f"leere Dash-App, p{share * 100:.0f}", least, "ms")
        yield Zeile(f"Seiten und Auswahlen, p{share * 100:.0f}", own, "ms", None, least)


def adressen(folder: Path) -> list[str]:
    """Return what visitors open: pages of all kinds, and indicators with places of their choice."""
    service = Service(folder)
    places = [g.schluessel for g in service.gebiete("gemeinde")]
    ids = [i.id for i in service.indikatoren()]
    choices = [f"{i}?gebiete={places[n % 44]}" for n, i in enumerate(ids)]
    return [
        *["/"] * 20,
        *[f"/handlungsfeld/{feld.id}" for feld in service.handlungsfelder()] * 4,
        *[f"/leitziel/{ziel.id}" for ziel in service.leitziele()],
        *[f"/indikator/{i}" for i in [*ids, *choices]],
        *[f"/indikator/{i}?gebiete={DREI}" for i in ids[::4]],
        *[f"/gemeinde/{key}" for key in places],
        *["/vergleich", "/kreisvergleich", "/gemeinden", "/gremien", "/querschnitt", "/daten"] * 3,
        *[f"/suche?q={word}" for word in ("Pflege", "Hartz+IV", "nurtingen", "Miete")],
    ]


def besuche(
    port: int,
    bodies: Sequence[bytes],
    besucher: int,
    sekunden: float,
    lesen: tuple[float, float] = LESEN,
) -> Ergebnis:
    """Let visitors walk for some time, all at once; each with a connection of its own.

    lesen: seconds that a visitor looks at an answer, at least and at most
    """
    found, end = Ergebnis(), time.monotonic() + sekunden
    with ThreadPoolExecutor(besucher) as pool:
        walks = [
            pool.submit(_walk, found, port, bodies, end, lesen, random.Random(number))
            for number in range(besucher)
        ]
    for walk in walks:
        walk.result()
    return found


def anfragen(port: int, bodies: Sequence[bytes], at_once: int = 8) -> Ergebnis:
    """Send each body once, as fast as they are answered, some at a time."""
    found = Ergebnis()

    def send(own: Sequence[bytes]) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        for body in own:
            _ask(found, connection, "POST", "/_dash-update-component", body)
        connection.close()

    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(send, (bodies[n::at_once] for n in range(at_once))))
    return found


def _walk(
    found: Ergebnis,
    port: int,
    bodies: Sequence[bytes],
    end: float,
    lesen: tuple[float, float],
    dice: random.Random,
) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    time.sleep(dice.uniform(0, lesen[1]))
    _ask(found, connection, "GET", "/", b"")
    while time.monotonic() < end:
        _ask(found, connection, "POST", "/_dash-update-component", dice.choice(bodies))
        time.sleep(dice.uniform(*lesen))
    connection.close()


def _ask(found: Ergebnis, connection: HTTPConnection, verb: str, path: str, body: bytes) -> None:
    """Send one request; note its time, or what was wrong with the answer."""
    started = time.perf_counter()
    try:
        connection.request(verb, path, body or None, HEADERS)
        answer = connection.getresponse()
        content = answer.read()
    except (OSError, HTTPException) as error:
        found.fehler.append(f"{error!r} bei {body[:200]!r}")
        connection.close()
        return
    found.sekunden.append(time.perf_counter() - started)
    if answer.getheader("Content-Encoding") == "gzip":
        content = zlib.decompress(content, wbits=31)
    if answer.status != 200:
        found.fehler.append(f"{answer.status} bei {body[:200]!r}")
    elif len(set(STAND.findall(content))) > 1:
        found.fehler.append(f"zwei Datenstände in einer Antwort bei {body[:200]!r}")


def _empty_body() -> bytes:
    body = callback(
        "aus.children",
        {"id": "aus", "property": "children"},
        [{"id": "ein", "property": "children", "value": "x"}],
        changed=["ein.children"],
    )
    return json.dumps(body).encode()


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, int]]:
    """Serve a warehouse with the command itself and its own number of workers; give port and pid."""
    port = free_port()
    words = [
        PROGRAM,
        "serve",
        "--warehouse",
        folder,
        "--port",
        port,
    ]
    with _process(words, port) as process:
        yield port, process


@contextmanager
def _empty() -> Iterator[int]:
    folder, port = Path(tempfile.mkdtemp()), free_port()
    (folder / "leer.py").write_text(EMPTY, encoding="utf-8")
    with _process([sys.executable, folder / "leer.py", port], port, folder):
        yield port


@contextmanager
def _process(words: Sequence[object], port: int, folder: Path | None = None) -> Iterator[int]:
    quiet = subprocess.DEVNULL
    server = subprocess.Popen([str(w) for w in words], stdout=quiet, stderr=quiet, cwd=folder)
    try:
        await_answer(f"http://127.0.0.1:{port}/")
        yield server.pid
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _swapping(folder: Path, every: float) -> Iterator[None]:
    """Swap in a new Datenstand every few seconds while the block runs; never if 0."""
    done = threading.Event()

    def swap() -> None:
        while not done.wait(every):
            tausche(folder)

    thread = threading.Thread(target=swap)
    if every:
        thread.start()
    try:
        yield
    finally:
        done.set()
        if every:
            thread.join()


if __name__ == "__main__":
    sys.exit(main())
