"""Lieferkalender: who owes which table when, and what is late."""

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard import format as f
from dashboard.components import datenbereich
from dashboard.components.bausteine import abschnitt, tabelle
from dashboard.seite import Kontext, Seite
from indicators.records import Abrufstand, Quelle

PFAD = "/daten/lieferkalender"
ERGEBNIS = {
    "neu": "● neue Zahlen geholt",
    "unveraendert": "● nichts Neues",
    "gescheitert": "▲ nicht erreicht",
    "abgelehnt": "▲ geliefert, aber abgelehnt",
}
ERKLAERUNG = (
    "Der Termin folgt aus dem Stand der vorhandenen Tabelle und dem Rhythmus des Herausgebers."
    " »Überfällig« heißt: Danach müsste es Neueres geben, es liegt hier aber noch nicht vor. Das"
    " kann am Herausgeber liegen oder daran, dass noch niemand die Tabelle geholt hat."
)


def seite(kontext: Kontext) -> Seite:
    """Build the calendar of deliveries."""
    service = kontext.service
    stand = service.datenstand()
    today = datenbereich.tag(stand)
    dated = sorted((q for q in service.quellen() if q.erwartet), key=_termin)
    late = [q for q in dated if datenbereich.ist_ueberfaellig(q, today)]
    coming = [q for q in dated if q not in late]
    loose = [q for q in service.quellen() if not q.erwartet]
    sentence = (
        f"{f.anzahl(len(late), 'Tabelle ist', 'Tabellen sind')} überfällig,"
        f" {f.zahl(len(coming))} sind noch zu erwarten, {f.zahl(len(loose))} haben keinen festen"
        f" Termin. Gerechnet ist auf den Tag des Datenstands, {f.datum(today)}."
    )
    return Seite(
        "Lieferkalender",
        [
            *datenbereich.kopf(PFAD, "Lieferkalender", sentence),
            html.P(ERKLAERUNG, className="fliesstext"),
            _aemter(late, coming, loose),
            _termine("Überfällig", late, today, "ueberfaellig", "Zurzeit ist nichts überfällig."),
            _termine(
                "Kommende Lieferungen", coming, today, "kommend", "Es steht keine Lieferung aus."
            ),
            _ohne_termin(loose),
            _abrufe(service.abrufe()),
        ],
    )


def _termin(quelle: Quelle) -> date:
    return quelle.erwartet or date.max


def _aemter(late: Sequence[Quelle], coming: Sequence[Quelle], loose: Sequence[Quelle]) -> Component:
    """Return one row per office that answers for tables: how many it owes, since when."""
    everything = datenbereich.je([*late, *coming, *loose], "verantwortlich")
    rows = []
    for office, own in everything.items():
        owed = [q for q in own if q in late]
        next_ = [q for q in own if q in coming]
        rows.append(
            [
                office,
                f.zahl(len(own)),
                f.zahl(len(owed)),
                f.datum(_termin(owed[0])) if owed else "–",
                f.datum(_termin(next_[0])) if next_ else "–",
            ]
        )
    head = ("Zuständige Stelle", "Tabellen", "überfällig", "älteste überfällig seit", "nächste ab")
    return abschnitt(
        "Wer was schuldet",
        tabelle(head, rows, "Zuständige Stellen mit ihren Tabellen", rechts=head[1:]),
        id_="stellen",
    )


def _termine(titel: str, quellen: Sequence[Quelle], heute: date, id_: str, keine: str) -> Component:
    if not quellen:
        return abschnitt(titel, html.P(keine), id_=id_)
    rows = [
        [
            f.datum(_termin(q)),
            datenbereich.lage(q, heute).partition(" zu erwarten")[0] + _frei(q, heute),
            q.titel,
            q.verantwortlich,
            f.datum(q.stand),
            f.RHYTHMUS.get(q.rhythmus, q.rhythmus),
        ]
        for q in quellen
    ]
    head = ("Zu erwarten ab", "Lage", "Tabelle", "Zuständige Stelle", "Stand hier", "Rhythmus")
    return abschnitt(
        titel, tabelle(head, rows, f"{titel}, früheste zuerst", klasse="quellen"), id_=id_
    )


def _frei(quelle: Quelle, heute: date) -> str:
    return "" if datenbereich.ist_ueberfaellig(quelle, heute) else " noch nicht fällig"


def _ohne_termin(quellen: Sequence[Quelle]) -> Component:
    rows = [
        [
            q.titel,
            q.verantwortlich,
            f.datum(q.stand),
            f.RHYTHMUS.get(q.rhythmus, q.rhythmus),
        ]
        for q in quellen
    ]
    if not rows:
        return abschnitt("Ohne festen Termin", html.P("Keine."), id_="ohne-termin")
    head = ("Tabelle", "Zuständige Stelle", "Stand hier", "Rhythmus")
    return abschnitt(
        "Ohne festen Termin",
        tabelle(head, rows, "Tabellen ohne festen Rhythmus"),
        id_="ohne-termin",
        satz="Diese Tabellen kommen einmalig, je Wahl oder unregelmäßig.",
    )


def _abrufe(abrufe: Sequence[Abrufstand]) -> Component:
    if not abrufe:
        missing = html.P(
            "Noch wurde keine Quelle selbsttätig beim Herausgeber abgerufen.", className="fehlt"
        )
        return abschnitt("Abrufe beim Herausgeber", missing, id_="abrufe")
    rows = [
        [
            a.quelle,
            f.datum(a.beendet.date()),
            ERGEBNIS.get(a.ergebnis, a.ergebnis),
            f.datum(a.aktuell.date()) if a.aktuell else "noch nie",
        ]
        for a in abrufe
    ]
    head = ("Quelle", "zuletzt versucht", "Ergebnis", "zuletzt auf dem neuesten Stand")
    failed = sum(a.veraltet for a in abrufe)
    return abschnitt(
        "Abrufe beim Herausgeber",
        tabelle(head, rows, "Letzter Abruf jeder Quelle"),
        id_="abrufe",
        satz=f"{f.anzahl(len(abrufe), 'Quelle wird', 'Quellen werden')} selbsttätig abgerufen;"
        f" bei {f.zahl(failed)} ist der letzte Versuch gescheitert.",
    )
