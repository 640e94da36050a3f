"""What is done and what it costs: measures with their status, money with its definition."""

from collections.abc import Iterator, Sequence

from dashboard import format as f
from dashboard import texts
from dashboard.components.agenda import ABSICHT, FEHLT, NEBEN, STATUS, UNBEKANNT
from dashboard.components.daneben import ART, GELD_SATZ, RECHNUNG, betrag
from dashboard.report import themen
from dashboard.report.bild import wort
from dashboard.seite import Kontext
from indicators.records import Handlungsfeld, Leitziel
from indicators.records_agenda import Geldbetrag, Massnahme
from indicators.report.dokument import Absatz, Block, Liste, Tabelle, Ueberschrift
from indicators.report.veroeffentlichung import Veroeffentlichung


def massnahmen(kontext: Kontext, ziele: Sequence[Leitziel]) -> Iterator[Block]:
    """Yield every measure below its first Leitziel in this field, with what is observed beside it."""
    yield Ueberschrift("Maßnahmen und ihr Stand", 1)
    yield Absatz(
        "Was getan wird und was im selben Zeitraum gezählt wurde, steht nebeneinander:"
        f" {NEBEN}. Viele andere Umstände bewegen diese Zahlen mit."
    )
    seen: set[str] = set()
    for ziel in ziele:
        own = [m for m in kontext.service.massnahmen(leitziel=ziel.id) if m.id not in seen]
        again = len(kontext.service.massnahmen(leitziel=ziel.id)) - len(own)
        seen |= {m.id for m in own}
        if own:
            yield Tabelle(
                f"{ziel.nr} {ziel.titel}",
                ("Maßnahme", "Status", "Zuständig, Zeitraum", "Daneben gezählt"),
                tuple(_massnahme(kontext, item) for item in own),
                (5.0, 2.4, 2.8, 4.2),
            )
        elif not again:
            yield Absatz(f"{ziel.nr} {ziel.titel}: Die Agenda nennt keine einzelne Maßnahme.")
        if again:
            yield Absatz(
                f"Zum Leitziel {ziel.nr} gehört auch"
                f" {f.anzahl(again, 'Maßnahme', 'Maßnahmen')}, die weiter oben steht.",
                "leise",
            )


def _massnahme(kontext: Kontext, item: Massnahme) -> tuple[str, ...]:
    sign, word = STATUS[item.status] if item.status else UNBEKANNT
    told = f" ({item.status_quelle})" if item.status_quelle else ""
    period = zeitraum(item)
    figures = [f"{text} ({year}; {source})" for text, year, source in item.angaben]
    return (
        "\n".join([item.titel, item.beschreibung, *figures]),
        f"{sign} {word}{told}",
        f"{item.zustaendig or FEHLT}; {period or 'Zeitraum ' + FEHLT}",
        "\n".join(_daneben(kontext, item)) or "kein Indikator zugeordnet",
    )


def zeitraum(item: Massnahme) -> str:
    """Return since when and until when a measure runs; empty where nobody has told."""
    if item.von and item.bis:
        return f"{item.von} bis {item.bis}"
    if item.von:
        return f"seit {item.von}"
    return f"bis {item.bis}" if item.bis else ""


def _daneben(kontext: Kontext, item: Massnahme) -> Iterator[str]:
    for id_, absicht in item.wirkungen:
        indikator = kontext.service.indikator(id_)
        wert = kontext.letzte()[texts.kreis()].get(id_)
        value = (
            f"{f.mit_einheit(wert.wert, indikator)} ({f.zeit_kurz(wert.zeit)})"
            if wert and wert.wert is not None
            else "kein Wert für den Kreis"
        )
        said = wort(kontext.bewertungen().get(id_))
        direction = f"; {said}" if said else ""
        yield f"{indikator.kurztitel} ({ABSICHT[absicht]}): {value}{direction}"


def geld(service: Veroeffentlichung, feld: Handlungsfeld) -> Iterator[Block]:
    """Yield every amount of money as it was printed: never two definitions in one line."""
    yield Ueberschrift("Geld", 1)
    own = service.geld(handlungsfeld=feld.id)
    whole = [g for g in service.geld() if not g.handlungsfelder]
    if not own and not whole:
        yield Absatz("Zu diesem Handlungsfeld enthält der Datenstand keinen Betrag mit Beleg.")
        return
    yield Absatz(GELD_SATZ)
    for title, amounts in (
        ("In diesem Handlungsfeld", own),
        ("Der ganze Sozialhaushalt des Landkreises", whole),
    ):
        if amounts:
            yield Tabelle(
                title,
                ("Was", "Betrag", "Jahr", "Art", "Abgrenzung", "Quelle"),
                tuple(_betrag(g) for g in amounts),
                (3.3, 2.5, 1.4, 2.7, 4.1, 3.1),
                rechts=(1,),
            )

    shown = {g.aus_indikator for g in [*own, *whole] if g.aus_indikator}
    notes = [n for n in service.fachnotizen() if n.indikator in shown]
    if notes:
        yield Liste(tuple(themen.satz(service, n) for n in notes))


def _betrag(g: Geldbetrag) -> tuple[str, ...]:
    kind = f"{ART[g.art]}, {RECHNUNG[g.rechnung]}"
    return g.titel, betrag(g), str(g.jahr), kind, g.abgrenzung, g.quelle
