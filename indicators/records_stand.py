"""The records about builds: which one is shown, which are kept, what became of the fetches."""

from dataclasses import dataclass
from datetime import datetime

ENTWURF = "Entwurf"
ENTWURF_LANG = "Entwurf: Diese Zahlen sind noch nicht zur Veröffentlichung freigegeben."
INTERN = "INTERN – nicht weitergeben"
INTERN_LANG = (
    "INTERN – nicht weitergeben: Diese Zahlen sind nicht geschützt und lassen Rückschlüsse auf"
    " einzelne Personen zu."
)


@dataclass(frozen=True, slots=True)
class Datenstand:
    """Which build is shown; `fehlgeschlagen` is the message of a later refresh that failed.

    entwurf: not released; fest: shown because its own link was opened, `neuere` that there is a
    later release; intern: with what must not become public
    """

    id: str
    erzeugt: datetime
    entwurf: bool
    fehlgeschlagen: str | None
    fest: bool = False
    neuere: bool = False
    intern: bool = False

    @property
    def vermerk(self) -> str:
        """Return the short words that every page and file carries until they are public."""
        return INTERN if self.intern else ENTWURF if self.entwurf else ""

    @property
    def name(self) -> str:
        """Return the id with its Vermerk, as files name it."""
        return f"{self.id} ({self.vermerk})" if self.vermerk else self.id

    @property
    def hinweis(self) -> str:
        """Return the Vermerk as a sentence; empty for a release."""
        return INTERN_LANG if self.intern else ENTWURF_LANG if self.entwurf else ""


@dataclass(frozen=True, slots=True)
class Aenderung:
    """What the Datenstand changes against the one before.

    art: neu, indikator, revision, verschwunden or aussage; groesste: largest revision in per cent
    """

    art: str
    indikator: str
    gebiet: str
    zeit: str
    vorher: str
    jetzt: str
    anzahl: int
    groesste: float | None


@dataclass(frozen=True, slots=True)
class Aufbewahrt:
    """A build that is kept, and what it changed against the one before."""

    id: str
    erzeugt: datetime
    aenderungen: tuple[Aenderung, ...]
    freigegeben: datetime | None
    zurueckgezogen: datetime | None
    grund: str


@dataclass(frozen=True, slots=True)
class Abrufstand:
    """The newest fetch of a source: neu, unveraendert, gescheitert or abgelehnt.

    aktuell: when its data were last known to be up to date; veraltet: whether they may not be now
    """

    quelle: str
    beendet: datetime
    ergebnis: str
    aktuell: datetime | None
    veraltet: bool
