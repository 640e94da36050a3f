"""The declaration of a rectangular sheet: what stands where in it.

It comes from the YAML of a source, or from a reader that has found it out by itself (INKAR, BA,
StaLa). Rows and columns are those that people see: rows from 1, columns as letters (C), numbers (3)
or by their heading (»Wahl*« for any heading that begins so).
"""

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from etl.schema import STATUS
from etl.yamlfile import Strict
from etl.zeit import Zeitbezug


class Angabe(Strict):
    """Where a piece of information stands: exactly one place; `muster` cuts it out of the text."""

    fest: str | None = None
    spalte: str = ""
    kopfzeile: int = 0
    zelle: Annotated[str, Field(pattern=r"^([A-Z]+[1-9][0-9]*)?$")] = ""
    blatt: bool = False
    datei: bool = False
    titel: bool = False
    muster: str = ""

    @field_validator("muster")
    @classmethod
    def _pattern(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"»{value}« ist kein regulärer Ausdruck ({error}).") from error
        return value

    @model_validator(mode="after")
    def _one_place(self) -> "Angabe":
        places = (self.spalte, self.kopfzeile, self.zelle, self.blatt, self.datei, self.titel)
        if sum(map(bool, places)) + (self.fest is not None) != 1:
            raise ValueError(
                "Genau eines angeben: fest, spalte, kopfzeile, zelle, blatt, datei, titel."
            )
        return self

    def aus(self, text: str) -> str:
        """Return the part of a text that counts; nothing if the pattern does not occur."""
        if not self.muster:
            return text
        match = re.search(self.muster, text)
        return (match[1] if match and match.re.groups else match[0] if match else "") or ""


NICHTS = Angabe(fest="")


class Form(Strict):
    """How a sheet is laid out.

    kopf:       first and last row of the headings, or the only one
    daten:      first and last row of the figures; left out, from the headings to the end
    schluessel: column with the key or name of the area, or several whose digits follow each other,
                filled with zeros to `stellen` digits; `vorsatz` stands before them
    fuellen:    rows of headings whose empty cells mean the cell to their left (a CSV has no merging)
    nach_unten: columns whose empty cells mean the cell above
    nur:        which rows count: column → words
    einheiten:  unit of single columns: heading → unit
    zeiten:     period of single columns: heading → period
    dezimal:    decimal sign; `auto` decides for each column
    """

    blatt: str = "*"
    kopf: tuple[int, int]
    daten: tuple[int, int | None] | None = None
    schluessel: tuple[str, ...]
    stellen: tuple[int, ...] = ()
    vorsatz: str = ""
    zeit: Angabe
    zeitbezug: Zeitbezug | Literal[""] = ""
    inhalt: Angabe | None = None
    einheit: Angabe = NICHTS
    merkmale: dict[str, Angabe] = Field(default_factory=dict)
    einheiten: dict[str, str] = Field(default_factory=dict)
    zeiten: dict[str, str] = Field(default_factory=dict)
    werte: tuple[str, ...] = ()
    auslassen: tuple[str, ...] = ()
    fuellen: tuple[int, ...] = ()
    nach_unten: tuple[str, ...] = ()
    nur: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    symbole: dict[str, str] = Field(default_factory=dict)
    dezimal: Literal[",", ".", "auto"] = ","
    trenner: str = ""
    code: str = ""
    titel: str = ""
    stand: str = ""
    lizenz: str = ""

    @field_validator("schluessel", "werte", "auslassen", "nach_unten", mode="before")
    @classmethod
    def _several(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("kopf", mode="before")
    @classmethod
    def _one_row(cls, value: object) -> object:
        return (value, value) if isinstance(value, str | int) else value

    @field_validator("symbole")
    @classmethod
    def _known(cls, value: dict[str, str]) -> dict[str, str]:
        for status in value.values():
            if status not in STATUS[1:]:
                raise ValueError(f"»{status}« ist kein Status ({', '.join(STATUS[1:])}).")
        return value

    @model_validator(mode="after")
    def _order(self) -> "Form":
        first, last = self.kopf
        if not 1 <= first <= last or (self.daten and self.daten[0] <= last):
            raise ValueError("Die Kopfzeilen stehen über den Daten: kopf: [erste, letzte].")
        if self.stellen and len(self.stellen) != len(self.schluessel):
            raise ValueError("stellen braucht so viele Zahlen wie schluessel Spalten hat.")
        return self
