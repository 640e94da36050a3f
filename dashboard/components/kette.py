"""The head of a goal's page: how measurable it is, three sentences, and the chain at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import format as f
from dashboard import html, texts
from dashboard.components import agenda
from dashboard.components.bausteine import messbarkeit
from dashboard.html import Component
from dashboard.lage import Lage, was_wir_wissen
from dashboard.seite import Kontext
from indicators.records import Handlungsfeld, Indikator, Leitziel
from indicators.records_agenda import Gremium, Massnahme, Unterziel, Zielwert

EINLEITUNG = {
    "messbar": "Messbar: ",
    "teilweise": "Nur zum Teil messbar: ",
    "nur Proxy": "Nicht direkt messbar: ",
    "nicht messbar": "Nicht messbar: ",
}
OHNE = "Hier noch nicht messbar: "


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


def einordnung(kette: Kette) -> Component:
    """Say how far the goal can be measured and why; a gap names who has the figures."""
    ziel = kette.ziel
    measured = any(i.ebenen for i in kette.indikatoren)
    start = EINLEITUNG[ziel.messbarkeit] if measured else OHNE
    gap = [html.P([html.Strong("Wer Zahlen hat: "), ziel.luecke])] if ziel.luecke else []
    return html.Div(
        [
            messbarkeit(ziel.messbarkeit),
            html.P([html.Strong(start), ziel.begruendung]),
            *gap,
        ],
        className="messlage",
        id="messlage",
    )


def saetze(kontext: Kontext, kette: Kette) -> Component:
    """Open with what is known, what is done, and what is to be decided."""
    known = (
        was_wir_wissen(kette.lage, "im Kreis")
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
    few = "einer" if unknown == 1 else f.zahl(unknown)
    who = f"Bei {few} davon ist der" if unknown < len(massnahmen) else "Ihr"
    is_ = "" if unknown < len(massnahmen) else " ist"
    return f"Was getan wird: {what} eingetragen. {who} Status{is_} nicht bekannt."


def ueberblick(kette: Kette) -> Component:
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
        (
            "Leitziel",
            texts.MESSBARKEIT_WORT.get(kette.ziel.messbarkeit, kette.ziel.messbarkeit),
            "messlage",
        ),
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
    if not total and found.angefordert:
        return f"{f.zahl(len(found.angefordert))} erklärt, Daten angefordert"
    return f"{f.zahl(total)}, davon {f.zahl(judged)} mit Aussage" if total else "noch keiner"
