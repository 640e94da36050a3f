"""What is to be known of an indicator beside its formula: levels, rhythm, breaks, topics, limits."""

from collections.abc import Sequence

from dashboard import dcc, html
from dashboard import format as f
from dashboard.components.bausteine import Kinder
from dashboard.components.datenbereich import Frische
from dashboard.html import Component
from dashboard.seite import Kontext
from indicators.records import Indikator, Quelle

EBENEN = {
    "gemeinde": "Städte und Gemeinden",
    "verwaltungsgemeinschaft": "Verwaltungsgemeinschaften",
    "kreis": "Kreise",
    "regierungsbezirk": "Regierungsbezirk",
    "land": "Land",
    "bund": "Bund",
}
NUR_QUOTE = (
    "Der Herausgeber veröffentlicht nur die Quote und hat sie selbst geprüft; Fallzahlen werden hier"
    " nicht zurückgerechnet."
)


def steckbrief(
    kontext: Kontext, indikator: Indikator, quellen: Sequence[Quelle]
) -> list[tuple[str, Kinder]]:
    """Return the facts as (name, value), only those that there are."""
    service = kontext.service
    levels = [word for key, word in EBENEN.items() if key in indikator.ebenen]
    facts: list[tuple[str, Kinder]] = []
    if levels:
        facts.append(("Ebenen", ", ".join(levels)))
    if quellen:
        facts.append(("Rhythmus", _rhythmus(kontext, quellen)))
    breaks = service.brueche(indikator.id)
    if breaks:
        words = [f"{b.titel} ({f.datum(b.datum)})" for b in sorted(breaks, key=lambda b: b.datum)]
        facts.append(("Brüche", ", ".join(dict.fromkeys(words))))
    topics = _themen(kontext, indikator)
    if topics:
        facts.append(("Querschnitt", html.Span(topics)))
    facts.append(
        ("Geheimhaltung", NUR_QUOTE if indikator.nur_quote else service.schutz(indikator.id))
    )
    return facts


def _rhythmus(kontext: Kontext, quellen: Sequence[Quelle]) -> str:
    """Say how often it is delivered and when the next delivery is to be expected."""
    service = kontext.service
    fresh = kontext.merke(
        "frische", lambda: Frische.am_tag(service.datenstand(), service.quellen())
    )
    words = dict.fromkeys(f.RHYTHMUS.get(q.rhythmus, q.rhythmus) for q in quellen)
    terms = [term for q in quellen if (term := fresh.termin(q))]
    if not terms:
        return ", ".join(words)
    when = "überfällig seit" if max(terms) < fresh.heute else "erwartet ab"
    return f"{', '.join(words)}; nächste Lieferung {when} {f.datum(max(terms))}"


def _themen(kontext: Kontext, indikator: Indikator) -> list[Component | str]:
    names = {thema.id: thema.titel for thema in kontext.service.querschnittsthemen()}
    parts: list[Component | str] = []
    for key in indikator.querschnittsthemen:
        parts += [", "] if parts else []
        parts.append(dcc.Link(names.get(key, key), href=f"/querschnitt/{key}"))
    return parts
