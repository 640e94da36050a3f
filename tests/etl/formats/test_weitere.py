"""Small deliveries in the layouts of Destatis, BBSR, BA, Bertelsmann and others, and what they say."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl import formats
from etl.errors import UnknownError
from etl.formats import ba, gemeindeverzeichnis, gv100ad, inkar, matrix, statbw, wegweiser
from etl.formats.kreisformat_text import COLUMNS
from etl.vorlage import vorlage
from tests.proben_formate import ALTBACH, AREA, KREIS, TOWN, agency, answer, gv100, register, write
from tests.zellen import kurz, mappe, refusal, zellen


def test_gv100ad_is_read_by_its_columns(tmp_path):
    path = gv100(
        tmp_path / "GV100AD.txt", [ALTBACH, ("09162000", "München", 31071, 1512491, 740000)]
    )
    assert formats.erkenne(path) is gv100ad
    cells = zellen(path)
    assert kurz(cells[:3], "inhalt", "gebiet", "zeit", "einheit", "wert", "roh") == [
        ("Fläche", "08116004", "2023-11-30", "ha", 334, "00000000334"),
        ("Bevölkerung", "08116004", "2022-12-31", "Anzahl", 6422, "00000006422"),
        ("Bevölkerung", "08116004", "2022-12-31", "Anzahl", 3230, "00000003230"),
    ]
    assert cells[1]["merkmale"] == '{"Stichtag der Bevölkerung": "nicht in der Datei"}'
    assert kurz(cells[3:4], "gebiet", "ebene") == [("09162000", "sonstige")]
    told = zellen(path, {"bevoelkerung": "2021-12-31"})
    assert kurz(told[1:2], "zeit", "merkmale") == [("2021-12-31", "{}")]


def test_gv100ad_refuses_an_unknown_municipality_and_a_torn_line(tmp_path):
    text = refusal(gv100(tmp_path / "a.txt", [("08116999", "Neustadt", 1, 1, 1)]))
    assert text.startswith("a.txt:2, Spalte 11\n  Das Gebiet »08116999« ist nicht bekannt.")
    torn = gv100(tmp_path / "b.txt", [ALTBACH])
    write(torn, torn.read_text(encoding="utf-8")[:-60])
    assert refusal(torn).startswith("b.txt:2, Spalte ")


def test_every_column_of_the_register_has_its_own_day(tmp_path):
    rows = [["10", "", "08", "", "", "", "", "Baden-Württemberg"], [*AREA, "9,380166", "48,723629"]]
    path = register(tmp_path / "gv.xlsx", rows)
    assert formats.erkenne(path) is gemeindeverzeichnis
    assert kurz(zellen(path), "inhalt", "zeit", "einheit", "wert", "zeile", "spalte") == [
        ("Fläche", "2022-12-31", "km2", 3.34, 8, 9),
        ("Bevölkerung", "2022-12-31", "Anzahl", 6422, 8, 10),
        ("Bevölkerung", "2022-12-31", "Anzahl", 3230, 8, 11),
        ("Bevölkerung", "2022-12-31", "Anzahl", 3192, 8, 12),
        ("Bevölkerungsdichte", "2022-12-31", "je km2", 1923, 8, 13),
        ("Längengrad", "2023-12-31", "Grad", 9.380166, 8, 15),
        ("Breitengrad", "2023-12-31", "Grad", 48.723629, 8, 16),
    ]


def test_packed_coordinates_come_out_as_degrees(tmp_path):
    path = register(tmp_path / "gv.xlsx", [[*AREA, 9.2249, 48.4325]])
    values = {cell["inhalt"]: cell["wert"] for cell in zellen(path)}
    assert values["Längengrad"] == pytest.approx(9 + 22 / 60 + 49 / 3600, abs=1e-6)
    assert values["Breitengrad"] == pytest.approx(48 + 43 / 60 + 25 / 3600, abs=1e-6)


def test_the_register_as_csv_has_blanks_for_thousands_and_no_day(tmp_path):
    head = "satzart,textkennzeichen,land,rb,kreis,vb,gemeinde,gemeindename,flaeche,bevoelkerung,maennlich"
    rows = '60,67,08,1,16,0019,019,"Esslingen am Neckar, Stadt", 46.43, 94 145, 47 170'
    path = write(tmp_path / "AuszugGV4QAktuell_31122020.csv", f"\ufeff{head}\n{rows}\n")
    cells = zellen(path)
    assert kurz(cells, "inhalt", "gebiet", "zeit", "wert", "roh") == [
        ("Fläche", "08116019", "2020-12-31", 46.43, " 46.43"),
        ("Bevölkerung", "08116019", "2019-12-31", 94145, " 94 145"),
        ("Bevölkerung", "08116019", "2019-12-31", 47170, " 47 170"),
    ]
    assert json.loads(cells[1]["merkmale"])["Stichtag der Bevölkerung"] == "nicht in der Datei"


def test_a_row_of_figures_with_another_satzart_stops_the_register(tmp_path):
    path = register(tmp_path / "gv.xlsx", [[*AREA], ["6O", *AREA[1:]]])
    assert refusal(path).startswith(
        "gv.xlsx, Blatt »Onlineprodukt_Gemeinden30062024«, Zelle A8\n  Die Satzart »6O«"
    )


def test_inkar_reads_names_years_and_keys_of_every_length(tmp_path):
    rows = [
        ["Kennziffer", "Raumeinheit", "Aggregat", "Quote", "Quote"],
        ["", "", "", "2004", "2010 bis 2019"],
        [8116, "Esslingen", "Kreise", 6.28, ""],
        ["081165006", "VVG Plochingen", "Gemeindeverbände", 1, 2],
        ["8116004", "Altbach", "Gemeinden", 3, 4],
        ["0811", "Stuttgart", "Raumordnungsregionen", 5, 6],
        ["0", "Bund", "Bund", 7, 8],
    ]
    about = [["Dokumentation"], ["Indikator", "Langname"], ["Quote", "Anteil der Schuldner in %"]]
    path = mappe(tmp_path / "a.xlsx", {"Daten": rows, "Metadaten": about,
                                       "Quellangabe": [["INKAR. Ausgabe 2024."]]})  # fmt: skip
    assert formats.erkenne(path) is inkar
    cells = zellen(path)
    assert [c["gebiet"] for c in cells[::2]] == ["08116", "081165006", "08116004", "Raumordnungsregionen 0811", "DG"]  # fmt: skip
    assert kurz(cells[:2], "zeit", "einheit", "wert", "status") == [
        ("2004", "%", 6.28, "vorhanden"),
        ("2010-2019", "%", None, "fehlt"),
    ]
    same = (
        "Kennziffer;Raumeinheit;Aggregat;Dichte\r\n;;;2017\r\n"
        '"08116";"Esslingen";"Landkreis";"1.560"\r\n"08111";"Stuttgart";"krsfr. Stadt";"-47,9"'
    )
    assert [c["wert"] for c in zellen(write(tmp_path / "b.csv", same, "utf-8-sig"))] == [
        1560,
        -47.9,
    ]


def test_a_workbook_of_the_agency_is_found_out_by_itself(tmp_path):
    rows = [["Deutschland", 10, 20, 3, "."], ["08116 Esslingen", 5, 0, "*", 2], ["Westdeutschland", 1, 2, 3, 4]]  # fmt: skip
    path = agency(tmp_path / "ba.xlsx", rows)
    assert formats.erkenne(path) is ba
    cells = zellen(path)
    assert len(cells) == 12
    assert kurz(cells[4:8], "inhalt", "gebiet", "zeit", "wert", "status", "zeile", "spalte") == [
        ("Insgesamt", "08116", "2020-06-30", 5, "vorhanden", 10, 2),
        ("Insgesamt", "08116", "2021-06-30", 0, "vorhanden", 10, 3),
        ("davon | Akademischer Abschluss", "08116", "2020-06-30", None, "geheim", 10, 4),
        ("davon | Akademischer Abschluss", "08116", "2021-06-30", 2, "vorhanden", 10, 5),
    ]
    assert {c["einheit"] for c in cells} == {"Anzahl"}


def test_an_unknown_sign_stops_a_workbook_with_its_cell(tmp_path):
    path = agency(
        tmp_path / "ba.xlsx", [["08116 Esslingen", 5, "l0", 1, 2], ["Deutschland", 1, 2, 3, 4]]
    )
    text = refusal(path)
    assert text.startswith("ba.xlsx, Blatt »Daten«, Zelle C9\n  »l0« ist weder eine Zahl")
    assert "→" in text


FORM = {"kopf": [1, 2], "schluessel": "Schlüssel", "zeit": {"kopfzeile": 2}, "auslassen": ["Name"]}


@pytest.mark.parametrize(
    "key", ["08116004", "8116004", "08116004 Altbach", "081165006004", "Altbach"]
)
def test_a_matrix_takes_keys_of_every_spelling(tmp_path, key):
    path = write(tmp_path / "m.csv", f"Schlüssel;Name;Fälle;\n;;2020;2021\n{key};x;1.234,5;-\n")
    layout = FORM | {"fuellen": [1]}
    assert kurz(zellen(path, layout, matrix), "inhalt", "gebiet", "zeit", "wert", "status") == [
        ("Fälle", "08116004", "2020", 1234.5, "vorhanden"),
        ("Fälle", "08116004", "2021", None, "nichts_vorhanden"),
    ]


@pytest.mark.parametrize(
    ("zeit", "expected"),
    [
        ({"fest": "31.12.2020"}, "2020-12-31"),
        ({"zelle": "A1", "muster": r"am (\d+\. \w+ \d{4})"}, "2020-05-17"),
        ({"titel": True, "muster": r"am (\d+\. \w+ \d{4})"}, "2020-05-17"),
        ({"blatt": True, "muster": r"\d{4}"}, "2019"),
        ({"datei": True, "muster": r"\d{6}"}, "2018-06"),
        ({"spalte": "Jahr"}, "2017"),
    ],
)
def test_a_matrix_finds_its_time_where_it_is_declared(tmp_path, zeit, expected):
    rows = [["Wahl am 17. Mai 2020"], ["AGS", "Jahr", "Fälle"], ["08116019", 2017, 3]]
    path = mappe(tmp_path / "wahl_201806.xlsx", {"Tabelle 2019": rows, "Anderes": [["x"]]})
    form = {"blatt": "Tabelle*", "kopf": 2, "schluessel": "A", "zeit": zeit, "werte": "C"}
    assert kurz(zellen(path, form, matrix), "zeit", "wert") == [(expected, 3)]


def test_a_matrix_says_what_is_wrong_with_its_form(tmp_path):
    path = write(tmp_path / "m.csv", "a;b\n08116;1\n")
    good = {"kopf": 1, "schluessel": "a", "zeit": {"fest": "2020"}}
    wrong = {
        "Die Spalte »c« gibt es nicht.": good | {"schluessel": "c"},
        "Genau eines angeben": good | {"zeit": {}},
        "Das Feld »farbe« gibt es hier nicht.": good | {"farbe": "rot"},
        "Diese Zeile gibt es nicht.": good | {"kopf": 9},
        "»20« ist kein bekannter Zeitpunkt": good | {"zeit": {"fest": "20"}},
    }
    for problem, form in wrong.items():
        text = refusal(path, form, matrix)
        assert problem in text, text
        assert text.startswith("m.csv")


def test_rows_without_area_stop_a_matrix(tmp_path):
    path = write(tmp_path / "m.csv", "a;b\n08116;1\n;2\n")
    text = refusal(path, {"kopf": 1, "schluessel": "a", "zeit": {"fest": "2020"}}, matrix)
    assert text.startswith("m.csv:3\n  Hier stehen Werte ohne Gebiet.")


def test_wegweiser_never_gives_a_small_municipality_the_values_of_its_kreis(tmp_path):
    values = [[9.1, None], [8.0, 8.5], [8.0, 8.5]]
    small = {"gkz": "08116005", "smallRegionReplacement": True}
    path = write(tmp_path / "w.json", json.dumps(answer([TOWN, KREIS, small], values)))
    assert formats.erkenne(path) is wegweiser
    assert kurz(zellen(path), "gebiet", "zeit", "wert", "status") == [
        ("08116019", "2022", 9.1, "vorhanden"),
        ("08116019", "2023", None, "fehlt"),
        ("08116", "2022", 8.0, "vorhanden"),
        ("08116", "2023", 8.5, "vorhanden"),
    ]
    text = (
        "Geburten;;\nEsslingen;;\nIndikatoren;\"2022\nEsslingen am Neckar\";\"2022\n"
        "Esslingen, Landkreis (mit Altdorf)\"\nGeburten;9,1;8,0\n\nQuelle: Statistische Ämter;;\n"
    )  # fmt: skip
    cells = zellen(write(tmp_path / "w.csv", text, "latin-1"))
    assert kurz(cells, "gebiet", "wert") == [("08116019", 9.1), ("08116", 8.0)]


def test_wegweiser_refuses_what_is_cut_or_does_not_fit(tmp_path):
    cut = answer([TOWN], [[1, 2]], remark="Kommunen wurden aus Platzgründen abgeschnitten.")
    assert "weggelassen" in refusal(write(tmp_path / "a.json", json.dumps(cut)))
    short = answer([TOWN], [[1]])
    assert "passen nicht" in refusal(write(tmp_path / "b.json", json.dumps(short)))
    half = json.dumps(answer([TOWN], [[1, 2]]))[:-20]
    assert "kein vollständiges JSON" in refusal(write(tmp_path / "c.json", half))
    endless = json.dumps(answer([TOWN], [[1, 2]]))
    year = endless.replace("2022", "1e999")
    assert "stört ein Feld" in refusal(write(tmp_path / "d.json", year))
    value = endless.replace("[1, 2]", "[1, 1e999]")
    assert "»inf« ist keine Zahl" in refusal(write(tmp_path / "e.json", value))


def test_classes_and_forecasts_of_wegweiser_are_no_counts(tmp_path):
    classes = answer([TOWN], [[3.5, 4.5]])
    classes["indicatorsAndTopics"][0] |= {"minimumClassification": 4, "maximumClassification": 6}
    assert {c["status"] for c in zellen(write(tmp_path / "a.json", json.dumps(classes)))} == {
        "unsicher"
    }
    forecast = answer([TOWN], [[1, 2]], type="POPULATION_FORECAST")
    assert {c["guete"] for c in zellen(write(tmp_path / "b.json", json.dumps(forecast)))} == {
        "geschaetzt"
    }


def test_the_landesamt_loses_zeros_and_writes_ages_its_own_way(tmp_path):
    text = (
        "Anlagen,AGS,Ort,Alter von bis unter,Bevölkerung insgesamt,Bevölkerung weiblich\n"
        'False,8,Land,unter 3 Jahre,10,5\nFalse,8116019,"Esslingen am Neckar, Stadt",3 -  6 Jahre,4,2\n'
        "False,8116,Landkreis Esslingen,75 und mehr Jahre,7,3\n"
    )
    path = write(tmp_path / "Bevoelkerung 2010.csv", text)
    assert formats.erkenne(path) is statbw
    cells = zellen(path)
    assert [(c["gebiet"], json.loads(c["merkmale"])["Alter"]) for c in cells[::2]] == [
        ("08", "unter 3 Jahre"),
        ("08116019", "3 bis unter 6 Jahre"),
        ("08116", "75 Jahre und mehr"),
    ]
    assert kurz(cells[:1], "inhalt", "zeit") == [("Bevölkerung", "2010-12-31")]
    assert "von wann die Zahlen sind" in refusal(write(tmp_path / "ohne.csv", text))


def test_the_form_for_the_kreis_reads_back(tmp_path):
    path = tmp_path / "vorlage.xlsx"
    vorlage(["einwohner", "arbeitslose"], path)
    import python_calamine

    rows = python_calamine.load_workbook(path).get_sheet_by_name("Daten").to_python()
    assert len(rows) == 1 + 2 * 44
    assert rows[1][:2] == ["einwohner", "08116004 Altbach"]
    filled = [rows[0], [*rows[1][:2], "2024-12-31", "stichtag", *[""] * 6, 6422.5, "", "", "gut"]]
    cells = zellen(mappe(tmp_path / "voll.xlsx", {"Daten": filled, "Anleitung": [["So geht es"]]}))
    assert kurz(cells, "inhalt", "gebiet", "zeit", "wert", "zeile") == [
        ("einwohner", "08116004", "2024-12-31", 6422.5, 2)
    ]
    with pytest.raises(UnknownError, match="Meinten Sie »einwohner«"):
        vorlage(["einwonher"], path)


def test_kreisformat_as_workbook_loads_like_the_csv(tmp_path, leser):
    head = list(COLUMNS)
    rows = [
        ["faelle", 8116004, date(2020, 12, 31), "stichtag", "", 15, 64, *[""] * 3, 1234.5, "", "", ""],
        [],
        ["faelle", "08116", "2020-12-31", "stichtag", *[""] * 7, "*", "", "Zeile\nZwei"],
    ]  # fmt: skip
    book = mappe(tmp_path / "k.xlsx", {"Daten": [head, *rows], "Anleitung": [["Lesen"]]})
    cells = leser.read(book.read_bytes())
    assert kurz(cells, "zeile", "gebiet", "zeit", "alter_von", "alter_bis", "wert", "status", "roh") == [
        (2, "08116004", "2020-12-31", 15, 64, 1234.5, "vorhanden", "1234,5"),
        (4, "08116", "2020-12-31", 0, 999, None, "geheim", "*"),
    ]  # fmt: skip
    wrong = mappe(tmp_path / "l.xlsx", {"Daten": [head, ["faelle", "08116", "2020", "jahr", *[""] * 6, "1,5 Mio"]]})  # fmt: skip
    assert leser.refusal(wrong.read_bytes()).startswith("zahlen.csv:2\n  Im Feld wert")
    two = mappe(tmp_path / "m.xlsx", {"Daten": [head], "Notizen": [["10 Fälle fehlen"]]})
    assert "»Notizen«" in leser.refusal(two.read_bytes())


NUMBERS = st.one_of(
    st.integers(-(10**9), 10**9).map(float),
    st.decimals(-(10**6), 10**6, places=3, allow_nan=False).map(float),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    values=st.lists(NUMBERS, min_size=1, max_size=6), grouped=st.booleans(), english=st.booleans()
)
def test_numbers_of_every_dialect_read_back_equal(tmp_path, values, grouped, english):
    def printed(value):
        text = f"{value:,.3f}" if grouped else f"{value:.3f}"
        return text if english else text.translate(str.maketrans(",.", ".,"))

    body = "\n".join(f"08116;{2000 + n};{printed(v)}" for n, v in enumerate(values))
    path = write(tmp_path / "m.csv", f"Kreis;Jahr;Fälle\n{body}\n")
    form = {
        "kopf": 1,
        "schluessel": "A",
        "zeit": {"spalte": "Jahr"},
        "dezimal": "." if english else ",",
    }
    assert [c["wert"] for c in zellen(path, form, matrix)] == [round(v, 3) for v in values]


SIGNS = {"-": "nichts_vorhanden", ".": "geheim", "*": "geheim", "/": "unsicher", "...": "folgt",
         "x": "nicht_sinnvoll", "": "fehlt", " ": "fehlt", "–": "nichts_vorhanden"}  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.lists(st.one_of(st.integers(0, 10**7), st.sampled_from(list(SIGNS))), min_size=4, max_size=4), min_size=2, max_size=6), depth=st.integers(0, 3))  # fmt: skip
def test_stacked_headings_of_a_workbook_read_back_equal(tmp_path, rows, depth):
    heads = [
        [f"Ebene {n}", f"Kopf {n} a", f"Kopf {n} b", f"Kopf {n} c", f"Kopf {n} d"]
        for n in range(depth)
    ]
    years = ["Jahr", 2019, 2020, 2021, 2022]
    body = [[f"0811{n + 5}" if n < 5 else "08125", *row] for n, row in enumerate(rows)]
    path = mappe(tmp_path / "m.xlsx", {"T": [["Titel"], *heads, years, *body]})
    form = {"kopf": [2, 2 + depth], "schluessel": "A", "zeit": {"kopfzeile": 2 + depth}}
    cells = zellen(path, form, matrix)
    flat = [value for row in rows for value in row]
    for cell, value in zip(cells, flat, strict=True):
        expected = (None, SIGNS[value]) if isinstance(value, str) else (value, "vorhanden")
        assert (cell["wert"], cell["status"]) == expected
    assert [c["zeit"] for c in cells[:4]] == ["2019", "2020", "2021", "2022"]
