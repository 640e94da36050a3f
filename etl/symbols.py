"""What stands in a cell when no number does, and how good a number is.

Source: Zeichenerklärung der Statistischen Ämter des Bundes und der Länder; the asterisk is that of
the Bundesagentur für Arbeit (1 or 2 cases, never 0).
"""

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
