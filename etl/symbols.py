"""What stands in a cell when no number does, and how good a number is.

Source: Zeichenerklärung der Statistischen Ämter des Bundes und der Länder; the asterisk is that of
the Bundesagentur für Arbeit (1 or 2 cases, never 0).
"""

import re
from typing import NamedTuple

STATUS_OF_SYMBOL = {
    "": "fehlt",  # an empty cell says nothing, least of all zero
    "-": "nichts_vorhanden",
    ".": "geheim",
    "*": "geheim",
    "/": "unsicher",
    "...": "folgt",
    "x": "nicht_sinnvoll",
}
# From best to worst: a result is as good as the worst number that went into it.
GUETEN = (
    "endgueltig",
    "revidiert",
    "gerundet",
    "eingeschraenkt",
    "vorlaeufig",
    "geschaetzt",
    "plan",
)
BASEN = ("", "vz1970", "vz1987", "zensus2011", "zensus2022", "unbekannt")
GESCHLECHTER = ("", "m", "w", "d")
NATIONALITAETEN = ("", "deutsch", "auslaendisch")

# German decimal number; dots only as complete thousands, so that "1.5" is refused, not read as 15.
# More than 15 digits before the comma would not survive as DOUBLE.
NUMBER = r"-?(\d{1,15}|\d{1,3}(\.\d{3}){1,4})(,\d+)?"

# The signs of a sheet or file of the offices; the Kreisformat knows only those above.
STATUS_OF_PRINT = STATUS_OF_SYMBOL | {
    "–": "nichts_vorhanden",  # the dash of the short-term series
    "—": "nichts_vorhanden",
    "−": "nichts_vorhanden",
    "…": "folgt",
    "X": "nicht_sinnvoll",
    "()": "unsicher",  # brackets without the number that they would restrict
    "( )": "unsicher",
}
GUETE_OF_MARK = {
    "p": "vorlaeufig",
    "r": "revidiert",
    "s": "geschaetzt",
    "e": "endgueltig",
    "()": "eingeschraenkt",
}
MARKED = re.compile(r"(?P<klammer>\()?\s*(?P<zahl>[^()]*?)\s*(?(klammer)\))\s*(?P<mal>[prse])?")
# Thousands as complete groups, all by the same sign; a minus may be a real minus sign or a dash.
GROUPED = r"[0-9]{{1,3}}(?P<t>[{sign}' \u00a0\u202f\u2009])[0-9]{{3}}((?P=t)[0-9]{{3}}){{0,3}}"
GERMAN = re.compile(rf"[-−–]?([0-9]{{1,15}}|{GROUPED.format(sign='.')})(,[0-9]+)?")
ENGLISH = re.compile(rf"[-−–]?([0-9]{{1,15}}|{GROUPED.format(sign=',')})(\.[0-9]+)?")


class Druck(NamedTuple):
    """What a printed cell says: a value, or the reason why there is none, and how good it is."""

    wert: float | None
    status: str
    guete: str


def lies_druck(text: str, dezimal: str = ",") -> Druck:
    """Read a printed cell: `1.234,5`, `-`, `.`, `(12)`, `345 p`, `(12) r`; empty says `fehlt`.

    Args:  dezimal: "," in German, "." in English files
    Raises:  ValueError in German for anything else
    """
    word = text.strip()
    if word in STATUS_OF_PRINT:
        return Druck(None, STATUS_OF_PRINT[word], "endgueltig")
    parts = MARKED.fullmatch(word)
    number = parts and _number(parts["zahl"], dezimal)
    if parts is None or number is None:
        raise ValueError(f"»{text}« ist weder eine Zahl noch ein Zeichen der Zeichenerklärung")
    marks = [parts["mal"] or "e", "()" if parts["klammer"] else "e"]
    return Druck(number, "vorhanden", max((GUETE_OF_MARK[m] for m in marks), key=GUETEN.index))


def _number(text: str, dezimal: str) -> float | None:
    form = GERMAN if dezimal == "," else ENGLISH
    if form.fullmatch(text) is None:
        return None
    digits = re.sub(r"[^0-9,]" if dezimal == "," else r"[^0-9.]", "", text).replace(",", ".")
    return -float(digits) if text[0] in "-−–" else float(digits)
