"""data/raw → intern.duckdb: read, check, load; all or nothing."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl import checks, warehouse
from etl.formats import kreisformat
from etl.gebiete import HERE as GEBIETE
from etl.gebiete import Gebiete
from etl.lieferungen import Lieferung, find_lieferungen
from etl.messgroessen import Messgroesse, load_messgroessen
from etl.schema import INTERN

Progress = Callable[[str], None]


def plan(raw: Path) -> list[Lieferung]:
    """Return the deliveries that a refresh would load, without loading them."""
    return find_lieferungen(raw)


def build_intern(
    build: warehouse.Build,
    raw: Path,
    progress: Progress,
    messgroessen: Mapping[str, Messgroesse] | None = None,
) -> None:
    """Write everything that lies in `raw` into the build's intern.duckdb.

    messgroessen: what may be counted; left out, what messgroessen.yaml declares
    Raises:  DeliveryError, DefinitionError; the build is then to be thrown away
    """
    progress("Lieferungen suchen")
    files = dict(enumerate(find_lieferungen(raw), start=1))
    messgroessen = messgroessen or load_messgroessen()
    gebiete = Gebiete()
    with warehouse.create(build.intern) as intern:
        intern.execute(INTERN)
        _load_reference(intern)
        intern.executemany(
            "INSERT INTO messgroesse VALUES (?, ?, ?, ?, ?)",
            [
                (id_, m.titel, m.einheit, m.additiv, m.kleinste_zahl)
                for id_, m in messgroessen.items()
            ],
        )
        progress("Dateien lesen")
        tables = [item for item in files.items() if item[1].pfad.suffix == ".csv"]
        kreisformat.load(intern, tables, messgroessen, gebiete)
        _load_shapes(intern, [f for f in files.values() if f.pfad.suffix == ".geojson"])
        _register(intern, files)
        progress("Lieferungen prüfen")
        checks.refuse_gaps(intern, files, gebiete)
        checks.report(intern, gebiete)


def _load_reference(intern: DuckDBPyConnection) -> None:
    """Load areas and neighbours, which ship with the package."""
    for table in ("gebiet", "nachbar"):
        file = GEBIETE / {"gebiet": "gebiete.csv", "nachbar": "nachbarn.csv"}[table]
        intern.execute(
            f"INSERT INTO {table} BY NAME"
            " SELECT * FROM read_csv(?, delim = ';', header = true, all_varchar = true)",
            [str(file)],
        )


def _load_shapes(intern: DuckDBPyConnection, lieferungen: Sequence[Lieferung]) -> None:
    for lieferung in lieferungen:
        features = json.loads(lieferung.pfad.read_bytes())["features"]
        intern.executemany(
            "INSERT INTO geometrie VALUES (?, ?)",
            [(f["id"], json.dumps(f["geometry"], separators=(",", ":"))) for f in features],
        )


def _register(intern: DuckDBPyConnection, files: dict[int, Lieferung]) -> None:
    """Write down every delivery with its fingerprint and the number of its rows."""
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = dict(
        intern.execute("SELECT lieferung, count(*) FROM messwert GROUP BY lieferung").fetchall()
    )
    intern.executemany(
        f"INSERT INTO lieferung VALUES ({', '.join('?' * 18)})",
        [
            (
                number,
                f.quelle.quelle,
                f.datei,
                f.sha256,
                f.quelle.herausgeber,
                f.quelle.tabelle,
                f.quelle.titel,
                f.quelle.stand,
                f.quelle.lizenz,
                f.quelle.namensnennung,
                f.quelle.ursprung,
                f.quelle.bearbeitung,
                f.quelle.verantwortlich,
                f.quelle.rhythmus,
                f.quelle.rang,
                f.quelle.ausgabe,
                now,
                rows.get(number, 0),
            )
            for number, f in files.items()
        ],
    )
