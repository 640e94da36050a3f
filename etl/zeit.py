"""Periods: one way to write them, one way to compare them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Zeitbezug = Literal[
    "stichtag", "jahr", "jahresdurchschnitt", "monat", "quartal", "halbjahr", "schuljahr"
]
ZEITBEZUEGE: tuple[str, ...] = get_args(Zeitbezug)

FORMS = {
    "stichtag": re.compile(r"([0-9]{4})-([0-9][0-9])-([0-9][0-9])"),
    "jahr": re.compile(r"([0-9]{4})"),
    "jahresdurchschnitt": re.compile(r"([0-9]{4})"),
    "monat": re.compile(r"([0-9]{4})-([0-9][0-9])"),
    "quartal": re.compile(r"([0-9]{4})-Q([1-4])"),
    "halbjahr": re.compile(r"([0-9]{4})-H([12])"),
    "schuljahr": re.compile(r"([0-9]{4})/([0-9][0-9])"),
}
MONTHS_OF_STEP = {"monat": 1, "quartal": 3, "halbjahr": 6}


@dataclass(frozen=True, slots=True)
class Zeit:
    """A period with its first and last day; a Stichtag begins and ends on the same day."""

    text: str
    zeitbezug: str
    von: date
    bis: date


def parse_zeit(text: str, zeitbezug: str) -> Zeit:
    """Read a period such as `2015-12-31`, `2015`, `2015-04`, `2015-Q2`, `2015-H1` or `2014/15`.

    Raises:  ValueError in German if the text does not have the form of its Zeitbezug
    """
    if zeitbezug not in FORMS:
        raise ValueError(f"»{zeitbezug}« ist kein Zeitbezug ({', '.join(ZEITBEZUEGE)})")
    match = FORMS[zeitbezug].fullmatch(text)
    if match is None:
        raise ValueError(f"»{text}« ist kein Zeitpunkt der Art {zeitbezug}")
    numbers = [int(group) for group in match.groups()]
    try:
        return Zeit(text, zeitbezug, *_bounds(zeitbezug, numbers))
    except ValueError as error:
        raise ValueError(f"»{text}« gibt es im Kalender nicht") from error


def _bounds(zeitbezug: str, numbers: list[int]) -> tuple[date, date]:
    year = numbers[0]
    if zeitbezug == "stichtag":
        day = date(*numbers)
        return day, day
    if zeitbezug == "schuljahr":
        if numbers[1] != (year + 1) % 100:
            raise ValueError
        return date(year, 8, 1), date(year + 1, 7, 31)
    if zeitbezug in MONTHS_OF_STEP:
        step = MONTHS_OF_STEP[zeitbezug]
        last = numbers[1] * step
        return date(year, last - step + 1, 1), date(year, last, monthrange(year, last)[1])
    return date(year, 1, 1), date(year, 12, 31)
