"""Text pages that an office fills in without a program: loaded from one strict YAML file."""

from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from etl.yamlfile import Strict, load_yaml


class Angabe(Strict):
    """A fact as name and value; without a value the office still has to fill it in."""

    name: Annotated[str, Field(max_length=60)]
    wert: str | None = None
    adresse: str | None = None


class Tafel(Strict):
    """A small table inside a text page."""

    titel: Annotated[str, Field(max_length=120)]
    kopf: tuple[str, ...]
    zeilen: tuple[tuple[str, ...], ...]

    @model_validator(mode="after")
    def _rows_fit(self) -> Self:
        if any(len(row) != len(self.kopf) for row in self.zeilen):
            raise ValueError("zeilen: jede Zeile braucht so viele Zellen, wie kopf Spalten nennt")
        return self


class Abschnitt(Strict):
    """A part of a text page: paragraphs, a list, facts, formulas, a table, and what is missing.

    zu_ergaenzen: what the office still has to add
    """

    id: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
    titel: Annotated[str, Field(max_length=80)]
    absaetze: tuple[str, ...] = ()
    punkte: tuple[str, ...] = ()
    angaben: tuple[Angabe, ...] = ()
    formeln: tuple[str, ...] = ()
    tabelle: Tafel | None = None
    zu_ergaenzen: tuple[str, ...] = ()


class Textseite(Strict):
    """One page of the footer."""

    titel: Annotated[str, Field(max_length=60)]
    kurztitel: Annotated[str, Field(max_length=24)]
    leitsatz: Annotated[str, Field(max_length=280)]
    abschnitte: Annotated[tuple[Abschnitt, ...], Field(min_length=1)]


@cache
def textseiten(file: Path) -> dict[str, Textseite]:
    """Return the pages of a file by the last part of their address, in its order.

    Raises:  DefinitionError naming file, line, field and remedy
    """
    return load_yaml(file, dict[str, Textseite])
