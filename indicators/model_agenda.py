"""What the files about bodies, sittings, resolutions, sub-goals and measures may say.

The Agenda's fields of action, goals and topics themselves are in `indicators.model`.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from etl.yamlfile import Strict
from indicators.model_steuerung import (
    Absatz,
    Eintrag,
    Jahr,
    Kennung,
    Kurz,
    Leitziele,
    Quelle,
    Tag,
    Titel,
)

Art = Literal[
    "netzwerk", "uag", "ag", "steuerung", "fachdialog", "planungsgremium", "ausschuss", "kreistag"
]
Status = Literal["idee", "in_planung", "in_umsetzung", "regelbetrieb", "beendet", "verworfen"]
Stand = Literal["agenda", "formuliert", "beschlossen"]
Absicht = Literal["erhoehen", "senken", "beobachten"]
STEUERUNG: Art = "steuerung"


class Mitglied(Strict):
    """Who sits in a body, by function; names are nobody's business here."""

    funktion: Annotated[str, Field(max_length=160)]
    benannt_von: Kurz | None = None


class Geschaeftsordnung(Strict):
    """What holds for all five steering bodies alike."""

    mitglieder: Annotated[tuple[Mitglied, ...], Field(min_length=1)]
    benennung: Absatz
    stellvertretung: Absatz
    geschaeftsfuehrung: Kurz
    geschaeftsfuehrung_aufgaben: Absatz
    bericht: Absatz
    berichtsmonat: Annotated[int, Field(ge=1, le=12)]
    quelle: Titel


class Gremium(Strict):
    """A body on the way from practice to politics; `stufe` counts from practice upwards.

    Without `stufe`: the Kreistag, which gives the task, and what works across all fields.
    """

    id: Kennung
    titel: Titel
    kurztitel: Kurz
    art: Art
    stufe: Annotated[int, Field(ge=1, le=9)] | None = None
    handlungsfeld: str | None = None
    aufgabe: Absatz
    berichtet_an: tuple[str, ...] = ()
    offen: tuple[Absatz, ...] = ()
    quelle: Titel

    @model_validator(mode="after")
    def _only_steering_bodies_have_a_field(self) -> Self:
        if (self.art == STEUERUNG) != (self.handlungsfeld is not None):
            raise ValueError("Genau ein Gremium der Art »steuerung« nennt ein »handlungsfeld«.")
        return self


class Gremienplan(Strict):
    """The file gremien.yaml: the rules of procedure and every body."""

    geschaeftsordnung: Geschaeftsordnung
    gremien: Annotated[tuple[Gremium, ...], Field(min_length=1)]


class Sitzung(Eintrag):
    """A sitting of a body on a day; what is not known of it is left out."""

    gremium: str = Field(description="Kennung aus gremien.yaml.")
    datum: Tag
    titel: Titel
    themen: tuple[Titel, ...] = ()
    leitziele: Leitziele = ()
    unterlagen: str | None = Field(None, description="Adresse der Unterlagen.")
    quelle: Quelle


class Beschluss(Eintrag):
    """A resolution; without Leitziele it holds for the whole Agenda. `datum` where it is known."""

    id: Kennung
    gremium: str = Field(description="Kennung aus gremien.yaml.")
    jahr: Jahr
    datum: Tag | None = Field(None, description="Leer, wenn nur das Jahr bekannt ist.")
    titel: Titel
    text: Absatz
    leitziele: Leitziele = ()
    vorlage: str | None = Field(None, description="Nummer der Vorlage.")
    quelle: Quelle

    @model_validator(mode="after")
    def _day_and_year_agree(self) -> Self:
        if self.datum is not None and self.datum.year != self.jahr:
            raise ValueError("»datum« liegt nicht in »jahr«.")
        return self


class Unterziel(Eintrag):
    """A goal below a Leitziel, or a focus that the Agenda names (`stand: agenda`)."""

    leitziel: str = Field(description="handlungsfeld/leitziel.")
    text: Annotated[str, Field(max_length=220)]
    stand: Stand
    zustaendig: Kurz | None = Field(None, description="Planungsbereich oder Amt.")
    indikatoren: tuple[str, ...] = Field((), description="Kennungen der Indikatoren.")
    quelle: Quelle


class Wirkung(Eintrag):
    """The indicator that a measure is meant to move, and which way."""

    indikator: str
    absicht: Absicht


class Angabe(Eintrag):
    """A figure about a measure that no indicator holds, with where it was printed."""

    text: Annotated[str, Field(max_length=160)]
    jahr: Jahr
    quelle: Titel


class Massnahme(Eintrag):
    """A project or permanent task that serves a Leitziel.

    status, zustaendig, von and bis are left out where nobody has told them yet.
    """

    id: Kennung
    titel: Annotated[str, Field(max_length=80)]
    beschreibung: Absatz
    leitziele: Annotated[
        tuple[str, ...], Field(min_length=1, description="handlungsfeld/leitziel.")
    ]
    querschnittsthemen: tuple[str, ...] = Field((), description="Kennungen der Themen.")
    status: Status | None = Field(None, description="Nur mit »status_quelle«.")
    status_quelle: Titel | None = Field(None, description="Wer den Status so angegeben hat.")
    zustaendig: Kurz | None = Field(None, description="Amt, kein Name.")
    von: Jahr | None = Field(None, description="Beginn.")
    bis: Jahr | None = Field(None, description="Ende.")
    wirkungen: tuple[Wirkung, ...] = ()
    wirkungen_durch: Titel | None = Field(None, description="Wer die Wirkungen zugeordnet hat.")
    angaben: tuple[Angabe, ...] = ()
    quelle: Quelle

    @model_validator(mode="after")
    def _nothing_is_said_without_its_author(self) -> Self:
        if (self.status is None) != (self.status_quelle is None):
            raise ValueError("»status« und »status_quelle« gehören zusammen.")
        if bool(self.wirkungen) != (self.wirkungen_durch is not None):
            raise ValueError("»wirkungen« und »wirkungen_durch« gehören zusammen.")
        if self.von is not None and self.bis is not None and self.bis < self.von:
            raise ValueError("»bis« liegt vor »von«.")
        return self
