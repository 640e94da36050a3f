"""The back-calculated population that we deliver is what our published method gives."""

from pathlib import Path

import pytest

from indicators.service import Service
from indicators.statistics import bridge

ESSLINGEN = "08116019"
OLD, NEW = 2011 + 129 / 365, 2022 + 135 / 365  # both censuses on an axis where 31.12. is whole


def at(service: Service, indikator: str, basis: str, zeit: str) -> float:
    found = [
        w.wert
        for w in service.reihe(indikator, [ESSLINGEN])
        if (w.basis, w.zeit) == (basis, zeit) and w.wert is not None
    ]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("year", [2011, 2013, 2015, 2019, 2021])
def test_the_correction_of_the_census_is_spread_over_the_years(ausgeliefert: Path, year: int):
    service = Service(ausgeliefert)
    before = at(service, "bevoelkerung", "zensus2011", "2021-12-31")
    after = at(service, "bevoelkerung", "zensus2011", "2022-12-31")
    counted = at(service, "bevoelkerung", "zensus2022", "2022-05-15")
    factor = counted / (before + (after - before) * 135 / 365)
    updated = at(service, "bevoelkerung", "zensus2011", f"{year}-12-31")

    expected = bridge.population([updated], [year + 1], factor, OLD, NEW)

    shown = at(service, "bevoelkerung_rueckgerechnet", "zensus2022", f"{year}-12-31")
    assert shown == pytest.approx(float(expected[0]), abs=0.51)
