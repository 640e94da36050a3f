"""The GENESIS web service as Regionalstatistik, Destatis and Zensus run it.

Everything is POST; errors come as JSON with HTTP 200, so an answer is judged by its type and first
bytes. User and password travel in headers and are echoed in every answer: no answer is stored or
shown as it is.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from etl.errors import Mangel
from etl.fetch.abruf import Abruf
from etl.fetch.fehler import FetchError, TemporaryError
from etl.fetch.leitung import Anfrage, Antwort, Leitung
from etl.fetch.zugang import Zugang

Felder = dict[str, Any]

GUT, ANGEPASST = 0, 22
NICHTS_NEUES = 50
UNBEKANNT = frozenset({90, 104})
ZU_GROSS, AUFTRAG = 98, 99
ZU_VIELE = 6
OHNE_ANMELDUNG, FALSCHE_ANMELDUNG = 15, 2
ANMELDUNG = "helloworld/logincheck"
GELINGT = frozenset({GUT, ANGEPASST})
ANSEHEN = "Die Meldung stammt vom Dienst; Tabelle und Filter im Block abruf prüfen."
# The service writes these in its own words: area=all comes back as »Alle«.
EIGENE_WORTE = frozenset({"area", "language", "format", "pagelength", "job", "stand", "quality"})


@dataclass(frozen=True, slots=True)
class Meldung:
    """An answer in words: code, text and the object or list that came with it."""

    code: int
    text: str
    inhalt: Any
    copyright: str


class Genesis:
    """One account at one GENESIS service."""

    def __init__(self, leitung: Leitung, zugang: Zugang, ablage: Path) -> None:
        """Use a line. ablage: folder for files that are not looked at yet."""
        self.leitung = leitung
        self.zugang = zugang
        self._ablage = ablage

    def frage(self, methode: str, parameter: Mapping[str, str], erlaubt: frozenset[int]) -> Meldung:
        """Ask for something that comes as JSON.

        erlaubt: codes besides success that the caller deals with; every other one is an error
        """
        antwort = self.leitung.wiederhole(lambda: self._einmal(methode, parameter, erlaubt))
        if isinstance(antwort, Meldung):
            return antwort
        raise self._fehler(methode, "Statt einer Auskunft kam eine Datei.", ANSEHEN)

    def lade(
        self,
        methode: str,
        parameter: Mapping[str, str],
        erlaubt: frozenset[int],
        pruefe: Callable[[Path], object],
    ) -> Meldung | Path:
        """Ask for a file; return it, or the message of an allowed code.

        pruefe: looks into the file; what it finds damaged is asked for again
        Raises:  FetchError also for code 0 without a file
        """

        def schritt() -> Meldung | Path:
            antwort = self._einmal(methode, parameter, erlaubt)
            if isinstance(antwort, Path):
                pruefe(antwort)
            return antwort

        antwort = self.leitung.wiederhole(schritt)
        if isinstance(antwort, Meldung) and antwort.code in GELINGT:
            raise self._fehler(methode, "Der Dienst meldet Erfolg, schickt aber nichts.", ANSEHEN)
        return antwort

    def _einmal(
        self, methode: str, parameter: Mapping[str, str], erlaubt: frozenset[int]
    ) -> Meldung | Path:
        leer = [name for name, wert in parameter.items() if not wert]
        if leer:  # The service ignores them and sends its default: everything, or one year only.
            raise ValueError(f"empty parameters: {leer}")
        kopf = {
            # Without charset the service reads umlauts as Latin-1.
            b"content-type": b"application/x-www-form-urlencoded; charset=UTF-8",
            b"accept": b"application/json, application/zip, */*",
            **self.zugang.kopf(),
        }
        anfrage = Anfrage("POST", methode, urlencode(parameter).encode(), kopf)
        antwort = self.leitung.sende(anfrage, self._ablage / "antwort")
        if antwort.datei is not None:
            return antwort.datei
        meldung = self._meldung(methode, antwort, parameter)
        if meldung.code in GELINGT | erlaubt:
            return meldung
        if meldung.code == ZU_VIELE and methode != ANMELDUNG:
            # A login check ends one's own requests that have been hanging for a while.
            self._einmal(ANMELDUNG, {"language": "de"}, frozenset({ZU_VIELE}))
        raise self._als_fehler(methode, meldung)

    def _meldung(self, methode: str, antwort: Antwort, parameter: Mapping[str, str]) -> Meldung:
        """Read a JSON answer; everything said in it is said without user and password."""
        try:
            felder: Felder = dict(json.loads(antwort.koerper))
            status = felder.get("Status", felder)
            code = GUT if isinstance(status, str) else int(status["Code"])
        except (ValueError, KeyError, TypeError):
            raise self._fehler(
                methode,
                f"Die Antwort ist weder eine Datei noch eine Meldung (HTTP {antwort.status},"
                f" {antwort.typ or 'ohne Typ'}).",
                "Prüfen, ob der Herausgeber seinen Dienst geändert hat.",
            ) from None
        if isinstance(status, str):  # only the login check answers so
            return Meldung(code, "", None, "")
        if antwort.status >= HTTPStatus.BAD_REQUEST or status is felder:
            raise self._abgewiesen(methode, code, antwort.status)
        if code in GELINGT | {ZU_GROSS, AUFTRAG}:
            self._vergleiche(methode, parameter, felder.get("Parameter") or {})
        return Meldung(
            code,
            self.zugang.verdecke(" ".join(str(status.get("Content", "")).split())),
            felder.get("Object") or felder.get("List"),
            " ".join(str(felder.get("Copyright") or "").split()),
        )

    def _vergleiche(self, methode: str, gesendet: Mapping[str, str], echo: Felder) -> None:
        """Refuse if the service understood a filter differently from how it was meant."""
        for name in gesendet.keys() - EIGENE_WORTE:
            if name in echo and _glatt(echo[name]) != _glatt(gesendet[name]):
                verstanden = self.zugang.verdecke(str(echo[name]))
                raise self._fehler(
                    methode,
                    f"Der Dienst hat »{name}« als »{verstanden}« verstanden, gefragt war"
                    f" »{gesendet[name]}«.",
                    "Den Filter im Block abruf berichtigen.",
                )

    def _abgewiesen(self, methode: str, code: int, status: int) -> FetchError:
        if code in {OHNE_ANMELDUNG, FALSCHE_ANMELDUNG}:
            return self._fehler(
                methode,
                "Der Dienst kennt diese Zugangsdaten nicht.",
                "Benutzer und Kennwort erneuern; jeder der drei Dienste hat ein eigenes Konto.",
            )
        return self._fehler(methode, f"Der Dienst lehnt ab (Code {code}, HTTP {status}).", ANSEHEN)

    def _als_fehler(self, methode: str, meldung: Meldung) -> FetchError:
        if meldung.code == ZU_VIELE:
            return TemporaryError.weil(
                self.leitung.dienst.url(methode), "Für dieses Konto laufen zu viele Anfragen."
            )
        if meldung.code in UNBEKANNT:
            problem = f"Das gibt es beim Dienst nicht (mehr): {meldung.text}"
        else:
            problem = f"Der Dienst meldet Code {meldung.code}: {meldung.text}"
        return self._fehler(methode, problem, ANSEHEN)

    def _fehler(self, methode: str, problem: str, abhilfe: str) -> FetchError:
        return FetchError([Mangel(self.leitung.dienst.url(methode), problem, abhilfe)])


def _glatt(wert: object) -> str:
    return "".join(str(wert).split()).casefold()


def tabellenanfrage(abruf: Abruf, jahr: int, seit: date | None = None) -> dict[str, str]:
    """Return the parameters of `data/tablefile`, none of them empty.

    jahr: the current year; seit: the day after which something must be new
    """
    von, bis = abruf.jahre(jahr)
    parameter = {
        "name": abruf.tabelle,
        "area": "all",
        "compress": "false",  # true would drop the rows with »-«, which are facts
        "transpose": "false",
        "startyear": str(von),
        "endyear": str(bis),
        "regionalvariable": abruf.regionalmerkmal or "",
        "regionalkey": ",".join(abruf.gebiete),
        "format": "ffcsv",
        "quality": "on",
        "language": "de",
        "contents": ",".join(abruf.inhalte),
        "stand": f"{seit:%d.%m.%Y}" if seit else "",
    }
    for nummer, (merkmal, codes) in enumerate(abruf.merkmale.items(), start=1):
        parameter[f"classifyingvariable{nummer}"] = merkmal
        parameter[f"classifyingkey{nummer}"] = ",".join(codes)
    return {name: wert for name, wert in parameter.items() if wert}
