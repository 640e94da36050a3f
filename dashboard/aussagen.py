"""What may be said of a value, in German: the words of indicators/aussagen.yaml with numbers in them."""

from dashboard import format as f
from dashboard import texts
from indicators.records import Bewertung, Indikator, Wert
from indicators.wording import aussagen

NOETIG = {"mann_kendall": 6}
SONST_NOETIG = 5
VIELE = 100  # from here on a further digit would only pretend to be exact
RICHTUNGEN = ("▲", "▼")
OHNE_BRUCH = "der letzten Unterbrechung der Reihe"  # by secret values, or another basis


def trend_wort(b: Bewertung) -> tuple[str, str]:
    """Return sign and word of a trend; the sign shows the movement, the word judges it."""
    aussage = aussagen().trend[b.aussage]
    sign = aussage.zeichen
    if len(sign) == len(RICHTUNGEN):
        sign = RICHTUNGEN[0] if (b.veraenderung or 0) > 0 else RICHTUNGEN[1]
    secured = f" ({aussagen().gesichert.wort})" if b.gesichert else ""
    return sign, aussage.wort + secured


def trend_satz(b: Bewertung, indikator: Indikator) -> str:
    """Return the plain sentence behind the word, with what could not have been seen."""
    words = aussagen()
    if b.verfahren == "vergleich" and b.veraenderung is not None and b.aussage != "geheim":
        return _vergleich(b)
    low, high = sorted(abs(x or 0.0) for x in (b.veraenderung_unten, b.veraenderung_oben))
    text = words.trend[b.aussage].satz.format(
        bewegung="Anstieg" if (b.veraenderung or 0) > 0 else "Rückgang",
        betrag=_pro_jahr(abs(b.veraenderung or 0.0), b, indikator),
        unten=_pro_jahr(low, b, indikator),
        oben=_pro_jahr(high, b, indikator),
        punkte=b.punkte,
        noetig=NOETIG.get(b.verfahren, SONST_NOETIG),
        bruch=f"dem Zeitreihenbruch »{b.bruch}«" if b.bruch else OHNE_BRUCH,
        erkennbar=_erkennbar(b, indikator),
    )
    period = f"{b.von_jahr}–{b.bis_jahr}: " if b.von_jahr and b.p is not None else ""
    secured = f" {words.gesichert.satz}" if b.gesichert else ""
    return f"{period}{text}{secured}"


def _vergleich(b: Bewertung) -> str:
    change, low, high = (
        f.mit_vorzeichen(x, 0) for x in (b.veraenderung, b.veraenderung_unten, b.veraenderung_oben)
    )
    return (
        f"Vergleich {b.von_jahr}–{b.bis_jahr}: {change} % (95-%-Bereich {low} bis {high} %)."
        " Für eine Richtung sind das zu wenige Jahre."
    )


def _erkennbar(b: Bewertung, indikator: Indikator) -> str:
    if b.kleinste_veraenderung is None:
        return aussagen().nicht_erkennbar if b.verfahren == "doppeltest" else ""
    return aussagen().erkennbar.format(betrag=_pro_jahr(b.kleinste_veraenderung, b, indikator))


def _pro_jahr(amount: float, b: Bewertung, indikator: Indikator) -> str:
    if b.verfahren == "doppeltest":
        return f"{f.zahl(amount, 0 if amount >= SONST_NOETIG else 1)} %"
    unit = "Prozentpunkte" if indikator.einheit == "Prozent" else indikator.einheit
    digits = indikator.nachkommastellen + (amount < VIELE)
    return f"{f.zahl(amount, digits)} {unit}"


def vergleich_wort(b: Bewertung, wert: float, indikator: Indikator) -> tuple[str, str]:
    """Return sign and words of the comparison with the Kreis: how certain, then how large.

    Values without counts get the size only; nothing says how certain it is.
    """
    if b.kreiswert is None:
        return "", ""
    size = _abstand(wert, b.kreiswert, indikator)
    against = "der übrige Kreis" if b.uebriger_kreis else "der Kreis"
    if not b.vergleich_kreis:
        return "", f"{f.differenz(wert, b.kreiswert, indikator)}"
    aussage = aussagen().vergleich[b.vergleich_kreis]
    if b.vergleich_kreis == "ähnlich":
        return aussage.zeichen, f"wie {against}, {aussage.wort} ({size})"
    return aussage.zeichen, f"{aussage.wort} als {against} ({size}){_belanglos(b, wert, indikator)}"


def land_wort(b: Bewertung, wert: float, indikator: Indikator) -> tuple[str, str]:
    """Return sign and words of the comparison with the Land."""
    if b.landwert is None or not b.vergleich_land:
        return "", ""
    aussage = aussagen().vergleich[b.vergleich_land]
    size = _abstand(wert, b.landwert, indikator)
    name = texts.lang()[texts.land()]
    link = (
        f"wie {name}, {aussage.wort}"
        if b.vergleich_land == "ähnlich"
        else f"{aussage.wort} als {name}"
    )
    return aussage.zeichen, f"{link} ({size})"


def _abstand(wert: float, andere: float, indikator: Indikator) -> str:
    digits = indikator.nachkommastellen
    unit = "Punkte" if indikator.einheit == "Prozent" else ""
    gap = round(wert, digits) - round(andere, digits)
    return f"{f.mit_vorzeichen(gap, digits)} {unit}".strip()


def _belanglos(b: Bewertung, wert: float, indikator: Indikator) -> str:
    gap = abs(wert - (b.kreiswert or 0.0))
    if indikator.relevant_ab is None or gap >= indikator.relevant_ab:
        return ""
    return "; so klein, dass es kaum etwas bedeutet"


def klasse_satz(wert: Wert, indikator: Indikator) -> str:
    """Return why a value carries less than others, with its interval; empty for a firm one."""
    if wert.klasse in {"", "normal"}:
        return ""
    return " ".join([aussagen().klasse[wert.klasse].satz, bereich_satz(wert, indikator)]).strip()


def bereich_satz(wert: Wert, indikator: Indikator) -> str:
    """Return the sentence that says what an interval is, or nothing without one."""
    if wert.unten is None or wert.oben is None:
        return ""
    return aussagen().bereich.format(
        unten=f.zahl(wert.unten, indikator.nachkommastellen),
        oben=f.mit_einheit(wert.oben, indikator),
    )


def bereich(wert: Wert, indikator: Indikator) -> str:
    """Return an interval as it stands in a table: »4,1 bis 5,3«."""
    if wert.unten is None or wert.oben is None:
        return ""
    digits = indikator.nachkommastellen
    return f"{f.zahl(wert.unten, digits)} bis {f.zahl(wert.oben, digits)}"


def klasse_wort(wert: Wert) -> str:
    """Return the word for how far a value carries; empty where it has no interval."""
    return aussagen().klasse[wert.klasse].wort if wert.klasse else ""
