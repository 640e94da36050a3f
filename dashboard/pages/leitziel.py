"""Vom Leitziel zur Maßnahme: the whole chain of one goal, measures beside series."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import format as f
from dashboard import texts
from dashboard.components import agenda
from dashboard.components.bausteine import abschnitt, aufklappen, brotkrumen, messbarkeit, tabelle
from dashboard.components.werte import reihe_kreis
from dashboard.lage import Lage, lage, was_wir_wissen
from dashboard.seite import Kontext, Seite, je_leitziel
from etl.errors import UnknownError, suggestion
from indicators.records import Handlungsfeld, Indikator, Leitziel
from indicators.records_agenda import Gremium, Massnahme, Unterziel, Zielwert

EINLEITUNG = {
    "messbar": "Messbar: ",
    "teilweise": "Nur zum Teil messbar: ",
    "nur Proxy": "Nicht selbst messbar, weil: ",
    "nicht messbar": "Nicht messbar, weil: ",
}
STAND = {"formuliert": "vom Planungsbereich formuliert", "beschlossen": "beschlossen"}


@dataclass(frozen=True, slots=True)
class Kette:
    """Everything that hangs on one Leitziel."""

    ziel: Leitziel
    feld: Handlungsfeld
    indikatoren: list[Indikator]
    lage: Lage
    unterziele: list[Unterziel]
    zielwerte: list[Zielwert]
    massnahmen: list[Massnahme]
    gremium: Gremium | None


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
            _einordnung(kette),
            _saetze(kontext, kette),
            _ueberblick(kette),
            _unterziele(kontext, kette.unterziele),
            _indikatoren(kontext, kette),
            _zielwerte(kette),
            _massnahmen(kontext, kette.massnahmen),
            _gremium(kontext, kette),
            _nachbarn(kontext, ziel),
        ],
    )


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


def _einordnung(kette: Kette) -> Component:
    """Say how far the goal can be measured and why; a gap names who has the figures."""
    ziel = kette.ziel
    word = ziel.messbarkeit if kette.indikatoren else "nicht messbar"
    gap = [html.P([html.Strong("Wer Zahlen hat: "), ziel.luecke])] if ziel.luecke else []
    return html.Div(
        [
            messbarkeit(word),
            html.P([html.Strong(EINLEITUNG[word]), ziel.begruendung]),
            *gap,
        ],
        className="messlage",
        id="messlage",
    )


def _saetze(kontext: Kontext, kette: Kette) -> Component:
    """Open with what is known, what is done, and what is to be decided."""
    known = (
        was_wir_wissen(kette.lage, "für den Kreis")
        if kette.indikatoren
        else "Was wir wissen: Für dieses Leitziel gibt es hier noch keinen Indikator."
    )
    rules = kontext.service.geschaeftsordnung()
    report = (
        f" Der nächste jährliche Bericht an den Ausschuss: {agenda.berichtszeit(rules, agenda.heute())}."
        if rules
        else ""
    )
    target = (
        f"{f.anzahl(len(kette.zielwerte), 'Zielwert ist', 'Zielwerte sind')} beschlossen."
        if kette.zielwerte
        else "Noch ist kein Zielwert beschlossen."
    )
    return html.Ul(
        [
            html.Li(known),
            html.Li(was_getan_wird(kette.massnahmen)),
            html.Li(f"Was zu entscheiden ist: {target}{report}"),
        ],
        className="saetze drei",
    )


def was_getan_wird(massnahmen: Sequence[Massnahme]) -> str:
    """Say how many measures are entered, and for how many their status is not known."""
    if not massnahmen:
        return "Was getan wird: Die Agenda nennt zu diesem Leitziel keine einzelne Maßnahme."
    unknown = sum(item.status is None for item in massnahmen)
    what = f.anzahl(len(massnahmen), "Maßnahme ist", "Maßnahmen sind")
    if not unknown:
        return f"Was getan wird: {what} eingetragen."
    who = f"Bei {f.zahl(unknown)} davon ist der" if unknown < len(massnahmen) else "Ihr"
    is_ = "" if unknown < len(massnahmen) else " ist"
    return f"Was getan wird: {what} eingetragen. {who} Status{is_} nicht bekannt."


def _ueberblick(kette: Kette) -> Component:
    """Return the chain at a glance: each link of it leads to its part of the page."""
    own = [u for u in kette.unterziele if u.stand != "agenda"]
    below = (
        f.anzahl(len(own), "Unterziel", "Unterziele")
        if own
        else f.anzahl(len(kette.unterziele), "Schwerpunkt", "Schwerpunkte")
    )
    targets = f.anzahl(len(kette.zielwerte), "Zielwert", "Zielwerte") if kette.zielwerte else ""
    body = kette.gremium.kurztitel if kette.gremium else agenda.FEHLT
    steps = (
        ("Leitziel", kette.ziel.messbarkeit, "messlage"),
        ("Unterziele", below, "unterziele"),
        ("Indikatoren", _wie_viele(kette.lage), "indikatoren"),
        ("Zielwert", targets or "noch keiner", "zielwerte"),
        (
            "Maßnahmen",
            f.zahl(len(kette.massnahmen)) if kette.massnahmen else "keine genannt",
            "massnahmen",
        ),
        ("Gremium", body, "gremium"),
    )
    return html.Nav(
        html.Ol(
            [
                html.Li(html.A([html.Strong(name), html.Span(text)], href=f"#{place}"))
                for name, text, place in steps
            ]
        ),
        className="kette",
        **{"aria-label": "Die Kette vom Leitziel zum Gremium"},
    )


def _wie_viele(found: Lage) -> str:
    judged = len(found.beurteilt)
    total = judged + len(found.offen)
    return f"{f.zahl(total)}, davon {f.zahl(judged)} mit Aussage" if total else "noch keiner"


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
            agenda.fehlt(kette.ziel.luecke or kette.ziel.begruendung),
            id_="indikatoren",
        )

    def rows(group: Sequence[Indikator]) -> Component:
        return html.Ul([reihe_kreis(kontext, i) for i in group], className="reihen")

    judged, open_ = kette.lage.beurteilt, kette.lage.offen
    return abschnitt(
        "Indikatoren",
        rows(judged) if judged else None,
        aufklappen(f"{texts.OFFEN} ({f.zahl(len(open_))})", rows(open_)) if open_ else None,
        id_="indikatoren",
        satz="Werte des Kreises; der Streifen zeigt alle 44 Städte und Gemeinden.",
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
