"""GENESIS flat files before November 2024: one column per measure, beside it one for its quality.

The labels and units in the header are shifted against the values (FILM08 is headed "EUR" and
holds prices, FILM02 is headed "Kinos" and holds screens), so only the code of a column is taken:
`inhalt` is the code, `einheit` stays empty and is the source's business.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.errors import DeliveryError
from etl.formats.genesis_fakten import AREA, REMEDY, teil_des_jahres
from etl.formats.genesis_ffcsv import TABLE_OF_NAME, csv_datei, kopf_text
from etl.gebiete import Gebiete
from etl.lesung import Lesung, Stelle
from etl.symbols import GUETE_OF_MARK, Druck
from etl.tafel import Tafel, entziffert, tafel_aus_text
from etl.zeit import parse_zeit
from etl.zellen import Tabelle, Zelle, schreibe

FIRST = "Statistik_Code;Statistik_Label;Zeit_Code;"
CODE = re.compile(r"[A-Z][A-Z0-9_-]{3,}")
NAME = "genesis_ffcsv_alt"


def erkennt(kopf: bytes, pfad: Path) -> bool:
    """Tell an old flat file by the names of its first columns, also inside a ZIP."""
    return kopf_text(kopf, pfad).startswith(FIRST)


def lies(
    pfad: Path,
    ziel: DuckDBPyConnection,
    gebiete: Gebiete,
    form: Mapping[str, object] | None = None,  # noqa: ARG001
) -> Tabelle:
    """Append the values of an old flat file to `zellen`.

    Raises:  DeliveryError naming the line of what cannot be read
    """
    with csv_datei(pfad) as (datei, name):
        tafel = tafel_aus_text(entziffert(datei.read_bytes(), pfad.name), pfad.name, ";")
    rows = [(n, row) for n, row in zip(tafel.zeilen, tafel.reihen, strict=True) if any(row)]
    if len(rows) < 2:
        raise DeliveryError.at(pfad.name, "Die Datei enthält keine Werte.", REMEDY)
    header = rows[0][1]
    code = TABLE_OF_NAME.match(name)
    lesung = Lesung(pfad, gebiete, tabelle=code[1] if code else rows[1][1][0])
    schreibe(ziel, list(_cells(lesung, _checked(tafel, header), rows[1:])))
    return Tabelle(lesung.tabelle, rows[1][1][1], "", "", NAME)


def _checked(tafel: Tafel, header: list[str]) -> list[str]:
    """Return the header; every row must have its length."""
    for index, row in enumerate(tafel.reihen):
        if any(row) and len(row) != len(header):
            raise DeliveryError.at(
                tafel.ort(index), f"Die Zeile hat {len(row)} statt {len(header)} Felder.", REMEDY
            )
    return header


def _cells(
    lesung: Lesung, header: list[str], rows: Sequence[tuple[int, list[str]]]
) -> Iterator[Zelle]:
    measures = list(_measures(header))
    axes = [
        index for index, name in enumerate(header) if re.fullmatch(r"[0-9]+_Merkmal_Code", name)
    ]
    for line, row in rows:
        area = next((a for a in axes if AREA.fullmatch(row[a])), None)
        if area is None:
            raise lesung.fehler(Stelle("", line), "Die Zeile nennt kein Gebiet.", REMEDY)
        place = Stelle("", line, area + 3)
        ort = lesung.gebiet(row[area + 2] or "DG", place)
        others = [a for a in axes if a != area and row[a]]
        part = next((p for a in others if (p := teil_des_jahres(row[4], row[a + 2]))), None)
        hint = f"{row[2]} {row[3]}"
        zeit = parse_zeit(*part) if part else lesung.zeit(row[4], Stelle("", line, 5), hint)
        merkmale = json.dumps(
            {
                row[a + 1] or row[a]: row[a + 3] or row[a + 2]
                for a in others
                if not teil_des_jahres(row[4], row[a + 2])
            },
            ensure_ascii=False,
            sort_keys=True,
        )
        for column, quality, inhalt in measures:
            place = Stelle("", line, column + 1)
            druck = lesung.druck(row[column], place)
            if quality is not None:
                druck = _judged(lesung, druck, row[quality], Stelle("", line, quality + 1))
            yield lesung.zelle(place, inhalt, "", ort, zeit, merkmale, druck, row[column])


def _measures(header: list[str]) -> Iterator[tuple[int, int | None, str]]:
    """Yield column, column of its quality and code of every measure."""
    for index, name in enumerate(header):
        parts = name.split("__")
        if len(parts) > 1 and parts[-1] != "q":
            quality = index + 1 if header[index + 1 : index + 2] and header[index + 1].endswith("__q") else None  # fmt: skip
            yield index, quality, next((p for p in parts if CODE.fullmatch(p)), parts[0])


def _judged(lesung: Lesung, druck: Druck, mark: str, place: Stelle) -> Druck:
    word = mark.strip() or "e"
    if word not in GUETE_OF_MARK:
        raise lesung.fehler(place, f"»{mark}« ist kein Zeichen der Qualität.", REMEDY)
    return druck._replace(guete=GUETE_OF_MARK[word])
