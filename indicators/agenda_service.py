"""The part of the service that answers who works on the goals, what was decided and what is done."""

from abc import ABC, abstractmethod
from datetime import date

from etl.errors import UnknownError, suggestion
from indicators.records_agenda import (
    Anforderung,
    Beschluss,
    Fachnotiz,
    Geldbetrag,
    Geschaeftsordnung,
    Gremium,
    Handlungsempfehlung,
    Massnahme,
    Planungsauftrag,
    Sitzung,
    Unterziel,
    Vorausberechnung,
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

    def planungsauftraege(
        self, *, gremium: str | None = None, leitziel: str | None = None
    ) -> list[Planungsauftrag]:
        """Return the tasks given to the planners, earliest first; see `beschluesse`."""
        return [
            a
            for a in self._current().planung.planungsauftraege
            if gremium in {None, a.gremium}
            and (leitziel is None or not a.leitziele or leitziel in a.leitziele)
        ]

    def handlungsempfehlungen(self, leitziel: str | None = None) -> list[Handlungsempfehlung]:
        """Return what experts advise, earliest first: all, or what is about a Leitziel."""
        return [
            e
            for e in self._current().planung.handlungsempfehlungen
            if leitziel is None or not e.leitziele or leitziel in e.leitziele
        ]

    def geld(
        self,
        *,
        handlungsfeld: str | None = None,
        leitziel: str | None = None,
        indikator: str | None = None,
    ) -> list[Geldbetrag]:
        """Return amounts of money in the order of their file.

        All; or those of a Handlungsfeld, beside a Leitziel or beside an indicator. The amounts
        about the whole social budget (without Handlungsfeld) are only among all.
        """
        return [
            g
            for g in self._current().planung.geld
            if (handlungsfeld is None or handlungsfeld in g.handlungsfelder)
            and (leitziel is None or leitziel in g.leitziele)
            and (indikator is None or indikator in (*g.indikatoren, g.aus_indikator))
        ]

    def fachnotizen(
        self, *, indikator: str | None = None, handlungsfeld: str | None = None
    ) -> list[Fachnotiz]:
        """Return signed notes, earliest first: all, those of an indicator, those of a field.

        Those of a field are the ones about the field itself.
        """
        return [
            n
            for n in self._current().planung.fachnotizen
            if indikator in {None, n.indikator} and handlungsfeld in {None, n.handlungsfeld}
        ]

    def kern(self, leitziel: str) -> tuple[str, ...]:
        """Return the ids of the indicators that stand for a Leitziel, most telling first."""
        return self._current().planung.kern.get(leitziel, ())

    def angebote(self, indikator: str) -> tuple[str, ...]:
        """Return the ids of the indicators of facilities that serve the people of this one."""
        return self._current().planung.angebote.get(indikator, ())

    def dient(self, indikator: str) -> tuple[str, ...]:
        """Return the ids of the indicators whose people these facilities serve."""
        offers = self._current().planung.angebote
        return tuple(served for served, ids in offers.items() if indikator in ids)

    def anforderung(self, indikator: str) -> Anforderung | None:
        """Return who holds the figures of an indicator that are not delivered yet."""
        return self._current().planung.anforderungen.get(indikator)

    def schutz(self, indikator: str) -> str:
        """Return in words which counts of an indicator are not shown."""
        return self._current().planung.schutz[indikator]

    def vorausberechnung(self, indikator: str) -> list[Vorausberechnung]:
        """Return what publishers expect of an indicator, by area, then by time."""
        if indikator not in self._current().vorausberechnet:
            return []
        found = self._current().rows(
            "SELECT gebiet, zeit, zeitbezug, jahr, wert, unten, oben, quelle, anmerkung"
            " FROM vorausberechnung WHERE indikator = ? AND wert IS NOT NULL ORDER BY gebiet, jahr",
            [indikator],
        )
        return [Vorausberechnung(*row) for row in found]
