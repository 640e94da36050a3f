"""The part of the service that decides which build is answered from, and for how long."""

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from etl import veroeffentlichungen, warehouse
from etl.errors import WarehouseError
from indicators.stand import Stand

OEFFENTLICH, ENTWURF, INTERN = "oeffentlich", "entwurf", "intern"
SICHTEN: Mapping[str, Callable[[Path], warehouse.Build]] = {
    OEFFENTLICH: warehouse.shown,
    ENTWURF: warehouse.current,
    INTERN: warehouse.current,
}


class Gezeigt:
    """One build; another one is noticed at the next question, or shown when it is ready.

    sicht: `oeffentlich` shows the latest release, or the newest build before the first one;
    `entwurf` the newest build, `intern` the same with everything in it; fest: the id of the one release whose own link is answered
    """

    def __init__(self, folder: Path, sicht: str = OEFFENTLICH, fest: str = "") -> None:
        self._folder = folder
        self._bau = partial(warehouse.released, id_=fest) if fest else SICHTEN[sicht]
        self._fest, self._intern = bool(fest), sicht == INTERN
        self._lock = threading.Lock()
        self._stand = Stand(self._bau(folder), vertraulich=self._intern)
        self._selbst = True  # whether each question looks for a new build
        self._gehalten: ContextVar[Stand | None] = ContextVar("gehalten", default=None)

    def _current(self) -> Stand:
        held = self._gehalten.get()
        return held or (self._newest() if self._selbst or self._zurueckgezogen() else self._stand)

    def _zurueckgezogen(self) -> bool:
        """Say whether what is shown was withdrawn: then nobody waits for another to be ready."""
        id_ = self._stand.build.id
        releases = veroeffentlichungen.lade(self._folder)
        return any(v.id == id_ and v.zurueckgezogen is not None for v in releases)

    def _newest(self) -> Stand:
        build = self._bau(self._folder)
        if build != self._stand.build:
            with self._lock:
                if build != self._stand.build:
                    self._stand = Stand(build, vertraulich=self._intern)
        return self._stand

    def erneuere(self, vorbereiten: Callable[[], None]) -> None:
        """Show the newest build after its first questions were asked; others get the one before.

        Once this was called, questions no longer look for a new build by themselves.
        Raises:  WarehouseError if the new build cannot be read; the one before stays
        """
        self._selbst = False
        build = self._bau(self._folder)
        if build == self._stand.build:
            return
        try:
            fresh = Stand(build, vertraulich=self._intern)
            token = self._gehalten.set(fresh)
            try:
                vorbereiten()
            finally:
                self._gehalten.reset(token)
        except duckdb.Error as error:
            raise WarehouseError.at(
                build.oeffentlich,
                f"Der Datenstand lässt sich nicht lesen: {error}",
                "Noch einmal »sozialmonitor refresh« ausführen; der bisherige bleibt in Betrieb.",
            ) from error
        self._stand = fresh

    @contextmanager
    def halte(self) -> Iterator[None]:
        """Answer from one build while the block runs, so that nothing on a page is of another."""
        token = self._gehalten.set(self._current())
        try:
            yield
        finally:
            self._gehalten.reset(token)

    @property
    def gemerkt(self) -> dict[Hashable, Any]:
        """Return what was asked before; it is forgotten together with its build."""
        return self._current().gemerkt
