"""Several Stände of one table: all stay, the newest counts, and what changed is told."""

import pytest

from tests.etl.sources.test_zuordnung import flach

SOURCE = "werte: [{messgroesse: faelle}]"
FINDINGS = "SELECT schwere, quelle, text FROM befund WHERE art = '{}' ORDER BY text"
OLD = [("08116", "2014-12-31", "Insgesamt", "100"), ("08117", "2014-12-31", "Insgesamt", "50")]
NEW = [
    ("08116", "2014-12-31", "Insgesamt", "110"),
    ("08116", "2015-12-31", "Insgesamt", "120"),
]


@pytest.fixture
def staende(haus):
    """Give a house with two Stände of one table."""
    haus.zuordnung("probe", SOURCE)
    haus.datei("stand_1", flach(*OLD), zuordnung="probe", stand="2015-06-30")
    haus.datei("stand_2", flach(*NEW), zuordnung="probe", stand="2016-06-30")
    haus.indikator("anzahl", "art: anzahl\nzaehler: {messgroesse: faelle}\n")
    return haus


def test_the_newest_stand_counts_and_explain_shows_both(staende):
    service = staende.refresh()
    werte = {w.zeit: w.wert for w in service.reihe("anzahl", ["08116"])}
    assert werte == {"2014-12-31": 110, "2015-12-31": 120}
    ((part,),) = [item.bestandteile for item in staende.explain("anzahl", "08116", "2014")]
    shown = [(cell.quelle, cell.roh, cell.stand, cell.genutzt) for cell in part.zellen]
    assert shown == [
        ("stand_2", "110", "2016-06-30", True),
        ("stand_1", "100", "2015-06-30", False),
    ]


def test_a_new_stand_tells_new_periods_revised_values_and_lost_rows(staende):
    staende.read()
    assert staende.intern(FINDINGS.format("revision")) == [
        (
            "pruefen",
            "stand_2",
            "Stand 30.06.2016 gegenüber 30.06.2015: neu: 2015-12-31; 1 Werte berichtigt,"
            " im Mittel 10,00 %, am stärksten faelle 08116 2014-12-31: 100 → 110 (+10,0 %);"
            " 1 Zeilen verschwunden, zum Beispiel faelle 08117 2014-12-31.",
        )
    ]


def test_two_staende_of_one_table_are_no_contradiction(staende):
    staende.read()
    assert staende.intern(FINDINGS.format("widerspruch")) == []


def test_a_small_revision_of_provisional_values_is_a_mere_hint(haus):
    haus.zuordnung("probe", "werte: [{messgroesse: faelle, guete: vorlaeufig}]")
    haus.datei("stand_1", flach(OLD[0]), zuordnung="probe", stand="2015-06-30")
    haus.datei("stand_2", flach(NEW[0]), zuordnung="probe", stand="2016-06-30")
    haus.read()
    ((schwere, *_),) = haus.intern(FINDINGS.format("revision"))
    assert schwere == "hinweis"


def test_a_replaced_file_is_told_until_the_next_one_comes(haus):
    haus.zuordnung("probe", SOURCE)
    haus.datei("tabelle", flach(*OLD), zuordnung="probe")
    haus.read()
    haus.datei("tabelle", flach(*NEW, OLD[1]), zuordnung="probe")
    for _ in range(2):  # found by the first refresh, still told by the second
        haus.read()
        ((schwere, quelle, text),) = haus.intern(FINDINGS.format("ersetzt"))
        assert (schwere, quelle) == ("pruefen", "tabelle")
        assert text.startswith("Die Datei wurde ersetzt: neu: 2015-12-31; 1 Werte berichtigt")


def many(count: int) -> str:
    return flach(*(("08116", f"{1990 + n}-12-31", "Insgesamt", "9") for n in range(count)))


def test_a_file_that_lost_half_of_its_rows_is_refused_until_somebody_signs(haus):
    haus.zuordnung("probe", SOURCE)
    haus.datei("tabelle", many(30), zuordnung="probe")
    haus.read()
    haus.datei("tabelle", many(10), zuordnung="probe")
    text = haus.refusal()
    assert "Die Datei hat nur noch 10 von 30 Werten" in text
    print_ = text.partition("sha256 ")[2][:12]
    haus.write(
        "freigaben/kurz.yaml",
        f"quelle: tabelle\nsha256: {print_}\npruefungen: [umfang]\nfunktion: Leitung Sozialplanung\n"
        "datum: 2026-03-01\ngrund: Der Herausgeber liefert nur noch zehn Jahre.\n",
    )
    assert len(haus.read()) == 10
