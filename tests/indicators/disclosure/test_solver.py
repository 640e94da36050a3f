import numpy as np
import pytest

from indicators.disclosure import audit, linked, solver
from tests.indicators.disclosure.tafeln import duenn, geflecht


@pytest.fixture
def programm():
    """Return what a reader knows of a hard table, with many equal answers to most questions."""
    g = geflecht(duenn(1, (8, 2, 3), 4.0))
    return solver.attack(g, linked.sperre(g)[0])[1]


def fragen(programm):
    rng = np.random.default_rng(0)
    for column in rng.permutation(len(programm.lower)):
        lower = programm.lower.copy()
        lower[column] = 3
        yield rng.integers(1, 3, len(lower)).astype(float), lower


def test_an_answer_depends_on_the_question_alone(programm):
    asked = list(fragen(programm))
    forward = [programm.tafel(*question) for question in asked]
    backward = [programm.tafel(*question) for question in reversed(asked)]
    np.testing.assert_equal(forward, backward[::-1])


def test_tables_are_whole_and_agree_with_what_is_published(programm):
    found = [(programm.tafel(*question), question) for question in fragen(programm)]
    assert len(found) > 20
    for table, (_, lower) in found:
        assert table is not None
        assert (table == np.round(table)).all()
        assert (programm.matrix @ table == programm.rest).all()
        assert (table >= lower).all()


def test_half_a_person_is_no_table():
    """Three cells of which each two are one person: only halves would do."""
    matrix = np.array([[1.0, 1, 0], [0, 1, 1], [1, 0, 1]])
    halves = solver.Programm(
        solver.sparse.csc_array(matrix), np.ones(3), np.zeros(3), np.full(3, 9.0)
    )
    assert halves.minimum(np.ones(3)) == pytest.approx([0.5, 0.5, 0.5])
    assert halves.tafel(np.ones(3)) is None
    assert halves.kleinstes(np.ones(3)) is None


def test_a_table_that_the_solver_calls_one_is_recalculated(programm, monkeypatch):
    cost, lower = next(fragen(programm))
    monkeypatch.setattr(solver.Programm, "minimum", lambda *_: lower + 1)
    assert programm.tafel(cost, lower) is None


def test_without_an_answer_nothing_is_proven(monkeypatch):
    g = geflecht(duenn(1, (8, 2, 3), 4.0))
    pattern, _ = linked.sperre(g)
    assert audit.befunde(g, pattern) == []
    monkeypatch.setitem(solver.OPTIONS, "simplex_iteration_limit", 0)
    assert audit.befunde(g, pattern)
