"""INKAR (BBSR): XLS, XLSX and CSV with two rows of headings, and the long CSV of the whole database.

Row 1 holds the names of the indicators, repeated for each year, row 2 the years; the sheet
»Metadaten« explains them, »Quellangabe« names the edition. The CSV of IRIS has a row for machines
first and the year in the name of the column. Keys have 2, 3, 5, 8 or 9 digits; where a number lost
its zero, the column »Aggregat« tells how long it was. The time is a year; whether it is a yearly
mean, only the text of the metadata says: `zeitbezug` of the source.
"""

import glob
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.errors import DeliveryError
from etl.form import Angabe, Form
from etl.formats.matrix import formular, schreibe_tafeln
from etl.gebiete import Gebiete
from etl.kopfzeilen import sauber
from etl.lesung import erste_zeilen
from etl.tafel import Tafel, ist_mappe, lies_tafeln
from etl.zellen import Tabelle

KEYS = (
    "kennziffer",
    "gebietskennziffer",
    "gkz",
    "ags",
    "schlüssel",
    "kreiskennziffer",
    "rs",
    "ars",
)
NAMES = ("raumeinheit", "name", "gebietsname", "gebiet", "raumbezug_name", "raumeinheiten")
LEVELS = ("aggregat", "raumbezug", "ebene")
LONG = {  # the columns of the long form: what they hold → how they are called
    "inhalt": ("indikator", "kurzname", "merkmal"),
    "zeit": ("zeitbezug", "jahr", "zeit"),
    "wert": ("wert",),
}
EXTRA = ("bereich", "kuerzel", "kürzel", "id", "datei", "rubrik", "m_id", "indikator_id")
DIGITS = (  # how many digits the keys of an Aggregat have
    (re.compile(r"gemeindeverb", re.IGNORECASE), 9),
    (re.compile(r"gemeinde", re.IGNORECASE), 8),
    (re.compile(r"kreis|krsfr|krfr|kreisfrei", re.IGNORECASE), 5),
    (re.compile(r"regierungsbez", re.IGNORECASE), 3),
    (re.compile(r"bundesl|länder|^land$", re.IGNORECASE), 2),
)
BUND = re.compile(r"^bund(esrepublik.*|esgebiet)?$", re.IGNORECASE)
UNIT = re.compile(r"\bin (%|€|Euro|km²|qm|m²|Jahren|Prozent)|\b(je [\d.]* ?[A-ZÄÖÜk][\w²-]+)")
ABOUT = ("Metadaten", "Quellangabe")
AUSGABE = re.compile(r"Ausgabe (\d{4})")


def erkennt(kopf: bytes, pfad: Path) -> bool:
    """Tell whether a sheet »Daten«, or the first line, begins with the columns of INKAR."""
    if ist_mappe(kopf):
        return any(_layout(t) is not None for t in lies_tafeln(pfad) if t.blatt not in ABOUT)
    tafel = erste_zeilen(kopf, pfad)
    return tafel is not None and _layout(tafel) is not None


def lies(
    pfad: Path, ziel: DuckDBPyConnection, gebiete: Gebiete, form: Mapping[str, object] | None = None
) -> Tabelle:
    """Append every figure to `zellen`.

    Args:  form: {zeitbezug: jahresdurchschnitt} where the metadata say so
    Raises:  DeliveryError with file, sheet, cell and remedy
    """
    tafeln = lies_tafeln(pfad)
    texts = _texts([t for t in tafeln if t.blatt in ABOUT])
    found = [(t, _layout(t)) for t in tafeln if t.blatt not in ABOUT]
    chosen = [
        (_with_whole_keys(tafel, layout), formular(pfad, dict(layout) | texts | dict(form or {})))
        for tafel, layout in found
        if layout is not None
    ]
    if not chosen:
        raise DeliveryError.at(
            pfad.name,
            "Es gibt keine Tabelle mit den Spalten von INKAR (Kennziffer, Raumeinheit, Aggregat).",
            "Die Tabelle in INKAR neu exportieren und unverändert ablegen.",
        )
    return schreibe_tafeln(pfad, ziel, gebiete, chosen, "inkar")


def _layout(tafel: Tafel) -> Form | None:
    """Return the form of a sheet that has the columns of INKAR."""
    first, second = ([sauber(c).casefold() for c in row] for row in (*tafel.reihen, [], [])[:2])
    zeilen = tafel.zeilen
    if first[:1] == ["kennziffer"] and any(word in first for word in LEVELS) and second[:1] == [""]:
        return _form((zeilen[0], zeilen[1]), first, zeit=Angabe(kopfzeile=zeilen[1]))
    if second[:1] == ["gebietskennziffer"] and len(first) == len(second):
        return _form(
            (zeilen[0], zeilen[1]),
            second,
            zeit=Angabe(kopfzeile=zeilen[1], muster=r"\d{4}$"),
            inhalt=Angabe(kopfzeile=zeilen[1], muster=r"^(.*?)[ ,]*(?:\d{4})?$"),
        )
    named = {part: _one_of(first, words) for part, words in LONG.items()}
    if _one_of(first, KEYS) and all(named.values()):
        return _form(
            (zeilen[0], zeilen[0]),
            first,
            zeit=Angabe(spalte=named["zeit"]),
            inhalt=Angabe(spalte=named["inhalt"]),
            werte=(named["wert"],),
            dezimal="auto",
        )
    return None


def _form(kopf: tuple[int, int], heads: Sequence[str], **layout: object) -> Form:
    key = _one_of(heads, KEYS)
    out = tuple(
        str(place)
        for place, head in enumerate(heads, start=1)
        if head in (*NAMES, *LEVELS, *EXTRA) and str(place) != layout.get("inhalt")
    )
    given = {"kopf": kopf, "schluessel": (key,), "auslassen": out, "code": "INKAR"}
    return Form.model_validate(given | layout)


def _one_of(heads: Sequence[str], words: Sequence[str]) -> str:
    """Return the number of the first column with one of these headings."""
    return next((str(n) for n, head in enumerate(heads, start=1) if head in words), "")


def _with_whole_keys(tafel: Tafel, layout: Form) -> Tafel:
    """Give numbers their lost zeros back; areas that are no administrative ones get a prefix.

    A Mittelbereich or a Raumordnungsregion may carry the digits of a municipality.
    """
    heads = [sauber(cell).casefold() for cell in tafel.reihen[tafel.zeilen.index(layout.kopf[1])]]
    above = [sauber(cell).casefold() for cell in tafel.reihen[tafel.zeilen.index(layout.kopf[0])]]
    level = _one_of(above, LEVELS) or _one_of(heads, LEVELS)
    if not level:
        return tafel
    key, place = int(layout.schluessel[0]) - 1, int(level) - 1
    first = tafel.zeilen.index(layout.kopf[1]) + 1
    reihen = tafel.reihen[:first]
    for row in tafel.reihen[first:]:
        whole = list(row)
        if len(row) > max(key, place) and row[key].strip():
            whole[key] = _whole_key(row[key].strip(), row[place].strip())
        reihen.append(whole)
    return replace(tafel, reihen=reihen)


def _whole_key(key: str, level: str) -> str:
    if BUND.match(level):
        return "DG"
    digits = next((n for form, n in DIGITS if form.search(level)), 0)
    return key.zfill(digits) if digits else f"{level} {key}".strip()


def _texts(about: Sequence[Tafel]) -> dict[str, object]:
    """Return what the sheets of explanations say: titles, units, edition, terms."""
    long: dict[str, str] = {}
    cited = ""
    for tafel in about:
        rows = [[" ".join(cell.split()) for cell in row] for row in tafel.reihen]
        if tafel.blatt == "Quellangabe":
            cited = " ".join(cell for row in rows for cell in row if cell)
        start = next((i for i, row in enumerate(rows) if row[:2] == ["Indikator", "Langname"]), -1)
        long |= {row[0]: row[1] for row in rows[start + 1 :] if start >= 0 and len(row) > 1}
    edition = AUSGABE.search(cited)
    units = {name: UNIT.search(text) for name, text in long.items()}
    return {
        "titel": "; ".join(list(long.values())[:3]) + (" …" if len(long) > 3 else ""),
        "stand": edition[0] if edition else "",
        "lizenz": cited,
        "einheiten": {glob.escape(n): m[1] or m[2] for n, m in units.items() if n and m},
    }
