"""What we compute and show against what the publishers have printed, not against our own code."""

from pathlib import Path

import pytest

from indicators.records import Wert
from indicators.service import Service

KREIS, LAND, BUND = "08116", "08", "DG"
ESSLINGEN, ALTENRIET, PLOCHINGEN, NOTZINGEN = "08116019", "08116006", "08116056", "08116048"

# indicator, area, period, printed value, digits printed, where it is printed
PRINTED = [
    ("bevoelkerung", KREIS, "2015-12-31", 524_127, 0, "12411-01-01-5"),
    ("bevoelkerung", ESSLINGEN, "2013-12-31", 89_242, 0, "12411-01-01-5"),
    ("bevoelkerung", ESSLINGEN, "2010-12-31", 91_869, 0, "12411-01-01-5"),
    ("bevoelkerung", KREIS, "2010-12-31", 514_830, 0, "12411-01-01-5"),
    ("bevoelkerung", KREIS, "2011-05-09", 502_892, 0, "Zensus 2011"),
    ("bevoelkerung", KREIS, "2022-05-15", 529_895, 0, "Zensus 2022"),
    ("arbeitslose", KREIS, "2021", 12_147, 0, "INKAR 2024"),
    ("arbeitslose", ESSLINGEN, "2016", 2_467, 0, "13211-01-03-5"),
    ("kinderarmut_sgb2_u15", KREIS, "2022", 7.57, 2, "INKAR 2024"),
    ("kinderarmut_sgb2_u15", ESSLINGEN, "2022", 11.96, 2, "INKAR 2024"),
    ("kinderarmut_sgb2_u15", LAND, "2022", 7.76, 2, "INKAR 2024"),
    ("kinderarmut_sgb2_u15", BUND, "2022", 12.07, 2, "INKAR 2024"),
    ("personen_in_bg_je_1000", KREIS, "2022", 40.2, 1, "INKAR 2024"),
    ("personen_in_bg_je_1000", ALTENRIET, "2022", 9.0, 1, "INKAR 2024"),
    ("personen_in_bg_je_1000", ESSLINGEN, "2022", 64.6, 1, "INKAR 2024"),
    ("hausaerzte_je_10000", KREIS, "2022", 5.55, 2, "INKAR 2024"),
    ("hausaerzte_je_10000", LAND, "2022", 5.84, 2, "INKAR 2024"),
    ("wahlbeteiligung_landtag", PLOCHINGEN, "2016-03-13", 64.1, 1, "14338-01-02-5"),
    ("wahlbeteiligung_landtag", NOTZINGEN, "2016-03-13", 79.3, 1, "14338-01-02-5"),
    ("pflegebeduerftige_je_100", KREIS, "2021", 4.43, 2, "INKAR 2024"),
    ("pflegebeduerftige_je_100", LAND, "2021", 4.86, 2, "INKAR 2024"),
    ("durchschnittsalter", KREIS, "2015-12-31", 43.4, 1, "12411-07-01-5"),
    ("durchschnittsalter", LAND, "2015-12-31", 43.3, 1, "12411-07-01-5"),
    ("jugendquotient", KREIS, "2015-12-31", 32.0, 1, "12411-08-01-4"),
    ("altenquotient", KREIS, "2015-12-31", 33.6, 1, "12411-08-01-4"),
]


@pytest.fixture(scope="module")
def service(ausgeliefert: Path) -> Service:
    return Service(ausgeliefert)


def at(service: Service, indikator: str, gebiet: str, zeit: str) -> list[Wert]:
    """Return all values of one area at one period; a Stichtag may be given by its day."""
    return [w for w in service.reihe(indikator, [gebiet]) if w.zeit == zeit]


@pytest.mark.parametrize(
    ("indikator", "gebiet", "zeit", "printed", "digits", "source"),
    PRINTED,
    ids=[f"{i}-{g}-{z}" for i, g, z, *_ in PRINTED],
)
def test_a_value_equals_the_printed_one(service, indikator, gebiet, zeit, printed, digits, source):
    values = [w.wert for w in at(service, indikator, gebiet, zeit) if w.wert is not None]

    assert [round(value, digits) for value in values] == [printed], source


def test_the_municipalities_of_2015_add_up_to_the_kreis(service):
    values = service.vergleich("bevoelkerung", "2015-12-31")

    assert (len(values), sum(w.wert for w in values)) == (44, 524_127)


def test_the_unemployed_of_2021_add_up_to_the_kreis(service):
    values = service.vergleich("arbeitslose", "2021")

    assert (len(values), sum(w.wert for w in values)) == (44, 12_147)


def test_both_official_populations_of_2023_live(service):
    found = {w.basis: w.wert for w in at(service, "bevoelkerung", KREIS, "2023-12-31")}

    assert found == {"zensus2011": 542_582, "zensus2022": 536_027}


def test_a_value_of_a_verwaltungsgemeinschaft_is_not_its_members_value(service):
    members = service.reihe("steuerkraft_je_ew", ["08116033"])

    assert members
    assert {w.wert for w in members} == {None}
    assert "Verwaltungsgemeinschaft" in members[-1].anmerkung


def test_every_required_indicator_has_a_value_for_the_kreis(service):
    required = [
        "bevoelkerung",
        "arbeitslose",
        "kinderarmut_sgb2_u15",
        "personen_in_bg_je_1000",
        "hausaerzte_je_10000",
        "wahlbeteiligung_landtag",
        "pflegebeduerftige_je_100",
        "durchschnittsalter",
    ]

    missing = [i for i in required if not any(w.wert for w in service.reihe(i, [KREIS, ESSLINGEN]))]

    assert missing == []
