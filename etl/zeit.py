"""Periods: one way to write them, one way to compare them, and every way deliveries write them."""

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
    "halbjahr": re.compile(r"([0-9]{4})-H([12])|SS ([0-9]{4})|WS ([0-9]{4})/([0-9][0-9])"),
    "schuljahr": re.compile(r"([0-9]{4})/([0-9][0-9])"),
}
MONTHS_OF_STEP = {"monat": 1, "quartal": 3, "halbjahr": 6}

# How deliveries write periods; everything is compared in lower case.
MONTHS = (
    ("januar", "january", "jänner", "jan"),
    ("februar", "february", "feb"),
    ("märz", "march", "maerz", "mär", "mrz", "mar"),
    ("april", "apr"),
    ("mai", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("dezember", "december", "dez", "dec"),
)
MONTH_OF_WORD = {word: n for n, words in enumerate(MONTHS, start=1) for word in words}
NUMBER_OF_WORD = {"i": 1, "ii": 2, "iii": 3, "iv": 4} | {str(n): n for n in (1, 2, 3, 4)}
BEFORE = re.compile(  # »Jahr: 2012«, »Stand am 31.12.2022«
    r"(?:(?:stand|stichtag|gebietsstand|jahr|berichtsjahr|berichtsmonat|berichtszeitraum|monat"
    r"|zeit|schuljahr|jahresdurchschnitt|jahresmittel|durchschnitt|year|month|reference date"
    r"|school year|am|zum|vom|im)\b[.:]?\s*)+"
)
FOOTNOTE = re.compile(r"\s*[0-9]{1,2}\)$")
YEAR = r"(?P<jahr>(?:18|19|20|21)[0-9]{2})"
WORD = rf"(?P<wort>{'|'.join(MONTH_OF_WORD)})\.?"
NUMBER = r"(?P<{}>[1-4]|i{{1,3}}|iv)\.?\s?"
END = r"\s?(?P<ende>[0-9]{2}(?:[0-9]{2})?)"
SPELLINGS = tuple(
    re.compile(form)
    for form in (
        YEAR,
        rf"{YEAR}-(?P<monat>[01]?[0-9])-(?P<tag>[0-3]?[0-9])(?:[t ]00:00(?::00)?(?:\.0+)?)?",
        rf"(?P<tag>[0-3]?[0-9])\.\s?(?P<monat>[01]?[0-9])\.\s?{YEAR}",
        rf"(?P<tag>[0-3]?[0-9])\.?\s{WORD}\s{YEAR}",
        rf"{YEAR}(?P<monat>[01][0-9])(?P<tag>[0-3][0-9])",
        rf"{YEAR}-(?P<monat>[01][0-9])p(?P<schritt>[136])m",
        rf"{YEAR}[-m]?(?P<monat>[01][0-9])",
        rf"(?P<monat>[01]?[0-9])[/.]{YEAR}",
        rf"{WORD}\s{YEAR}",
        rf"{YEAR}[ -]?q(?P<quartal>[1-4])",
        rf"q(?P<quartal>[1-4])[ /]{YEAR}",
        rf"{NUMBER.format('quartal')}(?:quartal|vierteljahr|vj\.?|quarter)[ /]{YEAR}",
        rf"{YEAR}[ -]?h(?P<halbjahr>[12])",
        rf"{NUMBER.format('halbjahr')}(?:halbjahr|hj\.?|half-year)[ /]{YEAR}",
        rf"(?P<sommer>ss|sose|sommersemester) {YEAR}",
        rf"(?P<winter>ws|wise|wintersemester) {YEAR}\s?/{END}",
        rf"{YEAR}-(?:08)?(?P<schuljahr>p1y)",
        rf"{YEAR}\s?[/–-]{END}",
    )
)
MEAN = re.compile(r"jahresdurchschnitt|jahresmittel|annual average")
SCHOOL_YEAR = re.compile(r"schuljahr|school year|sljahr")
YEARLY_DAY = re.compile(r"(?:stichtag|reference date)[: ]*(?:am )?([0-3]?[0-9])\.\s?([01]?[0-9])\.")


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
    numbers = [int(group) for group in match.groups() if group]
    try:
        return Zeit(text, zeitbezug, *_bounds(text, zeitbezug, numbers))
    except ValueError as error:
        raise ValueError(f"»{text}« gibt es im Kalender nicht") from error


def _bounds(text: str, zeitbezug: str, numbers: list[int]) -> tuple[date, date]:
    year = numbers[0]
    if zeitbezug == "stichtag":
        day = date(*numbers)
        return day, day
    if zeitbezug == "halbjahr" and "S" in text:
        return _semester(numbers)
    if zeitbezug == "schuljahr":
        if numbers[1] != (year + 1) % 100:
            raise ValueError
        return date(year, 8, 1), date(year + 1, 7, 31)
    if zeitbezug in MONTHS_OF_STEP:
        step = MONTHS_OF_STEP[zeitbezug]
        last = numbers[1] * step
        return date(year, last - step + 1, 1), date(year, last, monthrange(year, last)[1])
    return date(year, 1, 1), date(year, 12, 31)


def _semester(numbers: list[int]) -> tuple[date, date]:
    """Return the bounds of a summer (April) or winter term (October), the half-years of schools."""
    year = numbers[0]
    if len(numbers) == 1:
        return date(year, 4, 1), date(year, 9, 30)
    if numbers[1] != (year + 1) % 100:
        raise ValueError
    return date(year, 10, 1), date(year + 1, 3, 31)


def erkenne_zeit(text: str, hinweis: str = "") -> Zeit:
    """Read a period in any spelling of a delivery.

    Args:  hinweis: what the surroundings say, such as a Zeitbezug, the time code of a flat file or
           the title of the table: it makes a plain year a yearly mean (»Jahresdurchschnitt«) or a
           day (»Stichtag 31.12.«), and 2022-23 a school year
    Raises:  ValueError in German for what is no period
    """
    words = " ".join(text.split()).casefold()
    word = FOOTNOTE.sub("", BEFORE.sub("", words, count=1) if BEFORE.match(words) else words)
    for spelling in SPELLINGS:
        match = spelling.fullmatch(word)
        if match:
            found = {name: part for name, part in match.groupdict().items() if part}
            return _period(found, f"{hinweis} {text}".casefold(), text)
    raise ValueError(f"»{text}« ist kein bekannter Zeitpunkt")


def _period(found: dict[str, str], hint: str, text: str) -> Zeit:
    """Build the period that the parts of a spelling mean."""
    year = int(found["jahr"])
    month = MONTH_OF_WORD.get(found.get("wort", ""), 0) or int(found.get("monat", 0))
    if "schritt" in found:
        return _steps(year, month, int(found["schritt"]), text)
    if "tag" in found or month:
        return _day_or_month(year, month, found.get("tag", ""), hint)
    if "ende" in found and "winter" not in found:
        return _range(year, found["ende"], hint, text)
    return _part(year, found) or _year(year, hint)


def _day_or_month(year: int, month: int, day: str, hint: str) -> Zeit:
    if day:
        return parse_zeit(f"{year}-{month:02}-{int(day):02}", "stichtag")
    if month == (year + 1) % 100 and SCHOOL_YEAR.search(hint):  # 2009-10
        return parse_zeit(f"{year}/{month:02}", "schuljahr")
    return parse_zeit(f"{year}-{month:02}", "monat")


def _part(year: int, found: dict[str, str]) -> Zeit | None:
    """Read a quarter, half-year, term or school year."""
    for zeitbezug in ("quartal", "halbjahr"):
        if zeitbezug in found:
            number = NUMBER_OF_WORD[found[zeitbezug]]
            return parse_zeit(f"{year}-{zeitbezug[0].upper()}{number}", zeitbezug)
    if "sommer" in found:
        return parse_zeit(f"SS {year}", "halbjahr")
    if "winter" in found:
        return parse_zeit(f"WS {year}/{found['ende'][-2:]}", "halbjahr")
    if "schuljahr" in found:
        return parse_zeit(f"{year}/{(year + 1) % 100:02}", "schuljahr")
    return None


def _steps(year: int, month: int, steps: int, text: str) -> Zeit:
    """Read `2023-10P6M`: so many months from this one on."""
    number, odd = divmod(month - 1, steps)
    if steps == 6 and month in (4, 10):
        term = f"SS {year}" if month == 4 else f"WS {year}/{(year + 1) % 100:02}"
        return parse_zeit(term, "halbjahr")
    if odd:
        raise ValueError(f"»{text}« beginnt nicht mit einem Quartal oder Halbjahr")
    if steps == 1:
        return parse_zeit(f"{year}-{month:02}", "monat")
    letter, zeitbezug = ("Q", "quartal") if steps == 3 else ("H", "halbjahr")
    return parse_zeit(f"{year}-{letter}{number + 1}", zeitbezug)


def _range(year: int, ende: str, hint: str, text: str) -> Zeit:
    """Read 2022/23 as a school year, 2021/2023 as the years of one mean (life tables)."""
    last = int(ende) if len(ende) == 4 else year - year % 100 + int(ende)
    last += 100 if last < year else 0
    if last == year + 1 and ("/" in text or SCHOOL_YEAR.search(hint)):
        return parse_zeit(f"{year}/{last % 100:02}", "schuljahr")
    if not 0 < last - year <= 20:
        raise ValueError(f"»{text}« ist kein bekannter Zeitpunkt")
    return Zeit(f"{year}-{last}", "jahr", date(year, 1, 1), date(last, 12, 31))


def _year(year: int, hint: str) -> Zeit:
    day = YEARLY_DAY.search(hint)
    if day:
        return parse_zeit(f"{year}-{int(day[2]):02}-{int(day[1]):02}", "stichtag")
    return parse_zeit(str(year), "jahresdurchschnitt" if MEAN.search(hint) else "jahr")
