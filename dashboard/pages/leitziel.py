"""Vom Leitziel zur Maßnahme: the whole chain of one goal, measures beside series."""

from collections.abc import Sequence

from dashboard import dcc, html
from dashboard import format as f
from dashboard.components import agenda, auftraege, daneben
from dashboard.components.bausteine import abschnitt, aufklappen, brotkrumen, tabelle
from dashboard.components.kette import Kette, einordnung, saetze, ueberblick
from dashboard.components.werte import reihe_kreis
from dashboard.html import Component
from dashboard.lage import kern, lage
from dashboard.seite import Kontext, Seite, je_leitziel
from etl.errors import UnknownError, suggestion
from indicators.records import Indikator, Leitziel
from indicators.records_agenda import Massnahme, Unterziel

STAND = {"formuliert": "vom Planungsbereich formuliert", "beschlossen": "beschlossen"}


def seite(kontext: Kontext, id_: str) -> Seite:
    """Build the page of one Leitziel; raises UnknownError if there is none of that id."""
    kette = _kette(kontext, id_)
    ziel, feld = kette.ziel, kette.feld
    return Seite(
        f"{ziel.nr} {ziel.titel}",
        [
            brotkrumen(("Start", "/"), (feld.titel, f"/handlungsfeld/{feld.id}")),
            html.P("Vom Leitziel zur Maßnahme", className="kicker"),
            html.H1([html.Span(ziel.nr, className="nr"), ziel.titel]),
            einordnung(kette),
            saetze(kontext, kette),
            ueberblick(kette),
            _unterziele(kontext, kette.unterziele),
            _indikatoren(kontext, kette),
            _zielwerte(kette),
            _massnahmen(kontext, kette.massnahmen),
            *_daneben(kontext, id_),
            _gremium(kontext, kette),
            _nachbarn(kontext, ziel),
        ],
    )


def _daneben(kontext: Kontext, id_: str) -> list[Component]:
    """Return what else belongs to the goal: money, advice and tasks, where there are any."""
    service = kontext.service
    parts = (
        daneben.geld(service.geld(leitziel=id_)),
        auftraege.empfehlungen(service.handlungsempfehlungen(id_)),
        auftraege.auftraege(
            [a for a in service.planungsauftraege() if id_ in a.leitziele], service.gremien()
        ),
    )
    return [part for part in parts if part is not None]


def _kette(kontext: Kontext, id_: str) -> Kette:
    service = kontext.service
    ziele = {ziel.id: ziel for ziel in service.leitziele()}
    if id_ not in ziele:
        remedy = suggestion(id_, ziele, "Alle Leitziele stehen auf der Startseite.")
        raise UnknownError.at(id_, f"Das Leitziel »{id_}« gibt es nicht.", remedy)
    ziel = ziele[id_]
    own = je_leitziel([ziel], service.indikatoren())[id_]
    ids = {indikator.id for indikator in own}
    gremien = [g for g in service.gremien() if g.handlungsfeld == ziel.handlungsfeld]
    return Kette(
        ziel,
        next(feld for feld in service.handlungsfelder() if feld.id == ziel.handlungsfeld),
        own,
        lage(own, kontext.bewertungen()),
        service.unterziele(id_),
        [target for target in service.zielwerte() if target.indikator in ids],
        service.massnahmen(leitziel=id_),
        gremien[0] if gremien else None,
    )


def _unterziele(kontext: Kontext, ziele: Sequence[Unterziel]) -> Component:
    named = [u for u in ziele if u.stand == "agenda"]
    own = [u for u in ziele if u.stand != "agenda"]
    missing = agenda.fehlt(
        "Unterziele formuliert der verantwortliche Planungsbereich, so sagt es die Agenda."
    )
    focus = [
        html.H3("Schwerpunkte, die die Agenda nennt"),
        html.Ul([_unterziel(kontext, u) for u in named], className="unterziele"),
    ]
    listed = html.Ul([_unterziel(kontext, u) for u in own], className="unterziele")
    return abschnitt(
        "Unterziele", listed if own else missing, *(focus if named else []), id_="unterziele"
    )


def _unterziel(kontext: Kontext, ziel: Unterziel) -> Component:
    links: list[Component | str] = []
    for key in ziel.indikatoren:
        name = kontext.service.indikator(key).kurztitel
        links += [", " if links else "Dazu: ", dcc.Link(name, href=f"/indikator/{key}")]
    stand = STAND.get(ziel.stand)
    who = ", ".join(part for part in (stand, ziel.zustaendig) if part)
    return html.Li(
        [
            html.P(ziel.text),
            html.P(links or "Dazu gibt es noch keinen Indikator.", className="leise"),
            *([html.P(f"{who}. Quelle: {ziel.quelle}", className="leise")] if who else []),
        ]
    )


def _indikatoren(kontext: Kontext, kette: Kette) -> Component:
    if not kette.indikatoren:
        return abschnitt(
            "Indikatoren",
            agenda.fehlt("Für dieses Leitziel gibt es keinen Indikator; warum, steht oben."),
            id_="indikatoren",
        )

    def rows(group: Sequence[Indikator]) -> Component:
        return html.Ul([reihe_kreis(kontext, i) for i in group], className="reihen")

    core = kern(kontext.service.kern(kette.ziel.id), kette.indikatoren, kette.lage)
    more = [i for i in kette.indikatoren if i not in core and i.ebenen]
    asked = [i for i in kette.indikatoren if not i.ebenen]
    return abschnitt(
        "Indikatoren",
        rows(core) if core else None,
        daneben.angefordert_zeilen(kontext, asked),
        aufklappen(f"Weitere Indikatoren ({f.zahl(len(more))})", rows(more)) if more else None,
        id_="indikatoren",
        satz="Werte des Kreises; der Streifen zeigt alle Städte und Gemeinden."
        if core or more
        else "",
    )


def _zielwerte(kette: Kette) -> Component:
    if not kette.zielwerte:
        missing = (
            "Zielwerte beschließt ein Gremium oder setzt ein Gesetz; der Sozialmonitor erfindet"
            " keine."
        )
        return abschnitt("Zielwerte", agenda.fehlt(missing), id_="zielwerte")
    known = {indikator.id: indikator for indikator in kette.indikatoren}
    rows = [
        [
            known[target.indikator].titel,
            f.mit_einheit(target.wert, known[target.indikator]),
            str(target.jahr),
            str(target.basisjahr),
            target.quelle,
        ]
        for target in kette.zielwerte
    ]
    head = ("Indikator", "Zielwert", "bis", "gegenüber", "Beschluss oder Gesetz")
    return abschnitt(
        "Zielwerte", tabelle(head, rows, "Zielwerte", rechts=("Zielwert",)), id_="zielwerte"
    )


def _massnahmen(kontext: Kontext, massnahmen: Sequence[Massnahme]) -> Component:
    if not massnahmen:
        missing = (
            "Die Agenda nennt hier keine einzelne Maßnahme. Was der Landkreis tut, weiß das"
            " Dezernat Soziales."
        )
        return abschnitt("Maßnahmen", agenda.fehlt(missing), id_="massnahmen")
    return abschnitt(
        "Maßnahmen",
        *[agenda.massnahme(kontext, item) for item in massnahmen],
        id_="massnahmen",
        satz=(
            "Links steht, was getan wird; rechts, was im selben Zeitraum gezählt wurde. Viele andere"
            " Umstände bewegen diese Zahlen mit: Ob eine Maßnahme gewirkt hat, zeigen sie nicht."
        ),
    )


def _gremium(kontext: Kontext, kette: Kette) -> Component:
    gremien = kontext.service.gremien()
    body = kette.gremium
    if body is None:
        return abschnitt("Gremium", html.P(kette.feld.gremium), id_="gremium")
    decided = kontext.service.beschluesse(leitziel=kette.ziel.id)
    return abschnitt(
        "Gremium, Beschlüsse, nächster Termin",
        html.P(dcc.Link(body.titel, href=f"/gremien/{body.id}"), className="gremiumlink"),
        agenda.naechster_termin(kontext, body, agenda.heute()),
        html.H3("Beschlüsse, die dieses Leitziel betreffen"),
        html.Ul(
            [agenda.beschluss(item, gremien) for item in reversed(decided)], className="ereignisse"
        ),
        id_="gremium",
    )


def _nachbarn(kontext: Kontext, ziel: Leitziel) -> Component:
    """Lead on to the goals before and after this one in the Agenda."""
    order = kontext.service.leitziele()
    place = next(n for n, other in enumerate(order) if other.id == ziel.id)
    before, after = order[max(place - 1, 0) : place], order[place + 1 : place + 2]
    links = [
        dcc.Link(
            [html.Span(word, className="leise"), f"{z.nr} {z.titel}"], href=f"/leitziel/{z.id}"
        )
        for word, group in (("Leitziel davor", before), ("Leitziel danach", after))
        for z in group
    ]
    return html.Nav(links, className="weiter", **{"aria-label": "Andere Leitziele"})
