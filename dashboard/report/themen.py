"""The narrative of a field: room for the Geschäftsführung, notes of experts, tasks and advice."""

from collections.abc import Collection, Iterator, Sequence

from dashboard import format as f
from dashboard.components.auftraege import STAND, STATUS
from indicators.records import Handlungsfeld, Leitziel
from indicators.records_agenda import Fachnotiz, Handlungsempfehlung, Planungsauftrag
from indicators.report.dokument import Absatz, Block, Kasten, Liste, Ueberschrift
from indicators.report.veroeffentlichung import Veroeffentlichung

LEER = "Hier ist noch nichts eingetragen."


def kapitel(
    service: Veroeffentlichung,
    feld: Handlungsfeld,
    ziele: Sequence[Leitziel],
    indikatoren: Collection[str],
) -> Iterator[Block]:
    """Yield the part that somebody has to write, then what experts wrote and bodies asked for.

    indikatoren: ids of those whose notes belong to the field
    """
    yield Ueberschrift("Weiterentwicklung der Themen", 1, neue_seite=True)
    yield Kasten(
        "Von der Geschäftsführung zu schreiben",
        (
            f"Was das Gremium »{feld.kurztitel}« in diesem Jahr beraten hat und wie sich die Themen"
            " weiterentwickelt haben: ______________________________",
            "Was davon in die Praxis zurückgegangen ist: ______________________________",
            "Was für das kommende Jahr geplant ist: ______________________________",
        ),
    )
    about = [n for n in service.fachnotizen() if n.handlungsfeld == feld.id]
    about += [n for n in service.fachnotizen() if n.indikator in indikatoren]
    yield from _teil("Notizen der Fachleute", [satz(service, n) for n in about])
    yield from _teil("Planungsaufträge", _auftraege(service, ziele))
    yield from _teil("Handlungsempfehlungen", _empfehlungen(service, ziele))


def _teil(titel: str, punkte: Sequence[tuple[str, str]]) -> Iterator[Block]:
    yield Ueberschrift(titel, 2)
    yield Liste(tuple(punkte)) if punkte else Absatz(LEER)


def satz(service: Veroeffentlichung, notiz: Fachnotiz) -> tuple[str, str]:
    """Return what a note is about, and the note with its signature."""
    parts = [
        service.indikator(notiz.indikator).kurztitel if notiz.indikator else "Zum Handlungsfeld"
    ]
    if notiz.gebiet:
        parts.append(service.gebiet(notiz.gebiet).kurzname)
    if notiz.zeit:
        parts.append(f.zeit_kurz(notiz.zeit))
    return f"{', '.join(parts)}:", f"{notiz.text} ({notiz.gezeichnet}, {f.datum(notiz.datum)})"


def _auftraege(service: Veroeffentlichung, ziele: Sequence[Leitziel]) -> list[tuple[str, str]]:
    found = {a.id: a for z in ziele for a in service.planungsauftraege(leitziel=z.id)}
    bodies = {g.id: g.kurztitel for g in service.gremien()}
    return [(f"{a.titel}:", _auftrag(a, bodies.get(a.gremium, ""))) for a in found.values()]


def _auftrag(a: Planungsauftrag, gremium: str) -> str:
    state = f"{STATUS[a.status]} ({a.status_quelle})" if a.status else "Status nicht bekannt"
    facts = [
        f"{gremium} {a.jahr}",
        state,
        f"zuständig: {a.zustaendig}" if a.zustaendig else "",
        f"fällig {f.datum(a.faellig)}" if a.faellig else "",
        f"Quelle: {a.quelle}",
    ]
    return f"{a.text} ({'; '.join(fact for fact in facts if fact)})"


def _empfehlungen(service: Veroeffentlichung, ziele: Sequence[Leitziel]) -> list[tuple[str, str]]:
    found = {e.id: e for z in ziele for e in service.handlungsempfehlungen(z.id)}
    return [(f"{e.titel}:", _empfehlung(e)) for e in found.values()]


def _empfehlung(e: Handlungsempfehlung) -> str:
    return f"{e.text} ({e.empfohlen_von}, {f.datum(e.datum)}; {STAND[e.stand]}. Quelle: {e.quelle})"
