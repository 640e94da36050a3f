"""What the files about targets, tasks, recommendations, money and expert notes may say."""

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from etl.yamlfile import Strict

Kennung = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
Kurz = Annotated[str, Field(max_length=40)]
Titel = Annotated[str, Field(max_length=100)]
Absatz = Annotated[str, Field(max_length=420)]
Jahr = Annotated[int, Field(ge=1990, le=2100)]
Tag = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 12, 31))]
Quelle = Annotated[Titel, Field(description="Wo das steht.")]
Leitziele = Annotated[
    tuple[str, ...], Field(description="handlungsfeld/leitziel; leer: alle Leitziele.")
]
# Line breaks, control characters and what no workbook can hold.
UNSICHTBAR = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufeff\\ufffe\\uffff]"
)


class Eintrag(Strict):
    """An entry of a planning file: one line of text per field, none of them empty.

    So every entry fits into a row of a workbook and comes back from there unchanged.
    """

    model_config = ConfigDict(str_strip_whitespace=True, str_min_length=1)

    @model_validator(mode="after")
    def _one_line_per_text(self) -> Self:
        for name, value in self:
            for text in value if isinstance(value, tuple) else (value,):
                if isinstance(text, str) and UNSICHTBAR.search(text):
                    raise ValueError(f"»{name}« enthält einen Umbruch oder ein Steuerzeichen.")
        return self


class Zielwert(Eintrag):
    """What a body or a law wants an indicator to be, by when; `quelle` names the resolution."""

    indikator: str = Field(description="Kennung des Indikators.")
    wert: float = Field(
        description="Der Zielwert in der Einheit des Indikators.", allow_inf_nan=False
    )
    jahr: Jahr = Field(description="Bis wann er erreicht sein soll.")
    basisjahr: Jahr = Field(description="Das Jahr, gegen das gemessen wird.")
    quelle: Quelle


class Planungsauftrag(Eintrag):
    """A task that a body gives to the planners; `beschluss` is the resolution that gave it."""

    id: Kennung
    titel: Titel
    text: Absatz
    gremium: str = Field(description="Wer den Auftrag gegeben hat: Kennung aus gremien.yaml.")
    jahr: Jahr
    beschluss: Kennung | None = Field(None, description="Kennung aus beschluesse.yaml.")
    leitziele: Leitziele = ()
    zustaendig: Kurz | None = None
    faellig: Tag | None = Field(None, description="Bis wann er erledigt sein soll.")
    status: Literal["offen", "in_arbeit", "erledigt"] | None = None
    status_quelle: Titel | None = None
    quelle: Quelle

    @model_validator(mode="after")
    def _a_status_has_its_author(self) -> Self:
        if (self.status is None) != (self.status_quelle is None):
            raise ValueError("»status« und »status_quelle« gehören zusammen.")
        return self


class Handlungsempfehlung(Eintrag):
    """What experts advise the politicians to do; `stand` is what became of it."""

    id: Kennung
    titel: Titel
    text: Absatz
    leitziele: Leitziele = ()
    indikatoren: tuple[str, ...] = Field((), description="Die Zahlen, auf die sie sich stützt.")
    empfohlen_von: Titel = Field(description="Funktion oder Gremium, kein Name.")
    datum: Tag
    stand: Literal["vorgelegt", "beschlossen", "abgelehnt"]
    beschluss: Kennung | None = Field(None, description="Kennung aus beschluesse.yaml.")
    quelle: Quelle

    @model_validator(mode="after")
    def _decided_by_a_resolution(self) -> Self:
        if (self.stand == "vorgelegt") != (self.beschluss is None):
            raise ValueError(
                "»beschluss« gehört genau zu einer Empfehlung, über die entschieden ist."
            )
        return self


class Geldbetrag(Eintrag):
    """An amount of public money as somebody printed it, never joined with others to a line.

    The amount stands here, or in an indicator of the catalogue (`aus_indikator`, value of `jahr`
    for the Kreis). Without `handlungsfelder` it is about the whole social budget.
    """

    id: Kennung
    titel: Titel
    abgrenzung: Absatz = Field(description="Was gezählt ist und was nicht.")
    rechnung: Literal["brutto", "netto", "nicht_genannt"]
    art: Literal["ist", "plan", "prognose"]
    jahr: Jahr
    betrag: Annotated[float, Field(allow_inf_nan=False)] | None = None
    aus_indikator: str | None = Field(None, description="Statt »betrag«: Kennung des Indikators.")
    einheit: Literal["Millionen Euro", "Euro", "Prozent"]
    handlungsfelder: tuple[str, ...] = Field((), description="Leer: der ganze Sozialhaushalt.")
    leitziele: tuple[str, ...] = Field((), description="Leitziele, neben denen er steht.")
    indikatoren: tuple[str, ...] = Field((), description="Reihen, neben denen er steht.")
    quelle: Quelle
    adresse: Annotated[str, Field(max_length=300, pattern=r"^https?://\S+$")] | None = None

    @model_validator(mode="after")
    def _one_place_for_the_amount(self) -> Self:
        if (self.betrag is None) == (self.aus_indikator is None):
            raise ValueError("Entweder »betrag« oder »aus_indikator« angeben.")
        return self


class Fachnotiz(Eintrag):
    """A signed and dated note of an expert, shown beside the figures it is about.

    It is about an indicator or a Handlungsfeld; with `gebiet` and `zeit`, about a single value.
    """

    id: Kennung
    indikator: str | None = Field(None, description="Kennung des Indikators.")
    handlungsfeld: str | None = Field(None, description="Statt »indikator«: ein Handlungsfeld.")
    gebiet: str | None = Field(None, description="Amtlicher Schlüssel, für einen einzelnen Wert.")
    zeit: str | None = Field(None, description="Zeit des einzelnen Werts, so wie sie dort steht.")
    text: Annotated[str, Field(max_length=600)]
    gezeichnet: Titel = Field(description="Funktion und Amt, kein Name.")
    datum: Tag

    @model_validator(mode="after")
    def _about_one_thing(self) -> Self:
        if (self.indikator is None) == (self.handlungsfeld is None):
            raise ValueError("Entweder »indikator« oder »handlungsfeld« angeben.")
        if (self.gebiet is None) != (self.zeit is None) or (self.gebiet and not self.indikator):
            raise ValueError("»gebiet« und »zeit« gehören zusammen und zu einem »indikator«.")
        return self
