"""The Agenda through a workbook and back: nothing is lost, nothing slips in, nothing by halves."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from xlsxwriter import Workbook

from etl.errors import DefinitionError, DeliveryError, SozialmonitorError
from etl.mandant import mandant
from etl.tafel import lies_tafeln
from indicators.mappe import austausch
from indicators.mappe.austausch import Orte, exportiere, pruefe, uebernimm
from indicators.mappe.lesen import lies
from indicators.mappe.schreiben import schreibe
from indicators.planung import LISTEN
from indicators.yamlliste import kommentare
from tests.indicators.mappe.plaene import ENTRIES, plans


@pytest.fixture
def orte(tmp_path) -> Orte:
    """Give a copy of the shipped Agenda beside the shipped catalogue."""
    shutil.copytree(mandant().agenda, tmp_path / "agenda")
    return Orte(tmp_path / "agenda")


@pytest.fixture
def mappe(tmp_path, orte) -> Path:
    path = tmp_path / "agenda.xlsx"
    exportiere(path, orte)
    return path


def sheets(path: Path) -> dict[str, list[list[str]]]:
    """Return the cells of a workbook by sheet."""
    return {tafel.blatt: [list(row) for row in tafel.reihen] for tafel in lies_tafeln(path)}


def save(path: Path, content: dict[str, list[list[str]]]) -> None:
    """Write cells the way a spreadsheet program would save them."""
    book = Workbook(path)
    for name, rows in content.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                if text:
                    sheet.write_string(row, column, text)
    book.close()


def edit(path: Path, sheet: str, row: int, column: str, text: str) -> None:
    """Change one cell; rows count as in Excel."""
    content = sheets(path)
    content[sheet][row - 1][content[sheet][0].index(column)] = text
    save(path, content)


def files(orte: Orte) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in orte.agenda.iterdir()}


def refusal(path: Path, orte: Orte) -> list[str]:
    """Return place, problem and remedy of the only defect; nothing is changed by asking."""
    before = files(orte)
    with pytest.raises(SozialmonitorError) as caught:
        pruefe(path, orte)
    assert files(orte) == before
    (defect,) = caught.value.maengel
    return [defect.ort, defect.problem, defect.abhilfe]


# --- There and back


def test_what_is_exported_comes_back_without_a_difference(mappe, orte):
    plan = pruefe(mappe, orte)
    assert plan.unterschiede == ()
    assert plan.neu == orte.katalog().planung
    assert uebernimm(plan, orte) == []


def test_saved_again_by_another_program_it_still_makes_no_difference(mappe, orte):
    save(mappe, sheets(mappe))
    assert pruefe(mappe, orte).unterschiede == ()


@settings(max_examples=45, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans)
def test_whatever_the_files_may_say_fits_into_the_workbook(tmp_path_factory, plan):
    path = tmp_path_factory.mktemp("mappe") / "agenda.xlsx"
    schreibe(path, plan, {})
    back = austausch._geladen(lies(path))
    assert {name: back[name] for name in LISTEN} == {name: plan.liste(name) for name in LISTEN}


@pytest.mark.parametrize("liste", LISTEN)
def test_the_strategies_know_every_field_that_an_entry_may_have(liste):
    seen: set[str] = set()

    @settings(max_examples=30, database=None, derandomize=True, phases=[Phase.generate])
    @given(ENTRIES[liste])
    def collect(entry):
        seen.update(field for field, value in entry if value not in (None, ()))

    collect()
    assert seen == set(LISTEN[liste].model_fields)


# --- Changes


def test_a_changed_cell_is_shown_first_and_then_changes_only_its_entry(mappe, orte):
    before = files(orte)
    edit(mappe, "Maßnahmen", 2, "zustaendig", "Kreisjugendamt")
    plan = pruefe(mappe, orte)
    (change,) = plan.unterschiede
    assert (change.liste, change.art, change.eintrag) == (
        "massnahmen",
        "geaendert",
        "goes_jugendbueros",
    )
    assert change.felder == (("zustaendig", None, "Kreisjugendamt"),)
    assert files(orte) == before
    assert uebernimm(plan, orte) == [orte.agenda / "massnahmen.yaml"]
    after = files(orte)
    assert {name for name in after if after[name] != before[name]} == {"massnahmen.yaml"}
    text, old = after["massnahmen.yaml"].decode(), before["massnahmen.yaml"].decode()
    assert kommentare(text) == kommentare(old)
    rest = old.index("- id: workmobil")
    assert text.endswith(old[rest:])
    assert orte.katalog().planung.massnahmen[0].zustaendig == "Kreisjugendamt"


def test_a_new_row_a_row_that_goes_and_another_order(mappe, orte):
    content = sheets(mappe)
    rows = content["Unterziele"]
    gone = rows.pop(3)
    rows[1], rows[2] = rows[2], rows[1]
    rows.append(["familie_jugend/familie_staerken", "Neu.", "formuliert", "", "", "Ein Amt"])
    content["Zielwerte"].append(["betreuungsquote_u3", "40,5", "2030", "2020", "Ein Beschluss"])
    content["Wirkungen"].append(["mimamo_plus", "jugendarbeitslosenquote", "beobachten"])
    content["Maßnahmen"][3][content["Maßnahmen"][0].index("wirkungen_durch")] = "Ein Gremium"
    save(mappe, content)
    plan = pruefe(mappe, orte)
    kinds = [(c.liste, c.art) for c in plan.unterschiede]
    assert sorted(kinds) == [
        ("massnahmen", "geaendert"), ("unterziele", "entfaellt"), ("unterziele", "neu"),
        ("unterziele", "reihenfolge"), ("zielwerte", "neu"),
    ]  # fmt: skip
    uebernimm(plan, orte)
    now = orte.katalog().planung
    assert now == plan.neu
    assert now.zielwerte[0].wert == 40.5
    assert gone[1] not in [u.text for u in now.unterziele]
    fresh = mappe.with_name("danach.xlsx")
    exportiere(fresh, orte)
    assert pruefe(fresh, orte).unterschiede == ()


def test_what_somebody_else_wrote_meanwhile_is_never_taken_back(mappe, orte):
    file = orte.agenda / "massnahmen.yaml"
    file.write_text(file.read_text().replace("titel: WorKmobil", "titel: WorKmobil neu"))
    assert pruefe(mappe, orte).unterschiede == ()  # untouched in the workbook: theirs stays
    edit(mappe, "Maßnahmen", 2, "zustaendig", "Kreisjugendamt")
    place, problem, remedy = refusal(mappe, orte)
    assert place == "agenda.xlsx, massnahmen.yaml"
    assert problem == "Diese Liste hat sich seit dem Export auch in der YAML-Datei geändert."
    assert remedy.startswith("Neu exportieren")


def test_all_files_change_or_none(mappe, orte, monkeypatch):
    content = sheets(mappe)
    content["Maßnahmen"][1][content["Maßnahmen"][0].index("zustaendig")] = "Kreisjugendamt"
    content["Zielwerte"].append(["betreuungsquote_u3", "40", "2030", "2020", "Ein Beschluss"])
    save(mappe, content)
    plan, before, real = pruefe(mappe, orte), files(orte), Path.replace

    def full(self, target):
        if Path(target).name == "zielwerte.yaml":
            raise OSError(28, "No space left on device", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DefinitionError, match="Nichts ist geändert"):
        uebernimm(plan, orte)
    assert files(orte) == before


# --- Refusals


@pytest.mark.parametrize(
    ("sheet", "row", "column", "text", "place", "problem", "remedy"),
    [
        ("Maßnahmen", 2, "status", "laufend", "F2", "»laufend« ist für »status« kein erlaubter Wert.", ""),
        ("Maßnahmen", 2, "titel", "", "B2", "Das Pflichtfeld »titel« fehlt.", "Das Feld ergänzen."),
        ("Maßnahmen", 2, "titel", "x" * 81, "B2", "Der Text in »titel« ist zu lang.", "Auf höchstens 80 Zeichen kürzen."),
        ("Maßnahmen", 2, "von", "bald", "I2", "»bald« ist für »von« keine ganze Zahl.", ""),
        ("Maßnahmen", 4, "id", "goes_jugendbueros", "A4", "Die Kennung »goes_jugendbueros« gibt es zweimal.", ""),
        ("Maßnahmen", 2, "status", "idee", "Zeile 2", "»status« und »status_quelle« gehören zusammen.", ""),
        ("Maßnahmen", 2, "leitziele", "familie_jugend/familie_staerkn", "D2",
         "Das Leitziel »familie_jugend/familie_staerkn« gibt es nicht.", "Meinten Sie »familie_jugend/familie_staerken«?"),
        ("Wirkungen", 2, "indikator", "jugendarbeitslosenquot", "B2",
         "Den Indikator »jugendarbeitslosenquot« gibt es nicht.", "Meinten Sie »jugendarbeitslosenquote«?"),
        ("Wirkungen", 2, "gehoert_zu", "niemand", "A2", "»niemand« gibt es im Blatt »Maßnahmen« nicht.", ""),
        ("Sitzungen", 2, "datum", "15.12.2022", "B2", "»15.12.2022« ist für »datum« kein Datum.", ""),
        ("Geld", 2, "betrag", "12", "Zeile 2", "Entweder »betrag« oder »aus_indikator« angeben.", ""),
        ("Fachnotizen", 1, "text", "notiz", "", "Die Spalte »text« fehlt.", "Wieder einfügen oder neu exportieren."),
        ("Unterziele", 1, "quelle", "quelle\n", "", None, None),
    ],
)  # fmt: skip
def test_what_the_yaml_loader_would_refuse_is_refused_with_its_cell(
    mappe, orte, sheet, row, column, text, place, problem, remedy
):
    edit(mappe, sheet, row, column, text)
    if problem is None:
        assert pruefe(mappe, orte).unterschiede == ()
        return
    where, said, advice = refusal(mappe, orte)
    assert where.startswith(f"agenda.xlsx, Blatt »{sheet}«")
    assert where.endswith(place)
    assert said == problem
    assert not remedy or advice == remedy


def test_sheets_and_columns_that_nobody_would_read_are_refused(mappe, orte):
    content = sheets(mappe)
    save(mappe, content | {"Meine Liste": [["a"]]})
    assert (
        refusal(mappe, orte)[1]
        == "Das Blatt »Meine Liste« gibt es hier nicht; niemand würde das lesen."
    )
    save(mappe, {name: rows for name, rows in content.items() if name != "Geld"})
    assert refusal(mappe, orte)[1] == "Das Blatt »Geld« fehlt."
    content["Zielwerte"][0].append("bemerkung")
    save(mappe, content)
    assert refusal(mappe, orte)[1].startswith("Die Spalte »bemerkung« gibt es hier nicht")


def test_all_defects_are_told_at_once(mappe, orte):
    edit(mappe, "Maßnahmen", 2, "status", "laufend")
    edit(mappe, "Geld", 2, "jahr", "x")
    with pytest.raises(DefinitionError) as caught:
        pruefe(mappe, orte)
    assert len(caught.value.maengel) == 2


def test_an_export_never_overwrites_and_an_import_needs_a_workbook(mappe, orte, tmp_path):
    with pytest.raises(DeliveryError, match="gibt es schon"):
        exportiere(mappe, orte)
    with pytest.raises(DeliveryError, match="gibt es nicht"):
        pruefe(tmp_path / "nichts.xlsx", orte)
    (tmp_path / "text.xlsx").write_text("keine Mappe")
    with pytest.raises(SozialmonitorError):
        pruefe(tmp_path / "text.xlsx", orte)
