"""What became of each fetch: one line of JSON beside the warehouse, read by `status` and the page."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from etl.fetch.abruf import TAKTE, Takt

Ergebnis = Literal["neu", "unveraendert", "gescheitert", "abgelehnt"]
GELUNGEN = frozenset({"neu", "unveraendert"})


@dataclass(frozen=True, slots=True)
class Eintrag:
    """One attempt.

    ergebnis: neu: a delivery more; unveraendert: nothing new; gescheitert: no usable answer;
              abgelehnt: the refresh refused the delivery, which was set aside
    datei:    the new folder below data/raw; grund: why it failed
    """

    quelle: str
    beendet: datetime
    ergebnis: Ergebnis
    datei: str = ""
    grund: str = ""
    hinweise: tuple[str, ...] = ()

    @property
    def veraltet(self) -> bool:
        """Return whether the data in use may be older than what the publisher has."""
        return self.ergebnis not in GELUNGEN


def schreibe(warehouse: Path, eintrag: Eintrag) -> None:
    """Append one attempt."""
    warehouse.mkdir(parents=True, exist_ok=True)
    zeile = asdict(eintrag) | {"beendet": eintrag.beendet.isoformat(timespec="seconds")}
    with (warehouse / "abrufe.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(zeile, ensure_ascii=False) + "\n")


def lies(warehouse: Path) -> list[Eintrag]:
    """Return all attempts, oldest first; a line cut off by a killed process is left out."""
    datei = warehouse / "abrufe.jsonl"
    if not datei.exists():
        return []
    zeilen = datei.read_text(encoding="utf-8", errors="replace").splitlines()
    return [eintrag for zeile in zeilen if (eintrag := _eintrag(zeile)) is not None]


def _eintrag(zeile: str) -> Eintrag | None:
    try:
        felder = json.loads(zeile)
        eintrag = Eintrag(**felder)
        return replace(
            eintrag,
            beendet=datetime.fromisoformat(felder["beendet"]),
            hinweise=tuple(eintrag.hinweise),
        )
    except (ValueError, TypeError):
        return None


def letzte(warehouse: Path) -> dict[str, Eintrag]:
    """Return the latest attempt of every source."""
    return {eintrag.quelle: eintrag for eintrag in lies(warehouse)}


def letzte_gelungene(warehouse: Path) -> dict[str, Eintrag]:
    """Return the latest attempt of every source after which its data were up to date."""
    return {e.quelle: e for e in lies(warehouse) if not e.veraltet}


def faellig(takte: Mapping[str, Takt], warehouse: Path, jetzt: datetime) -> list[str]:
    """Return the sources whose turn it is; what failed last time is tried again at once."""
    letzte_ = letzte(warehouse)
    return [
        quelle
        for quelle, takt in takte.items()
        if (eintrag := letzte_.get(quelle)) is None
        or eintrag.veraltet
        or eintrag.beendet > jetzt  # by a clock that has been put right since
        # A little less than the rhythm: a nightly run must not slip by a day each time.
        or jetzt - eintrag.beendet > TAKTE[takt] * 0.95
    ]
