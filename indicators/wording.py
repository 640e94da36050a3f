"""German words for parts of a definition: age groups and how a value is calculated."""

from etl.messgroessen import Messgroesse, load_messgroessen
from etl.schema import TOTAL_BIS
from indicators.model import Indikator, Operand

DATES = {
    "stichtag": "am selben Stichtag",
    "gleich": "im selben Zeitraum",
    "jahresende": "am 31.12. desselben Jahres",
    "vorjahresende": "am 31.12. des Vorjahres",
    "jahresmittel": "im Jahresdurchschnitt",
}
SEXES = {"m": "männlich", "w": "weiblich", "d": "divers"}
NATIONALITIES = {"deutsch": "Deutsche", "auslaendisch": "Ausländerinnen und Ausländer"}


def age_text(von: int, bis: int) -> str:
    """Return an inclusive age range in words; the range of all ages is the empty text."""
    if (von, bis) == (0, TOTAL_BIS):
        return ""
    if bis == TOTAL_BIS:
        return f"{von} Jahre und älter"
    return f"unter {bis + 1} Jahre" if von == 0 else f"{von} bis {bis} Jahre"


def calculation(indikator: Indikator) -> str:
    """Return the formula of an indicator as one German sentence."""
    names = load_messgroessen()
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


def _operand(operand: Operand, names: dict[str, Messgroesse]) -> str:
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
