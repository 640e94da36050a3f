"""The stacked header of a GENESIS table: what each column counts, for whom, where and when.

Above a column stand, from top to bottom, its measure, the names of characteristics
("Nationalität") with their values ("Deutsche"), times, areas and, last, the unit; which of them
are there differs from table to table. A name that is not printed is inferred only where the
values leave no doubt (männlich, Deutsche, unter 3 Jahre); else it is "Gliederung".
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from etl.kopfzeilen import ohne_trennung
from etl.zeit import MONTH_OF_WORD, erkenne_zeit

# Units as GENESIS prints them, alone in a cell or in brackets behind a measure.
EINHEIT = re.compile(
    r"(?:(?:1[. ]?000|tsd\.|mill?\.|mio\.?|mrd\.|tausend) ?)?"
    r"(?:anzahl|number|prozent|percent|%|‰|promille|euro?|dm|jahre?|years|monate?|tage|stunden|std\.?"
    r"|ha|ar|a|qkm|km²|km|qm|m²|m2|cbm|m³|m3|kg|t|dt|tonnen|l|liter|hl|kwh|mwh|gwh|tj|gj|mj|grad"
    r"|personen|einwohner|ew|fälle|punkte|index|messzahl|messziffer|jew\. me|[a-z]+-km|tkm|fkm"
    r"|[0-9]{4} ?= ?100|(?:euro?|personen|anzahl|einw(?:ohner)?|kg|t|l|qm|cbm)\.? ?(?:je|pro|/) ?.{1,40}"
    r"|je .{1,40}|pro .{1,40})|(?:1[. ]?000|tsd\.|mill?\.|mio\.?|mrd\.)",
    re.IGNORECASE,
)
MEASURE = re.compile(r"(?P<inhalt>.+?)\s*\((?P<einheit>[^()]+)\)")
FOOTNOTE = re.compile(r"(?<=\D)\s*[0-9]{1,2}\)$")
# Names of characteristics, as opposed to their values.
ACHSE = re.compile(
    r"(geschlecht|sex|nationalität|nationality|alter|altersgruppen?|altersjahre|age groups?|parteien"
    r"|und zwar|davon|darunter|migrationshintergrund|staatsangehörigkeit(en)?|familienstand"
    r"|haushaltstyp|haushaltsgröße|schularten?|rechtsform|wirtschaftszweige?|religion\w*"
    r"|(typ|art|arten|größe|zahl|anzahl|dauer|form|stellung|ursache|grund|gründe) (der|des|von)\b.*"
    r"|klassenstufe\b.*|jahrgangsstufe\b.*|schuljahr\b.*|größenklassen?\b.*|merkmale?"
    r"|monate?\b.*|months?|quartale?\b.*)(\s*\(.*\))?",
    re.IGNORECASE,
)
BEKANNT: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "Geschlecht",
        re.compile(r"männlich|weiblich|divers|ohne angabe \(geschlecht\)|(fe)?male", re.IGNORECASE),
    ),
    (
        "Nationalität",
        re.compile(
            r"deutsche?|ausländer\W?innen\W?|ausländer|ausländisch|nichtdeutsche?", re.IGNORECASE
        ),
    ),
    (
        "Altersgruppe",
        re.compile(
            r"(unter|ab|über) [0-9]+ ?(jahr(en?)?|j\.)|[0-9]+ ?(bis|-|–).{1,12}[0-9]+ ?(jahren?|j\.)"
            r"|[0-9]+ (jahr(en?)?|j\.)( und (mehr|älter)| und darüber)?|[0-9]+-jährige",
            re.IGNORECASE,
        ),
    ),
)
GESAMT = re.compile(r"insgesamt|zusammen|total|gesamt", re.IGNORECASE)
TEIL = re.compile(
    rf"(?P<monat>{'|'.join(MONTH_OF_WORD)})\.?(?:\s*\(.*\))?|(?P<quartal>[1-4]|i{{1,3}}|iv)\.? ?(?:quartal|vierteljahr)(?:\s*\(.*\))?",
    re.IGNORECASE,
)
OHNE_NAMEN = "Gliederung"
# Above a row of times or areas the newer tables print what it lists; it tells nothing apart.
ZEIT_ODER_GEBIET = re.compile(
    r"((schul|berichts)?jahre?|stichtage?|zeit|quartale?|monate?|semester|years?|reference dates?"
    r"|deutschland insgesamt|(bundes)?länder|regierungsbezirke\b.*|kreise\b.*|gemeinden?\b.*)",
    re.IGNORECASE,
)


@dataclass
class Spalte:
    """What the header says of one column of values."""

    inhalt: str = ""
    einheit: str = ""
    merkmale: dict[str, str] = field(default_factory=dict)
    zeit: str = ""
    teil: str = ""  # a month or quarter, to be joined with the year of the row
    gebiet: str = ""


@lru_cache(maxsize=65536)
def sauber(text: str) -> str:
    """Return a label without footnote digits, line breaks and double blanks."""
    word = ohne_trennung(text)
    while word.count(")") > word.count("(") and FOOTNOTE.search(word):
        word = FOOTNOTE.sub("", word)
    return word


def ist_einheit(text: str) -> bool:
    """Say whether a cell holds nothing but a unit."""
    return EINHEIT.fullmatch(sauber(text)) is not None


@lru_cache(maxsize=65536)
def ist_zeit(text: str) -> bool:
    """Say whether a cell holds nothing but a period."""
    try:
        erkenne_zeit(text)
    except ValueError:
        return False
    return True


def mit_einheit(text: str) -> tuple[str, str] | None:
    """Split »Bevölkerungsstand (Anzahl)« into measure and unit."""
    match = MEASURE.fullmatch(sauber(text))
    return (match["inhalt"], match["einheit"]) if match and ist_einheit(match["einheit"]) else None


def merkmal_von(values: Sequence[str]) -> str:
    """Return the characteristic that all these values belong to (totals aside), or nothing."""
    names = {_inferred(value) for value in values if value and not GESAMT.fullmatch(value)}
    return names.pop() if len(names) == 1 else ""


def _inferred(value: str) -> str:
    return next((name for name, form in BEKANNT if form.fullmatch(value)), "")


def achsenname(text: str) -> str:
    """Return the name of a characteristic without what it lists: »Altersgruppe«."""
    name = re.sub(r"\s*\(.*\)$", "", sauber(text)) or sauber(text)
    return "Altersgruppe" if re.fullmatch(r"altersgruppen?", name, re.IGNORECASE) else name


def spalten(
    rows: Sequence[Sequence[str]],
    columns: Sequence[int],
    titel: tuple[str, str] | None,
    ist_gebiet: Callable[[str], bool],
) -> list[Spalte]:
    """Return what each of the columns means.

    Args:  rows: the header rows, merged cells filled; titel: measure and unit of the title, if any
    """
    stack = [[sauber(row[c]) if c < len(row) else "" for c in columns] for row in rows]
    stack = [row for row in stack if any(row)]
    found = [Spalte(*(titel or ("", ""))) for _ in columns]
    if stack and all(not word or ist_einheit(word) for word in stack[-1]):
        for spalte, unit in zip(found, stack.pop(), strict=True):
            spalte.einheit = unit or spalte.einheit
    taken = [_outside(row, found, ist_gebiet) for row in stack]
    stack = [row for n, row in enumerate(stack) if not (taken[n] or _heads(row, taken[n + 1 :]))]
    stack = _filled(stack, measured=titel is not None)
    months = [n for n, row in enumerate(stack) if any(row) and all(not w or TEIL.fullmatch(w) for w in row)]  # fmt: skip
    for n in reversed(months):
        for spalte, word in zip(found, stack.pop(n), strict=True):
            spalte.teil = word
        if n and len(set(stack[n - 1])) == 1 and ACHSE.fullmatch(stack[n - 1][0]):
            stack.pop(n - 1)  # »Monate« above the months
    for column, spalte in enumerate(found):
        _path(stack, column, spalte, measured=titel is not None)
    return found


def _filled(stack: list[list[str]], *, measured: bool) -> list[list[str]]:
    """Fill spans that are printed once.

    A measure stands above every column. Further down a blank continues the word to its left if
    both have the same words above and something below; else the column is not subdivided there.
    """
    out: list[list[str]] = []
    for n, row in enumerate(stack):
        below = stack[n + 1] if n + 1 < len(stack) else [""] * len(row)
        words: list[str] = []
        for c, word in enumerate(row):
            same = c > 0 and all(above[c] == above[c - 1] for above in out)
            spanned = (n == 0 and not measured) or (below[c] and c and below[c - 1])
            words.append(word or (words[-1] if same and spanned else ""))
        out.append(words)
    return out


def _heads(row: Sequence[str], below: Sequence[bool]) -> bool:
    """Say whether a row only announces the times or areas in the row below it."""
    words = {word for word in row if word}
    return (
        any(below[:1]) and len(words) == 1 and ZEIT_ODER_GEBIET.fullmatch(words.pop()) is not None
    )


def _outside(row: Sequence[str], found: list[Spalte], ist_gebiet: Callable[[str], bool]) -> bool:
    """Take over a row that holds only times or only areas; say whether it was one."""
    words = {word for word in row if word}
    row = _forward(row)
    if all(ist_zeit(word) for word in words):
        for spalte, word in zip(found, row, strict=True):
            spalte.zeit = word
        return True
    if all(ist_gebiet(word) for word in words):
        for spalte, word in zip(found, row, strict=True):
            spalte.gebiet = word
        return True
    return False


def _forward(row: Sequence[str]) -> list[str]:
    """Repeat each cell to its right until the next one."""
    out: list[str] = []
    for word in row:
        out.append(word or (out[-1] if out else ""))
    return out


def _path(stack: Sequence[Sequence[str]], column: int, spalte: Spalte, *, measured: bool) -> None:
    """Read the words above one column: measure, then names and values of characteristics."""
    words = [(n, row[column]) for n, row in enumerate(stack) if row[column]]
    if not measured and words:
        at = 2 if len(words) > 2 and ACHSE.fullmatch(words[0][1]) else 0
        spalte.inhalt = words.pop(at)[1]
        if not spalte.einheit:
            split = mit_einheit(spalte.inhalt)
            spalte.inhalt, spalte.einheit = split or (spalte.inhalt, "")
    name = ""
    for place, (n, word) in enumerate(words):
        below = place + 1 < len(words)
        if below and not name and (ACHSE.fullmatch(word) or _alone(stack, n, column, measured=measured)):  # fmt: skip
            name = achsenname(word)
            continue
        key = name or _inferred(word) or _of_siblings(stack, n, column) or OHNE_NAMEN
        _put(spalte.merkmale, key, word)
        name = ""


def _put(merkmale: dict[str, str], name: str, value: str) -> None:
    number = 2
    key = name
    while key in merkmale:
        key, number = f"{name} {number}", number + 1
    merkmale[key] = value


def _group(stack: Sequence[Sequence[str]], n: int, column: int) -> list[int]:
    """Return the columns that have the same words above row n."""
    above = [row[column] for row in stack[:n]]
    return [c for c in range(len(stack[n])) if [row[c] for row in stack[:n]] == above]


def _alone(stack: Sequence[Sequence[str]], n: int, column: int, *, measured: bool) -> bool:
    """Say whether a word tells nothing apart but what is below it: then it is a name."""
    if n == 0 and not measured:
        return False
    group = _group(stack, n, column)
    words = {stack[n][c] for c in group if stack[n][c]}
    below = {stack[n + 1][c] for c in group if stack[n][c]} if n + 1 < len(stack) else set()
    return len(words) == 1 and len(below) > 1 and not GESAMT.fullmatch(stack[n][column])


def _of_siblings(stack: Sequence[Sequence[str]], n: int, column: int) -> str:
    """Return the characteristic of the values beside a total."""
    if not GESAMT.fullmatch(stack[n][column]):
        return ""
    return merkmal_von([stack[n][c] for c in _group(stack, n, column)])


def teil_von(text: str) -> tuple[str, int] | None:
    """Return »monat« or »quartal« and its number for »Januar (31.)« or »1. Quartal«."""
    match = TEIL.fullmatch(sauber(text))
    if match is None:
        return None
    if match["monat"]:
        return "monat", MONTH_OF_WORD[match["monat"].casefold()]
    number: Mapping[str, int] = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
    word = match["quartal"].casefold()
    return "quartal", number.get(word) or int(word)
