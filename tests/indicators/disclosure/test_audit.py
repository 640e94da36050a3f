import json

import numpy as np
import pytest

from indicators.disclosure import Netz, Zelle, audit
from tests.indicators.disclosure.tafeln import duenn, geflecht, moegliche
from tests.shared import needs_shared, series, vectors

ROWS = vectors("suppression_cases.csv")


def case(labels, values, relations, zeros, k):
    netz = Netz()
    for label, value in zip(labels, values, strict=True):
        netz.zelle(
            label,
            Zelle(value, unten=float(zeros), soll_oben=k, primaer=0 < value < k),
        )
    for relation in relations:
        netz.beziehung(dict(zip(labels, map(float, relation), strict=True)), 0.0)
    return netz.fertig()


@needs_shared
@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['case']}-{r['cell']}")
def test_the_attackers_intervals(row):
    labels = row["labels"].split(";")
    g = case(
        labels,
        series(row["values"]),
        json.loads(row["relations"]),
        row["zeros_published"] == "True",
        float(row["k"]),
    )
    pattern = np.isin(labels, row["suppressed_cells"].split(";"))
    cell = labels.index(row["cell"])
    found = audit.bereiche(g, pattern)
    assert (found.unten[cell], found.oben[cell]) == (float(row["min"]), float(row["max"]))
    assert (found.unten[cell] == found.oben[cell]) == (row["exactly_recoverable"] == "True")
    protected = row["protected"] == "True"
    named = {b.schluessel for b in audit.befunde(g, pattern, einzelne=False)}
    if g.primaer[cell]:
        assert (row["cell"] not in named) == protected


@pytest.mark.parametrize(
    ("values", "pattern", "interval"),
    [
        ([2, 7, 9, 40, 58], "A", (2, 2)),
        ([1, 2, 9, 40, 52], "AB", (1, 2)),
        ([2, 2, 9, 40, 53], "AB", (1, 3)),
        ([2, 7, 9, 40, 58], "AB", (1, 8)),
    ],
)
def test_key_intervals(values, pattern, interval):
    g = case("ABCDK", values, [[-1, -1, -1, -1, 1]], zeros=True, k=3)
    found = audit.bereiche(g, np.isin(list("ABCDK"), list(pattern)))
    assert (found.unten[0], found.oben[0]) == interval
    safe = audit.befunde(g, np.isin(list("ABCDK"), list(pattern))) == []
    assert safe == (interval[1] >= 3)


def test_whoever_is_the_only_case_of_a_cell_must_not_learn_anothers():
    g = case("ABCDK", [1, 2, 9, 40, 52], [[-1, -1, -1, -1, 1]], zeros=False, k=3)
    pattern = np.array([True, True, False, False, False])
    assert audit.befunde(g, pattern, einzelne=False) == []
    (found,) = audit.befunde(g, pattern)
    assert (found.schluessel, found.angriff, found.durch) == ("B", "einzelne", "A")
    assert "selbst der einzige Fall" in found.text()


def test_a_total_that_is_its_only_part_betrays_nobody_else():
    g = geflecht(np.array([[1.0, 0, 1], [6, 7, 13], [7, 7, 14]]))
    assert g.dieselben()[0] == g.dieselben()[2]
    pattern = g.primaer | np.isin(np.arange(9), [3, 5])
    assert audit.befunde(g, pattern) == []


def test_a_primary_cell_that_is_shown_is_named():
    g = geflecht(np.array([2.0, 9, 11]))
    assert [b.angriff for b in audit.befunde(g, np.zeros(3, dtype=bool))] == ["rueckrechnung"]


def test_without_its_total_a_cell_has_no_upper_end():
    g = geflecht(np.array([2.0, 9, 11]))
    found = audit.bereiche(g, np.array([True, False, True]))
    assert (found.unten[0], found.oben[0]) == (1, np.inf)


@pytest.mark.parametrize("seed", range(12))
def test_intervals_are_those_of_all_possible_tables(seed):
    g = geflecht(duenn(seed, (2, 2, 2), 3.0))
    inner = np.array(["" not in name for name in g.schluessel])
    rng = np.random.default_rng(seed)
    # Two cells of at most 4 in a line: no possible value is above 8.
    cells = rng.permutation(np.flatnonzero(inner & (g.wert > 0) & (g.wert <= 4)))[:5]
    pattern = np.isin(np.arange(27), cells)
    hidden, tables = moegliche(g, pattern, 9)
    found = audit.bereiche(g, pattern)
    assert found.unten[hidden].tolist() == tables.min(axis=0).tolist()
    assert found.oben[hidden].tolist() == tables.max(axis=0).tolist()
