"""Lieferkalender: who owes which table when, and what is late."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from dashboard import format as f
from dashboard import html
from dashboard.components import datenbereich
from dashboard.components.bausteine import abschnitt, tabelle
from dashboard.components.datenbereich import Frische
from dashboard.html import Component
from dashboard.seite import Kontext, Seite
from indicators.records import Quelle
from indicators.records_stand import Abrufstand

if TYPE_CHECKING:
    from datetime import date

Termin: TypeAlias = "tuple[date, Quelle]"
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
    sources = service.quellen()
    fresh = Frische.am_tag(service.datenstand(), sources)
    dated = [(day, q) for q in sources if (day := fresh.termin(q))]
    dated.sort(key=lambda pair: pair[0])
    late = [pair for pair in dated if fresh.ueberfaellig(pair[1])]
    coming = [pair for pair in dated if pair not in late]
    loose = [q for q in sources if not fresh.termin(q) and q.id not in fresh.abgeloest]
    sentence = (
        f"{f.anzahl(len(late), 'Tabelle ist', 'Tabellen sind')} überfällig,"
        f" {f.zahl(len(coming))} sind noch zu erwarten, {f.zahl(len(loose))} haben keinen festen"
        f" Termin. {f.anzahl(len(fresh.abgeloest), 'ist', 'sind')} durch eine neuere Ausgabe"
        f" abgelöst. Gerechnet ist auf den Tag des Datenstands, {f.datum(fresh.heute)}."
    )
    return Seite(
        "Lieferkalender",
        [
            *datenbereich.kopf(PFAD, "Lieferkalender", sentence),
            html.P(ERKLAERUNG, className="fliesstext"),
            _aemter(late, coming, loose),
            _termine("Überfällig", late, fresh, "ueberfaellig", "Zurzeit ist nichts überfällig."),
            _termine(
                "Kommende Lieferungen", coming, fresh, "kommend", "Es steht keine Lieferung aus."
            ),
            _ohne_termin(loose),
            _angefordert(kontext),
            _abrufe(service.abrufe()),
        ],
    )


def _aemter(late: Sequence[Termin], coming: Sequence[Termin], loose: Sequence[Quelle]) -> Component:
    """Return one row per office that answers for tables: how many it owes, since when."""
    everything = [*(q for _, q in late), *(q for _, q in coming), *loose]
    rows = []
    for office, own in datenbereich.je(everything, "verantwortlich").items():
        owed = [day for day, q in late if q.verantwortlich == office]
        next_ = [day for day, q in coming if q.verantwortlich == office]
        rows.append(
            [
                office,
                f.zahl(len(own)),
                f.zahl(len(owed)),
                f.datum(owed[0]) if owed else "–",
                f.datum(next_[0]) if next_ else "–",
            ]
        )
    head = ("Zuständige Stelle", "Tabellen", "überfällig", "älteste überfällig seit", "nächste ab")
    return abschnitt(
        "Wer was schuldet",
        tabelle(head, rows, "Zuständige Stellen mit ihren Tabellen", rechts=head[1:]),
        id_="stellen",
    )


def _termine(
    titel: str, termine: Sequence[Termin], fresh: Frische, id_: str, keine: str
) -> Component:
    if not termine:
        return abschnitt(titel, html.P(keine), id_=id_)
    rows = [
        [
            f.datum(day),
            fresh.lage(q),
            q.titel,
            q.verantwortlich,
            f.datum(q.stand),
            f.RHYTHMUS.get(q.rhythmus, q.rhythmus),
        ]
        for day, q in termine
    ]
    head = ("Zu erwarten ab", "Lage", "Tabelle", "Zuständige Stelle", "Stand hier", "Rhythmus")
    return abschnitt(
        titel, tabelle(head, rows, f"{titel}, früheste zuerst", klasse="quellen"), id_=id_
    )


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


def _angefordert(kontext: Kontext) -> Component:
    """Return what indicators wait for that nobody has delivered yet, by who holds the figures."""
    service = kontext.service
    asked = [(i, r) for i in service.indikatoren() if (r := service.anforderung(i.id)) is not None]
    levels = {"gemeinde": "Gemeinden", "kreis": "Kreis"}
    rows = [
        [request.bei, i.titel, ", ".join(levels[e] for e in request.ebenen), request.rhythmus]
        for i, request in sorted(asked, key=lambda pair: (pair[1].bei, pair[0].titel))
    ]
    if not rows:
        return abschnitt("Angefordert", html.P("Nichts."), id_="angefordert")
    head = ("Wer die Zahlen hat", "Indikator", "Für", "Rhythmus")
    return abschnitt(
        "Angefordert, noch nicht geliefert",
        tabelle(head, rows, "Angeforderte Zahlen nach Datenhalter", klasse="quellen"),
        id_="angefordert",
        satz=f"{f.anzahl(len(rows), 'Indikator wartet', 'Indikatoren warten')} auf Zahlen, die nicht"
        " öffentlich sind oder für die Gemeinden fehlen.",
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
