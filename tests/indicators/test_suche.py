"""The search forgives typos and umlauts, and knows that Hartz IV is SGB II."""

import pytest

from indicators.suche import Eintrag, Suchindex, normal, passt, schlicht

DINGE = (
    Eintrag("indikator", "sgb2", "Menschen in Bedarfsgemeinschaften (SGB II)", "", ()),
    Eintrag("indikator", "miete", "Angebotsmiete je Quadratmeter", "", ()),
    Eintrag("indikator", "kinder", "Kinder unter 15 Jahren in der Grundsicherung", "", ()),
    Eintrag("gemeinde", "08116049", "Nürtingen", "", ()),
    Eintrag("gemeinde", "08116022", "Großbettlingen", "", ()),
    Eintrag("leitziel", "1.1", "1.1 Benachteiligung abbauen", "", ()),
)
NAMEN = {"Bürgergeld": ("SGB II", "Hartz IV")}


@pytest.fixture(scope="module")
def index():
    entries = [
        Eintrag(
            e.art,
            e.id,
            e.titel,
            e.dazu,
            ((1.0, e.titel), (0.9, "Kinderarmut" if e.id == "kinder" else "")),
        )
        for e in DINGE
    ]
    return Suchindex(entries, NAMEN)


def ids(found):
    return [hit.eintrag.id for hit in found.treffer]


@pytest.mark.parametrize(
    ("frage", "id_"),
    [
        ("Nürtingen", "08116049"),
        ("nurtingen", "08116049"),
        ("Nuertingen", "08116049"),
        ("NÜRTINGEN", "08116049"),
        ("Nürtigen", "08116049"),
        ("grossbettlingen", "08116022"),
        ("Großbetlingen", "08116022"),
        ("angebotsmieten", "miete"),
        ("miete", "miete"),
        ("Kinderamut", "kinder"),
        ("kinder grundsicherung", "kinder"),
        ("Kinder in der Grundsicherung", "kinder"),
        ("1.1", "1.1"),
        ("Hartz IV", "sgb2"),
        ("hartz iv", "sgb2"),
        ("Bürgergeld", "sgb2"),
        ("Buergergeld", "sgb2"),
    ],
)
def test_what_people_type_finds_what_they_mean(index, frage, id_):
    assert ids(index.suche(frage))[:1] == [id_]


def test_another_name_is_told(index):
    assert index.suche("Hartz IV").auch == ("Bürgergeld", "SGB II")


def test_exact_words_come_before_similar_ones(index):
    found = index.suche("Kinder").treffer
    assert found[0].guete > 0.9


def test_without_a_thing_that_has_all_words_single_ones_count(index):
    found = index.suche("Nürtingen Angebotsmiete")
    assert found.teilweise
    assert set(ids(found)) == {"08116049", "miete"}


@pytest.mark.parametrize("frage", ["", "   ", "?!", "xyzzyqqq"])
def test_nonsense_finds_nothing(index, frage):
    assert ids(index.suche(frage)) == []


def test_a_better_spelling_is_proposed(index):
    assert index.suche("Nurdingem").meinten in {"nuertingen", "nurtingen"}


def test_a_marked_word_is_one_that_was_met(index):
    met = index.suche("nurtingen").woerter
    assert passt("Nürtingen", met)
    assert not passt("Angebotsmiete", met)


def test_spellings_are_folded():
    assert normal("Größe, Café, ﬁ".partition(", ﬁ")[0]) == "groesse, cafe"
    assert schlicht("Größe") == "grosse"
