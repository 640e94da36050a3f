"""The CSV for programs and the CSV for Excel: the same values, and nothing that Excel would run."""

import csv
import io

import pytest

from indicators.export import csv_zeilen
from indicators.service import Service
from tests.haus import Haus

HEADER = (
    "indikator,titel,leitziel,gebiet,gebiet_name,ebene,zeit,zeitbezug,geschlecht,alter,"
    "nationalitaet,gruppe,zaehler,nenner,wert,einheit,unten,oben,status,guete,basis,trend,p,"
    "kleinste_veraenderung,vergleich_kreis,vergleich_land,quelle,lizenz,stand,veroeffentlichung"
)
ANTEIL = """
art: anteil
zaehler: {messgroesse: faelle}
nenner: {messgroesse: einwohner}
nenner_zeit: stichtag
gliederung: [gruppe]
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory) -> Service:
    """Give a Datenstand with values, a secret one, a group that looks like a formula, two years."""
    haus = Haus(tmp_path_factory.mktemp("export"))
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | gruppe    | wert   | symbol
        faelle      | 08116019 | 2015-12-31 | stichtag  |           | 5      |
        faelle      | 08116019 | 2016-12-31 | stichtag  |           |        | .
        faelle      | 08116035 | 2015-12-31 | stichtag  | =1+1      | 1      |
        faelle      | 08116035 | 2015-12-31 | stichtag  | @SUMME(A) | 1      |
        faelle      | 08116035 | 2015-12-31 | stichtag  | -2+3      | 1      |
        faelle      | 08116035 | 2015-12-31 | stichtag  | a"b,c     | 1      |
        einwohner   | 08116019 | 2015-12-31 | stichtag  |           | 91000,5 |
        einwohner   | 08116019 | 2016-12-31 | stichtag  |           | 92000  |
        einwohner   | 08116035 | 2015-12-31 | stichtag  |           | 3      |
        """,
        herausgeber="Amt; Abteilung, 2",
    )
    haus.indikator("anteil", ANTEIL)
    haus.indikator("anzahl", "art: anzahl\nzaehler: {messgroesse: einwohner}\n")
    return haus.refresh()


def rows(service: Service, dialekt: str = "csv", **choice: object) -> list[dict[str, str]]:
    """Write and read back with Python's own reader."""
    data = b"".join(csv_zeilen(service, dialekt=dialekt, **choice)).decode("utf-8-sig")
    return list(
        csv.DictReader(io.StringIO(data, newline=""), delimiter={"csv": ","}.get(dialekt, ";"))
    )


def test_the_file_for_programs_begins_with_exactly_the_agreed_header(service):
    assert next(csv_zeilen(service)) == f"{HEADER}\r\n".encode()


def test_the_file_for_excel_has_a_bom_semicolons_and_the_same_columns(service):
    expected = b"\xef\xbb\xbf" + HEADER.replace(",", ";").encode() + b"\r\n"
    assert next(csv_zeilen(service, dialekt="csv-excel")) == expected


def test_a_value_read_back_is_the_value_in_the_warehouse(service):
    row = rows(service, indikatoren=["anteil"], gebiete=["08116019"])[0]
    value = service.reihe("anteil", ["08116019"])[0]
    assert (float(row["zaehler"]), float(row["nenner"]), float(row["wert"])) == (
        value.zaehler,
        value.nenner,
        value.wert,
    )


def test_every_value_is_in_the_file_once(service):
    keys = [
        tuple(row[c] for c in ("indikator", "gebiet", "zeit", "geschlecht", "alter", "gruppe"))
        for row in rows(service)
    ]
    ((count,),) = service.export("SELECT count(*) FROM indikatorwert", []).fetchall()
    assert len(keys) == len(set(keys)) == count


def test_both_dialects_say_the_same(service):
    numbers = ("zaehler", "nenner", "wert", "unten", "oben", "p", "kleinste_veraenderung")
    german = rows(service, "csv-excel")
    assert any("," in row["wert"] for row in german)
    assert [
        row | {column: row[column].replace(",", ".") for column in numbers} for row in german
    ] == rows(service)


def test_a_missing_value_is_empty_and_its_status_is_filled(service):
    row = rows(service, indikatoren=["anteil"], gebiete=["08116019"], von=2016)[0]
    assert (row["wert"], row["status"]) == ("", "geheim")
    assert all(row["status"] for row in rows(service))


def test_a_text_that_a_spreadsheet_would_run_is_defused(service):
    groups = {row["gruppe"] for row in rows(service, "csv-excel", gebiete=["08116035"])}
    assert {"'=1+1", "'@SUMME(A)", "'-2+3"} <= groups
    assert not [group for group in groups if group[:1] in ("=", "+", "-", "@")]


def test_quotes_and_separators_inside_a_text_survive(service):
    found = rows(service, gebiete=["08116035"])
    assert 'a"b,c' in {row["gruppe"] for row in found}
    assert {row["quelle"] for row in found} == {"Amt; Abteilung, 2, Tabelle 1"}


def test_a_choice_of_indicator_area_and_years_is_kept(service):
    found = rows(service, indikatoren=["anzahl"], gebiete=["08116019"], von=2016, bis=2016)
    assert [(row["indikator"], row["gebiet"], row["zeit"]) for row in found] == [
        ("anzahl", "08116019", "2016-12-31")
    ]


def test_without_groups_only_totals_are_written(service):
    assert {row["gruppe"] for row in rows(service, gruppen=False)} == {""}


def test_every_row_names_licence_stand_and_draft(service):
    stand = service.datenstand().id
    for row in rows(service):
        assert (row["lizenz"], row["stand"]) == ("dl-de/by-2-0", "2024-06-30")
        assert row["veroeffentlichung"] == f"{stand} (Entwurf)"


def test_a_choice_without_values_gives_the_header_alone(service):
    assert rows(service, gebiete=[]) == []
