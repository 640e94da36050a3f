"""The Kreisformat for `sozialmonitor read`: its rows as cells, without loading them.

A refresh loads the Kreisformat straight into Messwerte (etl.formats.kreisformat); nothing has to be
mapped there. Here the fields become characteristics.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.formats.kreisformat_text import COLUMNS, HEADER
from etl.formats.kreisformat_xlsx import daten
from etl.gebiete import Gebiete
from etl.lesung import Lesung, Stelle, merkmale
from etl.messgroessen import load_messgroessen
from etl.symbols import GUETEN, STATUS_OF_SYMBOL, Druck
from etl.tafel import Tafel, ist_mappe, lies_tafeln
from etl.zeit import parse_zeit
from etl.zellen import Tabelle, Zelle, schreibe

NAMES = {
    "geschlecht": "Geschlecht",
    "nationalitaet": "Nationalität",
    "gruppe": "Gruppe",
    "basis": "Basis",
}
ADVICE = "Nach data/raw/KREISFORMAT.md berichtigen."


def erkennt(kopf: bytes, pfad: Path) -> bool:
    """Tell whether the first row holds the columns of the Kreisformat."""
    if ist_mappe(kopf):
        heads = [t.reihen[0][: len(COLUMNS)] for t in lies_tafeln(pfad) if t.reihen]
        return list(COLUMNS) in heads
    return kopf.removeprefix(b"\xef\xbb\xbf").startswith(HEADER.encode())


def lies(
    pfad: Path,
    ziel: DuckDBPyConnection,
    gebiete: Gebiete,
    form: Mapping[str, object] | None = None,  # noqa: ARG001
) -> Tabelle:
    """Append every row to `zellen`.

    Raises:  DeliveryError with file, row and remedy
    """
    lesung = Lesung(pfad, gebiete, "Kreisformat")
    with pfad.open("rb") as file:
        workbook = ist_mappe(file.read(8))
    tafel = daten(pfad, COLUMNS, pfad.name) if workbook else lies_tafeln(pfad, ";")[0]
    if ";".join(tafel.reihen[0][: len(COLUMNS)] if tafel.reihen else []) != HEADER:
        raise lesung.fehler(
            Stelle(tafel.blatt, 1),
            "Die Kopfzeile ist nicht die des Kreisformats.",
            f"Erste Zeile: {HEADER}",
        )
    cells = list(_cells(lesung, tafel))
    if not cells:
        raise lesung.fehler(
            Stelle(tafel.blatt, 1), "Unter der Kopfzeile steht keine Zeile mit Werten.", ADVICE
        )
    schreibe(ziel, cells)
    return Tabelle("Kreisformat", "", "", "", "kreisformat")


def _cells(lesung: Lesung, tafel: Tafel) -> Iterator[Zelle]:
    units = {id_: m.einheit for id_, m in load_messgroessen().items()}
    for i, row in enumerate(tafel.reihen[1:], start=1):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(COLUMNS):
            raise lesung.fehler(
                Stelle(tafel.blatt, tafel.zeilen[i]),
                f"Die Zeile hat nicht {len(COLUMNS)} Felder.",
                ADVICE,
            )
        fields = {name: cell.strip() for name, cell in zip(COLUMNS, row, strict=True)}
        place = "wert" if fields["wert"] or not fields["symbol"] else "symbol"
        stelle = Stelle(tafel.blatt, tafel.zeilen[i], COLUMNS.index(place) + 1)
        try:
            zeit = parse_zeit(fields["zeit"], fields["zeitbezug"])
        except ValueError as error:
            raise lesung.fehler(stelle, f"{error}.", ADVICE) from error
        yield lesung.zelle(
            stelle,
            fields["messgroesse"],
            units.get(fields["messgroesse"], ""),
            lesung.gebiet(fields["gebiet"], stelle),
            zeit,
            _merkmale(fields),
            _druck(lesung, fields, stelle),
            fields[place],
        )


def _merkmale(fields: Mapping[str, str]) -> str:
    found = {title: fields[name] for name, title in NAMES.items()}
    if fields["alter_von"] or fields["alter_bis"]:
        von, bis = fields["alter_von"] or "0", fields["alter_bis"]
        found["Alter"] = f"{von} bis {bis} Jahre" if bis else f"{von} Jahre und mehr"
    return merkmale(found)


def _druck(lesung: Lesung, fields: Mapping[str, str], stelle: Stelle) -> Druck:
    guete = fields["guete"] or "endgueltig"
    if guete not in GUETEN or fields["symbol"] not in STATUS_OF_SYMBOL:
        raise lesung.fehler(
            stelle, f"»{fields['symbol']}« oder »{fields['guete']}« ist nicht bekannt.", ADVICE
        )
    if not fields["wert"]:
        return Druck(None, STATUS_OF_SYMBOL[fields["symbol"]], guete)
    druck = lesung.druck(fields["wert"], stelle)
    if druck.status != "vorhanden" or fields["symbol"]:
        raise lesung.fehler(stelle, "Wert und Symbol stehen im falschen Feld.", ADVICE)
    return druck._replace(guete=guete)
