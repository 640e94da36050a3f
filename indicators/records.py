"""The records that the service hands out; all frozen, all made of plain values."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from etl.rhythmus import naechste_lieferung


class Gruppe(NamedTuple):
    """A characteristic combination; all empty means everybody."""

    geschlecht: str = ""
    alter: str = ""
    nationalitaet: str = ""
    gruppe: str = ""


GESAMT = Gruppe()


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
    """A question with its formula; `ebenen` are the levels with values: none if data are missing."""

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
    relevant_ab: float | None
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
    einwohner_basis: str | None
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
    klasse: str
    status: str
    guete: str
    basis: str
    anmerkung: str
    quelle: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bewertung:
    """What may be said of the newest value: trend of its last unbroken stretch, and comparisons.

    veraenderung and its bounds: per cent per year (`doppeltest`), per cent from first to last value
    (`vergleich`), or units per year (`mann_kendall`); kreiswert is that of the rest of the Kreis
    where uebriger_kreis is set
    """

    indikator: str
    gebiet: str
    zeit: str
    jahr: int
    status: str
    klasse: str
    aussage: str
    gesichert: bool
    verfahren: str
    punkte: int
    von_jahr: int | None
    bis_jahr: int | None
    p: float | None
    q: float | None
    veraenderung: float | None
    veraenderung_unten: float | None
    veraenderung_oben: float | None
    kleinste_veraenderung: float | None
    bruch: str
    vergleich_kreis: str
    kreiswert: float | None
    uebriger_kreis: bool
    vergleich_land: str
    landwert: float | None


@dataclass(frozen=True, slots=True)
class Trichter:
    """Limits at one size of place, in the indicator's unit: 95 %, 99.8 %, and with usual scatter."""

    zeit: str
    groesse: float
    ziel: float
    unten: float
    oben: float
    unten_weit: float
    oben_weit: float
    unten_streuung: float
    oben_streuung: float
    phi: float


class Kurvenpunkt(NamedTuple):
    """One year of a short curve; a line joins only points of the same unbroken stretch."""

    jahr: int
    wert: float | None
    abschnitt: str = ""


@dataclass(frozen=True, slots=True)
class Gepoolt:
    """Three years of a small place taken together, with its interval, in the indicator's unit."""

    indikator: str
    gebiet: str
    von_jahr: int
    bis_jahr: int
    zaehler: float
    nenner: float
    wert: float
    unten: float
    oben: float
    klasse: str


class Aehnlich(NamedTuple):
    """A comparable municipality and why it is one."""

    schluessel: str
    grund: str


class Bruch(NamedTuple):
    """A break in a series; gebiet is the beginning of the keys concerned, empty for all."""

    datum: date
    titel: str
    text: str
    gebiet: str


@dataclass(frozen=True, slots=True)
class Quelle:
    """A table: whose it is, as of when, under which terms, and what was done to it.

    wartet: what it waits for before its figures may be published; empty if they are
    """

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
    ausnahme: str
    wartet: str

    @property
    def erwartet(self) -> date | None:
        """Return from when the next delivery is to be expected; None without a fixed rhythm."""
        return naechste_lieferung(self.stand, self.rhythmus)


@dataclass(frozen=True, slots=True)
class Befund:
    """A finding of the checks."""

    art: str
    schwere: str
    quelle: str
    text: str
