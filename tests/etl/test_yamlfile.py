"""YAML as typed objects: nothing guessed, every complaint with file, line, field and remedy."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field

from etl.errors import DefinitionError
from etl.yamlfile import Strict, load_yaml, place


class Teil(Strict):
    messgroesse: str
    alter: tuple[int, int | None] | None = None


class Ding(Strict):
    titel: Annotated[str, Field(max_length=20)]
    schluessel: str = ""
    wahr: bool = False
    zahl: int = 0
    tag: date | None = None
    art: Literal["anteil", "rate"] = "rate"
    zaehler: Teil | None = None
    teile: tuple[Teil, ...] = ()


def load(folder: Path, text: str | bytes) -> Ding:
    file = folder / "ding.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_yaml(file, Ding)


def refusal(folder: Path, text: str | bytes) -> list[str]:
    """Return line, problem and remedy of the only defect."""
    with pytest.raises(DefinitionError) as caught:
        load(folder, text)
    (defect,) = caught.value.maengel
    return [defect.ort.removeprefix(f"{folder}/ding.yaml"), defect.problem, defect.abhilfe]


def test_scalars_stay_what_is_written(tmp_path):
    ding = load(tmp_path, "titel: no\nschluessel: 08116\nzahl: 12\nwahr: no\ntag: 2015-12-31\n")
    assert ding == Ding(titel="no", schluessel="08116", zahl=12, wahr=False, tag=date(2015, 12, 31))


def test_a_time_of_day_is_no_number(tmp_path):
    assert load(tmp_path, "titel: 12:30\n").titel == "12:30"


def test_null_and_nothing_mean_nothing_but_quotes_mean_text(tmp_path):
    assert load(tmp_path, "titel: a\ntag: null\nzaehler:\n").tag is None
    assert load(tmp_path, 'titel: "null"\n').titel == "null"


def test_a_loaded_object_cannot_be_changed(tmp_path):
    ding = load(tmp_path, "titel: a\n")
    with pytest.raises(ValueError, match="frozen"):
        ding.titel = "b"


def test_a_key_written_twice_is_refused(tmp_path):
    assert refusal(tmp_path, "titel: a\nzahl: 1\nzahl: 2\n") == [
        ":3",
        "Das Feld »zahl« steht zweimal da.",
        "Eines der beiden löschen.",
    ]


def test_an_unknown_field_gets_the_nearest_known_one(tmp_path):
    assert refusal(tmp_path, "titel: a\nzal: 1\n") == [
        ":2",
        "Das Feld »zal« gibt es hier nicht.",
        "Meinten Sie »zahl«?",
    ]


def test_an_unknown_field_of_a_part_gets_a_field_of_that_part(tmp_path):
    text = "titel: a\nzaehler:\n  messgroesse: x\n  alte: [1, 2]\n"
    assert refusal(tmp_path, text)[::2] == [":4", "Meinten Sie »alter«?"]


def test_an_unknown_field_in_a_list_gets_a_field_of_its_entries(tmp_path):
    text = "titel: a\nteile:\n  - {messgroesse: x}\n  - {messgroesse: y, gruppe: z}\n"
    line, problem, remedy = refusal(tmp_path, text)
    assert (line, problem) == (":4", "Das Feld »gruppe« gibt es hier nicht.")
    assert remedy == "Erlaubt sind: messgroesse, alter."


def test_a_missing_field_is_named(tmp_path):
    assert refusal(tmp_path, "zahl: 1\n")[1:] == [
        "Das Pflichtfeld »titel« fehlt.",
        "Das Feld ergänzen.",
    ]


def test_a_missing_field_of_a_part_points_to_that_part(tmp_path):
    line, problem, _ = refusal(tmp_path, "titel: a\nzaehler:\n  alter: [1, 2]\n")
    assert (line, problem) == (":3", "Das Pflichtfeld »messgroesse« fehlt.")


@pytest.mark.parametrize(
    ("line", "problem", "remedy"),
    [
        ("zahl: viele", "»viele« ist für »zahl« keine ganze Zahl.", "Eine ganze Zahl wie 100"),
        ("wahr: jein", "»jein« ist für »wahr« weder true noch false.", "true oder false"),
        ("tag: 31.12.2015", "»31.12.2015« ist für »tag« kein Datum.", "JJJJ-MM-TT"),
        ("art: anteile", "»anteile« ist für »art« kein erlaubter Wert.", "Meinten Sie »anteil«?"),
        ("art: xyz", "»xyz« ist für »art« kein erlaubter Wert.", "Erlaubt sind: anteil, rate."),
    ],
)
def test_a_wrong_value_is_named_with_its_remedy(tmp_path, line, problem, remedy):
    place_, said, advice = refusal(tmp_path, f"titel: a\n{line}\n")
    assert (place_, said) == (":2", problem)
    assert remedy in advice


def test_a_text_that_is_too_long_names_the_limit(tmp_path):
    assert refusal(tmp_path, f"titel: {'a' * 21}\n") == [
        ":1",
        "Der Text in »titel« ist zu lang.",
        "Auf höchstens 20 Zeichen kürzen.",
    ]


def test_a_wrong_entry_of_a_list_is_told_once_and_without_its_list(tmp_path):
    assert refusal(tmp_path, "titel: a\nteile: [x]\n") == [
        ":2",
        "»x« passt nicht zu »teile«.",
        "Den Eintrag nach der Vorlage im README berichtigen.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "titel: [",
        "titel: a\n\tzahl: 1\n",
        "titel: 'a",
        b"titel: K\xf6ngen\n",
        "[a]: b\n",
        "a",
        "- a",
    ],
)
def test_what_is_no_yaml_object_is_refused(tmp_path, text):
    with pytest.raises(DefinitionError):
        load(tmp_path, text)


def test_an_empty_file_is_refused(tmp_path):
    assert refusal(tmp_path, "# nur ein Kommentar\n")[1] == "Die Datei ist leer."


def test_all_defects_of_a_file_are_told_at_once(tmp_path):
    with pytest.raises(DefinitionError) as caught:
        load(tmp_path, "zahl: a\nwahr: b\n")
    assert len(caught.value.maengel) == 3


def test_place_points_to_the_line_of_a_field(tmp_path):
    file = tmp_path / "ding.yaml"
    file.write_text("titel: a\nteile:\n  - messgroesse: x\n  - messgroesse: y\n")
    assert place(file, "teile", 1, "messgroesse") == f"{file}:4"
