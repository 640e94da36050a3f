import numpy as np
import pytest

from indicators.disclosure import records, rules
from indicators.disclosure.rules import Regel, bereich_aus_quote, pruefe_beitraege, pruefe_zahlen


def test_small_counts_are_primary_but_a_published_zero_is_not():
    schutz = pruefe_zahlen([0, 1, 2, 3, np.nan])
    assert schutz.primaer.tolist() == [False, True, True, False, False]
    assert schutz.unten.tolist() == [1, 1, 1, 1, 0]


def test_a_hidden_zero_is_primary_and_a_dot_may_then_be_zero():
    schutz = pruefe_zahlen([0, 1, 3], Regel(null_veroeffentlichen=False))
    assert schutz.primaer.tolist() == [True, True, False]
    assert schutz.unten.tolist() == [0] * 3


def test_the_counterpart_counts_too():
    schutz = pruefe_zahlen([50, 49, 48, 47], grundgesamtheit=50)
    assert schutz.primaer.tolist() == [True, True, True, False]
    assert schutz.soll_unten[:3].tolist() == [47] * 3
    assert not pruefe_zahlen([50], Regel(gegenzahl=False), 50).primaer[0]


def test_a_zero_of_a_tiny_group_says_too_much():
    schutz = pruefe_zahlen([0, 0], grundgesamtheit=[2, 3])
    assert schutz.primaer.tolist() == [True, False]
    assert schutz.unten.tolist() == [0, 1]


def test_nobody_can_ask_for_more_than_the_group_has():
    schutz = pruefe_zahlen([1], grundgesamtheit=2)
    assert (schutz.soll_oben[0], schutz.soll_unten[0]) == (2, 0)


@pytest.mark.parametrize("k", range(1, 12))
def test_a_larger_k_hides_no_less(k):
    x = np.arange(30)
    n = np.full(30, 30)
    one, more = (pruefe_zahlen(x, Regel(kleinste_zahl=i), n).primaer for i in (k, k + 1))
    assert (one <= more).all()


def test_few_carriers_and_one_dominant_carrier():
    regel = Regel(traeger=3, dominanz=0.85)
    few = pruefe_beitraege([100, 100, 100, 0], [50, 90, 40, 0], [2, 9, 9, 0], regel)
    assert few.tolist() == [True, True, False, False]
    assert not pruefe_beitraege([100], [99], [1], Regel()).any()


def test_a_rate_times_its_denominator_bounds_the_count():
    low, high = bereich_aus_quote([1.2, np.nan], [250, 250], 100, 1)
    assert (low[0], high[0]) == (3, 3)
    assert (low[1], high[1]) == (0, np.inf)


@pytest.mark.parametrize(
    "felder", [{"kleinste_zahl": 0}, {"dominanz": 1.5}, {"traeger": 0}, {"runden": 4}]
)
def test_a_senseless_rule_is_refused_by_name(felder):
    with pytest.raises(ValueError, match=next(iter(felder))):
        Regel(**felder)


def test_a_count_above_its_group_is_refused():
    with pytest.raises(ValueError, match="zahl"):
        pruefe_zahlen([5], grundgesamtheit=4)


def test_a_rule_is_changed_by_its_fields():
    assert Regel().mit(kleinste_zahl=10, nie_unter_kreis=True) == Regel(10, nie_unter_kreis=True)


def test_a_finding_names_cell_reason_and_remedy_but_no_value():
    text = records.Befund(("arbeitslose", "", "08116019"), "unloesbar", 1, 2, ("08116",)).text()
    assert text.startswith("arbeitslose · 08116019 lässt sich nicht schützen")
    assert text.endswith("Es hilft, zurückzuhalten: 08116.")
    early = records.Befund("A", "frueher_gezeigt").text()
    assert "release --withdraw" in early
    assert rules.SYMBOL == "."


def test_reports_join():
    one = records.Bericht(10, (records.Sperrung("A", "primaer"),), ())
    both = records.zusammen([one, records.Bericht(10, (), (records.Befund("B", "einzelne"),))])
    assert (both.zellen, both.anteil("primaer"), both.bestanden) == (20, 0.05, False)
    assert records.zusammen([]).anteil("primaer") == 0
