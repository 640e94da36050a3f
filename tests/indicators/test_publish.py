"""What is written into the public file: a row with a reason for every municipality."""

import pytest

from etl import warehouse
from indicators.service import Service
from tests.haus import GEMEINDEN, Haus
from tests.tables import assert_table

ES = "08116019"
ANZAHL = "art: anzahl\nzaehler: {messgroesse: faelle}\n"
TWO = """
    messgroesse | gebiet   | zeit | zeitbezug | wert
    faelle      | 08116019 | 2015 | jahr      | 5
    faelle      | 08116080 | 2016 | jahr      | 6
"""


@pytest.fixture(scope="module")
def two(tmp_path_factory) -> Haus:
    """Give a house in which two municipalities have one value each."""
    haus = Haus(tmp_path_factory.mktemp("two"))
    haus.lieferung("zahlen", TWO)
    haus.indikator("anzahl", ANZAHL)
    haus.refresh()
    return haus


def test_a_municipality_that_a_table_leaves_out_has_a_row_with_the_reason(two):
    assert_table(
        Service(two.warehouse).reihe("anzahl", [ES]),
        """
        zeit | wert | status    | anmerkung
        2015 | 5    | vorhanden |
        2016 |      | fehlt     | in der Veröffentlichung nicht enthalten
        """,
    )


def test_every_municipality_of_the_kreis_has_a_row_at_every_time(two):
    found = Service(two.warehouse).reihe("anzahl", GEMEINDEN)
    assert len(found) == 2 * 44


def test_a_breakdown_has_a_row_with_the_reason_too(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit | zeitbezug | geschlecht | wert
        faelle      | 08116019 | 2015 | jahr      | w          | 5
        """,
    )
    haus.indikator("anzahl", ANZAHL + "gliederung: [geschlecht]\n")
    service = haus.refresh()
    (group,) = service.gruppen("anzahl")
    assert_table(service.reihe("anzahl", ["08116080"], group), "geschlecht|wert|status\nw||fehlt")


def test_a_table_without_municipalities_gets_no_rows_for_them(haus):
    haus.lieferung("zahlen", "messgroesse|gebiet|zeit|zeitbezug|wert\nfaelle|08116|2015|jahr|5")
    haus.indikator("anzahl", ANZAHL)
    service = haus.refresh()
    assert service.reihe("anzahl", GEMEINDEN) == []
    assert service.indikator("anzahl").ebenen == ("kreis",)


def test_the_remark_of_a_cell_appears_beside_the_value(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit | zeitbezug | wert | bemerkung
        faelle      | 08116019 | 2015 | jahr      | 5    | ohne Berkheim
        """,
    )
    haus.indikator("anzahl", ANZAHL)
    assert_table(haus.refresh().reihe("anzahl", [ES]), "wert|anmerkung\n5|ohne Berkheim")


def test_a_missing_value_has_no_quality(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit | zeitbezug | symbol | guete
        faelle      | 08116019 | 2015 | jahr      | .      | vorlaeufig
        """,
    )
    haus.indikator("anzahl", ANZAHL)
    assert_table(haus.refresh().reihe("anzahl", [ES]), "status|guete\ngeheim|")


def test_numerator_and_denominator_sources_are_named(haus):
    haus.lieferung(
        "faelle", f"messgroesse|gebiet|zeit|zeitbezug|wert\nfaelle|{ES}|2015-12-31|stichtag|5"
    )
    haus.lieferung(
        "leute", f"messgroesse|gebiet|zeit|zeitbezug|wert\neinwohner|{ES}|2015-12-31|stichtag|50"
    )
    haus.indikator("anteil")
    service = haus.refresh()
    assert service.reihe("anteil", [ES])[0].quelle == ("faelle", "leute")
    assert_table(
        service.quellen("anteil"),
        """
        id     | lizenz        | stand      | zeilen | datei
        faelle | dl-de/by-2-0  | 2024-06-30 | 1      | amt/faelle.csv
        leute  | dl-de/by-2-0  | 2024-06-30 | 1      | amt/leute.csv
        """,
    )


def test_a_datenstand_is_a_draft_with_the_id_of_its_build(two):
    stand = Service(two.warehouse).datenstand()
    assert (stand.id, stand.entwurf) == (warehouse.current(two.warehouse).id, True)
    assert stand.fehlgeschlagen is None


def test_a_rate_without_counts_is_marked(haus):
    haus.lieferung("zahlen", "messgroesse|gebiet|zeit|zeitbezug|wert\nquote|08116|2015|jahr|5")
    haus.indikator("quote", "art: uebernommen\nwert: {messgroesse: quote}\n")
    haus.indikator("anzahl", ANZAHL)
    assert_table(haus.refresh().indikatoren(), "id|nur_quote\nanzahl|False\nquote|True")


def test_a_comparison_shows_the_newer_basis_and_missing_values_last(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | basis      | wert
        einwohner   | 08116019 | 2022-12-31 | stichtag  | zensus2011 | 10
        einwohner   | 08116019 | 2022-12-31 | stichtag  | zensus2022 | 20
        einwohner   | 08116080 | 2022-12-31 | stichtag  | zensus2022 | 30
        """,
    )
    haus.indikator("anzahl", "art: anzahl\nzaehler: {messgroesse: einwohner}\n")
    found = haus.refresh().vergleich("anzahl", "2022-12-31")
    assert len(found) == 44
    assert_table(found[:2], "gebiet|wert\n08116080|30\n08116019|20")
    assert {wert.status for wert in found[2:]} == {"fehlt"}


def test_the_newest_value_of_an_area_is_that_of_its_last_period(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit | zeitbezug | wert | symbol
        faelle      | 08116019 | 2015 | jahr      | 5    |
        faelle      | 08116019 | 2016 | jahr      | 6    |
        faelle      | 08116019 | 2017 | jahr      |      | .
        """,
    )
    haus.indikator("anzahl", ANZAHL)
    assert haus.refresh().letzte("anzahl", [ES])[ES].zeit == "2016"


def test_nothing_of_a_source_is_public_but_its_description(two):
    with warehouse.read(warehouse.current(two.warehouse).oeffentlich) as public:
        tables = {
            row[0] for row in public.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        }
    assert "indikatorwert" in tables
    assert not tables & {"messwert", "messgroesse", "lieferung"}
