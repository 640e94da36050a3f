"""Printed tables of GENESIS: every layout of header and rows, every notation, every refusal."""

import random
import zipfile

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.errors import SozialmonitorError
from etl.formats import genesis_tabelle
from etl.zellen import ZELLEN
from tests.formate import GEBIETE, absage, zellen

TITEL = ["GENESIS-Tabelle: 99999-01-01-5", "Probe: Fälle nach Geschlecht;;", "- Stichtag 31.12. -;;",
         "Probestatistik;;"]  # fmt: skip
FUSS = [
    "__________",
    '"© Ein Amt, 2017.',
    'Dieses Werk ist lizensiert"',
    "Stand: 10.10.2017 / 11:01:03",
]
ESSLINGEN = "08116019;        Esslingen am Neckar, Stadt"


@pytest.fixture
def datei(tmp_path):
    def write(*lines, coding="utf-8", foot=FUSS, title=TITEL, file="tabelle.csv"):
        path = tmp_path / file
        path.write_bytes("\n".join([*title, *lines, *foot, ""]).encode(coding))
        return path

    return write


def kurz(cells):
    return [
        (c["inhalt"], c["einheit"], c["gebiet"], c["zeit"], c["merkmale"], c["wert"]) for c in cells
    ]


M, W = {"Geschlecht": "männlich"}, {"Geschlecht": "weiblich"}
FAELLE = [
    ("Fälle", "Anzahl", "08116019", "2015-12-31", M, 3),
    ("Fälle", "Anzahl", "08116019", "2015-12-31", W, 4),
]
# One table, printed in every layout that the offices use.
LAYOUTS = {
    "time in a line of its own": ["Fälle (Anzahl);;", "31.12.2015;;", ";;männlich;weiblich",
                                  f"{ESSLINGEN};3;4"],
    "time with a word": ["Fälle (Anzahl);;", "Stichtag: 31.12.2015;;", ";;männlich;weiblich",
                         f"{ESSLINGEN};3;4"],
    "year and a day in the title": ["2015;;", ";;Fälle;Fälle", ";;männlich;weiblich",
                                    ";;Anzahl;Anzahl", f"{ESSLINGEN};3;4"],
    "time in front": [";;;Fälle;Fälle", ";;;männlich;weiblich", ";;;Anzahl;Anzahl",
                      f"31.12.2015;{ESSLINGEN};3;4"],
    "time in the header": ["Fälle (Anzahl);;", ";;31.12.2015;31.12.2015", ";;männlich;weiblich",
                           f"{ESSLINGEN};3;4"],
    "spans printed once": [";;31.12.2015;", ";;Fälle;", ";;Geschlecht;", ";;männlich;weiblich",
                           ";;Anzahl;Anzahl", f"{ESSLINGEN};3;4"],
    "name of the characteristic above": ["31.12.2015;;", ";;Fälle;Fälle", ";;Geschlecht;Geschlecht",
                                         ";;männlich;weiblich", ";;Anzahl;Anzahl",
                                         f"{ESSLINGEN};3;4"],
    "headed key and name": ["31.12.2015;;", "Schlüssel;Gebiet;Fälle;Fälle",
                            "Schlüssel;Gebiet;männlich;weiblich", ";;Anzahl;Anzahl",
                            f"{ESSLINGEN};3;4"],
    "ragged header": ["31.12.2015", ";;Fälle;Fälle", ";;männlich;weiblich", ";;Anzahl;Anzahl",
                      f"{ESSLINGEN};3;4"],
    "sex in the rows": ["31.12.2015;;", ";;;Fälle", ";;;Anzahl", f"{ESSLINGEN};männlich;3",
                        f"{ESSLINGEN};weiblich;4"],
    "footnote digits": ["31.12.2015;;", ";;Fälle1);Fälle1)", ";;männlich;weiblich 2)",
                        ";;Anzahl;Anzahl", f"{ESSLINGEN};3;4"],
    "header over two lines": ["31.12.2015;;", ';;"Fälle";"Fälle"', ';;"männ\nlich";weiblich',
                              ";;Anzahl;Anzahl", f"{ESSLINGEN};3;4"],
    "times announced": ["Fälle (Anzahl);;", ";;Stichtag;Stichtag", ";;31.12.2015;31.12.2015",
                        ";;männlich;weiblich", f"{ESSLINGEN};3;4"],
    "areas announced": ["Fälle (Anzahl);;", ";Kreise und kreisfreie Städte;",
                        ";Esslingen, Landkreis;Bayern", "31.12.2015;3;4"],
    "hyphens at the end of a line": ["31.12.2015;;", ';;"Fäl-\nle";"Fäl-\nle"',
                                     ";;männlich;weiblich", ";;Anzahl;Anzahl", f"{ESSLINGEN};3;4"],
    "an empty line in the header": ["31.12.2015;;", ";;Fälle;Fälle", "", ";;männlich;weiblich",
                                    ";;Anzahl;Anzahl", f"{ESSLINGEN};3;4"],
    "quality beside the value": ["31.12.2015;;", ";;Fälle;Fälle;Fälle;Fälle",
                                 ";;männlich;männlich;weiblich;weiblich",
                                 ";;Anzahl;Anzahl;Anzahl;Anzahl", f"{ESSLINGEN};3;e;4;p"],
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_table_reads_alike_in_every_layout(datei, layout):
    cells = zellen(datei(*LAYOUTS[layout]))
    if layout == "header over two lines":
        assert cells[0]["merkmale"] in ({"Gliederung": "männ lich"}, {"Geschlecht": "männ lich"})
        cells[0]["merkmale"] = M
    if layout == "areas announced":
        assert [(c["gebiet"], c["merkmale"], c["wert"]) for c in cells] == [
            ("08116", {}, 3), ("09", {}, 4),
        ]  # fmt: skip
        return
    assert kurz(cells) == FAELLE


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("unter 1 Jahr", "Altersgruppe"), ("1 Jahr", "Altersgruppe"),
        ("3 bis unter 6 Jahre", "Altersgruppe"), ("90 Jahre und mehr", "Altersgruppe"),
        ("female", "Geschlecht"), ("Gesundheits-\nund Sozialwesen", "Vorspalte"),
    ],
)  # fmt: skip
def test_a_characteristic_is_named_by_its_values(datei, label, name):
    cells = zellen(datei("31.12.2015;;", ";;;Fälle", ";;;Anzahl", f'{ESSLINGEN};"{label}";3'))
    assert cells[0]["merkmale"] == {name: " ".join(label.split())}


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_every_encoding_is_understood(datei, coding):
    assert kurz(zellen(datei(*LAYOUTS["time in front"], coding=coding))) == FAELLE


def test_notes_before_the_rule_and_two_rules(datei):
    notes = ["zu 'Fälle':", "ab 2009 anders;", '"gezählt; nicht geschätzt"', "", "_____"]
    cells = zellen(datei(*LAYOUTS["time in front"], foot=[*notes, "noch eine Note", *FUSS]))
    assert kurz(cells) == FAELLE


def test_blocks_of_several_times_and_areas(datei):
    cells = zellen(
        datei(
            "Fälle (Anzahl);;", ";;männlich;weiblich", "31.12.2015;;;", f"{ESSLINGEN};3;4",
            "31.12.2014;;;", f"{ESSLINGEN};1;2",
        )
    )  # fmt: skip
    assert [(c["zeit"], c["wert"]) for c in cells] == [
        ("2015-12-31", 3), ("2015-12-31", 4), ("2014-12-31", 1), ("2014-12-31", 2),
    ]  # fmt: skip


def test_areas_in_the_header_and_months_beside_the_year(datei):
    cells = zellen(
        datei(
            "Fälle (Anzahl);;", ";Deutschland;Deutschland;Bayern;Bayern",
            ";Januar (31.);Februar (28. bzw. 29.);Januar (31.);Februar (28. bzw. 29.)",
            "2020;1;2;3;4", title=[TITEL[0], "Probe;;", "Probestatistik;;"],
        )
    )  # fmt: skip
    assert [(c["gebiet"], c["zeit"], c["zeitbezug"], c["wert"]) for c in cells] == [
        ("DG", "2020-01", "monat", 1), ("DG", "2020-02", "monat", 2),
        ("09", "2020-01", "monat", 3), ("09", "2020-02", "monat", 4),
    ]  # fmt: skip


def test_title_stand_and_licence_are_kept(datei):
    connection = duckdb.connect()
    connection.execute(ZELLEN)
    said = genesis_tabelle.lies(datei(*LAYOUTS["time in front"]), connection, GEBIETE)
    assert (said.code, said.stand) == ("99999-01-01-5", "2017-10-10")
    assert said.titel == "Probe: Fälle nach Geschlecht - Stichtag 31.12. -"
    assert said.lizenz == "© Ein Amt, 2017. Dieses Werk ist lizensiert"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("08116999;        Nirgends;3;4", "nicht bekannt"),
        ("08116004;        Altbach;3", "nicht den Aufbau"),
        ("0811x004;        Altbach;3;4", "nicht den Aufbau"),
        ("08116004;        Altbach;3;4a", "nicht den Aufbau"),
        ("08116004;        Altbach;3;4;5", "nicht den Aufbau"),
    ],
)
@pytest.mark.parametrize("last", [True, False])
def test_a_damaged_row_stops_the_file_with_its_line(datei, line, problem, last):
    good = f"{ESSLINGEN};3;4"
    rows = [good, line] if last else [good, line, "08116;Esslingen, Landkreis;3;4"]
    text = absage(
        datei("31.12.2015;;", ";;Fälle;Fälle", ";;männlich;weiblich", ";;Anzahl;Anzahl", *rows)
    )
    assert "tabelle.csv:10" in text
    assert problem in text


def test_a_table_without_its_foot_is_refused(datei):
    assert "Fußzeile fehlt" in absage(datei(*LAYOUTS["time in front"], foot=[]))


def test_a_table_that_ends_in_a_column_of_signs_without_a_head_is_refused(datei):
    text = absage(datei("31.12.2015;;;", ";;Fälle;", ";;Anzahl;", f"{ESSLINGEN};3;-"))
    assert "keine Spalte mit Werten" in text
    assert "tabelle.csv:8" in text


def test_a_table_without_a_time_is_refused(datei):
    text = absage(
        datei(";;Fälle;Fälle", ";;männlich;weiblich", ";;Anzahl;Anzahl", f"{ESSLINGEN};3;4")
    )
    assert "keinen Zeitpunkt" in text or "Zeitpunkt" in text


PRINTS = {"-": None, ".": None, "/": None, "...": None, "x": None, "0": 0, "1234": 1234,
          "1.234": 1234, "0,5": 0.5, "-7": -7, "(12)": 12, "12 p": 12, "–": None, "": None}  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(GEBIETE.gemeinden), min_size=1, max_size=8, unique=True),
    st.lists(st.integers(1995, 2024), min_size=1, max_size=3, unique=True),
    st.sampled_from(["vorn", "kopf"]),
    st.data(),
)
def test_what_is_printed_is_read_back(tmp_path, areas, years, where, data):
    columns = len(years) if where == "kopf" else 1
    rows, expected = [], []
    for area in areas:
        for year in [None] if where == "kopf" else years:
            prints = data.draw(
                st.lists(st.sampled_from(list(PRINTS)), min_size=columns, max_size=columns)
            )
            prints[-1] = prints[-1] or "-"
            front = "" if year is None else f"{year};"
            rows.append(f"{front}{area};      {GEBIETE.names[area]};{';'.join(prints)}")
            expected += [
                (area, str(y), PRINTS[p], p)
                for y, p in zip(years if year is None else [year], prints, strict=True)
            ]
    head = [";;" + ";".join(map(str, years))] if where == "kopf" else [";;;Anzahl"]
    path = tmp_path / "t.csv"
    title = ["GENESIS-Tabelle: 99999-01-01-5", "Probe;;", "Probestatistik;;", "Fälle (Anzahl);;"]
    path.write_text("\n".join([*title, *head, *rows, *FUSS, ""]), encoding="utf-8")
    cells = zellen(path)
    assert [(c["gebiet"], c["zeit"], c["wert"], c["roh"]) for c in cells] == expected


def test_a_damaged_file_is_refused_or_read_but_never_falls_over(datei):
    whole = datei(
        "31.12.2015;;", ";;Fälle;Fälle", ";;männlich;weiblich", ";;Anzahl;Anzahl",
        *(f"{key};   {GEBIETE.names[key]};{n};{n + 1}" for n, key in enumerate(GEBIETE.gemeinden)),
    )  # fmt: skip
    text, chance = whole.read_bytes(), random.Random(4)  # noqa: S311
    remedies = []
    for _ in range(150):
        at = chance.randrange(len(text))
        kind = chance.randrange(4)
        damaged = {
            0: text[:at],
            1: text[:at] + bytes([chance.randrange(256)]) + text[at + 1 :],
            2: text[:at] + text[at + chance.randrange(1, 200) :],
            3: text[:at] + text[at : at + 90] + text[at:],
        }[kind]
        whole.write_bytes(damaged)
        try:
            zellen(whole)
        except SozialmonitorError as error:
            remedies.append(error.maengel[0].abhilfe)
    assert len(remedies) > 50
    assert all(remedies)


def test_a_workbook_with_merged_headers_reads_like_the_csv(tmp_path):
    sheet = [
        ["GENESIS-Tabelle: 99999-01-01-5"], ["Probe"], ["Probestatistik"], ["31.12.2015"],
        ["", "", "Fälle", ""], ["", "", "männlich", "weiblich"], ["", "", "Anzahl", "Anzahl"],
        ["08116019", "Esslingen am Neckar, Stadt", 3, 4],
        ["__________"], ["(C)opyright Ein Amt, 2017"], ["Stand: 10.10.2017 / 11:01:03"],
    ]  # fmt: skip
    path = mappe(tmp_path / "tabelle.xlsx", sheet, ["A2:D2", "C5:D5"])
    cells = zellen(path)
    assert kurz(cells) == FAELLE
    assert (cells[0]["blatt"], cells[0]["zeile"], cells[0]["spalte"]) == ("99999-01-01-5", 8, 3)


def mappe(path, rows, merged):
    """Write the smallest workbook that Excel would open, with one sheet."""

    def cell(r, c, value):
        place = f"{chr(65 + c)}{r + 1}"
        if isinstance(value, int):
            return f'<c r="{place}"><v>{value}</v></c>'
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>' if value else ""

    data = "".join(
        f'<row r="{r + 1}">{"".join(cell(r, c, v) for c, v in enumerate(row))}</row>'
        for r, row in enumerate(rows)
    )
    spans = "".join(f'<mergeCell ref="{span}"/>' for span in merged)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="99999-01-01-5" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData><mergeCells>{spans}</mergeCells></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path
