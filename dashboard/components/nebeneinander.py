"""Zusammenhang mit einem anderen Indikator: a scatter for planners, with n and what it cannot show."""

from dashboard import format as f
from dashboard import html
from dashboard.components.bausteine import aufklappen, diagramm, tabelle
from dashboard.ergebnis import Ergebnis
from dashboard.figures.punktwolke import punktwolke_figure
from dashboard.html import Component
from dashboard.state import GEMEINDEN
from dashboard.zusammenhang import VORBEHALT, Zusammenhang, satz


def punktwolke(found: Ergebnis) -> list[Component]:
    """Return chart, sentence, caveat and table of the two indicators, or how to get there."""
    if found.ansicht != GEMEINDEN:
        return [html.P("Nur im Vergleich der Gemeinden möglich.", className="leise")]
    if not found.auswahl.mit:
        return [html.P("Einen zweiten Indikator wählen.", className="leise")]
    other = found.zweiter
    if other is None:
        text = "Zu diesem Zeitpunkt gibt es keine Gemeinde mit Werten beider Indikatoren."
        return [html.P(text, className="satz")]
    sentence = satz(other, found.indikator, found.zeit)
    figure = punktwolke_figure(
        other,
        indikator=found.indikator,
        zeit=found.zeit,
        namen=found.namen,
        gewaehlt=found.auswahl.gebiete,
    )
    return [
        html.P(sentence, className="satz"),
        html.P([html.Strong("Kein Beleg für eine Ursache. "), VORBEHALT], className="hinweis"),
        diagramm(figure, id_="punktwolke", satz=f"Punktdiagramm. {sentence}"),
        aufklappen("Werte dieses Diagramms als Tabelle", _table(found, other)),
    ]


def _table(found: Ergebnis, other: Zusammenhang) -> Component:
    one, two = found.indikator, other.indikator
    head = [
        "Gemeinde",
        f"{one.kurztitel} ({f.zeit_kurz(found.zeit)})",
        f"{two.kurztitel} ({f.zeit_kurz(other.zeit)})",
    ]
    rows = [
        [
            found.namen[p.gebiet],
            f.zahl(p.eins, one.nachkommastellen),
            f.zahl(p.zwei, two.nachkommastellen),
        ]
        for p in other.paare
    ]
    return tabelle(head, rows, f"{one.titel} und {two.titel}", rechts=head[1:])
