"""The chapter that says what cannot be said, and why."""

from collections.abc import Iterator, Mapping, Sequence

from dashboard import aussagen, texts
from dashboard import format as f
from dashboard.components.datenbereich import Frische
from dashboard.lage import lage
from dashboard.seite import Kontext
from indicators.records import Indikator, Leitziel, Quelle
from indicators.report.dokument import Absatz, Block, Liste, Tabelle, Ueberschrift


def kapitel(
    kontext: Kontext,
    ziele: Sequence[Leitziel],
    je_ziel: Mapping[str, Sequence[Indikator]],
    indikatoren: Sequence[Indikator],
) -> Iterator[Block]:
    """Yield the limits: of the goals, of the series, and of the deliveries."""
    yield Ueberschrift("Was sich nicht sagen lässt, und warum", 1)
    yield Liste(tuple(_ziel(ziel, je_ziel[ziel.id]) for ziel in ziele))
    yield from _angefordert(kontext, indikatoren)
    yield from _ohne_aussage(kontext, indikatoren)
    yield from _ueberfaellig(kontext, indikatoren)


def _ziel(ziel: Leitziel, indikatoren: Sequence[Indikator]) -> tuple[str, str]:
    word = texts.MESSBARKEIT_WORT.get(ziel.messbarkeit, ziel.messbarkeit)
    none = "" if indikatoren else " Bisher kein Indikator."
    holder = f" {ziel.luecke}" if ziel.luecke else ""
    return f"{ziel.nr} {ziel.titel} ({word})", f"{ziel.begruendung}{none}{holder}"


def _angefordert(kontext: Kontext, indikatoren: Sequence[Indikator]) -> Iterator[Block]:
    rows = []
    for i in lage(indikatoren, kontext.bewertungen()).angefordert:
        asked = kontext.service.anforderung(i.id)
        holder = f"Die Zahlen hat: {asked.bei}." if asked else "Wer sie hat, ist nicht bekannt."
        rows.append((i.titel, holder))
    if rows:
        yield Tabelle(
            "Daten angefordert: erklärte Indikatoren, für die noch niemand Zahlen geliefert hat",
            ("Indikator", "Wer die Zahlen hat"),
            tuple(rows),
            (5.0, 9.0),
        )


def _ohne_aussage(kontext: Kontext, indikatoren: Sequence[Indikator]) -> Iterator[Block]:
    said, kreis = kontext.bewertungen(), kontext.letzte()[texts.kreis()]
    rows = []
    for i in lage(indikatoren, said).offen:
        b, wert = said.get(i.id), kreis.get(i.id)
        if b is not None and b.status == "vorhanden":
            sign, word = aussagen.trend_wort(b)
            rows.append((i.titel, f"{sign} {word}", aussagen.trend_satz(b, i)))
        else:
            reason = f.grund(wert) if wert and wert.wert is None else "kein Wert für den Kreis"
            rows.append((i.titel, f"○ {reason}", "Andere Gebiete können Werte haben."))
    if rows:
        yield Tabelle(
            "Indikatoren, über deren Richtung im Kreis nichts gesagt wird",
            ("Indikator", "Grund", "Genauer"),
            tuple(rows),
            (4.8, 2.8, 6.4),
        )


def _ueberfaellig(kontext: Kontext, indikatoren: Sequence[Indikator]) -> Iterator[Block]:
    service = kontext.service
    fresh = Frische.am_tag(service.datenstand(), service.quellen())
    late = sorted(
        (q for q in quellen(kontext, indikatoren) if fresh.ueberfaellig(q)),
        key=lambda q: (q.stand, q.titel),
    )
    if not late:
        return
    yield Absatz(
        "Nach dem Rhythmus des Herausgebers müsste es Neueres geben; hier liegt es noch nicht vor."
    )
    yield Tabelle(
        "Überfällige Lieferungen, älteste zuerst",
        ("Tabelle", "Zuständige Stelle", "Stand hier", "Lage"),
        tuple((q.titel, q.verantwortlich, f.datum(q.stand), fresh.lage(q)) for q in late),
        (5.2, 3.6, 1.8, 3.4),
    )


def quellen(kontext: Kontext, indikatoren: Sequence[Indikator]) -> list[Quelle]:
    """Return the sources of some indicators, each once, by publisher and table."""
    found = {q.id: q for i in indikatoren for q in kontext.service.quellen(i.id)}
    return sorted(found.values(), key=lambda q: (q.herausgeber, q.tabelle, q.id))
