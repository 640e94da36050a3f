"""Daten und Quellen: every source with its freshness, what the checks found, and the licences."""

from collections.abc import Sequence
from typing import NamedTuple

from dashboard import format as f
from dashboard import html, texts
from dashboard.components import datenbereich
from dashboard.components.bausteine import abschnitt, angaben, aufklappen, liste, tabelle
from dashboard.components.datenbereich import Frische
from dashboard.html import Component
from dashboard.seite import Kontext, Seite
from indicators.records import Befund, Quelle
from indicators.records_stand import Datenstand

PFAD = "/daten"
SCHWERE = {"pruefen": "zu prüfen", "hinweis": "Hinweis"}
UNGEKLAERT = "ungeklärt"
ALLES = (
    ("/export.zip", "ZIP mit allem"),
    *(
        (f"/export.csv?dialekt={dialekt}", f"CSV {name}")
        for dialekt, name in texts.DIALEKTE.items()
    ),
    ("/export.json", "JSON"),
)
ZEICHEN = (
    ("–", "nichts vorhanden"),
    (".", "gesperrt, damit kein Rückschluss auf einzelne Personen möglich ist, oder unbekannt"),
    ("/", "Zahl nicht sicher genug"),
    ("…", "Angabe folgt später"),
    ("x", "Angabe nicht sinnvoll"),
    ("leer", "in der Veröffentlichung nicht enthalten"),
    ("0", "ein echter Wert: null Fälle"),
)


class Ueberblick(NamedTuple):
    """What the page is about: the sources, what the checks found in each, and how fresh they are."""

    quellen: Sequence[Quelle]
    befunde: dict[str, list[Befund]]
    frische: Frische


def seite(kontext: Kontext) -> Seite:
    """Return the overview of sources: long, and the same for as long as its Datenstand is shown."""
    return kontext.merke("daten", lambda: _seite(kontext))


def _seite(kontext: Kontext) -> Seite:
    service = kontext.service
    found: dict[str, list[Befund]] = {}
    for befund in service.befunde():
        found.setdefault(befund.quelle, []).append(befund)
    stand = service.datenstand()
    sources = service.quellen()
    view = Ueberblick(sources, found, Frische.am_tag(stand, sources))
    return Seite(
        "Daten und Quellen",
        [
            *datenbereich.kopf(
                PFAD,
                "Daten und Quellen",
                f"Alle Zahlen stammen aus {f.anzahl(len(view.quellen), 'Tabelle', 'Tabellen')}"
                " amtlicher und fachlicher Herausgeber. Hier steht, welche das sind, wie frisch sie"
                " sind und was die Prüfungen gefunden haben.",
            ),
            _datenstand(stand),
            _herausgeber(view),
            _tabellen(view),
            _pruefungen(view),
            abschnitt("Zeichen für fehlende Werte", angaben(ZEICHEN, "zeichen"), id_="zeichen"),
            _lizenzen(view.quellen),
        ],
    )


def _datenstand(stand: Datenstand) -> Component:
    facts = [
        ("Datenstand", stand.id),
        ("Berechnet", f.zeitpunkt(stand.erzeugt)),
        ("Freigabe", stand.hinweis or "freigegeben"),
    ]
    failed = None
    if stand.fehlgeschlagen is not None:
        failed = html.Div(
            [
                html.P(html.Strong("Die letzte Aktualisierung ist gescheitert.")),
                html.P("Gezeigt wird weiterhin der Datenstand davor."),
                *([html.Pre(stand.fehlgeschlagen)] if stand.fehlgeschlagen else []),
            ],
            className="hinweis",
            role="status",
        )
    buttons = [html.A(name, href=href, className="knopf") for href, name in ALLES]
    files = html.Div(
        [
            html.H3("Alle Werte laden"),
            html.P(
                "Das ZIP enthält alle Werte in zwei CSV-Dateien, die Listen der Quellen und"
                " Indikatoren und eine Beschreibung der Spalten, Lizenzen und Vorbehalte.",
                className="leise",
            ),
            html.Div(buttons),
        ],
        className="datei einzeln",
    )
    return abschnitt("Datenstand", angaben(facts), failed, files, id_="datenstand")


def _herausgeber(view: Ueberblick) -> Component:
    groups = datenbereich.je(view.quellen, "herausgeber")
    late = sum(view.frische.ueberfaellig(q) for q in view.quellen)
    rows = [
        [
            name,
            f.zahl(len(own)),
            f.datum(min(q.stand for q in own)),
            f.datum(max(q.stand for q in own)),
            f.zahl(sum(view.frische.ueberfaellig(q) for q in own)),
            f.zahl(sum(len(view.befunde.get(q.id, ())) for q in own)),
            ", ".join(sorted({q.lizenz for q in own})),
        ]
        for name, own in groups.items()
    ]
    head = ("Herausgeber", "Tabellen", "ältester Stand", "jüngster Stand", "überfällig",
            "Auffälligkeiten", "Lizenz")  # fmt: skip
    return abschnitt(
        "Wer die Zahlen herausgibt",
        tabelle(head, rows, "Herausgeber mit Zahl und Alter ihrer Tabellen", rechts=head[1:6]),
        id_="herausgeber",
        satz=f"{f.anzahl(len(groups), 'Herausgeber', 'Herausgeber')} mit"
        f" {f.anzahl(len(view.quellen), 'Tabelle', 'Tabellen')}; bei {f.zahl(late)} davon müsste es nach"
        " ihrem Rhythmus Neueres geben.",
    )


def _tabellen(view: Ueberblick) -> Component:
    groups = [
        html.Details(
            [html.Summary(f"{name} ({len(own)})"), html.Div([_quelle(q, view) for q in own])],
            className="aufklappen herausgeber",
        )
        for name, own in datenbereich.je(view.quellen, "herausgeber").items()
    ]
    return abschnitt(
        "Alle Tabellen",
        html.Div(groups),
        id_="quellen",
        satz="Zu jeder Tabelle: Stand, Lizenz, wer sie verantwortet, woraus sie gelesen und wie sie"
        " bearbeitet wurde, und bekannte Fehler.",
    )


def _quelle(quelle: Quelle, view: Ueberblick) -> Component:
    edition = f" ({quelle.ausgabe})" if quelle.ausgabe else ""
    errors = [befund.text for befund in view.befunde.get(quelle.id, ())]
    noted = f" · {f.anzahl(len(errors), 'Auffälligkeit', 'Auffälligkeiten')}" if errors else ""
    facts = [
        ("Tabelle", f"{quelle.tabelle}{edition}"),
        ("Stand", f.datum(quelle.stand)),
        ("Rhythmus", f.RHYTHMUS.get(quelle.rhythmus, quelle.rhythmus)),
        ("Lage", view.frische.lage(quelle)),
        ("Lizenz", f.LIZENZ.get(quelle.lizenz, quelle.lizenz)),
        ("Namensnennung", quelle.namensnennung),
        ("Verantwortlich", quelle.verantwortlich),
        ("Gelesen aus", quelle.ursprung),
        ("Bearbeitung", quelle.bearbeitung),
        ("Geheimhaltung", _geheimhaltung(quelle)),
        ("Umfang", f.anzahl(quelle.zeilen, "Zeile", "Zeilen")),
        ("Datei", quelle.datei),
    ]
    known = [("Bekannte Auffälligkeiten", liste(errors))] if errors else []
    if quelle.wartet:
        noted = f" · {quelle.wartet}"
        facts.insert(
            0, ("Veröffentlichung", f"Diese Zahlen sind nicht enthalten: {quelle.wartet}.")
        )
    return html.Details(
        [
            html.Summary(
                [
                    quelle.titel,
                    html.Span(f"Stand {f.datum(quelle.stand)}{noted}", className="leise"),
                ]
            ),
            angaben([*facts, *known]),
        ],
        className="aufklappen tabellenquelle",
        id=f"quelle-{quelle.id}",
    )


def _geheimhaltung(quelle: Quelle) -> str:
    if quelle.ausnahme:
        return f"Ausgenommen. {quelle.ausnahme}"
    return "Kleine Zahlen und ihre Partner sind gesperrt."


def _pruefungen(view: Ueberblick) -> Component:
    names = {q.id: f"{q.herausgeber}: {q.titel}" for q in view.quellen}
    rows = [
        [SCHWERE.get(b.schwere, b.schwere), b.text, names.get(id_, id_)]
        for id_, found in view.befunde.items()
        for b in found
    ]
    if not rows:
        return abschnitt("Prüfungen", html.P("Ohne Auffälligkeit."), id_="pruefungen")
    return abschnitt(
        "Prüfungen",
        tabelle(("Art", "Befund", "Quelle"), rows, f.anzahl(len(rows), "Befund", "Befunde")),
        id_="pruefungen",
        satz="Jede Lieferung wird auf Schlüssel, doppelte Zeilen und Summen geprüft. Was den Aufbau"
        " verletzt, wird nicht geladen. Auffälligkeiten stehen hier; geändert wird nichts.",
    )


def _lizenzen(quellen: Sequence[Quelle]) -> Component:
    by_licence = {
        lizenz: sorted({q.namensnennung for q in own})
        for lizenz, own in sorted(datenbereich.je(quellen, "lizenz").items())
    }
    unclear = [q for q in quellen if q.lizenz == UNGEKLAERT]
    facts = [(f.LIZENZ.get(lizenz, lizenz), liste(names)) for lizenz, names in by_licence.items()]
    map_note = ("Karte: Datenlizenz Deutschland – Namensnennung – Version 2.0", texts.KARTE_QUELLE)
    sentence = (
        f"Bei {f.anzahl(len(unclear), 'Tabelle', 'Tabellen')} nennt der Herausgeber keine Lizenz"
        " (»ungeklärt«). Vor einer Weitergabe dieser Zahlen ist dort nachzufragen."
        if unclear
        else "Jede Tabelle hat eine Lizenz oder eine schriftliche Erlaubnis."
    )
    return abschnitt(
        "Lizenzen und Namensnennungen",
        aufklappen(
            "Alle Lizenzen und Namensnennungen", angaben([*facts, map_note], "angaben lizenzen")
        ),
        id_="lizenzen",
        satz=sentence,
    )
