"""One body: its field, members by function, topics, sittings, resolutions and report."""

from collections.abc import Sequence

from dashboard import berichte, dcc, html
from dashboard import format as f
from dashboard.components import agenda, auftraege
from dashboard.components.bausteine import abschnitt, angaben, brotkrumen, liste, messbarkeit
from dashboard.html import Component
from dashboard.lage import in_worten, lage
from dashboard.pages.gremien import mitglieder, quer
from dashboard.seite import Kontext, Seite, je_leitziel
from indicators.records import Handlungsfeld, Leitziel
from indicators.records_agenda import Geschaeftsordnung, Gremium


def seite(kontext: Kontext, id_: str) -> Seite:
    """Build the page of one body; raises UnknownError if there is none of that id."""
    service = kontext.service
    body, gremien = service.gremium(id_), service.gremien()
    rules = service.geschaeftsordnung()
    feld = next((x for x in service.handlungsfelder() if x.id == body.handlungsfeld), None)
    own = [*_themen(kontext, feld), *_mitglieder(rules)] if feld else []
    report = [_bericht(kontext, feld, rules)] if feld and rules else []
    return Seite(
        body.titel,
        [
            brotkrumen(("Start", "/"), ("Gremien", "/gremien")),
            html.P("Gremium", className="kicker"),
            html.H1(_umbrechbar(body.titel)),
            html.P(body.aufgabe, className="leitsatz"),
            angaben(_fakten(body, feld, rules, gremien), "angaben gremiumfakten"),
            *own,
            _termine(kontext, body, gremien),
            *_beschluesse(kontext, body, gremien),
            *_auftraege(kontext, body, gremien),
            *report,
            *_offen(body),
        ],
    )


def _umbrechbar(titel: str) -> list[Component | str]:
    """Return a title in two lines where it names what it is, then its field; long words may break."""
    what, _, name = titel.partition(": ")
    if name:
        return [html.Span(f"{what}: ", className="vorname"), name]
    return [titel.replace("/", "/\u200b").replace("arbeits", "arbeits\u00ad")]


def _fakten(
    body: Gremium,
    feld: Handlungsfeld | None,
    rules: Geschaeftsordnung | None,
    gremien: Sequence[Gremium],
) -> list[tuple[str, Component | str]]:
    facts: list[tuple[str, Component | str]] = []
    if feld:
        link = dcc.Link(f"{feld.nr} {feld.titel}", href=f"/handlungsfeld/{feld.id}")
        facts.append(("Handlungsfeld", link))
    if feld and rules:
        facts.append(("Geschäftsführung", rules.geschaeftsfuehrung))
    below = [g for g in gremien if body.id in g.berichtet_an]
    above = [g for g in gremien if g.id in body.berichtet_an]
    facts += [
        (name, _links(group))
        for name, group in (("Hört von", below), ("Berichtet an", above))
        if group
    ]
    if body in quer(gremien):
        facts.append(("Platz im Weg", "quer über alle Handlungsfelder"))
    return [*facts, ("Quelle", body.quelle)]


def _links(gremien: Sequence[Gremium]) -> Component:
    parts: list[Component | str] = []
    for g in gremien:
        parts += [", " if parts else "", dcc.Link(g.kurztitel, href=f"/gremien/{g.id}")]
    return html.Span(parts[1:])


def _themen(kontext: Kontext, feld: Handlungsfeld) -> list[Component]:
    """Return the goals of the field with their state, and the topics that run through."""
    service = kontext.service
    goals = service.leitziele(feld.id)
    by_goal = je_leitziel(goals, service.indikatoren())
    said = kontext.bewertungen()
    rows = [
        _thema(z, in_worten(lage(by_goal[z.id], said)), len(service.massnahmen(leitziel=z.id)))
        for z in goals
    ]
    topics: list[Component | str] = []
    for topic in service.querschnittsthemen():
        topics += [", " if topics else "", dcc.Link(topic.titel, href=f"/querschnitt/{topic.id}")]
    return [
        abschnitt(
            "Themen",
            html.Ul(rows, className="themen"),
            html.P(["In jedem Handlungsfeld dabei: ", *topics, "."], className="leise"),
            id_="themen",
            satz="Die Leitziele des Handlungsfelds; jeder Link führt die ganze Kette entlang bis zur Maßnahme.",
        )
    ]


def _thema(ziel: Leitziel, stand: str, massnahmen: int) -> Component:
    measures = (
        f.anzahl(massnahmen, "Maßnahme", "Maßnahmen") if massnahmen else "keine Maßnahme genannt"
    )
    return html.Li(
        [
            dcc.Link([html.Span(ziel.nr, className="nr"), ziel.titel], href=f"/leitziel/{ziel.id}"),
            messbarkeit(ziel.messbarkeit),
            html.Span(f"{stand}; {measures}", className="leise"),
        ]
    )


def _mitglieder(rules: Geschaeftsordnung | None) -> list[Component]:
    if rules is None:
        return []
    return [
        abschnitt(
            "Mitglieder nach Funktion",
            mitglieder(rules),
            html.P(f"{rules.benennung} {rules.stellvertretung}", className="fliesstext"),
            html.P(f"Quelle: {rules.quelle}", className="leise"),
            id_="mitglieder",
        )
    ]


def _termine(kontext: Kontext, body: Gremium, gremien: Sequence[Gremium]) -> Component:
    day = agenda.heute()
    sittings = kontext.service.sitzungen(body.id)
    coming = any(s.datum >= day for s in sittings)
    listed = html.Ul(
        [agenda.sitzung(s, gremien, day) for s in reversed(sittings)], className="ereignisse"
    )
    return abschnitt(
        "Sitzungen",
        None if coming else agenda.naechster_termin(kontext, body, day),
        listed if sittings else None,
        id_="sitzungen",
    )


def _beschluesse(kontext: Kontext, body: Gremium, gremien: Sequence[Gremium]) -> list[Component]:
    decided = kontext.service.beschluesse(gremium=body.id)
    if not decided:
        return []
    rows = [agenda.beschluss(b, gremien) for b in reversed(decided)]
    return [abschnitt("Beschlüsse", html.Ul(rows, className="ereignisse"), id_="beschluesse")]


def _auftraege(kontext: Kontext, body: Gremium, gremien: Sequence[Gremium]) -> list[Component]:
    found = auftraege.auftraege(kontext.service.planungsauftraege(gremium=body.id), gremien)
    return [found] if found is not None else []


def _bericht(kontext: Kontext, feld: Handlungsfeld, rules: Geschaeftsordnung) -> Component:
    stand = kontext.service.datenstand()
    return abschnitt(
        "Bericht",
        html.P(rules.bericht, className="fliesstext"),
        angaben(
            [
                ("Nächster Bericht", agenda.berichtszeit(rules, agenda.heute())),
                (
                    "Was heute darin stünde",
                    html.Span(
                        [
                            dcc.Link(
                                f"Stand und Entwicklung in {feld.kurztitel}",
                                href=f"/handlungsfeld/{feld.id}",
                            ),
                            f", Datenstand {stand.id}",
                        ]
                    ),
                ),
            ]
        ),
        agenda.bericht_knoepfe(berichte.adressen("handlungsfeld", feld.id)),
        id_="bericht",
    )


def _offen(body: Gremium) -> list[Component]:
    if not body.offen:
        return []
    return [abschnitt("Was hier noch fehlt", liste(body.offen, "saetze"), id_="offen")]
