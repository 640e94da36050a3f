"""Gremien und Termine: the way of a topic from practice to politics and back."""

from collections.abc import Sequence

from dashboard import dcc, html
from dashboard import format as f
from dashboard.components import agenda
from dashboard.components.bausteine import abschnitt, angaben
from dashboard.html import Component
from dashboard.seite import Kontext, Seite
from indicators.records_agenda import Geschaeftsordnung, Gremium


def seite(kontext: Kontext) -> Seite:
    """Build the page of all bodies."""
    gremien = kontext.service.gremien()
    return Seite(
        "Gremien und Termine",
        [
            html.P("Agenda", className="kicker"),
            html.H1("Gremien und Termine"),
            html.P(
                "Ein Thema wandert von der Praxis bis in die Politik, und was dort beraten wird,"
                " kommt zurück. Hier steht, wer dabei welche Aufgabe hat.",
                className="leitsatz",
            ),
            _weg(gremien) if gremien else agenda.fehlt("Den Aufbau kennt das Dezernat Soziales."),
            *_regeln(kontext.service.geschaeftsordnung()),
            _termine(kontext, gremien),
            _beschluesse(kontext, gremien),
        ],
    )


def weg_satz(gremien: Sequence[Gremium]) -> str:
    """Return the whole way as one sentence: the text alternative of the picture."""
    stages = [_name(group) for _, group in reversed(stufen(gremien))]
    task = "".join(f" Den Auftrag gibt: {g.titel}." for g in auftraggeber(gremien))
    names = " und ".join(g.titel for g in quer(gremien))
    tail = f" Quer über alle Handlungsfelder arbeiten: {names}." if names else ""
    return f"Von der Praxis zur Politik: {' → '.join(stages)}, und zurück.{task}{tail}"


def stufen(gremien: Sequence[Gremium]) -> list[tuple[int, list[Gremium]]]:
    """Return the stages of the way with their bodies, politics first, practice last."""
    numbers = sorted({g.stufe for g in gremien if g.stufe is not None}, reverse=True)
    return [(n, [g for g in gremien if g.stufe == n]) for n in numbers]


def auftraggeber(gremien: Sequence[Gremium]) -> list[Gremium]:
    """Return who gives all other bodies their task."""
    return [g for g in gremien if g.art == "kreistag"]


def quer(gremien: Sequence[Gremium]) -> list[Gremium]:
    """Return the bodies that work across all fields of action."""
    return [g for g in gremien if g.stufe is None and g.art != "kreistag"]


def _name(group: Sequence[Gremium]) -> str:
    return group[0].titel if len(group) == 1 else "Steuerungs- und Beteiligungsgremien"


def _weg(gremien: Sequence[Gremium]) -> Component:
    """Draw the way as a ladder: numbered stages, with the two directions at its sides."""
    stages = [
        html.Li(
            [
                html.Span(str(number), className="stufe", **{"aria-hidden": "true"}),
                _stufe(group),
            ],
            className="mehrere" if len(group) > 1 else "",
        )
        for number, group in stufen(gremien)
    ]
    across = [_karte(g) for g in quer(gremien)]
    aside = html.Div(
        [html.P("Quer über alle Handlungsfelder", className="kicker"), *across], className="quer"
    )
    return html.Section(
        [
            html.H2("Der Weg eines Themens", id="weg-titel"),
            html.P(weg_satz(gremien), className="satz"),
            *[
                html.Div([html.P("Auftrag", className="kicker"), _karte(g)], className="auftrag")
                for g in auftraggeber(gremien)
            ],
            html.Div(
                [
                    html.P("↑ von der Praxis zur Politik", className="schiene hinauf"),
                    html.Ol(stages, className="leiter", reversed=True),
                    html.P("und zurück in die Praxis ↓", className="schiene hinab"),
                    *([aside] if across else []),
                ],
                className="weg",
            ),
        ],
        className="abschnitt",
        id="weg",
        **{"aria-labelledby": "weg-titel"},
    )


def _stufe(group: Sequence[Gremium]) -> Component:
    if len(group) == 1:
        return _karte(group[0])
    items = [html.Li(dcc.Link(g.kurztitel, href=f"/gremien/{g.id}")) for g in group]
    return html.Div(
        [
            html.Strong("Steuerungs- und Beteiligungsgremien"),
            html.P(
                f"{f.zahl(len(group))} Gremien, eines je Handlungsfeld. Im Mittelpunkt steht die"
                " Agenda mit ihren Leitzielen und Querschnittsthemen.",
                className="leise",
            ),
            html.Ul(items, className="felder"),
        ]
    )


def _karte(gremium: Gremium) -> Component:
    return html.Div(
        [
            html.Strong(dcc.Link(gremium.titel, href=f"/gremien/{gremium.id}")),
            html.P(gremium.aufgabe, className="leise"),
        ]
    )


def _regeln(rules: Geschaeftsordnung | None) -> list[Component]:
    if rules is None:
        return []
    facts = [
        ("Geschäftsführung", f"{rules.geschaeftsfuehrung}. {rules.geschaeftsfuehrung_aufgaben}"),
        ("Wer Mitglied wird", rules.benennung),
        ("Stellvertretung", rules.stellvertretung),
        ("Jährlicher Bericht", rules.bericht),
        ("Quelle", rules.quelle),
    ]
    return [
        abschnitt(
            "So arbeiten die fünf Steuerungs- und Beteiligungsgremien",
            html.H3("Mitglieder nach Funktion"),
            mitglieder(rules),
            html.H3("Regeln"),
            angaben(facts),
            id_="geschaeftsordnung",
        )
    ]


def mitglieder(rules: Geschaeftsordnung) -> Component:
    """Return who sits in a steering body, by function, and who names them."""
    return html.Ul(
        [
            html.Li([html.Span(function), html.Span(_benannt(by), className="leise")])
            for function, by in rules.mitglieder
        ],
        className="mitglieder",
    )


def _benannt(by: str) -> str:
    return f"benannt von: {by}" if by else ""


def _termine(kontext: Kontext, gremien: Sequence[Gremium]) -> Component:
    service, day = kontext.service, agenda.heute()
    sittings = service.sitzungen()
    coming = [s for s in sittings if s.datum >= day]
    past = [s for s in reversed(sittings) if s.datum < day]
    rules = service.geschaeftsordnung()
    report = (
        [
            html.Li(
                [
                    html.P(
                        f"{agenda.berichtszeit(rules, day)}, Tag {agenda.FEHLT}", className="wann"
                    ),
                    html.Strong("Jährlicher Bericht aus den Handlungsfeldern"),
                    html.P(rules.bericht),
                ]
            )
        ]
        if rules
        else []
    )
    rows = [agenda.sitzung(s, gremien, day) for s in coming]
    missing = (
        "Weitere Termine plant die Geschäftsführung im Jahresplan."
        if rules
        else "Termine sind nicht bekannt."
    )
    before = [
        html.H3("Zurückliegend"),
        html.Ul([agenda.sitzung(s, gremien, day) for s in past], className="ereignisse"),
    ]
    return abschnitt(
        "Termine",
        html.Ul([*rows, *report], className="ereignisse"),
        None if rows else agenda.fehlt(missing),
        *(before if past else []),
        id_="termine",
    )


def _beschluesse(kontext: Kontext, gremien: Sequence[Gremium]) -> Component:
    decided = kontext.service.beschluesse()
    return abschnitt(
        "Beschlüsse",
        html.Ul([agenda.beschluss(b, gremien) for b in reversed(decided)], className="ereignisse")
        if decided
        else agenda.fehlt("Beschlüsse führt das Landratsamt."),
        id_="beschluesse",
        satz=f"{f.anzahl(len(decided), 'Beschluss', 'Beschlüsse')} zur Sozialplanung, mit eigenen Worten.",
    )
