"""Sheets of publishers without a reader of their own, read by what their cells show."""

from datetime import date

import pytest

from etl import formats
from etl.formats import ba, matrix
from tests.proben_formate import write
from tests.zellen import kurz, mappe, refusal, zellen

PKS = (
    "1;2;3;4;5;6;7\nSchluessel;Straftat;Gemeindeschluessel;Stadt-/Landkreis;"
    "Anzahl erfasste Faelle;Haeufigkeitszahl;davon Versuche in %\n"
    "------;Straftaten insgesamt;1001;Flensburg;9,677;10,621;7.9\n"
    "3***00;Diebstahl;8116;Esslingen;21,049;946;8.4\n"
)


def test_the_crime_statistics_as_csv_have_english_numbers_and_short_keys(tmp_path):
    path = write(tmp_path / "KR-F-01-T01_2022.csv", PKS, "latin-1")
    assert formats.erkenne(path) is matrix
    assert "Spalte 5\n  Hier fehlt der Zeitpunkt" in refusal(path)
    cells = zellen(path, {"zeit": {"fest": "2022"}})
    assert kurz(cells[3:], "inhalt", "gebiet", "zeit", "wert") == [
        ("Anzahl erfasste Faelle", "08116", "2022", 21049),
        ("Haeufigkeitszahl", "08116", "2022", 946),
        ("davon Versuche in %", "08116", "2022", 8.4),
    ]
    assert cells[3]["merkmale"] == '{"Schluessel": "3***00", "Straftat": "Diebstahl"}'


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        ("AGS;Gemeinde;Jahr;Kinder;Quote", "08116004;Altbach;2022;1.234;12,5", [1234, 12.5]),
        ("AGS;Gemeinde;Jahr;Kinder", "08116004;Altbach;2022;1.234", [1234]),
        ("ags,name,year,share", "08116004,Altbach,2022,12.5", [12.5]),
        ("gvb_id,gvb_name,year,score", "08116004,Altbach,2022,0.785", [0.785]),
        ("AGS;Nr;Jahr;Kinder", "08116004;1.1;2022;1.234", [1234]),
        ("FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE", "A,08116004,2022,12.25", [12.25]),
    ],
)
def test_a_csv_tells_its_decimal_sign_and_its_year(tmp_path, head, row, expected):
    cells = zellen(write(tmp_path / "m.csv", f"{head}\n{row}\n"))
    assert kurz(cells, "gebiet", "zeit", "wert") == [("08116004", "2022", v) for v in expected]


def test_a_regional_table_of_the_census_has_its_day_in_front(tmp_path):
    rows = [
        ["Berichtszeitpunkt", "_RS", "Name", "Regionalebene", "EWZ", "MAENNLICH"],
        ["20220515", "08116", "Esslingen", "Landkreis", 530000, "/"],
        ["20220515", "081165006", "VVG Plochingen", "Gemeindeverband", 1, 2],
        ["20220515", "081165006004", "Altbach", "Gemeinde", 6422, 3],
    ]
    path = mappe(tmp_path / "Regional.xlsx", {"Titel": [["Zensus"]], "CSV-Bevölkerung": rows})
    cells = zellen(path)
    assert kurz(cells, "gebiet", "zeit", "wert", "status")[:2] == [
        ("08116", "2022-05-15", 530000, "vorhanden"),
        ("08116", "2022-05-15", None, "unsicher"),
    ]
    assert [c["gebiet"] for c in cells[2::2]] == ["081165006", "08116004"]


def test_a_second_region_is_no_figure(tmp_path):
    text = (
        "Statistik der Bundesagentur für Arbeit\nPendler\nStichtag: 30.06.2023\n\n"
        "Wohnort;Name;Arbeitsort;Insgesamt\n"
        "08116019;Esslingen am Neckar;08111000;7.120\n08116019;Esslingen am Neckar;08116033;*\n"
    )
    cells = zellen(write(tmp_path / "pendler.csv", text, "latin-1"))
    assert kurz(cells, "inhalt", "merkmale", "wert", "status") == [
        ("Insgesamt", '{"Arbeitsort": "08111000"}', 7120, "vorhanden"),
        ("Insgesamt", '{"Arbeitsort": "08116033"}', None, "geheim"),
    ]


def test_the_title_says_what_is_counted_where_the_headings_are_times(tmp_path):
    rows = [
        ["Statistik der Bundesagentur für Arbeit"],
        ["Arbeitslosenquoten"],
        ["Gemeinde", date(2023, 1, 1), date(2023, 2, 1)],
        ["08116004 Altbach", 3.1, 3.2],
    ]
    path = mappe(tmp_path / "quoten.xlsx", {"Daten": rows})
    assert formats.erkenne(path) is ba
    told = kurz(zellen(path, {"zeitbezug": "monat"}), "inhalt", "zeit", "zeitbezug", "wert")
    assert told == [
        ("Arbeitslosenquoten", "2023-01", "monat", 3.1),
        ("Arbeitslosenquoten", "2023-02", "monat", 3.2),
    ]


def test_a_sheet_that_shows_nothing_names_the_way_to_describe_it(tmp_path):
    path = write(tmp_path / "m.csv", "Ort;Wert\nirgendwo;12\n")
    assert "format: matrix" in refusal(path)
