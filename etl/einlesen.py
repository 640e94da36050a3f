"""One delivered file → cells, by the format that it has or that is named."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from duckdb import DuckDBPyConnection

from etl import formats
from etl.errors import DeliveryError, suggestion
from etl.gebiete import Gebiete
from etl.lieferungen import Lieferung
from etl.messgroessen import Messgroesse
from etl.sources import Zuordnung, load_zuordnung, refuse_unknown
from etl.sources.abbilden import bilde_ab
from etl.sources.regeln import Quelltabelle
from etl.zellen import ZELLEN, Tabelle

STAGE = ZELLEN.replace("CREATE TABLE", "CREATE OR REPLACE TEMP TABLE", 1)


def lies(
    ziel: DuckDBPyConnection,
    pfad: Path,
    gebiete: Gebiete,
    name: str | None = None,
    form: Mapping[str, object] | None = None,
) -> Tabelle:
    """Fill the temporary table `zellen` with the cells of one file, instead of what it held.

    name: of the format; left out, it is recognised by what stands in the file
    Raises:  DeliveryError with file, place and remedy
    """
    ziel.execute(STAGE)
    format_ = formats.erkenne(pfad) if name is None else format_of(name)
    tabelle: Tabelle = format_.lies(pfad, ziel, gebiete, form)
    return tabelle


def format_of(name: str) -> ModuleType:
    """Return a format by its name.

    Raises:  DeliveryError if there is none of that name
    """
    known = {formats.name(module): module for module in formats.FORMATE}
    if name not in known:
        raise DeliveryError.at(
            f"format: {name}",
            "Dieses Format gibt es nicht.",
            suggestion(name, known, f"Möglich: {', '.join(known)}."),
        )
    return known[name]


def lade(
    intern: DuckDBPyConnection,
    tabelle: Quelltabelle,
    messgroessen: Mapping[str, Messgroesse],
    gebiete: Gebiete,
) -> tuple[str, int]:
    """Read one delivery by its format and write what its source takes into `messwert`.

    Returns: name of the format, number of cells in the file
    Raises:  DeliveryError with file, place and remedy
    """
    lieferung, zuordnung = tabelle.lieferung, tabelle.zuordnung
    try:
        read = lies(intern, lieferung.pfad, gebiete, zuordnung.format, zuordnung.form)
    except DeliveryError as error:
        raise _at_its_place(error, lieferung) from error
    count = intern.execute("SELECT count(*) FROM zellen").fetchone() or (0,)
    bilde_ab(intern, tabelle, messgroessen)
    intern.execute("DROP TABLE zellen")
    return read.format, count[0]


def _at_its_place(error: DeliveryError, lieferung: Lieferung) -> DeliveryError:
    """Return the refusal with the place of the file below data/raw instead of its bare name."""
    name = lieferung.pfad.name
    return DeliveryError(
        [
            replace(mangel, ort=f"{lieferung.datei}{mangel.ort.removeprefix(name)}")
            if mangel.ort.startswith(name)
            else mangel
            for mangel in error.maengel
        ]
    )


def zuordnung_of(
    lieferung: Lieferung, folder: Path, messgroessen: Mapping[str, Messgroesse]
) -> Zuordnung | None:
    """Return the source of a delivery; None if it is in Kreisformat.

    folder: where the sources lie that a delivery may name
    Raises:  DefinitionError naming file, line and remedy
    """
    quelle = lieferung.quelle
    if quelle.eigene_zuordnung is not None:
        refuse_unknown(
            quelle.eigene_zuordnung, messgroessen, lieferung.beschreibung, "eigene_zuordnung"
        )
        return quelle.eigene_zuordnung
    if not quelle.zuordnung:
        return None
    return load_zuordnung(quelle.zuordnung, folder, messgroessen, lieferung.beschreibung)
