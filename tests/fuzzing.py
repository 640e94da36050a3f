"""Damages small deliveries the way mail, Excel and people do, and reads them."""

import random
from datetime import date

import duckdb

from etl import formats
from etl.errors import SozialmonitorError
from etl.formats import matrix
from etl.zellen import ZELLEN
from tests.proben_formate import (
    ALTBACH,
    AREA,
    KREISFORMAT,
    MATRIX_FORM,
    TABELLE,
    agency,
    gv100,
    register,
    texte,
)
from tests.zellen import GEBIETE, mappe

BITS = [b";", b",", b'"', b"\n", b"\r\n", b"\x00", b"\xff", b".", b"-", b"0", b"9", b"08116", b"08116999",
        b"x", b"\xe4", b"\xc3", b"{", b"]", b"null", b"1e999", b"2024", b"31.02.2020", b"_____", b" "]  # fmt: skip
WORDS = ["", "-", "x", "08116", "08116999", "l0", "1e9", "2024", "31.02.2020", date(1904, 1, 1), 0,
         -1, 1e15, 99999999999999999.0, "Insgesamt", "Daten", "*", "()", "…", "\n", "=1+1", "nan"]  # fmt: skip


def damaged_text(rng: random.Random, data: bytes) -> bytes:
    """Return bytes with one to four damages: cut, doubled, swapped, overwritten, re-coded."""
    for _ in range(rng.randint(1, 4)):
        place, length = rng.randrange(len(data) + 1), rng.randint(1, 40)
        kind = rng.randrange(7)
        if kind == 0:
            data = data[:place]
        elif kind == 1:
            data = data[:place] + data[place + length :]
        elif kind == 2:
            data = data[:place] + data[place : place + length] * 2 + data[place + length :]
        elif kind == 3:
            data = data[:place] + rng.choice(BITS) + data[place:]
        elif kind == 4:
            data = data[:place] + rng.choice(BITS) + data[place + 1 :]
        elif kind == 5:
            lines = data.splitlines(keepends=True)
            rng.shuffle(lines)
            data = b"".join(lines)
        else:
            data = data.decode("latin-1").encode(
                rng.choice(["utf-8", "utf-16", "cp1252"]), "ignore"
            )
    return data


def damaged_rows(rng: random.Random, rows: list) -> list:
    """Return rows with one to four damages: a cell, a row or a column changed, lost or doubled."""
    rows = [list(row) for row in rows]
    for _ in range(rng.randint(1, 4)):
        i = rng.randrange(len(rows))
        row, kind = rows[i], rng.randrange(6)
        if kind <= 2 and row:
            row[rng.randrange(len(row))] = rng.choice(WORDS)
        elif kind == 3:
            del rows[i]
            rows = rows or [[""]]
        elif kind == 4:
            rows.insert(i, rng.choice(rows))
        else:
            for other in rows:
                other.insert(min(rng.randrange(4), len(other)), rng.choice(WORDS))
    return rows


def workbooks(folder):
    """Write the workbooks of the formats and return their sheets: name → sheets of rows."""
    agency(folder / "a.xlsx", [["Deutschland", 10, 20, 3, "."], ["08116 Esslingen", 5, 0, "*", 2]])
    register(folder / "b.xlsx", [[*AREA, "9,380166", "48,723629"]])
    inkar = [["Kennziffer", "Raumeinheit", "Aggregat", "Quote"], ["", "", "", "2004"],
             ["08116", "Esslingen", "Kreise", 6.28]]  # fmt: skip
    mappe(
        folder / "c.xlsx",
        {"Daten": inkar, "Metadaten": [["Indikator", "Langname"], ["Quote", "in %"]]},
    )
    wahl = [["Wahl am 25. Mai 2014"], ["AGS", "Gemeinde", "Wähler"], ["08116004", "Altbach", 5]]
    mappe(folder / "d.xlsx", {"T": wahl})
    mappe(folder / "e.xlsx", {"13211-01-03-5": [line.split(";") for line in TABELLE.splitlines()]})
    mappe(folder / "f.xlsx", {"Daten": [line.split(";") for line in KREISFORMAT.splitlines()]})
    return {path.name: sheets(path) for path in sorted(folder.glob("[a-f].xlsx"))}


def sheets(path):
    """Return the values of every sheet of a workbook."""
    import python_calamine

    book = python_calamine.load_workbook(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}  # fmt: skip


def seeds(folder):
    """Return everything that can be damaged: (name, bytes or sheets, form)."""
    found = [(name, data, form) for name, (data, form) in texte().items()]
    found.append(("GV100AD.txt", gv100(folder / "g.txt", [ALTBACH]).read_bytes(), None))
    found += [(name, content, None) for name, content in workbooks(folder).items()]
    raw = (folder / "a.xlsx").read_bytes()
    return [*found, ("bytes.xlsx", raw, None), ("form.xlsx", {"T": [["A", "B"], ["", 2020], ["08116", 1]]}, MATRIX_FORM)]  # fmt: skip


def new_target():
    """Return an empty table of cells; one for all files, as in a refresh."""
    ziel = duckdb.connect(config={"threads": 1})
    ziel.execute(ZELLEN)
    return ziel


def damage_and_read(rng: random.Random | None, folder, seed, ziel) -> str:
    """Damage one seed (unless `rng` is None), read it, and return "gelesen" or "abgelehnt".

    Anything but a SozialmonitorError escapes; a refusal must name file and remedy and leave nothing.
    """
    name, content, form = seed
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(damaged_text(rng, content) if rng else content)
    else:
        mappe(path, {t: damaged_rows(rng, rows) if rng else rows for t, rows in content.items()})
    ziel.execute("DELETE FROM zellen")
    try:
        (matrix if form else formats.erkenne(path)).lies(path, ziel, GEBIETE, form)
    except SozialmonitorError as error:
        maengel = error.maengel
    else:
        maengel = None
    cells = ziel.execute("SELECT count(*) FROM zellen").fetchone()[0]
    if maengel is None:
        assert cells > 0, name
        return "gelesen"
    assert maengel, name
    assert cells == 0, name
    assert all(name in m.ort and m.problem and m.abhilfe for m in maengel), (name, maengel)
    return "abgelehnt"
