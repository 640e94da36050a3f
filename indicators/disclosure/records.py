"""What disclosure control reports: suppressed cells, failed proofs, and what would help."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from indicators.disclosure.relations import Schluessel

# »quelle«: hidden by its publisher already. The kind is for planners; it is never published.
Art = Literal["primaer", "sekundaer", "quelle"]
Angriff = Literal["rueckrechnung", "einzelne", "frueher_gezeigt", "unloesbar", "widerspruch"]

ANGRIFFE: dict[Angriff, str] = {
    "rueckrechnung": "lässt sich aus den gezeigten Zahlen zu genau eingrenzen",
    "einzelne": "kann von einer Person ausgerechnet werden, die selbst der einzige Fall einer anderen"
    " gesperrten Zelle ist",
    "frueher_gezeigt": "steht offen in einer früheren Veröffentlichung",
    "widerspruch": "lässt sich nicht prüfen: Teile und Summe widersprechen sich",
    "unloesbar": "lässt sich nicht schützen, solange andere Zahlen gezeigt werden müssen",
}


@dataclass(frozen=True, slots=True)
class Sperrung:
    """A cell that is not shown, why, and what an attacker can derive of it."""

    schluessel: Schluessel
    art: Art
    unten: float | None = None
    oben: float | None = None


@dataclass(frozen=True, slots=True)
class Befund:
    """A cell that is not protected; with one of these nothing may be published.

    hilfe: cells that are held visible and would have to be withheld
    """

    schluessel: Schluessel
    angriff: Angriff
    unten: float | None = None
    oben: float | None = None
    hilfe: tuple[Schluessel, ...] = ()
    durch: Schluessel | None = None  # whose knowledge the singleton attack uses

    def text(self) -> str:
        """Return the finding in German: which cell, why, what would help. Never its value."""
        remedy = "Die Zahl selbst, ihre Summe oder deren andere Teile zurückhalten; oder gröber gliedern."
        if self.angriff == "frueher_gezeigt":
            remedy = (
                "Die frühere Veröffentlichung zurückziehen (»sozialmonitor release --withdraw«)."
            )
        elif self.angriff == "widerspruch":
            remedy = "Die Zellen der Quelle und ihre Summe vergleichen; vielleicht sperrt sie auch Nullen."
        elif self.hilfe:
            remedy = f"Es hilft, zurückzuhalten: {', '.join(map(name, self.hilfe[:5]))}."
        return f"{name(self.schluessel)} {ANGRIFFE[self.angriff]}. {remedy}"


@dataclass(frozen=True, slots=True)
class Bericht:
    """Everything about one run; the numbers of cells are what the page on methods may state."""

    zellen: int
    sperrungen: tuple[Sperrung, ...]
    befunde: tuple[Befund, ...]

    @property
    def bestanden(self) -> bool:
        """Say whether everything may be published."""
        return not self.befunde

    def anzahl(self, art: Art) -> int:
        """Return how many cells are suppressed for one reason."""
        return sum(s.art == art for s in self.sperrungen)

    def anteil(self, art: Art) -> float:
        """Return the same as a share of all cells; 0 where there are none."""
        return self.anzahl(art) / self.zellen if self.zellen else 0.0


def zusammen(berichte: Iterable[Bericht]) -> Bericht:
    """Join the reports of separate tables."""
    every = list(berichte)
    return Bericht(
        sum(b.zellen for b in every),
        tuple(s for b in every for s in b.sperrungen),
        tuple(f for b in every for f in b.befunde),
    )


def name(schluessel: Schluessel) -> str:
    """Return a cell's name as words."""
    if isinstance(schluessel, tuple):
        return " · ".join(name(part) for part in schluessel if part not in ("", None))
    return str(schluessel)
