"""The catalogue and the Agenda: the shipped files, and what a wrong file is told."""

import pytest

from etl.errors import DefinitionError
from etl.mandant import mandant
from etl.messgroessen import load_messgroessen
from indicators.catalog import Katalog, load_katalog
from indicators.wording import calculation, protection
from tests.haus import AGENDA, ANTEIL, THEMEN

REQUIRED = {
    "bevoelkerung",
    "arbeitslose",
    "kinderarmut_sgb2_u15",
    "personen_in_bg_je_1000",
    "hausaerzte_je_10000",
    "wahlbeteiligung_landtag",
    "pflegebeduerftige_je_100",
    "durchschnittsalter",
}
ONLY_PROXIES = {"1.2", "1.3", "2.2", "2.4", "3.3", "4.2", "4.3", "5.1", "5.4"}


@pytest.fixture(scope="module")
def shipped() -> Katalog:
    return load_katalog(load_messgroessen())


# --- What is shipped


def test_the_agenda_has_5_fields_20_goals_and_8_topics(shipped):
    assert len(shipped.handlungsfelder) == 5
    assert len(shipped.leitziele) == 20
    assert len(shipped.querschnittsthemen) == 8


def test_the_goals_are_numbered_within_their_field(shipped):
    numbers = [
        (goal.nr, f"{field.nr}.{place}")
        for field in shipped.handlungsfelder
        for place, goal in enumerate(field.leitziele, start=1)
    ]
    assert all(printed == counted for printed, counted in numbers)


def test_every_field_has_its_own_steering_body(shipped):
    assert len({field.gremium for field in shipped.handlungsfelder}) == 5


def test_no_goal_has_lost_its_last_indicator(shipped):
    assert shipped.ohne_indikator() == []


def test_three_to_eight_indicators_stand_for_every_goal(shipped):
    assert len(shipped.indikatoren) >= 100
    assert set(shipped.indikatoren) >= REQUIRED
    few = {goal: z.kern for goal, z in shipped.leitziele.items() if not 3 <= len(z.kern) <= 8}
    assert few == {}
    assert all(len(set(z.kern)) == len(z.kern) for z in shipped.leitziele.values())


def test_every_indicator_says_all_that_is_to_be_known_of_it(shipped):
    """A question, a unit, pitfalls, an author of the direction and words that lead to it."""
    silent = [
        id_
        for id_, i in shipped.indikatoren.items()
        if not (i.frage.endswith("?") and i.einheit and i.hinweise and i.synonyme)
        or not protection(i, shipped.messgroessen)
    ]
    assert silent == []


def test_who_holds_figures_that_are_asked_for_is_named(shipped):
    asked = {id_: i.angefordert for id_, i in shipped.indikatoren.items() if i.angefordert}
    assert len(asked) > 20
    assert [id_ for id_, a in asked.items() if len(a.bei) < 10 or len(a.rhythmus) < 8] == []


def test_what_measures_and_facilities_point_at_exists(shipped):
    aims = [w.indikator for m in shipped.planung.massnahmen for w in m.wirkungen]
    served = [other for i in shipped.indikatoren.values() for other in i.angebot_fuer]
    assert aims
    assert served
    assert set(aims) | set(served) <= set(shipped.indikatoren)


def test_every_file_of_the_catalogue_is_an_indicator(shipped):
    files = {path.stem for path in mandant().katalog.glob("*/*.yaml")}
    assert files == set(shipped.indikatoren)


def test_where_a_goal_has_only_proxies_each_indicator_says_so(shipped):
    goals = {id_: goal.nr for id_, goal in shipped.leitziele.items() if goal.nr in ONLY_PROXIES}
    assert len(goals) == 9
    wrong = [
        id_
        for id_, indikator in shipped.indikatoren.items()
        if indikator.leitziele
        and indikator.leitziele[0] in goals
        and not (indikator.typ == "proxy" and indikator.hinweise[0].startswith("Ersatzmaß: "))
    ]
    assert wrong == []


def test_who_set_a_direction_is_always_named(shipped):
    assert [id_ for id_, i in shipped.indikatoren.items() if len(i.richtung_durch) < 20] == []


def test_no_indicator_is_called_like_another(shipped):
    titles = [indikator.kurztitel for indikator in shipped.indikatoren.values()]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_the_calculation_of_every_indicator_is_a_sentence(shipped):
    for indikator in shipped.indikatoren.values():
        assert calculation(indikator, shipped.messgroessen).endswith(".")


# --- What a wrong file is told


def refusal(haus) -> list[list[str]]:
    """Return place, problem and remedy of every defect, with places below the house."""
    with pytest.raises(DefinitionError) as caught:
        haus.katalog()
    return [
        [defect.ort.removeprefix(f"{haus.folder}/"), defect.problem, defect.abhilfe]
        for defect in caught.value.maengel
    ]


def test_a_good_indicator_is_loaded(haus):
    haus.indikator("anteil")
    assert haus.katalog().indikatoren["anteil"].skala == 100


def changed(haus, old: str, new: str, formel: str = ANTEIL) -> list[list[str]]:
    """Return what is said of an indicator in which `old` was replaced by `new`."""
    file = haus.indikator("anteil", formel)
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    return refusal(haus)


@pytest.mark.parametrize(
    ("old", "new", "line", "problem", "remedy"),
    [
        ("feld/ziel", "feld/zeil", 5, "Das Leitziel »feld/zeil« gibt es nicht.", "»feld/ziel«?"),
        ("[thema]", "[tema]", 6, "Das Querschnittsthema »tema« gibt es nicht.", "»thema«?"),
        ("{messgroesse: faelle}", "{messgroesse: fälle}", 15,
         "Die Messgröße »fälle« ist nicht erklärt.", "»faelle«?"),
        ("messgroesse: faelle", "mesgroesse: faelle, messgroesse: faelle", 15,
         "Das Feld »mesgroesse« gibt es hier nicht.", "»messgroesse«?"),
        ("kurztitel: ", "kurztittel: x\nkurztitel: ", 3,
         "Das Feld »kurztittel« gibt es hier nicht.", "»kurztitel«?"),
        ("art: anteil", "art: anteile", 14,
         "»anteile« ist für »art« kein erlaubter Wert.", "»anteil«?"),
    ],
)  # fmt: skip
def test_an_unknown_name_gets_the_nearest_known_one(haus, old, new, line, problem, remedy):
    ((place, said, advice),) = changed(haus, old, new)
    assert place == f"catalog/feld/anteil.yaml:{line}"
    assert said == problem
    assert advice == f"Meinten Sie {remedy}"


@pytest.mark.parametrize(("field", "limit"), [("titel", 80), ("kurztitel", 32), ("frage", 160)])
def test_a_text_that_does_not_fit_its_tile_is_refused(haus, field, limit):
    ((_, problem, remedy),) = changed(haus, f"\n{field}: ", f"\n{field}: {'x' * limit}")
    assert problem == f"Der Text in »{field}« ist zu lang."
    assert remedy == f"Auf höchstens {limit} Zeichen kürzen."


@pytest.mark.parametrize("nobody", ['""', '" "'])
def test_a_direction_without_its_author_is_refused(haus, nobody):
    given = "richtung_durch: Keine Richtung in dieser Probe."
    ((place, problem, _),) = changed(haus, given, f"richtung_durch: {nobody}")
    assert (place, problem) == (
        "catalog/feld/anteil.yaml:11",
        "Der Text in »richtung_durch« ist leer.",
    )


@pytest.mark.parametrize(
    ("hinweise", "problem"),
    [
        ("[]", "»hinweise« hat zu wenige Einträge."),
        ("[a, b, c, d, e, f, g]", "»hinweise« hat zu viele Einträge."),
        (f"[{'x' * 221}]", "Der Text in »hinweise« ist zu lang."),
    ],
)
def test_one_to_six_short_hints_are_required(haus, hinweise, problem):
    ((place, said, _),) = changed(haus, "[Nur eine Probe.]", hinweise)
    assert (place, said) == ("catalog/feld/anteil.yaml:12", problem)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("nenner_zeit: stichtag\n", "", "Die Art »anteil« verlangt das Feld »nenner_zeit«."),
        ("art: anteil", "art: rate", "Die Art »rate« verlangt das Feld »faktor«."),
        ("art: anteil", "art: anzahl", "Das Feld »nenner« passt nicht zur Art »anzahl«."),
        ("art: anteil", "art: uebernommen", "Die Art »uebernommen« verlangt das Feld »wert«."),
        (
            "art: anteil",
            "art: anteil\nfaktor: 100",
            "Das Feld »faktor« passt nicht zur Art »anteil«.",
        ),
    ],
)
def test_each_kind_of_indicator_needs_exactly_its_own_parts(haus, old, new, problem):
    ((_, said, _),) = changed(haus, old, new)
    assert said == problem


def test_an_indicator_in_the_folder_of_another_field_is_refused(haus):
    haus.indikator("anteil").rename(haus.write("catalog/anderes/anteil.yaml", ""))
    ((place, problem, remedy),) = refusal(haus)
    assert place == "catalog/anderes/anteil.yaml:5"
    assert problem == "Die Datei liegt in »anderes«, gehört aber zu »feld«."
    assert remedy == "Nach feld/ verschieben."


def test_an_id_used_in_two_folders_is_refused(haus):
    text = haus.indikator("anteil").read_text()
    haus.write("catalog/querschnitt/anteil.yaml", text.replace("[feld/ziel]", "[]"))
    ((place, problem, _),) = refusal(haus)
    assert place == "catalog/querschnitt/anteil.yaml"
    assert "Den Indikator »anteil« gibt es schon in" in problem


def test_a_goal_without_indicator_and_without_reason_is_refused(haus):
    haus.katalog()
    silent = AGENDA.replace(",\n       luecke: In dieser Probe nicht gemessen.", "")
    haus.write("agenda/handlungsfelder.yaml", silent)
    with pytest.raises(DefinitionError, match="hat weder Indikator noch Begründung"):
        load_katalog({}, haus.folder / "catalog", haus.folder / "agenda")


def test_a_core_indicator_of_another_goal_is_refused(haus):
    haus.indikator("anteil")
    haus.katalog()
    text = AGENDA.replace("messbarkeit: messbar", "kern: [antail], messbarkeit: messbar")
    haus.write("agenda/handlungsfelder.yaml", text)
    haus.write("agenda/querschnittsthemen.yaml", THEMEN)
    with pytest.raises(DefinitionError) as caught:
        load_katalog(
            load_messgroessen(haus.folder / "messgroessen.yaml"),
            haus.folder / "catalog",
            haus.folder / "agenda",
        )
    (defect,) = caught.value.maengel
    assert defect.problem == "Der Kernindikator »antail« gehört nicht zum Leitziel 1.1."
    assert defect.abhilfe == "Meinten Sie »anteil«?"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("angebot_fuer: [anderer]", "Den Indikator »anderer« gibt es nicht."),
        ("vorausberechnung: {messgroesse: morgen}", "Die Messgröße »morgen« ist nicht erklärt."),
        ("angefordert: {bei: Ein Amt, ebenen: [], rhythmus: jährlich}",
         "»ebenen« hat zu wenige Einträge."),
    ],
)  # fmt: skip
def test_what_an_indicator_points_at_must_exist(haus, line, problem):
    file = haus.indikator("anteil")
    file.write_text(f"{file.read_text()}{line}\n")
    ((_, said, _),) = refusal(haus)
    assert said == problem


def test_all_wrong_files_are_told_at_once(haus):
    haus.indikator("eins", "art: anteil\n")
    haus.indikator("zwei", "art: anteil\n")
    places = {place for place, *_ in refusal(haus)}
    assert {place.partition(":")[0] for place in places} == {
        "catalog/feld/eins.yaml",
        "catalog/feld/zwei.yaml",
    }
