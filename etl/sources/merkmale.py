"""What the labels and codes of a publisher mean: totals, ages, sexes, nationalities.

Every function takes the printed label or code of one Ausprägung; none of them guesses.
"""

import re
from collections.abc import Callable, Mapping

from etl.schema import TOTAL_BIS
from etl.sources import passt

Deutung = Callable[[str], str]

TOTALS = frozenset(
    ["", "insgesamt", "zusammen", "gesamt", "alle", "total", "lb-ins", "summe", "ingesamt"]
)
GESCHLECHT = {
    "m": ("m", "männlich", "männer", "mann", "gesm", "male", "jungen", "männliche personen"),
    "w": ("w", "weiblich", "frauen", "frau", "gesw", "female", "mädchen", "weibliche personen"),
    "d": ("d", "divers", "gesd"),
}
NATIONALITAET = {
    "deutsch": ("deutsch", "deutsche", "deutsche/r", "natd", "deutschland", "deutsche personen"),
    "auslaendisch": (
        "ausländisch", "ausländer", "ausländer/innen", "ausländer/-innen", "ausländerinnen",
        "ausländer und ausländerinnen", "ausländerinnen und ausländer", "ausländer(innen)",
        "nichtdeutsch", "nichtdeutsche", "nichtdeutsche/r", "nata", "ausland",
    ),
}  # fmt: skip

YEARS = r"(?:jahr(?:en?)?|j\.?|-?jährige[nr]?)?"
AGE_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        # Codes of GENESIS: ALT006B10, ALT075UM, ALT000U03, ALT018
        (r"alt[a-z]*?(\d{2,3})(?:b|bis|u)(\d{2,3})", "unter"),
        (r"alt[a-z]*?(\d{2,3})um", "offen"),
        (r"alt[a-z]*?(\d{2,3})", "eines"),
        (rf"(\d+){YEARS}bisunter(\d+){YEARS}", "unter"),
        (rf"unter(\d+){YEARS}", "hoechstens"),
        (rf"(?:ab)?(\d+){YEARS}(?:u\.?|und)?(?:m\.?|mehr|älter|ältere|darüber|ä\.?)", "offen"),
        (rf"(?:ab(\d+){YEARS}|(\d+)(?:{YEARS}\+|\+{YEARS}))", "offen"),
        (rf"(\d+){YEARS}(?:bis(?:einschließlich|einschl\.)?|-|–)(\d+){YEARS}", "bis"),
        (rf"(\d+){YEARS}", "eines"),
    )
)


def ausgewaehlt(merkmale: Mapping[str, str], muster: str) -> str:
    """Return the Ausprägung of the Merkmal that a pattern names; nothing if there is none."""
    return next((value for name, value in merkmale.items() if passt(muster, name)), "")


def ist_gesamt(text: str) -> bool:
    """Say whether the label or code of an Ausprägung means all of them together.

    >>> ist_gesamt("Insgesamt"), ist_gesamt("weiblich")
    (True, False)
    """
    word = " ".join(text.split()).casefold()
    return (
        word in TOTALS
        or re.fullmatch(r"(alter|alle \w+|\w+ )?,? ?(insgesamt|zusammen)", word) is not None
    )


def geschlecht(text: str) -> str:
    """Return `m`, `w`, `d`, or nothing for a total.

    Raises:  ValueError for any other text
    """
    return _word(text, GESCHLECHT, "Geschlecht")


def nationalitaet(text: str) -> str:
    """Return `deutsch`, `auslaendisch`, or nothing for a total.

    Raises:  ValueError for any other text
    """
    return _word(text, NATIONALITAET, "Nationalität")


def alter(text: str, *, bis_unter: bool = False) -> tuple[int, int]:
    """Return the first and the last year of an age group, both included.

    bis_unter: the publisher writes "3 - 6" for "3 bis unter 6"

    "6 bis unter 10 Jahre" and ALT006B10 are 6 to 9, "15 - 64" is 15 to 64, "unter 3 Jahre" is 0 to
    2, "75 Jahre und mehr" has no end (999), a total is 0 to 999.
    Raises:  ValueError for any other text
    """
    if ist_gesamt(text):
        return 0, TOTAL_BIS
    word = re.sub(r"\s+", "", text.casefold())
    for pattern, kind in AGE_FORMS:
        match = pattern.fullmatch(word)
        if match:
            numbers = [int(group) for group in match.groups() if group]
            von, bis = _bounds("unter" if bis_unter and kind == "bis" else kind, numbers)
            if von <= bis:
                return von, bis
            break
    raise ValueError(f"»{text}« ist keine Altersgruppe")


def _bounds(kind: str, numbers: list[int]) -> tuple[int, int]:
    if kind == "hoechstens":
        return 0, numbers[0] - 1
    if kind == "offen":
        return numbers[0], TOTAL_BIS
    if kind == "eines":
        return numbers[0], numbers[0]
    return numbers[0], numbers[1] - (kind == "unter")


def _word(text: str, spellings: dict[str, tuple[str, ...]], merkmal: str) -> str:
    if ist_gesamt(text):
        return ""
    word = " ".join(text.split()).casefold()
    for meaning, known in spellings.items():
        if word in known:
            return meaning
    raise ValueError(f"»{text}« ist für {merkmal} nicht bekannt")
