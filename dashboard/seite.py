"""What a page builder gets and what it returns."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from dashboard import texts
from dashboard.html import Component
from dashboard.streuung import Streuung, streuungen
from indicators.records import Bewertung, Indikator, Kurvenpunkt, Leitziel, Wert
from indicators.service import Service

FEST = "/stand"  # what follows is the id of a release, and then the address of a page or file
T = TypeVar("T")
Kurve = Sequence[Kurvenpunkt]


@dataclass(frozen=True, slots=True)
class Seite:
    """A page: its title in the browser and its content."""

    titel: str
    inhalt: list[Component]
    gefunden: bool = True


def fester_link(release: str, pfad: str = "/") -> str:
    """Return the address under which a page is for ever served from one release."""
    return f"{FEST}/{release}{pfad}"


class Kontext:
    """What every page may use: the one door to the figures, and what was asked before."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def merke(self, frage: Hashable, antwort: Callable[[], T]) -> T:
        """Return the remembered answer to a question, or find it."""
        known = self.service.gemerkt
        if frage not in known:
            known[frage] = antwort()
        found: T = known[frage]
        return found

    def streuung(self, indikator: str, zeit: str = "", ebene: str = "gemeinde") -> Streuung | None:
        """Return the spread of an indicator over the areas of a level, by default the newest."""
        found = self.merke(("streuungen", ebene), lambda: streuungen(self.service, ebene))
        return found.get((indikator, zeit))

    @property
    def heute(self) -> int:
        """Return the year against which values are called old: that of the Datenstand."""
        return self.merke("heute", lambda: self.service.datenstand().erzeugt.year)

    def namen(self) -> dict[str, str]:
        """Return the short name of every area by key."""
        areas = self.service.gebiete(nur_eigene=False)
        return self.merke("namen", lambda: {g.schluessel: g.kurzname for g in areas})

    def bewertungen(self) -> dict[str, Bewertung]:
        """Return what may be said of each indicator for the Kreis."""
        question = ("bewertungen", texts.kreis())
        return self.merke(question, partial(self.service.bewertungen, texts.kreis()))

    def kurven(self) -> Mapping[str, Kurve]:
        """Return the short curves of the Kreis by indicator."""
        return self.merke(("kurven", texts.kreis()), partial(self.service.kurven, texts.kreis()))

    def letzte(self) -> dict[str, dict[str, Wert]]:
        """Return the newest values of Kreis, Land and Bund: area → indicator → value."""
        return {
            key: self.merke(("letzte", key), partial(self.service.alle_letzten, key))
            for key in texts.lang()
        }


def neben(letzte: Mapping[str, Mapping[str, Wert]], indikator: str) -> dict[str, Wert]:
    """Return the newest values of one indicator by area."""
    return {key: found[indikator] for key, found in letzte.items() if indikator in found}


def je_leitziel(
    leitziele: list[Leitziel], indikatoren: list[Indikator]
) -> dict[str, list[Indikator]]:
    """Return the indicators of each Leitziel, those that belong to it first of all in front."""
    return {
        ziel.id: sorted(
            (i for i in indikatoren if ziel.id in i.leitziele),
            key=lambda i: i.leitziele[0] != ziel.id,
        )
        for ziel in leitziele
    }
