"""What the planning files say: loaded and checked against the Agenda and the catalogue."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from etl.errors import Mangel, suggestion
from etl.gebiete import Gebiete
from etl.yamlfile import load_yaml, place
from etl.zeit import erkenne_zeit
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
from indicators.model_steuerung import (
    Eintrag,
    Fachnotiz,
    Geldbetrag,
    Handlungsempfehlung,
    Planungsauftrag,
    Zielwert,
)
from indicators.tausch import verlange_fertig

GREMIEN = "gremien"
# Every list of the Agenda by the name of its file, in the order of the workbook.
LISTEN: Mapping[str, type[Eintrag]] = {
    "massnahmen": Massnahme,
    "unterziele": Unterziel,
    "zielwerte": Zielwert,
    "planungsauftraege": Planungsauftrag,
    "handlungsempfehlungen": Handlungsempfehlung,
    "beschluesse": Beschluss,
    "sitzungen": Sitzung,
    "geld": Geldbetrag,
    "fachnotizen": Fachnotiz,
}
# What makes an entry the same one where it has no id.
OHNE_ID = {
    "unterziele": ("leitziel", "text"),
    "zielwerte": ("indikator", "jahr"),
    "sitzungen": ("gremium", "datum", "titel"),
}
# Which fields name something that must exist, and what.
VERWEISE: Mapping[str, str] = {
    "leitziel": "Leitziel",
    "leitziele": "Leitziel",
    "querschnittsthemen": "Querschnittsthema",
    "indikator": "Indikator",
    "indikatoren": "Indikator",
    "aus_indikator": "Indikator",
    "gremium": "Gremium",
    "beschluss": "Beschluss",
    "handlungsfeld": "Handlungsfeld",
    "handlungsfelder": "Handlungsfeld",
    "gebiet": "Gebiet",
}
ZWEIMAL = "Eine der beiden umbenennen."
GEGEN = {"hoeher_ist_besser": "senken", "niedriger_ist_besser": "erhoehen"}
T = TypeVar("T")
Ort = tuple[str | int, ...]
Klage = tuple[str, Ort, str, str]  # list, place in it, problem, remedy


@dataclass(frozen=True)
class Planung:
    """Who works on the goals, what was decided, and what is done; empty parts are not yet told."""

    geschaeftsordnung: Geschaeftsordnung | None = None
    gremien: tuple[Gremium, ...] = ()
    massnahmen: tuple[Massnahme, ...] = ()
    unterziele: tuple[Unterziel, ...] = ()
    zielwerte: tuple[Zielwert, ...] = ()
    planungsauftraege: tuple[Planungsauftrag, ...] = ()
    handlungsempfehlungen: tuple[Handlungsempfehlung, ...] = ()
    beschluesse: tuple[Beschluss, ...] = ()
    sitzungen: tuple[Sitzung, ...] = ()
    geld: tuple[Geldbetrag, ...] = ()
    fachnotizen: tuple[Fachnotiz, ...] = ()

    def liste(self, name: str) -> tuple[Eintrag, ...]:
        """Return the entries of one of LISTEN."""
        entries: tuple[Eintrag, ...] = getattr(self, name)
        return entries


@dataclass(frozen=True)
class Bekannt:
    """Everything that a file may refer to, by kind."""

    handlungsfelder: Mapping[str, Handlungsfeld]
    themen: Collection[str]
    indikatoren: Mapping[str, Indikator]
    gebiete: Collection[str] = field(default_factory=lambda: Gebiete().names)

    def namen(self, planung: Planung) -> dict[str, Collection[str]]:
        """Return all names that may be written, by the word for what they name."""
        return {
            "Leitziel": [
                f"{hf.id}/{z.id}" for hf in self.handlungsfelder.values() for z in hf.leitziele
            ],
            "Handlungsfeld": self.handlungsfelder,
            "Querschnittsthema": self.themen,
            "Indikator": self.indikatoren,
            "Gremium": [gremium.id for gremium in planung.gremien],
            "Beschluss": [beschluss.id for beschluss in planung.beschluesse],
            "Gebiet": self.gebiete,
        }


def bekannt(
    handlungsfelder: Iterable[Handlungsfeld],
    themen: Iterable[Querschnittsthema],
    indikatoren: Mapping[str, Indikator],
) -> Bekannt:
    """Collect what the files may refer to."""
    return Bekannt({feld.id: feld for feld in handlungsfelder}, [t.id for t in themen], indikatoren)


def load_planung(folder: Path, known: Bekannt) -> tuple[Planung, list[Mangel]]:
    """Load the files of a folder, each of which may be missing, and find what is amiss.

    Raises:  DefinitionError for a file that is wrong in itself, or while an import is unfinished
    Returns: the Planung, and every name in it that nothing answers to
    """
    verlange_fertig(folder)
    plan = _load(folder, GREMIEN, Gremienplan)
    planung = Planung(
        plan.geschaeftsordnung if plan else None,
        plan.gremien if plan else (),
        **{name: _load(folder, name, tuple[kind, ...]) or () for name, kind in LISTEN.items()},  # type: ignore[valid-type]
    )
    maengel = [
        Mangel(place(folder / f"{name}.yaml", *where), problem, remedy)
        for name, where, problem, remedy in klagen(planung, known)
    ]
    return planung, maengel


def _load(folder: Path, name: str, kind: type[T]) -> T | None:
    """Load a file that a small Agenda may do without."""
    path = folder / f"{name}.yaml"
    return load_yaml(path, kind) if path.exists() else None


def klagen(planung: Planung, known: Bekannt) -> Iterator[Klage]:
    """Find what only shows up between files: names nobody answers to, ids used twice."""
    names = known.namen(planung)
    yield from _gremien(planung.gremien, known, names)
    for name in LISTEN:
        entries = planung.liste(name)
        yield from _twice(name, (), [schluessel(name)(entry) for entry in entries])
        for n, entry in enumerate(entries):
            yield from _verweise(name, (n,), entry, names)
    for n, measure in enumerate(planung.massnahmen):
        yield from _gegen_die_richtung(n, measure, known.indikatoren)
    for n, note in enumerate(planung.fachnotizen):
        yield from _zeit(n, note)


def _verweise(
    name: str, at: Ort, entry: Eintrag, names: Mapping[str, Collection[str]]
) -> Iterator[Klage]:
    """Check every name in an entry and in the entries below it."""
    for key, value in entry:
        if key in VERWEISE and value is not None:
            many = isinstance(value, tuple)
            for position, word in enumerate(value if many else (value,)):
                where: Ort = (*at, key, position) if many else (*at, key)
                yield from _unknown(name, where, str(word), names[VERWEISE[key]], VERWEISE[key])
        elif isinstance(value, tuple):
            for position, below in enumerate(value):
                if isinstance(below, Eintrag):
                    yield from _verweise(name, (*at, key, position), below, names)


def _gremien(
    gremien: tuple[Gremium, ...], known: Bekannt, names: Mapping[str, Collection[str]]
) -> Iterator[Klage]:
    """Check the way: every field has one steering body, and it is called as in the Agenda."""
    at: Ort = ("gremien",)
    yield from _twice(GREMIEN, at, [(gremium.id,) for gremium in gremien])
    for n, gremium in enumerate(gremien):
        where: Ort = (*at, n)
        for position, above in enumerate(gremium.berichtet_an):
            spot: Ort = (*where, "berichtet_an", position)
            yield from _unknown(GREMIEN, spot, above, names["Gremium"], "Gremium")
        if gremium.handlungsfeld is None:
            continue
        fields = known.handlungsfelder
        spot = (*where, "handlungsfeld")
        yield from _unknown(GREMIEN, spot, gremium.handlungsfeld, fields, "Handlungsfeld")
        feld = fields.get(gremium.handlungsfeld)
        if feld is not None and feld.gremium != gremium.titel:
            problem = f"Das Handlungsfeld nennt dieses Gremium »{feld.gremium}«."
            yield GREMIEN, (*where, "titel"), problem, "In beiden Dateien gleich schreiben."
    served = [gremium.handlungsfeld for gremium in gremien]
    for feld in known.handlungsfelder.values() if gremien else ():
        if served.count(feld.id) != 1:
            problem = f"Für das Handlungsfeld »{feld.titel}« gibt es nicht genau ein Gremium."
            yield GREMIEN, at, problem, "Ein Gremium der Art »steuerung« eintragen."


def _gegen_die_richtung(
    n: int, measure: Massnahme, indikatoren: Mapping[str, Indikator]
) -> Iterator[Klage]:
    for m, effect in enumerate(measure.wirkungen):
        indikator = indikatoren.get(effect.indikator)
        if indikator is not None and GEGEN.get(indikator.richtung) == effect.absicht:
            yield (
                "massnahmen",
                (n, "wirkungen", m, "absicht"),
                f"»{measure.titel}« soll »{effect.indikator}« {_verb(effect.absicht)}; nach dem"
                " Katalog wäre das ungünstiger.",
                "Absicht oder Richtung des Indikators berichtigen.",
            )


def _zeit(n: int, note: Fachnotiz) -> Iterator[Klage]:
    if note.zeit is not None:
        try:
            erkenne_zeit(note.zeit)
        except ValueError:
            problem = f"»{note.zeit}« ist keine Zeit."
            yield (
                "fachnotizen",
                (n, "zeit"),
                problem,
                "Wie 2024, 2024-12-31 oder 2023/24 schreiben.",
            )


def _verb(absicht: str) -> str:
    return {"erhoehen": "erhöhen"}.get(absicht, absicht)


def schluessel(name: str) -> Callable[[Eintrag], tuple[object, ...]]:
    """Return what makes an entry of a list the same one before and after a change."""
    fields = OHNE_ID.get(name, ("id",))
    return lambda entry: tuple(getattr(entry, field) for field in fields)


def _twice(name: str, at: Ort, keys: Sequence[tuple[object, ...]]) -> Iterator[Klage]:
    for n, key in enumerate(keys):
        if key in keys[:n]:
            word = f"»{', '.join(str(part) for part in key)}«"
            what = "Den Eintrag" if name in OHNE_ID else "Die Kennung"
            field = OHNE_ID.get(name, ("id",))[0]
            yield name, (*at, n, field), f"{what} {word} gibt es zweimal.", ZWEIMAL


def _unknown(
    name: str, where: Ort, word: str, known: Collection[str], what: str
) -> Iterator[Klage]:
    if word not in known:
        remedy = suggestion(word, known, "Kennung aus der Liste der Agenda eintragen.")
        article = "Den" if what in {"Indikator", "Beschluss"} else "Das"
        yield name, where, f"{article} {what} »{word}« gibt es nicht.", remedy
