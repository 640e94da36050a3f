"""The part of the service that answers who works on the goals, what was decided and what is done."""

from abc import ABC, abstractmethod
from datetime import date

from etl.errors import UnknownError, suggestion
from indicators.records_agenda import (
    Beschluss,
    Geschaeftsordnung,
    Gremium,
    Massnahme,
    Sitzung,
    Unterziel,
    Zielwert,
)
from indicators.stand import Stand


class Agenda(ABC):
    """Bodies, sittings, resolutions, sub-goals, targets and measures of the build in use."""

    @abstractmethod
    def _current(self) -> Stand:
        """Return the build in use."""

    def geschaeftsordnung(self) -> Geschaeftsordnung | None:
        """Return the rules of procedure of the steering bodies, if somebody entered them."""
        return self._current().planung.geschaeftsordnung

    def gremien(self) -> list[Gremium]:
        """Return all bodies in the order of their file: from practice to politics."""
        return list(self._current().planung.gremien.values())

    def gremium(self, id_: str) -> Gremium:
        """Return one body; raises UnknownError if there is none of that id."""
        known = self._current().planung.gremien
        if id_ not in known:
            remedy = suggestion(id_, known, "Alle Gremien zeigt die Seite »Gremien«.")
            raise UnknownError.at(id_, f"Das Gremium »{id_}« gibt es nicht.", remedy)
        return known[id_]

    def sitzungen(self, gremium: str | None = None) -> list[Sitzung]:
        """Return the sittings of all bodies or of one, earliest first."""
        return [s for s in self._current().planung.sitzungen if gremium in {None, s.gremium}]

    def naechste_sitzung(self, gremium: str, ab: date) -> Sitzung | None:
        """Return the first sitting of a body on a day or after it, if one is entered."""
        return next((s for s in self.sitzungen(gremium) if s.datum >= ab), None)

    def beschluesse(
        self, *, gremium: str | None = None, leitziel: str | None = None
    ) -> list[Beschluss]:
        """Return resolutions, earliest first: all, those of a body, or those about a Leitziel.

        One without Leitziele is about every Leitziel.
        """
        return [
            b
            for b in self._current().planung.beschluesse
            if gremium in {None, b.gremium}
            and (leitziel is None or not b.leitziele or leitziel in b.leitziele)
        ]

    def unterziele(self, leitziel: str | None = None) -> list[Unterziel]:
        """Return the goals below all Leitziele, or below one."""
        return [u for u in self._current().planung.unterziele if leitziel in {None, u.leitziel}]

    def massnahmen(
        self, *, leitziel: str | None = None, querschnittsthema: str | None = None
    ) -> list[Massnahme]:
        """Return measures in the order of their file: all, or those of a Leitziel or a topic."""
        return [
            m
            for m in self._current().planung.massnahmen
            if (leitziel is None or leitziel in m.leitziele)
            and (querschnittsthema is None or querschnittsthema in m.querschnittsthemen)
        ]

    def zielwerte(self, indikator: str | None = None) -> list[Zielwert]:
        """Return the targets that a body or a law has set, for all indicators or for one."""
        return [z for z in self._current().planung.zielwerte if indikator in {None, z.indikator}]
