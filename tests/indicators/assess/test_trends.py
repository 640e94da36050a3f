"""What may be said of a series: only its last unbroken stretch speaks, and only if it is enough."""

from tests.haus import GEMEINDEN
from tests.reihen import ANTEIL, reihen
from tests.tables import assert_table

RISING = "100; 120; 140; 160; 180; 200; 220; 240"
QUOTE = "art: uebernommen\nwert: {messgroesse: quote}\n"


def said(haus, *, indikator="anteil"):
    """Refresh, and return what is said of the municipalities, in the order of their keys."""
    found = haus.refresh().bewertung(indikator, GEMEINDEN)
    return [found[key] for key in GEMEINDEN if key in found and found[key].status != "fehlt"]


def test_every_series_gets_the_statement_that_its_points_allow(haus):
    haus.lieferung(
        "zahlen",
        reihen(
            """
            gebiet   | werte
            08116004 | 100; 120; 140; 160; 180; 200; 220; 240
            08116005 | 240; 220; 200; 180; 160; 140; 120; 100
            08116006 | 5000; 5010; 4990; 5000; 5010; 4990; 5000
            08116007 | 100; 150; 90; 160; 100; 140; 95
            08116008 | 100; 120; 140; 160
            08116011 | 1; 0; 2; 1; 0; 1
            08116012 | 100; 120
            """
        ),
    )
    haus.indikator("anteil", ANTEIL)
    assert_table(
        said(haus),
        """
        gebiet   | aussage          | verfahren  | punkte | von_jahr | bis_jahr
        08116004 | gestiegen        | doppeltest | 8      | 2011     | 2018
        08116005 | gesunken         | doppeltest | 8      | 2011     | 2018
        08116006 | stabil           | doppeltest | 7      | 2011     | 2017
        08116007 | unklar           | doppeltest | 7      | 2011     | 2017
        08116008 | zu_wenige_daten  | vergleich  | 4      | 2011     | 2014
        08116011 | zu_wenige_faelle | doppeltest | 6      | 2011     | 2016
        08116012 | zu_wenige_daten  | doppeltest | 2      | 2011     | 2012
        """,
    )


def test_a_secret_point_cuts_the_series(haus):
    haus.lieferung(
        "zahlen",
        reihen(
            """
            gebiet   | werte
            08116004 | 100; .; 140; 160; 180; 200; 220
            08116005 | 100; 120; 140; .; 180; 200; 220
            08116006 | 100; 120; 140; 160; 180; 200; .
            08116007 | .; .; 140
            08116008 | .; .; .
            """
        ),
    )
    haus.indikator("anteil", ANTEIL)
    assert_table(
        said(haus),
        """
        gebiet   | aussage            | punkte | von_jahr | bis_jahr
        08116004 | gestiegen          | 5      | 2013     | 2017
        08116005 | nicht_vergleichbar | 3      | 2015     | 2017
        08116006 | geheim             | 0      |          |
        08116007 | zu_wenige_daten    | 1      | 2013     | 2013
        08116008 | geheim             | 0      |          |
        """,
    )


def test_what_secret_values_cut_off_is_not_put_down_to_an_earlier_break(haus):
    haus.write(
        "catalog/brueche.yaml",
        "- {datum: 2011-06-01, titel: Neues Gesetz, text: Früher., messgroessen: [personen]}\n",
    )
    table = "gebiet|werte\n08116004|100; 120; 140; .; 180; 200; 220\n08116005|100; 120; 140; 160; 180; 200"
    haus.lieferung("zahlen", reihen(table))
    haus.indikator("anteil", ANTEIL)
    assert_table(
        said(haus),
        """
        gebiet   | aussage            | punkte | bruch
        08116004 | nicht_vergleichbar | 3      |
        08116005 | gestiegen          | 6      | Neues Gesetz
        """,
    )


def test_values_that_are_not_final_are_left_out(haus):
    haus.lieferung(
        "zahlen",
        reihen(
            f"""
            gebiet   | werte    | guete
            08116004 | {RISING} | revidiert
            08116005 | {RISING} | vorlaeufig
            08116006 | {RISING} | plan
            """
        ),
    )
    haus.indikator("anteil", ANTEIL)
    assert_table(
        said(haus),
        """
        gebiet   | zeit       | bis_jahr | punkte
        08116004 | 2018-12-31 | 2018     | 8
        08116005 | 2018-12-31 | 2017     | 7
        08116006 | 2018-12-31 | 2017     | 7
        """,
    )


def test_a_new_basis_of_population_begins_a_new_stretch(haus):
    rows = [
        f"{name}|08116004|{year}-12-31|stichtag|{basis}|{value}"
        for year in range(2011, 2021)
        for name, basis, value in (
            ("personen", "", 100 + 10 * (year - 2011)),
            ("einwohner", "zensus2011" if year < 2015 else "zensus2022", 10000),
        )
    ]
    haus.lieferung("zahlen", "\n".join(["messgroesse|gebiet|zeit|zeitbezug|basis|wert", *rows]))
    haus.indikator("anteil", ANTEIL)
    assert_table(said(haus), "aussage|punkte|von_jahr|bis_jahr\ngestiegen|6|2015|2020")


def test_a_declared_break_begins_a_new_stretch_where_it_holds(haus):
    haus.write(
        "catalog/brueche.yaml",
        """
- {datum: 2013-01-01, titel: Neues Gesetz, text: Für alle., messgroessen: ["pers*"]}
- datum: 2017-01-01
  titel: Umzug eines Amtes
  text: Nur in einer Gemeinde.
  messgroessen: [personen]
  gebiete: ["08116005"]
- {datum: 2016-01-01, titel: Anderes Gesetz, text: Andere Zahlen., messgroessen: [faelle]}
""",
    )
    table = f"gebiet|werte\n08116004|{RISING}\n08116005|{RISING}"
    haus.lieferung("zahlen", reihen(table))
    haus.indikator("anteil", ANTEIL)
    assert_table(
        said(haus),
        """
        gebiet   | aussage            | von_jahr | bis_jahr | bruch
        08116004 | gestiegen          | 2013     | 2018     | Neues Gesetz
        08116005 | nicht_vergleichbar | 2017     | 2018     | Umzug eines Amtes
        """,
    )


def test_only_where_a_direction_is_set_a_movement_is_good_or_bad(haus):
    haus.lieferung("zahlen", reihen(f"gebiet|werte\n08116004|{RISING}"))
    for richtung in ("hoeher_ist_besser", "niedriger_ist_besser", "kontext"):
        file = haus.indikator(richtung, ANTEIL)
        text = file.read_text().replace("richtung: kontext", f"richtung: {richtung}")
        file.write_text(text)
    found = haus.refresh().bewertungen("08116004")
    assert {id_: one.aussage for id_, one in found.items()} == {
        "hoeher_ist_besser": "verbessert",
        "niedriger_ist_besser": "verschlechtert",
        "kontext": "gestiegen",
    }


def test_only_a_sure_movement_among_many_is_gesichert(haus):
    haus.lieferung(
        "zahlen",
        reihen(
            """
            gebiet   | werte
            08116004 | 100; 120; 140; 160; 180; 200; 220; 240
            08116005 | 100; 104; 112; 106; 120; 112; 128; 124
            08116006 | 100; 101; 99; 100; 101; 99; 100; 101
            """
        ),
    )
    haus.indikator("anteil", ANTEIL)
    rising, weaker, still = said(haus)
    assert rising.gesichert
    assert rising.p < 0.01
    assert rising.q < 0.10
    assert weaker.aussage == "gestiegen"
    assert 0.01 < weaker.p < 0.05
    assert not weaker.gesichert
    assert not still.gesichert


def test_rates_without_counts_are_ranked_from_six_points_on(haus):
    haus.lieferung(
        "zahlen",
        reihen(
            """
            messgroesse | gebiet   | werte
            quote       | 08116004 | 1; 2; 3; 4; 5; 6
            quote       | 08116005 | 6; 5; 4; 3; 2; 1
            quote       | 08116006 | 3; 1; 2; 3; 1; 2
            quote       | 08116007 | 1; 2; 3; 4; 5
            """
        ),
    )
    haus.indikator("quote", QUOTE)
    assert_table(
        said(haus, indikator="quote"),
        """
        gebiet   | aussage         | verfahren    | veraenderung
        08116004 | gestiegen       | mann_kendall | 1
        08116005 | gesunken        | mann_kendall | -1
        08116006 | unklar          | mann_kendall | 0
        08116007 | zu_wenige_daten | mann_kendall |
        """,
    )


def test_without_any_value_nothing_is_said(haus):
    haus.lieferung("zahlen", reihen("messgroesse|gebiet|werte\nquote|08116004|1; 2"))
    haus.indikator("anteil", ANTEIL)
    assert haus.refresh().bewertungen("08116004") == {}
