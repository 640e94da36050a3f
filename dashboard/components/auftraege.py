"""Tasks given to the planners, and what experts advise the politicians to do."""

from collections.abc import Sequence

from dashboard import dcc, html
from dashboard import format as f
from dashboard.components.bausteine import abschnitt
from dashboard.html import Component
from indicators.records_agenda import Gremium, Handlungsempfehlung, Planungsauftrag

STATUS = {"offen": "○ offen", "in_arbeit": "◐ in Arbeit", "erledigt": "● erledigt"}
STAND = {"vorgelegt": "vorgelegt", "beschlossen": "beschlossen", "abgelehnt": "abgelehnt"}


def auftraege(items: Sequence[Planungsauftrag], gremien: Sequence[Gremium]) -> Component | None:
    """Return the tasks for the planners: who gave them when, and what became of them."""
    if not items:
        return None
    names = {g.id: g.kurztitel for g in gremien}
    rows = []
    for item in reversed(items):
        link = dcc.Link(names.get(item.gremium, item.gremium), href=f"/gremien/{item.gremium}")
        state = (
            f"{STATUS[item.status]} ({item.status_quelle})"
            if item.status
            else "Status nicht bekannt"
        )
        rest = [
            *([f"Zuständig: {item.zustaendig}."] if item.zustaendig else []),
            *([f"Fällig: {f.datum(item.faellig)}."] if item.faellig else []),
            f"Quelle: {item.quelle}",
        ]
        rows.append(
            html.Li(
                [
                    html.P([f"{item.jahr} · ", link, f" · {state}"], className="wann"),
                    html.Strong(item.titel),
                    html.P(item.text),
                    html.P(" ".join(rest), className="leise"),
                ]
            )
        )
    return abschnitt("Planungsaufträge", html.Ul(rows, className="ereignisse"), id_="auftraege")


def empfehlungen(items: Sequence[Handlungsempfehlung]) -> Component | None:
    """Return what experts advise, who they are, and whether it was decided."""
    if not items:
        return None
    rows = [
        html.Li(
            [
                html.P(
                    f"{f.datum(item.datum)} · {item.empfohlen_von} · {STAND[item.stand]}",
                    className="wann",
                ),
                html.Strong(item.titel),
                html.P(item.text),
                html.P(f"Quelle: {item.quelle}", className="leise"),
            ]
        )
        for item in reversed(items)
    ]
    return abschnitt(
        "Handlungsempfehlungen", html.Ul(rows, className="ereignisse"), id_="empfehlungen"
    )
