"""Sentences and words that more than one page shows."""

NAME = "Sozialmonitor"
KREIS_NAME = "Landkreis Esslingen"
KREIS, LAND, BUND = "08116", "08", "DG"
KURZ = {KREIS: "Kreis", LAND: "Land", BUND: "Bund"}
LANG = {KREIS: "Landkreis Esslingen", LAND: "Baden-Württemberg", BUND: "Deutschland"}

UNTERTITEL = (
    "Amtliche Zahlen zu den 20 Leitzielen der kommunalen integrierten Sozialplanung:"
    " für den Landkreis und seine 44 Städte und Gemeinden."
)
KARTE_QUELLE = "© GeoBasis-DE / BKG 2016 (Daten verändert)"
KARTE_ADRESSE = "https://www.bkg.bund.de"

EBENEN = {
    "gemeinde": "44 Städte und Gemeinden",
    "verwaltungsgemeinschaft": "Verwaltungsgemeinschaften",
    "kreis": "Stadt- und Landkreise in Baden-Württemberg",
}
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
TUEREN = (
    (
        "Für den Kreistag",
        "Die 20 Leitziele auf einen Blick, in zehn Minuten gelesen",
        "/#leitziele",
    ),
    ("Für die Planung", "Gemeinden und Indikatoren nebeneinander vergleichen", "/vergleich"),
    ("Meine Gemeinde", "Alle Werte einer der 44 Städte und Gemeinden", "/gemeinden"),
    ("Daten und Quellen", "Woher jede Zahl kommt und wie wir rechnen", "/daten"),
)
FORMATE = {"xlsx": "XLSX", "json": "JSON"}
DIALEKTE = {
    "csv-excel": "für Excel (deutsch)",
    "csv": "für Programme",
}
