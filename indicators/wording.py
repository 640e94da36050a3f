"""German words that pages, files and reports share: statements, age groups, calculations."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from etl.messgroessen import Messgroesse
from etl.schema import TOTAL_BIS
from etl.yamlfile import Strict, load_yaml
from indicators.model import Indikator, Operand

FILE = Path(__file__).with_name("aussagen.yaml")

DATES = {
    "stichtag": "am selben Stichtag",
    "gleich": "im selben Zeitraum",
    "jahresende": "am 31.12. desselben Jahres",
    "vorjahresende": "am 31.12. des Vorjahres",
    "jahresmittel": "im Jahresdurchschnitt",
}
SEXES = {"m": "männlich", "w": "weiblich", "d": "divers"}
NATIONALITIES = {"deutsch": "Deutsche", "auslaendisch": "Ausländerinnen und Ausländer"}


class Aussage(Strict):
    """One result in words: the word, its sign beside it, and a sentence with placeholders."""

    wort: str
    zeichen: str = ""
    satz: str = ""


class Aussagen(Strict):
    """Everything that may be said of a value, by the machine word of the result."""

    trend: dict[str, Aussage]
    gesichert: Aussage
    erkennbar: str
    nicht_erkennbar: str
    vergleich: dict[str, Aussage]
    klasse: dict[str, Aussage]
    bereich: str
    zufall: str


@cache
def aussagen() -> Aussagen:
    """Return the words of aussagen.yaml."""
    return load_yaml(FILE, Aussagen)


def age_text(von: int, bis: int) -> str:
    """Return an inclusive age range in words; the range of all ages is the empty text."""
    if (von, bis) == (0, TOTAL_BIS):
        return ""
    if bis == TOTAL_BIS:
        return f"{von} Jahre und älter"
    return f"unter {bis + 1} Jahre" if von == 0 else f"{von} bis {bis} Jahre"


def calculation(indikator: Indikator, names: Mapping[str, Messgroesse]) -> str:
    """Return the formula of an indicator as one German sentence."""
    if indikator.wert is not None:
        published = _operand(indikator.wert, names)
        return f"{published}: vom Herausgeber veröffentlichter Wert, unverändert übernommen."
    if indikator.zaehler is None:  # the model refuses this; said here for the type checker
        raise ValueError("indikator: weder wert noch zaehler")
    numerator = _operand(indikator.zaehler, names)
    if indikator.nenner is None or indikator.nenner_zeit is None:
        return f"{numerator}: gezählte Anzahl, unverändert übernommen."
    denominator = _operand(indikator.nenner, names)
    date = DATES[indikator.nenner_zeit]
    return f"{numerator}, geteilt durch {denominator} {date}, mal {indikator.skala}."


def _operand(operand: Operand, names: Mapping[str, Messgroesse]) -> str:
    lower, upper = operand.alter or (0, None)
    details = [
        SEXES.get(operand.geschlecht, ""),
        age_text(lower, TOTAL_BIS if upper is None else upper),
        NATIONALITIES.get(operand.nationalitaet, ""),
        operand.gruppe,
    ]
    narrowed = ", ".join(detail for detail in details if detail)
    title = names[operand.messgroesse].titel
    return f"{title} ({narrowed})" if narrowed else title


def protection(indikator: Indikator, names: Mapping[str, Messgroesse]) -> str:
    """Return in one or two German sentences which counts of an indicator are not shown."""
    if indikator.zaehler is None:
        return "Gezeigt wird, was der Herausgeber selbst offen veröffentlicht."
    rule = names[indikator.zaehler.messgroesse]
    if rule.ohne_personen:
        return "Hinter dem, was gezählt wird, stehen keine Personen, die zu schützen wären."
    if rule.kleinste_zahl is None:
        return "Gezeigt wird, was der Herausgeber selbst offen veröffentlicht."
    below = " Unterhalb des Kreises wird nichts gezeigt." if rule.nie_unter_kreis else ""
    return (
        f"Anzahlen unter {rule.kleinste_zahl} werden nicht gezeigt, ebenso wenig ein Wert, aus dem sie sich"
        " errechnen ließen. Ausgenommen sind Quellen, deren Herausgeber jede Zahl selbst offen"
        f" veröffentlicht.{below}"
    )
