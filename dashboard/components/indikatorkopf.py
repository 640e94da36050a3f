"""The head of every indicator page: where it belongs, its title, its question."""

from dashboard import html
from dashboard.components.bausteine import brotkrumen
from dashboard.html import Component
from dashboard.pages import handlungsfeld
from dashboard.seite import Kontext
from indicators.records import Indikator, Leitziel


def kopf(kontext: Kontext, indikator: Indikator) -> list[Component]:
    """Return the way up, the title, the question and the Leitziele."""
    ziele = {ziel.id: ziel for ziel in kontext.service.leitziele()}
    own = [ziele[key] for key in indikator.leitziele if key in ziele]
    return [
        brotkrumen(*_weg(kontext, own)),
        html.P(indikator.titel, className="kicker gross"),
        html.H1(indikator.frage),
        _ziele(own),
    ]


def _weg(kontext: Kontext, own: list[Leitziel]) -> list[tuple[str, str]]:
    if not own:
        return [("Start", "/")]
    key = own[0].handlungsfeld
    feld = next(feld for feld in kontext.service.handlungsfelder() if feld.id == key)
    return [("Start", "/"), (feld.kurztitel, f"/handlungsfeld/{feld.id}")]


def _ziele(own: list[Leitziel]) -> Component:
    if not own:
        return html.P("Rahmenzahl für alle Handlungsfelder", className="leitziele")
    links: list[Component | str] = []
    for ziel in own:
        links += [" · "] if links else ["Leitziel "]
        links.append(handlungsfeld.link(ziel))
    return html.P(links, className="leitziele")
