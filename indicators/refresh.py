"""intern.duckdb → oeffentlich.duckdb: calculate all indicators and publish them."""

from collections.abc import Callable

from duckdb import DuckDBPyConnection

from etl import warehouse
from etl.messgroessen import load_messgroessen
from indicators import changes, narrow
from indicators.assess import assess
from indicators.ausblick import publish_ausblick
from indicators.catalog import Katalog, load_katalog
from indicators.compute import compute
from indicators.disclosure import frueher
from indicators.disclosure.datenstand import UNPROTECTED, schuetze_datenstand
from indicators.engine import Engine, here
from indicators.publish import publish
from indicators.publish_agenda import publish_agenda

GEHEIM = "SELECT count(*) > 0 FROM intern.lieferung WHERE ausnahme = '' OR wartet <> ''"


def build_public(
    build: warehouse.Build,
    progress: Callable[[str], None],
    katalog: Katalog | None = None,
    engine: Engine = here,
) -> None:
    """Write the build's oeffentlich.duckdb from its intern.duckdb.

    Where something must not be shown, `vertraulich.duckdb` gets the same layout with everything.
    katalog: what to calculate; left out, the catalogue of the package
    engine:  where the values are calculated
    Raises:  DefinitionError, DeliveryError; the build is then to be thrown away
    """
    progress("Katalog laden")
    katalog = katalog or load_katalog(load_messgroessen())
    before = build.vorher
    with warehouse.create(build.oeffentlich, build.intern) as connection:
        progress("Indikatoren berechnen")
        compute(connection, katalog, engine)
        progress("Geheimhaltung prüfen")
        schuetze_datenstand(connection, katalog, *frueher.lies(build, connection))
        progress("Aussagen prüfen: Intervalle, Trends, Vergleiche")
        assess(connection, katalog)
        progress("Öffentlichen Datenstand schreiben")
        _schreibe(connection, katalog, build)
        changes.write(connection, before.oeffentlich if before else None)
        secret = connection.execute(GEHEIM).fetchone()
    if secret == (True,):
        progress("Interne Sicht schreiben")
        with warehouse.create(build.vertraulich, build.intern) as connection:
            compute(connection, katalog, engine, alles=True)
            connection.execute(UNPROTECTED)
            assess(connection, katalog)
            _schreibe(connection, katalog, build, intern=True)
            changes.write(connection, before.vertraulich if before else None)


def _schreibe(
    connection: DuckDBPyConnection,
    katalog: Katalog,
    build: warehouse.Build,
    *,
    intern: bool = False,
) -> None:
    connection.begin()  # one commit instead of one for each table
    publish(connection, katalog, build.id, intern=intern)
    publish_agenda(connection, katalog)
    publish_ausblick(connection, katalog)
    narrow.write(connection)
    connection.commit()
