"""One build and no other: what a report is tied to, and the one it is compared with."""

from datetime import date
from pathlib import Path

from etl import veroeffentlichungen, warehouse
from etl.errors import SozialmonitorError, UnknownError, suggestion
from indicators.gezeigt import ENTWURF
from indicators.service import Service
from indicators.stand import Stand

NOVEMBER = 11


class Veroeffentlichung(Service):
    """The service over one fixed build, whatever is swapped in meanwhile."""

    def __init__(self, folder: Path, build: warehouse.Build) -> None:
        super().__init__(folder, ENTWURF)
        self._stand = Stand(build)

    def _current(self) -> Stand:
        return self._stand

    def neben(self, id_: str) -> "Veroeffentlichung":
        """Return another kept build of the same folder."""
        return veroeffentlichung(self._folder, id_)


def veroeffentlichung(folder: Path, id_: str | None = None) -> Veroeffentlichung:
    """Return the build of an id, or the one that is shown.

    Raises:  UnknownError if there is none of it, SozialmonitorError if it was withdrawn
    """
    if id_ is None:
        return Veroeffentlichung(folder, warehouse.shown(folder))
    kept = {build.id: build for build in warehouse.builds(folder)}
    if id_ not in kept:
        remedy = suggestion(id_, kept, f"Aufbewahrt sind: {', '.join(kept) or 'keine'}.")
        raise UnknownError.at(id_, f"Die Veröffentlichung »{id_}« gibt es hier nicht.", remedy)
    for release in veroeffentlichungen.lade(folder):
        if release.id == id_ and release.zurueckgezogen is not None:
            raise SozialmonitorError.at(
                id_,
                f"Diese Veröffentlichung wurde zurückgezogen: {release.grund}",
                "Eine andere nennen, oder --veroeffentlichung weglassen.",
            )
    return Veroeffentlichung(folder, kept[id_])


def vorjahr(service: Veroeffentlichung) -> Veroeffentlichung | None:
    """Return the newest released build up to the end of last November, if one is kept.

    The report of a year is that of its November sitting; from December on the next one is meant.
    """
    stand = service.datenstand()
    year = stand.erzeugt.year + (stand.erzeugt.month > NOVEMBER)
    limit = date(year - 1, NOVEMBER + 1, 1)
    for kept in service.datenstaende():
        valid = kept.freigegeben is not None and kept.zurueckgezogen is None
        if valid and kept.erzeugt.date() < limit and kept.id != stand.id:
            return service.neben(kept.id)
    return None
