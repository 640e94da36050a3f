import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from indicators.disclosure import STANDARD, Netz, Regel, Zelle, audit, linked, schuetze, wuerfel
from indicators.disclosure.tables import mit_summen
from tests.indicators.disclosure.angreifer import Angreifer
from tests.indicators.disclosure.optimum import wenigste_partner
from tests.indicators.disclosure.tafeln import (
    achsen,
    duenn,
    geflecht,
    moegliche,
    netz,
    veroeffentlicht,
)

SMALL = hnp.arrays(
    int, st.sampled_from([(2, 2), (3, 2), (3, 3), (2, 2, 2)]), elements=st.integers(0, 9)
)


@settings(deadline=None, max_examples=40)
@given(SMALL, st.sampled_from([2, 3, 5]), st.booleans())
def test_no_small_cell_can_be_worked_out(zahlen, k, nullen):
    g = geflecht(mit_summen(zahlen), k, null_veroeffentlichen=nullen)
    report = schuetze(g)
    assert report.bestanden, [b.text() for b in report.befunde]
    hidden = {s.schluessel for s in report.sperrungen}
    assert {name for name, p in zip(g.schluessel, g.primaer, strict=True) if p} <= hidden
    if not g.primaer.any():
        assert not hidden


@settings(deadline=None, max_examples=30)
@given(SMALL, st.integers(0, 3), st.booleans())
def test_the_mask_of_a_source_is_never_undone(zahlen, cell, nullen):
    table = mit_summen(zahlen)
    table[np.unravel_index(cell, zahlen.shape)] = np.nan
    g = geflecht(table, null_veroeffentlichen=nullen)
    report = schuetze(g, mit_bereich=True)
    assert report.bestanden, [b.text() for b in report.befunde]
    (mask,) = [s for s in report.sperrungen if s.art == "quelle"]
    assert mask.unten < mask.oben or mask.oben == 0  # or nobody is there


@settings(deadline=None, max_examples=25)
@given(hnp.arrays(int, (2, 3), elements=st.integers(0, 5)))
def test_enumerating_all_tables_agrees(zahlen):
    g = geflecht(mit_summen(zahlen))
    pattern, unsolved = linked.sperre(g)
    if unsolved or not 0 < pattern.sum() <= 5:
        return
    hidden, tables = moegliche(g, pattern, int(g.wert.max()) + 3)
    highest = dict(zip(hidden, tables.max(axis=0), strict=True))
    assert all(highest[cell] >= 3 for cell in np.flatnonzero(g.primaer))


def test_the_smallest_cells_become_partners_in_a_rectangle():
    table = mit_summen([[2, 6, 9], [7, 5, 8], [9, 8, 7]])
    report = schuetze(geflecht(table))
    assert report.bestanden
    assert (report.anzahl("primaer"), report.anzahl("sekundaer")) == (1, 3)


def test_two_in_every_line_are_not_enough_for_linked_tables():
    g = geflecht(duenn(1, (8, 2, 3)))
    assert audit.befunde(g, g.primaer)
    assert schuetze(g).bestanden


@pytest.mark.parametrize("seed", range(8))
def test_partners_against_the_optimum(seed):
    g = geflecht(duenn(seed, (4, 3), 6.0))
    pattern, unsolved = linked.sperre(g, einzelne=False)
    least = wenigste_partner(g)
    assert unsolved == []
    assert least <= (pattern & ~g.pflicht).sum() <= least + 2


def test_totals_that_must_stay_are_named_when_nothing_else_helps():
    net = netz(mit_summen([[2, 0], [0, 9]]), Regel())
    net.zelle(("", ""), Zelle(11.0, fest=True))
    for name in [("0", ""), ("", "0"), ("1", ""), ("", "1")]:
        net.zelle(name, Zelle(net.zellen[name].wert, fest=True))
    report = schuetze(net.fertig())
    assert not report.bestanden
    assert set(report.befunde[0].hilfe) >= {("0", ""), ("", "0")}


def test_partners_of_an_earlier_release_are_kept():
    table = mit_summen([2, 7, 8, 9])
    net = netz(table, Regel())
    seen = {("0",): None, ("3",): None, ("1",): 7.0, ("2",): 8.0, ("",): 26.0}
    assert net.frueher("2025", seen) == []
    hidden = {s.schluessel for s in schuetze(net.fertig()).sperrungen}
    assert hidden == {("0",), ("3",)}  # 7 and 8 are known for ever and protect nothing


def test_a_small_count_shown_by_an_earlier_release_stops_everything():
    net = netz(mit_summen([2, 7, 8, 9]), Regel())
    exposed = net.frueher("2025", {("0",): 2.0})
    report = schuetze(net.fertig(), exposed)
    assert ("0",) in {b.schluessel for b in report.befunde if b.angriff == "frueher_gezeigt"}


def test_a_revised_value_is_a_cell_of_its_own():
    net = netz(mit_summen([2, 7, 8, 9]), Regel())
    net.frueher("2025", {("1",): 6.0})
    assert net.mit_ausgabe("2025", ("1",)) == ("2025", ("1",))
    assert net.mit_ausgabe("2025", ("2",)) == ("2",)
    assert net.zellen["2025", ("1",)].fest


def test_pooled_years_are_seen_through():
    net = Netz()
    for year, value in {"2021": 2, "2022": 8, "2023": 9, "2024": 7}.items():
        net.zelle(year, Zelle(float(value), 1, soll_oben=3, primaer=value < 3))
    net.zelle("2021–23", Zelle(19.0, 1))
    net.zelle("2022–24", Zelle(24.0, 1))
    net.summe(["2021", "2022", "2023"], "2021–23")
    net.summe(["2022", "2023", "2024"], "2022–24")
    report = schuetze(net.fertig(), mit_bereich=True)
    assert report.bestanden
    assert len(report.sperrungen) >= 2
    assert all(s.unten < s.oben for s in report.sperrungen if s.art == "primaer")


def test_the_source_masks_stay_and_stay_unsure():
    table = mit_summen([[4.0, 6, 9], [7, 5, 8], [9, 8, 7]])
    table[0, 0] = np.nan
    report = schuetze(geflecht(table))
    assert report.bestanden
    assert report.anzahl("quelle") == 1
    assert report.anzahl("sekundaer") == 3


def test_a_mask_that_contradicts_its_total_is_named():
    table = mit_summen([[0.0, 6, 9], [7, 5, 8], [9, 8, 7]])
    table[0, 0] = np.nan
    net = netz(table, Regel())
    assert audit.befunde(net.fertig(), net.fertig().pflicht) == []
    net.zelle(("0", "0"), Zelle(None, 1, 2))  # »*« of a source never hides a zero
    (found,) = audit.befunde(net.fertig(), net.fertig().pflicht)
    assert found.angriff == "widerspruch"
    assert "widersprechen sich" in found.text()


def test_an_unknown_cell_in_a_relation_is_refused():
    net = Netz()
    net.summe(["A"], "B")
    with pytest.raises(ValueError, match="unbekannte Zelle"):
        net.fertig()


def test_two_values_for_one_cell_are_refused():
    net = Netz()
    net.zelle("A", Zelle(1.0))
    with pytest.raises(ValueError, match="zwei verschiedene Werte"):
        net.zelle("A", Zelle(2.0))


def hidden_names(zahlen, regel=STANDARD):
    report = schuetze(netz(zahlen, regel).fertig())
    assert report.bestanden, [b.text() for b in report.befunde]
    return {s.schluessel for s in report.sperrungen}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_attacker_gains_nothing_from_a_hard_table(seed):
    zahlen = duenn(seed, (44, 2, 2), 4.0)
    secret = hidden_names(zahlen)
    seen = veroeffentlicht(zahlen, secret)
    attacker = Angreifer()
    attacker.sieht(seen)
    attacker.sucht(seen)
    attacker.addiert(seen)
    names = list(seen)
    small = [n for n, value in zip(names, zahlen.ravel(), strict=True) if 0 < value < 3]
    assert len(small) > 20
    assert attacker.ueberfuehrt(small, 3) == []


def test_the_attacker_finds_what_primary_suppression_alone_leaves_open():
    zahlen = duenn(1, (44, 2, 2), 4.0)
    names = list(veroeffentlicht(zahlen, set()))
    small = [n for n, value in zip(names, zahlen.ravel(), strict=True) if 0 < value < 3]
    seen = veroeffentlicht(zahlen, set(small))
    attacker = Angreifer()
    attacker.sieht(seen)
    attacker.sucht(seen)
    attacker.addiert(seen)
    assert len(attacker.ueberfuehrt(small, 3)) > len(small) / 2


def insiders(zahlen, secret):
    """Yield of each only case of a cell whether it works out that another one is small."""
    seen = veroeffentlicht(zahlen, secret)
    true = dict(zip(seen, zahlen.ravel(), strict=True))
    for own in (n for n in secret if true[n] == 1):
        # Where this person is alone, they know everything themselves.
        (person,) = (n for n in seen if true[n] == 1 and "" not in n and inside(n, own))
        alone = [n for n in seen if true[n] == 1 and inside(person, n)]
        small = [n for n in secret if true[n] < 3 and not any(inside(n, m) for m in alone)]
        attacker = Angreifer()
        attacker.sieht(seen)
        attacker.sucht(seen)
        attacker.addiert(seen)
        attacker.ist(own)
        yield bool(attacker.ueberfuehrt(small, 3))


def inside(part, whole):
    return all(w in ("", p) for p, w in zip(part, whole, strict=True))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_only_case_of_a_cell_learns_of_nobody_else(seed):
    zahlen = duenn(seed, (10, 2, 2), 4.0)
    assert not any(insiders(zahlen, hidden_names(zahlen)))


def test_without_regard_to_single_cases_some_of_them_would_learn_it():
    zahlen = duenn(1, (10, 2, 2), 4.0)
    g = geflecht(zahlen)
    pattern, _ = linked.sperre(g, einzelne=False)
    assert any(insiders(zahlen, {g.schluessel[cell] for cell in np.flatnonzero(pattern)}))


def test_two_releases_together_betray_nothing():
    zahlen = duenn(3, (12, 3), 4.0)
    first = veroeffentlicht(zahlen, hidden_names(zahlen))
    # A year later one small count is corrected upward and another one downward, with its totals.
    later = zahlen.copy()
    later[0, 0] += 3
    later[0, -1] += 3
    later[-1, 0] += 3
    later[-1, -1] += 3
    changed = {n for n, a, b in zip(first, zahlen.ravel(), later.ravel(), strict=True) if a != b}
    net = netz(later, Regel())
    exposed = net.frueher("alt", {n: v for n, v in first.items() if n not in changed})
    report = schuetze(net.fertig(), exposed)
    assert report.bestanden, [b.text() for b in report.befunde]
    second = veroeffentlicht(later, {s.schluessel for s in report.sperrungen})
    attacker = Angreifer()
    attacker.sieht({n: v for n, v in first.items() if n not in changed})
    attacker.sieht(second)
    attacker.sucht(second)
    attacker.addiert(second)
    small = [n for n, v in zip(first, later.ravel(), strict=True) if 0 < v < 3]
    assert attacker.ueberfuehrt(small, 3) == []


def test_a_rate_beside_a_hidden_count_is_an_attack_that_bounds_see():
    net = Netz()
    wuerfel(net, mit_summen([2, 7, 8, 9]), achsen(4), Regel())
    # 2 of 100 is shown as 2.0 %: then 2 is known, whatever else is hidden.
    net.zelle(("0",), Zelle(2.0, unten=2, oben=2, soll_oben=3, primaer=True))
    named = [b.schluessel for b in audit.befunde(net.fertig(), linked.sperre(net.fertig())[0])]
    assert named == [("0",)]
    attacker = Angreifer()
    attacker.sucht([("0",)])
    attacker.teilt(("0",), 2.0, 100, 100, 1)
    assert attacker.ueberfuehrt([("0",)], 3) == [("0",)]
