"""Which statistical model fits an indicator: from what its file says, never from its values."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from duckdb import DuckDBPyConnection

from etl import tables
from etl.messgroessen import Messgroesse
from indicators.catalog import PARTS, Katalog
from indicators.model import Bruch, Indikator

# Counts that only describe (inhabitants, schools, places) are facts without chance.
DESCRIBING = ("kontext", "angebot")

TABLES = """
CREATE TEMP TABLE modell (
    indikator VARCHAR, modell VARCHAR, skala DOUBLE, richtung VARCHAR, relevant_ab DOUBLE
);
CREATE TEMP TABLE bruch (
    indikator VARCHAR, gebiet VARCHAR, datum DATE, titel VARCHAR, text VARCHAR,
    ueberbrueckbar BOOLEAN
);
"""


def write(connection: DuckDBPyConnection, katalog: Katalog) -> None:
    """Fill `modell` (one row per indicator) and `bruch` (one row per indicator and break)."""
    connection.execute(TABLES)
    for table, rows in (
        ("modell", list(_models(katalog))),
        ("bruch", list(_breaks(katalog))),
    ):
        tables.insert(connection, table, rows)


def _models(katalog: Katalog) -> Iterator[tuple[object, ...]]:
    for id_, indikator in katalog.indikatoren.items():
        yield (
            id_,
            model(indikator, katalog.messgroessen),
            float(indikator.skala),
            indikator.richtung,
            indikator.relevant_ab,
        )


def model(indikator: Indikator, messgroessen: Mapping[str, Messgroesse]) -> str:
    """Return `anteil`, `rate` or `anzahl` where the numerator counts persons or cases, else `ohne`.

    Only such a count varies by chance; euros, places or published rates get no interval.
    """
    if indikator.zaehler is None or indikator.art == "uebernommen":
        return "ohne"
    if messgroessen[indikator.zaehler.messgroesse].kleinste_zahl is None:
        return "ohne"
    if indikator.art == "anzahl" and indikator.typ in DESCRIBING:
        return "ohne"
    return indikator.art


def _breaks(katalog: Katalog) -> Iterator[tuple[object, ...]]:
    for bruch in katalog.brueche:
        for id_, indikator in katalog.indikatoren.items():
            if concerns(bruch, indikator):
                for gebiet in bruch.gebiete or ("",):
                    yield id_, gebiet, bruch.datum, bruch.titel, bruch.text, bruch.ueberbrueckbar


def concerns(bruch: Bruch, indikator: Indikator) -> bool:
    """Return whether a break lies in one of the Messgrößen of an indicator."""
    used = [getattr(indikator, part).messgroesse for part in PARTS if getattr(indikator, part)]
    return any(fnmatchcase(name, pattern) for name in used for pattern in bruch.messgroessen)
