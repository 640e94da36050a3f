"""The records that the service hands out; all frozen, all made of plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple


class Gruppe(NamedTuple):
    """A characteristic combination; all empty means everybody."""

    geschlecht: str = ""
    alter: str = ""
    nationalitaet: str = ""
    gruppe: str = ""


GESAMT = Gruppe()


@dataclass(frozen=True, slots=True)
class Datenstand:
    """Which build is shown; `fehlgeschlagen` is the message of a later refresh that failed."""

    id: str
    erzeugt: datetime
    entwurf: bool
    fehlgeschlagen: str | None


@dataclass(frozen=True, slots=True)
class Handlungsfeld:
    """A field of action of the Agenda and its steering body."""

    id: str
    nr: int
    titel: str
    kurztitel: str
    gremium: str


@dataclass(frozen=True, slots=True)
class Leitziel:
    """A goal of the Agenda; `luecke` says why no indicator measures it, if none does."""

    id: str
    nr: str
    titel: str
    handlungsfeld: str
    messbarkeit: str
    begruendung: str
    luecke: str | None


@dataclass(frozen=True, slots=True)
class Querschnittsthema:
    """A topic that runs through all fields of action."""

    id: str
    titel: str


@dataclass(frozen=True, slots=True)
class Indikator:
    """A question with its formula; `ebenen` are the levels that have values."""

    id: str
    titel: str
    kurztitel: str
    frage: str
    leitziele: tuple[str, ...]
    querschnittsthemen: tuple[str, ...]
    typ: str
    art: str
    faktor: int
    einheit: str
    nachkommastellen: int
    richtung: str
    richtung_durch: str
    hinweise: tuple[str, ...]
    synonyme: tuple[str, ...]
    gliederung: tuple[str, ...]
    ebenen: tuple[str, ...]
    berechnung: str
    nur_quote: bool


@dataclass(frozen=True, slots=True)
class Gebiet:
    """An area; `eigen` are the Kreis and its municipalities."""

    schluessel: str
    name: str
    kurzname: str
    ebene: str
    flaeche_km2: float | None
    einwohner: float | None
    einwohner_zeit: str | None
    teil_von: str | None
    verwaltungsgemeinschaft: str | None
    eigen: bool


@dataclass(frozen=True, slots=True)
class Wert:
    """An Indikatorwert in the indicator's unit; `wert` is there exactly if status is `vorhanden`."""

    indikator: str
    gebiet: str
    zeit: str
    jahr: int
    zeitbezug: str
    geschlecht: str
    alter: str
    nationalitaet: str
    gruppe: str
    zaehler: float | None
    nenner: float | None
    wert: float | None
    unten: float | None
    oben: float | None
    status: str
    guete: str
    basis: str
    anmerkung: str
    quelle: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quelle:
    """A published table: whose it is, as of when, under which terms, and what was done to it."""

    id: str
    herausgeber: str
    tabelle: str
    titel: str
    stand: date
    lizenz: str
    namensnennung: str
    ursprung: str
    bearbeitung: str
    verantwortlich: str
    rhythmus: str
    ausgabe: str
    zeilen: int
    datei: str


@dataclass(frozen=True, slots=True)
class Befund:
    """A finding of the checks."""

    art: str
    schwere: str
    quelle: str
    text: str
