"""Where a value stands on the time axis, and which neighbours a line may join."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from dashboard.format import BASIS
from indicators.records import Bruch, Wert

PART = re.compile(r"\d{4}-(?:Q(?P<quartal>\d)|H(?P<halbjahr>\d)|(?P<monat>\d\d)$)")
PARTS = {"quartal": 4, "halbjahr": 2, "monat": 12}
TOLERANZ = 1.5  # elections come every four or five years: that is one rhythm, not a gap


def stelle(wert: Wert) -> float:
    """Return the year of a value, with a fraction for parts of a year."""
    match = PART.match(wert.zeit)
    if match is None:
        return float(wert.jahr)
    kind, number = next((k, int(v)) for k, v in match.groupdict().items() if v)
    return wert.jahr + (number - 1) / PARTS[kind]


def abstand(stellen: Iterable[float]) -> float:
    """Return the usual distance of two periods: the smallest that occurs."""
    places = sorted(set(stellen))
    gaps = [after - before for before, after in pairwise(places)]
    return min(gaps, default=1.0)


def ist_luecke(vorher: float, nachher: float, schritt: float) -> bool:
    """Return whether periods are missing between two values, so that no line may join them."""
    return nachher - vorher > TOLERANZ * schritt


def abschnitte(werte: Sequence[Wert]) -> list[list[Wert]]:
    """Split a series by its basis; two official values of one date go to different parts."""
    parts: dict[str, list[Wert]] = {}
    for wert in werte:
        parts.setdefault(wert.basis, []).append(wert)
    return list(parts.values())


def marken(reihen: Sequence[Sequence[Wert]], brueche_: Sequence[Bruch]) -> list[tuple[str, float]]:
    """Return title and place of every break inside the drawn years, oldest first.

    A break lies before the first period that ends after it; a change of basis in the data itself
    counts unless a declared break stands at the same place.
    """
    years = [stelle(w) for werte in reihen for w in werte if w.wert is not None]
    keys = {w.gebiet for werte in reihen for w in werte}
    declared = [
        (b.titel, b.datum.year - 0.5)
        for b in brueche_
        if any(key.startswith(b.gebiet) for key in keys)
    ]
    found = [(title, place) for title, place in declared if min(years) < place < max(years)]
    for basis, place in brueche(reihen).items():
        if all(abs(place - other) > TOLERANZ for _, other in found):
            found.append((BASIS.get(basis, basis), place))
    return sorted(dict.fromkeys(found), key=lambda mark: mark[1])


def brueche(reihen: Iterable[Sequence[Wert]]) -> dict[str, float]:
    """Return where the basis changes in any series: new basis → place between old and new."""
    marks: dict[str, float] = {}
    for werte in reihen:
        parts = [[w for w in part if w.wert is not None] for part in abschnitte(werte)]
        parts = [part for part in parts if part]
        for before, after in pairwise(parts):
            place = (stelle(after[0]) + max(stelle(w) for w in before)) / 2
            marks[after[0].basis] = min(place, marks.get(after[0].basis, place))
    return marks
