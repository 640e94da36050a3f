"""A value beside Kreis and Land: only like with like, and only where counts say how sure it is."""

from tests.haus import GEMEINDEN
from tests.reihen import ANTEIL, reihen
from tests.tables import assert_table

KREIS, LAND = "08116", "08"
QUOTE = "art: uebernommen\nwert: {messgroesse: quote}\n"


def said(haus, *, indikator="anteil"):
    """Refresh, and return what is said of the municipalities that have a value."""
    found = haus.refresh().bewertung(indikator, [*GEMEINDEN, KREIS])
    keys = [*GEMEINDEN, KREIS]
    return [found[key] for key in keys if key in found and found[key].status == "vorhanden"]


def test_the_whole_interval_decides_on_which_side_a_value_lies(haus):
    haus.lieferung(
        "zahlen",
        reihen(
            """
            gebiet   | werte | einwohner
            08       | 50000 | 1000000
            08116    | 5000  | 100000
            08116004 | 100   | 1000
            08116005 | 65    | 1000
            08116006 | 52    | 1000
            08116007 | 37    | 1000
            08116008 | 10    | 1000
            """
        ),
    )
    haus.indikator("anteil", ANTEIL)
    assert_table(
        said(haus),
        """
        gebiet   | vergleich_kreis   | kreiswert | vergleich_land    | landwert
        08116004 | sicher höher      | 5         | sicher höher      | 5
        08116005 | höher             | 5         | höher             | 5
        08116006 | ähnlich          | 5         | ähnlich          | 5
        08116007 | ähnlich          | 5         | ähnlich          | 5
        08116008 | sicher niedriger  | 5         | sicher niedriger  | 5
        08116    |                   |           | ähnlich          | 5
        """,
    )


def test_a_large_place_is_compared_with_the_rest_of_the_kreis(haus):
    haus.lieferung(
        "zahlen",
        reihen(
            """
            gebiet   | werte | einwohner
            08116    | 5000  | 100000
            08116004 | 2000  | 20000
            08116005 | 500   | 10000
            """
        ),
    )
    haus.indikator("anteil", ANTEIL)
    assert_table(
        said(haus)[:2],
        """
        gebiet   | uebriger_kreis | kreiswert | vergleich_kreis
        08116004 | True           | 3.75      | sicher höher
        08116005 | False          | 5         | ähnlich
        """,
    )


def test_a_value_that_is_comparable_only_with_its_own_kind_is_never_held_against_another(haus):
    haus.lieferung(
        "zahlen",
        reihen(
            """
            gebiet   | werte | einwohner | guete
            08116    | 5000  | 100000    |
            08       | 60000 | 1000000   | eingeschraenkt
            08116004 | 100   | 1000      | eingeschraenkt
            08116005 | 100   | 1000      | revidiert
            """
        ),
    )
    haus.indikator("anteil", ANTEIL)
    assert_table(
        said(haus)[:2],
        """
        gebiet   | kreiswert | vergleich_kreis | landwert | vergleich_land
        08116004 |           |                 | 6        | sicher höher
        08116005 | 5         | sicher höher   |          |
        """,
    )


def test_another_year_or_another_basis_is_no_comparison(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | basis      | wert
        personen    | 08116    | 2022-12-31 | stichtag  | zensus2011 | 5000
        einwohner   | 08116    | 2022-12-31 | stichtag  | zensus2011 | 100000
        personen    | 08116004 | 2022-12-31 | stichtag  | zensus2022 | 100
        einwohner   | 08116004 | 2022-12-31 | stichtag  | zensus2022 | 1000
        personen    | 08116005 | 2021-12-31 | stichtag  | zensus2011 | 100
        einwohner   | 08116005 | 2021-12-31 | stichtag  | zensus2011 | 1000
        personen    | 08116006 | 2022-12-31 | stichtag  | zensus2011 | 100
        einwohner   | 08116006 | 2022-12-31 | stichtag  | zensus2011 | 1000
        """,
    )
    haus.indikator("anteil", ANTEIL)
    assert_table(
        said(haus)[:3],
        """
        gebiet   | kreiswert | vergleich_kreis
        08116004 |           |
        08116005 |           |
        08116006 | 5         | sicher höher
        """,
    )


def test_the_newest_known_value_is_compared(haus):
    haus.lieferung(
        "zahlen",
        reihen(
            """
            gebiet   | werte      | einwohner
            08116    | 5000; 6000 | 100000
            08116004 | 50; .      | 1000
            """
        ),
    )
    haus.indikator("anteil", ANTEIL)
    assert_table(said(haus)[:1], "zeit|kreiswert|vergleich_kreis\n2011-12-31|5|ähnlich")


def test_rates_without_counts_get_neither_interval_nor_class_nor_word(haus):
    haus.lieferung("zahlen", reihen("messgroesse|gebiet|werte\nquote|08116|5\nquote|08116004|9"))
    haus.indikator("quote", QUOTE)
    assert_table(said(haus, indikator="quote")[:1], "kreiswert|vergleich_kreis|klasse\n5||")
    wert = haus.refresh().reihe("quote", ["08116004"])[0]
    assert (wert.unten, wert.oben, wert.klasse) == (None, None, "")


def test_the_class_follows_the_width_of_the_interval_and_the_cases(haus):
    haus.lieferung(
        "zahlen",
        reihen(
            """
            gebiet   | werte | einwohner
            08116004 | 500   | 10000
            08116005 | 20    | 10000
            08116006 | 4     | 10000
            08116007 | 0     | 10000
            """
        ),
    )
    haus.indikator("anteil", ANTEIL)
    assert_table(
        said(haus),
        """
        gebiet   | klasse
        08116004 | normal
        08116005 | eingeschraenkt
        08116006 | nicht_sicher
        08116007 | nicht_sicher
        """,
    )


def test_a_count_that_only_describes_has_no_interval(haus):
    haus.lieferung("zahlen", reihen("gebiet|werte\n08116004|500"))
    for typ in ("ergebnis", "kontext"):
        file = haus.indikator(typ, "art: anzahl\nzaehler: {messgroesse: personen}\n")
        file.write_text(file.read_text().replace("typ: ergebnis", f"typ: {typ}"))
    service = haus.refresh()
    assert service.reihe("ergebnis", ["08116004"])[0].unten is not None
    assert service.reihe("kontext", ["08116004"])[0].unten is None
