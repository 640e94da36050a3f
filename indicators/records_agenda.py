"""The records about bodies, sittings, resolutions, sub-goals and measures; all frozen."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Geschaeftsordnung:
    """What holds for all steering bodies: who sits in them, who runs them, when they report."""

    benennung: str
    stellvertretung: str
    geschaeftsfuehrung: str
    geschaeftsfuehrung_aufgaben: str
    bericht: str
    berichtsmonat: int
    quelle: str
    mitglieder: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Gremium:
    """A body; `stufe` counts from practice to politics, None gives the task or stands across."""

    id: str
    titel: str
    kurztitel: str
    art: str
    stufe: int | None
    handlungsfeld: str | None
    aufgabe: str
    berichtet_an: tuple[str, ...]
    offen: tuple[str, ...]
    quelle: str


@dataclass(frozen=True, slots=True)
class Sitzung:
    """A sitting of a body on a day."""

    gremium: str
    datum: date
    titel: str
    themen: tuple[str, ...]
    leitziele: tuple[str, ...]
    unterlagen: str | None
    quelle: str


@dataclass(frozen=True, slots=True)
class Beschluss:
    """A resolution; without Leitziele it holds for the whole Agenda."""

    id: str
    gremium: str
    jahr: int
    datum: date | None
    titel: str
    text: str
    leitziele: tuple[str, ...]
    vorlage: str | None
    quelle: str


@dataclass(frozen=True, slots=True)
class Unterziel:
    """A goal below a Leitziel; stand: agenda (a focus the Agenda names), formuliert, beschlossen."""

    leitziel: str
    text: str
    stand: str
    zustaendig: str | None
    indikatoren: tuple[str, ...]
    quelle: str


@dataclass(frozen=True, slots=True)
class Massnahme:
    """A project or permanent task; what nobody has told is None.

    wirkungen: (indicator, erhoehen | senken | beobachten) as intended, never as proved
    angaben: (text, year, source) of printed figures that no indicator holds
    """

    id: str
    titel: str
    beschreibung: str
    leitziele: tuple[str, ...]
    querschnittsthemen: tuple[str, ...]
    status: str | None
    status_quelle: str | None
    zustaendig: str | None
    von: int | None
    bis: int | None
    wirkungen_durch: str | None
    quelle: str
    wirkungen: tuple[tuple[str, str], ...]
    angaben: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Zielwert:
    """What a body or a law wants an indicator to be, by when."""

    indikator: str
    wert: float
    jahr: int
    basisjahr: int
    quelle: str
