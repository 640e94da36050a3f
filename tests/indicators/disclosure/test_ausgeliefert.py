"""The shipped figures without their exemptions: as if all of them were ours to protect."""

from collections import defaultdict

import numpy as np
import pytest

from etl import warehouse
from etl.messgroessen import load_messgroessen
from indicators.catalog import load_katalog
from indicators.compute import compute
from indicators.disclosure.counts import find
from indicators.disclosure.datenstand import schuetze_datenstand
from tests.haus import GEMEINDEN
from tests.indicators.disclosure.angreifer import GESAMT, Angreifer

KREIS = "08116"


@pytest.fixture(scope="module")
def ohne_ausnahmen(ausgeliefert):
    """Return the true counts and what would be shown of them, both by the name of the cell."""
    katalog = load_katalog(load_messgroessen())
    true = warehouse.scratch(warehouse.current(ausgeliefert).intern)
    compute(true, katalog)
    counts = {c.kennung: c for c in find(true, katalog.messgroessen, ausnahmen=False)}
    shown = warehouse.scratch(warehouse.current(ausgeliefert).intern)
    compute(shown, katalog)
    report = schuetze_datenstand(shown, katalog, ausnahmen=False)
    values = dict(shown.execute("SELECT kennung, wert FROM gezeigt").fetchall())
    return counts, values, report


def test_no_small_count_of_the_shipped_figures_is_shown(ohne_ausnahmen):
    counts, values, _ = ohne_ausnahmen
    small = [k for k, c in counts.items() if 0 < c.wert < c.regel.kleinste_zahl]
    assert len(counts) > 20_000
    assert small
    assert [k for k in small if values[k.text()] is not None] == []


def test_few_cells_are_withheld_for_the_sake_of_others(ohne_ausnahmen):
    _, _, report = ohne_ausnahmen
    assert 0 < report.anzahl("sekundaer") < report.anzahl("primaer")
    assert report.anteil("primaer") + report.anteil("sekundaer") < 0.01


def test_an_attacker_proves_none_of_them_to_be_small(ohne_ausnahmen):
    """Adds up municipalities, sexes, nationalities and ages with equations of its own."""
    counts, values, _ = ohne_ausnahmen
    families = defaultdict(list)
    for key in counts:
        families[key.messgroesse, key.zeit, key.zeitbezug, key.basis, key.gruppe].append(key)
    attacked = 0
    for keys in families.values():
        if all(values[k.text()] is not None for k in keys):
            continue
        cells = {_cell(k): k for k in keys if k.gebiet == KREIS or k.gebiet in GEMEINDEN}
        attacker = Angreifer()
        attacker.sieht({cell: values[k.text()] for cell, k in cells.items()})
        attacker.sucht(cells)
        for parts, whole in _summen(cells):
            true = counts[cells[whole]].wert - sum(counts[cells[part]].wert for part in parts)
            if true == 0:  # the figures of some tables do not add up; nobody can use those sums
                attacker.gleichung(parts, whole)
        small = [c for c, k in cells.items() if 0 < counts[k].wert < counts[k].regel.kleinste_zahl]
        assert attacker.ueberfuehrt(small, 3) == []
        attacked += len(small)
    assert attacked


def _cell(key):
    ages = GESAMT if (key.alter_von, key.alter_bis) == (0, 999) else (key.alter_von, key.alter_bis)
    place = GESAMT if key.gebiet == KREIS else key.gebiet
    return place, key.geschlecht, ages, key.nationalitaet


def _summen(cells):
    for axis in range(4):
        lines = defaultdict(list)
        for cell in cells:
            lines[cell[:axis] + cell[axis + 1 :]].append(cell)
        for line in lines.values():
            parts = [cell for cell in line if cell[axis] != GESAMT]
            yield from ((parts, cell) for cell in line if parts and cell[axis] == GESAMT)


def test_what_the_publisher_hides_stays_hidden(ohne_ausnahmen):
    counts, values, _ = ohne_ausnahmen
    masked = [k for k, c in counts.items() if np.isnan(c.wert)]
    assert masked
    assert [k for k in masked if values[k.text()] is not None] == []
