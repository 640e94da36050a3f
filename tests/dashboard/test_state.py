import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.state import HOECHSTENS, Auswahl, Moeglich, gruppen_namen, lies
from indicators.records import GESAMT, Gruppe

GEBIETE = [f"081160{n:02}" for n in range(14, 30)]
GRUPPEN = gruppen_namen([GESAMT, Gruppe("w"), Gruppe(alter="unter 3"), Gruppe("m", "65 und älter")])
MOEGLICH = Moeglich(
    gebiete=dict.fromkeys(GEBIETE, "gemeinde") | {"081165001": "verwaltungsgemeinschaft"},
    jahre=range(2000, 2023),
    gruppen=GRUPPEN,
    zeiten={"gemeinde": ["2015-12-31", "2016/17", "2022"], "kreis": ["2021"]},
)


@st.composite
def auswahlen(draw):
    ansicht = draw(st.sampled_from(["", *MOEGLICH.zeiten]))
    jahre = sorted(draw(st.lists(st.sampled_from(range(2000, 2023)), min_size=2, max_size=2)))
    von, bis = (draw(st.sampled_from([None, year])) for year in jahre)
    return Auswahl(
        gebiete=tuple(
            draw(st.lists(st.sampled_from(list(MOEGLICH.gebiete)), unique=True, max_size=8))
        ),
        von=von,
        bis=bis,
        gruppe=draw(st.sampled_from(["", *GRUPPEN])),
        zeit=draw(st.sampled_from(["", *MOEGLICH.zeiten[ansicht or "gemeinde"]])),
        ansicht=ansicht,
    )


@given(auswahlen())
def test_an_address_leads_back_to_the_same_choice(auswahl):
    assert lies(auswahl.query(), MOEGLICH) == (auswahl, [])


@given(st.text(max_size=80))
def test_any_address_gives_a_choice_that_is_possible(text):
    auswahl, _ = lies(f"?gebiete={text}&von={text}&bis={text}&{text}", MOEGLICH)
    assert set(auswahl.gebiete) <= set(MOEGLICH.gebiete)
    assert auswahl.von is None or auswahl.von in MOEGLICH.jahre
    assert lies(auswahl.query(), MOEGLICH) == (auswahl, [])


def test_nothing_chosen_is_no_query():
    assert Auswahl().query() == ""


def test_an_address_is_readable():
    chosen = Auswahl(("08116019", "08116049"), 2010, None, "", "2016/17", "")
    assert chosen.query() == "?gebiete=08116019,08116049&von=2010&zeit=2016/17"


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("?gebiete=08111000", "»08111000«"),
        ("?von=1850", "»1850«"),
        ("?bis=zweitausend", "»zweitausend«"),
        ("?gruppe=zwerge", "»zwerge«"),
        ("?ansicht=mond", "»mond«"),
        ("?zeit=2021", "»2021«"),
    ],
)
def test_what_is_ignored_is_said(query, part):
    auswahl, ignored = lies(query, MOEGLICH)
    assert auswahl == Auswahl()
    assert len(ignored) == 1
    assert part in ignored[0]


def test_a_period_belongs_to_its_level():
    assert lies("?ansicht=kreis&zeit=2021", MOEGLICH)[0].zeit == "2021"
    assert lies("?ansicht=kreis&zeit=2022", MOEGLICH)[0].zeit == ""


def test_years_the_wrong_way_round_are_turned():
    auswahl, ignored = lies("?von=2020&bis=2010", MOEGLICH)
    assert (auswahl.von, auswahl.bis, ignored) == (2010, 2020, [])


def test_more_areas_than_lines_can_be_told_apart_are_cut_and_said():
    auswahl, ignored = lies(f"?gebiete={','.join([*GEBIETE, GEBIETE[0]])}", MOEGLICH)
    assert auswahl.gebiete == tuple(GEBIETE[:HOECHSTENS])
    assert ignored == ["Gezeigt werden höchstens 8 Gemeinden."]


def test_group_names_are_fit_for_an_address_and_leave_out_the_total():
    assert list(GRUPPEN) == ["w", "unter-3", "m_65-und-älter"]
