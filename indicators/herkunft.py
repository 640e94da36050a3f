"""The part of the service that answers where figures came from: builds that are kept, and fetches."""

from abc import ABC
from pathlib import Path

import duckdb

from etl import warehouse
from etl.errors import WarehouseError
from etl.fetch import protokoll
from indicators.records import Abrufstand, Aenderung, Aufbewahrt
from indicators.stand import Stand
from indicators.statements import AENDERUNG


class Herkunft(ABC):
    """Kept builds with what each changed, and what became of the newest fetch of each source."""

    _folder: Path

    def abrufe(self) -> list[Abrufstand]:
        """Return the newest attempt of every source that is fetched from its publisher."""
        newest, good = protokoll.letzte(self._folder), protokoll.letzte_gelungene(self._folder)
        return [
            Abrufstand(
                id_, e.beendet, e.ergebnis, good[id_].beendet if id_ in good else None, e.veraltet
            )
            for id_, e in sorted(newest.items())
        ]

    def datenstaende(self) -> list[Aufbewahrt]:
        """Return the builds that are kept, newest first, each with what it changed.

        One that an older version of the program made, or that is being removed, is left out.
        """
        kept = []
        for build in warehouse.builds(self._folder):
            try:
                stand = Stand(build)
                id_, made, draft = stand.kopf
                found = tuple(Aenderung(*row) for row in stand.rows(AENDERUNG))
            except (duckdb.Error, WarehouseError, OSError):
                continue
            stand.connection.close()
            kept.append(Aufbewahrt(id_, made, draft, found))
        return kept
