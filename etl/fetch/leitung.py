"""One request at a time to one service: time-outs, retries with growing pauses, no redirects.

Proxy and certificates come from the usual environment (HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE,
SSL_CERT_DIR), which httpx reads by itself.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import chain
from pathlib import Path
from random import random
from typing import BinaryIO, TypeVar

import httpx
from filelock import FileLock

from etl.fetch.dienste import Dienst
from etl.fetch.fehler import FetchError, TemporaryError

T = TypeVar("T")

FRISTEN = httpx.Timeout(300, connect=10)
DAUER = 3600  # seconds for one whole answer, however steadily it trickles
GROESSE = 2_000_000_000  # bytes of one archive
IM_SPEICHER = 100_000_000  # bytes of any other answer
VERSUCHE = 5
ERSTE_PAUSE, LAENGSTE_PAUSE = 4, 300  # seconds
ARCHIV = b"PK"
ZU_VIELE = 429


@dataclass(frozen=True, slots=True)
class Uhr:
    """Time as the client sees it; tests put in one that does not wait."""

    jetzt: Callable[[], datetime] = lambda: datetime.now(UTC)
    monoton: Callable[[], float] = time.monotonic
    schlafe: Callable[[float], None] = time.sleep
    zufall: Callable[[], float] = random


@dataclass(frozen=True, slots=True)
class Anfrage:
    """What is asked; neither the headers nor the body appear in its text form."""

    methode: str
    pfad: str
    koerper: bytes | None = field(default=None, repr=False)
    kopf: Mapping[bytes, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Antwort:
    """What came back; pages for people and states from 500 on never get this far.

    typ, zeichensatz: from Content-Type
    koerper: the body, unless it is an archive; it may echo user and password, so it is only held
             in memory
    datei:   the body of an archive
    """

    status: int
    typ: str
    zeichensatz: str
    koerper: bytes = field(repr=False)
    datei: Path | None


class Leitung:
    """The line to one service. Close it, or use it in `with`."""

    def __init__(
        self, dienst: Dienst, sperren: Path, uhr: Uhr, fristen: httpx.Timeout = FRISTEN
    ) -> None:
        """Open a line. sperren: folder of the locks that keep other processes waiting."""
        self.dienst = dienst
        self.uhr = uhr
        sperren.mkdir(parents=True, exist_ok=True)
        self._sperre = FileLock(sperren / f"{dienst.id}.lock")
        self._letzte = float("-inf")
        self._client = httpx.Client(timeout=fristen, follow_redirects=False)

    def __enter__(self) -> "Leitung":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def wiederhole(self, schritt: Callable[[], T]) -> T:
        """Do a step; after something temporary wait and try again, a few times.

        Raises:  TemporaryError of the last attempt, FetchError of any
        """
        for versuch in range(1, VERSUCHE):
            try:
                return schritt()
            except TemporaryError as error:
                doppelt = min(ERSTE_PAUSE * 2 ** (versuch - 1), LAENGSTE_PAUSE)
                # Jitter: clients thrown out together must not come back together.
                self.uhr.schlafe(max(error.warte, doppelt * (0.5 + self.uhr.zufall())))
        return schritt()

    def sende(self, anfrage: Anfrage, ziel: Path) -> Antwort:
        """Ask once; an archive is written to `ziel`.

        Raises:  TemporaryError: no connection, time-out, cut off, too many requests, 5xx, a page
                 for people; FetchError: redirected or too large
        """
        url = self.dienst.url(anfrage.pfad)
        with self._sperre:
            self._warte_pause()
            try:
                with self._client.stream(
                    anfrage.methode, url, content=anfrage.koerper, headers=anfrage.kopf
                ) as answer:
                    _pruefe_status(url, answer)
                    antwort = self._lies(url, answer, ziel)
            except httpx.RequestError as error:
                # Its text may quote a proxy with password, and its request holds the headers.
                raise TemporaryError.weil(url, _grund(error)) from None
            except httpx.InvalidURL:
                raise FetchError.at(
                    url, "Das ist keine gültige Adresse.", "Den Block abruf prüfen."
                ) from None
            finally:
                self._letzte = self.uhr.monoton()
        return _keine_seite(url, antwort)

    def _warte_pause(self) -> None:
        rest = self._letzte + self.dienst.pause - self.uhr.monoton()
        if rest > 0:
            self.uhr.schlafe(rest)

    def _lies(self, url: str, answer: httpx.Response, ziel: Path) -> Antwort:
        """Take the body: an archive goes to `ziel`, anything else stays in memory."""
        stuecke = self._stuecke(url, answer)
        anfang = b""
        while len(anfang) < len(ARCHIV) and (stueck := next(stuecke, None)) is not None:
            anfang += stueck
        datei = None
        if anfang.startswith(ARCHIV):
            datei, koerper = ziel, b""
            with _neu(ziel) as file:
                file.write(anfang)
                file.writelines(stuecke)
        else:
            koerper = b"".join(_hoechstens(url, IM_SPEICHER, anfang, stuecke))
        typ = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Antwort(answer.status_code, typ, answer.charset_encoding or "", koerper, datei)

    def _stuecke(self, url: str, answer: httpx.Response) -> Iterator[bytes]:
        """Yield the body piece by piece, as long as it takes neither too long nor too much room."""
        ende = self.uhr.monoton() + DAUER
        for stueck in _hoechstens(url, GROESSE, b"", answer.iter_bytes()):
            if self.uhr.monoton() > ende:
                raise TemporaryError.weil(
                    url, f"Die Antwort war nach {DAUER // 60} Minuten nicht zu Ende."
                )
            yield stueck


def _hoechstens(url: str, grenze: int, anfang: bytes, stuecke: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces of a body as long as they are not too much together."""
    groesse = 0
    for stueck in chain((anfang,), stuecke):
        groesse += len(stueck)
        if groesse > grenze:
            raise FetchError.at(
                url, "Die Antwort ist zu groß.", "Den Abruf mit von, bis oder gebiete verkleinern."
            )
        yield stueck


@contextmanager
def _neu(ziel: Path) -> Iterator[BinaryIO]:
    """Open a new file that disappears again if it cannot be finished."""
    try:
        with ziel.open("wb") as datei:
            yield datei
    except BaseException:
        ziel.unlink(missing_ok=True)
        raise


def _grund(error: httpx.RequestError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "Der Dienst hat nicht rechtzeitig geantwortet."
    if isinstance(error, httpx.RemoteProtocolError | httpx.DecodingError):
        return "Die Antwort brach mittendrin ab."
    if isinstance(error, httpx.ProxyError):
        return "Der Proxy hat die Verbindung abgelehnt."
    return f"Es kam keine Verbindung zustande ({type(error).__name__})."


def _pruefe_status(url: str, answer: httpx.Response) -> None:
    status = answer.status_code
    if answer.is_redirect:
        host = answer.headers.get("location", "").split("?")[0]
        raise FetchError.at(
            url,
            f"Der Dienst verweist auf eine andere Adresse ({host}).",
            "Nicht gefolgt, weil die Zugangsdaten mitgingen. Steht die neue Adresse auf der Seite"
            " des Herausgebers, in etl/fetch/dienste.py eintragen.",
        )
    if status == ZU_VIELE or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise TemporaryError.weil(
            url, f"Der Dienst kann gerade nicht antworten (HTTP {status}).", _warte(answer)
        )


def _warte(answer: httpx.Response) -> float:
    """Return the seconds that the service asks to wait, at most the longest pause."""
    text = answer.headers.get("retry-after", "").strip()
    try:
        if text.isdigit():
            return min(float(text), LAENGSTE_PAUSE)
        zeitpunkt = parsedate_to_datetime(text)
        jetzt = parsedate_to_datetime(answer.headers["date"])
        return min(max((zeitpunkt - jetzt).total_seconds(), 0), LAENGSTE_PAUSE)
    except (ValueError, KeyError, TypeError):
        return 0


def _keine_seite(url: str, antwort: Antwort) -> Antwort:
    """Refuse a page for people: in maintenance the services send one, even with HTTP 200."""
    page = antwort.koerper[:200].lstrip().lower().startswith((b"<!doctype html", b"<html"))
    if not page and antwort.typ != "text/html":
        return antwort
    if antwort.status >= httpx.codes.BAD_REQUEST:
        raise FetchError.at(
            url,
            f"Diese Adresse gibt es bei dem Dienst nicht (HTTP {antwort.status}).",
            "Adresse in etl/fetch/dienste.py und den Block abruf prüfen.",
        )
    raise TemporaryError.weil(url, "Statt Daten kam eine Webseite, vermutlich wegen Wartung.")
