"""The yearly report of one Handlungsfeld: the narrative first, the figures behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard import format as f
from dashboard import texts
from dashboard.components import agenda
from dashboard.components.kette import EINLEITUNG, OHNE, was_getan_wird
from dashboard.lage import KERN, in_worten, kern, lage, was_offen_ist, was_wir_wissen
from dashboard.report import anhang, grenzen, seit, themen, vorhaben
from dashboard.report.bild import schaubild, wort
from dashboard.seite import Kontext, je_leitziel
from etl.errors import UnknownError, suggestion
from indicators.records import Handlungsfeld, Indikator, Leitziel
from indicators.report.dokument import (
    Absatz,
    Bericht,
    Block,
    Kasten,
    Liste,
    Tabelle,
    Ueberschrift,
)
from indicators.report.veroeffentlichung import Veroeffentlichung

AUF_EINER_SEITE = 7  # statements on the summary: more would not be read in three minutes


@dataclass(frozen=True)
class Feld:
    """What every chapter needs: the field, its goals and their indicators."""

    kontext: Kontext
    service: Veroeffentlichung
    adresse: str
    feld: Handlungsfeld
    ziele: list[Leitziel]
    je_ziel: dict[str, list[Indikator]]

    @property
    def indikatoren(self) -> list[Indikator]:
        """Return the indicators of all goals, each once."""
        return list({i.id: i for z in self.ziele for i in self.je_ziel[z.id]}.values())


def bericht(service: Veroeffentlichung, id_: str, adresse: str) -> Bericht:
    """Build the report of a field; raises UnknownError if there is none of that id.

    adresse: where the dashboard is found, without a slash at its end
    """
    fields = {feld.id: feld for feld in service.handlungsfelder()}
    if id_ not in fields:
        known = f"Bekannt sind: {', '.join(fields)}."
        problem = f"Das Handlungsfeld »{id_}« gibt es nicht."
        raise UnknownError.at(id_, problem, suggestion(id_, fields, known))
    ziele = service.leitziele(id_)
    found = Feld(
        Kontext(service),
        service,
        adresse,
        fields[id_],
        ziele,
        je_leitziel(ziele, service.indikatoren()),
    )
    stand = service.datenstand()
    return Bericht(
        kennung=f"handlungsfeld_{id_}",
        titel=found.feld.titel,
        art=f"Jahresbericht Handlungsfeld {found.feld.nr}",
        untertitel=found.feld.gremium,
        angaben=_angaben(found),
        stand=stand.id,
        erzeugt=stand.erzeugt,
        entwurf=stand.entwurf,
        bloecke=tuple(_bloecke(found)),
    )


def _angaben(found: Feld) -> tuple[tuple[str, str], ...]:
    service = found.service
    stand, rules = service.datenstand(), service.geschaeftsordnung()
    state = stand.hinweis or "freigegeben"
    who = [("Geschäftsführung", rules.geschaeftsfuehrung)] if rules else []
    when = (
        [("Bericht an den Ausschuss", agenda.berichtszeit(rules, stand.erzeugt.date()))]
        if rules
        else []
    )
    return (
        *when,
        *who,
        ("Datenstand", f"{stand.id}, berechnet am {f.zeitpunkt(stand.erzeugt)}"),
        ("Zustand", state),
        ("Im Netz", f"{found.adresse}/handlungsfeld/{found.feld.id}"),
    )


def _bloecke(found: Feld) -> Iterator[Block]:
    ids = {i.id for i in found.indikatoren}
    yield from _zusammenfassung(found)
    yield from themen.kapitel(found.service, found.feld, found.ziele, ids)
    yield from _leitziele(found)
    yield from seit.kapitel(found.service, found.indikatoren)
    yield from vorhaben.massnahmen(found.kontext, found.ziele)
    yield from vorhaben.geld(found.service, found.feld)
    yield from grenzen.kapitel(found.kontext, found.ziele, found.je_ziel, found.indikatoren)
    yield from _beschluss(found)
    yield from anhang.kapitel(found.kontext, found.ziele, found.je_ziel, found.indikatoren)


def _zusammenfassung(found: Feld) -> Iterator[Block]:
    """Yield what a council member reads in three minutes; the compiler holds it to one page."""
    said = found.kontext.bewertungen()
    state = lage(found.indikatoren, said)
    yield Ueberschrift("Das Wichtigste auf einer Seite", 1, neue_seite=True, eine_seite=True)
    yield Liste(
        tuple(
            _wort_voran(text)
            for text in (
                was_wir_wissen(state, "im Kreis"),
                seit.satz(found.service, found.indikatoren),
                was_offen_ist(found.je_ziel, {z.indikator for z in found.service.zielwerte()}),
            )
        )
    )
    yield Tabelle(
        "Wo die Leitziele stehen",
        ("Leitziel", "Messbar?", "Indikatoren", "Maßnahmen"),
        tuple(_zielzeile(found, ziel) for ziel in found.ziele),
        (5.0, 2.1, 4.4, 2.0),
        rechts=(3,),
    )
    moved = [*state.verschlechtert, *state.verbessert, *state.bewegt]
    rest = len(moved) - AUF_EINER_SEITE
    if moved:
        yield Tabelle(
            "Was sich im Kreis bewegt hat"
            + (f" ({f.zahl(rest)} weitere in Anhang A)" if rest > 0 else ""),
            ("Indikator", "Zuletzt", "Richtung"),
            tuple(_bewegt(found, i) for i in moved[:AUF_EINER_SEITE]),
            (5.2, 2.8, 5.4),
        )
    yield Absatz(
        "Verbessert und verschlechtert heißt es nur, wo eine Richtung gesetzt ist; sonst gestiegen"
        " oder gesunken. Keine Zahl sagt, warum sich etwas bewegt hat.",
        "leise",
    )


def _wort_voran(text: str) -> tuple[str, str]:
    """Split »Was wir wissen: Für …« into the words in front and the rest."""
    head, _, rest = text.partition(": ")
    return f"{head}:", rest


def _zielzeile(found: Feld, ziel: Leitziel) -> tuple[str, ...]:
    sign = texts.MESSBARKEIT[ziel.messbarkeit][0]
    word = texts.MESSBARKEIT_WORT.get(ziel.messbarkeit, ziel.messbarkeit)
    state = lage(found.je_ziel[ziel.id], found.kontext.bewertungen())
    measures = len(found.service.massnahmen(leitziel=ziel.id))
    return (
        f"{ziel.nr} {ziel.titel}",
        f"{sign} {word}",
        in_worten(state),
        f.zahl(measures) if measures else "keine genannt",
    )


def _bewegt(found: Feld, indikator: Indikator) -> tuple[str, ...]:
    wert = found.kontext.letzte()[texts.kreis()][indikator.id]
    value = f"{f.mit_einheit(wert.wert, indikator)} ({f.zeit_kurz(wert.zeit)})"
    return indikator.titel, value, wort(found.kontext.bewertungen()[indikator.id])


def _leitziele(found: Feld) -> Iterator[Block]:
    yield Ueberschrift("Stand und Veränderung der Leitziele", 1, neue_seite=True)
    yield Absatz(
        "Jedes Schaubild zeigt dieselben Zahlen und Sätze wie seine Seite im Sozialmonitor; der"
        " Code daneben führt dorthin. Gezeigt werden je Leitziel bis zu drei"
        " Kernindikatoren; was schon bei einem anderen Leitziel steht, wird nicht wiederholt. Alle"
        " anderen stehen in Anhang A.",
    )
    shown: set[str] = set()
    for ziel in found.ziele:
        yield from _leitziel(found, ziel, shown)


def _leitziel(found: Feld, ziel: Leitziel, gezeigt: set[str]) -> Iterator[Block]:
    own = found.je_ziel[ziel.id]
    state = lage(own, found.kontext.bewertungen())
    yield Ueberschrift(f"Leitziel {ziel.nr}: {ziel.titel}", 2)
    start = EINLEITUNG[ziel.messbarkeit] if own else OHNE
    yield Absatz(f"{start}{ziel.begruendung}", haelt=True)
    if ziel.luecke:
        yield Absatz(f"Wer Zahlen hat: {ziel.luecke}", haelt=True)
    known = (
        was_wir_wissen(state, "im Kreis")
        if own
        else "Was wir wissen: Für dieses Leitziel gibt es hier noch keinen Indikator."
    )
    yield Liste(
        (
            _wort_voran(known),
            _wort_voran(was_getan_wird(found.service.massnahmen(leitziel=ziel.id))),
        ),
        haelt=True,
    )
    core = _mit_wert(found, [*kern(found.service.kern(ziel.id), own, state), *own])
    new = [i for i in core if i.id not in gezeigt] or core[:1]
    for indikator in new[:KERN]:
        gezeigt.add(indikator.id)
        yield schaubild(found.kontext, found.adresse, indikator.id)


def _mit_wert(found: Feld, indikatoren: Sequence[Indikator]) -> list[Indikator]:
    """Return those with a value for the Kreis, each once."""
    values = found.kontext.letzte()[texts.kreis()]
    known = {i.id: i for i in indikatoren if i.id in values and values[i.id].wert is not None}
    return list(known.values())


def _beschluss(found: Feld) -> Iterator[Block]:
    """Yield a draft that states facts only; what is to be decided is left to the reader."""
    stand = found.service.datenstand()
    yield Ueberschrift("Beschlussvorschlag", 1)
    yield Kasten(
        "Entwurf, von der Geschäftsführung zu ergänzen",
        (
            f"Der Jugendhilfe-/Sozialausschuss nimmt den Bericht zum Handlungsfeld"
            f" »{found.feld.titel}« (Datenstand {stand.id}) zur Kenntnis.",
            "Zu den Leitzielen beschließt er folgende Zielwerte: ______________________________"
            " (Indikator, Wert, Jahr, Bezugsjahr).",
            "Die vorgeschlagenen Richtungen der Indikatoren werden  ☐ bestätigt  ☐ geändert wie"
            " folgt: ______________________________",
            "Die Verwaltung wird beauftragt: ______________________________ (Auftrag, zuständig,"
            " Termin).",
        ),
    )
