"""Datenstände: the builds that are kept, and what each changed against the one before."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from dashboard import dcc, html
from dashboard import format as f
from dashboard.components import datenbereich
from dashboard.components.bausteine import Kinder, abschnitt, angaben, aufklappen, marke, tabelle
from dashboard.html import Component
from dashboard.seite import Kontext, Seite, fester_link
from indicators.records_stand import ENTWURF, Aenderung, Aufbewahrt
from indicators.wording import aussagen

PFAD = "/daten/datenstaende"
HOECHSTENS = 200
ARTEN = {
    "indikator": ("neuer Indikator", "neue Indikatoren"),
    "neu": ("neuer Zeitpunkt", "neue Zeitpunkte"),
    "revision": ("berichtigte Zeitreihe", "berichtigte Zeitreihen"),
    "verschwunden": ("Zeitpunkt weniger", "Zeitpunkte weniger"),
    "aussage": ("andere Aussage zur Richtung", "andere Aussagen zur Richtung"),
}


def seite(kontext: Kontext) -> Seite:
    """Build the list of kept builds, newest first."""
    service = kontext.service
    kept = kontext.merke("datenstaende", service.datenstaende)
    shown = service.datenstand().id
    titles = {i.id: i.kurztitel for i in service.indikatoren()}
    areas = {g.schluessel: g.kurzname for g in service.gebiete()}
    parts = [_stand(stand, titles, areas, gezeigt=stand.id == shown) for stand in kept]
    return Seite(
        "Datenstände",
        [
            *datenbereich.kopf(
                PFAD,
                "Datenstände",
                f"Aufbewahrt {'wird' if len(kept) == 1 else 'werden'}"
                f" {f.anzahl(len(kept), 'Datenstand', 'Datenstände')}. Freigegebene bleiben für"
                " immer erhalten, von Entwürfen die letzten drei.",
            ),
            *parts,
        ],
    )


def _stand(
    stand: Aufbewahrt, titles: Mapping[str, str], areas: Mapping[str, str], *, gezeigt: bool
) -> Component:
    if stand.zurueckgezogen:
        return _zurueckgezogen(stand, stand.zurueckgezogen)
    counts = Counter(change.art for change in stand.aenderungen)
    words = [f.anzahl(counts[art], *names) for art, names in ARTEN.items() if counts[art]]
    sentence = (
        f"Gegenüber dem Datenstand davor: {', '.join(words)}."
        if words
        else "Gegenüber dem Datenstand davor hat sich keine Zahl geändert, oder es gibt keinen."
    )
    state: list[Component | str] = [ENTWURF]
    if stand.freigegeben:
        state = [f"veröffentlicht am {f.zeitpunkt(stand.freigegeben)}"]
    if gezeigt:
        state += [" ", marke("wird gezeigt")]
    facts: list[tuple[str, Kinder]] = [
        ("Berechnet", f.zeitpunkt(stand.erzeugt)),
        ("Zustand", state),
    ]
    if stand.freigegeben:
        place = fester_link(stand.id)
        facts.append(("Fester Link", html.A(place, href=place)))
    rows = [_zeile(change, titles, areas) for change in stand.aenderungen[:HOECHSTENS]]
    head = ("Was", "Indikator", "Gebiet", "Zeit", "Änderung")
    more = len(stand.aenderungen) - HOECHSTENS
    title = f"Änderungen im Datenstand {stand.id}"
    details = aufklappen(
        f"{f.anzahl(len(stand.aenderungen), 'Änderung', 'Änderungen')} im Einzelnen",
        tabelle(head, rows, title),
        *([html.P(f"und {f.zahl(more)} weitere", className="leise")] if more > 0 else []),
    )
    own = sorted({c.indikator for c in stand.aenderungen if c.art == "indikator"})
    links = html.P(
        ["Neu: ", *_links([(titles.get(i, i), f"/indikator/{i}") for i in own])],
        className="fliesstext",
    )
    return abschnitt(
        f"Datenstand {stand.id}",
        angaben(facts),
        links if own and gezeigt else None,
        details if rows else None,
        id_=f"stand-{stand.id}",
        satz=sentence,
    )


def _zurueckgezogen(stand: Aufbewahrt, am: datetime) -> Component:
    facts: list[tuple[str, Kinder]] = [
        ("Berechnet", f.zeitpunkt(stand.erzeugt)),
        ("Zurückgezogen", f.zeitpunkt(am)),
        ("Grund", stand.grund),
    ]
    return abschnitt(
        f"Datenstand {stand.id}",
        angaben(facts),
        id_=f"stand-{stand.id}",
        satz="Diese Veröffentlichung ist zurückgezogen; ihre Zahlen bitte nicht mehr verwenden.",
    )


def _links(pairs: list[tuple[str, str]]) -> list[Component | str]:
    found: list[Component | str] = []
    for text, href in pairs[:12]:
        found += [*([", "] if found else []), dcc.Link(text, href=href)]
    return found


def _zeile(change: Aenderung, titles: Mapping[str, str], areas: Mapping[str, str]) -> list[str]:
    return [
        ARTEN.get(change.art, (change.art, ""))[0],
        titles.get(change.indikator, change.indikator),
        areas.get(change.gebiet, change.gebiet),
        f.zeit_kurz(change.zeit) if change.zeit else "",
        _text(change),
    ]


def _text(change: Aenderung) -> str:
    if change.art == "aussage":
        words = aussagen().trend
        before, now = (
            words[key].wort if key in words else key for key in (change.vorher, change.jetzt)
        )
        return f"von »{before}« zu »{now}«"
    if change.art == "revision":
        size = "" if change.groesste is None else f", um höchstens {f.zahl(change.groesste, 1)} %"
        return f"{f.anzahl(change.anzahl, 'Wert', 'Werte')}{size}"
    if change.art == "indikator":
        return change.jetzt
    return f.anzahl(change.anzahl, "Wert", "Werte")
