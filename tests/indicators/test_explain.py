"""The way of a number back to its cells, with file and line."""

import json

import pytest

from etl.errors import UnknownError
from tests.haus import GEMEINDEN, Haus
from tests.tables import assert_table

ES = "08116019"
ANZAHL = "art: anzahl\nzaehler: {messgroesse: faelle}\n"


def test_a_rate_leads_to_both_of_its_cells(haus):
    haus.lieferung(
        "faelle",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | wert
        faelle      | 08116    | 2015-12-31 | stichtag  | 99
        faelle      | 08116019 | 2015-12-31 | stichtag  | 5
        """,
    )
    haus.lieferung(
        "bevoelkerung",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | wert | guete
        einwohner   | 08116019 | 2015-12-31 | stichtag  | 1.200 | vorlaeufig
        """,
    )
    haus.indikator("anteil")
    haus.refresh()
    (item,) = haus.explain("anteil", ES, "2015")
    assert item.berechnung == "100 × 5.0 / 1200.0"
    assert item.definition == "Fälle, geteilt durch Bevölkerung am selben Stichtag, mal 100."
    assert_table(
        item.bestandteile, "rolle|wert|weg\nzaehler|5|unmittelbar\nnenner|1200|unmittelbar"
    )
    assert_table(
        [cell for part in item.bestandteile for cell in part.zellen],
        """
        datei                | zeile | roh   | guete      | genutzt
        amt/faelle.csv       | 3     | 5     | endgueltig | True
        amt/bevoelkerung.csv | 2     | 1.200 | vorlaeufig | True
        """,
    )


def cells(haus, *, formel: str = ANZAHL, gebiet: str = ES, zeit: str = "2015"):
    """Return the cells of the only part of the only value."""
    haus.indikator("anzahl", formel)
    haus.refresh()
    (item,) = haus.explain("anzahl", gebiet, zeit)
    (part,) = item.bestandteile
    return part.zellen


def test_the_source_that_lost_is_shown_too(haus):
    text = "messgroesse|gebiet|zeit|zeitbezug|wert\nfaelle|08116019|2015|jahr|{}"
    haus.lieferung("abgeleitet", text.format(9), rang=60)
    haus.lieferung("gezaehlt", text.format(5), rang=10)
    assert_table(
        cells(haus),
        """
        datei              | zeile | roh | rang | genutzt
        amt/gezaehlt.csv   | 2     | 5   | 10   | True
        amt/abgeleitet.csv | 2     | 9   | 60   | False
        """,
    )


def test_summed_age_groups_are_all_shown(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit | zeitbezug | alter_von | alter_bis | wert
        faelle      | 08116019 | 2015 | jahr      | 0         | 2         | 3
        faelle      | 08116019 | 2015 | jahr      | 3         | 5         | 4
        faelle      | 08116019 | 2015 | jahr      | 6         | 9         | 5
        """,
    )
    formel = "art: anzahl\nzaehler: {messgroesse: faelle, alter: [0, 5]}\n"
    assert_table(cells(haus, formel=formel), "zeile|roh|genutzt\n2|3|True\n3|4|True")


def test_a_total_does_not_claim_the_age_groups_beside_it(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit | zeitbezug | alter_von | alter_bis | wert
        faelle      | 08116019 | 2015 | jahr      |           |           | 7
        faelle      | 08116019 | 2015 | jahr      | 0         | 64        | 3
        faelle      | 08116019 | 2015 | jahr      | 65        |           | 4
        """,
    )
    assert_table(cells(haus), "zeile|roh|genutzt\n2|7|True")


def test_a_total_does_not_claim_the_groups_of_its_breakdown(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit | zeitbezug | geschlecht | wert
        faelle      | 08116019 | 2015 | jahr      |            | 7
        faelle      | 08116019 | 2015 | jahr      | w          | 3
        """,
    )
    formel = ANZAHL + "gliederung: [geschlecht]\n"
    assert_table(cells(haus, formel=formel), "zeile|roh|genutzt\n2|7|True")


def test_a_sum_over_the_kreis_shows_44_cells(haus):
    rows = "\n".join(f"faelle|{key}|2015|jahr|2" for key in GEMEINDEN)
    haus.lieferung("zahlen", f"messgroesse|gebiet|zeit|zeitbezug|wert\n{rows}")
    assert sum(cell.genutzt for cell in cells(haus, gebiet="08116")) == 44


def test_a_value_from_the_verwaltungsgemeinschaft_shows_its_cell(haus):
    haus.lieferung("zahlen", "messgroesse|gebiet|zeit|zeitbezug|wert\nfaelle|081160019|2015|jahr|2")
    assert_table(cells(haus), "datei|zeile|roh\namt/zahlen.csv|2|2")


def test_each_basis_is_explained_by_its_own_cells(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet | zeit       | zeitbezug | basis      | wert
        faelle      | 08116  | 2023-12-31 | stichtag  | zensus2011 | 542582
        faelle      | 08116  | 2023-12-31 | stichtag  | zensus2022 | 536027
        """,
    )
    haus.indikator("anzahl", ANZAHL)
    haus.refresh()
    found = haus.explain("anzahl", "08116", "2023")
    lines = [[cell.zeile for part in item.bestandteile for cell in part.zellen] for item in found]
    assert_table(found, "basis|wert\nzensus2011|542582\nzensus2022|536027")
    assert lines == [[2], [3]]


def test_a_year_and_its_last_day_are_explained_apart(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | wert
        faelle      | 08116019 | 2015       | jahr      | 5
        faelle      | 08116019 | 2015-12-31 | stichtag  | 6
        """,
    )
    assert_table(cells(haus, zeit="2015-12-31"), "zeile|roh\n3|6")


def test_a_secret_value_is_explained_by_its_sign(haus):
    haus.lieferung(
        "zahlen", "messgroesse|gebiet|zeit|zeitbezug|symbol\nfaelle|08116019|2015|jahr|."
    )
    assert_table(cells(haus), "roh|status\n.|geheim")


@pytest.fixture(scope="module")
def one(tmp_path_factory) -> Haus:
    """Give a house with a single value, of 2015."""
    haus = Haus(tmp_path_factory.mktemp("one"))
    haus.lieferung("zahlen", "messgroesse|gebiet|zeit|zeitbezug|wert\nfaelle|08116019|2015|jahr|2")
    haus.indikator("anzahl", ANZAHL)
    haus.refresh()
    return haus


def test_the_explanation_can_be_read_by_programs(one):
    (item,) = one.explain("anzahl", ES, "2015")
    read = json.loads(json.dumps(item.as_json()))
    assert read["bestandteile"][0]["zellen"][0]["datei"] == "amt/zahlen.csv"


def test_an_unknown_indicator_gets_the_nearest_one(one):
    with pytest.raises(UnknownError, match="Meinten Sie »anzahl«"):
        one.explain("anzal", ES, "2015")


def test_a_year_without_value_names_the_years_with_one(one):
    with pytest.raises(UnknownError, match="Vorhandene Jahre: 2015"):
        one.explain("anzahl", ES, "2014")
