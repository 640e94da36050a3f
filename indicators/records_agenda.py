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


@dataclass(frozen=True, slots=True)
class Planungsauftrag:
    """A task that a body gave to the planners; status: offen, in_arbeit, erledigt or not told."""

    id: str
    titel: str
    text: str
    gremium: str
    jahr: int
    beschluss: str | None
    leitziele: tuple[str, ...]
    zustaendig: str | None
    faellig: date | None
    status: str | None
    status_quelle: str | None
    quelle: str


@dataclass(frozen=True, slots=True)
class Handlungsempfehlung:
    """What experts advise; stand: vorgelegt, beschlossen, abgelehnt."""

    id: str
    titel: str
    text: str
    leitziele: tuple[str, ...]
    indikatoren: tuple[str, ...]
    empfohlen_von: str
    datum: date
    stand: str
    beschluss: str | None
    quelle: str


@dataclass(frozen=True, slots=True)
class Geldbetrag:
    """An amount as printed; rechnung: brutto, netto, nicht_genannt; art: ist, plan, prognose.

    betrag is in `einheit`; amounts of different `abgrenzung` are never compared or joined.
    aus_indikator: the indicator that holds it; without handlungsfelder, the whole social budget
    """

    id: str
    titel: str
    abgrenzung: str
    rechnung: str
    art: str
    jahr: int
    betrag: float
    aus_indikator: str | None
    einheit: str
    handlungsfelder: tuple[str, ...]
    leitziele: tuple[str, ...]
    indikatoren: tuple[str, ...]
    quelle: str
    adresse: str | None


@dataclass(frozen=True, slots=True)
class Fachnotiz:
    """A signed and dated note about an indicator, a Handlungsfeld or (gebiet, zeit) one value."""

    id: str
    indikator: str | None
    handlungsfeld: str | None
    gebiet: str | None
    zeit: str | None
    text: str
    gezeichnet: str
    datum: date


@dataclass(frozen=True, slots=True)
class Anforderung:
    """Figures nobody has delivered yet: who holds them, for which levels, how often."""

    indikator: str
    bei: str
    ebenen: tuple[str, ...]
    rhythmus: str


@dataclass(frozen=True, slots=True)
class Vorausberechnung:
    """What a publisher expects for a year, in the indicator's unit; the band where it gives one."""

    gebiet: str
    zeit: str
    zeitbezug: str
    jahr: int
    wert: float
    unten: float | None
    oben: float | None
    quelle: str
    anmerkung: str
