"""The part of the service that decides which build is answered from, and for how long."""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import duckdb

from etl import warehouse
from etl.errors import WarehouseError
from indicators.stand import Stand


class Gezeigt:
    """The build in use; a new one is noticed at the next question, or shown when it is ready."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._stand = Stand(warehouse.current(folder))
        self._selbst = True  # whether each question looks for a new build
        self._gehalten: ContextVar[Stand | None] = ContextVar("gehalten", default=None)

    def _current(self) -> Stand:
        held = self._gehalten.get()
        return held or (self._newest() if self._selbst else self._stand)

    def _newest(self) -> Stand:
        build = warehouse.current(self._folder)
        if build != self._stand.build:
            with self._lock:
                if build != self._stand.build:
                    self._stand = Stand(build)
        return self._stand

    def erneuere(self, vorbereiten: Callable[[], None]) -> None:
        """Show the newest build after its first questions were asked; others get the one before.

        Once this was called, questions no longer look for a new build by themselves.
        Raises:  WarehouseError if the new build cannot be read; the one before stays
        """
        self._selbst = False
        build = warehouse.current(self._folder)
        if build == self._stand.build:
            return
        try:
            fresh = Stand(build)
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
