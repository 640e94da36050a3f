"""The catalogue: one YAML file per indicator, checked against the Agenda and the Messgrößen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import filter as matching
from pathlib import Path
from typing import TypeVar

from etl.errors import DefinitionError, Mangel, suggestion
from etl.mandant import mandant
from etl.messgroessen import Messgroesse
from etl.yamlfile import load_yaml, place
from indicators.model import (
    Bruch,
    Handlungsfeld,
    Indikator,
    Leitziel,
    Operand,
    Querschnittsthema,
)
from indicators.planung import Planung, bekannt, load_planung

T = TypeVar("T")

QUERSCHNITT = "querschnitt"
BREAKS = "brueche.yaml"
PARTS = ("zaehler", "nenner", "wert")


@dataclass(frozen=True)
class Katalog:
    """The Agenda with everything that measures it; `dateien` names each indicator's file."""

    handlungsfelder: tuple[Handlungsfeld, ...]
    querschnittsthemen: tuple[Querschnittsthema, ...]
    indikatoren: dict[str, Indikator]
    dateien: dict[str, Path]
    brueche: tuple[Bruch, ...] = ()
    messgroessen: Mapping[str, Messgroesse] = field(default_factory=dict)
    planung: Planung = field(default_factory=Planung)

    @property
    def leitziele(self) -> dict[str, Leitziel]:
        """Return every Leitziel by its full id, `handlungsfeld/leitziel`, in Agenda order."""
        return {f"{hf.id}/{lz.id}": lz for hf in self.handlungsfelder for lz in hf.leitziele}

    def ohne_indikator(self) -> list[str]:
        """Return the ids of the Leitziele that no indicator measures."""
        measured = {ziel for indikator in self.indikatoren.values() for ziel in indikator.leitziele}
        return [ziel for ziel in self.leitziele if ziel not in measured]


def load_katalog(
    messgroessen: Mapping[str, Messgroesse],
    catalog: Path | None = None,
    agenda: Path | None = None,
) -> Katalog:
    """Load the Agenda and all indicators in Agenda order; folders left out are the tenant's.

    Raises:  DefinitionError with every defect: file, line, field, remedy
    """
    catalog, agenda = catalog or mandant().katalog, agenda or mandant().agenda
    handlungsfelder = load_yaml(agenda / "handlungsfelder.yaml", tuple[Handlungsfeld, ...])
    themen = load_yaml(agenda / "querschnittsthemen.yaml", tuple[Querschnittsthema, ...])
    files = sorted(catalog.glob("*/*.yaml"))
    indikatoren, maengel = _load_all(files)
    known = set(messgroessen)
    katalog = _in_agenda_order(handlungsfelder, themen, indikatoren)
    known_words = bekannt(handlungsfelder, themen, katalog.indikatoren)
    planung, unplanned = load_planung(agenda, known_words)
    katalog = replace(
        katalog,
        brueche=_list(catalog / BREAKS, tuple[Bruch, ...]),
        messgroessen=messgroessen,
        planung=planung,
    )
    maengel += unplanned
    maengel += _dangling(katalog, known)
    maengel += _pointless(katalog, known, catalog / BREAKS)
    maengel += _core(katalog, agenda / "handlungsfelder.yaml")
    maengel += [
        Mangel(
            place(agenda / "handlungsfelder.yaml"),
            f"Das Leitziel »{katalog.leitziele[ziel].titel}« hat weder Indikator noch Begründung.",
            "Einen Indikator anlegen oder unter »luecke« sagen, warum es keinen gibt.",
        )
        for ziel in katalog.ohne_indikator()
        if not katalog.leitziele[ziel].luecke
    ]
    if maengel:
        raise DefinitionError(maengel)
    return katalog


def _load_all(files: Iterable[Path]) -> tuple[dict[Path, Indikator], list[Mangel]]:
    """Load every file, collecting the defects of all of them before complaining."""
    indikatoren: dict[Path, Indikator] = {}
    maengel: list[Mangel] = []
    seen: dict[str, Path] = {}
    for file in files:
        if file.stem in seen:
            problem = f"Den Indikator »{file.stem}« gibt es schon in {seen[file.stem]}."
            maengel.append(Mangel(str(file), problem, "Eine der beiden Dateien umbenennen."))
        seen[file.stem] = file
        try:
            indikatoren[file] = load_yaml(file, Indikator)
        except DefinitionError as error:
            maengel.extend(error.maengel)
    return indikatoren, maengel


def _in_agenda_order(
    handlungsfelder: tuple[Handlungsfeld, ...],
    themen: tuple[Querschnittsthema, ...],
    indikatoren: Mapping[Path, Indikator],
) -> Katalog:
    order = [f"{hf.id}/{lz.id}" for hf in handlungsfelder for lz in hf.leitziele]

    def position(item: tuple[Path, Indikator]) -> tuple[int, str]:
        main = item[1].leitziele[0] if item[1].leitziele else ""
        return (order.index(main) if main in order else len(order), item[0].stem)

    pairs = sorted(indikatoren.items(), key=position)
    return Katalog(
        handlungsfelder,
        themen,
        {file.stem: indikator for file, indikator in pairs},
        {file.stem: file for file, _ in pairs},
    )


def _dangling(katalog: Katalog, messgroessen: set[str]) -> list[Mangel]:
    """Find names in indicator files that nothing answers to, and files in the wrong folder."""
    themen = {thema.id for thema in katalog.querschnittsthemen}
    maengel: list[Mangel] = []
    for id_, indikator in katalog.indikatoren.items():
        file = katalog.dateien[id_]
        names = [
            *_unknown(indikator.leitziele, katalog.leitziele, "leitziele", "Leitziel"),
            *_unknown(
                indikator.querschnittsthemen, themen, "querschnittsthemen", "Querschnittsthema"
            ),
            *_unknown(indikator.angebot_fuer, katalog.indikatoren, "angebot_fuer", "Indikator"),
            *_unknown_operands(indikator, messgroessen),
        ]
        maengel += [
            Mangel(place(file, *where), problem, remedy) for where, problem, remedy in names
        ]
        folder = indikator.leitziele[0].partition("/")[0] if indikator.leitziele else QUERSCHNITT
        if file.parent.name != folder:
            problem = f"Die Datei liegt in »{file.parent.name}«, gehört aber zu »{folder}«."
            maengel.append(
                Mangel(place(file, "leitziele"), problem, f"Nach {folder}/ verschieben.")
            )
    return maengel


def _list(path: Path, kind: type[T]) -> T:
    """Load a list that a small catalogue may do without."""
    return load_yaml(path, kind) if path.exists() else kind()


def _pointless(katalog: Katalog, messgroessen: set[str], breaks: Path) -> Iterator[Mangel]:
    """Find breaks that touch no Messgröße."""
    for position, bruch in enumerate(katalog.brueche):
        for name in bruch.messgroessen:
            if not matching(messgroessen, name):
                remedy = suggestion(name, messgroessen, "In etl/messgroessen.yaml nachsehen.")
                problem = f"Der Bruch »{bruch.titel}« nennt »{name}«; so heißt keine Messgröße."
                yield Mangel(place(breaks, position, "messgroessen"), problem, remedy)


def _core(katalog: Katalog, file: Path) -> Iterator[Mangel]:
    """Find core indicators that do not exist or belong to another Leitziel."""
    for n, feld in enumerate(katalog.handlungsfelder):
        for m, ziel in enumerate(feld.leitziele):
            key = f"{feld.id}/{ziel.id}"
            own = [id_ for id_, i in katalog.indikatoren.items() if key in i.leitziele]
            for position, id_ in enumerate(ziel.kern):
                if id_ not in own:
                    problem = f"Der Kernindikator »{id_}« gehört nicht zum Leitziel {ziel.nr}."
                    remedy = suggestion(id_, own, "Im Indikator unter »leitziele« eintragen.")
                    where = place(file, n, "leitziele", m, "kern", position)
                    yield Mangel(where, problem, remedy)


Complaint = tuple[tuple[str | int, ...], str, str]


def _unknown(
    names: Iterable[str], known: Iterable[str], field: str, what: str
) -> Iterator[Complaint]:
    listed = list(known)
    for position, name in enumerate(names):
        if name not in listed:
            remedy = suggestion(
                name, listed, "Bekannt sind die Kennungen im Katalog und der Agenda."
            )
            article = "Den" if what == "Indikator" else "Das"
            yield (field, position), f"{article} {what} »{name}« gibt es nicht.", remedy


def _unknown_operands(indikator: Indikator, messgroessen: set[str]) -> Iterator[Complaint]:
    for part in (*PARTS, "vorausberechnung"):
        operand: Operand | None = getattr(indikator, part)
        if operand and operand.messgroesse not in messgroessen:
            yield (
                (part, "messgroesse"),
                f"Die Messgröße »{operand.messgroesse}« ist nicht erklärt.",
                suggestion(
                    operand.messgroesse, messgroessen, "In etl/messgroessen.yaml eintragen."
                ),
            )
