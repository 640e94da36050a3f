"""Gemeinde: everything that is published about one municipality, beside the Kreis."""

from collections.abc import Sequence

from dashboard import berichte, blick, dcc, html, texts
from dashboard import format as f
from dashboard.blick import auf_einen_blick, feld, ist_sicher_anders
from dashboard.components import daneben
from dashboard.components.agenda import bericht_knoepfe
from dashboard.components.bausteine import abschnitt, angaben, aufklappen, brotkrumen
from dashboard.components.profil import Profil, zeilen
from dashboard.html import Component
from dashboard.ort import mitten
from dashboard.seite import Kontext, Seite
from etl.errors import UnknownError
from indicators.records import Gebiet, Indikator

RAHMEN = "Rahmen"


def seite(kontext: Kontext, schluessel: str) -> Seite:
    """Build the profile of one municipality; raises UnknownError if it is none of the Kreis."""
    service = kontext.service
    gebiet = service.gebiet(schluessel)
    if not gebiet.eigen or gebiet.ebene != "gemeinde":
        raise UnknownError.at(
            schluessel,
            f"Für »{gebiet.name}« gibt es kein Gemeindeprofil.",
            "Eine Gemeinde des Kreises wählen.",
        )
    profil = Profil(
        gebiet,
        service.alle_letzten(schluessel),
        service.kurven(schluessel),
        service.bewertungen(schluessel),
        mitten(kontext, schluessel),
        service.gepoolt(schluessel),
    )
    return Seite(
        gebiet.kurzname,
        [
            brotkrumen(("Start", "/"), ("Gemeinden", "/gemeinden")),
            html.P("Gemeindeprofil", className="kicker"),
            html.H1(gebiet.kurzname),
            _fakten(kontext, gebiet),
            _blick(kontext, profil),
            *_angebote(kontext, profil),
            html.H2("Alle Werte nach Handlungsfeldern", className="felder-titel"),
            *_felder(kontext, profil),
            _werkzeuge(kontext, gebiet),
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


def _blick(kontext: Kontext, profil: Profil) -> Component:
    """Return the certain differences from the Kreis: what fits on one printed page."""
    indikatoren = kontext.service.indikatoren()
    chosen = auf_einen_blick(indikatoren, profil.werte, profil.bewertungen, kontext.heute)
    sentence = blick.satz(profil.gebiet.kurzname, chosen, profil.werte, profil.bewertungen)
    button = html.Button("Diese Seite drucken", type="button", className="knopf drucken")
    return abschnitt(
        "Auf einen Blick",
        zeilen(kontext, profil, chosen) if chosen else None,
        _lesehilfe(profil.gebiet),
        html.P(button, className="laden"),
        bericht_knoepfe(berichte.adressen("gemeinde", profil.gebiet.schluessel)),
        id_="blick",
        satz=sentence,
    )


def _angebote(kontext: Kontext, profil: Profil) -> list[Component]:
    found = daneben.am_ort(kontext, profil.werte)
    return [found] if found is not None else []


def _lesehilfe(gebiet: Gebiet) -> Component:
    return html.P(
        "Höher und niedriger beschreibt nur den Abstand vom Kreis; ob das gut oder schlecht ist,"
        " hängt vom Thema ab. »Sicher« heißt: sehr wahrscheinlich kein Zufall; über die Größe sagt"
        " das nichts. Streifen: jeder Strich eine Gemeinde, langer Strich die Mitte, Raute der"
        f" Kreis, Punkt {gebiet.kurzname}, Balken darunter der Bereich der möglichen"
        " Zufallsschwankung.",
        className="leise legende",
    )


def _werkzeuge(kontext: Kontext, gebiet: Gebiet) -> Component:
    """Return the ways on: the file, similar places beside this one, the Kreis among the Kreise."""
    links: list[Component | str] = ["Alle Werte dieser Gemeinde als CSV: "]
    for i, (dialekt, name) in enumerate(texts.DIALEKTE.items()):
        links += [" · "] if i else []
        links.append(
            html.A(name, href=f"/export.csv?gebiete={gebiet.schluessel}&dialekt={dialekt}")
        )
    similar = [partner.schluessel for partner in kontext.service.aehnliche(gebiet.schluessel)]
    beside = ",".join([gebiet.schluessel, *similar])
    return html.Div(
        [
            html.H2("Weiter", className="vorlesen"),
            html.P(
                dcc.Link("Neben ähnlichen Gemeinden ansehen", href=f"/vergleich?gebiete={beside}")
            ),
            html.P(dcc.Link("Der Landkreis unter den Kreisen des Landes", href="/kreisvergleich")),
            html.P(links),
        ],
        className="profilweiter",
    )


def _felder(kontext: Kontext, profil: Profil) -> list[Component]:
    service = kontext.service
    members: dict[str, list[Indikator]] = {"": []}
    for i in service.indikatoren():
        members.setdefault(feld(i), []).append(i)
    parts = [
        (f"{field.nr} {field.titel}", members.get(field.id, []))
        for field in service.handlungsfelder()
    ]
    parts.append((RAHMEN, members[""]))
    return [
        _feld(kontext, profil, titel, own)
        for titel, own in parts
        if any(i.id in profil.werte for i in own)
    ]


def _warum(indikator: Indikator) -> str:
    if not indikator.ebenen:
        return "Daten angefordert"
    return "nicht für einzelne Gemeinden veröffentlicht"


def _feld(
    kontext: Kontext, profil: Profil, titel: str, indikatoren: Sequence[Indikator]
) -> Component:
    there = [i for i in indikatoren if profil.wert(i) is not None]
    missing = [i for i in indikatoren if i.id in profil.werte and profil.wert(i) is None]
    elsewhere = [i for i in indikatoren if i.id not in profil.werte]
    rest = [
        f"{i.titel}: {f.grund(profil.werte[i.id])} ({f.zeit_kurz(profil.werte[i.id].zeit)})"
        for i in missing
    ] + [f"{i.titel}: {_warum(i)}" for i in elsewhere]
    folded = []
    if rest:
        items = html.Ul([html.Li(text) for text in rest])
        folded = [aufklappen(f"{f.anzahl(len(rest), 'Indikator', 'Indikatoren')} ohne Wert", items)]
    certain = sum(
        ist_sicher_anders(profil.werte[i.id], profil.bewertungen.get(i.id)) for i in there
    )
    counts = f.anzahl(len(there), "Indikator", "Indikatoren")
    counts += f", {f.zahl(certain)} sicher anders als der Kreis" if certain else ""
    return html.Details(
        [
            html.Summary([html.H3(titel), html.Span(counts, className="leise")]),
            *([zeilen(kontext, profil, there)] if there else []),
            *folded,
        ],
        className="profilfeld",
    )
