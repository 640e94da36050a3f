"""What people do and say: notes and outlook, measures with their status, money with its definition."""

from collections.abc import Iterator, Sequence

from dashboard import format as f
from dashboard import texts
from dashboard.components.agenda import ABSICHT, FEHLT, NEBEN, STATUS, UNBEKANNT
from dashboard.report.bild import wort
from dashboard.seite import Kontext
from indicators.records import Handlungsfeld, Indikator, Leitziel
from indicators.records_agenda import Massnahme
from indicators.report.dokument import Absatz, Block, Kasten, Tabelle, Ueberschrift
from indicators.report.veroeffentlichung import Veroeffentlichung

EURO, HAUSHALT = "Euro", "Millionen Euro"


def weiterentwicklung(
    service: Veroeffentlichung, feld: Handlungsfeld, indikatoren: Sequence[Indikator]
) -> Iterator[Block]:
    """Yield the narrative: what experts wrote, and room for the Geschäftsführung to write."""
    del service, indikatoren
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
        wert = kontext.letzte()[texts.KREIS].get(id_)
        value = (
            f"{f.mit_einheit(wert.wert, indikator)} ({f.zeit_kurz(wert.zeit)})"
            if wert and wert.wert is not None
            else "kein Wert für den Kreis"
        )
        said = wort(kontext.bewertungen().get(id_))
        direction = f"; {said}" if said else ""
        yield f"{indikator.kurztitel} ({ABSICHT[absicht]}): {value}{direction}"


def geld(kontext: Kontext, indikatoren: Sequence[Indikator]) -> Iterator[Block]:
    """Yield every amount of money with its own definition: never two definitions in one line."""
    frame = [i for i in kontext.service.indikatoren() if not i.leitziele and HAUSHALT in i.einheit]
    amounts = [*[i for i in indikatoren if EURO in i.einheit], *frame]
    kreis = kontext.letzte()[texts.KREIS]
    rows = tuple(
        (
            i.titel,
            f.mit_einheit(wert.wert, i),
            f"{f.zeit_kurz(wert.zeit)}, {f.status(wert)}",
            " ".join(i.hinweise[:2]),
        )
        for i in amounts
        if (wert := kreis.get(i.id)) is not None and wert.wert is not None
    )
    yield Ueberschrift("Geld", 1)
    if not rows:
        yield Absatz("Zu diesem Handlungsfeld enthält der Datenstand keinen Betrag mit Beleg.")
        return
    yield Absatz(
        "Jeder Betrag ist für sich abgegrenzt: brutto oder netto, Plan oder Ergebnis, und sein"
        " eigenes Jahr. Zwei Zeilen lassen sich deshalb weder addieren noch voneinander abziehen,"
        " und keine zeigt, was mit dem Geld erreicht wurde."
    )
    yield Tabelle(
        "Beträge für den Landkreis",
        ("Was", "Betrag", "Zeit, Stand", "Abgrenzung"),
        rows,
        (4.2, 2.8, 2.4, 5.0),
        rechts=(1,),
    )
