"""A sample of bench/visitors.py: many at once, while new Datenstände are swapped in."""

import json

import pytest

from bench.callbacks import kopie, tausche
from bench.visitors import Ergebnis, adressen, besuche, serving
from tests.dashboard.aufruf import seitenaufruf


@pytest.fixture
def port(warehouse, tmp_path):
    own = kopie(warehouse)
    with serving(own) as (port, _):
        yield own, port


def test_no_visitor_sees_an_error_or_two_builds_on_one_page(port):
    own, number = port
    bodies = [json.dumps(seitenaufruf(address)).encode() for address in adressen(own)[::7]]
    found = Ergebnis()
    for _ in range(3):
        tausche(own)
        some = besuche(number, bodies, besucher=20, sekunden=2, lesen=(0.05, 0.2))
        found.sekunden += some.sekunden
        found.fehler += some.fehler
    assert found.fehler == []
    assert len(found.sekunden) > 60
