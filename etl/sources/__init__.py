"""Sources: which cells of a published table are which Messgröße, one YAML file per table.

A delivery names its source in `zuordnung:` of its `.quelle.yaml`. A pattern may hold `*` for any
text; what a rule does not mention must be a total, so that no part is taken for the whole.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from etl.errors import DefinitionError, Mangel, suggestion
from etl.fetch.abruf import Abruf
from etl.mandant import mandant
from etl.symbols import GESCHLECHTER, NATIONALITAETEN
from etl.yamlfile import Strict, load_yaml, place
from etl.zeit import Zeitbezug

HERE = Path(__file__).parent

Basis = Literal["", "vz1970", "vz1987", "zensus2011", "zensus2022", "unbekannt"]
Guete = Literal[
    "endgueltig", "revidiert", "gerundet", "eingeschraenkt", "vorlaeufig", "geschaetzt", "plan"
]
Muster = str | tuple[str, ...]


class Regel(Strict):
    """Which cells become one Messgröße, and where their characteristics stand.

    `geschlecht` and `nationalitaet` are a fixed word (m, deutsch) or the name of the Merkmal that
    tells; `alter` is two years or such a name; `gruppe` is a word, or per Merkmal what each of its
    Ausprägungen is called here (null: not taken, "*": all others). `basis` may change by year:
    {"1987": vz1987, "2011": zensus2011}, each from that year on.
    """

    messgroesse: str
    tabelle: Muster = "*"
    blatt: Muster = "*"
    inhalt: Muster = "*"
    einheit: Muster = "*"
    merkmale: Annotated[dict[str, Muster], Field(default_factory=dict)]
    geschlecht: str = ""
    alter: str | tuple[int, int | None] | None = None
    alter_bis_unter: bool = False
    nationalitaet: str = ""
    gruppe: str | dict[str, dict[str, str | None]] = ""
    basis: Basis | dict[str, Basis] = ""
    guete: Guete | None = None
    faktor: float = 1
    darf_fehlen: bool = False

    @property
    def genannt(self) -> tuple[str, ...]:
        """Return the patterns of all Merkmale that the rule mentions."""
        names = [*self.merkmale]
        if isinstance(self.alter, str):
            names.append(self.alter)
        if self.geschlecht not in GESCHLECHTER:
            names.append(self.geschlecht)
        if self.nationalitaet not in NATIONALITAETEN:
            names.append(self.nationalitaet)
        if isinstance(self.gruppe, dict):
            names += self.gruppe
        return tuple(names)


class Stelle(Strict):
    """Which values a correction is about; what is left out may be anything."""

    messgroesse: str = "*"
    gebiet: str = "*"
    zeit: str = "*"
    geschlecht: str = "*"
    nationalitaet: str = "*"
    gruppe: str = "*"


class Erwartet(Strict):
    """What the wrong value looks like; if it does not, the source has repaired itself."""

    kleiner_als: float | None = None
    groesser_als: float | None = None
    gleich: float | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Erwartet":
        if self.kleiner_als is None and self.groesser_als is None and self.gleich is None:
            raise ValueError(
                "»erwartet« nennt keinen Wert; erlaubt: kleiner_als, groesser_als, gleich."
            )
        return self

    def trifft(self, wert: float) -> bool:
        """Say whether a delivered value is still the wrong one."""
        return (
            (self.kleiner_als is None or wert < self.kleiner_als)
            and (self.groesser_als is None or wert > self.groesser_als)
            and (self.gleich is None or wert == self.gleich)
        )


class Korrektur(Strict):
    """A known error of a source: where, what to do, how to see that it is still there, who knows."""

    stelle: Stelle
    mal: float | None = None
    wert: float | None = None
    erwartet: Erwartet
    grund: str
    gemeldet: str
    bis_stand: Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = ""

    @model_validator(mode="after")
    def _does_one_thing(self) -> "Korrektur":
        if (self.mal is None) == (self.wert is None):
            raise ValueError("Eine Korrektur braucht entweder »mal« oder »wert«.")
        return self


class Zuordnung(Strict):
    """One published table: how it is read, which areas and times are taken, what becomes what.

    `form` is the matter of its reader, which checks it itself; `abruf` says how it is fetched.
    """

    format: str | None = None
    form: dict[str, object] | None = None
    abruf: Abruf | None = None
    zeitbezug: Zeitbezug | None = None
    gebiete: tuple[str, ...] = ("*",)
    zeiten: tuple[str, ...] = ("*",)
    werte: Annotated[tuple[Regel, ...], Field(min_length=1)]
    korrekturen: tuple[Korrektur, ...] = ()


def ordner() -> Path:
    """Return the folder of the sources: of the tenant, else those that ship."""
    return mandant().zuordnungen or HERE


def load_zuordnungen(
    messgroessen: Iterable[str], folder: Path | None = None
) -> dict[str, Zuordnung]:
    """Return all sources by id, which is the name of their file.

    folder: left out, that of the tenant

    Raises:  DefinitionError naming file, line, field and remedy
    """
    found: dict[str, Zuordnung] = {}
    maengel: list[Mangel] = []
    known = list(messgroessen)
    folder = folder or ordner()
    for path in sorted(folder.glob("*.yaml")):
        try:
            found[path.stem] = load_zuordnung(path.stem, folder, known, path)
        except DefinitionError as error:
            maengel += error.maengel
    if maengel:
        raise DefinitionError(maengel)
    return found


def load_zuordnung(
    id_: str, folder: Path, messgroessen: Iterable[str], beschreibung: Path
) -> Zuordnung:
    """Return one source.

    beschreibung: the file that names it
    Raises:  DefinitionError naming file, line, field and remedy
    """
    path = folder / f"{id_}.yaml"
    if not path.exists():
        known = [other.stem for other in folder.glob("*.yaml")]
        advice = "»sozialmonitor read DATEI --suggest« schlägt eine Quelle vor."
        problem = f"Die Zuordnung »{id_}« gibt es nicht unter etl/sources."
        raise DefinitionError(
            [Mangel(place(beschreibung, "zuordnung"), problem, suggestion(id_, known, advice))]
        )
    zuordnung = load_yaml(path, Zuordnung)
    refuse_unknown(zuordnung, messgroessen, path)
    return zuordnung


def refuse_unknown(
    zuordnung: Zuordnung, messgroessen: Iterable[str], path: Path, *prefix: str
) -> None:
    """Refuse a source with a Messgröße that is not declared.

    prefix: the field of `path` in which the source stands, if it is not the whole file
    Raises:  DefinitionError naming file, line and remedy
    """
    words = list(messgroessen)
    maengel = [
        Mangel(
            place(path, *prefix, "werte", number, "messgroesse"),
            f"Die Messgröße »{regel.messgroesse}« ist nicht erklärt.",
            suggestion(regel.messgroesse, words, "In etl/messgroessen.yaml eintragen."),
        )
        for number, regel in enumerate(zuordnung.werte)
        if regel.messgroesse not in words
    ]
    if maengel:
        raise DefinitionError(maengel)


def passt(muster: Muster, text: str) -> bool:
    """Say whether a text is what a pattern or one of several patterns describes.

    >>> passt("Arbeitslose*", "Arbeitslose  insgesamt"), passt(("SGB II", "SGB III"), "SGB XII")
    (True, False)
    """
    patterns = (muster,) if isinstance(muster, str) else muster
    word = " ".join(text.split()).casefold()
    return any(_regex(pattern).fullmatch(word) for pattern in patterns)


@lru_cache(maxsize=4096)
def _regex(pattern: str) -> re.Pattern[str]:
    words = " ".join(pattern.split()).casefold().split("*")
    return re.compile(".*".join(re.escape(word) for word in words), re.DOTALL)
