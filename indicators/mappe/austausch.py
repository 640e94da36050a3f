"""From the workbook into the YAML files: the difference first, then all of it or nothing."""

import shutil
import tempfile
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from etl.errors import DefinitionError, Mangel
from etl.mandant import mandant
from etl.messgroessen import Messgroesse, load_messgroessen
from etl.yamlfile import maengel
from indicators.catalog import Katalog, load_katalog
from indicators.mappe import kennzeichen
from indicators.mappe.lesen import Mappe, lies
from indicators.mappe.schreiben import schreibe
from indicators.model_steuerung import Eintrag
from indicators.planung import LISTEN, Planung, bekannt, klagen, schluessel
from indicators.tausch import tausche
from indicators.yamlliste import umgeschrieben


@dataclass(frozen=True, slots=True)
class Unterschied:
    """What one entry, or the order of a list (`art` reihenfolge), would become.

    art: neu, geaendert, entfaellt, reihenfolge; felder: (name, before, after) of what changes
    """

    liste: str
    art: str
    eintrag: str
    felder: tuple[tuple[str, object, object], ...] = ()


@dataclass(frozen=True)
class Orte:
    """Where the Agenda and the catalogue lie; left out, those of the tenant."""

    agenda: Path = field(default_factory=lambda: mandant().agenda)
    catalog: Path = field(default_factory=lambda: mandant().katalog)
    messgroessen: Mapping[str, Messgroesse] | None = None

    def katalog(self, agenda: Path | None = None) -> Katalog:
        """Load everything; raises DefinitionError with what is wrong in the files."""
        measures = load_messgroessen() if self.messgroessen is None else self.messgroessen
        return load_katalog(measures, self.catalog, agenda or self.agenda)


@dataclass(frozen=True)
class Vorhaben:
    """An import that was checked and not yet done: the new lists, and what they change."""

    neu: Planung
    unterschiede: tuple[Unterschied, ...]


def exportiere(pfad: Path, orte: Orte) -> None:
    """Write the workbook of all lists; raises DeliveryError if the file is there already."""
    katalog = orte.katalog()
    known = bekannt(katalog.handlungsfelder, katalog.querschnittsthemen, katalog.indikatoren)
    names = known.namen(katalog.planung)
    shown = {word: names[word] for word in names if word != "Gebiet"}
    schreibe(pfad, katalog.planung, shown)


def pruefe(pfad: Path, orte: Orte) -> Vorhaben:
    """Read a workbook and compare it with the files, without changing anything.

    A list that was not touched in the workbook stays as it is in the files by now.
    Raises:  DefinitionError with sheet, row and column for whatever the YAML loader would refuse,
             and for a list that was changed in the workbook and in the files since the export
    """
    mappe, katalog = lies(pfad), orte.katalog()
    alt = katalog.planung
    lists = _geladen(mappe)
    neu = replace(alt, **lists)  # type: ignore[arg-type]
    known = bekannt(katalog.handlungsfelder, katalog.querschnittsthemen, katalog.indikatoren)
    found = [
        Mangel(mappe.ort(liste, where), problem, remedy)
        for liste, where, problem, remedy in klagen(neu, known)
        if liste in LISTEN
    ]
    if found:
        raise DefinitionError(found)
    kept = {name: alt.liste(name) for name in LISTEN if _unberuehrt(name, neu, mappe)}
    neu = replace(neu, **kept)  # type: ignore[arg-type]
    _ohne_streit(pfad, alt, neu, mappe)
    changes = [
        change for name in LISTEN for change in unterschiede(name, alt.liste(name), neu.liste(name))
    ]
    return Vorhaben(neu, tuple(changes))


def uebernimm(vorhaben: Vorhaben, orte: Orte) -> list[Path]:
    """Write the changed lists; returns the files. All of them, or none if one cannot be written.

    Raises:  DefinitionError if the files went on since `pruefe` and would not load as intended
    """
    touched = sorted({change.liste for change in vorhaben.unterschiede})
    now = orte.katalog().planung
    texts: dict[str, bytes] = {}
    for name in touched:
        path = orte.agenda / f"{name}.yaml"
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        after = umgeschrieben(before, now.liste(name), vorhaben.neu.liste(name), schluessel(name))
        texts[path.name] = after.encode()
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / "agenda"
        shutil.copytree(orte.agenda, trial)
        for file, text in texts.items():
            (trial / file).write_bytes(text)
        if orte.katalog(trial).planung != vorhaben.neu:
            problem = "Die Dateien haben sich während des Imports geändert."
            raise DefinitionError.at(orte.agenda, problem, "Den Import noch einmal beginnen.")
    if texts:
        tausche(orte.agenda, texts)
    return [orte.agenda / file for file in texts]


def _geladen(mappe: Mappe) -> dict[str, tuple[Eintrag, ...]]:
    """Load all lists as strictly as from YAML, and collect what is wrong in any of them."""
    lists: dict[str, tuple[Eintrag, ...]] = {}
    found: list[Mangel] = []
    for name, modell in LISTEN.items():
        kind = tuple[modell, ...]  # type: ignore[valid-type]
        try:
            lists[name] = TypeAdapter(kind).validate_python(mappe.eintraege[name])
        except ValidationError as error:
            found += maengel(error, kind, lambda where, name=name: mappe.ort(name, where))  # type: ignore[misc]
    if found:
        raise DefinitionError(found)
    return lists


def _unberuehrt(name: str, neu: Planung, mappe: Mappe) -> bool:
    return kennzeichen(neu.liste(name)) == mappe.stand.get(name)


def _ohne_streit(pfad: Path, alt: Planung, neu: Planung, mappe: Mappe) -> None:
    """Refuse to take back what somebody else wrote into the files since the export."""
    found = [
        Mangel(
            f"{pfad.name}, {name}.yaml",
            "Diese Liste hat sich seit dem Export auch in der YAML-Datei geändert.",
            "Neu exportieren und die eigene Änderung dort noch einmal eintragen.",
        )
        for name in LISTEN
        if neu.liste(name) != alt.liste(name)
        and kennzeichen(alt.liste(name)) != mappe.stand.get(name)
    ]
    if found:
        raise DefinitionError(found)


def unterschiede(
    liste: str, alt: Sequence[Eintrag], neu: Sequence[Eintrag]
) -> Iterator[Unterschied]:
    """Yield what has to happen to make the one list the other."""
    key = schluessel(liste)
    before, after = {key(e): e for e in alt}, {key(e): e for e in neu}
    for name, entry in after.items():
        old = before.get(name)
        if old is None:
            fields = [(field, None, value) for field, value in entry if value not in (None, ())]
            yield Unterschied(liste, "neu", _name(name), tuple(fields))
        elif old != entry:
            fields = [(f, getattr(old, f), value) for f, value in entry if getattr(old, f) != value]
            yield Unterschied(liste, "geaendert", _name(name), tuple(fields))
    for name, entry in before.items():
        if name not in after:
            fields = [(field, value, None) for field, value in entry if value not in (None, ())]
            yield Unterschied(liste, "entfaellt", _name(name), tuple(fields))
    stay = [name for name in before if name in after]
    if stay != [name for name in after if name in before]:
        yield Unterschied(liste, "reihenfolge", "")


def _name(key: Hashable) -> str:
    return ", ".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
