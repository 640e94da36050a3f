"""Gemeinde: everything that is published about one municipality, beside the Kreis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import aussagen, saetze, texts
from dashboard import format as f
from dashboard.components.bausteine import angaben, aufklappen, bild, brotkrumen, groesse, zeichen
from dashboard.components.werte import ERST_AB, richtung, stand_text
from dashboard.figures.linienbild import kurve, streifen
from dashboard.seite import Kontext, Kurve, Seite
from etl.errors import UnknownError
from indicators.records import Bewertung, Gebiet, Indikator, Wert


@dataclass(frozen=True)
class Profil:
    """All figures of one municipality, and those of the Kreis by year."""

    gebiet: Gebiet
    werte: Mapping[str, Wert]
    kurven: Mapping[str, Kurve]
    bewertungen: Mapping[str, Bewertung]
    gruppen: Sequence[tuple[str, Mapping[tuple[str, str], tuple[float, int]]]]


def seite(kontext: Kontext, schluessel: str) -> Seite:
    """Build the profile of one municipality; raises UnknownError if it is none of the 44."""
    service = kontext.service
    gebiet = service.gebiet(schluessel)
    if not gebiet.eigen or gebiet.ebene != "gemeinde":
        raise UnknownError.at(
            schluessel, f"Für »{gebiet.name}« gibt es kein Gemeindeprofil.", "Eine der 44 wählen."
        )
    similar = service.aehnliche(schluessel)
    profil = Profil(
        gebiet,
        service.alle_letzten(schluessel),
        service.kurven(schluessel),
        service.bewertungen(schluessel),
        [
            ("ähnliche", service.mitten([partner.schluessel for partner in similar])),
            ("benachbarte", service.mitten(service.nachbarn(schluessel))),
        ],
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
                "Höher und niedriger beschreibt nur den Abstand vom Kreis; ob das gut oder schlecht"
                " ist, hängt vom Thema ab. »Sicher« heißt: sehr wahrscheinlich kein Zufall; über die"
                " Größe sagt das nichts. Streifen: jeder Strich eine Gemeinde, langer Strich die"
                f" Mitte, Raute der Kreis, Punkt {gebiet.kurzname}, Balken darunter der Bereich der"
                " möglichen Zufallsschwankung.",
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
        basis = f.BASIS.get(gebiet.einwohner_basis or "", "")
        when = ", ".join(filter(None, [f.zeit_kurz(gebiet.einwohner_zeit or ""), basis]))
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
    similar = service.aehnliche(gebiet.schluessel)
    if similar:
        links = _links([service.gebiet(partner.schluessel) for partner in similar])
        reason = html.Small(f"nach {similar[0].grund}")
        facts.append(("Ähnliche Gemeinden", [*links, " ", reason]))
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
    b = profil.bewertungen.get(indikator.id)
    kreis = b.kreiswert if b is not None and b.zeit == wert.zeit else None
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
                    *_vergleich(b, wert, kreis, indikator),
                    html.Span(_gruppen(profil, wert, indikator), className="leise"),
                ],
                className="wert",
            ),
            html.Div(_verlauf(profil, indikator), className="verlauf"),
            html.Div(_lage(kontext, wert, kreis, indikator), className="streuung"),
        ],
        className="reihe",
    )


def _vergleich(
    b: Bewertung | None, wert: Wert, kreis: float | None, indikator: Indikator
) -> list[Component]:
    """Return how certain and how large the difference from the Kreis is."""
    if b is not None and kreis is not None and b.vergleich_kreis:
        sign, words = aussagen.vergleich_wort(b, wert.wert or 0.0, indikator)
        return [html.Span([zeichen(sign), words], className="aussage")]
    return [html.Span(_abstand(wert.wert or 0.0, kreis, indikator), className="leise")]


def _gruppen(profil: Profil, wert: Wert, indikator: Indikator) -> str:
    """Return the middle of similar and of neighbouring places at the same time."""
    if indikator.art == "anzahl":
        return ""
    parts = [
        f"{name} {f.zahl(values[indikator.id, wert.zeit][0], indikator.nachkommastellen)}"
        for name, values in profil.gruppen
        if (indikator.id, wert.zeit) in values
    ]
    return f"Mitte: {' · '.join(parts)}" if parts else ""


def _abstand(own: float, kreis: float | None, indikator: Indikator) -> str:
    """Return the distance from the Kreis in words; counts of places of different size have none."""
    if kreis is None:
        return "kein vergleichbarer Kreiswert"
    printed = f.zahl(kreis, indikator.nachkommastellen)
    if indikator.art == "anzahl":
        return f"Kreis {printed}"
    return f"{f.differenz(own, kreis, indikator)} ({printed})"


def _verlauf(profil: Profil, indikator: Indikator) -> list[Component]:
    points = profil.kurven.get(indikator.id, ())
    sentence = saetze.kurve_satz(points, indikator)
    if len({p.jahr for p in points if p.wert is not None}) < ERST_AB:
        return [html.Span(sentence, className="leise")]
    return [
        bild(kurve(points), f"Verlauf in {profil.gebiet.kurzname}. {sentence}"),
        html.Span(sentence, className="leise"),
        *richtung(profil.bewertungen.get(indikator.id)),
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
        bereich=None if wert.unten is None or wert.oben is None else (wert.unten, wert.oben),
    )
    return [bild(picture, sentence), html.Span(sentence, className="leise")]
