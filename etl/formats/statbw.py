"""Statistisches Landesamt Baden-Württemberg: CSV with a comma and one row of headings.

Two kinds are known: the export of the data base (population by age and sex, a row per area and age,
keys without their zero) and the feed of an election evening (keys whole, `_` for blanks, Latin-1).
Irregular labels of ages are written as in other tables: »3 -  6 Jahre« means 3 to under 6. The day
is not in the file: `form: {zeit: 31.12.2010}`, else the year in its name (population: 31 December),
for an election the day that belongs to a name such as btw25.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.errors import DeliveryError
from etl.form import Angabe, Form
from etl.formats.matrix import schreibe_tafeln
from etl.gebiete import Gebiete
from etl.lesung import erste_zeilen
from etl.tafel import Tafel, ist_mappe, lies_tafeln
from etl.zellen import Tabelle

PLACES = ("ort", "gemeindename", "gemeinde", "gebiet", "name")
SIGNS = ("alter von bis unter", "wahlberechtigte")  # one of them makes the file ours
IGNORED = ("anlagen", *PLACES)
SEX = r"(insgesamt|männlich|weiblich)$"
BETWEEN = re.compile(r"(\d+)\s*-\s*(\d+)\s*Jahre")
AND_MORE = re.compile(r"(\d+) und mehr Jahre")
WAHLTAGE = {
    "btw13": "22.09.2013",
    "btw17": "24.09.2017",
    "btw21": "26.09.2021",
    "btw25": "23.02.2025",
    "ltw11": "27.03.2011",
    "ltw16": "13.03.2016",
    "ltw21": "14.03.2021",
    "ltw26": "08.03.2026",
}


def erkennt(kopf: bytes, pfad: Path) -> bool:
    """Tell whether the first line has an AGS, a name and what only the Landesamt's files have."""
    tafel = None if ist_mappe(kopf) else erste_zeilen(kopf, pfad)
    heads = _heads(tafel)
    return "ags" in heads and any(p in heads for p in PLACES) and any(s in heads for s in SIGNS)


def lies(
    pfad: Path, ziel: DuckDBPyConnection, gebiete: Gebiete, form: Mapping[str, object] | None = None
) -> Tabelle:
    """Append every figure to `zellen`.

    Args:  form: {zeit: 31.12.2010} where the name of the file does not say it
    Raises:  DeliveryError with file, line and remedy
    """
    tafel = lies_tafeln(pfad)[0]
    heads = _heads(tafel)
    if "ags" not in heads:
        raise DeliveryError.at(
            f"{pfad.name}:1",
            "Es fehlt die Spalte AGS.",
            "Die Datei des Statistischen Landesamtes unverändert ablegen.",
        )
    zeit = str((form or {}).get("zeit", "")) or _day(pfad, heads)
    layout = _age_form(zeit, heads) if SIGNS[0] in heads else _plain_form(zeit, heads)
    return schreibe_tafeln(pfad, ziel, gebiete, [(_readable(tafel, heads), layout)], "statbw")


def _heads(tafel: Tafel | None) -> list[str]:
    first = tafel.reihen[0] if tafel and tafel.reihen else []
    return [" ".join(cell.replace("_", " ").split()).casefold() for cell in first]


def _day(pfad: Path, heads: list[str]) -> str:
    """Return the day that the name of the file stands for."""
    name = pfad.stem.casefold()
    election = next((day for short, day in WAHLTAGE.items() if short in name), "")
    if election:
        return election
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", name)
    if year and SIGNS[0] in heads:
        return f"31.12.{year[0]}"
    raise DeliveryError.at(
        pfad.name,
        "Weder die Datei noch ihr Name sagt, von wann die Zahlen sind.",
        "In der Quelle form: {zeit: 31.12.2010} angeben.",
    )


def _age_form(zeit: str, heads: list[str]) -> Form:
    return _form(
        zeit,
        heads,
        inhalt=Angabe(kopfzeile=1, muster=r"^(.*?)(?: insgesamt| männlich| weiblich)?$"),
        merkmale={
            "Alter": Angabe(spalte=str(heads.index(SIGNS[0]) + 1)),
            "Geschlecht": Angabe(kopfzeile=1, muster=SEX),
        },
        titel="Bevölkerung nach Alter und Geschlecht",
    )


def _plain_form(zeit: str, heads: list[str]) -> Form:
    return _form(zeit, heads, titel="Wahlergebnisse in den Gemeinden Baden-Württembergs")


def _form(zeit: str, heads: list[str], **layout: object) -> Form:
    out = tuple(str(n) for n, head in enumerate(heads, start=1) if head in IGNORED)
    given = {
        "kopf": 1,
        "schluessel": (str(heads.index("ags") + 1),),
        "zeit": Angabe(fest=zeit),
        "auslassen": out,
        "einheit": Angabe(fest="Anzahl"),
        "lizenz": "",
    }
    return Form.model_validate(given | layout)


def _readable(tafel: Tafel, heads: list[str]) -> Tafel:
    """Write headings without `_`, and ages as in other tables."""
    reihen = [[cell.replace("_", " ") for cell in tafel.reihen[0]], *tafel.reihen[1:]]
    if SIGNS[0] in heads:
        place = heads.index(SIGNS[0])
        for i, row in enumerate(reihen[1:], start=1):
            if len(row) > place:
                reihen[i] = [*row[:place], _age(row[place]), *row[place + 1 :]]
    return replace(tafel, reihen=reihen)


def _age(text: str) -> str:
    """Return an age label as Destatis writes it: »3 bis unter 6 Jahre«, »75 Jahre und mehr«."""
    word = " ".join(text.split())
    between, more = BETWEEN.fullmatch(word), AND_MORE.fullmatch(word)
    if between:
        return f"{between[1]} bis unter {between[2]} Jahre"
    return f"{more[1]} Jahre und mehr" if more else word
