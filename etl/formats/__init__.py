"""One reader per delivery format; each turns a file into staged cells (contract: etl.zellen).

A format is recognised by what stands in the file, never by its name; the first of FORMATE that
says yes reads it, so the order goes from the most distinctive format to the least.
"""

from pathlib import Path
from types import ModuleType

from etl.errors import DeliveryError
from etl.formats import (
    ba,
    gemeindeverzeichnis,
    genesis_ffcsv,
    genesis_ffcsv_alt,
    genesis_tabelle,
    genesis_wuerfel,
    gv100ad,
    inkar,
    kreisformat_zellen,
    matrix,
    statbw,
    wegweiser,
)

FORMATE: tuple[ModuleType, ...] = (
    genesis_ffcsv,
    genesis_ffcsv_alt,
    genesis_wuerfel,
    genesis_tabelle,
    kreisformat_zellen,
    gv100ad,
    statbw,
    inkar,
    wegweiser,
    gemeindeverzeichnis,
    ba,
    matrix,
)
KOPF = 65536  # bytes by which a format is recognised


def name(form: ModuleType) -> str:
    """Return the name of a format as sources and the command line write it."""
    return form.__name__.rpartition(".")[2]


def erkenne(pfad: Path) -> ModuleType:
    """Return the format whose signs a file carries.

    Raises:  DeliveryError if it is none of them or cannot be opened
    """
    try:
        with pfad.open("rb") as file:
            kopf = file.read(KOPF)
    except OSError as error:
        raise DeliveryError.at(
            pfad, "Die Datei lässt sich nicht öffnen.", "Pfad und Rechte prüfen."
        ) from error
    for form in FORMATE:
        if form.erkennt(kopf, pfad):
            return form
    raise DeliveryError.at(
        pfad.name,
        "Das Format der Datei ist nicht bekannt.",
        f"Mit --format eines angeben: {', '.join(name(form) for form in FORMATE)};"
        " oder in der Quelle format: matrix und unter form, wo Kopf, Schlüssel, Zeit und Werte stehen.",
    )
