"""Bodies, sittings, resolutions, sub-goals and measures: loaded and checked against the catalogue."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from etl.errors import Mangel, suggestion
from etl.yamlfile import load_yaml, place
from indicators.model import Handlungsfeld, Indikator, Querschnittsthema
from indicators.model_agenda import (
    Beschluss,
    Geschaeftsordnung,
    Gremienplan,
    Gremium,
    Massnahme,
    Sitzung,
    Unterziel,
)

GREMIEN, SITZUNGEN, BESCHLUESSE, UNTERZIELE, MASSNAHMEN = (
    f"{name}.yaml" for name in ("gremien", "sitzungen", "beschluesse", "unterziele", "massnahmen")
)
GEGEN = {"hoeher_ist_besser": "senken", "niedriger_ist_besser": "erhoehen"}
T = TypeVar("T")
Ort = tuple[str | int, ...]


@dataclass(frozen=True)
class Planung:
    """Who works on the goals, what was decided, and what is done; empty parts are not yet told."""

    geschaeftsordnung: Geschaeftsordnung | None = None
    gremien: tuple[Gremium, ...] = ()
    sitzungen: tuple[Sitzung, ...] = ()
    beschluesse: tuple[Beschluss, ...] = ()
    unterziele: tuple[Unterziel, ...] = ()
    massnahmen: tuple[Massnahme, ...] = ()


@dataclass(frozen=True)
class Bekannt:
    """Everything that a file may refer to, by kind; `wort` is how a complaint calls it."""

    handlungsfelder: Mapping[str, Handlungsfeld]
    themen: Collection[str]
    indikatoren: Mapping[str, Indikator]
    gremien: Collection[str] = field(default=())

    @property
    def leitziele(self) -> list[str]:
        """Return the full ids of all Leitziele in Agenda order."""
        return [f"{hf.id}/{z.id}" for hf in self.handlungsfelder.values() for z in hf.leitziele]


def load_planung(
    folder: Path,
    handlungsfelder: Iterable[Handlungsfeld],
    themen: Iterable[Querschnittsthema],
    indikatoren: Mapping[str, Indikator],
) -> tuple[Planung, list[Mangel]]:
    """Load the five files of a folder, each of which may be missing, and find what is amiss.

    Raises:  DefinitionError for a file that is wrong in itself
    Returns: the Planung, and every name in it that nothing answers to
    """
    plan = load_yaml(folder / GREMIEN, Gremienplan) if (folder / GREMIEN).exists() else None
    planung = Planung(
        plan.geschaeftsordnung if plan else None,
        plan.gremien if plan else (),
        _list(folder / SITZUNGEN, tuple[Sitzung, ...]),
        _list(folder / BESCHLUESSE, tuple[Beschluss, ...]),
        _list(folder / UNTERZIELE, tuple[Unterziel, ...]),
        _list(folder / MASSNAHMEN, tuple[Massnahme, ...]),
    )
    known = Bekannt(
        {feld.id: feld for feld in handlungsfelder},
        [thema.id for thema in themen],
        indikatoren,
        [gremium.id for gremium in planung.gremien],
    )
    maengel = [
        Mangel(place(folder / file, *where), problem, remedy)
        for file, where, problem, remedy in _complaints(planung, known)
    ]
    return planung, maengel


def _list(path: Path, kind: type[T]) -> T:
    """Load a list that a small Agenda may do without."""
    return load_yaml(path, kind) if path.exists() else kind()


Klage = tuple[str, Ort, str, str]


def _complaints(planung: Planung, known: Bekannt) -> Iterator[Klage]:
    yield from _gremien(planung.gremien, known)
    for file, things in ((BESCHLUESSE, planung.beschluesse), (MASSNAHMEN, planung.massnahmen)):
        yield from _twice(file, (), [thing.id for thing in things])
    dated: tuple[tuple[str, Sequence[Sitzung | Beschluss]], ...] = (
        (SITZUNGEN, planung.sitzungen),
        (BESCHLUESSE, planung.beschluesse),
    )
    for file, events in dated:
        for n, thing in enumerate(events):
            yield from _unknown(file, (n, "gremium"), [thing.gremium], known.gremien, "Gremium")
            yield from _unknown(
                file, (n, "leitziele"), thing.leitziele, known.leitziele, "Leitziel"
            )
    for n, goal in enumerate(planung.unterziele):
        yield from _unknown(
            UNTERZIELE, (n, "leitziel"), [goal.leitziel], known.leitziele, "Leitziel"
        )
        yield from _unknown(
            UNTERZIELE, (n, "indikatoren"), goal.indikatoren, known.indikatoren, "Indikator"
        )
    for n, measure in enumerate(planung.massnahmen):
        yield from _massnahme(n, measure, known)


def _gremien(gremien: tuple[Gremium, ...], known: Bekannt) -> Iterator[Klage]:
    """Check the way: every field has one steering body, and it is called as in the Agenda."""
    at: Ort = ("gremien",)
    yield from _twice(GREMIEN, at, [gremium.id for gremium in gremien])
    for n, gremium in enumerate(gremien):
        where: Ort = (*at, n)
        yield from _unknown(
            GREMIEN, (*where, "berichtet_an"), gremium.berichtet_an, known.gremien, "Gremium"
        )
        if gremium.handlungsfeld is None:
            continue
        fields = known.handlungsfelder
        yield from _unknown(
            GREMIEN, (*where, "handlungsfeld"), [gremium.handlungsfeld], fields, "Handlungsfeld"
        )
        feld = fields.get(gremium.handlungsfeld)
        if feld is not None and feld.gremium != gremium.titel:
            problem = f"Das Handlungsfeld nennt dieses Gremium »{feld.gremium}«."
            yield GREMIEN, (*where, "titel"), problem, "In beiden Dateien gleich schreiben."
    served = [gremium.handlungsfeld for gremium in gremien]
    for feld in known.handlungsfelder.values() if gremien else ():
        if served.count(feld.id) != 1:
            problem = f"Für das Handlungsfeld »{feld.titel}« gibt es nicht genau ein Gremium."
            yield GREMIEN, at, problem, "Ein Gremium der Art »steuerung« eintragen."


def _massnahme(n: int, measure: Massnahme, known: Bekannt) -> Iterator[Klage]:
    yield from _unknown(
        MASSNAHMEN, (n, "leitziele"), measure.leitziele, known.leitziele, "Leitziel"
    )
    yield from _unknown(
        MASSNAHMEN,
        (n, "querschnittsthemen"),
        measure.querschnittsthemen,
        known.themen,
        "Querschnittsthema",
    )
    for m, effect in enumerate(measure.wirkungen):
        where: Ort = (n, "wirkungen", m, "indikator")
        yield from _unknown(MASSNAHMEN, where, [effect.indikator], known.indikatoren, "Indikator")
        indikator = known.indikatoren.get(effect.indikator)
        if indikator is not None and GEGEN.get(indikator.richtung) == effect.absicht:
            yield (
                MASSNAHMEN,
                (n, "wirkungen", m, "absicht"),
                f"»{measure.titel}« soll »{effect.indikator}« {_verb(effect.absicht)}; nach dem"
                " Katalog wäre das ungünstiger.",
                "Absicht oder Richtung des Indikators berichtigen.",
            )


def _verb(absicht: str) -> str:
    return {"erhoehen": "erhöhen"}.get(absicht, absicht)


def _twice(file: str, at: Ort, ids: list[str]) -> Iterator[Klage]:
    for n, id_ in enumerate(ids):
        if id_ in ids[:n]:
            problem = f"Die Kennung »{id_}« gibt es zweimal."
            yield file, (*at, n, "id"), problem, "Eine der beiden umbenennen."


def _unknown(
    file: str, where: Ort, names: Iterable[str], known: Iterable[str], what: str
) -> Iterator[Klage]:
    listed = list(known)
    article = "Den" if what == "Indikator" else "Das"
    for position, name in enumerate(names):
        if name not in listed:
            remedy = suggestion(name, listed, "Kennung aus der Liste der Agenda eintragen.")
            place_ = (
                where if where[-1] in {"gremium", "leitziel", "indikator"} else (*where, position)
            )
            yield file, place_, f"{article} {what} »{name}« gibt es nicht.", remedy
