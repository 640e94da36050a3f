"""The report of one municipality on two pages: what is certain first, then the newest values."""

from collections.abc import Iterator, Sequence

from dashboard import aussagen, blick, saetze, texts
from dashboard import format as f
from dashboard.components.profil import KURZ, Profil
from dashboard.components.werte import ERST_AB, stand_text
from dashboard.figures.linienbild import kurve, streifen
from dashboard.lage import REIHENFOLGE
from dashboard.ort import mitten
from dashboard.report.bild import schaubild, wort
from dashboard.seite import Kontext
from etl.errors import UnknownError, suggestion
from indicators.records import Bewertung, Indikator, Wert
from indicators.report.dokument import (
    Absatz,
    Bericht,
    Bild,
    Block,
    Reihe,
    Tabelle,
    Ueberschrift,
    Wegweiser,
)
from indicators.report.veroeffentlichung import Veroeffentlichung

BILDER = ((0, 2), (4, 1))  # up to so many rows leave room for so many charts
LANG_GENUG = 8  # years of a series that is worth a chart
AUF_SEITE_2 = 30  # rows that fit on the second page


def bericht(service: Veroeffentlichung, schluessel: str, adresse: str) -> Bericht:
    """Build the report of a municipality; raises UnknownError if it is none of the Kreis.

    adresse: where the dashboard is found, without a slash at its end
    """
    own = {g.schluessel: g for g in service.gebiete("gemeinde")}
    if schluessel not in own:
        problem = f"Für den Schlüssel »{schluessel}« gibt es kein Gemeindeprofil."
        remedy = suggestion(schluessel, own, "Den achtstelligen Schlüssel einer Gemeinde angeben.")
        raise UnknownError.at(schluessel, problem, remedy)
    kontext, stand = Kontext(service), service.datenstand()
    profil = Profil(
        own[schluessel],
        service.alle_letzten(schluessel),
        service.kurven(schluessel),
        service.bewertungen(schluessel),
        mitten(kontext, schluessel),
        service.gepoolt(schluessel),
    )
    return Bericht(
        kennung=f"gemeinde_{schluessel}",
        titel=own[schluessel].kurzname,
        art="Gemeindeprofil",
        untertitel=f"{texts.kreis_name()}, Gemeindeschlüssel {schluessel}",
        angaben=_angaben(kontext, profil),
        stand=stand.id,
        erzeugt=stand.erzeugt,
        entwurf=stand.entwurf,
        bloecke=tuple(_bloecke(kontext, profil, adresse)),
        kurz=True,
    )


def _angaben(kontext: Kontext, profil: Profil) -> tuple[tuple[str, str], ...]:
    service, gebiet = kontext.service, profil.gebiet
    facts = []
    if gebiet.einwohner is not None:
        basis = f.BASIS.get(gebiet.einwohner_basis or "", "")
        when = ", ".join(filter(None, [f.zeit_kurz(gebiet.einwohner_zeit or ""), basis]))
        facts.append(("Einwohner", f"{f.zahl(gebiet.einwohner)} am {when}"))
    if gebiet.flaeche_km2 is not None:
        density = (
            f", {f.zahl(gebiet.einwohner / gebiet.flaeche_km2)} Einwohner je km²"
            if gebiet.einwohner is not None
            else ""
        )
        facts.append(("Fläche", f"{f.zahl(gebiet.flaeche_km2, 2)} km²{density}"))
    similar = service.aehnliche(gebiet.schluessel)
    if similar:
        names = sorted(service.gebiet(s.schluessel).kurzname for s in similar)
        facts.append(("Ähnlich sind", ", ".join(names)))
    near = [service.gebiet(key) for key in service.nachbarn(gebiet.schluessel)]
    names = sorted(g.kurzname for g in near if g.eigen)
    if names:
        facts.append(("Nachbarn", ", ".join(names)))
    return tuple(facts)


def _bloecke(kontext: Kontext, profil: Profil, adresse: str) -> Iterator[Block]:
    indikatoren = kontext.service.indikatoren()
    name = profil.gebiet.kurzname
    chosen = blick.auf_einen_blick(indikatoren, profil.werte, profil.bewertungen, kontext.heute)
    yield Ueberschrift("Auf einen Blick", 1, eine_seite=True)
    yield Absatz(blick.satz(name, chosen, profil.werte, profil.bewertungen), "satz")
    for indikator in chosen:
        yield _reihe(kontext, profil, indikator)
    yield Absatz(
        "Streifen: jeder Strich eine Gemeinde, langer Strich die Mitte, Raute der Kreis, Punkt"
        f" {name}, Balken darunter der Bereich der möglichen Zufallsschwankung. »Sicher« heißt:"
        " sehr wahrscheinlich kein Zufall; über die Größe sagt das nichts.",
        "leise",
    )
    room = next((charts for rows, charts in BILDER if len(chosen) <= rows), 0)
    for indikator in _lange_reihen(kontext, profil, indikatoren)[:room]:
        yield schaubild(kontext, adresse, indikator.id, profil.gebiet.schluessel)
    yield Ueberschrift("Jüngste Werte nach Handlungsfeldern", 1, neue_seite=True, eine_seite=True)
    yield from _werte(kontext, profil, indikatoren)
    yield Wegweiser(
        f"Alle Werte, Verläufe, Quellen und Methoden zu {name} im Sozialmonitor:",
        f"{adresse}/gemeinde/{profil.gebiet.schluessel}",
    )


def _lange_reihen(
    kontext: Kontext, profil: Profil, indikatoren: Sequence[Indikator]
) -> list[Indikator]:
    """Return what has a long and recent series here: the situation first, one of each field."""
    fit: dict[str, Indikator] = {}
    for i in sorted(indikatoren, key=lambda i: (REIHENFOLGE.index(i.typ), i.titel)):
        years = {p.jahr for p in profil.kurven.get(i.id, ()) if p.wert is not None}
        fresh = bool(years) and kontext.heute - max(years) <= blick.ZU_ALT
        if fresh and len(years) >= LANG_GENUG and i.art != "anzahl":
            fit.setdefault(blick.feld(i), i)
    return sorted(fit.values(), key=lambda i: REIHENFOLGE.index(i.typ))


def _reihe(kontext: Kontext, profil: Profil, indikator: Indikator) -> Reihe:
    wert = profil.werte[indikator.id]
    b = profil.bewertungen.get(indikator.id)
    kreis = b.kreiswert if b is not None and b.zeit == wert.zeit else None
    return Reihe(
        titel=indikator.titel,
        stand=stand_text(wert, kontext.heute),
        wert=f.zahl(wert.wert, indikator.nachkommastellen),
        einheit=f.einheit_kurz(indikator),
        zeilen=tuple(
            filter(None, [_vergleich(wert, b, indikator), _mitte(profil, wert, indikator)])
        ),
        verlauf=_verlauf(profil, indikator),
        richtung=wort(b),
        lage=_lage(kontext, wert, kreis, indikator),
    )


def _vergleich(wert: Wert, b: Bewertung | None, indikator: Indikator) -> str:
    """Return sign and words of the comparison with the Kreis at the same time."""
    if b is None or b.zeit != wert.zeit or indikator.art == "anzahl":
        return ""
    return " ".join(aussagen.vergleich_wort(b, wert.wert or 0.0, indikator)).strip()


def _mitte(profil: Profil, wert: Wert, indikator: Indikator) -> str:
    parts = [
        f"{KURZ[name]} {f.zahl(values[indikator.id, wert.zeit], indikator.nachkommastellen)}"
        for name, values in profil.gruppen.items()
        if (indikator.id, wert.zeit) in values
    ]
    return f"Mitte: {' · '.join(parts)}" if parts else ""


def _verlauf(profil: Profil, indikator: Indikator) -> Bild:
    points = profil.kurven.get(indikator.id, ())
    long_enough = len({p.jahr for p in points if p.wert is not None}) >= ERST_AB
    return Bild(kurve(points) if long_enough else "", saetze.kurve_satz(points, indikator))


def _lage(kontext: Kontext, wert: Wert, kreis: float | None, indikator: Indikator) -> Bild:
    spread = kontext.streuung(indikator.id, wert.zeit)
    if spread is None:
        return Bild("", "")
    span = None if wert.unten is None or wert.oben is None else (wert.unten, wert.oben)
    picture = streifen(
        spread.werte,
        spread.mitte,
        kreis=None if indikator.art == "anzahl" else kreis,
        hier=wert.wert,
        bereich=span,
    )
    return Bild(picture, saetze.streuung_satz(spread, indikator))


def _werte(kontext: Kontext, profil: Profil, indikatoren: Sequence[Indikator]) -> Iterator[Block]:
    """Yield the newest values: of each field the same number, what measures the situation first."""
    fields = [*kontext.service.handlungsfelder()]
    groups = {
        feld.kurztitel: [
            i
            for i in sorted(indikatoren, key=lambda i: _rang(profil, i))
            if blick.feld(i) == feld.id and profil.wert(i) is not None
        ]
        for feld in fields
    }
    each = AUF_SEITE_2 // max(1, sum(bool(group) for group in groups.values()))
    rows = [
        (titel if n == 0 else "", *_zeile(profil, i))
        for titel, group in groups.items()
        for n, i in enumerate(group[:each])
    ]
    total = sum(profil.wert(i) is not None for i in indikatoren)
    yield Absatz(
        f"{f.zahl(len(rows))} von {f.anzahl(total, 'Indikator', 'Indikatoren')} mit einem Wert für"
        f" {profil.gebiet.kurzname}: je Handlungsfeld die jüngsten, die Lage selbst zuerst."
    )
    yield Tabelle(
        f"Werte von {profil.gebiet.kurzname}",
        ("Handlungsfeld", "Indikator", "Wert", "Stand", "Vergleich mit dem Kreis"),
        tuple(rows),
        (2.5, 5.0, 2.5, 1.5, 4.6),
        rechts=(2,),
        dicht=True,
    )


def _rang(profil: Profil, i: Indikator) -> tuple[bool, int, str]:
    wert = profil.werte.get(i.id)
    return i.typ == "kontext", -(wert.jahr if wert else 0), i.titel


def _zeile(profil: Profil, i: Indikator) -> tuple[str, ...]:
    wert, b = profil.werte[i.id], profil.bewertungen.get(i.id)
    number = f.zahl(wert.wert, i.nachkommastellen)
    carried = {"eingeschraenkt": f"({number})", "nicht_sicher": "/"}.get(wert.klasse, number)
    unit = "" if carried == "/" or i.einheit in i.titel else f" {f.einheit_kurz(i)}"
    return i.titel, f"{carried}{unit}", f.zeit_kurz(wert.zeit), _vergleich(wert, b, i)
