"""The part of the service that answers where figures came from: builds that are kept, and fetches."""

from abc import ABC, abstractmethod
from pathlib import Path

import duckdb

from etl import laeufe, veroeffentlichungen, warehouse
from etl.errors import WarehouseError
from etl.fetch import protokoll
from etl.veroeffentlichungen import Veroeffentlichung
from indicators.records import Quelle
from indicators.records_stand import Abrufstand, Aenderung, Aufbewahrt, Datenstand
from indicators.stand import Stand
from indicators.statements import AENDERUNG


class Herkunft(ABC):
    """Kept builds with what each changed, and what became of the newest fetch of each source."""

    _folder: Path
    _fest: bool
    _intern: bool

    @abstractmethod
    def _current(self) -> Stand: ...

    def datenstand(self) -> Datenstand:
        """Return which build this is, and the message of a later refresh that failed.

        Of a release only that it failed is told: the message may quote what was delivered.
        """
        id_, made, _ = self._current().kopf
        internal = self._intern
        newest = veroeffentlichungen.aktuelle(self._folder)
        draft = id_ not in {v.id for v in veroeffentlichungen.lade(self._folder)}
        last = None if self._fest else laeufe.letzter(self._folder)
        failed = last["fehler"] if last else None
        return Datenstand(
            id_,
            made,
            draft,
            failed if draft or internal or failed is None else "",
            self._fest,
            self._fest and newest is not None and newest.id != id_,
            internal,
        )

    def veroeffentlichung(self, id_: str) -> Veroeffentlichung:
        """Return what is known of a release, also of a withdrawn one; raises UnknownError."""
        return veroeffentlichungen.eine(self._folder, id_)

    def wartende(self, indikator: str) -> list[Quelle]:
        """Return the sources of an indicator that may not be published yet: nothing is from them."""
        waiting = self._current().wartend.get(indikator, ())
        return [q for q in self._current().quellen.values() if q.id in waiting]

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

        Beside a release only releases are told; of a withdrawn one nothing but that it was. A build
        that an older version of the program made, or that is being removed, is left out.
        """
        kept = []
        releases = {v.id: v for v in veroeffentlichungen.lade(self._folder)}
        drafts_too = self.datenstand().entwurf or self.datenstand().intern
        for build in warehouse.builds(self._folder):
            release = releases.get(build.id)
            if release is None and not drafts_too:
                continue
            try:
                stand = Stand(build)
                id_, made, _ = stand.kopf
                found = tuple(Aenderung(*row) for row in stand.rows(AENDERUNG))
            except (duckdb.Error, WarehouseError, OSError):
                continue
            stand.connection.close()
            if release is None:
                kept.append(Aufbewahrt(id_, made, found, None, None, ""))
                continue
            shown = found if release.zurueckgezogen is None else ()
            kept.append(
                Aufbewahrt(
                    id_, made, shown, release.freigegeben, release.zurueckgezogen, release.grund
                )
            )
        return kept
