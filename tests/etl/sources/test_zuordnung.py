"""From cells to Messwerte: what a source takes, and what it refuses to guess."""

import pytest

from tests.tables import assert_table

KOPF = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    "1_variable_attribute_code;1_variable_attribute_label;2_variable_code;2_variable_label;"
    "2_variable_attribute_code;2_variable_attribute_label;value;value_unit;value_variable_code;"
    "value_variable_label"
)
SEXES = {"Insgesamt": "", "männlich": "GESM", "weiblich": "GESW"}


def flach(*rows, unit="Anzahl", merkmal=("GES", "Geschlecht"), codes=SEXES) -> str:
    """Write a flat file; each row is area, day, label of the characteristic, printed value."""
    lines = [
        f"99999;Probe;STAG;Stichtag;{day};KREISE;Kreise;{gebiet};Irgendwo;{merkmal[0]};{merkmal[1]};"
        f"{codes[label]};{label};{value};{unit};FALL;Fälle"
        for gebiet, day, label, value in rows
    ]
    return "\n".join([KOPF, *lines]) + "\n"


ROWS = (
    ("08116", "2015-12-31", "Insgesamt", "30"),
    ("08116", "2015-12-31", "männlich", "10"),
    ("08116", "2015-12-31", "weiblich", "20"),
    ("08117", "2015-12-31", "Insgesamt", "7"),
    ("01001", "2015-12-31", "Insgesamt", "9"),
)


def liefere(haus, source, text=None, **quelle):
    haus.datei("tabelle", text or flach(*ROWS), zuordnung="probe", **quelle)
    haus.zuordnung("probe", source)


def test_the_sex_comes_from_its_merkmal(haus):
    liefere(haus, "werte: [{messgroesse: faelle, inhalt: FALL, geschlecht: Geschlecht}]")
    expected = """
        gebiet | zeit       | zeitbezug | geschlecht | wert | roh | zeile | spalte
        08116  | 2015-12-31 | stichtag  |            | 30   | 30  | 2     | 14
        08116  | 2015-12-31 | stichtag  | m          | 10   | 10  | 3     | 14
        08116  | 2015-12-31 | stichtag  | w          | 20   | 20  | 4     | 14
        08117  | 2015-12-31 | stichtag  |            | 7    | 7   | 5     | 14
    """
    assert_table(haus.read(), expected)


def test_areas_and_times_are_chosen_by_pattern(haus):
    rows = (*ROWS, ("08116", "2014-12-31", "Insgesamt", "5"))
    liefere(
        haus,
        "gebiete: ['08116*']\nzeiten: ['2014*']\nwerte: [{messgroesse: faelle}]",
        flach(*rows),
    )
    assert_table(haus.read(), "gebiet | zeit       | wert\n08116 | 2014-12-31 | 5")


def test_a_merkmal_without_mention_must_be_a_total(haus):
    liefere(haus, "werte: [{messgroesse: faelle}]")
    text = haus.refusal()
    assert "Das Merkmal »Geschlecht« (»männlich«) ist nicht zugeordnet" in text
    assert "etl/sources/probe.yaml" in text


def test_a_rule_may_take_one_part_only(haus):
    liefere(haus, "werte: [{messgroesse: faelle, merkmale: {Geschlecht: weiblich}, geschlecht: w}]")
    assert_table(haus.read(), "geschlecht | wert\nw | 20")


def test_a_total_may_be_asked_for_by_name(haus):
    liefere(haus, "gebiete: ['08116']\nwerte: [{messgroesse: faelle, merkmale: {Ges*: Insgesamt}}]")
    assert_table(haus.read(), "geschlecht | wert\n | 30")


def test_groups_are_renamed_and_may_be_left_out(haus):
    codes = {"Insgesamt": "", "Hilfe A": "A", "Hilfe B": "B", "Sonstiges": "C"}
    rows = [("08116", "2015-12-31", label, str(n)) for n, label in enumerate(codes, start=1)]
    liefere(
        haus,
        "werte: [{messgroesse: faelle, gruppe: {Hilfeart: {Hilfe A: a, Hilfe B: b, Sonstiges: null}}}]",
        flach(*rows, merkmal=("HIL", "Hilfeart"), codes=codes),
    )
    assert_table(haus.read(), "gruppe | wert\n | 1\na | 2\nb | 3")


def test_a_new_group_stops_the_file(haus):
    codes = {"Hilfe A": "A", "Hilfe Neu": "N"}
    rows = [("08116", "2015-12-31", label, "1") for label in codes]
    liefere(
        haus,
        "werte: [{messgroesse: faelle, gruppe: {Hilfeart: {Hilfe A: a}}}]",
        flach(*rows, merkmal=("HIL", "Hilfeart"), codes=codes),
    )
    assert "Die Ausprägung »Hilfe Neu« von »Hilfeart« ist nicht zugeordnet" in haus.refusal()


def test_ages_come_from_their_merkmal(haus):
    codes = {"unter 3 Jahre": "ALT000B03", "75 Jahre und mehr": "ALT075UM"}
    rows = [("08116", "2015-12-31", label, "4") for label in codes]
    text = flach(*rows, merkmal=("ALTX", "Altersgruppe"), codes=codes)
    liefere(haus, "werte: [{messgroesse: faelle, alter: Alters*}]", text)
    assert_table(haus.read(), "alter_von | alter_bis\n0 | 2\n75 | 999")


def test_the_unit_of_the_file_becomes_that_of_the_messgroesse(haus):
    rows = [("08116", "2015-12-31", "Insgesamt", "4,03")]
    text = flach(*rows, unit="Mill. EUR")
    liefere(haus, "werte: [{messgroesse: betrag}]", text)
    assert_table(haus.read(), "wert | roh\n4030 | 4,03")


def test_the_basis_changes_with_the_census(haus):
    days = ("2010-12-31", "2011-12-31", "2022-12-31")
    rows = [("08116", day, "Insgesamt", "1") for day in days]
    liefere(
        haus,
        "werte: [{messgroesse: einwohner, basis: {'1987': vz1987, '2011': zensus2011, '2022': zensus2022}}]",
        flach(*rows),
    )
    assert_table(haus.read(), "basis\nvz1987\nzensus2011\nzensus2022")


def test_a_year_may_be_a_stichtag(haus):
    text = flach(("08116", "2015", "Insgesamt", "1")).replace("STAG;Stichtag", "JAHR;Jahr")
    liefere(haus, "zeitbezug: stichtag\nwerte: [{messgroesse: faelle}]", text)
    assert_table(haus.read(), "zeit | zeitbezug\n2015-12-31 | stichtag")


def test_a_sign_keeps_its_meaning(haus):
    rows = [("08116", "2015-12-31", "Insgesamt", "."), ("08117", "2015-12-31", "Insgesamt", "-")]
    liefere(haus, "werte: [{messgroesse: faelle}]", flach(*rows))
    expected = "gebiet | wert | status | roh\n08116 | | geheim | .\n08117 | | nichts_vorhanden | -"
    assert_table(haus.read(), expected)


def test_a_rule_that_meets_nothing_stops_the_file(haus):
    liefere(haus, "werte: [{messgroesse: faelle, inhalt: FALLE}]")
    text = haus.refusal()
    assert "amt/tabelle.csv\n  Regel 1 (faelle) trifft keine Zelle: »FALLE« steht nicht da" in text
    assert "Meinten Sie »FALL«?" in text


def test_a_rule_may_be_allowed_to_meet_nothing(haus):
    rules = "{messgroesse: faelle, merkmale: {Geschlecht: '*'}, geschlecht: Geschlecht}"
    liefere(haus, f"werte: [{rules}, {{messgroesse: quote, inhalt: NEU, darf_fehlen: true}}]")
    assert len(haus.read()) == 4


def test_two_rules_for_one_messwert_are_refused(haus):
    rule = "{messgroesse: faelle, geschlecht: Geschlecht}"
    liefere(haus, f"werte: [{rule}, {rule}]")
    assert "faelle für 08116, 2015-12-31 steht schon an anderer Stelle" in haus.refusal()


def test_an_unknown_source_is_refused_with_the_nearest_name(haus):
    haus.datei("tabelle", flach(*ROWS), zuordnung="prohbe")
    haus.zuordnung("probe", "werte: [{messgroesse: faelle}]")
    text = haus.refusal()
    assert text.splitlines()[0].endswith("amt/tabelle.quelle.yaml:14")
    assert "Meinten Sie »probe«?" in text


def test_an_unknown_messgroesse_names_its_line(haus):
    liefere(haus, "werte:\n  - messgroesse: fälle")
    text = haus.refusal()
    assert "sources/probe.yaml:2" in text
    assert "Meinten Sie »faelle«?" in text


@pytest.mark.parametrize("field", ["inhalte: FALL", "geschlecht: [m]", "basis: zensus2012"])
def test_a_wrong_source_names_file_line_and_field(haus, field):
    liefere(haus, f"werte:\n  - messgroesse: faelle\n    {field}")
    assert "sources/probe.yaml:3" in haus.refusal()


def test_the_description_itself_may_say_what_the_cells_are(haus):
    file = haus.datei("tabelle", flach(*ROWS))
    description = file.with_name("tabelle.quelle.yaml")
    rules = "\neigene_zuordnung:\n  gebiete: ['08117']\n  werte: [{messgroesse: faelle}]\n"
    description.write_text(description.read_text(encoding="utf-8") + rules, encoding="utf-8")
    assert_table(haus.read(), "gebiet | wert\n08117 | 7")
