"""Records of single persons are refused; counts, areas and reporting days are let through."""

from datetime import date, timedelta

import pytest

from etl.errors import DeliveryError
from etl.personenbezug import grund, refuse_personen
from tests.shared import SHARED, needs_shared

DAYS = [
    (date(1950, 3, 7) + timedelta(days=211 * n + 13 * n * n)).strftime("%d.%m.%Y")
    for n in range(12)
]
NAMES = [f"{a}, {b}" for a, b in zip(
    ["Maier", "Özdemir", "Schmid", "Novak", "Bauer", "Rossi", "Kaya", "Huber", "Weiß", "Popescu"],
    ["Anna", "Emre", "Karl", "Jana", "Lena", "Marco", "Selin", "Otto", "Ines", "Radu"],
    strict=True)]  # fmt: skip
CASES = [f"84101BG{1234567 + 31 * n}" for n in range(12)]
PERSONAL = {
    "a heading with a name": [["Nr", "Nachname", "Ort"], ["1", "x", "y"]],
    "a heading with a birth date": [["Ort", "Geburtsdatum"], ["x", "y"]],
    "a heading below a title": [["Liste"], [], ["Aktenzeichen", "Betrag"], ["x", "1"]],
    "birth dates without heading": [["a", day] for day in DAYS],
    "names without heading": [[name, "1"] for name in NAMES],
    "case numbers without heading": [[case, "1"] for case in CASES],
    "one row per person": [
        ["lfd. Nr.", "Geschlecht", "Alter", "Wohnort"],
        *([str(n), "w", str(20 + n), "Köngen"] for n in range(12)),
    ],
}
HARMLESS = {
    "reporting days": [[f"31.12.{1990 + n}", str(n * 7)] for n in range(12)],
    "days of a week": [[str(date(2020, 3, 3) + timedelta(days=n)), "5"] for n in range(12)],
    "areas with their kind": [
        [f"{name}, Stadt", "4"] for name in ("Aichtal", "Neuffen", "Owen", "Plochingen", "Wendlingen",
                                             "Wernau", "Weilheim", "Nürtingen", "Kirchheim")
    ],
    "codes of tables": [[f"12411-0{n}-01-4", "x"] for n in range(9)],
    "keys of areas": [[f"081160{n}", "3"] for n in range(10, 40)],
    "a table by sex and age": [
        ["Gemeinde", "Geschlecht", "Alter", "Anzahl"],
        *([f"0811{n}", "w", "20", str(n)] for n in range(1000, 1012)),
    ],
    "headings of counts": [["", "Geschlecht", "Nationalität"], *([f"a{n}", "4711", "512"] for n in range(12))],
}  # fmt: skip


@pytest.mark.parametrize("rows", PERSONAL.values(), ids=PERSONAL)
def test_what_looks_like_persons_has_a_reason(rows):
    assert grund(rows)


@pytest.mark.parametrize("rows", HARMLESS.values(), ids=HARMLESS)
def test_counts_are_let_through(rows):
    assert grund(rows) is None


def test_the_refusal_names_no_person(haus):
    text = "\n".join(f"{name};{day}" for name, day in zip(NAMES, DAYS, strict=False))
    haus.datei("liste", text)
    said = haus.refusal()
    assert said.startswith(
        "amt/liste.csv\n  Die Datei sieht nach Angaben zu einzelnen Menschen aus"
    )
    assert "Die Datei hier löschen" in said
    assert not any(name.partition(",")[0] in said for name in NAMES)


@needs_shared
def test_no_official_file_is_taken_for_persons():
    files = [p for p in (SHARED / "deliveries" / "samples").rglob("*") if p.is_file()]
    assert len(files) > 50
    for file in files:
        try:
            refuse_personen(file, file.name)
        except DeliveryError as error:
            raise AssertionError(file) from error


INTERN = {"rechtsgrundlage": "§ 75 SGB X", "zweck": "Sozialplanung", "loeschfrist": "2999-12-31"}
PROTECTED = {"geheimhaltung": {}}
ROW = "messgroesse;gebiet;zeit;zeitbezug;geschlecht;alter_von;alter_bis;nationalitaet;gruppe;basis;wert;symbol;guete;bemerkung\nfaelle;08116;2015;jahr;;;;;;;5;;;\n"


@pytest.fixture
def intern(haus):
    """Give a house with one public and one internal delivery."""
    haus.lieferung("eine", "messgroesse|gebiet|zeit|zeitbezug|wert\nfaelle|08|2015|jahr|1")
    haus.datei("geheim", ROW, folder="vertraulich/amt", **PROTECTED, **INTERN)
    return haus


def test_an_internal_delivery_lies_outside_and_is_marked(intern):
    intern.read(intern=intern.folder / "vertraulich")
    rows = intern.intern("SELECT datei, intern FROM lieferung ORDER BY quelle")
    assert rows == [("amt/eine.csv", False), ("intern:amt/geheim.csv", True)]


@pytest.mark.parametrize("field", INTERN)
def test_an_internal_delivery_says_on_what_ground_for_what_and_until_when(intern, field):
    fields = {key: value for key, value in INTERN.items() if key != field}
    intern.datei("geheim", ROW, folder="vertraulich/amt", **PROTECTED, **fields)
    text = intern.refusal(intern=intern.folder / "vertraulich")
    assert f"Zu einer internen Lieferung fehlt: {field}" in text


def test_an_internal_delivery_beyond_its_time_is_refused(intern):
    intern.datei(
        "geheim",
        ROW,
        folder="vertraulich/amt",
        **PROTECTED,
        **{**INTERN, "loeschfrist": "2020-01-31"},
    )
    text = intern.refusal(intern=intern.folder / "vertraulich")
    assert "Die Löschfrist ist am 31.01.2020 abgelaufen" in text


def test_internal_deliveries_in_a_repository_are_refused(intern):
    (intern.folder / ".git").mkdir()
    assert "in einem Repository" in intern.refusal(intern=intern.folder / "vertraulich")


def test_a_folder_that_is_not_there_is_refused(intern):
    assert "gibt es nicht" in intern.refusal(intern=intern.folder / "woanders")


def test_an_internal_delivery_is_never_exempt_from_disclosure_control(intern):
    exempt = {"ausnahme": "Eine Begründung, die hier nicht gilt."}
    intern.datei("geheim", ROW, folder="vertraulich/amt", **INTERN, geheimhaltung=exempt)
    text = intern.refusal(intern=intern.folder / "vertraulich")
    assert "nicht ausgenommen" in text
