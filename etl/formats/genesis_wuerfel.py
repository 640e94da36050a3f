"""GENESIS cubes: records of kind K (names of fields) and D (data), codes only, decimal point.

The first line names the account that has asked for the export; it is never read.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.errors import DeliveryError
from etl.formats.genesis_fakten import AREA
from etl.gebiete import Gebiete
from etl.lesung import Lesung, Stelle
from etl.symbols import GUETE_OF_MARK, STATUS_OF_PRINT, Druck
from etl.tafel import Tafel, entziffert, tafel_aus_text
from etl.zellen import Tabelle, Zelle, schreibe

NAME = "genesis_wuerfel"
VALUE = ("WERT", "QUALITAET", "GESPERRT", "WERT-VERFAELSCHT")  # of every measure, in this order
REMEDY = "Den Würfel unverändert neu herunterladen."


@dataclass
class _Wuerfel:
    """The records of a cube by kind; each with its line."""

    felder: dict[str, list[str]] = field(default_factory=dict)
    saetze: dict[str, list[tuple[int, list[str]]]] = field(default_factory=dict)

    def spalte(self, art: str, name: str) -> list[str]:
        """Return one field of all records of a kind."""
        if name not in self.felder.get(art, []):
            return []
        index = self.felder[art].index(name)
        return [row[index] for _, row in self.saetze[art] if index < len(row)]


def erkennt(kopf: bytes, pfad: Path) -> bool:  # noqa: ARG001
    """Tell a cube by its first record, behind comment lines."""
    lines = kopf[:8192].decode("utf-8-sig", errors="replace").splitlines()
    data = [line for line in lines if line and not line.startswith("*")]
    return bool(data) and data[0].startswith("K;DQ;")


def lies(
    pfad: Path,
    ziel: DuckDBPyConnection,
    gebiete: Gebiete,
    form: Mapping[str, object] | None = None,  # noqa: ARG001
) -> Tabelle:
    """Append the values of a cube to `zellen`.

    Raises:  DeliveryError naming the line of what cannot be read
    """
    text = entziffert(pfad.read_bytes(), pfad.name)
    if not text.endswith("\n"):
        raise DeliveryError.at(
            f"{pfad.name}:{text.count(chr(10)) + 1}", "Die letzte Zeile bricht ab.", REMEDY
        )
    cube = _records(tafel_aus_text(text, pfad.name, ";"))
    codes = cube.spalte("DQ", "FACH-SCHL")
    lesung = Lesung(pfad, gebiete, tabelle=codes[0] if codes else "")
    schreibe(ziel, list(_cells(lesung, cube)))
    return Tabelle(lesung.tabelle, "", "", "", NAME)


def _records(tafel: Tafel) -> _Wuerfel:
    """Sort the records by kind; every D record follows the K record that names its fields."""
    cube, kind = _Wuerfel(), ""
    for index, row in enumerate(tafel.reihen):
        if not any(row) or row[0].startswith("*"):
            continue
        if row[0] == "K" and len(row) > 1:
            kind = row[1]
            cube.felder[kind], cube.saetze[kind] = row[2:], []
        elif row[0] == "D" and kind:
            cube.saetze[kind].append((tafel.zeilen[index], row[1:]))
        else:
            raise DeliveryError.at(tafel.ort(index), "Die Zeile ist kein K- oder D-Satz.", REMEDY)
    for needed in ("DQA", "DQZ", "DQI", "QEI"):
        if not cube.saetze.get(needed):
            raise DeliveryError.at(tafel.datei, f"Der Abschnitt {needed} fehlt.", REMEDY)
    return cube


def _cells(lesung: Lesung, cube: _Wuerfel) -> Iterator[Zelle]:
    axes, (time, *_) = cube.spalte("DQA", "NAME"), [*cube.spalte("DQZ", "NAME"), ""]
    measures = list(zip(cube.spalte("DQI", "NAME"), cube.spalte("DQI", "ME-NAME"), strict=False))
    area = next((n for n, name in enumerate(axes) if AREA.fullmatch(name)), None)
    width = len(axes) + 1 + len(VALUE) * len(measures)
    for line, row in cube.saetze["QEI"]:
        if len(row) != width or area is None:
            problem = "Der Würfel hat kein Gebietsmerkmal." if area is None else f"Der Satz hat {len(row) + 1} statt {width + 1} Felder."  # fmt: skip
            raise lesung.fehler(Stelle("", line), problem, REMEDY)
        ort = lesung.gebiet(row[area], Stelle("", line, area + 2))
        zeit = lesung.zeit(row[len(axes)], Stelle("", line, len(axes) + 2), time)
        merkmale = json.dumps(
            {name: row[n] for n, name in enumerate(axes) if n != area}, sort_keys=True
        )
        for number, (inhalt, unit) in enumerate(measures):
            first = len(axes) + 1 + len(VALUE) * number
            place = Stelle("", line, first + 2)
            value, mark, locked = row[first : first + 3]
            druck = _druck(lesung, place, value, mark.strip(), locked.strip())
            yield lesung.zelle(place, inhalt, unit, ort, zeit, merkmale, druck, _roh(value, mark))


def _druck(lesung: Lesung, place: Stelle, value: str, mark: str, locked: str) -> Druck:
    """Read a value with its mark: a sign in QUALITAET counts more than the number beside it."""
    if mark in GUETE_OF_MARK or not mark:
        druck = lesung.druck(value, place, ".")
        guete = GUETE_OF_MARK.get(mark, druck.guete)
        return Druck(None, "geheim", guete) if locked else druck._replace(guete=guete)
    if mark in STATUS_OF_PRINT:
        return Druck(None, STATUS_OF_PRINT[mark], "endgueltig")
    raise lesung.fehler(place, f"»{mark}« ist kein Zeichen der Qualität.", REMEDY)


def _roh(value: str, mark: str) -> str:
    return value if not mark.strip() or mark.strip() in GUETE_OF_MARK else mark.strip()
