import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.disclosure import STANDARD, Netz, Regel, Zelle, audit
from indicators.disclosure.onedim import Gruppen, Muster, bereiche, sperre, unsicher
from indicators.disclosure.rules import pruefe_zahlen


def gruppen(wert, regel=STANDARD, gesamt=None, n=np.inf, **felder):
    values = np.array(wert, dtype=float)
    total = np.array([np.sum(values) if gesamt is None else gesamt], dtype=float)
    schutz = pruefe_zahlen(values, regel, n)
    return Gruppen(np.zeros(len(values), dtype=int), values, total, schutz, **felder)


def hidden(wert, *args, **felder):
    muster = sperre(gruppen(wert, *args, **felder))
    return np.flatnonzero(muster.gesperrt).tolist(), bool(muster.ohne_gesamt[0])


def as_geflecht(g, muster):
    """The same as cells and one relation, for the linear program."""
    netz = Netz()
    names = [str(i) for i in range(len(g.wert))]
    netz.felder(names, g.wert, g.schutz)
    if not muster.ohne_gesamt[0]:
        netz.zelle("gesamt", Zelle(float(g.gesamt[0]), fest=True))
        netz.beziehung({**dict.fromkeys(names, -1.0), "gesamt": 1.0}, 0.0)
    return netz.fertig()


@pytest.mark.parametrize(
    ("wert", "expected"),
    [
        ([2, 7, 9, 40], [0, 1]),  # the smallest other one
        ([1, 1, 9, 40], [0, 1, 2]),  # both would be exactly 1
        ([1, 2, 9, 40], [0, 1, 2]),  # both would be below 3
        ([2, 2, 9, 40], [0, 1]),  # 4 may be 1 + 3
        ([5, 7, 9, 40], []),
        ([0, 0, 9, 40], []),
    ],
)
def test_key_cases(wert, expected):
    assert hidden(wert) == (expected, False)


def test_without_partners_the_total_is_withheld():
    assert hidden([2, 0, 0, 0]) == ([0], True)


def test_a_partner_of_the_last_release_is_preferred():
    frueher = np.array([False, False, False, True])
    assert hidden([2, 7, 9, 11], frueher=frueher)[0] == [0, 3]


def test_what_must_be_shown_is_no_partner():
    fest = np.array([False, True, False, False])
    assert hidden([2, 7, 9, 11], fest=fest)[0] == [0, 2]


def test_the_mask_of_a_source_is_kept_and_not_undone():
    shown, withheld = hidden([np.nan, 7, 9, 40], gesamt=90)
    assert (shown, withheld) == ([0, 1], False)


def test_hidden_zeros_need_more_against_those_who_know_themselves():
    # 1 + 2 = 3 may be 0 + 3, but whoever is the 1 would know the 2.
    assert hidden([1, 2, 9, 40], Regel(null_veroeffentlichen=False))[0] == [0, 1, 2]


def test_the_counterpart_is_protected():
    g = gruppen([50, 20, 30], n=[50, 50, 50])
    low, _ = bereiche(g, sperre(g))
    assert low[0] <= 47


def test_many_tables_at_once_are_the_same_as_one_by_one():
    rng = np.random.default_rng(5)
    tables = [
        rng.poisson(rng.gamma(0.5, 8, size=rng.integers(1, 12))).astype(float) for _ in range(300)
    ]
    number = np.repeat(np.arange(300), [len(t) for t in tables])
    values = np.concatenate(tables)
    order = rng.permutation(len(values))
    many = Gruppen(
        number[order],
        values[order],
        np.array([t.sum() for t in tables]),
        pruefe_zahlen(values[order]),
    )
    muster = sperre(many)
    back = np.empty(len(values), dtype=bool)
    back[order] = muster.gesperrt
    single = [sperre(gruppen(t)) for t in tables]
    # Equal values may change places, so numbers are compared where the order decides.
    assert [s.ohne_gesamt[0] for s in single] == muster.ohne_gesamt.tolist()
    assert [s.gesperrt.sum() for s in single] == np.bincount(number, weights=back).tolist()
    assert len(unsicher(many, muster)) == 0


COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=8)


@settings(deadline=None, max_examples=60)
@given(COUNTS, st.integers(1, 6), st.booleans(), st.booleans())
def test_the_closed_form_agrees_with_the_linear_program(wert, k, nullen, gegenzahl):
    regel = Regel(kleinste_zahl=k, null_veroeffentlichen=nullen, gegenzahl=gegenzahl)
    g = gruppen(wert, regel, n=np.array(wert) + np.arange(len(wert)) % 5)
    muster = sperre(g)
    assert len(unsicher(g, muster)) == 0
    flat = as_geflecht(g, muster)
    pattern = np.append(muster.gesperrt, np.zeros(int(not muster.ohne_gesamt[0]), dtype=bool))
    assert audit.befunde(flat, pattern) == []
    exact = audit.bereiche(flat, pattern)
    low, high = bereiche(g, muster)
    assert exact.unten[: len(wert)].tolist() == low.tolist()
    assert exact.oben[: len(wert)].tolist() == high.tolist()


@given(COUNTS, st.integers(1, 6))
def test_primary_cells_stay_and_nothing_is_hidden_for_nothing(wert, k):
    g = gruppen(wert, Regel(kleinste_zahl=k))
    muster = sperre(g)
    assert (g.schutz.primaer <= muster.gesperrt).all()
    if not g.schutz.primaer.any():
        assert not muster.gesperrt.any()
        assert not muster.ohne_gesamt.any()


@given(COUNTS, st.integers(1, 6))
def test_a_larger_k_hides_no_less(wert, k):
    one, more = (sperre(gruppen(wert, Regel(kleinste_zahl=i))) for i in (k, k + 1))
    if not more.ohne_gesamt[0]:
        assert one.gesperrt.sum() <= more.gesperrt.sum()
        assert not one.ohne_gesamt[0]


def test_a_pattern_that_betrays_is_seen():
    g = gruppen([1, 1, 9, 40])
    bare = Muster(g.schutz.primaer, np.array([False]))
    assert unsicher(g, bare).tolist() == [0, 1]
