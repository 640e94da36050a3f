"""Bundesagentur für Arbeit: workbooks with cover sheet, stacked headings and one row per region.

How a sheet is laid out is found out from its cells (etl.formsuche). It is the value of a cell that
counts: a real 0 is displayed as »-« by the number format. `*` is 1 or 2, or kept back so that
nobody can work it out; never 0.
"""

from collections.abc import Mapping
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.errors import DeliveryError
from etl.formats.matrix import formular, schreibe_tafeln
from etl.formsuche import PUBLISHER, suche_form, zeit_der_datei
from etl.gebiete import Gebiete
from etl.tafel import entziffert, ist_mappe, lies_tafeln
from etl.zellen import Tabelle


def erkennt(kopf: bytes, pfad: Path) -> bool:
    """Tell whether the publisher is named and a sheet has rows of regions."""
    if ist_mappe(kopf):
        tafeln = lies_tafeln(pfad)
        named = any(PUBLISHER.search(cell) for t in tafeln for row in t.reihen for cell in row)
        return named and any(suche_form(t, "x") is not None for t in tafeln)
    return PUBLISHER.search(entziffert(kopf, pfad.name)) is not None


def lies(
    pfad: Path, ziel: DuckDBPyConnection, gebiete: Gebiete, form: Mapping[str, object] | None = None
) -> Tabelle:
    """Append the figures of every sheet with regions to `zellen`.

    Args:  form: {zeit: 31.12.2024} where no sheet says it, {zeitbezug: …}, {symbole: …}
    Raises:  DeliveryError with file, sheet, cell and remedy
    """
    tafeln = lies_tafeln(pfad)
    given = dict(form or {})
    else_when = str(given.pop("zeit", "")) or zeit_der_datei(pfad.stem, tafeln)
    found = [(t, suche_form(t, else_when)) for t in tafeln]
    given.setdefault("lizenz", "Statistik der Bundesagentur für Arbeit")
    chosen = [(t, formular(pfad, dict(f) | given)) for t, f in found if f is not None]
    if not chosen:
        raise DeliveryError.at(
            pfad.name,
            "Kein Blatt hat Zeilen mit Regionen (»08116 Esslingen«) und Zahlen daneben.",
            "Das Blatt mit dem Format matrix beschreiben (form in der Quelle).",
        )
    return schreibe_tafeln(pfad, ziel, gebiete, chosen, "ba")
