"""Wegweiser Kommune (Bertelsmann Stiftung): answers of the data API as JSON, tables as CSV.

JSON is either the answer of `statistics/data` (years, data.regions, data.indicators with one value
per region and year) or that of `map/data` (GeoJSON, one indicator). CSV, in ISO-8859-1 by default,
has one row per indicator and headings such as "2019 <line break> Köln" between lines of remarks.
A municipality below 5,000 inhabitants is answered with its Landkreis (`smallRegionReplacement`, in
a CSV »…, Landkreis (mit Altdorf)«): such values are those of the Kreis and are stored as such, once.
Where an indicator has a minimum and maximum class its numbers are codes of classes, not values.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from etl.errors import DeliveryError
from etl.gebiete import Gebiete
from etl.lesung import Lesung, Stelle, merkmale
from etl.symbols import Druck
from etl.tafel import Tafel, entziffert, ist_mappe, lies_tafeln
from etl.zeit import Zeit
from etl.zellen import Tabelle, Zelle, schreibe

CODE, LICENCE = "Wegweiser Kommune", "Bertelsmann Stiftung/www.wegweiser-kommune.de"
FORECAST = re.compile(r"FORECAST")
HEAD = re.compile(r"((?:19|20)\d\d)\s*\n\s*(.+)", re.DOTALL)
REPLACED = re.compile(r"\s*\(mit [^)]*\)\s*$")
NULL = {"null": "fehlt", "k.A.": "fehlt"}
DAMAGED = "Die Datei neu abrufen und unverändert ablegen."
JSON_MARKS = (b'"regionYearValues"', b'"indicatorsAndTopics"', b'"layerType"', b'"classIndices"')


def erkennt(kopf: bytes, pfad: Path) -> bool:
    """Tell whether it is an answer of the API, or a CSV whose first column is »Indikatoren«."""
    if kopf.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return b'"openapi"' not in kopf and any(mark in kopf for mark in JSON_MARKS)
    if ist_mappe(kopf):
        return False
    return re.search(r'^"?Indikatoren"?[;,]', entziffert(kopf, pfad.name), re.MULTILINE) is not None


def lies(
    pfad: Path, ziel: DuckDBPyConnection, gebiete: Gebiete, form: Mapping[str, object] | None = None
) -> Tabelle:
    """Append every value to `zellen`.

    Args:  form: {zeitbezug: …} if the years are something else than years
    Raises:  DeliveryError with file, place and remedy
    """
    lesung = Lesung(pfad, gebiete, CODE, NULL)
    kind = str((form or {}).get("zeitbezug", ""))
    data = pfad.read_bytes()
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        answer = _answer(lesung, data)
        try:
            cells, titel = _json_cells(lesung, answer, kind)
        except (LookupError, TypeError, AttributeError, ValueError, OverflowError) as error:
            raise lesung.fehler(
                None, f"In der Antwort fehlt oder stört ein Feld ({error}).", DAMAGED
            ) from error
    else:
        tafel = lies_tafeln(pfad, ";")[0]
        cells, titel = _csv_cells(lesung, tafel, kind)
    if not cells:
        raise lesung.fehler(None, "Die Datei enthält keinen einzigen Wert.", DAMAGED)
    schreibe(ziel, _once(lesung, cells))
    return Tabelle(CODE, titel, "", LICENCE, "wegweiser")


def _answer(lesung: Lesung, data: bytes) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _answer(lesung, data.decode("latin-1").encode())
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise lesung.fehler(
            Stelle("", line), "Das ist kein vollständiges JSON.", DAMAGED
        ) from error
    return answer


def _json_cells(lesung: Lesung, answer: dict[str, Any], kind: str) -> tuple[list[Zelle], str]:
    years = [int(year) for year in answer["years"]]
    if "data" not in answer:
        features = [feature["properties"] for feature in answer["regions"]["features"]]
        about = answer["indicator"]
        values = [region["values"] for region in features]
        rows = list(_indicator(lesung, about, features, years, values, (answer["type"], kind, 1)))
        return rows, str(about.get("title") or about["name"])
    data = answer["data"]
    _refuse_cut(lesung, str(data.get("remark") or ""))
    told = {about.get("friendlyUrl"): about for about in answer.get("indicatorsAndTopics", [])}
    cells: list[Zelle] = []
    for n, block in enumerate(data["indicators"], start=1):
        about = told.get(block.get("friendlyUrl"), {}) | block
        rows = block["regionYearValues"]
        cells += _indicator(lesung, about, data["regions"], years, rows, (data["type"], kind, n))
    names = [str(block.get("title") or block["name"]) for block in told.values() if block]
    return cells, "; ".join(names[:3])


def _refuse_cut(lesung: Lesung, remark: str) -> None:
    if "abgeschnitten" in remark.casefold():
        raise lesung.fehler(
            None,
            f"Der Server hat Kommunen weggelassen: {remark}",
            "In kleineren Teilen abrufen und jeden Teil ablegen.",
        )


def _indicator(
    lesung: Lesung,
    about: Mapping[str, Any],
    regions: Sequence[Mapping[str, Any]],
    years: Sequence[int],
    values: Sequence[Sequence[Any]],
    context: tuple[str, str, int],
) -> Iterator[Zelle]:
    """Yield the cells of one indicator; the numbers of regions and years must fit.

    context: statistic type, Zeitbezug, number of the indicator in the answer
    """
    type_, kind, number = context
    blatt = f"indicators[{number - 1}]"
    if len(values) != len(regions) or any(len(row) != len(years) for row in values):
        raise lesung.fehler(
            Stelle(blatt, 1),
            f"{len(values)} Reihen passen nicht zu {len(regions)} Kommunen und {len(years)} Jahren.",
            DAMAGED,
        )
    name = str(about.get("name") or about["friendlyUrl"])
    classes = None not in (about.get("minimumClassification"), about.get("maximumClassification"))
    for r, (region, row) in enumerate(zip(regions, values, strict=True), start=1):
        ort = _region(lesung, region, Stelle(blatt, r))
        for y, (year, value) in enumerate(zip(years, row, strict=True), start=1):
            stelle = Stelle(blatt, r, y)
            zeit = lesung.zeit(str(year), stelle, zeitbezug=kind)
            ages = enumerate(value) if isinstance(value, list) else [(None, value)]
            for age, single in ages:
                extra = merkmale({} if age is None else {"Alter": f"{age} Jahre"})
                druck = _druck(lesung, single, stelle, type_, classes=classes)
                unit = str(about.get("unit") or "")
                yield lesung.zelle(stelle, name, unit, ort, zeit, extra, druck, json.dumps(single))


def _region(lesung: Lesung, region: Mapping[str, Any], stelle: Stelle) -> tuple[str, str]:
    """Return the area of a region; a replacement for a small municipality is its Kreis."""
    key = str(
        region.get("gkz") or region.get("ags") or region.get("ars") or region.get("name") or ""
    )
    if str(region.get("type")) == "DEUTSCHLAND" or key.strip("0") == "":
        key = str(region.get("name") or key)
    ort = lesung.gebiet(key, stelle)
    if region.get("smallRegionReplacement") and ort[1] == "gemeinde":
        return lesung.gebiet(ort[0][:5], stelle)
    return ort


def _druck(lesung: Lesung, value: object, stelle: Stelle, type_: str, *, classes: bool) -> Druck:
    if value is None or value == "-":
        return Druck(None, "fehlt", "endgueltig")
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise lesung.fehler(stelle, f"»{value}« ist keine Zahl.", DAMAGED)
    if classes:
        return Druck(None, "unsicher", "endgueltig")
    return Druck(
        float(value), "vorhanden", "geschaetzt" if FORECAST.search(type_) else "endgueltig"
    )


def _csv_cells(lesung: Lesung, tafel: Tafel, kind: str) -> tuple[list[Zelle], str]:
    head = next((i for i, row in enumerate(tafel.reihen) if row[:1] == ["Indikatoren"]), None)
    if head is None:
        raise lesung.fehler(
            Stelle("", 1), "Es fehlt die Kopfzeile, die mit »Indikatoren« beginnt.", DAMAGED
        )
    columns = [_column(lesung, tafel, head, j, kind) for j in range(1, len(tafel.reihen[head]))]
    cells: list[Zelle] = []
    for i in range(head + 1, len(tafel.reihen)):
        row = tafel.reihen[i]
        if not any(cell.strip() for cell in row[1:]):
            break  # remarks follow
        if len(row) != len(columns) + 1:
            raise lesung.fehler(
                Stelle("", tafel.zeilen[i]),
                f"Die Zeile hat {len(row)} Felder, nicht {len(columns) + 1}.",
                DAMAGED,
            )
        for j, (ort, zeit) in enumerate(columns, start=1):
            stelle = Stelle("", tafel.zeilen[i], j + 1)
            druck = lesung.druck(row[j], stelle)
            cells.append(lesung.zelle(stelle, row[0].strip(), "", ort, zeit, "{}", druck, row[j]))
    above = [cell.strip() for row in tafel.reihen[:head] for cell in row if cell.strip()]
    return cells, above[0] if above else ""


def _column(
    lesung: Lesung, tafel: Tafel, head: int, j: int, kind: str
) -> tuple[tuple[str, str], Zeit]:
    stelle = Stelle("", tafel.zeilen[head], j + 1)
    match = HEAD.fullmatch(tafel.reihen[head][j].strip())
    if match is None:
        raise lesung.fehler(
            stelle,
            f"»{tafel.reihen[head][j]}« ist keine Überschrift aus Jahr und Kommune.",
            DAMAGED,
        )
    name = REPLACED.sub("", match[2])
    return lesung.gebiet(name, stelle), lesung.zeit(match[1], stelle, zeitbezug=kind)


def _once(lesung: Lesung, cells: Sequence[Zelle]) -> list[Zelle]:
    """Keep the values of a Kreis once, however many small municipalities it stands for.

    Raises:  DeliveryError if the same value is told differently
    """
    seen: dict[tuple[str, str, str, str], Zelle] = {}
    for cell in cells:
        name = (cell.inhalt, cell.gebiet, cell.zeit, cell.merkmale)
        first = seen.setdefault(name, cell)
        if first.wert != cell.wert and cell.ebene != "sonstige":
            raise DeliveryError.at(
                Stelle(cell.blatt, cell.zeile, cell.spalte).in_file(lesung.pfad.name),
                f"{cell.inhalt} für {cell.gebiet}, {cell.zeit} steht zweimal da: {first.roh} und {cell.roh}.",
                DAMAGED,
            )
    return [
        c
        for c in cells
        if seen[c.inhalt, c.gebiet, c.zeit, c.merkmale] is c or c.ebene == "sonstige"
    ]
