"""Everything an indicator page shows for one choice, read from the service in a few questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dashboard import texts, theme, zusammenhang
from dashboard.downloads import GRENZEN
from dashboard.figures.karte import Umrisse, umrisse
from dashboard.figures.trend import Linie
from dashboard.ort import Ort, ort
from dashboard.seite import Kontext, Kurve
from dashboard.state import GEGLAETTET, GEMEINDEN, Auswahl, Moeglich, gruppen_namen
from dashboard.zusammenhang import Zusammenhang
from indicators.records import GESAMT, Bewertung, Bruch, Gruppe, Indikator, Trichter, Wert
from indicators.records_agenda import Vorausberechnung
from indicators.service import Service, nach_gebieten, nach_hoehe

VG, KREISE = "verwaltungsgemeinschaft", "kreis"
BAENDER = 3  # more areas of chance on top of each other hide the lines
LINIEN = (
    (theme.TINTE, "circle", "solid"),
    (theme.GRAU, "square", "dash"),
    (theme.GRAU, "diamond", "dot"),
)


@dataclass(frozen=True)
class Ergebnis:
    """The figures behind one state of an indicator page."""

    indikator: Indikator
    auswahl: Auswahl
    moeglich: Moeglich
    gruppe: Gruppe
    namen: Mapping[str, str]
    heute: int
    rahmen: Mapping[str, Wert]  # newest values of Kreis, Land and Bund
    linien: Sequence[Linie]
    ansicht: str
    zeit: str
    vergleich: Sequence[Wert]
    marke: tuple[str, float] | None
    grenzen: str  # address of the shapes
    umrisse: Umrisse
    bewertungen: Mapping[str, Bewertung]  # of the chosen areas and of Kreis, Land and Bund
    brueche: Sequence[Bruch]
    trichter: Sequence[Trichter]
    geglaettet: Mapping[str, float]  # smoothed estimates of the shown period, if there are any
    eine: str  # key of the municipality if exactly one is chosen
    ort: Ort | None
    je_gruppe: Sequence[Wert]  # of that municipality, else of the Kreis
    kurven: Mapping[str, Kurve]  # of all municipalities, every year
    zweiter: Zusammenhang | None
    titel: Mapping[str, str]  # of the indicators that may be the second one


def moeglich(kontext: Kontext, id_: str) -> Moeglich:
    """Return what may be chosen for an indicator."""
    return kontext.merke(("moeglich", id_), lambda: _possible(kontext, id_))


def _possible(kontext: Kontext, id_: str) -> Moeglich:
    service = kontext.service
    indikator = service.indikator(id_)
    periods: dict[str, Sequence[str]] = {
        level: [zeit for zeit, _ in service.zeiten(id_, level)]
        for level in (GEMEINDEN, VG)
        if level in indikator.ebenen
    }
    if KREISE in indikator.ebenen:
        others = [zeit for zeit, _ in service.zeiten(id_, KREISE, nur_fremde=True)]
        periods |= {KREISE: others} if others else {}
    return Moeglich(
        gebiete={
            g.schluessel: level
            for level in periods
            for g in service.gebiete(level, nur_eigene=level == GEMEINDEN)
            if g.schluessel != texts.kreis()
        },
        jahre=sorted({jahr for _, jahr in service.zeiten(id_)}),
        gruppen=gruppen_namen(service.gruppen(id_)),
        zeiten=periods,
        mit=zusammenhang.moegliche(kontext, id_),
    )


def ergebnis(kontext: Kontext, id_: str, auswahl: Auswahl, possible: Moeglich) -> Ergebnis:
    """Read everything that one state of the page shows."""
    service = kontext.service
    indikator = service.indikator(id_)
    gruppe = possible.gruppen.get(auswahl.gruppe, GESAMT)
    names = kontext.namen() | texts.lang()
    areas = [*auswahl.gebiete, *texts.lang()]
    said = service.bewertung(id_, areas, gruppe)
    one = _only_one(auswahl, possible)
    view = auswahl.ansicht or next(iter(possible.zeiten), "")
    period = auswahl.zeit or (possible.zeiten[view][-1] if view else "")
    around = service.umfeld(id_, period if view == GEMEINDEN else "", areas, gruppe)
    rows = nach_gebieten(around, areas)
    curves = service.kurven_der_gemeinden(id_, gruppe)
    compared: Sequence[Wert] = ()
    if view == GEMEINDEN:
        compared = nach_hoehe(w for w in around if w.gebiet in curves and w.zeit == period)
    elif view:
        compared = service.vergleich(id_, period, view, gruppe)
    return Ergebnis(
        indikator=indikator,
        auswahl=auswahl,
        moeglich=possible,
        gruppe=gruppe,
        namen=names,
        heute=kontext.heute,
        rahmen={key: w for key, w in _newest(rows).items() if key in texts.lang()},
        linien=_lines(
            _in_years(rows, auswahl), auswahl, names, indikator, _ahead(service, id_, auswahl)
        ),
        ansicht=view,
        zeit=period,
        vergleich=compared,
        marke=_mark(rows, period, view, indikator),
        grenzen=kontext.merke("grenzen", lambda: f"{GRENZEN}?stand={service.datenstand().id}"),
        umrisse=kontext.merke("umrisse", lambda: umrisse(service.geojson())),
        bewertungen=said,
        brueche=service.brueche(id_),
        trichter=service.trichter(id_) if gruppe == GESAMT else (),
        geglaettet=_smoothed(service, id_, period, auswahl),
        eine=one,
        ort=ort(kontext, names[one], _newest(rows).get(one), said.get(one)) if one else None,
        je_gruppe=_each_group(kontext, id_, one or texts.kreis()) if possible.gruppen else (),
        kurven=curves,
        zweiter=zusammenhang.zusammenhang(
            kontext, compared if view == GEMEINDEN else (), auswahl.mit
        ),
        titel={other: service.indikator(other).kurztitel for other in possible.mit},
    )


def _only_one(auswahl: Auswahl, possible: Moeglich) -> str:
    """Return the municipality if exactly one is chosen."""
    chosen = auswahl.gebiete if len(auswahl.gebiete) == 1 else ()
    return chosen[0] if chosen and possible.gebiete[chosen[0]] == GEMEINDEN else ""


def _each_group(kontext: Kontext, id_: str, gebiet: str) -> Sequence[Wert]:
    return kontext.merke(
        ("je Gruppe", id_, gebiet), partial(kontext.service.reihe_je_gruppe, id_, gebiet)
    )


def _smoothed(service: Service, id_: str, period: str, auswahl: Auswahl) -> Mapping[str, float]:
    """Return the smoothed estimates if the map asks for them and the period has them."""
    if auswahl.karte != GEGLAETTET or auswahl.gruppe:
        return {}
    zeit, values = service.geglaettet(id_)
    return values if zeit == period else {}


def _newest(rows: Sequence[Wert]) -> dict[str, Wert]:
    return {w.gebiet: w for w in rows if w.wert is not None}


def _in_years(rows: Sequence[Wert], auswahl: Auswahl) -> list[Wert]:
    first, last = auswahl.von or 0, auswahl.bis or 9999
    return [w for w in rows if first <= w.jahr <= last]


def _ahead(service: Service, id_: str, auswahl: Auswahl) -> dict[str, list[Vorausberechnung]]:
    """Return what is expected, by area; nothing for a group of people or an earlier last year."""
    found: dict[str, list[Vorausberechnung]] = {}
    if not auswahl.gruppe and not auswahl.bis:
        for point in service.vorausberechnung(id_):
            found.setdefault(point.gebiet, []).append(point)
    return found


def _lines(
    rows: Sequence[Wert],
    auswahl: Auswahl,
    names: Mapping[str, str],
    indikator: Indikator,
    ahead: Mapping[str, Sequence[Vorausberechnung]],
) -> list[Linie]:
    """Return a line for each area with values; counts of Land and Bund would flatten the rest."""
    frame = dict(zip(texts.lang(), LINIEN, strict=True))
    if indikator.art == "anzahl":
        frame = {} if auswahl.gebiete else {texts.kreis(): LINIEN[0]}
    looks = {
        key: (*look, "solid") for key, look in zip(auswahl.gebiete, theme.REIHEN, strict=False)
    } | frame
    series: dict[str, list[Wert]] = {}
    for row in rows:
        series.setdefault(row.gebiet, []).append(row)
    banded = auswahl.gebiete[:BAENDER] if auswahl.gebiete else (texts.kreis(),)
    return [
        Linie(
            names[key],
            texts.kurz().get(key, names[key]),
            *look,
            werte=series[key],
            band=key in banded and len(auswahl.gebiete) <= BAENDER,
            ausblick=ahead.get(key, ()),
        )
        for key, look in looks.items()
        if any(w.wert is not None for w in series.get(key, ()))
    ]


def _mark(
    rows: Sequence[Wert], period: str, view: str, indikator: Indikator
) -> tuple[str, float] | None:
    """Return the line to compare with: the Kreis for its parts, the Land for the Kreise."""
    if indikator.art == "anzahl":
        return None
    key = texts.land() if view == KREISE else texts.kreis()
    found = [w.wert for w in rows if w.gebiet == key and w.zeit == period and w.wert is not None]
    return (texts.kurz()[key], found[-1]) if found else None


def angezeigt(found: Ergebnis) -> Auswahl:
    """Return the choice with every default written out."""
    years: list[int | None] = [*found.moeglich.jahre] or [None]
    return replace(
        found.auswahl,
        von=found.auswahl.von or years[0],
        bis=found.auswahl.bis or years[-1],
        ansicht=found.ansicht,
        zeit=found.zeit,
    )
