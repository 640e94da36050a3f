"""Every kind of page on the server side, called for the first time after a new Datenstand and again.

    python -m bench.callbacks [WAREHOUSE]

Without a warehouse one is built from the shipped figures. A walk opens every address once; before
each walk the same figures are swapped in as a new Datenstand, made ready as the server does it
(dashboard.bereit; its time is printed). Calls go through the WSGI application with the headers of a
browser, so they include routing, JSON and compression, but no network. Budget: 30 ms at p95 over all
calls of a walk, none of which was asked before. On a busy machine the clock also counts the others'
work; the time on the processor, printed beside it, does so less.
"""

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
from dash import Dash, Input, Output, html
from flask.testing import FlaskClient

from bench.messen import Zeile, drucke, last, mitte, p95, warehouse
from dashboard import bereit
from dashboard.app import create_app
from indicators.service import Service
from tests.dashboard.aufruf import callback, seitenaufruf

BUDGET = 30.0  # ms
WALKS = 3
DREI = "08116019,08116049,08116006"
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}


def main() -> int:
    """Measure and print; the slowest single addresses last."""
    folder = kopie(warehouse())
    service = Service(folder)
    app = create_app(service)
    client = app.server.test_client()
    bereit.bereite_vor(app.kontext)
    first: dict[str, list[float]] = {}
    again: dict[str, list[float]] = {}
    processor: list[float] = []
    ready, floor, empty = [], [], leer()
    groups = dict(adressen(service))
    for _ in range(WALKS):
        tausche(folder)
        ready.append(ms(lambda: service.erneuere(lambda: bereit.bereite_vor(app.kontext))))
        for times in (first, again):
            for kind, addresses in groups.items():
                for address in addresses:
                    started = time.thread_time()
                    times.setdefault(f"{kind}|{address}", []).append(_call(client, address))
                    if times is first:
                        processor.append((time.thread_time() - started) * 1000)
        floor += [ms(empty) for _ in range(20)]
    print(f"{WALKS} Gänge über {sum(map(len, groups.values()))} Adressen, {last()}")
    rows = [
        *_rows(groups, first, again, mitte(floor), mitte(ready)),
        Zeile("alle erste Aufrufe: auf dem Prozessor, Median", mitte(processor), "ms"),
        Zeile("alle erste Aufrufe: auf dem Prozessor, p95", p95(processor), "ms"),
    ]
    return drucke(rows)


def _rows(
    groups: dict[str, list[str]],
    first: dict[str, list[float]],
    again: dict[str, list[float]],
    floor: float,
    ready: float,
) -> Iterator[Zeile]:
    yield Zeile("Boden: leere Dash-App, Median", floor, "ms")
    yield Zeile("neuen Datenstand bereit machen, im Hintergrund", ready, "ms")
    for kind in groups:
        own = [t for key, times in first.items() if key.startswith(f"{kind}|") for t in times]
        yield Zeile(f"{kind}: erster Aufruf, Median", mitte(own), "ms", None, floor)
        yield Zeile(f"{kind}: erster Aufruf, p95", p95(own), "ms", BUDGET, floor)
    for name, calls in (("erste Aufrufe", first), ("wiederholte Aufrufe", again)):
        everything = [t for times in calls.values() for t in times]
        yield Zeile(f"alle {name}: Median", mitte(everything), "ms", None, floor)
        yield Zeile(f"alle {name}: p95", p95(everything), "ms", BUDGET, floor)
    medians = {key.partition("|")[2]: mitte(times) for key, times in first.items()}
    for address in sorted(medians, key=lambda a: -medians[a])[:6]:
        yield Zeile(f"am langsamsten: {address}", medians[address], "ms")


def adressen(service: Service) -> Iterator[tuple[str, list[str]]]:
    """Yield the addresses of each kind of page."""
    yield "Start", ["/"]
    yield "Handlungsfeld", [f"/handlungsfeld/{feld.id}" for feld in service.handlungsfelder()]
    yield "Leitziel", [f"/leitziel/{ziel.id}" for ziel in service.leitziele()]
    ids = [i.id for i in service.indikatoren()]
    yield "Indikator", [f"/indikator/{id_}" for id_ in ids[::3]]
    yield "Indikator, eine Gemeinde", [f"/indikator/{id_}?gebiete=08116077" for id_ in ids[1::9]]
    yield "Indikator, drei Gemeinden", [f"/indikator/{id_}?gebiete={DREI}" for id_ in ids[::4]]
    yield "Gemeinde", [f"/gemeinde/{g.schluessel}" for g in service.gebiete("gemeinde")[::3]]
    yield "Gemeinden und Vergleiche", ["/gemeinden", "/vergleich", "/kreisvergleich"]
    yield "Suche", [f"/suche?q={word}" for word in ("Hartz+IV", "Pflege", "nurtingen", "Mieeten")]
    yield "Daten und Quellen", ["/daten", "/daten/lieferkalender", "/daten/methoden"]
    yield "Gremien, Querschnitt", ["/gremien", "/querschnitt"]


def _call(client: FlaskClient, address: str) -> float:
    body = json.dumps(seitenaufruf(address))
    return ms(
        lambda: client.post(
            "/_dash-update-component",
            data=body,
            content_type="application/json",
            headers=BROWSER,
            buffered=True,
        )
    )


def kopie(folder: Path) -> Path:
    """Return a warehouse of its own with the build in use, which may be swapped as one likes."""
    own = Path(tempfile.mkdtemp()) / "warehouse"
    build = (folder / "aktuell").resolve()
    shutil.copytree(build, own / "builds" / build.name)
    (own / "aktuell").symlink_to(Path("builds") / build.name)
    return own


def tausche(folder: Path) -> None:
    """Swap in the same figures as a new build with an id of its own; three builds are kept."""
    old = (folder / "aktuell").resolve()
    first, _, count = old.name.partition("-x")
    new = old.with_name(f"{first}-x{int(count or 0) + 1:05}")
    draft = new.with_suffix(".neu")  # a name that nobody reads
    shutil.copytree(old, draft)
    with duckdb.connect(draft / "oeffentlich.duckdb") as connection:
        connection.execute("UPDATE datenstand SET id = ?", [new.name])
    draft.rename(new)
    link = folder / "aktuell.neu"
    link.symlink_to(new.relative_to(folder.resolve()))
    link.replace(folder / "aktuell")
    for build in sorted(old.parent.iterdir())[:-3]:
        shutil.rmtree(build)


def leer() -> Callable[[], object]:
    """Return a call of the one callback of a Dash app with nothing in it."""
    app = Dash("leer", suppress_callback_exceptions=True)
    app.layout = html.Div([html.Div(id="aus"), html.Div(id="ein")])

    @app.callback(Output("aus", "children"), Input("ein", "children"))
    def echo(text: str) -> str:
        return text

    client = app.server.test_client()
    body = callback(
        "aus.children",
        {"id": "aus", "property": "children"},
        [{"id": "ein", "property": "children", "value": "x"}],
        changed=["ein.children"],
    )
    return lambda: client.post("/_dash-update-component", json=body)


def ms(do: Callable[[], object]) -> float:
    """Return how many milliseconds a call takes."""
    start = time.perf_counter()
    do()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    sys.exit(main())
