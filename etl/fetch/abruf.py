"""What to fetch is data: the block `abruf` of a source under etl/sources."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from etl.fetch.dienste import DienstId
from etl.rhythmus import Rhythmus
from etl.yamlfile import Strict

Wort = Annotated[str, Field(min_length=1)]
Kennung = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$")]
Jahr = Annotated[int, Field(ge=1900, le=2100)]
Takt = Literal["taeglich", "woechentlich", "monatlich"]

TAKTE: Mapping[Takt, timedelta] = {
    "taeglich": timedelta(days=1),
    "woechentlich": timedelta(days=7),
    "monatlich": timedelta(days=30),
}
MERKMALE = 5


class Abruf(Strict):
    """One repeated download: which table, which areas and years, how often somebody looks.

    Empty values would be ignored by the services, which then send everything they have or only
    the latest year. So years and areas are compulsory, and a filter without a value is refused.

    tabelle:         GENESIS code, such as 12411-01-01-4
    indikatoren:     names of indicators as in the addresses of Wegweiser Kommune
    von, bis:        first and last year; without `bis` up to the current year
    gebiete:         keys, `*` for the rest of a key: 08116*
    regionalmerkmal: code of the regional level that `gebiete` filters: KREISE, GEMEIN
    merkmale:        code of a characteristic → codes wanted of it, at most five characteristics
    inhalte:         codes of the measures wanted; all without
    typ:             statistic type of Wegweiser Kommune; one request holds one type only
    pruefen:         how often `schedule` asks for something new
    titel, verantwortlich, rhythmus, rang, unvollstaendig: as in a `.quelle.yaml`
    """

    dienst: DienstId
    tabelle: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]*$")] = ""
    indikatoren: tuple[Kennung, ...] = ()
    von: Jahr
    bis: Jahr | None = None
    gebiete: Annotated[
        tuple[Annotated[str, Field(pattern=r"^(DG|[0-9]{2,12}\*?)$")], ...], Field(min_length=1)
    ]
    regionalmerkmal: Kennung | None = None
    merkmale: Annotated[
        dict[Kennung, Annotated[tuple[Kennung, ...], Field(min_length=1)]],
        Field(default_factory=dict),
    ]
    inhalte: tuple[Kennung, ...] = ()
    typ: Wort = "COMMUNAL_DATA"
    pruefen: Takt = "woechentlich"
    titel: Wort
    verantwortlich: Wort
    rhythmus: Rhythmus
    rang: Annotated[int, Field(ge=1, le=99)] = 50
    unvollstaendig: str = ""

    @model_validator(mode="after")
    def _passt_zum_dienst(self) -> Self:
        if self.bis is not None and self.bis < self.von:
            raise ValueError(f"»bis« ({self.bis}) liegt vor »von« ({self.von}).")
        if self.dienst == "wegweiser":
            return self._passt_zu_wegweiser()
        if not self.tabelle or not self.regionalmerkmal:
            raise ValueError("Ein Abruf aus GENESIS braucht »tabelle« und »regionalmerkmal«.")
        if self.indikatoren:
            raise ValueError("»indikatoren« gibt es nur bei Wegweiser Kommune.")
        if len(self.merkmale) > MERKMALE:
            raise ValueError(f"GENESIS filtert höchstens {MERKMALE} Merkmale.")
        return self

    def _passt_zu_wegweiser(self) -> Self:
        if not self.indikatoren:
            raise ValueError("Ein Abruf aus Wegweiser Kommune braucht »indikatoren«.")
        if self.tabelle or self.regionalmerkmal or self.merkmale or self.inhalte:
            raise ValueError(
                "»tabelle«, »regionalmerkmal«, »merkmale« und »inhalte« gibt es nur bei GENESIS."
            )
        return self

    def jahre(self, heute: int) -> tuple[int, int]:
        """Return the first and last year to ask for."""
        return self.von, max(self.von, self.bis or heute)
