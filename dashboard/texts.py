"""Sentences and words that more than one page shows; what depends on the tenant is a function."""

from functools import cache
from pathlib import Path

from etl.gebiete import Gebiete
from etl.mandant import mandant

BUND = "DG"
KARTE_QUELLE = "© GeoBasis-DE / BKG 2016 (Daten verändert)"
KARTE_ADRESSE = "https://www.bkg.bund.de"

EBENEN_KURZ = {
    "gemeinde": "Gemeinden",
    "verwaltungsgemeinschaft": "Verwaltungsgemeinschaften",
    "kreis": "Andere Kreise",
}
MESSBARKEIT = {
    "messbar": ("●", "Die Lage selbst wird gezählt."),
    "teilweise": ("◐", "Ein Teil des Ziels wird gezählt."),
    "nur Proxy": ("○", "Ersatzweise gezählt; misst nicht das Ziel selbst."),
    "nicht messbar": ("–", "Für dieses Ziel gibt es keine Zahl."),
}
MESSBARKEIT_WORT = {"nur Proxy": "nur ersatzweise messbar", "teilweise": "teilweise messbar"}
TYP = {
    "ergebnis": "misst die Lage selbst",
    "ergebnisnah": "misst nahe an der Lage",
    "proxy": "Ersatzmaß: misst nicht das Ziel selbst",
    "angebot": "misst das Angebot",
    "kontext": "beschreibt den Rahmen",
}
RICHTUNG = {
    "hoeher_ist_besser": "Ein höherer Wert gilt als günstiger.",
    "niedriger_ist_besser": "Ein niedrigerer Wert gilt als günstiger.",
    "kontext": "Ohne Richtung: Höher ist weder besser noch schlechter.",
}
NUR_QUOTE = (
    "Nur Quote: Der Herausgeber veröffentlicht keine Fallzahlen. Zähler und Nenner sind deshalb"
    " leer und werden hier nicht zurückgerechnet."
)
OFFEN = "Noch keine Aussage über die Richtung möglich"
FORMATE = {"xlsx": "XLSX", "json": "JSON"}
DIALEKTE = {
    "csv-excel": "für Excel (deutsch)",
    "csv": "für Programme",
}


def name() -> str:
    """Return what the product is called here."""
    return mandant().titel


def kreis() -> str:
    """Return the key of the Kreis."""
    return mandant().kreis


def kreis_name() -> str:
    """Return »Landkreis Esslingen«."""
    return mandant().name


def im_kreis() -> str:
    """Return »im Landkreis Esslingen«."""
    return mandant().im_kreis


def der_kreis() -> str:
    """Return »der Landkreis Esslingen«."""
    return mandant().mit_artikel


def land() -> str:
    """Return the key of the Land."""
    return mandant().landesschluessel


def kurz() -> dict[str, str]:
    """Return what Kreis, Land and Bund are called beside a value, by key."""
    return {kreis(): "Kreis", land(): "Land", BUND: "Bund"}


def lang() -> dict[str, str]:
    """Return the names of Kreis, Land and Bund by key."""
    return {kreis(): kreis_name(), land(): mandant().land, BUND: "Deutschland"}


def fusszeilen() -> Path:
    """Return the file of the pages that the law wants: Impressum and its like."""
    return mandant().fusszeilen


@cache
def gemeinden() -> str:
    """Return »44 Städte und Gemeinden«."""
    return f"{len(Gebiete().gemeinden)} Städte und Gemeinden"


@cache
def kreise() -> str:
    """Return »44 Stadt- und Landkreisen in Baden-Württemberg«, as it stands after »unter den«."""
    count = sum(len(key) == len(kreis()) and key.startswith(land()) for key in Gebiete().names)
    return f"{count} Stadt- und Landkreisen {mandant().im_land}"


def untertitel() -> str:
    """Return the sentence below the title."""
    return (
        "Amtliche Zahlen zu den Leitzielen der kommunalen integrierten Sozialplanung:"
        f" für den Kreis und seine {gemeinden()}."
    )


def ebenen() -> dict[str, str]:
    """Return what the levels of a comparison are called."""
    return {
        "gemeinde": gemeinden(),
        "verwaltungsgemeinschaft": "Verwaltungsgemeinschaften",
        "kreis": f"Stadt- und Landkreise {mandant().im_land}",
    }


def tueren() -> tuple[tuple[str, str, str], ...]:
    """Return the doors of the start page: title, what is behind it, address."""
    return (
        (
            "Für den Kreistag",
            "Alle Leitziele auf einen Blick, in zehn Minuten gelesen",
            "/#leitziele",
        ),
        ("Für die Planung", "Gemeinden und Indikatoren nebeneinander vergleichen", "/vergleich"),
        ("Meine Gemeinde", f"Alle Werte einer der {gemeinden()}", "/gemeinden"),
        ("Daten und Quellen", "Woher jede Zahl kommt und wie wir rechnen", "/daten"),
    )
