"""What the columns, signs and words of a downloaded file mean, in plain German."""

from collections.abc import Mapping

SPALTEN: Mapping[str, str] = {
    "indikator": "Kennung des Indikators; sie bleibt über alle Datenstände gleich.",
    "titel": "Name des Indikators.",
    "leitziel": "Nummer und Wortlaut des Leitziels, zu dem er zuerst gehört; leer bei Rahmenzahlen.",
    "gebiet": "Amtlicher Schlüssel als Text: 8 Stellen Gemeinde, 5 Kreis, 08 Land, DG Deutschland.",
    "gebiet_name": "Name des Gebiets.",
    "ebene": "Art des Gebiets: gemeinde, verwaltungsgemeinschaft, kreis, land, bund.",
    "zeit": "Zeitpunkt oder Zeitraum: 2015-12-31, 2015, 2015-04, 2015-Q2, 2015-H1, 2014/15.",
    "zeitbezug": "Art der Zeit, zum Beispiel stichtag, jahr oder jahresdurchschnitt.",
    "geschlecht": "m, w oder d; leer heißt: alle zusammen.",
    "alter": "Altersgruppe in Worten; leer heißt: alle zusammen.",
    "nationalitaet": "deutsch oder auslaendisch; leer heißt: alle zusammen.",
    "gruppe": "Ein weiteres Merkmal; leer heißt: alle zusammen.",
    "zaehler": "Gezählte Fälle, soweit der Herausgeber sie nennt; bei Altersangaben die Summe.",
    "nenner": "Worauf sich die Fälle beziehen, soweit der Herausgeber es nennt.",
    "wert": "Der Wert in der Einheit der Spalte einheit; leer, wenn status nicht vorhanden ist.",
    "einheit": "Einheit von wert, unten und oben.",
    "unten": "Untere Grenze des 95-%-Zufallsbereichs; leer, wo keiner berechnet werden kann.",
    "oben": "Obere Grenze des 95-%-Zufallsbereichs.",
    "status": "Ob es einen Wert gibt, und sonst warum nicht; immer gefüllt.",
    "guete": "Wie gesichert der Wert ist; leer, wenn es keinen gibt.",
    "basis": "Zählung, auf der Einwohnerzahlen beruhen; verschiedene sind nicht vergleichbar.",
    "trend": "Was sich über die Richtung der Reihe sagen lässt; nur beim jüngsten Wert.",
    "p": "Wie oft der Zufall allein eine so deutliche Richtung ergäbe (0 bis 1).",
    "kleinste_veraenderung": "Ab welcher Veränderung in Prozent pro Jahr sie hier erkennbar wäre.",
    "vergleich_kreis": "Einordnung gegenüber dem Kreiswert; leer, wo sie nicht möglich ist.",
    "vergleich_land": "Einordnung gegenüber dem Landeswert.",
    "quelle": "Herausgeber und Tabelle, bei Raten auch die des Nenners.",
    "lizenz": "Lizenz der Quelle; ungeklärt heißt: vor der Weitergabe beim Herausgeber fragen.",
    "stand": "Stand der Quelle (Ausgabe des Herausgebers).",
    "veroeffentlichung": "Datenstand, aus dem die Datei stammt; (Entwurf) heißt: nicht freigegeben; (INTERN …): nicht weitergeben.",
}
# status → the sign that statistical offices print for it, and what it means
STATUS: Mapping[str, tuple[str, str]] = {
    "vorhanden": ("Zahl", "Es gibt einen Wert; auch eine 0 ist ein echter Wert."),
    "nichts_vorhanden": ("–", "Davon gibt es nichts."),
    "geheim": (
        ".",
        "Gesperrt, damit kein Rückschluss auf einzelne Personen möglich ist; oder die Zahl ist unbekannt.",
    ),
    "unsicher": ("/", "Die Zahl ist nicht sicher genug, um sie zu veröffentlichen."),
    "folgt": ("…", "Die Angabe folgt später."),
    "nicht_sinnvoll": ("x", "Eine Angabe wäre hier nicht sinnvoll."),
    "fehlt": ("leer", "In der Veröffentlichung nicht enthalten."),
}
GUETE: Mapping[str, str] = {
    "endgueltig": "endgültig",
    "revidiert": "vom Herausgeber berichtigt",
    "gerundet": "vom Herausgeber gerundet",
    "eingeschraenkt": "eingeschränkt vergleichbar",
    "vorlaeufig": "vorläufig",
    "geschaetzt": "geschätzt oder errechnet",
    "plan": "Planwert",
}
VORBEHALTE = (
    "Zähler und Nenner sind nur gefüllt, wo der Herausgeber sie nennt; zurückgerechnet wird nichts.",
    "Leere Werte sind keine Nullen. Die Spalte status sagt, warum ein Wert fehlt.",
    "Reihen mit verschiedener Zählbasis (Spalte basis) oder verschiedenem Zeitbezug sind nicht"
    " vergleichbar.",
    "Der Zufallsbereich beschreibt Zufall bei kleinen Zahlen, keine Fehler der Erhebung.",
    "Zwei Gemeinden unterscheiden sich nicht schon deshalb, weil ihre Werte verschieden sind.",
    "Reihen und Maßnahmen stehen nebeneinander; eine Wirkung ist damit nicht belegt.",
)
