"""An indicator that is defined and has no data yet: what it would say, and who holds the figures."""

from dashboard import html
from dashboard.components import daneben, methode
from dashboard.components.indikatorkopf import kopf
from dashboard.components.steckbrief import steckbrief
from dashboard.seite import Kontext, Seite
from indicators.records import Indikator


def seite(kontext: Kontext, indikator: Indikator) -> Seite:
    """Build the page of an indicator without values."""
    request = kontext.service.anforderung(indikator.id)
    missing = html.P("Zu diesem Indikator liegen noch keine Zahlen vor.", className="satz")
    return Seite(
        indikator.kurztitel,
        [
            *kopf(kontext, indikator),
            html.Div(
                [
                    html.Div([missing, *([daneben.angefordert(request)] if request else [])]),
                    methode.wissen(indikator),
                ],
                className="zweispaltig",
            ),
            *daneben.zum_indikator(kontext, indikator),
            methode.berechnung(indikator, steckbrief(kontext, indikator, ())),
        ],
    )
