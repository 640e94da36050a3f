"""Every error that a person can meet: where it is, what is wrong and what to do, in German."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Mangel:
    """One defect: the place (file, line or cell), the problem and the remedy."""

    ort: str
    problem: str
    abhilfe: str

    def __str__(self) -> str:
        return f"{self.ort}\n  {self.problem}\n  → {self.abhilfe}"


class SozialmonitorError(Exception):
    """A refusal with a reason and a remedy; anything else that is raised is a bug."""

    def __init__(self, maengel: Sequence[Mangel]) -> None:
        super().__init__(maengel)
        self.maengel = tuple(maengel)

    def __str__(self) -> str:
        text = "\n".join(str(mangel) for mangel in self.maengel[:SHOWN])
        rest = len(self.maengel) - SHOWN
        return text if rest <= 0 else f"{text}\n… und {rest} weitere Mängel"

    @classmethod
    def at(cls, ort: object, problem: str, abhilfe: str) -> "SozialmonitorError":
        """Build the error for a single defect."""
        return cls([Mangel(str(ort), problem, abhilfe)])


class DefinitionError(SozialmonitorError):
    """A YAML file of the catalogue, the agenda or a source is wrong."""


class DeliveryError(SozialmonitorError):
    """A delivered file cannot be taken as it is."""


class WarehouseError(SozialmonitorError):
    """The warehouse is missing, locked or unusable."""


class UnknownError(SozialmonitorError):
    """Somebody asked for an indicator, area or time that does not exist."""


def suggestion(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return »Meinten Sie …?« for the nearest known word, else the given remedy."""
    near = get_close_matches(word, list(known), n=1)
    return f"Meinten Sie »{near[0]}«?" if near else otherwise
