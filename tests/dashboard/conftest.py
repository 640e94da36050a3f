"""The dashboard over a small warehouse: one rate, one count and one rate of the Kreise only."""

import json
from pathlib import Path

import pytest

from dashboard.app import create_app
from dashboard.seite import Kontext
from tests.haus import GEMEINDEN, QUELLE, Haus

SHAPES = Path(__file__).parents[2] / "data" / "raw" / "bkg" / "vg250_gemeinden_2016.geojson"
ANZAHL = "art: anzahl\nzaehler: {messgroesse: faelle}\n"
KREISQUOTE = "art: uebernommen\nwert: {messgroesse: quote}\n"
GEHEIM = "08116004"


def cells():
    """Yield the cells: 44 municipalities and the Kreis in three years, one of them secret."""
    yield "messgroesse | gebiet | zeit | zeitbezug | basis | wert | symbol"
    for year in (2019, 2020, 2022):
        for n, key in enumerate([*sorted(GEMEINDEN), "08116", "08", "DG"]):
            secret = key == GEHEIM and year == 2022
            count, symbol = ("", ".") if secret else (str(100 + n + year - 2019), "")
            day = f"{year}-12-31 | stichtag | zensus2011"
            yield f"faelle | {key} | {day} | {count} | {symbol}"
            yield f"einwohner | {key} | {day} | {2000 + 10 * n} |"
        for n, key in enumerate(("08116", "08115", "08", "DG")):
            yield f"quote | {key} | {year} | jahr | | {4 + n},5 |"


@pytest.fixture(scope="session")
def kleines_haus(tmp_path_factory):
    house = Haus(tmp_path_factory.mktemp("dashboard"))
    house.lieferung("zahlen", "\n".join(cells()))
    house.write("raw/amt/grenzen.geojson", SHAPES.read_bytes())
    about = {"quelle": "grenzen", **QUELLE}
    house.write(
        "raw/amt/grenzen.quelle.yaml", "\n".join(f"{k}: {json.dumps(v)}" for k, v in about.items())
    )
    house.indikator("quote")
    house.indikator("zahl", ANZAHL)
    house.indikator("kreisquote", KREISQUOTE)
    house.refresh()
    return house


@pytest.fixture(scope="session")
def service(kleines_haus):
    from indicators.service import Service

    return Service(kleines_haus.warehouse)


@pytest.fixture(scope="session")
def kontext(service):
    return Kontext(service)


@pytest.fixture(scope="session")
def app(service):
    return create_app(service)


@pytest.fixture
def client(app):
    return app.server.test_client()
