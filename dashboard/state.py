"""What a visitor has chosen ↔ the query of the address; unknown values are dropped, never guessed."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode

from indicators.records import GESAMT, Gruppe

HOECHSTENS = 8  # more lines than this cannot be told apart
GEMEINDEN = "gemeinde"
KACHELN, GEGLAETTET = "kacheln", "geglaettet"  # the other ways to draw the map
JAHR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Auswahl:
    """The choice on an indicator page; an empty field means the page's own default."""

    gebiete: tuple[str, ...] = ()
    von: int | None = None
    bis: int | None = None
    gruppe: str = ""
    zeit: str = ""
    ansicht: str = ""
    karte: str = ""
    mit: str = ""

    def query(self) -> str:
        """Return the query with its question mark, or nothing if nothing was chosen."""
        parts = {
            "gebiete": ",".join(self.gebiete),
            "von": "" if self.von is None else str(self.von),
            "bis": "" if self.bis is None else str(self.bis),
            "gruppe": self.gruppe,
            "zeit": self.zeit,
            "ansicht": self.ansicht,
            "karte": self.karte,
            "mit": self.mit,
        }
        chosen = {name: text for name, text in parts.items() if text}
        return f"?{urlencode(chosen, safe=',/')}" if chosen else ""


@dataclass(frozen=True, slots=True)
class Moeglich:
    """What may be chosen on one page; the address is checked against it."""

    gebiete: dict[str, str] = field(default_factory=dict)  # key → level
    jahre: Collection[int] = ()
    gruppen: dict[str, Gruppe] = field(default_factory=dict)
    zeiten: dict[str, Sequence[str]] = field(default_factory=dict)  # ansicht → periods
    mit: Collection[str] = ()  # indicators that this one can be laid beside

    def ebenen(self) -> dict[str, list[str]]:
        """Return the areas of each level."""
        levels: dict[str, list[str]] = {}
        for key, level in self.gebiete.items():
            levels.setdefault(level, []).append(key)
        return levels

    @property
    def ansichten(self) -> tuple[str, ...]:
        """Return the levels that can be compared, the usual one first."""
        return tuple(self.zeiten)


def lies(query: str, moeglich: Moeglich) -> tuple[Auswahl, list[str]]:
    """Read a query.

    Returns: the choice, and one German sentence for every part that had to be ignored
    """
    given = {name: texts[0] for name, texts in parse_qs(query.lstrip("?")).items()}
    gebiete, ignored = _areas(given.get("gebiete", ""), moeglich)
    years = {name: _year(given.get(name, ""), moeglich) for name in ("von", "bis")}
    ignored += [
        f"Das Jahr »{given[name]}« gibt es in dieser Reihe nicht."
        for name, year in years.items()
        if year is None and given.get(name)
    ]
    von, bis = years["von"], years["bis"]
    if von is not None and bis is not None and von > bis:
        von, bis = bis, von
    gruppe = given.get("gruppe", "")
    if gruppe and gruppe not in moeglich.gruppen:
        ignored.append(f"Die Gruppe »{gruppe}« gibt es hier nicht.")
        gruppe = ""
    ansicht = given.get("ansicht", "")
    if ansicht and ansicht not in moeglich.zeiten:
        ignored.append(f"Die Ansicht »{ansicht}« gibt es hier nicht.")
        ansicht = ""
    shown = ansicht or next(iter(moeglich.zeiten), "")
    zeit = given.get("zeit", "")
    if zeit and zeit not in moeglich.zeiten.get(shown, ()):
        ignored.append(f"Für »{zeit}« liegt kein Vergleich vor; gezeigt wird der jüngste Stand.")
        zeit = ""
    karte, mit = given.get("karte", ""), given.get("mit", "")
    if karte and karte not in (KACHELN, GEGLAETTET):
        ignored.append(f"Die Darstellung »{karte}« gibt es hier nicht.")
        karte = ""
    if mit and mit not in moeglich.mit:
        ignored.append(f"Mit dem Indikator »{mit}« lässt sich dieser hier nicht vergleichen.")
        mit = ""
    return Auswahl(gebiete, von, bis, gruppe, zeit, ansicht, karte, mit), ignored


def _areas(text: str, moeglich: Moeglich) -> tuple[tuple[str, ...], list[str]]:
    wanted = list(dict.fromkeys(key for key in text.split(",") if key))
    known = [key for key in wanted if key in moeglich.gebiete]
    ignored = [f"Ein Gebiet »{key}« gibt es hier nicht." for key in wanted if key not in known]
    if len(known) > HOECHSTENS:
        ignored.append(f"Gezeigt werden höchstens {HOECHSTENS} Gemeinden.")
    return tuple(known[:HOECHSTENS]), ignored


def _year(text: str, moeglich: Moeglich) -> int | None:
    year = int(text) if JAHR.fullmatch(text) else None
    return year if year in moeglich.jahre else None


def gruppen_namen(gruppen: Sequence[Gruppe]) -> dict[str, Gruppe]:
    """Return short names for the address, one for each group except the total."""
    return {
        re.sub(r"\W+", "-", "_".join(filter(None, gruppe))).strip("-").lower(): gruppe
        for gruppe in gruppen
        if gruppe != GESAMT
    }
