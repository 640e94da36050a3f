"""Daten & Methode: every source, what the checks found, what the signs mean, which licences."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import format as f
from dashboard import texts
from dashboard.components.bausteine import abschnitt, angaben, liste, tabelle
from dashboard.seite import Kontext, Seite
from indicators.records import Befund, Datenstand, Quelle
from indicators.service import Service
from indicators.wording import aussagen

BEURTEILT = {"verbessert", "verschlechtert", "gestiegen", "gesunken", "stabil", "unklar"}
ZUFALL = 0.05  # so many series are marked although nothing changed
SCHWERE = {"pruefen": "zu prüfen", "hinweis": "Hinweis"}
RECHNEN = (
    "Ein Anteil oder eine Rate wird aus Zähler und Nenner berechnet, wenn der Herausgeber beide"
    " veröffentlicht. Gibt es nur eine fertige Quote, steht »nur Quote« dabei.",
    "Zähler und Nenner gehören zum selben Gebiet und zur selben Zählbasis. Fehlt der passende"
    " Nenner, bleibt der Wert leer; zwischen zwei Jahren wird nichts geschätzt.",
    "Altersgruppen werden nur addiert, wenn sie den gesuchten Bereich lückenlos und ohne"
    " Überschneidung füllen.",
    "Nach einem Zensus gilt eine neue Einwohnerzahl als Basis. Die Linie bricht dort ab, und kein"
    " Vergleich reicht über diese Stelle hinweg.",
    "Ein Wert der Verwaltungsgemeinschaft wird nie auf ihre Mitgliedsgemeinden übertragen.",
    "Die Farben der Karte teilen die Gemeinden des gezeigten Zeitpunkts in bis zu fünf gleich stark"
    " besetzte Gruppen; gleiche Werte bleiben zusammen.",
)
ZEICHEN = (
    ("–", "nichts vorhanden"),
    (".", "Zahl unbekannt oder geheim zu halten (Datenschutz)"),
    ("/", "Zahl nicht sicher genug"),
    ("…", "Angabe folgt später"),
    ("x", "Angabe nicht sinnvoll"),
    ("leer", "in der Veröffentlichung nicht enthalten"),
    ("0", "ein echter Wert: null Fälle"),
)


def seite(kontext: Kontext) -> Seite:
    """Build the page about sources, checks and methods."""
    service = kontext.service
    quellen = service.quellen()
    return Seite(
        "Daten & Methode",
        [
            html.P("Grundlagen", className="kicker"),
            html.H1("Daten & Methode"),
            html.P(
                f"Alle Zahlen stammen aus {f.anzahl(len(quellen), 'Tabelle', 'Tabellen')} amtlicher"
                " und fachlicher Herausgeber. Hier steht, welche das sind, wie gerechnet wird und"
                " was die Prüfungen gefunden haben.",
                className="leitsatz",
            ),
            _datenstand(service.datenstand()),
            abschnitt("So rechnen wir", liste(RECHNEN, "saetze"), id_="rechnen"),
            abschnitt("Zeichen für fehlende Werte", angaben(ZEICHEN, "zeichen"), id_="zeichen"),
            _aussagen(service),
            _quellen(quellen),
            _pruefungen(service.befunde()),
            _lizenzen(quellen),
        ],
    )


def _datenstand(stand: Datenstand) -> Component:
    facts = [
        ("Datenstand", stand.id),
        ("Berechnet", f.zeitpunkt(stand.erzeugt)),
        ("Freigabe", texts.ENTWURF_LANG if stand.entwurf else "freigegeben"),
    ]
    failed = None
    if stand.fehlgeschlagen:
        failed = html.Div(
            [
                html.P(html.Strong("Die letzte Aktualisierung ist gescheitert.")),
                html.P("Gezeigt wird weiterhin der Datenstand davor. Meldung:"),
                html.Pre(stand.fehlgeschlagen),
            ],
            className="hinweis",
            role="status",
        )
    return abschnitt("Datenstand", angaben(facts), failed, _alles_laden(), id_="datenstand")


def _alles_laden() -> Component:
    links: list[Component | str] = ["Alle Werte aller Indikatoren als CSV: "]
    for i, (dialekt, name) in enumerate(texts.DIALEKTE.items()):
        links += [" · "] if i else []
        links.append(html.A(name, href=f"/export.csv?dialekt={dialekt}"))
    return html.P(links, className="laden")


def _aussagen(service: Service) -> Component:
    """Say for what share of values a direction can be told at all, and why not for the others."""
    words = aussagen()
    counts = service.aussagen()
    total = sum(counts.values()) or 1
    rows = [
        [words.trend[key].wort, f.zahl(n), f"{f.zahl(100 * n / total, 1)} %"]
        for key, n in counts.items()
    ]
    judged = sum(n for key, n in counts.items() if key in BEURTEILT)
    tested, marked = service.geprueft()
    sentence = (
        f"Von {f.zahl(total)} Werten der Gemeinden (Indikator mal Gemeinde, jüngster Stand) lässt"
        f" sich für {f.zahl(judged)} etwas über die Richtung sagen."
    )
    chance = words.zufall.format(reihen=f.zahl(tested), treffer=f.zahl(round(tested * ZUFALL)))
    return abschnitt(
        "Was sich sagen lässt",
        tabelle(
            ("Aussage", "Werte", "Anteil"),
            rows,
            "Aussagen über die Richtung in den 44 Gemeinden",
            rechts=("Werte", "Anteil"),
        ),
        html.P(f"{chance} Markiert sind {f.zahl(marked)}.", className="leise"),
        id_="aussagen",
        satz=sentence,
    )


def _quellen(quellen: Sequence[Quelle]) -> Component:
    rows = [
        [
            q.herausgeber,
            f"{q.tabelle}{f' ({q.ausgabe})' if q.ausgabe else ''}",
            q.titel,
            f.datum(q.stand),
            q.lizenz,
            f.RHYTHMUS.get(q.rhythmus, q.rhythmus),
            f.zahl(q.zeilen),
        ]
        for q in quellen
    ]
    head = ("Herausgeber", "Tabelle", "Titel", "Stand", "Lizenz", "Rhythmus", "Zeilen")
    details = [
        html.Details(
            [
                html.Summary(f"{q.herausgeber}: {q.titel}"),
                angaben(
                    [
                        ("Verantwortlich", q.verantwortlich),
                        ("Gelesen aus", q.ursprung),
                        ("Bearbeitung", q.bearbeitung),
                        ("Datei", q.datei),
                    ]
                ),
            ],
            className="aufklappen",
        )
        for q in quellen
    ]
    return abschnitt(
        "Quellen",
        tabelle(
            head, rows, "Alle Quellen mit Stand und Lizenz", rechts=("Zeilen",), klasse="quellen"
        ),
        html.H3("Herkunft und Bearbeitung jeder Quelle"),
        html.Div(details),
        id_="quellen",
    )


def _pruefungen(befunde: Sequence[Befund]) -> Component:
    if not befunde:
        return abschnitt("Prüfungen", html.P("Ohne Auffälligkeit."), id_="pruefungen")
    rows = [[SCHWERE.get(b.schwere, b.schwere), b.text, b.quelle] for b in befunde]
    return abschnitt(
        "Prüfungen",
        html.P(
            "Jede Lieferung wird auf Schlüssel, doppelte Zeilen und Summen geprüft. Was den Aufbau"
            " verletzt, wird nicht geladen. Auffälligkeiten stehen hier; geändert wird nichts."
        ),
        tabelle(("Art", "Befund", "Quelle"), rows, f.anzahl(len(rows), "Befund", "Befunde")),
        id_="pruefungen",
    )


def _lizenzen(quellen: Sequence[Quelle]) -> Component:
    by_licence: dict[str, set[str]] = {}
    for q in quellen:
        by_licence.setdefault(q.lizenz, set()).add(q.namensnennung)
    facts = [
        (f.LIZENZ.get(lizenz, lizenz), liste(sorted(names)))
        for lizenz, names in sorted(by_licence.items())
    ]
    map_note = ("Karte: Datenlizenz Deutschland – Namensnennung – Version 2.0", texts.KARTE_QUELLE)
    return abschnitt(
        "Lizenzen und Namensnennungen",
        html.P(
            "»Lizenz ungeklärt« heißt: Der Herausgeber nennt keine. Vor einer Weitergabe dieser"
            " Zahlen ist dort nachzufragen."
        ),
        angaben([*facts, map_note], "angaben lizenzen"),
        id_="lizenzen",
    )
