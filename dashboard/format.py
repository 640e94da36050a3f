"""Numbers, dates and reasons as people in Germany read them: one function per kind."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from indicators.records import Gruppe, Indikator, Wert

STATUS = {
    "vorhanden": "vorhanden",
    "nichts_vorhanden": "nichts vorhanden",
    "geheim": "gesperrt, damit kein Rückschluss auf einzelne Personen möglich ist",
    "unsicher": "zu unsicher zum Veröffentlichen",
    "folgt": "noch nicht veröffentlicht",
    "nicht_sinnvoll": "Angabe nicht sinnvoll",
    "fehlt": "nicht veröffentlicht",
}
ZEICHEN = {
    "nichts_vorhanden": "–",
    "geheim": ".",
    "unsicher": "/",
    "folgt": "…",
    "nicht_sinnvoll": "x",
    "fehlt": "leer",
}
GUETE = {
    "endgueltig": "endgültig",
    "revidiert": "revidiert",
    "gerundet": "gerundet",
    "eingeschraenkt": "eingeschränkt vergleichbar",
    "vorlaeufig": "vorläufig",
    "geschaetzt": "geschätzt",
    "plan": "Planwert",
}
BASIS = {
    "vz1970": "Volkszählung 1970",
    "vz1987": "Volkszählung 1987",
    "zensus2011": "Zensus 2011",
    "zensus2022": "Zensus 2022",
    "unbekannt": "Basis nicht angegeben",
}
RHYTHMUS = {
    "monatlich": "monatlich",
    "vierteljaehrlich": "vierteljährlich",
    "halbjaehrlich": "halbjährlich",
    "jaehrlich": "jährlich",
    "zweijaehrlich": "alle zwei Jahre",
    "je_wahl": "je Wahl",
    "einmalig": "einmalig",
    "schuljaehrlich": "je Schuljahr",
    "unregelmaessig": "unregelmäßig",
}
LIZENZ = {
    "dl-de/by-2-0": "Datenlizenz Deutschland – Namensnennung – Version 2.0",
    "cc-by-4.0": "Creative Commons Namensnennung 4.0",
    "cc0": "Creative Commons Zero (gemeinfrei)",
    "amtliches-werk": "amtliches Werk (§ 5 UrhG)",
    "quellenangabe": "Nutzung mit Quellenangabe",
    "odbl": "Open Database License",
    "erlaubnis": "mit schriftlicher Erlaubnis des Herausgebers",
    "ungeklärt": "ungeklärt",
}
MONATE = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
GESCHLECHT = {"m": "Männer", "w": "Frauen", "d": "divers"}
NATIONALITAET = {"deutsch": "Deutsche", "auslaendisch": "Ausländerinnen und Ausländer"}
# Groups of deliveries, short enough to stand at the end of a line; one that is not here is shown as
# its file calls it.
GRUPPE = {
    "ambulant": "ambulant",
    "asylblg": "Asylleistungen",
    "ausschliesslich": "ausschließlich",
    "dauerpflege": "Dauerpflege",
    "erwerbsgemindert": "erwerbsgemindert",
    "gemeinschaftsschule": "Gemeinschaftsschule",
    "grundschule": "Grundschule",
    "grundsicherung": "Grundsicherung",
    "gymnasium": "Gymnasium",
    "heim_mit_teilstationaer": "Heim/Tagespflege",
    "hilfe_zum_lebensunterhalt": "Lebensunterhalt",
    "im_alter": "im Alter",
    "integrativ": "integrativ",
    "kita": "Kita",
    "kurzzeitpflege": "Kurzzeitpflege",
    "lastenzuschuss": "Lastenzuschuss",
    "mietzuschuss": "Mietzuschuss",
    "nebenjob": "Nebenjob",
    "pflegegeld": "Pflegegeld",
    "realschule": "Realschule",
    "sbbz": "SBBZ",
    "sgb2": "SGB II",
    "tagespflege": "Tagespflege",
    "teilstationaer": "teilstationär",
    "vollstationaer": "vollstationär",
    "waldorfschule": "Waldorfschule",
    "werkrealschule": "Haupt- und Werkrealschule",
    "zweiter_bildungsweg": "zweiter Bildungsweg",
}
ALTE_JAHRE = 2
MINUS = "−"
DEUTSCH = str.maketrans(",.", ".,")


# Units that stand behind »in« as they are; others would have to be declined.
MASSE = {"Prozent", "Euro", "Millionen", "Minuten", "Meter"}


def zahl(wert: float | None, stellen: int = 0) -> str:
    """Return a number with German separators; an unknown one is a dash.

    >>> zahl(12345.64, 1), zahl(-0.5, 1), zahl(None), zahl(-0.001, 1)
    ('12.345,6', '−0,5', '–', '0,0')
    """
    if wert is None:
        return "–"
    text = f"{wert:,.{stellen}f}".translate(DEUTSCH)
    if text[0] != "-":
        return text
    return MINUS + text[1:] if text.strip("-0,.") else text[1:]


def mit_vorzeichen(wert: float | None, stellen: int = 0) -> str:
    """Return a difference with its sign: `+0,4`, `−1,2`, `0,0`."""
    text = zahl(wert, stellen)
    return f"+{text}" if wert is not None and wert > 0 and text.strip("0,.") else text


def mit_einheit(wert: float | None, indikator: Indikator) -> str:
    """Return a value of an indicator with its unit, per cent as a sign: `7,57 %`."""
    text = zahl(wert, indikator.nachkommastellen)
    return text if wert is None else f"{text} {einheit_kurz(indikator)}"


def einheit_kurz(indikator: Indikator) -> str:
    """Return the unit as it stands behind a number."""
    return "%" if indikator.einheit == "Prozent" else indikator.einheit


def gemessen(indikator: Indikator) -> str:
    """Return the unit as part of a sentence: `in Prozent`, `je 100 Kinder`, `Einheit: Plätze`."""
    unit = indikator.einheit
    if unit.startswith("je "):
        return unit
    return f"in {unit}" if unit.split()[0] in MASSE else f"Einheit: {unit}"


def differenz(
    wert: float, vergleich: float, indikator: Indikator, womit: str = "dem Kreiswert"
) -> str:
    """Return how far a value is above or below another, without judging it.

    Both are rounded before, so that the words never contradict the printed numbers.
    """
    stellen = indikator.nachkommastellen
    abstand = round(round(wert, stellen) - round(vergleich, stellen), stellen)
    if abstand == 0:
        return f"gleich {womit}"
    unit = "Prozentpunkte" if indikator.einheit == "Prozent" else ""
    size = f"{zahl(abs(abstand), stellen)} {unit}".strip()
    return f"{size} {'über' if abstand > 0 else 'unter'} {womit}"


def zeit(text: str, zeitbezug: str) -> str:
    """Return a period in words.

    >>> zeit("2015-12-31", "stichtag"), zeit("2015-04", "monat"), zeit("2015-Q2", "quartal")
    ('31.12.2015', 'April 2015', '2. Quartal 2015')
    """
    match zeitbezug:
        case "stichtag":
            return datum(date.fromisoformat(text))
        case "monat":
            year, month = text.split("-")
            return f"{MONATE[int(month) - 1]} {year}"
        case "quartal" | "halbjahr":
            return f"{text[-1]}. {zeitbezug.capitalize()} {text[:4]}"
        case "jahresdurchschnitt":
            return f"Jahresdurchschnitt {text}"
        case "schuljahr":
            return f"Schuljahr {text}"
        case _:
            return text


def zeit_kurz(text: str) -> str:
    """Return a period as short as a choice list wants it; only a Stichtag is rewritten."""
    return datum(date.fromisoformat(text)) if len(text) == len("2015-12-31") else text


def datum(tag: date) -> str:
    """Return a day: 31.12.2015."""
    return f"{tag:%d.%m.%Y}"


def ortszeit(moment: datetime) -> datetime:
    """Return a moment that is stored in UTC as it was on the clocks here."""
    return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo("Europe/Berlin"))


def zeitpunkt(moment: datetime) -> str:
    """Return a moment that is stored in UTC in words of local time."""
    return f"{ortszeit(moment):%d.%m.%Y, %H:%M} Uhr"


def grund(wert: Wert) -> str:
    """Return why there is no value: the reason, and the note on the cell if there is one."""
    return wert.anmerkung if wert.status == "fehlt" and wert.anmerkung else STATUS[wert.status]


def status(wert: Wert) -> str:
    """Return how good a value is, or why there is none."""
    if wert.wert is None:
        return STATUS[wert.status]
    return GUETE.get(wert.guete, wert.guete) or STATUS[wert.status]


def gruppe(g: Gruppe) -> str:
    """Return a group of people in words; everybody is »insgesamt«."""
    parts = [
        GESCHLECHT.get(g.geschlecht, g.geschlecht),
        NATIONALITAET.get(g.nationalitaet, g.nationalitaet),
        g.alter,
        GRUPPE.get(g.gruppe, g.gruppe.replace("_", " ")),
    ]
    return ", ".join(part for part in parts if part) or "insgesamt"


def ist_alt(jahr: int, heute: int) -> bool:
    """Return whether a value is so old that its year belongs in the headline."""
    return heute - jahr > ALTE_JAHRE


def anzahl(n: int, eins: str, viele: str) -> str:
    """Return a count with its noun: »1 Gemeinde«, »44 Gemeinden«."""
    return f"{zahl(n)} {eins if n == 1 else viele}"
