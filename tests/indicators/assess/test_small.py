"""Years of small places taken together, and the smoothed layer of the map."""

import pytest

from tests.reihen import ANTEIL, reihen


def test_three_years_together_are_one_value_with_its_interval(haus):
    haus.lieferung(
        "zahlen",
        reihen(
            """
            gebiet   | werte     | einwohner
            08116004 | 1 ; 2 ; 3 | 100
            """,
            von=2019,
        ),
    )
    haus.indikator("anteil", ANTEIL)

    pool = haus.refresh().gepoolt("08116004")["anteil"]

    assert (pool.von_jahr, pool.bis_jahr) == (2019, 2021)
    assert (pool.zaehler, pool.nenner, pool.wert) == (6, 300, 2)
    assert pool.unten < 2 < pool.oben


def test_a_window_with_a_missing_year_is_not_pooled(haus):
    haus.lieferung(
        "zahlen",
        reihen(
            """
            gebiet   | werte | einwohner
            08116004 | 2 ; 3 | 100
            """,
            von=2020,
        ),
    )
    haus.indikator("anteil", ANTEIL)

    assert haus.refresh().gepoolt("08116004") == {}


def test_smoothing_pulls_small_places_to_the_middle(haus):
    small = "\n".join(f"0811600{n} | {n - 4} | 100" for n in range(4, 9))
    large = "\n".join(f"081160{n} | {20 + 4 * (n - 11)} | 1000" for n in (11, 12, 14, 15, 16, 18))
    haus.lieferung("zahlen", reihen(f"gebiet | werte | einwohner\n{small}\n{large}", von=2020))
    haus.indikator("anteil", ANTEIL)

    zeit, smoothed = haus.refresh().geglaettet("anteil")

    assert zeit.startswith("2020")
    assert len(smoothed) == 11
    assert 0 < smoothed["08116004"] < 3  # no case among 100, but not nothing
    assert smoothed["08116008"] == pytest.approx(4, abs=1.5)
