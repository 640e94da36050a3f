"""Where a goal stands: its indicators sorted by what can be said of them for the Kreis."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dashboard import format as f
from indicators.records import Bewertung, Indikator
from indicators.records_stand import Aenderung

# A statement that was reached; everything else is a reason why there is none.
BEURTEILT = ("verbessert", "verschlechtert", "gestiegen", "gesunken", "stabil", "unklar")
ZEICHEN = {
    "verbessert": "◆",
    "verschlechtert": "◇",
    "bewegt": "▲▼",
    "ruhig": "●",
    "offen": "○",
    "angefordert": "◌",
}
WOERTER = {
    "verbessert": "verbessert",
    "verschlechtert": "verschlechtert",
    "bewegt": "gestiegen oder gesunken (ohne Wertung)",
    "ruhig": "ohne eindeutige Veränderung",
    "offen": "noch keine Aussage möglich",
    "angefordert": "Daten angefordert",
}
KERN = 3
VORSCHLAG = "Vorschlag"  # how `richtung_durch` begins as long as no body has confirmed it
AENDERUNGEN = {
    "indikator": "neu aufgenommen",
    "neu": "neue Zeiträume",
    "revision": "berichtigte Werte",
    "aussage": "andere Aussage",
    "verschwunden": "nicht mehr geliefert",
}
REIHENFOLGE = ("ergebnis", "ergebnisnah", "proxy", "angebot", "kontext")


@dataclass(frozen=True, slots=True)
class Lage:
    """The indicators of a goal by statement; `offen` are those of which nothing can be said yet.

    angefordert: those that are defined and have no data at all
    """

    verbessert: tuple[Indikator, ...]
    verschlechtert: tuple[Indikator, ...]
    bewegt: tuple[Indikator, ...]
    ruhig: tuple[Indikator, ...]
    offen: tuple[Indikator, ...]
    angefordert: tuple[Indikator, ...]

    @property
    def beurteilt(self) -> list[Indikator]:
        """Return those that a statement was reached on, outcomes first."""
        known = [*self.verbessert, *self.verschlechtert, *self.bewegt, *self.ruhig]
        return sorted(known, key=lambda i: REIHENFOLGE.index(i.typ))

    @property
    def zahlen(self) -> list[tuple[str, int]]:
        """Return how many indicators stand in each group, empty groups left out."""
        return [(name, n) for name in WOERTER if (n := len(getattr(self, name)))]


def lage(indikatoren: Sequence[Indikator], bewertungen: Mapping[str, Bewertung]) -> Lage:
    """Sort the indicators of a goal by what is said of the Kreis."""
    groups: dict[str, list[Indikator]] = {name: [] for name in WOERTER}
    for indikator in indikatoren:
        name = _gruppe(bewertungen.get(indikator.id)) if indikator.ebenen else "angefordert"
        groups[name].append(indikator)
    return Lage(**{name: tuple(found) for name, found in groups.items()})


def kern(ids: Sequence[str], indikatoren: Sequence[Indikator], found: Lage) -> list[Indikator]:
    """Return the indicators that stand for a goal, in their order; without any, the first judged."""
    known = {i.id: i for i in indikatoren if i.ebenen}
    return [known[id_] for id_ in ids if id_ in known] or found.beurteilt[:KERN]


def _gruppe(b: Bewertung | None) -> str:
    if b is None or b.status != "vorhanden" or b.aussage not in BEURTEILT:
        return "offen"
    if b.aussage in {"verbessert", "verschlechtert"}:
        return b.aussage
    return "bewegt" if b.aussage in {"gestiegen", "gesunken"} else "ruhig"


def in_worten(found: Lage) -> str:
    """Return the state of a goal as one line: »2 verbessert, 1 verschlechtert, 4 offen«."""
    parts = [f"{f.zahl(n)} {WOERTER[name]}" for name, n in found.zahlen]
    return ", ".join(parts) or "kein Indikator"


def was_wir_wissen(found: Lage, wo: str) -> str:
    """Say for how many indicators the direction could be tested, and what came out for each."""
    total = len(found.beurteilt) + len(found.offen)
    parts = [
        f"{word}: {_namen(group)}"
        for word, group in (
            ("verschlechtert", found.verschlechtert),
            ("verbessert", found.verbessert),
            ("gestiegen oder gesunken, ohne Wertung", found.bewegt),
            ("ohne eindeutige Veränderung", found.ruhig),
        )
        if group
    ]
    tail = f" {'; '.join(parts)}." if parts else ""
    asked = len(found.angefordert)
    if asked:
        more = f.anzahl(asked, "weiterer ist", "weitere sind")
        tail += f" {more} erklärt, die Daten dafür sind angefordert."
    if not total:
        return f"Was wir wissen: Noch liegen keine Zahlen vor.{tail}"
    judged = len(found.beurteilt)
    which = f"{f.zahl(judged)} von {f.anzahl(total, 'Indikator', 'Indikatoren')}"
    return (
        f"Was wir wissen: Für {which if judged else 'keinen Indikator'} reichen die Daten, um die"
        f" Richtung {wo} zu prüfen.{tail[:1]}{tail[1:2].upper()}{tail[2:]}"
    )


def _namen(group: Sequence[Indikator], most: int = 4) -> str:
    names = [i.kurztitel for i in group[:most]]
    more = len(group) - len(names)
    return ", ".join(names) + (f" und {f.zahl(more)} weitere" if more else "")


def was_neu_ist(aenderungen: Sequence[Aenderung], indikatoren: Sequence[Indikator]) -> str:
    """Say what the newest Datenstand changed for these indicators."""
    names = {i.id: i for i in indikatoren}
    own = [a for a in aenderungen if a.indikator in names]
    parts = [
        f"{title}: {_namen(list({a.indikator: names[a.indikator] for a in own if a.art == art}.values()))}"
        for art, title in AENDERUNGEN.items()
        if any(a.art == art for a in own)
    ]
    what = "; ".join(parts) or "seit dem letzten Datenstand nichts"
    return f"Was sich geändert hat: {what}."


def was_offen_ist(ziele: Mapping[str, Sequence[Indikator]], mit_zielwert: Collection[str]) -> str:
    """Say what the steering body still has to decide: targets and directions.

    ziele: the indicators of each Leitziel; mit_zielwert: indicators that have a target
    """
    own = {i.id: i for indikatoren in ziele.values() for i in indikatoren}
    without = [z for z, rows in ziele.items() if not any(i.id in mit_zielwert for i in rows)]
    proposed = sum(i.richtung_durch.startswith(VORSCHLAG) for i in own.values())
    if len(without) == len(ziele):
        goals = f"die {f.zahl(len(ziele))} Leitziele"
    else:
        goals = f"{f.zahl(len(without))} von {f.zahl(len(ziele))} Leitzielen"
    parts = [f"Für {goals} ist noch kein Zielwert beschlossen"] if without else []
    if proposed:
        head = "bei" if parts else "Bei"
        whose = f.anzahl(proposed, "Indikator", "Indikatoren")
        parts.append(
            f"{head} {whose} ist die Richtung ein Vorschlag der Projektgruppe, den das Gremium"
            " bestätigen muss"
        )
    what = "; ".join(parts) or "Zielwerte und Richtungen stehen fest"
    return f"Was zu entscheiden ist: {what}."
