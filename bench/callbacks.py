"""Every page and every choice on the server side, against the callback of an empty Dash app.

    python -m bench.callbacks [WAREHOUSE]

Without a warehouse one is built from the shipped figures. Calls go through the WSGI application, so
they include routing, JSON and headers, but no network. Budget: 30 ms at p95.
"""

import sys
import time
from collections.abc import Callable, Iterator

from dash import Dash, Input, Output, html

from bench.messen import Zeile, drucke, mitte, p95, warehouse
from dashboard.app import create_app
from indicators.service import Service
from tests.dashboard.aufruf import rufe, seite

BUDGET = 30.0  # ms
ROUNDS = 15
DREI = "08116019,08116049,08116006"


def main() -> int:
    """Measure and print; the slowest single addresses last."""
    folder = warehouse()
    service = Service(folder)
    client = create_app(service).server.test_client()
    empty = leer()
    floor: list[float] = []
    times: dict[str, list[float]] = {}
    groups = dict(adressen(service))
    for _ in range(ROUNDS):
        for kind, addresses in groups.items():
            for address in addresses:
                took = ms(lambda address=address: seite(client, address))
                times.setdefault(kind, []).append(took)
                times.setdefault(f"{kind}|{address}", []).append(took)
            floor.append(ms(empty))
    again = mitte(floor)
    rows = [Zeile("Boden: leere Dash-App, Median", again, "ms")]
    for kind in groups:
        own = times[kind]
        rows.append(Zeile(f"{kind}: Median", mitte(own), "ms", None, again))
        rows.append(Zeile(f"{kind}: p95", p95(own), "ms", BUDGET, again))
    single = {key: p95(own) for key, own in times.items() if "|" in key}
    slow = sorted(single, key=lambda key: -single[key])[:5]
    rows += [Zeile(f"am langsamsten: {k.partition('|')[2]}", single[k], "ms") for k in slow]
    print(f"{ROUNDS} Runden, {sum(map(len, groups.values()))} Adressen, Datenstand {folder}")
    return drucke(rows)


def adressen(service: Service) -> Iterator[tuple[str, list[str]]]:
    """Yield the addresses of each kind of page."""
    yield "Start", ["/"]
    yield "Handlungsfeld", [f"/handlungsfeld/{feld.id}" for feld in service.handlungsfelder()]
    ids = [i.id for i in service.indikatoren()][::4]
    yield "Indikator", [f"/indikator/{id_}" for id_ in ids]
    yield "Indikator mit drei Gemeinden", [f"/indikator/{id_}?gebiete={DREI}" for id_ in ids]
    yield "Gemeinde", [f"/gemeinde/{g.schluessel}" for g in service.gebiete("gemeinde")[::6]]
    yield "Gemeinden", ["/gemeinden"]
    yield "Daten und Quellen", ["/daten"]


def leer() -> Callable[[], object]:
    """Return a call of the one callback of a Dash app with nothing in it."""
    app = Dash("leer", suppress_callback_exceptions=True)
    app.layout = html.Div([html.Div(id="aus"), html.Div(id="ein")])

    @app.callback(Output("aus", "children"), Input("ein", "children"))
    def echo(text: str) -> str:
        return text

    client = app.server.test_client()
    return lambda: rufe(
        client,
        "aus.children",
        {"id": "aus", "property": "children"},
        [{"id": "ein", "property": "children", "value": "x"}],
        changed=["ein.children"],
    )


def ms(do: Callable[[], object]) -> float:
    """Return how many milliseconds a call takes."""
    start = time.perf_counter()
    do()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    sys.exit(main())
