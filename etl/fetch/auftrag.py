"""A table that is too large for a direct answer: order, wait, fetch, tidy up.

The name of the order is written down before anything else happens, so that an interrupted fetch
goes on waiting for the same order instead of placing another one.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from etl.fetch.fehler import FetchError, TemporaryError
from etl.fetch.genesis import AUFTRAG, GUT, NICHTS_NEUES, UNBEKANNT, ZU_GROSS, Genesis, Meldung

ERSTE_PAUSE, LAENGSTE_PAUSE, WACHSTUM = 5.0, 60.0, 1.3
FRIST = timedelta(hours=4)  # of one wait; the next fetch goes on waiting
VERFALL = timedelta(days=3)  # after that an order counts as lost


@dataclass(frozen=True, slots=True)
class Zettel:
    """The note about a running order of one source."""

    pfad: Path

    def lies(self, parameter: Mapping[str, str], jetzt: datetime) -> str | None:
        """Return the name of the order for exactly this request; None if there is none."""
        try:
            notiz = json.loads(self.pfad.read_text(encoding="utf-8"))
            gleich = notiz["anfrage"] == _kennung(parameter)
            frisch = jetzt - datetime.fromisoformat(notiz["begonnen"]) < VERFALL
            return str(notiz["auftrag"]) if gleich and frisch else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def schreibe(self, auftrag: str, parameter: Mapping[str, str], jetzt: datetime) -> None:
        """Note down an order in one step."""
        notiz = {
            "auftrag": auftrag,
            "anfrage": _kennung(parameter),
            "begonnen": jetzt.isoformat(timespec="seconds"),
        }
        self.pfad.parent.mkdir(parents=True, exist_ok=True)
        neu = self.pfad.with_suffix(".neu")
        neu.write_text(json.dumps(notiz, ensure_ascii=False), encoding="utf-8")
        neu.replace(self.pfad)

    def wirf_weg(self) -> None:
        """Forget the order."""
        self.pfad.unlink(missing_ok=True)


def _kennung(parameter: Mapping[str, str]) -> str:
    """Return a fingerprint of a request; whether only news are wanted makes no difference."""
    wesentlich = {name: wert for name, wert in parameter.items() if name != "stand"}
    return hashlib.sha256(json.dumps(wesentlich, sort_keys=True).encode()).hexdigest()


def bestelle(genesis: Genesis, parameter: Mapping[str, str], zettel: Zettel) -> str | None:
    """Order a table as a job and return the name of the result to come; None if nothing is new.

    Raises:  FetchError if this account or service cannot order
    """
    url = genesis.leitung.dienst.url("data/tablefile")
    if not genesis.leitung.dienst.auftraege or genesis.zugang.token:
        warum = (
            "ein Token keine Aufträge stellen darf"
            if genesis.zugang.token
            else "der Dienst keine Aufträge annimmt"
        )
        raise FetchError.at(
            url,
            f"Die Tabelle ist zu groß für eine direkte Antwort, und es gibt keinen Umweg, weil {warum}.",
            "Den Abruf mit von, bis, gebiete oder merkmale verkleinern, auch auf mehrere Quellen"
            " verteilt, oder Benutzer und Kennwort statt des Tokens hinterlegen.",
        )
    antwort = genesis.frage(
        "data/tablefile", {**parameter, "job": "true"}, frozenset({AUFTRAG, ZU_GROSS, NICHTS_NEUES})
    )
    if antwort.code == NICHTS_NEUES:
        return None
    name = antwort.text.rpartition(": ")[2].strip()
    if antwort.code != AUFTRAG or not name.startswith(f"{parameter['name']}_"):
        raise FetchError.at(
            url,
            f"Der Dienst hat den Auftrag nicht angenommen: {antwort.text}",
            "Den Abruf mit von, bis oder gebiete verkleinern.",
        )
    zettel.schreibe(name, parameter, genesis.leitung.uhr.jetzt())
    return name


def warte(genesis: Genesis, name: str) -> None:
    """Ask with growing pauses until the result is there.

    Raises:  TemporaryError after four hours
    """
    uhr = genesis.leitung.uhr
    ende = uhr.monoton() + FRIST.total_seconds()
    pause = ERSTE_PAUSE
    frage = {"selection": name, "area": "user", "pagelength": "1", "language": "de"}
    while not _fertig(genesis.frage("catalogue/results", frage, UNBEKANNT), name):
        if uhr.monoton() + pause > ende:
            raise TemporaryError.weil(
                genesis.leitung.dienst.url("catalogue/results"),
                f"Der Auftrag {name} ist nach {FRIST.total_seconds() / 3600:.0f} Stunden nicht"
                " fertig. Der nächste Abruf wartet weiter auf ihn.",
            )
        uhr.schlafe(pause)
        pause = min(pause * WACHSTUM, LAENGSTE_PAUSE)


def _fertig(antwort: Meldung, name: str) -> bool:
    """Say whether the result is listed; code 104 means that it is not there yet."""
    return antwort.code == GUT and any(
        isinstance(eintrag, dict) and eintrag.get("Code") == name
        for eintrag in antwort.inhalt or ()
    )


def hole_ergebnis(genesis: Genesis, name: str, pruefe: Callable[[Path], object]) -> Path | None:
    """Fetch a finished result; None if the service has thrown it away."""
    frage = {"name": name, "area": "user", "compress": "false", "format": "ffcsv", "language": "de"}
    antwort = genesis.lade("data/resultfile", frage, UNBEKANNT, pruefe)
    return antwort if isinstance(antwort, Path) else None


def raeume_auf(genesis: Genesis, name: str, zettel: Zettel) -> str:
    """Remove the result at the service and the note here; return a hint if that failed."""
    zettel.wirf_weg()
    try:
        genesis.frage("profile/removeResult", {"name": name, "area": "user"}, UNBEKANNT)
    except FetchError:
        return f"Das Ergebnis {name} liegt noch beim Dienst und kann dort gelöscht werden."
    return ""
