"""The Kreisformat: the CSV that a Fachamt fills in Excel (documented in data/raw/KREISFORMAT.md).

A file is staged as text with its line numbers, each distinct spelling is read once, and everything
else is joined set-based; every defect leads back to file, line and field.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from duckdb import DuckDBPyConnection, InvalidInputException

from etl import tables
from etl.errors import DeliveryError, Mangel, suggestion
from etl.formats.kreisformat_text import COLUMNS, checked_text, records, torn
from etl.formats.kreisformat_xlsx import as_csv
from etl.gebiete import Gebiete, GebieteError
from etl.lieferungen import Lieferung
from etl.symbols import BASEN, GESCHLECHTER, GUETEN, NATIONALITAETEN, NUMBER, STATUS_OF_SYMBOL
from etl.zeit import ZEITBEZUEGE, parse_zeit

ALLOWED = {
    "zeitbezug": ZEITBEZUEGE,
    "geschlecht": GESCHLECHTER,
    "nationalitaet": NATIONALITAETEN,
    "basis": BASEN,
    "symbol": tuple(STATUS_OF_SYMBOL),
    "guete": ("", *GUETEN),
}
EMPTY = ";" * (len(COLUMNS) - 1)
# All files in one go: a reader of its own for each would cost more than the rows.
STAGE = f"""
INSERT INTO zelle
SELECT d.lieferung, 2 + z.folge - min(z.folge) OVER (PARTITION BY z.filename),
       {", ".join(f"coalesce(trim(z.{c}), '')" for c in COLUMNS)}
FROM (
    SELECT *, row_number() OVER () AS folge
    FROM read_csv(?, delim = ';', quote = '"', escape = '"', header = true, auto_detect = false,
                  null_padding = false, strict_mode = true, filename = true,
                  columns = {{{", ".join(f"'{c}': 'VARCHAR'" for c in COLUMNS)}}})
) z JOIN datei d ON d.pfad = z.filename
"""
CREATE_STAGE = f"""
CREATE TEMP TABLE zelle (lieferung INTEGER, zeile INTEGER, {", ".join(f"{c} VARCHAR" for c in COLUMNS)});
CREATE TEMP TABLE datei (lieferung INTEGER, pfad VARCHAR);
CREATE TEMP TABLE schreibweise_gebiet (text VARCHAR, gebiet VARCHAR);
CREATE TEMP TABLE schreibweise_zeit (text VARCHAR, zeitbezug VARCHAR, von DATE, bis DATE);
CREATE TEMP TABLE schreibweise_symbol (text VARCHAR, status VARCHAR);
"""
NUMBER_OF = "CAST(replace(replace(z.wert, '.', ''), ',', '.') AS DOUBLE)"
LOAD = f"""
INSERT INTO messwert
SELECT z.lieferung, z.zeile, z.messgroesse, g.gebiet, z.zeit, z.zeitbezug, t.von, t.bis,
       z.geschlecht,
       CASE WHEN z.alter_von = '' THEN 0 ELSE CAST(z.alter_von AS SMALLINT) END,
       CASE WHEN z.alter_bis = '' THEN 999 ELSE CAST(z.alter_bis AS SMALLINT) END,
       z.nationalitaet, z.gruppe, z.basis,
       CASE WHEN z.wert <> '' THEN {NUMBER_OF} END,
       CASE WHEN z.wert <> '' THEN 'vorhanden' ELSE s.status END,
       CASE WHEN z.guete = '' THEN 'endgueltig' ELSE z.guete END,
       z.bemerkung, CASE WHEN z.wert <> '' THEN z.wert ELSE z.symbol END,
       '', CASE WHEN z.wert <> '' OR z.symbol = '' THEN 11 ELSE 12 END
FROM zelle z
JOIN schreibweise_gebiet g ON g.text = z.gebiet
JOIN schreibweise_zeit t ON t.text = z.zeit AND t.zeitbezug = z.zeitbezug
JOIN schreibweise_symbol s ON s.text = z.symbol
"""


def load(
    intern: DuckDBPyConnection,
    lieferungen: Iterable[tuple[int, Lieferung]],
    messgroessen: Iterable[str],
    gebiete: Gebiete,
) -> None:
    """Load files in Kreisformat, each with its number, into `messwert`; all of them or none.

    Raises:  DeliveryError with every defect found: file, line, field, remedy
    """
    intern.execute(CREATE_STAGE)
    files = dict(lieferungen)
    with TemporaryDirectory() as folder:
        sheets = {n: as_csv(lieferung, Path(folder), COLUMNS) for n, lieferung in files.items()}
        texts = {number: checked_text(sheet) for number, sheet in sheets.items()}
        _stage(intern, sheets, texts)
    maengel = [
        *_spellings_of_areas(intern, files, gebiete),
        *_spellings_of_times(intern, files),
        *_words(intern, files, set(messgroessen)),
        *_numbers(intern, files),
    ]
    if maengel:
        raise DeliveryError(maengel)
    tables.insert(intern, "schreibweise_symbol", list(STATUS_OF_SYMBOL.items()))
    intern.execute(LOAD)
    doubles = list(_doubles(intern, files))
    if doubles:
        raise DeliveryError(doubles)


def _stage(
    intern: DuckDBPyConnection, sheets: Mapping[int, Lieferung], texts: Mapping[int, str]
) -> None:
    """Load the cells of all files as text; one that breaks off within a line is refused."""
    if not sheets:
        return
    tables.insert(intern, "datei", [(n, str(sheet.pfad)) for n, sheet in sheets.items()])
    try:
        intern.execute(STAGE, [[str(sheet.pfad) for sheet in sheets.values()]])
    except InvalidInputException as error:
        # DuckDB names the file somewhere in its long message.
        broken = next((n for n, s in sheets.items() if str(s.pfad) in str(error)), min(sheets))
        raise torn(sheets[broken], texts[broken]) from error
    counted = intern.execute("SELECT lieferung, count(*) FROM zelle GROUP BY lieferung").fetchall()
    rows = dict(counted)
    for number, text in texts.items():
        if rows.get(number, 0) != text.rstrip("\r\n").count("\n"):
            _number_lines(intern, number, sheets[number], text)
    if any(f"\n{EMPTY}" in text for text in texts.values()):  # rows that somebody has cleared
        intern.execute(f"DELETE FROM zelle WHERE concat({', '.join(COLUMNS)}) = ''")


def _number_lines(intern: DuckDBPyConnection, number: int, lieferung: Lieferung, text: str) -> None:
    """Correct the line numbers of a file with blank lines, or with line breaks inside its cells."""
    lines = [line for line, cells in records(text) if cells]
    intern.execute(
        "UPDATE zelle SET zeile = (?::INTEGER[])[zeile] WHERE lieferung = ?", [lines, number]
    )
    if intern.execute("SELECT 1 FROM zelle WHERE zeile IS NULL LIMIT 1").fetchone():
        raise torn(lieferung, text)


def _spellings_of_areas(
    intern: DuckDBPyConnection, files: dict[int, Lieferung], gebiete: Gebiete
) -> Iterator[Mangel]:
    known: list[tuple[str, str]] = []
    for (text,) in intern.execute("SELECT DISTINCT gebiet FROM zelle ORDER BY 1").fetchall():
        try:
            key = gebiete.canonical(text)
        except GebieteError as error:
            yield from _defects(intern, files, "gebiet = ?", [text], str(error), error.remedy)
        else:
            known.append((text, key))
    tables.insert(intern, "schreibweise_gebiet", known)


def _spellings_of_times(
    intern: DuckDBPyConnection, files: dict[int, Lieferung]
) -> Iterator[Mangel]:
    pairs = intern.execute("SELECT DISTINCT zeit, zeitbezug FROM zelle ORDER BY 1, 2").fetchall()
    known: list[tuple[object, ...]] = []
    for text, zeitbezug in pairs:
        if zeitbezug not in ZEITBEZUEGE:
            continue  # reported with the other words
        try:
            zeit = parse_zeit(text, zeitbezug)
        except ValueError as error:
            yield from _defects(
                intern,
                files,
                "zeit = ? AND zeitbezug = ?",
                [text, zeitbezug],
                f"{error}.",
                "Zum Beispiel 2015-12-31 (stichtag), 2015 (jahr), 2014/15 (schuljahr) schreiben.",
            )
        else:
            known.append((text, zeitbezug, zeit.von, zeit.bis))
    tables.insert(intern, "schreibweise_zeit", known)


def _words(
    intern: DuckDBPyConnection, files: dict[int, Lieferung], messgroessen: set[str]
) -> Iterator[Mangel]:
    """Find words outside the lists: Messgrößen, symbols, qualities and the other closed fields."""
    for field, allowed in {"messgroesse": messgroessen, **ALLOWED}.items():
        for (word,) in intern.execute(f"SELECT DISTINCT {field} FROM zelle ORDER BY 1").fetchall():
            if word not in allowed:
                remedy = suggestion(word, allowed, f"Erlaubt: {_listed(allowed)}.")
                problem = f"»{word}« ist für {field} nicht bekannt."
                yield from _defects(intern, files, f"{field} = ?", [word], problem, remedy)


def _listed(words: Iterable[str]) -> str:
    shown = [word or "(leer)" for word in words]
    return ", ".join(shown) if len(shown) <= 12 else "siehe etl/messgroessen.yaml"


def _numbers(intern: DuckDBPyConnection, files: dict[int, Lieferung]) -> Iterator[Mangel]:
    rules = (
        (
            f"wert <> '' AND NOT regexp_full_match(wert, '{NUMBER}')",
            "Im Feld wert steht keine deutsche Zahl (höchstens 15 Stellen).",
            "Ziffern mit Dezimalkomma schreiben, zum Beispiel 1234,5; Zeichen gehören in symbol.",
        ),
        (
            "wert <> '' AND symbol <> ''",
            "Wert und Symbol stehen zugleich da.",
            "Eines von beiden leeren.",
        ),
        (
            "NOT regexp_full_match(alter_von || alter_bis, '[0-9]{0,6}')"
            " OR length(alter_von) > 3 OR length(alter_bis) > 3"
            " OR (alter_von <> '' AND alter_bis <> ''"
            " AND coalesce(TRY_CAST(alter_von AS INTEGER) > TRY_CAST(alter_bis AS INTEGER), true))",
            "Die Altersgrenzen sind keine Jahre oder vertauscht.",
            "Ganze Jahre einschließlich schreiben: 15 und 64; 75 und leer für 75 und älter.",
        ),
    )
    for condition, problem, remedy in rules:
        yield from _defects(intern, files, condition, [], problem, remedy)


def _doubles(intern: DuckDBPyConnection, files: dict[int, Lieferung]) -> Iterator[Mangel]:
    rows = intern.execute("""
        SELECT lieferung, min(zeile), max(zeile), messgroesse, gebiet, zeit FROM messwert
        GROUP BY lieferung, messgroesse, gebiet, zeit, zeitbezug, geschlecht, alter_von, alter_bis,
                 nationalitaet, gruppe, basis
        HAVING count(*) > 1 ORDER BY 1, 2
    """).fetchall()
    for number, first, second, messgroesse, gebiet, zeit in rows:
        yield Mangel(
            f"{files[number].datei}:{second}",
            f"{messgroesse} für {gebiet}, {zeit} steht schon in Zeile {first}.",
            "Eine der beiden Zeilen löschen.",
        )


def _defects(
    intern: DuckDBPyConnection,
    files: dict[int, Lieferung],
    condition: str,
    values: list[str],
    problem: str,
    remedy: str,
) -> Iterator[Mangel]:
    """Yield one defect per line that meets `condition`, with what the line says."""
    rows = intern.execute(
        f"SELECT lieferung, zeile, messgroesse, gebiet, zeit, wert FROM zelle WHERE {condition} ORDER BY 1, 2",
        values,
    ).fetchall()
    for number, line, *cells in rows:
        yield Mangel(f"{files[number].datei}:{line}", f"{problem} ({' · '.join(cells)})", remedy)
