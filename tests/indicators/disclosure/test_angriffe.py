"""Hostile deliveries: what would betray somebody if one relation or rule were forgotten."""

import pytest

from etl.errors import SozialmonitorError
from tests.haus import GEMEINDEN
from tests.indicators.disclosure.test_datenstand import (
    ANZAHL,
    MESSGROESSEN,
    PROTECTED,
    geheime,
    geschuetzt,
    tabelle,
    werte,
    zeilen,
)

__all__ = ["geschuetzt"]


def test_what_may_not_be_shown_below_the_kreis_is_not_shown_rounded_either(geschuetzt):
    geschuetzt.lieferung("zahlen", tabelle(zeilen(werte(), "opfer")), geheimhaltung={"runden": 5})
    geschuetzt.indikator("opfer", ANZAHL.replace("personen", "opfer"))
    assert geheime(geschuetzt.refresh(), "opfer") == set(GEMEINDEN)


def test_the_source_s_mask_does_not_hide_that_a_total_leaves_little_for_a_small_count(geschuetzt):
    """One municipality is absent, one is masked, one has 2: the Kreis leaves exactly 2 for all."""
    known = {g: n for g, n in werte(g5=2).items() if g not in (GEMEINDEN[6], GEMEINDEN[40])}
    masked = f"personen | {GEMEINDEN[6]} | 2020 | jahr | | "
    head, *lines = tabelle(zeilen(known), masked).split("\n")
    text = "\n".join([f"{head} | symbol", *(f"{x} | {'.' if x == masked else ''}" for x in lines)])
    geschuetzt.lieferung("zahlen", text, **PROTECTED)
    geschuetzt.indikator("anzahl", ANZAHL)
    hidden = geheime(geschuetzt.refresh())
    assert {GEMEINDEN[5], GEMEINDEN[6]} < hidden


def test_a_balance_below_zero_is_refused_and_not_a_traceback(geschuetzt, monkeypatch):
    saldo = "saldo: {titel: Saldo, einheit: Fälle, additiv: true, kleinste_zahl: 3}\n"
    monkeypatch.setattr("tests.haus.MESSGROESSEN", MESSGROESSEN + saldo)
    geschuetzt.lieferung("zahlen", tabelle(zeilen(werte(g5=-4), "saldo")), **PROTECTED)
    geschuetzt.indikator("anzahl", ANZAHL.replace("personen", "saldo"))
    with pytest.raises(SozialmonitorError, match=r"amt/zahlen\.csv[\s\S]*kann keine Anzahl sein"):
        geschuetzt.refresh()
