"""One GENESIS table: describe, ask, order if it is too large, check."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.fetch import auftrag
from etl.fetch.ablage import Fund
from etl.fetch.abruf import Abruf
from etl.fetch.auftrag import Zettel
from etl.fetch.fehler import FetchError, TemporaryError
from etl.fetch.genesis import NICHTS_NEUES, ZU_GROSS, Genesis, Meldung, tabellenanfrage
from etl.fetch.pruefung import pruefe

Kontrolle = Callable[[Path], object]

TABELLE = "data/tablefile"
NICHT_IN_ANFRAGE = frozenset({"language", "area", "transpose"})


@dataclass(slots=True)
class Tabelle:
    """The retrieval of one table; `auftrag` is the job at the service, if there was one."""

    genesis: Genesis
    abruf: Abruf
    zettel: Zettel
    auftrag: str | None = None

    def anfrage(self) -> str:
        """Return the request in words, without user and password; equal for equal requests."""
        parameter = tabellenanfrage(self.abruf, self._heute().year)
        worte = [f"{k}={v}" for k, v in parameter.items() if k not in NICHT_IN_ANFRAGE]
        return f"{TABELLE} {', '.join(worte)}"

    def hole(self, seit: date | None) -> Fund | None:
        """Return the table; None if there is nothing newer than `seit`.

        Raises:  FetchError, TemporaryError
        """
        frage = {"name": self.abruf.tabelle, "area": "all", "language": "de"}
        auskunft = self.genesis.frage("metadata/table", frage, frozenset())
        try:
            datei = self._datei(seit, _erstes_jahr(auskunft))
        except TemporaryError:
            raise
        except FetchError:
            self.zettel.wirf_weg()  # the same order would bring the same answer
            raise
        if datei is None:
            return None
        ziel = datei.rename(datei.with_name("tabelle.zip"))
        nennung = auskunft.copyright or self.genesis.leitung.dienst.herausgeber
        return Fund((ziel,), self._heute(), self.anfrage(), self.abruf.unvollstaendig, nennung)

    def raeume_auf(self) -> tuple[str, ...]:
        """Tidy up after the find is in its place; return hints."""
        if self.auftrag is None:
            return ()
        hinweis = auftrag.raeume_auf(self.genesis, self.auftrag, self.zettel)
        return (hinweis,) if hinweis else ()

    def _heute(self) -> date:
        return self.genesis.leitung.uhr.jetzt().date()

    def _datei(self, seit: date | None, tabelle_ab: int | None) -> Path | None:
        heute = self._heute()
        parameter = tabellenanfrage(self.abruf, heute.year)
        ort = f"{self.genesis.leitung.dienst.id} {self.abruf.tabelle}"
        geheim = self.genesis.zugang.geheim

        def kontrolle(datei: Path) -> object:
            jahre = self.abruf.jahre(heute.year)
            return pruefe(ort, datei, self.abruf, jahre, tabelle_ab, geheim)

        name = self.zettel.lies(parameter, self.genesis.leitung.uhr.jetzt())
        if name is None or (datei := self._warte(name, kontrolle)) is None:
            datei = self._frage(tabellenanfrage(self.abruf, heute.year, seit), kontrolle)
        return datei

    def _frage(self, parameter: dict[str, str], kontrolle: Kontrolle) -> Path | None:
        """Ask directly; a table that is too large is ordered."""
        direkt = {**parameter, "job": "false"}
        antwort = self.genesis.lade(TABELLE, direkt, frozenset({NICHTS_NEUES, ZU_GROSS}), kontrolle)
        if not isinstance(antwort, Meldung):
            return antwort
        if antwort.code == NICHTS_NEUES:
            return None
        name = auftrag.bestelle(self.genesis, parameter, self.zettel)
        if name is None:
            return None
        datei = self._warte(name, kontrolle)
        if datei is None:
            raise TemporaryError.weil(name, "Das Ergebnis des Auftrags ist verschwunden.")
        return datei

    def _warte(self, name: str, kontrolle: Kontrolle) -> Path | None:
        """Wait for an order; None if its result has vanished."""
        auftrag.warte(self.genesis, name)
        datei = auftrag.hole_ergebnis(self.genesis, name, kontrolle)
        if datei is None:
            self.zettel.wirf_weg()
        else:
            self.auftrag = name
        return datei


def _erstes_jahr(auskunft: Meldung) -> int | None:
    """Return the first year of the table according to its description.

    Only this is used of the description: its »Updated« dates the definition, not the data.
    """
    zeit = auskunft.inhalt.get("Time") if isinstance(auskunft.inhalt, dict) else None
    von = str(zeit.get("From", "")) if isinstance(zeit, dict) else ""
    jahr = re.search(r"\d{4}", von)
    return int(jahr[0]) if jahr else None
