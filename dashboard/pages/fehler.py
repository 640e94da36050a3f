"""Pages for what does not exist, and the notice when something failed."""

from dashboard import dcc, html, texts
from dashboard.seite import Seite
from etl.errors import SozialmonitorError


def seite(fehler: SozialmonitorError | None = None) -> Seite:
    """Build the page for an address that leads nowhere, with a way on."""
    reasons = [f"{m.problem} {m.abhilfe}" for m in fehler.maengel] if fehler else []
    return Seite(
        "Nicht gefunden",
        [
            html.P("Fehler 404", className="kicker"),
            html.H1("Diese Seite gibt es nicht."),
            *[html.P(reason, className="leitsatz") for reason in reasons],
            html.P("Vielleicht ist die Adresse veraltet oder unvollständig. Hier geht es weiter:"),
            html.Ul(
                [
                    html.Li(dcc.Link("Start: alle Handlungsfelder und Leitziele", href="/")),
                    html.Li(dcc.Link(f"Alle {texts.gemeinden()}", href="/gemeinden")),
                    html.Li(dcc.Link("Daten und Quellen", href="/daten")),
                ]
            ),
        ],
        gefunden=False,
    )
