"""GV100AD: the Gemeindeverzeichnis as text with fixed columns, one line per area.

Only the lines of municipalities (Satzart 60) carry figures: area in hectares, population, men. The
file names the day of its territory, not that of its population. Unless `form` says it
(`bevoelkerung: 2022-12-31`), the newest 31 December that the office had published by then is taken,
and the characteristic »Stichtag der Bevölkerung« says that this is an assumption.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.gebiete import Gebiete
from etl.lesung import Lesung, Stelle, merkmale
from etl.symbols import Druck
from etl.zeit import Zeit, parse_zeit
from etl.zellen import Tabelle, Zelle, schreibe

LINE = re.compile(r"(10|20|30|40|50|60)([12][0-9]{7})([0-9]{2}[0-9 ]{10})")
GEMEINDE = "60"
WIDTHS = {"10": 2, "20": 3, "30": 4, "40": 5, "50": 9, "60": 8}  # digits of the key by Satzart
FIELDS = {  # place in the line (from 0), what stands there, its unit and characteristic
    "Fläche": (128, 139, "ha", ""),
    "Bevölkerung": (139, 150, "Anzahl", ""),
    "Bevölkerung männlich": (150, 161, "Anzahl", "männlich"),
}
UNCLEAR = {"Stichtag der Bevölkerung": "nicht in der Datei"}


def erkennt(kopf: bytes, pfad: Path) -> bool:  # noqa: ARG001
    """Tell whether the first line is one of the register: Satzart, territory date, key."""
    return LINE.match(kopf[:22].removeprefix(b"\xef\xbb\xbf").decode("latin-1")) is not None


def lies(
    pfad: Path, ziel: DuckDBPyConnection, gebiete: Gebiete, form: Mapping[str, object] | None = None
) -> Tabelle:
    """Append the figures of all municipalities to `zellen`.

    Raises:  DeliveryError with file, line and remedy
    """
    lesung = Lesung(pfad, gebiete, "GV100AD")
    lines = _text(pfad.read_bytes()).splitlines()
    stand = _territory(lesung, lines)
    day, assumed = population_day(lesung, stand.von, form)
    cells = list(_cells(lesung, lines, stand, day, UNCLEAR if assumed else {}))
    if not cells:
        raise lesung.fehler(
            None,
            "Die Datei enthält keine einzige Gemeinde (Satzart 60).",
            "Prüfen, ob die Datei vollständig übertragen wurde.",
        )
    schreibe(ziel, cells)
    return Tabelle("GV100AD", "Gemeindeverzeichnis (GV-ISys)", stand.text, "", Path(__file__).stem)


def population_day(
    lesung: Lesung, territory: date, form: Mapping[str, object] | None
) -> tuple[Zeit, bool]:
    """Return the day of the population, and whether it is assumed from the office's rhythm.

    The population of a 31 December appears in the second half of the next year, first in the
    register of 30 September.
    """
    if form and form.get("bevoelkerung"):
        return lesung.zeit(str(form["bevoelkerung"]), None, zeitbezug="stichtag"), False
    year = territory.year - (1 if territory.month >= 9 else 2)
    return parse_zeit(f"{year}-12-31", "stichtag"), True


def _text(data: bytes) -> str:
    """Decode; before about 2019 the register was in ISO-8859-1."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _territory(lesung: Lesung, lines: list[str]) -> Zeit:
    match = LINE.match(lines[0]) if lines else None
    if match is None:
        raise lesung.fehler(
            Stelle("", 1),
            "Das ist keine Zeile des Gemeindeverzeichnisses (GV100AD).",
            "Die Textdatei aus dem Archiv von Destatis unverändert ablegen.",
        )
    return lesung.zeit(match[2], Stelle("", 1, 3), zeitbezug="stichtag")


def _cells(
    lesung: Lesung, lines: list[str], stand: Zeit, day: Zeit, unclear: Mapping[str, str]
) -> Iterator[Zelle]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        match = LINE.match(line)
        if match is None or match[2] != stand.text.replace("-", ""):
            raise lesung.fehler(
                Stelle("", number),
                "Die Zeile hat nicht die Form des Gemeindeverzeichnisses vom selben Tag.",
                "Prüfen, ob die Datei vollständig und unverändert ist.",
            )
        if match[1] == GEMEINDE:
            yield from _municipality(lesung, line, Stelle("", number), stand, day, unclear)


def _municipality(
    lesung: Lesung, line: str, stelle: Stelle, stand: Zeit, day: Zeit, unclear: Mapping[str, str]
) -> Iterator[Zelle]:
    ort = lesung.gebiet(line[10 : 10 + WIDTHS[GEMEINDE]], Stelle("", stelle.zeile, 11))
    for title, (start, end, unit, sex) in FIELDS.items():
        place, printed = Stelle("", stelle.zeile, start + 1), line[start:end]
        if not re.fullmatch(r"\d{11}| {11}", printed):
            raise lesung.fehler(
                place,
                f"»{printed}« ist keine elfstellige Zahl ({title}).",
                "Prüfen, ob Zeichen verloren gingen: Jede Angabe steht an einer festen Stelle.",
            )
        druck = (
            lesung.druck(printed, place) if printed.strip() else Druck(None, "fehlt", "endgueltig")
        )
        counted = title.startswith("Bevölkerung")
        extra = merkmale({"Geschlecht": sex, **(unclear if counted else {})})
        yield lesung.zelle(
            place, title.split()[0], unit, ort, day if counted else stand, extra, druck, printed
        )
