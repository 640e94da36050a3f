"""Schnittstelle: the HTTP API on one page, written from its own table of routes."""

from dashboard import html, texts
from dashboard.api import WEGE, WURZEL, Weg
from dashboard.components import datenbereich
from dashboard.components.bausteine import abschnitt, angaben, liste, tabelle
from dashboard.html import Component
from dashboard.seite import Kontext, Seite
from indicators.service import Service
from indicators.spalten import SPALTEN, STATUS

PFAD = "/api"
REGELN = (
    "Jede Antwort nennt den Datenstand und ob er ein Entwurf ist.",
    "Listen kommen seitenweise: limit und offset wählen den Ausschnitt, die Kopfzeile »Link« führt"
    " zur nächsten Seite, »anzahl« nennt die Zahl aller Zeilen.",
    "Die Kopfzeile »ETag« gilt, solange Anfrage und Datenstand gleich sind. Wer sie mit"
    " »If-None-Match« zurückschickt, bekommt 304 und keine Daten.",
    "Ist etwas falsch, antwortet die Schnittstelle mit 400 oder 404 und nennt Ort, Problem und"
    " Abhilfe. Unbekannte Angaben werden abgelehnt, nie übergangen.",
    "Fehlt ein Wert, ist wert leer (in JSON null) und status sagt, warum.",
    "In CSV-Dateien beginnt Text, der als Formel ausgeführt würde, mit einem Apostroph.",
)


def seite(kontext: Kontext) -> Seite:
    """Build the documentation of the API."""
    rows = [[f"{WURZEL}{weg.pfad}".replace("<id_>", "KENNUNG"), weg.titel] for weg in WEGE]
    return Seite(
        "Schnittstelle",
        [
            *datenbereich.kopf(
                PFAD,
                "Schnittstelle für Programme",
                "Dieselben Zahlen wie auf den Seiten, als JSON oder CSV über HTTP. Ohne Anmeldung,"
                " nur lesend.",
            ),
            abschnitt(
                "Überblick",
                tabelle(("Adresse", "Inhalt"), rows, "Alle Wege", klasse="knapp"),
                liste(REGELN, "saetze"),
                id_="regeln",
            ),
            *[_weg(weg, beispiel(weg, kontext.service)) for weg in WEGE],
            abschnitt("Spalten der Werte", angaben(list(SPALTEN.items())), id_="spalten"),
            abschnitt(
                "Wörter der Spalte status",
                angaben([(word, text) for word, (_, text) in STATUS.items()]),
                id_="status",
            ),
        ],
    )


def beispiel(weg: Weg, service: Service) -> str:
    """Return the example of a route for the figures at hand: an indicator of municipalities."""
    known = service.indikatoren()
    best = [i for i in known if "gemeinde" in i.ebenen] or known
    example = weg.beispiel.format(
        indikator=best[0].id if best else "KENNUNG",
        gemeinde=service.gebiete("gemeinde")[0].schluessel,
        kreis=texts.kreis(),
    )
    return f"{WURZEL}{example}"


def _weg(weg: Weg, example: str) -> Component:
    address = f"{WURZEL}{weg.pfad}".replace("<id_>", "KENNUNG")
    sizes = {
        "limit": f" Üblich {weg.seite}, höchstens {weg.hoechstens}.",
    }
    facts = [
        (
            p.name,
            f"{p.text}{sizes.get(p.name, '')}{f' Beispiel: {p.beispiel}' if p.beispiel else ''}",
        )
        for p in weg.parameter
    ]
    return abschnitt(
        weg.titel,
        html.P(html.Code(f"GET {address}"), className="formel"),
        angaben(facts) if facts else None,
        html.P(["Beispiel: ", html.A(html.Code(example), href=example)], className="beispiel"),
        id_=weg.pfad.strip("/").replace("/", "-").replace("<id_>", "kennung"),
        satz=weg.text,
    )
