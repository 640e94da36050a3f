"""Gemeindeverzeichnis of Destatis as XLSX, XLS or CSV: municipalities, districts, towns of any year.

Headings change from year to year, so columns are found by their words: hyphens within words,
footnote marks and line breaks are taken out. The key stands in four or five columns (Land, RB,
Kreis, VB, Gem) or in one. Each column may have a date of its own; the title only gives that of the
territory. Where no date of the population is printed, see etl.formats.gv100ad. Coordinates were
degrees, minutes and seconds in one number (9.2615 is 9° 26′ 15″) until about 2010; they come out as
degrees. What is not a figure (postcodes, names, classes) is left to gebiete.csv.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.errors import DeliveryError
from etl.form import Angabe, Form
from etl.formats.gv100ad import population_day
from etl.formats.gv_kopf import DAY, Aufbau, finde_aufbau
from etl.gebiete import Gebiete
from etl.kopfzeilen import ueberschriften
from etl.lesung import Lesung, Stelle, erste_zeilen
from etl.raster import Raster
from etl.tafel import Tafel, ist_mappe, lies_tafeln
from etl.zeit import Zeit
from etl.zellen import Tabelle, Zelle, schreibe

POPULATION_DAY = re.compile(
    r"(?:Bevölkerung|Einwohner)(?:sstand)?:?\s*(?:am|vom|zum|Stand)?:?\s*(\d{1,2}\.\d{1,2}\.\d{4})"
)
QUARTER = re.compile(r"quartal|\dq", re.IGNORECASE)
GRADE = ("Längengrad", "Breitengrad")
MARKED = "nicht in der Datei"


def erkennt(kopf: bytes, pfad: Path) -> bool:
    """Tell whether a sheet has the key of municipalities and their area or population."""
    if ist_mappe(kopf):
        return any(finde_aufbau(tafel) for tafel in lies_tafeln(pfad))
    tafel = erste_zeilen(kopf, pfad)
    return tafel is not None and finde_aufbau(tafel) is not None


def lies(
    pfad: Path, ziel: DuckDBPyConnection, gebiete: Gebiete, form: Mapping[str, object] | None = None
) -> Tabelle:
    """Append area, population and coordinates of every row to `zellen`.

    Args:  form: {bevoelkerung: 2022-12-31} where the file does not print it, {gebietsstand: …}
    Raises:  DeliveryError with file, sheet, cell and remedy
    """
    tafeln = lies_tafeln(pfad)
    lesung = Lesung(pfad, gebiete, "GV-ISys")
    cells: list[Zelle] = []
    stand = titel = ""
    for tafel in tafeln:
        aufbau = finde_aufbau(tafel)
        if aufbau is None:
            continue
        territory = _territory(lesung, tafeln, tafel, aufbau, form)
        shown, layout = _labelled(lesung, tafel, aufbau, territory, form)
        cells += _in_degrees(list(Raster(shown, layout, lesung).zellen()))
        stand = stand or territory.text
        titel = titel or next(iter(ueberschriften(tafel, aufbau.kopf[0])), "")
    if not cells:
        raise DeliveryError.at(
            pfad.name,
            "Kein Blatt hat die Spalten des Gemeindeverzeichnisses (Schlüssel, Fläche, Bevölkerung).",
            "Die Datei von Destatis unverändert ablegen.",
        )
    schreibe(ziel, cells)
    return Tabelle("GV-ISys", titel, stand, _licence(tafeln), "gemeindeverzeichnis")


def _territory(
    lesung: Lesung,
    tafeln: Sequence[Tafel],
    tafel: Tafel,
    aufbau: Aufbau,
    form: Mapping[str, object] | None,
) -> Zeit:
    """Return the day of the territory: from headings, titles, cover, sheet or file name."""
    texts = [cell for row in tafel.reihen[: aufbau.kopf[-1] + 1] for cell in row]
    cover = [
        text for t in tafeln for text in ueberschriften(t, 60) if "gebietsstand" in text.casefold()
    ]
    named = [text for text in texts if "gebietsstand" in text.casefold()]
    given = str((form or {}).get("gebietsstand", ""))
    for text in (
        given,
        *named,
        *ueberschriften(tafel, aufbau.kopf[0]),
        *cover,
        tafel.blatt,
        lesung.pfad.stem,
    ):
        match = DAY.search(text.replace("-", ".") if text is given else text)
        if match:
            return lesung.zeit(".".join(match.groups()), None)
        if text and text is given:
            return lesung.zeit(text, None, zeitbezug="stichtag")
    raise lesung.fehler(
        None,
        "Weder die Datei noch ihr Name nennt den Gebietsstand.",
        "In der Quelle form: {gebietsstand: 2020-12-31, bevoelkerung: 2019-12-31} angeben.",
    )


def _labelled(
    lesung: Lesung,
    tafel: Tafel,
    aufbau: Aufbau,
    territory: Zeit,
    form: Mapping[str, object] | None,
) -> tuple[Tafel, Form]:
    """Return the sheet with plain headings »content|sex|remark«, and its form."""
    above = " ".join(ueberschriften(tafel, aufbau.kopf[0]))
    printed = POPULATION_DAY.search(above)
    quarterly = QUARTER.search(f"{above} {lesung.pfad.stem}") or territory.text[5:] != "12-31"
    day, remark = printed[1] if printed else territory.text, ""
    if (form or {}).get("bevoelkerung") or (not printed and quarterly):
        chosen, assumed = population_day(lesung, territory.von, form)
        day, remark = chosen.text, MARKED if assumed else ""
    heads = [""] * (max(aufbau.figures) + 1)
    zeiten = {}
    for j, (name, sex, _) in aufbau.figures.items():
        counted = name.startswith("Bevölkerung")
        own = aufbau.days.get(j, "") if not (form or {}).get("bevoelkerung") or not counted else ""
        heads[j] = f"{name}|{sex}|{remark if counted and not own else ''}"
        zeiten[heads[j]] = own or (day if counted else territory.text)
    return _prepared(lesung, tafel, aufbau, heads), _form(tafel, aufbau, heads, zeiten, territory)


def _prepared(lesung: Lesung, tafel: Tafel, aufbau: Aufbau, heads: list[str]) -> Tafel:
    """Leave only rows of areas: notes and the headings of Länder have no figures."""
    reihen = list(tafel.reihen)
    last = aufbau.kopf[-1]
    reihen[last] = heads
    land = ""
    for i in range(last + 1, len(reihen)):
        row = list(reihen[i])
        filled = any(j < len(row) and row[j].strip() for j in aufbau.figures)
        if aufbau.satzart is not None:
            _check_kind(lesung, tafel, aufbau, i, filled=filled)
        elif not filled:
            row = []
        elif len(aufbau.key) == 1:
            key = aufbau.key[0]
            row[key] = row[key].strip() or _total(row, land)
            land = row[key][:2] if row[key][:2].isdigit() else land
        reihen[i] = row
    return replace(tafel, reihen=reihen, verbunden=[])


def _check_kind(lesung: Lesung, tafel: Tafel, aufbau: Aufbau, i: int, *, filled: bool) -> None:
    """Refuse a row of figures whose Satzart is not that of a municipality."""
    row = tafel.reihen[i]
    kind = (
        "".join(row[aufbau.satzart : aufbau.satzart + 1]).strip()
        if aufbau.satzart is not None
        else ""
    )
    several = len([cell for cell in row if cell.strip()]) > 2
    if (filled and kind != "60") or (several and kind not in ("10", "20", "30", "40", "50", "60")):
        raise lesung.fehler(
            Stelle(tafel.blatt, tafel.zeilen[i], (aufbau.satzart or 0) + 1),
            f"Die Satzart »{kind}« passt nicht zu dieser Zeile.",
            "Werte stehen nur in Zeilen der Satzart 60; die Originaldatei vergleichen.",
        )


def _total(row: Sequence[str], land: str) -> str:
    """Return the area of a row without key: the Bund, or the Land whose districts it adds up."""
    words = " ".join(row).casefold()
    if "deutschland" in words:
        return "DG"
    return land if "insgesamt" in words or "zusammen" in words else ""


def _form(
    tafel: Tafel, aufbau: Aufbau, heads: Sequence[str], zeiten: dict[str, str], territory: Zeit
) -> Form:
    line = tafel.zeilen[aufbau.kopf[-1]]
    return Form(
        kopf=(line, line),
        schluessel=tuple(str(j + 1) for j in aufbau.key),
        stellen=aufbau.stellen,
        nur={} if aufbau.satzart is None else {str(aufbau.satzart + 1): ("60",)},
        zeit=Angabe(fest=territory.text),
        zeiten=zeiten,
        inhalt=Angabe(kopfzeile=line, muster=r"^([^|]*)"),
        merkmale={
            "Geschlecht": Angabe(kopfzeile=line, muster=r"^[^|]*\|([^|]*)"),
            "Stichtag der Bevölkerung": Angabe(kopfzeile=line, muster=r"([^|]*)$"),
        },
        einheiten={heads[j]: unit for j, (_, _, unit) in aufbau.figures.items()},
        werte=tuple(str(j + 1) for j in aufbau.figures),
        dezimal="," if tafel.blatt else "auto",
    )


def _in_degrees(cells: list[Zelle]) -> list[Zelle]:
    """Turn packed degrees, minutes and seconds into degrees, where a column has nothing else."""
    packed = {
        name: all(_is_packed(c.roh) for c in cells if c.inhalt == name and c.wert is not None)
        for name in GRADE
    }
    return [
        c._replace(wert=_degrees(c.roh)) if packed.get(c.inhalt) and c.wert is not None else c
        for c in cells
    ]


def _digits(text: str) -> tuple[int, int, int]:
    whole, _, rest = text.strip().replace(".", ",").partition(",")
    rest = rest.ljust(4, "0")
    return int(whole), int(rest[:2]), int(rest[2:4])


def _is_packed(text: str) -> bool:
    match = re.fullmatch(r"\d{1,2}([.,]\d{1,4})?", text.strip())
    # seconds may have been rounded up to 60
    return match is not None and all(part <= 60 for part in _digits(text)[1:])


def _degrees(text: str) -> float:
    degrees, minutes, seconds = _digits(text)
    return round(degrees + minutes / 60 + seconds / 3600, 6)


def _licence(tafeln: Sequence[Tafel]) -> str:
    """Return the line that says under which terms the register may be used."""
    rows = [row for t in tafeln for row in (*t.reihen[:60], *t.reihen[-30:])]
    words = [" ".join(cell.split()) for row in rows for cell in row if cell.strip()]
    return next((f"{a} {b}" for a, b in pairwise(words) if a.startswith("© Daten")), "")
