"""Flat files of GENESIS, new and old: languages, totals, units, signs, and what is refused."""

import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.formats import genesis_ffcsv
from etl.symbols import STATUS_OF_PRINT
from tests.formate import GEBIETE, absage, zellen

HEAD = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    "1_variable_attribute_code;1_variable_attribute_label;2_variable_code;2_variable_label;"
    "2_variable_attribute_code;2_variable_attribute_label;"
    "value;value_unit;value_variable_code;value_variable_label"
)
ROW = (
    "99999;Probe;{time_code};Zeit;{time};KREISE;Kreise;{area};Name, Kreis;"
    "{code};{label};{attribute};{spoken};{value};{unit};PRB001;Probezahl"
)
STANDARD = {
    "time_code": "STAG", "time": "2024-12-31", "area": "08116", "code": "GES",
    "label": "Geschlecht", "attribute": "GESM", "spoken": "männlich", "value": "7",
    "unit": "Anzahl",
}  # fmt: skip


def row(**fields):
    return ROW.format(**(STANDARD | fields))


@pytest.fixture
def datei(tmp_path):
    def write(*rows, head=HEAD, end="\n", name="99999-01-02-4_de_flat.csv"):
        path = tmp_path / name
        path.write_bytes(("\ufeff" + "\n".join([head, *rows]) + end).encode())
        return path

    return write


def test_a_fact_becomes_a_cell_with_its_place(datei):
    [cell] = zellen(datei(row()))
    assert (cell["tabelle"], cell["inhalt"], cell["gebiet"], cell["ebene"]) == (
        "99999-01-02-4", "PRB001", "08116", "kreis",
    )  # fmt: skip
    assert cell["merkmale"] == {"Geschlecht": "männlich"}
    assert (cell["zeit"], cell["zeitbezug"], cell["wert"]) == ("2024-12-31", "stichtag", 7)
    assert (cell["zeile"], cell["spalte"], cell["roh"]) == (2, 14, "7")


def test_a_total_has_an_empty_code_and_is_kept(datei):
    [cell] = zellen(datei(row(attribute="", spoken="Insgesamt")))
    assert cell["merkmale"] == {"Geschlecht": "Insgesamt"}


def test_a_label_may_hold_the_separator(datei):
    [cell] = zellen(datei(row(label='"Art; und Weise"', spoken='"nach ""Art"""')))
    assert cell["merkmale"] == {"Art; und Weise": 'nach "Art"'}


@pytest.mark.parametrize("word", ["weiblich", "GESW"])
def test_a_line_that_is_not_utf_8_is_named(datei, word):
    path = datei(row(), row(attribute="GESW", spoken="weiblich"))
    path.write_bytes(path.read_bytes().replace(word.encode(), b"\xff\xfe"))
    assert "99999-01-02-4_de_flat.csv:3\n  Die Zeile hat nicht" in absage(path)


def test_the_finances_have_municipalities_of_their_own_name(datei):
    text = row(area="08116019").replace("KREISE;Kreise", "FGEMEIN;Gemeinden")
    assert [c["gebiet"] for c in zellen(datei(text))] == ["08116019"]


def test_number_and_percent_of_one_variable_are_two_cells(datei):
    cells = zellen(datei(row(value="53,9", unit="%"), row(value="10755706")))
    assert [(c["einheit"], c["wert"]) for c in cells] == [("%", 53.9), ("Anzahl", 10755706)]


def test_an_english_file_has_a_decimal_point(datei):
    assert [c["wert"] for c in zellen(datei(row(value="53.9"), row(value="-1.25")))] == [
        53.9,
        -1.25,
    ]


def test_two_decimal_signs_in_one_file_are_refused(datei):
    assert "99999-01-02-4_de_flat.csv:3, Spalte 14" in absage(
        datei(row(value="1,5"), row(value="1.5"))
    )


def test_every_sign_keeps_its_reason(datei):
    signs = [sign for sign in STATUS_OF_PRINT if sign]
    cells = zellen(datei(*(row(value=sign) for sign in signs)))
    assert [c["status"] for c in cells] == [STATUS_OF_PRINT[sign] for sign in signs]
    assert all(cell["wert"] is None for cell in cells)


def test_the_quality_stands_in_its_own_column(datei):
    marks = {"e": "endgueltig", "": "endgueltig", "p": "vorlaeufig", "r": "revidiert",
             "s": "geschaetzt", "()": "eingeschraenkt"}  # fmt: skip
    cells = zellen(datei(*(row() + f";{mark}" for mark in marks), head=HEAD + ";value_q"))
    assert [cell["guete"] for cell in cells] == list(marks.values())


def test_a_quarter_beside_the_year_is_part_of_the_time(datei):
    [cell] = zellen(
        datei(
            row(time_code="JAHR", time="2023", code="QUARTG", label="Quartale", attribute="QUART2")
        )
    )
    assert (cell["zeit"], cell["zeitbezug"], cell["merkmale"]) == ("2023-Q2", "quartal", {})


def test_one_label_for_two_codes_is_told_apart(datei):
    cells = zellen(
        datei(row(attribute="A1", spoken="Sonstige"), row(attribute="A2", spoken="Sonstige"))
    )
    assert [c["merkmale"]["Geschlecht"] for c in cells] == ["Sonstige [A1]", "Sonstige [A2]"]


def test_pseudo_kreise_and_other_areas_are_kept_under_their_key(datei):
    cells = zellen(
        datei(row(area="11001001"), row(area="05334002"), row(area="DG"), row(area="081"))
    )
    assert [(c["gebiet"], c["ebene"]) for c in cells] == [
        ("11001001", "sonstige"), ("05334002", "sonstige"), ("DG", "bund"),
        ("081", "regierungsbezirk"),
    ]  # fmt: skip


def test_a_zip_with_one_csv_is_read_like_the_csv(datei, tmp_path):
    path = datei(row())
    packed = tmp_path / "ergebnis.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "99999-01-02-4_1700000000000_de_flat.csv")
    assert zellen(packed) == zellen(path)


@pytest.mark.parametrize(
    ("fields", "place", "problem"),
    [
        ({"area": "08116999"}, ":3, Spalte 8", "nicht bekannt"),
        ({"value": "12a"}, ":3, Spalte 14", "weder eine Zahl noch ein Zeichen"),
        ({"value": "1e5"}, ":3, Spalte 14", "weder eine Zahl noch ein Zeichen"),
        ({"time": "2024-13-31"}, ":3, Spalte 5", "Kalender"),
        ({"time": "bald"}, ":3, Spalte 5", "kein bekannter Zeitpunkt"),
        ({"spoken": "zu;viel"}, ":3", "nicht die Felder der Kopfzeile"),
    ],
)
def test_a_defect_stops_the_file_with_its_place(datei, fields, place, problem):
    text = absage(datei(row(), row(**fields)))
    assert place in text
    assert problem in text


def test_a_file_that_breaks_off_is_refused(datei):
    assert "bricht ab" in absage(datei(row(), row(), end=""))


OLD = (
    "Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;1_Merkmal_Label;"
    "1_Auspraegung_Code;1_Auspraegung_Label;ABC01__Falsch__EUR;ABC01__Falsch__q;Preis__CH0004;"
    "Preis__CH0004__q"
)


def test_an_old_file_is_mapped_by_code_without_its_shifted_units(datei):
    line = "99999;Probe;JAHR;Jahr;2000;DINSG;Deutschland insgesamt;DG;Deutschland;1865;p;.;"
    first, second = zellen(datei(line, head=OLD))
    assert (first["inhalt"], first["einheit"], first["wert"], first["guete"]) == (
        "ABC01", "", 1865, "vorlaeufig",
    )  # fmt: skip
    assert (second["inhalt"], second["status"]) == ("CH0004", "geheim")


NUMBERS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(GEBIETE.gemeinden), NUMBERS, st.sampled_from(["", "-", ".", "/"])
        ),
        min_size=1,
        max_size=30,
    ),
    st.sampled_from([",", "."]),
)
def test_what_is_written_is_read_back(tmp_path, facts, dezimal):
    path = tmp_path / "a_flat.csv"
    rows = [
        row(area=area, value=sign or str(number).replace(".", dezimal))
        for area, number, sign in facts
    ]
    path.write_bytes(("\ufeff" + "\n".join([HEAD, *rows]) + "\n").encode())
    cells = zellen(path, genesis_ffcsv)
    expected = [(area, None if sign else float(number)) for area, number, sign in facts]
    assert [(cell["gebiet"], cell["wert"]) for cell in cells] == expected
    assert [cell["zeile"] for cell in cells] == list(range(2, len(facts) + 2))


def test_a_month_beside_the_year_of_an_old_file_is_part_of_the_time(datei):
    head = ";".join(
        ["Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit"]
        + [f"{n}_{part}" for n in (1, 2) for part in
           ("Merkmal_Code", "Merkmal_Label", "Auspraegung_Code", "Auspraegung_Label")]
        + ["ERWP01__Arbeitslose__Anzahl", "ERWP01__Arbeitslose__q"]
    )  # fmt: skip
    first = "13211;Am;JAHR;Jahr;2020;KREISE;Kreise;08116;Esslingen;MONAT;Monat;MONAT07;Juli;100;e"
    cells = zellen(datei(first, first.replace("MONAT07;Juli", "MONAT08;August"), head=head))
    assert [(c["zeit"], c["zeitbezug"], c["merkmale"]) for c in cells] == [
        ("2020-07", "monat", {}),
        ("2020-08", "monat", {}),
    ]
