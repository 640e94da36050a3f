"""The annex for the archive: every method, indicator, source and word, as one report to be read."""

from collections.abc import Iterator
from itertools import groupby

from dashboard import format as f
from dashboard import texts
from dashboard.pages import glossar as woerter
from dashboard.pages import methoden
from indicators.glossar import glossar
from indicators.records import Indikator, Quelle
from indicators.report.dokument import Absatz, Bericht, Block, Liste, Tabelle, Ueberschrift
from indicators.service import Service
from indicators.textseiten import Abschnitt, textseiten

RAHMEN = "Rahmenzahlen"


def definitionen(service: Service) -> Bericht:
    """Return what every published figure means and how it came about."""
    stand = service.datenstand()
    return Bericht(
        "definitionen",
        "Definitionen, Quellen und Verfahren",
        f"{texts.name()} {texts.kreis_name()}",
        "Was jede veröffentlichte Zahl bedeutet und wie sie entstanden ist",
        (
            ("Datenstand", stand.name),
            ("Berechnet", f.zeitpunkt(stand.erzeugt)),
            ("Indikatoren", f.zahl(len(service.indikatoren()))),
            ("Quellen", f.zahl(len(service.quellen()))),
        ),
        stand.id,
        stand.erzeugt,
        stand.entwurf,
        (*_verfahren(), *_indikatoren(service), *_quellen(service), *_woerter()),
    )


def _verfahren() -> Iterator[Block]:
    page = textseiten(methoden.DATEI)["methoden"]
    yield Ueberschrift(page.titel, 1)
    for part in page.abschnitte:
        yield Ueberschrift(part.titel, 2)
        yield from _abschnitt(part)


def _abschnitt(part: Abschnitt) -> Iterator[Block]:
    for text in part.absaetze:
        yield Absatz(text)
    for points in (part.punkte, part.formeln):
        if points:
            yield Liste(tuple(("", point) for point in points))
    if part.tabelle:
        table = part.tabelle
        yield Tabelle(table.titel, table.kopf, table.zeilen, tuple(1.0 for _ in table.kopf))


def _indikatoren(service: Service) -> Iterator[Block]:
    """Yield the indicators by the field of action to which each belongs first."""
    fields = {feld.id: feld.titel for feld in service.handlungsfelder()}
    belongs = {ziel.id: fields[ziel.handlungsfeld] for ziel in service.leitziele()}
    order = {title: n for n, title in enumerate([*fields.values(), RAHMEN])}

    def field(indikator: Indikator) -> str:
        return belongs[indikator.leitziele[0]] if indikator.leitziele else RAHMEN

    yield Ueberschrift("Die Indikatoren", 1, neue_seite=True)
    found = sorted(service.indikatoren(), key=lambda i: order[field(i)])
    for title, members in groupby(found, field):
        yield Ueberschrift(title, 2)
        for indikator in members:
            yield Ueberschrift(indikator.titel, 3)
            yield Absatz(indikator.frage, haelt=True)
            yield Liste(tuple(_angaben(service, indikator)))


def _angaben(service: Service, indikator: Indikator) -> Iterator[tuple[str, str]]:
    yield "Kennung:", indikator.id
    yield "Berechnung:", indikator.berechnung
    yield "Einheit:", indikator.einheit
    yield "Art:", texts.TYP.get(indikator.typ, indikator.typ)
    yield "Richtung:", f"{texts.RICHTUNG[indikator.richtung]} {indikator.richtung_durch}"
    if indikator.nur_quote:
        yield "Fallzahlen:", texts.NUR_QUOTE
    for hint in indikator.hinweise:
        yield "Hinweis:", hint
    for b in service.brueche(indikator.id):
        yield f"Zeitreihenbruch {f.datum(b.datum)}:", f"{b.titel}. {b.text}"
    sources = "; ".join(f"{q.herausgeber}, {q.tabelle}" for q in service.quellen(indikator.id))
    yield "Quellen:", sources or "noch keine; die Daten sind angefordert."


def _quellen(service: Service) -> Iterator[Block]:
    yield Ueberschrift("Die Quellen", 1, neue_seite=True)
    yield Liste(tuple((f"{q.herausgeber}, {q.tabelle}:", _quelle(q)) for q in service.quellen()))


def _quelle(quelle: Quelle) -> str:
    facts = (
        quelle.titel,
        f"Stand {f.datum(quelle.stand)}",
        f"Lizenz: {f.LIZENZ.get(quelle.lizenz, quelle.lizenz)}",
        f"Namensnennung: {quelle.namensnennung}",
        f"Bearbeitung: {quelle.bearbeitung}",
        f"Kennung: {quelle.id}",
    )
    return " · ".join(facts)


def _woerter() -> Iterator[Block]:
    yield Ueberschrift("Wörter", 1, neue_seite=True)
    yield Liste(tuple((f"{b.wort}:", b.text) for b in glossar(woerter.DATEI)))
