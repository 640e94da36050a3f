"""The chapter that says what changed since the report of last November."""

from collections.abc import Iterator, Mapping, Sequence

from dashboard import format as f
from dashboard import texts
from dashboard.lage import was_neu_ist
from indicators.records import Indikator
from indicators.records_stand import Aenderung
from indicators.report.dokument import Absatz, Block, Liste, Tabelle, Ueberschrift
from indicators.report.seither import Seither, seither
from indicators.report.veroeffentlichung import Veroeffentlichung, vorjahr
from indicators.wording import aussagen

ARTEN = {
    "neu": "neuer Zeitraum",
    "revision": "berichtigt",
    "verschwunden": "nicht mehr enthalten",
    "indikator": "neuer Indikator",
    "weggefallen": "Indikator entfallen",
    "aussage": "andere Aussage",
    "text": "anderer Wortlaut",
}
HOECHSTENS = 60


ERSTER = (
    "Aus dem November des Vorjahres ist keine Veröffentlichung aufbewahrt. Dieser Bericht ist der"
    " erste; ein Vergleich mit dem Vorjahr entsteht mit dem nächsten."
)


def satz(service: Veroeffentlichung, indikatoren: Sequence[Indikator]) -> str:
    """Say in one sentence what changed since last November, for the summary."""
    before = vorjahr(service)
    if before is None:
        return "Was sich geändert hat: Ein Vergleich mit dem Vorjahr entsteht mit dem nächsten Bericht."
    found = _vergleich(service, before, indikatoren)
    if not found.aenderungen:
        return "Was sich geändert hat: seit dem letzten November nichts."
    return was_neu_ist(found.aenderungen, indikatoren)


def kapitel(service: Veroeffentlichung, indikatoren: Sequence[Indikator]) -> Iterator[Block]:
    """Yield the comparison with last November's Veröffentlichung, or why there is none."""
    yield Ueberschrift("Was sich seit dem letzten November geändert hat", 1)
    before = vorjahr(service)
    if before is None:
        yield Absatz(ERSTER)
        return
    titles = {i.id: i.titel for i in [*before.indikatoren(), *indikatoren]}
    found = _vergleich(service, before, indikatoren)
    stand = before.datenstand()
    yield Absatz(
        f"Verglichen mit der Veröffentlichung {stand.id} vom {f.datum(stand.erzeugt.date())}."
    )
    yield from _aenderungen(found, titles)
    yield from _lieferungen(found)


def _vergleich(
    service: Veroeffentlichung, before: Veroeffentlichung, indikatoren: Sequence[Indikator]
) -> Seither:
    return seither(service, before, [i.id for i in indikatoren], texts.kreis())


def _aenderungen(found: Seither, titles: Mapping[str, str]) -> Iterator[Block]:
    changes = found.aenderungen
    if not changes:
        yield Absatz("Werte, Wortlaut und Aussagen sind dieselben geblieben.")
        return
    rows = tuple(
        (
            ARTEN[change.art],
            titles.get(change.indikator, change.indikator),
            f.zeit_kurz(change.zeit) if change.zeit else "",
            beschreibung(change),
        )
        for change in changes[:HOECHSTENS]
    )
    yield Tabelle(
        "Änderungen an Werten, Wortlaut und Aussagen",
        ("Was", "Indikator", "Zeit", "Änderung"),
        rows,
        (2.3, 5.2, 1.9, 4.6),
    )
    more = len(changes) - HOECHSTENS
    if more > 0:
        yield Absatz(f"und {f.anzahl(more, 'weitere Änderung', 'weitere Änderungen')}", "leise")


def beschreibung(change: Aenderung) -> str:
    """Return what a change consists of, in words."""
    words = aussagen().trend
    match change.art:
        case "aussage":
            before, now = (words[key].wort for key in (change.vorher, change.jetzt))
            return f"von »{before}« zu »{now}«"
        case "text":
            return f"bisher »{change.vorher}«, jetzt »{change.jetzt}«"
        case "revision":
            size = f", um höchstens {f.zahl(change.groesste, 1)} %" if change.groesste else ""
            return f"{f.anzahl(change.anzahl, 'Wert', 'Werte')}{size}"
        case "indikator" | "weggefallen":
            return change.jetzt or change.vorher
    return f.anzahl(change.anzahl, "Wert", "Werte")


def _lieferungen(found: Seither) -> Iterator[Block]:
    for head, names in (
        ("Neue Lieferungen", found.lieferungen),
        ("Nicht mehr geliefert", found.fehlende),
    ):
        if names:
            yield Absatz(f"{head}:")
            yield Liste(tuple(("", name) for name in names))
    if not found.lieferungen and not found.fehlende:
        yield Absatz("Seitdem ist keine Lieferung hinzugekommen und keine weggefallen.")
