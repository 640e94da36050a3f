"""A broken delivery names file, line and remedy, and leaves the old Datenstand in service."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import warehouse
from etl.errors import DeliveryError, SozialmonitorError
from tests.haus import GEMEINDEN, Haus
from tests.tables import kreisformat as as_file

GOOD = as_file(
    "messgroesse | gebiet | zeit | zeitbezug | wert | symbol | bemerkung\n"
    + "\n".join(f"faelle | {key} | 2015 | jahr | 7 | | für Köngen" for key in GEMEINDEN)
)
# What was done to the good file, where the complaint points, and what it says and advises.
DEFECTS = {
    "wrong key": (
        lambda t: t.replace("08116019", "08116999"),
        "13",
        "»08116999« ist nicht bekannt",
        "Meinten Sie",
    ),
    "letter in a number": (
        lambda t: t.replace(";7;", ";7a;", 3),
        "2",
        "keine deutsche Zahl",
        "Dezimalkomma",
    ),
    "missing municipality": (
        lambda t: t.replace("faelle;08116019;2015;jahr;;;;;;;7;;;für Köngen\n", ""),
        "2",
        "Es fehlen 1 von 44 Gemeinden: Esslingen am Neckar",
        "Die Zeilen ergänzen",
    ),
    "duplicate row": (
        lambda t: t + "faelle;Köngen;2015;jahr;;;;;;;8;;;\n",
        "46",
        "faelle für 08116035, 2015 steht schon in Zeile 19",
        "Eine der beiden Zeilen löschen",
    ),
    "truncated within a line": (
        lambda t: t[: t.rindex("2015")],
        "45",
        "hat nicht 14 Felder",
        "vollständig übertragen",
    ),
    "truncated within quotes": (
        lambda t: t + 'faelle;DG;2015;jahr;;;;;;;8;;;"abgebro',
        "46",
        "ein Anführungszeichen ist offen",
        "vollständig übertragen",
    ),
    "Latin-1": (
        lambda t: t.encode("latin-1"),
        "2",
        "nicht in UTF-8 geschrieben",
        "CSV UTF-8",
    ),
    "wrong header": (
        lambda t: t.replace("zeitbezug", "bezug", 1),
        "1",
        "Es fehlt: zeitbezug",
        "Erste Zeile: messgroesse;gebiet;",
    ),
    "columns changed places": (
        lambda t: t.replace("messgroesse;gebiet", "gebiet;messgroesse", 1),
        "1",
        "Reihenfolge oder Trennzeichen",
        "Erste Zeile: messgroesse;gebiet;",
    ),
    "empty file": (lambda _: "", "1", "Die Kopfzeile ist nicht", "Erste Zeile: messgroesse"),
    "wrong Messgröße": (
        lambda t: t.replace("faelle;08116080", "fälle;08116080"),
        "44",
        "»fälle« ist für messgroesse nicht bekannt",
        "Meinten Sie »faelle«?",
    ),
    "wrong Zeitbezug": (
        lambda t: t.replace("2015;jahr;", "2015;jahre;", 1),
        "2",
        "»jahre« ist für zeitbezug nicht bekannt",
        "Meinten Sie »jahr«?",
    ),
    "German date": (
        lambda t: t.replace("2015;jahr", "31.12.2015;stichtag", 1),
        "2",
        "»31.12.2015« ist kein Zeitpunkt der Art stichtag",
        "2015-12-31 (stichtag)",
    ),
    "a day that does not exist": (
        lambda t: t.replace("2015;jahr", "2015-02-29;stichtag", 1),
        "2",
        "»2015-02-29« gibt es im Kalender nicht",
        "2015-12-31 (stichtag)",
    ),
    "wrong symbol": (
        lambda t: t.replace(";7;;;", ";;xx;;", 1),
        "2",
        "»xx« ist für symbol nicht bekannt",
        "Meinten Sie »x«?",
    ),
    "value and symbol": (
        lambda t: t.replace(";7;;;", ";7;.;;", 1),
        "2",
        "Wert und Symbol stehen zugleich da",
        "Eines von beiden leeren",
    ),
    "wrong quality": (
        lambda t: t.replace(";7;;;", ";7;;vorläufig;", 1),
        "2",
        "»vorläufig« ist für guete nicht bekannt",
        "Meinten Sie »vorlaeufig«?",
    ),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_names_line_and_remedy_and_leaves_the_old_datenstand(good_stand, name):
    haus, service, before = good_stand
    break_it, line, problem, remedy = DEFECTS[name]
    haus.datei("zahlen", break_it(GOOD), unvollstaendig="")
    place, said, advice = haus.refusal().splitlines()[:3]
    assert place == f"amt/zahlen.csv:{line}"
    assert problem in said
    assert remedy in advice
    assert warehouse.current(haus.warehouse) == before
    assert [wert.wert for wert in service.reihe("anzahl", GEMEINDEN)] == 44 * [7]


@pytest.fixture(scope="module")
def good_stand(tmp_path_factory):
    """Give a house with a good Datenstand in service, shared by tests that must not change it."""
    haus = Haus(tmp_path_factory.mktemp("good"))
    haus.datei("zahlen", GOOD, unvollstaendig="")
    haus.indikator("anzahl", "art: anzahl\nzaehler: {messgroesse: faelle}\n")
    service = haus.refresh()
    return haus, service, warehouse.current(haus.warehouse)


def test_the_page_learns_that_a_later_refresh_has_failed(haus):
    haus.datei("zahlen", GOOD, unvollstaendig="")
    haus.indikator("anzahl", "art: anzahl\nzaehler: {messgroesse: faelle}\n")
    service = haus.refresh()
    haus.datei("zahlen", GOOD.replace(";7;", ";sieben;", 1), unvollstaendig="")
    with pytest.raises(DeliveryError):
        haus.refresh()
    assert "amt/zahlen.csv:2" in service.datenstand().fehlgeschlagen


def test_all_defects_of_a_file_are_told_at_once(haus):
    text = GOOD.replace("08116019", "08116999").replace(";7;", ";7a;", 1)
    haus.datei("zahlen", text, unvollstaendig="")
    lines = [line for line in haus.refusal().splitlines() if line.startswith("amt/")]
    assert lines == ["amt/zahlen.csv:13", "amt/zahlen.csv:2"]


def test_a_hundred_defects_are_counted_and_ten_are_shown(haus):
    rows = "\n".join(f"faelle|08|{year}|jahr|a" for year in range(1900, 2000))
    haus.lieferung("zahlen", f"messgroesse|gebiet|zeit|zeitbezug|wert\n{rows}")
    text = haus.refusal()
    assert text.count("amt/zahlen.csv:") == 10
    assert text.endswith("… und 90 weitere Mängel")


SMALL = as_file(
    """
    messgroesse | gebiet   | zeit       | zeitbezug | alter_von | alter_bis | wert    | symbol | bemerkung
    faelle      | 08116    | 2015-12-31 | stichtag  | 15        | 64        | 1.234,5 |        | für Köngen
    faelle      | 08116019 | 2015       | jahr      |           |           |         | ...    | "a; ""b"" c"
    """
).encode()
INTERESTING = [b";", b'"', b"\n", b"\r", b"\r\n", b"\x00", b"\xff", b"\xc3", b"'", b"-", b",", b".",
               b" ", b"\t", b"9" * 30, "\u00a0".encode(), "\u2028".encode(), b"\xef\xbb\xbf"]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    cuts=st.lists(
        st.tuples(
            st.integers(0, len(SMALL)),
            st.integers(0, 3),
            st.one_of(st.sampled_from(INTERESTING), st.binary(max_size=2)),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_a_damaged_file_is_taken_or_refused_but_never_crashes(leser, cuts):
    content = SMALL
    for place, length, inserted in cuts:
        content = content[:place] + inserted + content[place + length :]
    try:
        assert len(leser.read(content)) <= content.count(b"\n") + 1
    except SozialmonitorError as error:
        assert all(m.ort.startswith("zahlen.csv:") and m.abhilfe for m in error.maengel)  # noqa: PT017
