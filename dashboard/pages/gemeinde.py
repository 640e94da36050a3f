"""Gemeinde: everything that is published about one municipality, beside the Kreis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import format as f
from dashboard import saetze, texts
from dashboard.components.bausteine import angaben, aufklappen, bild, brotkrumen, groesse
from dashboard.components.werte import Kurve, stand_text
from dashboard.figures.linienbild import kurve, streifen
from dashboard.seite import Kontext, Seite
from etl.errors import UnknownError
from indicators.records import Gebiet, Indikator, Wert


@dataclass(frozen=True)
class Profil:
    """All figures of one municipality, and those of the Kreis by year."""

    gebiet: Gebiet
    werte: Mapping[str, Wert]
    kurven: Mapping[str, Kurve]
    kreis: Mapping[str, Mapping[int, float | None]]


def seite(kontext: Kontext, schluessel: str) -> Seite:
    """Build the profile of one municipality; raises UnknownError if it is none of the 44."""
    service = kontext.service
    gebiet = service.gebiet(schluessel)
    if not gebiet.eigen or gebiet.ebene != "gemeinde":
        raise UnknownError.at(
            schluessel, f"Für »{gebiet.name}« gibt es kein Gemeindeprofil.", "Eine der 44 wählen."
        )
    profil = Profil(
        gebiet,
        service.alle_letzten(schluessel),
        service.kurven(schluessel),
        {
            key: dict(points)
            for key, points in kontext.merke("kurven", partial(service.kurven, texts.KREIS)).items()
        },
    )
    return Seite(
        gebiet.kurzname,
        [
            brotkrumen(("Start", "/"), ("Gemeinden", "/gemeinden")),
            html.P("Gemeindeprofil", className="kicker"),
            html.H1(gebiet.kurzname),
            _fakten(kontext, gebiet),
            _werkzeuge(gebiet),
            html.P(
                "Über und unter dem Kreiswert beschreibt nur den Abstand; ob das gut oder schlecht"
                " ist, hängt vom Thema ab. Streifen: jeder Strich eine Gemeinde, langer Strich die"
                f" Mitte, Raute der Kreis, Punkt {gebiet.kurzname}.",
                className="leise legende",
            ),
            *_felder(kontext, profil),
        ],
    )


def _fakten(kontext: Kontext, gebiet: Gebiet) -> Component:
    service = kontext.service
    area = gebiet.flaeche_km2
    facts: list[tuple[str, Component | str | list[Component | str]]] = []
    if gebiet.einwohner is not None:
        when = f.zeit_kurz(gebiet.einwohner_zeit or "")
        facts.append(("Einwohner", [f.zahl(gebiet.einwohner), html.Small(f"am {when}")]))
    if area is not None:
        facts.append(("Fläche", f"{f.zahl(area, 2)} km²"))
        if gebiet.einwohner is not None:
            facts.append(("Einwohner je km²", f.zahl(gebiet.einwohner / area)))
    if gebiet.verwaltungsgemeinschaft is not None:
        members = [
            g
            for g in service.gebiete("gemeinde")
            if g.verwaltungsgemeinschaft == gebiet.verwaltungsgemeinschaft and g != gebiet
        ]
        facts.append(("Verwaltungsgemeinschaft", _links(members) if members else "eigenständig"))
    neighbours = [service.gebiet(key) for key in service.nachbarn(gebiet.schluessel)]
    facts.append(("Nachbarn", _links([g for g in neighbours if g.eigen])))
    return angaben(facts, "fakten")


def _links(gebiete: Sequence[Gebiet]) -> list[Component | str]:
    parts: list[Component | str] = []
    for g in sorted(gebiete, key=lambda g: g.kurzname):
        parts += [", "] if parts else []
        parts.append(dcc.Link(g.kurzname, href=f"/gemeinde/{g.schluessel}"))
    return parts


def _werkzeuge(gebiet: Gebiet) -> Component:
    links: list[Component | str] = ["Alle Werte dieser Gemeinde als CSV: "]
    for i, (dialekt, name) in enumerate(texts.DIALEKTE.items()):
        links += [" · "] if i else []
        links.append(
            html.A(name, href=f"/export.csv?gebiete={gebiet.schluessel}&dialekt={dialekt}")
        )
    return html.P(links, className="laden")


def _felder(kontext: Kontext, profil: Profil) -> list[Component]:
    service = kontext.service
    indikatoren = service.indikatoren()
    parts = [
        (f"{feld.nr} {feld.titel}", [i for i in indikatoren if _belongs(i, feld.id)])
        for feld in service.handlungsfelder()
    ]
    parts.insert(0, ("Rahmen", [i for i in indikatoren if not i.leitziele]))
    return [
        _feld(kontext, profil, titel, members)
        for titel, members in parts
        if any(i.id in profil.werte for i in members)
    ]


def _belongs(indikator: Indikator, feld: str) -> bool:
    return bool(indikator.leitziele) and indikator.leitziele[0].startswith(f"{feld}/")


def _feld(
    kontext: Kontext, profil: Profil, titel: str, indikatoren: Sequence[Indikator]
) -> Component:
    there = [i for i in indikatoren if _value(profil, i) is not None]
    missing = [i for i in indikatoren if i.id in profil.werte and _value(profil, i) is None]
    elsewhere = [i for i in indikatoren if i.id not in profil.werte]
    rest = [
        f"{i.titel}: {f.grund(profil.werte[i.id])} ({f.zeit_kurz(profil.werte[i.id].zeit)})"
        for i in missing
    ] + [f"{i.titel}: nicht für einzelne Gemeinden veröffentlicht" for i in elsewhere]
    folded = []
    if rest:
        items = html.Ul([html.Li(text) for text in rest])
        folded = [aufklappen(f"{f.anzahl(len(rest), 'Indikator', 'Indikatoren')} ohne Wert", items)]
    return html.Section(
        [
            html.H2(titel),
            html.Ul([_zeile(kontext, profil, i) for i in there], className="reihen profil"),
            *folded,
        ],
        className="abschnitt profilfeld",
    )


def _value(profil: Profil, indikator: Indikator) -> float | None:
    wert = profil.werte.get(indikator.id)
    return None if wert is None else wert.wert


def _zeile(kontext: Kontext, profil: Profil, indikator: Indikator) -> Component:
    wert = profil.werte[indikator.id]
    own = wert.wert or 0.0
    kreis = profil.kreis.get(indikator.id, {}).get(wert.jahr)
    href = f"/indikator/{indikator.id}?gebiete={profil.gebiet.schluessel}"
    note = f" · {wert.anmerkung}" if wert.anmerkung else ""
    return html.Li(
        [
            html.Div(
                [
                    dcc.Link(indikator.titel, href=href, className="titel"),
                    html.Span(f"{stand_text(wert, kontext.heute)}{note}", className="leise"),
                ],
                className="was",
            ),
            html.Div(
                [
                    groesse(own, indikator),
                    html.Span(_abstand(own, kreis, indikator), className="leise"),
                ],
                className="wert",
            ),
            html.Div(_verlauf(profil, indikator), className="verlauf"),
            html.Div(_lage(kontext, wert, kreis, indikator), className="streuung"),
        ],
        className="reihe",
    )


def _abstand(own: float, kreis: float | None, indikator: Indikator) -> str:
    """Return the distance from the Kreis in words; counts of places of different size have none."""
    if kreis is None:
        return "kein Kreiswert zu diesem Zeitpunkt"
    printed = f.zahl(kreis, indikator.nachkommastellen)
    if indikator.art == "anzahl":
        return f"Kreis {printed}"
    return f"{f.differenz(own, kreis, indikator)} ({printed})"


def _verlauf(profil: Profil, indikator: Indikator) -> list[Component]:
    points = profil.kurven.get(indikator.id, ())
    sentence = saetze.kurve_satz(points, indikator)
    if len({year for year, value in points if value is not None}) <= 1:
        return [html.Span(sentence, className="leise")]
    return [
        bild(kurve(points), f"Verlauf in {profil.gebiet.kurzname}. {sentence}"),
        html.Span(sentence, className="leise"),
    ]


def _lage(
    kontext: Kontext, wert: Wert, kreis: float | None, indikator: Indikator
) -> list[Component]:
    spread = kontext.streuung(indikator.id, wert.zeit)
    if spread is None:
        return []
    sentence = saetze.streuung_satz(spread, indikator)
    picture = streifen(
        spread.werte,
        spread.mitte,
        kreis=None if indikator.art == "anzahl" else kreis,
        hier=wert.wert,
    )
    return [bild(picture, sentence), html.Span(sentence, className="leise")]
