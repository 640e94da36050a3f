"""Where the statements of `indicators.compute` run: in DuckDB, or on a Spark Connect cluster.

The statements are the same. For a cluster each is transpiled, and every table that it reads or makes
lies as Parquet in a folder that both sides see; in the end DuckDB takes the tables back. DuckDB also
decides the types: it makes each table first, empty, and the cluster casts to that.
"""

import re
import shutil
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from duckdb import DuckDBPyConnection

from etl.errors import WarehouseError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
    from sqlglot import exp

Engine = Callable[[DuckDBPyConnection, Sequence[str]], None]
RETRIES = 3  # of a request that found nobody: about a second each time
SPREAD = 16  # parts of the first table, so that many machines of a cluster write one


def here(connection: DuckDBPyConnection, statements: Sequence[str]) -> None:
    """Run the statements in DuckDB itself."""
    for statement in statements:
        connection.execute(statement)


@contextmanager
def cluster(address: str, ablage: Path) -> Iterator[Engine]:
    """Connect to a cluster; give what runs statements there and leaves their tables in DuckDB.

    address: `sc://host:port`, where Spark Connect listens
    ablage:  a folder that this machine and all of the cluster see under the same path; its rights
             decide who may look in, for meanwhile unprotected figures lie there
    Raises:  WarehouseError if the extra `spark` is missing, the address is none, the cluster cannot
             be reached or fails, or it does not share the folder
    """
    with _session(address) as session, _folder(ablage) as folder:
        with _told(address):
            _shared(session, folder)

        def run(connection: DuckDBPyConnection, statements: Sequence[str]) -> None:
            with _folder(folder) as own, _told(address):
                _Lauf(session, connection, own).run(statements)

        yield run


@contextmanager
def _session(address: str) -> "Iterator[SparkSession]":
    """Give a session that soon gives up where nobody answers; it connects with the first request."""
    with warnings.catch_warnings():
        # It warns of pandas 3, which is not used here, and of each request that found nobody.
        warnings.filterwarnings("ignore", module=r"pyspark\.")
        try:
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
            from pyspark.sql.connect.client.retries import DefaultPolicy

            session = SparkSession.builder.remote(address).create()
        except ImportError as error:
            raise WarehouseError.at(
                "--engine",
                f"Zum Rechnen auf einem Cluster fehlt ein Paket: {error.name}.",
                "Die Pakete dafür nennt docs/betrieb.md. Ohne --engine rechnet dieser Rechner.",
            ) from error
        except ValueError as error:
            raise WarehouseError.at(
                "--engine",
                "Das ist keine Adresse eines Clusters.",
                "Sie lautet sc://RECHNER:PORT; der Port von Spark Connect ist meist 15002.",
            ) from error
        session.client.set_retry_policies([DefaultPolicy(max_retries=RETRIES)])
        try:
            yield session
        finally:
            session.client.set_retry_policies([DefaultPolicy(max_retries=0)])
            with suppress(PySparkException):  # perhaps nobody is left to say goodbye to
                session.stop()


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Say in our words what goes wrong on the cluster or on the way to it; never a token."""
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        text = str(error).strip()
        detail = re.search(r'details = "(.*)"', text)  # errors of the connection hide it
        reason = detail[1] if detail else text.partition("\n")[0]
        raise WarehouseError.at(
            f"--engine sc://{urlsplit(address).netloc.rpartition('@')[2]}",
            f"Der Cluster hat nicht geantwortet oder abgebrochen: {reason[:300]}",
            "Nachsehen, ob er läuft und in der Ablage schreiben darf; der alte Datenstand bleibt in"
            " Betrieb. Ohne --engine rechnet dieser Rechner.",
        ) from error


@contextmanager
def _folder(above: Path) -> Iterator[Path]:
    """Make a folder for unprotected figures with the rights of the one above; leave nothing of it."""
    folder = above.resolve() / "rechnung"
    try:
        shutil.rmtree(folder, ignore_errors=True)  # of a run that was killed
        _make(folder)
    except OSError as error:
        raise WarehouseError.at(
            above,
            f"Hier lässt sich die Ablage für den Cluster nicht anlegen: {error.strerror}.",
            "Mit --ablage einen Ordner nennen, den dieser Rechner und der Cluster beschreiben.",
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():
            raise WarehouseError.at(
                folder,
                "Hier liegen ungesperrte Zahlen, die sich nicht löschen lassen.",
                "Den Ordner löschen und den Cluster so einrichten, dass die Gruppe löschen darf.",
            )


def _make(folder: Path) -> None:
    """Make a folder in which all may write who may in the one above, whatever our umask says."""
    folder.mkdir()
    folder.chmod(folder.parent.stat().st_mode)


def _shared(session: "SparkSession", folder: Path) -> None:
    """Refuse a folder of which the cluster sees another one: its figures would be missing silently."""
    from pyarrow import parquet, table

    rows = range(SPREAD * 4)
    parquet.write_table(table({"zahl": list(rows)}), folder / "hin.parquet")
    frame = session.read.parquet(f"file://{folder}/hin.parquet").repartition(SPREAD)
    frame.write.parquet(f"file://{folder}/her")
    back = list((folder / "her").glob("*.parquet"))
    if sum(parquet.read_metadata(file).num_rows for file in back) != len(rows):
        raise WarehouseError.at(
            folder.parent,
            "Der Cluster sieht unter diesem Pfad nicht denselben Ordner wie dieser Rechner.",
            "Mit --ablage einen Ordner nennen, der auf beiden Seiten eingehängt ist.",
        )


class _Lauf:
    """One run of the statements: where the Parquet of each table lies that the cluster knows."""

    def __init__(
        self, session: "SparkSession", connection: DuckDBPyConnection, folder: Path
    ) -> None:
        self._session, self._connection, self._folder = session, connection, folder
        self._made: list[str] = []
        self._parts: dict[str, list[str]] = {}

    def run(self, statements: Sequence[str]) -> None:
        """Run everything in order, then fill the tables that were made and not dropped."""
        for text in statements:
            for statement in self._connection.extract_statements(text):
                self._statement(statement.query.strip(" \n;"))
        for table in self._made:
            self._connection.execute(
                f"INSERT INTO {table} SELECT * FROM read_parquet(?)",
                [f"{self._folder}/{table}/**/*.parquet"],
            )

    def _statement(self, text: str) -> None:
        """Make or drop an empty table in DuckDB; let the cluster fill it, as far as it is filled."""
        from sqlglot import exp, parse_one

        statement = parse_one(text, read="duckdb")
        table, query = _name(next(statement.find_all(exp.Table))), statement.args.get("expression")
        if isinstance(statement, exp.Drop):
            self._connection.execute(text)
            self._made.remove(table)
        if isinstance(statement, exp.Create):
            self._connection.execute(f"{text} WITH NO DATA" if query else text)
            self._made.append(table)
            self._hand_over(table)
        if query:
            self._fill(table, query)

    def _fill(self, table: str, query: "exp.Expression") -> None:
        """Let the cluster write what a query finds, as one more part of a table."""
        from sqlglot import exp

        ours = {part.alias for part in query.find_all(exp.CTE)}
        for read in list(query.find_all(exp.Table)):
            name = _name(read)
            if name not in self._parts and name not in ours:
                self._hand_over(name)
            read.set("db", None)
            read.set("this", exp.to_identifier(_view(name)))
        fields = self._session.table(_view(table)).schema.fields
        found = self._session.sql(query.sql("spark")).toDF(*(field.name for field in fields))
        cast = [found[field.name].cast(field.dataType).alias(field.name) for field in fields]
        part = f"file://{self._folder}/{table}/{len(self._parts[table])}"
        found.select(*cast).write.parquet(part)
        self._show(table, part)

    def _hand_over(self, table: str) -> None:
        """Give the cluster a table as it is in DuckDB."""
        part = self._folder / table / "0"
        _make(part.parent)
        _make(part)
        place = str(part).replace("'", "''")
        self._connection.execute(f"COPY (FROM {table}) TO '{place}/0.parquet' (FORMAT parquet)")
        self._show(table, f"file://{part}")

    def _show(self, table: str, part: str) -> None:
        parts = self._parts.setdefault(table, [])
        parts.append(part)
        self._session.read.parquet(*parts).createOrReplaceTempView(_view(table))


def _name(table: "exp.Table") -> str:
    return f"{table.db}.{table.name}" if table.db else table.name


def _view(table: str) -> str:
    return table.replace(".", "_")
