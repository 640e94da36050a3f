"""Gemeinden: the index of all, by first letter."""

from itertools import groupby

from dashboard import dcc, html, texts
from dashboard import format as f
from dashboard.seite import Kontext, Seite
from indicators.records import Gebiet

UMLAUTE = str.maketrans("ÄÖÜ", "AOU")


def seite(kontext: Kontext) -> Seite:
    """Build the index of the municipalities."""
    gemeinden = kontext.service.gebiete("gemeinde")
    groups = groupby(gemeinden, key=lambda g: g.name[0].translate(UMLAUTE))
    blocks = [
        html.Section(
            [html.H2(letter, className="buchstabe"), html.Ul([_eintrag(g) for g in members])],
        )
        for letter, members in groups
    ]
    return Seite(
        "Gemeinden",
        [
            html.P(texts.kreis_name(), className="kicker"),
            html.H1(f"{len(gemeinden)} Städte und Gemeinden"),
            html.P(
                "Jede Gemeinde hat ein Profil mit allen Werten, die für sie veröffentlicht sind,"
                " neben dem Wert des Kreises. Es lässt sich auf A4 drucken.",
                className="leitsatz",
            ),
            html.P(dcc.Link("Der Landkreis unter den Kreisen des Landes", href="/kreisvergleich")),
            html.Div(blocks, className="register"),
        ],
    )


def _eintrag(gebiet: Gebiet) -> html.Component:
    people = "" if gebiet.einwohner is None else f"{f.zahl(gebiet.einwohner)} Einwohner"
    year = f" ({gebiet.einwohner_zeit[:4]})" if gebiet.einwohner_zeit and people else ""
    return html.Li(
        [
            dcc.Link(gebiet.kurzname, href=f"/gemeinde/{gebiet.schluessel}"),
            html.Span(f"{people}{year}", className="leise"),
        ]
    )
