"""Wegweiser Kommune, the data service of the Bertelsmann Stiftung.

It has values for municipalities from 5,000 inhabitants. Whoever asks for a smaller one gets its
Landkreis instead, marked as `smallRegionReplacement`; such a region is never asked for and an
answer that contains one is refused.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

from etl.errors import Mangel
from etl.fetch.ablage import Fund
from etl.fetch.abruf import Abruf
from etl.fetch.fehler import FetchError, TemporaryError
from etl.fetch.leitung import Anfrage, Leitung

NENNUNG = "Bertelsmann Stiftung/www.wegweiser-kommune.de"
SEITE = 40  # regions per request; more are cut off without an error
STELLEN = {"BUND": 0, "BUNDESLAND": 2, "LANDKREIS": 5, "KREISFREIE_STADT": 5, "GEMEINDE": 8}
KLEIN = "KLEINE_GEMEINDE"
GEAENDERT = "Prüfen, ob der Herausgeber seinen Dienst geändert hat."
KEINE_FORM = "Die Antwort hat nicht die erwartete Form."


@dataclass(frozen=True, slots=True)
class Region:
    """A region as the service knows it: its name in addresses, and the official key."""

    slug: str
    schluessel: str


class Wegweiser:
    """The service, asked through one line."""

    def __init__(self, leitung: Leitung, ablage: Path) -> None:
        """Use a line. ablage: folder for the answers."""
        self.leitung = leitung
        self._ablage = ablage

    def version(self) -> date | None:
        """Return the day on which the service last changed its data; None if it is not readable."""
        text = str(self._frage(Anfrage("GET", "rest/statistics/version"))[0])
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            return None

    def hole(self, abruf: Abruf, stand: date, jahr: int) -> Fund:
        """Fetch what a source asks for; one file per answer, as it came.

        Raises:  FetchError if an answer holds another region, year, type or indicator
        """
        hinweise = [h for slug in abruf.indikatoren if (h := self._indikator(slug))]
        regionen, klein = self._regionen(abruf.gebiete)
        von, bis = abruf.jahre(jahr)
        dateien: list[Path] = []
        fehlend = [*klein]
        for pfad, seite in self._seiten(abruf, regionen, (von, bis)):
            daten, koerper = self._frage(Anfrage("GET", pfad))
            da = self._pruefe(pfad, daten, abruf, seite, (von, bis))
            fehlend += [r.schluessel for r in seite if r.schluessel not in da]
            datei = self._ablage / f"{len(dateien) + 1:02}.json"
            datei.write_bytes(koerper)
            dateien.append(datei)
        if fehlend:
            hinweise.append(f"Ohne Werte: {', '.join(sorted(fehlend))}.")
        luecken = _luecken(abruf, fehlend)
        return Fund(tuple(dateien), stand, anfrage_text(abruf), luecken, NENNUNG, tuple(hinweise))

    def _indikator(self, slug: str) -> str:
        """Check that an indicator exists; return a hint if its numbers stand for classes."""
        pfad = f"rest/indicator/get/{quote(slug, safe='')}"
        felder = self._frage(Anfrage("GET", pfad))[0]
        if not isinstance(felder, dict) or felder.get("friendlyUrl", slug) != slug:
            raise self._fehler(pfad, KEINE_FORM, GEAENDERT)
        if (
            felder.get("minimumClassification") is None
            and felder.get("maximumClassification") is None
        ):
            return ""
        return f"»{slug}« hat keine Messwerte, sondern die Mitten von Klassen."

    def _regionen(self, gebiete: Sequence[str]) -> tuple[list[Region], list[str]]:
        """Return the regions behind the keys, and the municipalities too small to have values."""
        pfad = "rest/region/filter"
        inhalt = json.dumps({"gkzs": [_gkz(muster) for muster in gebiete]}).encode()
        anfrage = Anfrage("POST", pfad, inhalt, {b"content-type": b"application/json"})
        felder = self._frage(anfrage)[0]
        if not isinstance(felder, dict) or not isinstance(felder.get("regions"), list):
            raise self._fehler(pfad, KEINE_FORM, GEAENDERT)
        gross, klein = [], []
        for eintrag in felder["regions"]:
            if eintrag.get("smallRegionReplacement"):
                continue
            schluessel = _schluessel(eintrag)
            if not any(fnmatchcase(schluessel, muster) for muster in gebiete):
                continue
            if eintrag["type"] == KLEIN:
                klein.append(schluessel)
            else:
                gross.append(Region(str(eintrag["friendlyUrl"]), schluessel))
        if not gross:
            raise self._fehler(
                pfad, "Zu diesen Gebieten hat der Dienst keine Werte.", "Den Block abruf prüfen."
            )
        return gross, klein

    def _seiten(
        self, abruf: Abruf, regionen: Sequence[Region], jahre: tuple[int, int]
    ) -> Iterator[tuple[str, Sequence[Region]]]:
        """Yield an address per page of regions."""
        for beginn in range(0, len(regionen), SEITE):
            seite = regionen[beginn : beginn + SEITE]
            teile = [*abruf.indikatoren, *(r.slug for r in seite), f"{jahre[0]}-{jahre[1]}"]
            yield f"rest/statistics/data/{'+'.join(quote(t, safe='') for t in teile)}", seite

    def _frage(self, anfrage: Anfrage) -> tuple[Any, bytes]:
        """Ask until there is an answer; return it read and as it came."""

        def einmal() -> tuple[Any, bytes]:
            antwort = self.leitung.sende(anfrage, self._ablage / "antwort")
            if antwort.status >= HTTPStatus.BAD_REQUEST:
                raise self._fehler(
                    anfrage.pfad,
                    f"Dazu hat der Dienst keine Werte (HTTP {antwort.status}).",
                    "Indikator, Gebiete und Jahre im Block abruf prüfen.",
                )
            try:
                return json.loads(_text(antwort.koerper, antwort.zeichensatz)), antwort.koerper
            except (ValueError, LookupError):
                raise TemporaryError.weil(
                    self.leitung.dienst.url(anfrage.pfad),
                    "Die Antwort ist kein vollständiges JSON.",
                ) from None

        return self.leitung.wiederhole(einmal)

    def _pruefe(
        self,
        pfad: str,
        antwort: Any,  # noqa: ANN401 - whatever the service sends
        abruf: Abruf,
        seite: Sequence[Region],
        jahre: tuple[int, int],
    ) -> set[str]:
        """Refuse an answer to another question; return the keys of the regions in it."""
        try:
            problem, da = _unstimmig(antwort, abruf, {r.schluessel for r in seite}, jahre)
        except (KeyError, TypeError, AttributeError, ValueError):
            problem, da = KEINE_FORM, set()
        if problem:
            raise self._fehler(pfad, problem, "Die Antwort wurde nicht übernommen.")
        return da

    def _fehler(self, pfad: str, problem: str, abhilfe: str) -> FetchError:
        return FetchError([Mangel(self.leitung.dienst.url(pfad), problem, abhilfe)])


def _unstimmig(
    antwort: Mapping[str, Any], abruf: Abruf, gefragt: set[str], jahre: tuple[int, int]
) -> tuple[str, set[str]]:
    """Return what does not fit the question, if anything, and the keys of the regions."""
    daten = antwort.get("data", antwort)
    regionen = daten["regions"]
    da = {_schluessel(region) for region in regionen}
    gekommen = [str(i["friendlyUrl"]) for i in daten["indicators"]]
    zeiten = [int(jahr) for jahr in antwort.get("years") or ()]
    laengen = {len(reihe) for i in daten["indicators"] for reihe in i["regionYearValues"]}
    gefunden = (
        (
            any(r.get("smallRegionReplacement") for r in regionen),
            "Für eine kleine Gemeinde kam ihr Landkreis.",
        ),
        (
            not da <= gefragt,
            f"Es kamen Gebiete, nach denen nicht gefragt war: {', '.join(sorted(da - gefragt))}.",
        ),
        (daten["type"] != abruf.typ, f"Gefragt war {abruf.typ}, gekommen ist {daten['type']}."),
        (
            sorted(gekommen) != sorted(abruf.indikatoren),
            f"Gefragt war {', '.join(abruf.indikatoren)}, gekommen ist {', '.join(gekommen)}.",
        ),
        (
            any(not jahre[0] <= jahr <= jahre[1] for jahr in zeiten),
            f"Gefragt war {jahre[0]} bis {jahre[1]}, gekommen ist {zeiten}.",
        ),
        (
            any(len(i["regionYearValues"]) != len(regionen) for i in daten["indicators"]),
            "Es gibt nicht zu jeder Region eine Reihe von Werten.",
        ),
        (bool(zeiten and laengen - {len(zeiten)}), "Es gibt nicht zu jedem Jahr einen Wert."),
    )
    return next((problem for falsch, problem in gefunden if falsch), ""), da


def _schluessel(eintrag: Mapping[str, Any]) -> str:
    """Return the official key of a region; the service fills those of larger areas with zeros.

    >>> _schluessel({"gkz": "08116000", "type": "LANDKREIS"})
    '08116'
    """
    gkz = str(eintrag.get("gkz") or eintrag["ags"])
    art = str(eintrag.get("type") or "")
    if art == "BUND" or gkz == "00000000":
        return "DG"
    stellen = STELLEN.get(art)
    if stellen is None:  # the regions of an answer come without their kind
        stellen = 2 if gkz.endswith("000000") else 5 if gkz.endswith("000") else len(gkz)
    return gkz[:stellen]


def _gkz(muster: str) -> str:
    """Return a key in the form of the service: eight digits, or with `*`."""
    if muster == "DG":
        return "00000000"
    return muster if muster.endswith("*") else muster.ljust(8, "0")


def _text(koerper: bytes, zeichensatz: str) -> str:
    """Decode an answer: as it says of itself, else UTF-8, else Latin-1, the service's old habit."""
    if zeichensatz:
        return koerper.decode(zeichensatz)
    try:
        return koerper.decode("utf-8-sig")
    except UnicodeDecodeError:
        return koerper.decode("iso-8859-1")


def anfrage_text(abruf: Abruf) -> str:
    """Return the question in words; equal for equal questions."""
    return (
        f"rest/statistics/data, Indikatoren {', '.join(abruf.indikatoren)}, Gebiete"
        f" {', '.join(abruf.gebiete)}, Jahre {abruf.von} bis {abruf.bis or 'heute'}"
    )


def _luecken(abruf: Abruf, fehlend: Sequence[str]) -> str:
    """Say for the description which municipalities the service has no values for."""
    gemeinden = sorted(key for key in fehlend if len(key) == STELLEN["GEMEINDE"])
    if not gemeinden or abruf.unvollstaendig:
        return abruf.unvollstaendig
    return f"Der Herausgeber hat keine Werte für {', '.join(gemeinden)} (unter 5.000 Einwohner)"
