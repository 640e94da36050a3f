"""From cells to Indikatorwerte: what may be divided by what, and what may not."""

import pytest

from etl.errors import DeliveryError
from tests.haus import GEMEINDEN
from tests.tables import assert_table, table

ES = "08116019"  # a municipality that is a Verwaltungsgemeinschaft by itself: 081160019
ANZAHL = "art: anzahl\nzaehler: {messgroesse: faelle}\n"
QUOTE = "art: uebernommen\nwert: {messgroesse: quote}\n"


def anteil(nenner_zeit: str = "stichtag", zaehler: str = "", nenner: str = "") -> str:
    """Write a share with further conditions on its operands."""
    return f"""
art: anteil
zaehler: {{messgroesse: faelle{zaehler}}}
nenner: {{messgroesse: einwohner{nenner}}}
nenner_zeit: {nenner_zeit}
"""


def test_a_rate_keeps_its_count_and_its_denominator_and_has_its_factor(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | wert
        faelle      | 08116019 | 2015-12-31 | stichtag  | 5
        einwohner   | 08116019 | 2015-12-31 | stichtag  | 200
        """,
    )
    haus.indikator("anteil")
    haus.indikator("rate", anteil().replace("art: anteil", "art: rate\nfaktor: 10000"))
    service = haus.refresh()
    assert_table(
        service.reihe("anteil", [ES]) + service.reihe("rate", [ES]),
        """
        indikator | zeit       | zaehler | nenner | wert | status
        anteil    | 2015-12-31 | 5       | 200    | 2.5  | vorhanden
        rate      | 2015-12-31 | 5       | 200    | 250  | vorhanden
        """,
    )


def test_a_true_zero_is_a_value(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | wert
        faelle      | 08116019 | 2015-12-31 | stichtag  | 0
        einwohner   | 08116019 | 2015-12-31 | stichtag  | 200
        """,
    )
    haus.indikator("anteil")
    assert_table(haus.refresh().reihe("anteil", [ES]), "wert|status\n0|vorhanden")


def test_a_published_rate_is_taken_over_with_its_counts_where_there_are_some(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit | zeitbezug | basis      | wert
        quote       | 08116019 | 2015 | jahr      |            | 3,3
        faelle      | 08116019 | 2015 | jahr      | zensus2011 | 7
        faelle      | 08116019 | 2015 | jahr      | zensus2022 | 8
        """,
    )
    haus.indikator("quote", QUOTE + "zaehler: {messgroesse: faelle}\n")
    assert_table(haus.refresh().reihe("quote", [ES]), "zaehler|wert|status\n8|3.3|vorhanden")


# --- Ages


def ages(*groups: str) -> str:
    rows = "\n".join(f"einwohner|{ES}|2015-12-31|stichtag|{group}" for group in groups)
    return f"messgroesse|gebiet|zeit|zeitbezug|alter_von|alter_bis|wert\n{rows}"


def denominators(haus, alter: str) -> list[tuple[float | None, str]]:
    """Deliver 10 cases, and return denominator and status of the share of an age range."""
    haus.lieferung(
        "faelle", f"messgroesse|gebiet|zeit|zeitbezug|wert\nfaelle|{ES}|2015-12-31|stichtag|10"
    )
    haus.indikator("anteil", anteil(nenner=f", alter: {alter}"))
    return [(wert.nenner, wert.status) for wert in haus.refresh().reihe("anteil", [ES])]


def test_age_groups_that_tile_the_range_are_summed(haus):
    haus.lieferung("alter", ages("0|2|30", "3|5|40", "6|14|100", "15|17|50"))
    assert denominators(haus, "[0, 14]") == [(170, "vorhanden")]


def test_an_open_range_ends_with_the_open_group(haus):
    haus.lieferung("alter", ages("50|64|40", "65|74|60", "75||50"))
    assert denominators(haus, "[65, null]") == [(110, "vorhanden")]


def test_all_ages_are_the_sum_of_all_groups(haus):
    haus.lieferung("alter", ages("0|64|80", "65|74|60", "75||50"))
    assert denominators(haus, "null") == [(190, "vorhanden")]


def test_age_groups_are_never_stretched_or_counted_twice(haus):
    haus.lieferung(
        "alter",
        """
        messgroesse | gebiet   | zeit | zeitbezug | alter_von | alter_bis | wert | bemerkung
        faelle      | 08116004 | 2015 | jahr      | 0         | 2         | 30   | a gap
        faelle      | 08116004 | 2015 | jahr      | 6         | 14        | 100  |
        faelle      | 08116005 | 2015 | jahr      | 0         | 2         | 30   | an overlap
        faelle      | 08116005 | 2015 | jahr      | 2         | 14        | 140  |
        faelle      | 08116006 | 2015 | jahr      | 0         | 2         | 30   | reaches beyond
        faelle      | 08116006 | 2015 | jahr      | 3         | 17        | 140  |
        faelle      | 08116007 | 2015 | jahr      | 3         | 14        | 140  | begins too late
        faelle      | 08116008 | 2015 | jahr      | 0         | 5         | 70   | ends too early
        faelle      | 08116011 | 2015 | jahr      | 0         | 14        | 170  |
        faelle      | 08116011 | 2015 | jahr      | 0         | 2         | 30   | parts of a whole
        faelle      | 08116011 | 2015 | jahr      | 3         | 14        | 140  |
        """,
    )
    haus.indikator("anzahl", "art: anzahl\nzaehler: {messgroesse: faelle, alter: [0, 14]}\n")
    assert_table(
        haus.refresh().reihe("anzahl", GEMEINDEN[:6]),
        """
        gebiet   | wert | anmerkung
        08116004 |      | in der Veröffentlichung nicht enthalten
        08116005 |      | in der Veröffentlichung nicht enthalten
        08116006 |      | in der Veröffentlichung nicht enthalten
        08116007 |      | in der Veröffentlichung nicht enthalten
        08116008 |      | in der Veröffentlichung nicht enthalten
        08116011 | 170  |
        """,
    )


def test_parts_of_two_tables_are_not_mixed(haus):
    haus.lieferung("eine", ages("0|2|30"))
    haus.lieferung("andere", ages("3|14|140"))
    assert denominators(haus, "[0, 14]") == [(None, "fehlt")]


def test_a_sum_lacks_what_its_parts_lack(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit | zeitbezug | alter_von | alter_bis | wert | symbol
        faelle      | 08116004 | 2015 | jahr      | 0         | 2         |      | .
        faelle      | 08116004 | 2015 | jahr      | 3         | 5         |      | -
        faelle      | 08116005 | 2015 | jahr      | 0         | 2         |      | -
        faelle      | 08116005 | 2015 | jahr      | 3         | 5         |      | -
        faelle      | 08116006 | 2015 | jahr      | 0         | 2         | 7    |
        faelle      | 08116006 | 2015 | jahr      | 3         | 5         |      | -
        faelle      | 08116007 | 2015 | jahr      | 0         | 2         | 7    |
        faelle      | 08116007 | 2015 | jahr      | 3         | 5         |      | .
        faelle      | 08116008 | 2015 | jahr      | 0         | 2         |      | /
        faelle      | 08116008 | 2015 | jahr      | 3         | 5         |      | ...
        faelle      | 08116011 | 2015 | jahr      | 0         | 2         |      | ...
        faelle      | 08116011 | 2015 | jahr      | 3         | 5         | 7    |
        """,
    )
    haus.indikator("anzahl", "art: anzahl\nzaehler: {messgroesse: faelle, alter: [0, 5]}\n")
    assert_table(
        haus.refresh().reihe("anzahl", GEMEINDEN[:6]),
        """
        gebiet   | wert | status
        08116004 |      | geheim
        08116005 |      | nichts_vorhanden
        08116006 |      | fehlt
        08116007 |      | geheim
        08116008 |      | unsicher
        08116011 |      | folgt
        """,
    )


def test_rates_are_never_summed_over_ages(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit | zeitbezug | alter_von | alter_bis | wert
        quote       | 08116019 | 2015 | jahr      | 0         | 2         | 30
        quote       | 08116019 | 2015 | jahr      | 3         | 5         | 40
        """,
    )
    haus.indikator("quote", "art: uebernommen\nwert: {messgroesse: quote, alter: [0, 5]}\n")
    assert haus.refresh().reihe("quote", [ES]) == []


# --- Dates and bases


def test_the_denominator_has_the_declared_date(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit       | zeitbezug          | wert
        einwohner   | 08116019 | 2014-12-31 | stichtag           | 100
        einwohner   | 08116019 | 2015-12-31 | stichtag           | 200
        einwohner   | 08116019 | 2015       | jahresdurchschnitt | 400
        einwohner   | 08116019 | 2015       | jahr               | 500
        einwohner   | 08116019 | 2015-06-30 | stichtag           | 800
        faelle      | 08116019 | 2015       | jahr               | 10
        faelle      | 08116019 | 2015-06-30 | stichtag           | 10
        """,
    )
    rules = ("stichtag", "gleich", "jahresende", "vorjahresende", "jahresmittel")
    for rule in rules:
        haus.indikator(rule, anteil(rule))
    service = haus.refresh()
    assert_table(
        [wert for rule in rules for wert in service.reihe(rule, [ES])],
        """
        indikator     | zeit       | nenner
        stichtag      | 2015-06-30 | 800
        stichtag      | 2015       | 200
        gleich        | 2015-06-30 | 800
        gleich        | 2015       | 500
        jahresende    | 2015-06-30 | 200
        jahresende    | 2015       | 200
        vorjahresende | 2015-06-30 | 100
        vorjahresende | 2015       | 100
        jahresmittel  | 2015-06-30 | 400
        jahresmittel  | 2015       | 400
        """,
    )


def test_a_denominator_of_another_day_is_not_taken(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | wert
        faelle      | 08116019 | 2015-03-31 | stichtag  | 10
        einwohner   | 08116019 | 2015-06-30 | stichtag  | 800
        """,
    )
    haus.indikator("anteil")
    assert_table(haus.refresh().reihe("anteil", [ES]), "nenner|wert|status\n||fehlt")


def test_a_missing_denominator_says_which_day_is_missing(haus):
    haus.lieferung("faelle", f"messgroesse|gebiet|zeit|zeitbezug|wert\nfaelle|{ES}|2015|jahr|10")
    haus.indikator("anteil", anteil("vorjahresende"))
    assert_table(
        haus.refresh().reihe("anteil", [ES]),
        """
        zaehler | wert | status | anmerkung
        10      |      | fehlt  | Nenner fehlt zum 31.12.2014
        """,
    )


def test_count_and_denominator_have_one_basis(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | basis      | wert
        einwohner   | 08116019 | 2022-12-31 | stichtag  | zensus2011 | 100
        einwohner   | 08116019 | 2022-12-31 | stichtag  | zensus2022 | 200
        faelle      | 08116019 | 2022-12-31 | stichtag  |            | 10
        faelle      | 08116019 | 2022-12-31 | stichtag  | vz1987     | 10
        faelle      | 08116019 | 2022-12-31 | stichtag  | zensus2011 | 10
        """,
    )
    haus.indikator("anteil")
    assert_table(
        haus.refresh().reihe("anteil", [ES]),
        """
        basis      | nenner | wert | status
        vz1987     |        |      | fehlt
        zensus2011 | 100    | 10   | vorhanden
        zensus2022 | 200    | 5    | vorhanden
        """,
    )


def test_two_bases_of_one_day_both_live(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | basis      | wert
        einwohner   | 08116019 | 2022-12-31 | stichtag  | zensus2011 | 100
        einwohner   | 08116019 | 2022-12-31 | stichtag  | zensus2022 | 200
        """,
    )
    haus.indikator("anzahl", "art: anzahl\nzaehler: {messgroesse: einwohner}\n")
    assert_table(
        haus.refresh().reihe("anzahl", [ES]),
        """
        zeit       | basis      | wert
        2022-12-31 | zensus2011 | 100
        2022-12-31 | zensus2022 | 200
        """,
    )


# --- Precedence and editions


def test_of_two_tables_the_one_with_precedence_counts_unless_its_cell_is_empty(haus):
    haus.lieferung(
        "gezaehlt",
        """
        messgroesse | gebiet   | zeit | zeitbezug | wert | symbol
        faelle      | 08116004 | 2015 | jahr      | 5    |
        faelle      | 08116005 | 2015 | jahr      |      |
        faelle      | 08116006 | 2015 | jahr      |      | .
        """,
        rang=10,
    )
    haus.lieferung(
        "abgeleitet",
        """
        messgroesse | gebiet   | zeit | zeitbezug | wert
        faelle      | 08116004 | 2015 | jahr      | 9
        faelle      | 08116005 | 2015 | jahr      | 9
        faelle      | 08116006 | 2015 | jahr      | 9
        """,
        rang=60,
    )
    haus.indikator("anzahl", ANZAHL)
    assert_table(
        haus.refresh().reihe("anzahl", GEMEINDEN[:3]),
        """
        gebiet   | wert | status    | quelle
        08116004 | 5    | vorhanden | gezaehlt
        08116005 | 9    | vorhanden | abgeleitet
        08116006 |      | geheim    | gezaehlt
        """,
    )


def one(wert: str, zeit: str = "2015") -> str:
    return f"messgroesse|gebiet|zeit|zeitbezug|wert\nfaelle|{ES}|{zeit}|jahr|{wert}"


def test_of_two_tables_of_one_rank_the_newer_one_counts(haus):
    haus.lieferung("alt", one("9"), stand="2020-01-01")
    haus.lieferung("neu", one("5"), stand="2024-01-01")
    haus.indikator("anzahl", ANZAHL)
    assert_table(haus.refresh().reihe("anzahl", [ES]), "wert|quelle\n5|neu")


def test_editions_never_share_a_series(haus):
    haus.lieferung("alt", one("1", "2014"), ausgabe="INKAR 2022")
    haus.lieferung("neu", one("2", "2015"), ausgabe="INKAR 2024")
    haus.indikator("anzahl", ANZAHL)
    assert_table(haus.refresh().reihe("anzahl", [ES]), "zeit|wert\n2015|2")


# --- Areas


def of_all(wert: str, *, but: str = "", instead: str = "") -> str:
    rows = "\n".join(
        f"faelle|{key}|2015|jahr|{instead if key == but else wert + '|'}" for key in GEMEINDEN
    )
    return f"messgroesse|gebiet|zeit|zeitbezug|wert|symbol\n{rows}"


def test_a_missing_kreis_is_the_sum_of_44_municipalities_and_says_so(haus):
    haus.lieferung("zahlen", of_all("2"))
    haus.indikator("anzahl", ANZAHL)
    assert_table(
        haus.refresh().reihe("anzahl", ["08116"]),
        """
        wert | status    | anmerkung
        88   | vorhanden | eigene Summe aller Gemeinden
        """,
    )


@pytest.mark.parametrize("instead", ["|.", "|"])
def test_the_kreis_is_no_sum_of_43(haus, instead):
    haus.lieferung("zahlen", of_all("2", but=ES, instead=instead))
    haus.indikator("anzahl", ANZAHL)
    assert haus.refresh().reihe("anzahl", ["08116"]) == []


def test_the_official_kreis_is_not_replaced_by_a_sum(haus):
    haus.lieferung("zahlen", of_all("2") + "\nfaelle|08116|2015|jahr|90|")
    haus.indikator("anzahl", ANZAHL)
    assert_table(haus.refresh().reihe("anzahl", ["08116"]), "wert|anmerkung\n90|")


def test_rates_are_never_summed_over_municipalities(haus):
    haus.lieferung("zahlen", of_all("2").replace("faelle", "quote"))
    haus.indikator("quote", QUOTE)
    assert haus.refresh().reihe("quote", ["08116"]) == []


def test_a_verwaltungsgemeinschaft_of_one_municipality_is_that_municipality(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet    | zeit | zeitbezug | wert
        quote       | 081160019 | 2015 | jahr      | 3
        """,
    )
    haus.indikator("quote", QUOTE)
    assert_table(
        haus.refresh().reihe("quote", [ES]),
        """
        wert | anmerkung
        3    | Wert der Verwaltungsgemeinschaft, die nur aus dieser Gemeinde besteht
        """,
    )


def test_the_value_of_a_larger_verwaltungsgemeinschaft_is_never_copied(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet    | zeit | zeitbezug | wert
        quote       | 081165006 | 2015 | jahr      | 3
        """,
    )
    haus.indikator("quote", QUOTE)
    assert_table(
        haus.refresh().reihe("quote", ["08116004", "08116014", "08116056"]),
        """
        gebiet   | wert | status | anmerkung
        08116004 |      | fehlt  | nur für die Verwaltungsgemeinschaft Plochingen (Gemeindeverwaltungsverband) veröffentlicht
        08116014 |      | fehlt  | nur für die Verwaltungsgemeinschaft Plochingen (Gemeindeverwaltungsverband) veröffentlicht
        08116056 |      | fehlt  | nur für die Verwaltungsgemeinschaft Plochingen (Gemeindeverwaltungsverband) veröffentlicht
        """,
    )


# --- Status and quality


def test_a_missing_part_gives_the_rate_its_reason(haus):
    parts = """
        gebiet   | zaehler | nenner | status
        08116004 | .       | 200    | geheim
        08116005 | -       | 200    | nichts_vorhanden
        08116006 | /       | 200    | unsicher
        08116007 | ...     | 200    | folgt
        08116008 | x       | 200    | nicht_sinnvoll
        08116011 |         | 200    | fehlt
        08116012 | 5       | .      | geheim
        08116014 | 5       | -      | nichts_vorhanden
        08116015 | 5       |        | fehlt
        08116016 | .       | /      | geheim
        08116018 | 0       | 0      | nicht_sinnvoll
    """
    rows = [
        f"{name}|{row['gebiet']}|2015-12-31|stichtag|{cell(row[part])}"
        for row in table(parts)
        for name, part in (("faelle", "zaehler"), ("einwohner", "nenner"))
    ]
    columns = "messgroesse|gebiet|zeit|zeitbezug|wert|symbol"
    haus.lieferung("zahlen", "\n".join([columns, *rows]))
    haus.indikator("anteil")
    found = haus.refresh().reihe("anteil", [row["gebiet"] for row in table(parts)])
    assert [(wert.wert, wert.status) for wert in found] == [
        (None, row["status"]) for row in table(parts)
    ]


def cell(printed: str) -> str:
    """Put a printed cell into the column for values or the one for symbols."""
    return f"{printed}|" if printed.isdigit() else f"|{printed}"


def test_a_rate_is_as_good_as_its_worst_part(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | wert | guete
        faelle      | 08116019 | 2015-12-31 | stichtag  | 5    | vorlaeufig
        einwohner   | 08116019 | 2015-12-31 | stichtag  | 200  | geschaetzt
        """,
    )
    haus.indikator("anteil")
    assert_table(haus.refresh().reihe("anteil", [ES]), "wert|guete\n2.5|geschaetzt")


@pytest.mark.parametrize("zaehler", ["201", "-1"])
def test_a_share_that_cannot_be_stops_the_refresh(haus, zaehler):
    haus.lieferung(
        "zahlen",
        f"""
        messgroesse | gebiet   | zeit       | zeitbezug | wert
        faelle      | 08116019 | 2015-12-31 | stichtag  | {zaehler}
        einwohner   | 08116019 | 2015-12-31 | stichtag  | 200
        """,
    )
    haus.indikator("anteil")
    with pytest.raises(DeliveryError) as caught:
        haus.refresh()
    (defect,) = caught.value.maengel
    assert defect.ort == "amt/zahlen.csv"
    assert f"Der Zähler {zaehler} passt nicht in den Nenner 200" in defect.problem


def test_more_events_than_people_are_allowed_for_a_rate(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | wert
        faelle      | 08116019 | 2015-12-31 | stichtag  | 300
        einwohner   | 08116019 | 2015-12-31 | stichtag  | 200
        """,
    )
    haus.indikator("rate", anteil().replace("art: anteil", "art: rate\nfaktor: 1"))
    assert haus.refresh().reihe("rate", [ES])[0].wert == 1.5


# --- Groups


def test_a_group_is_divided_by_the_same_group(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | geschlecht | wert
        faelle      | 08116019 | 2015-12-31 | stichtag  |            | 5
        faelle      | 08116019 | 2015-12-31 | stichtag  | w          | 3
        einwohner   | 08116019 | 2015-12-31 | stichtag  |            | 200
        einwohner   | 08116019 | 2015-12-31 | stichtag  | w          | 100
        """,
    )
    haus.indikator("anteil", anteil() + "gliederung: [geschlecht]\n")
    service = haus.refresh()
    women = next(group for group in service.gruppen("anteil") if group.geschlecht == "w")
    assert_table(service.reihe("anteil", [ES]), "geschlecht|wert\n|2.5")
    assert_table(service.reihe("anteil", [ES], women), "geschlecht|wert\nw|3")


def test_a_fixed_characteristic_is_no_group_of_the_result(haus):
    haus.lieferung(
        "zahlen",
        """
        messgroesse | gebiet   | zeit       | zeitbezug | geschlecht | wert
        faelle      | 08116019 | 2015-12-31 | stichtag  | w          | 3
        einwohner   | 08116019 | 2015-12-31 | stichtag  |            | 200
        """,
    )
    haus.indikator("anteil", anteil(zaehler=", geschlecht: w"))
    assert_table(haus.refresh().reihe("anteil", [ES]), "geschlecht|wert\n|1.5")
