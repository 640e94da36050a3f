"""Known errors of a source are put right as data, until the source repairs itself."""

import pytest

from tests.etl.sources.test_zuordnung import flach
from tests.tables import assert_table

SOURCE = """
werte: [{messgroesse: faelle}]
korrekturen:
  - stelle: {gebiet: "08116", zeit: "2015*"}
    mal: 1000
    erwartet: {kleiner_als: 100}
    grund: Spalte in Tausend statt in Personen
    gemeldet: 2026-03-04 an das Amt
"""


def liefere(haus, value, source=SOURCE, **quelle):
    rows = (("08116", "2015-12-31", "Insgesamt", value), ("08117", "2015-12-31", "Insgesamt", "5"))
    haus.datei("tabelle", flach(*rows), zuordnung="probe", **quelle)
    haus.zuordnung("probe", source)


def test_a_correction_changes_the_value_and_keeps_what_was_printed(haus):
    liefere(haus, "30,5")
    expected = """
        gebiet | wert  | roh  | guete
        08116  | 30500 | 30,5 | revidiert
        08117  | 5     | 5    | endgueltig
    """
    rows = haus.read()
    assert_table(rows, expected)
    assert rows[0]["bemerkung"] == (
        "berichtigt: Spalte in Tausend statt in Personen (gemeldet: 2026-03-04 an das Amt)"
    )


def test_a_correction_stops_when_the_source_has_repaired_itself(haus):
    liefere(haus, "30500")
    text = haus.refusal()
    assert text.startswith("amt/tabelle.csv:2, Spalte 14\n")
    assert "Hier steht 30500: Die Quelle hat sich wohl selbst berichtigt" in text
    assert "etl/sources/probe.yaml" in text


def test_a_correction_may_be_limited_to_old_deliveries(haus):
    source = SOURCE + "    bis_stand: 2024-01-01\n"
    liefere(haus, "30500", source, stand="2024-06-30")
    assert haus.read()[0]["wert"] == 30500


def test_a_correction_that_meets_nothing_stops(haus):
    liefere(haus, "30", SOURCE.replace("08116", "08119"))
    assert "trifft keinen Wert" in haus.refusal()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("{kleiner_als: 100}", "{}", "»erwartet« nennt keinen Wert"),
        ("mal: 1000", "mal: 1000\n    wert: 5", "entweder »mal« oder »wert«"),
    ],
)
def test_a_correction_without_guard_or_with_two_deeds_is_refused(haus, old, new, problem):
    liefere(haus, "30", SOURCE.replace(old, new))
    assert problem in haus.refusal()
