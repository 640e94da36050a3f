"""The same statements on a cluster: a real Spark Connect server, driver and workers in one process."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dashboard import tasks
from etl import laeufe, warehouse
from etl.errors import WarehouseError
from etl.messgroessen import load_messgroessen
from indicators.catalog import load_katalog
from indicators.compute import compute
from indicators.engine import cluster, here
from tests.haus import GEMEINDEN, Haus
from tests.reihen import ANTEIL, reihen

pytestmark = pytest.mark.xdist_group("cluster")
QUOTE = "art: uebernommen\nwert: {messgroesse: quote}\nzaehler: {messgroesse: faelle}\n"
BETRAG = "art: anzahl\nzaehler: {messgroesse: betrag}\n"
RATE = """
art: rate
faktor: 10000
zaehler: {messgroesse: faelle}
nenner: {messgroesse: einwohner, alter: [0, 14]}
nenner_zeit: stichtag
gliederung: [geschlecht]
"""


def start() -> tuple[subprocess.Popen[bytes], str]:
    """Start a server in local-cluster mode; return its process and address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "pysail", "spark", "server", "--port", str(port)],
        env={**os.environ, "SAIL_MODE": "local-cluster"},
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process, f"sc://127.0.0.1:{port}"
        time.sleep(0.05)
    process.kill()
    raise AssertionError("The server did not start.")


@pytest.fixture(autouse=True)
def _script(monkeypatch):
    """Give the process a script: without one, as in a worker of xdist, PySpark expects doctests."""
    monkeypatch.setattr(sys.modules["__main__"], "__file__", __file__, raising=False)


@pytest.fixture(scope="module")
def server():
    """Give the address of a running cluster."""
    process, address = start()
    yield address
    process.kill()
    process.wait()


def fill(haus: Haus) -> None:
    """Deliver what every statement has something to do with."""
    haus.lieferung(
        "reihen",
        reihen(
            """
            gebiet   | werte
            08116    | 700; 730; 760; 800; 850; 880; 930
            08116019 | 100; 113; 127; 131; 150; 171; 180
            08116004 | 7; 9; 8; 5; 3; 6; 1
            08116005 | 10; -; 12; x; 13; 17; 21
            08116006 | 31; 30; /; 30; 29; 31; 30
            """
        ),
    )
    haus.lieferung(
        "alter",
        """
        messgroesse | gebiet    | zeit       | zeitbezug | geschlecht | alter_von | alter_bis | basis      | wert | symbol
        einwohner   | 08116007  | 2015-12-31 | stichtag  | w          | 0         | 5         | zensus2011 | 31   |
        einwohner   | 08116007  | 2015-12-31 | stichtag  | w          | 6         | 14        | zensus2011 | 47   |
        einwohner   | 08116007  | 2015-12-31 | stichtag  | w          | 0         | 14        | zensus2022 | 79   |
        einwohner   | 08116007  | 2015-12-31 | stichtag  | m          | 0         | 5         | zensus2011 | 33   |
        einwohner   | 08116007  | 2015-12-31 | stichtag  | m          | 7         | 14        | zensus2011 | 40   |
        einwohner   | 08116008  | 2015-12-31 | stichtag  | w          | 0         | 5         | zensus2011 | 9    |
        einwohner   | 08116008  | 2015-12-31 | stichtag  | w          | 6         | 14        | zensus2011 |      | .
        faelle      | 08116007  | 2015-12-31 | stichtag  | w          |           |           | zensus2011 | 7    |
        faelle      | 08116007  | 2015-12-31 | stichtag  | w          |           |           | zensus2022 | 7    |
        faelle      | 08116007  | 2015-12-31 | stichtag  | m          |           |           | zensus2011 | 3    |
        faelle      | 08116008  | 2015-12-31 | stichtag  | w          |           |           | zensus2011 | 2    |
        quote       | 08116019  | 2015       | jahr      |            |           |           |            | 3,3  |
        quote       | 081160019 | 2016       | jahr      |            |           |           |            | 3,7  |
        faelle      | 08116019  | 2015       | jahr      |            |           |           | zensus2011 | 7    |
        faelle      | 08116019  | 2015       | jahr      |            |           |           | zensus2022 | 8    |
        """,
    )
    zweite = f"quote|08116019|2015|jahr|3,4\nquote|08116004|2015|jahr|0,{'1' * 16}"
    haus.lieferung("zweite", f"messgroesse|gebiet|zeit|zeitbezug|wert\n{zweite}", rang=20)
    haus.lieferung("betraege", betraege(""), freigabe={"durch": "Ein Amt"})
    haus.indikator("anteil", ANTEIL)
    haus.indikator("rate", RATE)
    haus.indikator("quote", QUOTE)
    haus.indikator("betrag", BETRAG)


def betraege(fraction: str) -> str:
    """Write an amount for each municipality, of which the Kreis is the sum."""
    rows = (f"betrag|{gebiet}|2015|jahr|{n}{fraction}" for n, gebiet in enumerate(GEMEINDEN))
    return "\n".join(("messgroesse|gebiet|zeit|zeitbezug|wert", *rows))


def tables(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return everything in a database file but the moment of its making, in one order."""
    with warehouse.read(file) as connection:
        names = [name for (name,) in connection.execute("SHOW TABLES").fetchall()]
        names.remove("datenstand")
        return {
            name: connection.execute(
                f"SELECT * {'EXCLUDE (geladen)' if name == 'quelle' else ''} FROM {name} ORDER BY ALL"
            ).fetchall()
            for name in names
        }


def test_a_datenstand_from_a_cluster_is_the_same_to_the_last_bit(tmp_path, server):
    ours, theirs = Haus(tmp_path / "hier"), Haus(tmp_path / "dort")
    ablage = tmp_path / "Ablage d'Übergabe"
    ablage.mkdir()
    for haus in (ours, theirs):
        fill(haus)
    ours.refresh()
    with cluster(server, ablage) as engine:
        theirs.refresh(engine)
    assert_telling(ours)
    builds = [warehouse.current(haus.warehouse) for haus in (ours, theirs)]
    for file in ("oeffentlich", "vertraulich"):
        expected, found = (tables(getattr(build, file)) for build in builds)
        for name, rows in expected.items():
            assert found[name] == rows, (file, name)
    assert list(ablage.iterdir()) == []


def assert_telling(haus: Haus) -> None:
    """Hold that the sample has every way to a value, denominators, slopes and comparisons."""
    build = warehouse.current(haus.warehouse)
    with warehouse.scratch(build.intern) as connection:
        compute(connection, haus.katalog(), alles=True)
        ways = connection.execute("SELECT DISTINCT weg FROM teilwert ORDER BY 1").fetchall()
        counted = connection.execute("SELECT count(nenner) FROM ergebnis").fetchone()
    with warehouse.read(build.vertraulich) as stand:
        found = stand.execute("SELECT count(veraenderung), count(kreiswert) FROM bewertung")
        assert min(*counted, *found.fetchone()) > 0
    assert ways == [(0,), (1,), (2,), (3,)]


def test_a_sum_of_fractions_differs_at_most_in_its_last_digits(haus, server, tmp_path):
    """Numbers are added in another order there; counts are whole and stay exact."""
    haus.lieferung("betraege", betraege(",1"))
    haus.indikator("betrag", BETRAG)
    haus.read()
    intern, sums = warehouse.current(haus.warehouse).intern, []
    with cluster(server, tmp_path) as engine:
        for calculator in (here, engine):
            with warehouse.scratch(intern) as connection:
                compute(connection, haus.katalog(), calculator)
                sums += connection.execute(KREIS_SUM).fetchone()
    assert sums == pytest.approx([950.4, 950.4], rel=1e-12)


KREIS_SUM = "SELECT wert FROM berechnet WHERE gebiet = '08116'"
ALL, TYPES = "SELECT * FROM {} ORDER BY ALL", "DESCRIBE {}"


def test_the_shipped_figures_are_the_same_on_a_cluster(ausgeliefert, server, tmp_path):
    intern = warehouse.current(ausgeliefert).intern
    katalog = load_katalog(load_messgroessen())
    with (
        warehouse.scratch(intern) as ours,
        warehouse.scratch(intern) as theirs,
        cluster(server, tmp_path) as engine,
    ):
        compute(ours, katalog)
        compute(theirs, katalog, engine)
        for table in ("kopf", "ziel", "teilwert", "aufgabe", "gefunden", "ergebnis"):
            expected, found = (
                [connection.execute(sql.format(table)).fetchall() for sql in (ALL, TYPES)]
                for connection in (ours, theirs)
            )
            assert found == expected, table
            assert len(expected[0]) > 1000


def test_if_the_cluster_dies_the_old_datenstand_stays(haus, tmp_path):
    haus.lieferung("betraege", betraege(""))
    haus.indikator("betrag", BETRAG)
    before = haus.refresh().datenstand().id
    process, address = start()

    def dying(statements):
        yield from statements[:5]
        process.kill()
        process.wait()
        yield from statements[5:]

    with (
        pytest.raises(WarehouseError, match="Der Cluster hat nicht geantwortet"),
        cluster(address, tmp_path) as engine,
    ):
        haus.refresh(lambda connection, statements: engine(connection, dying(statements)))
    assert warehouse.current(haus.warehouse).id == before
    assert [build.id for build in warehouse.builds(haus.warehouse)] == [before]
    assert "Der Cluster hat nicht geantwortet" in laeufe.letzter(haus.warehouse)["fehler"]
    assert not (tmp_path / "rechnung").exists()


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://rechner:15002", "Das ist keine Adresse"),
        ("rechner:15002", "Das ist keine Adresse"),
        ("sc://", "Das ist keine Adresse"),
        ("sc://rechner:port", "Das ist keine Adresse"),
        ("sc://127.0.0.1:1/;token=geheimnis", "Der Cluster hat nicht geantwortet"),
    ],
)
def test_an_address_without_a_cluster_is_refused_before_anything_is_read(haus, address, problem):
    with pytest.raises(WarehouseError, match=problem) as refused:
        tasks.refresh(haus.raw, haus.warehouse, engine=address)
    assert "geheimnis" not in str(refused.value)
    assert laeufe.letzter(haus.warehouse)["fehler"] == str(refused.value)


def test_without_the_extra_its_name_is_told(haus, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(WarehouseError, match="fehlt ein Paket: pyspark"):
        tasks.refresh(haus.raw, haus.warehouse, engine="sc://127.0.0.1:1")


def test_a_folder_that_is_missing_is_refused(tmp_path, server):
    with (
        pytest.raises(WarehouseError, match="--ablage"),
        cluster(server, tmp_path / "fehlt"),
    ):
        pass
