"""How a statement came about: the points of the last stretch and every number of the test."""

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from indicators.records import Bewertung, Wert
from indicators.service import Service
from indicators.statistics import trend

UNIT_OF = {
    "doppeltest": "% pro Jahr",
    "vergleich": "% vom ersten zum letzten Wert",
    "mann_kendall": "Einheiten pro Jahr",
}


@dataclass(frozen=True, slots=True)
class Punkt:
    """One year of the stretch that was tested."""

    zeit: str
    zaehler: float | None
    nenner: float | None
    wert: float


@dataclass(frozen=True, slots=True)
class Aussageweg:
    """A statement with its inputs; `kennzahlen` are the steps of the calculation by name."""

    bewertung: Bewertung
    punkte: tuple[Punkt, ...]
    kennzahlen: dict[str, float | str]

    def as_json(self) -> dict[str, object]:
        """Return plain values for `--json`."""
        return asdict(self)


def explain_statement(folder: Path, indikator: str, gebiet: str) -> Aussageweg | None:
    """Return the way of the newest statement on one area, for everybody together.

    Returns: None if the indicator has no value for the area
    Raises:  UnknownError if there is no such indicator or area
    """
    service = Service(folder)
    kind = service.indikator(indikator).art
    service.gebiet(gebiet)
    found = service.bewertung(indikator, [gebiet]).get(gebiet)
    if found is None:
        return None
    stretch = _stretch(service.reihe(indikator, [gebiet]), found)
    points = tuple(
        Punkt(w.zeit, w.zaehler, w.nenner, w.wert) for w in stretch if w.wert is not None
    )
    return Aussageweg(found, points, _figures(stretch, found, kind))


def _stretch(rows: list[Wert], b: Bewertung) -> list[Wert]:
    """Return the values that the statement rests on: those of the last unbroken stretch."""
    newest = next((w for w in rows if w.zeit == b.zeit and w.wert is not None), None)
    if newest is None or b.von_jahr is None or b.bis_jahr is None:
        return []
    return [
        w
        for w in rows
        if b.von_jahr <= w.jahr <= b.bis_jahr
        and (w.zeitbezug, w.basis) == (newest.zeitbezug, newest.basis)
        and w.wert is not None
        and w.guete not in {"vorlaeufig", "plan"}
    ]


def _figures(stretch: list[Wert], b: Bewertung, kind: str) -> dict[str, float | str]:
    """Recalculate the test of the stretch step by step; nothing where nothing was tested."""
    if b.p is None or not stretch:
        return {}
    year = np.array([w.jahr for w in stretch], dtype=float)
    value = np.array([w.wert for w in stretch], dtype=float)
    unit = UNIT_OF.get(b.verfahren, "")
    if b.verfahren == "mann_kendall":
        ranks = trend.mann_kendall(value)
        slope = trend.theil_sen(value, year)
        return {"S": ranks.s, "tau": ranks.tau, "p": ranks.p, f"Steigung ({unit})": slope.slope}
    count = np.array([w.zaehler for w in stretch], dtype=float)
    people = np.array([w.nenner or 1.0 for w in stretch], dtype=float)
    if b.verfahren == "vergleich":
        ratio = trend.rate_ratio(count[-1], people[-1], count[0], people[0])
        return {"Verhältnis der Raten": ratio.ratio, "p (exakt, bedingt)": ratio.p}
    found = trend.doppeltest(count, people, year, "anteil" if kind == "anteil" else "rate")
    return {
        "Fälle zusammen": found.cases,
        "χ² des Trends": found.chi2,
        "φ (Streuung gegen Zählrauschen)": found.phi,
        "VIF (Nachwirkung der Vorjahre)": found.vif,
        "p (größere der beiden Prüfungen)": found.p,
        f"Veränderung ({unit})": found.apc,
        f"unten ({unit})": found.lower,
        f"oben ({unit})": found.upper,
        f"kleinste nachweisbare Veränderung ({unit})": found.detectable,
    }
