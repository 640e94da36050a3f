"""Who may see internal figures: nothing is answered without a session, and sessions begin here.

`serve --intern` is one process, so sessions and failed attempts live in its memory: a new start ends
them all, and no key lies on the disk. Who one is proves a password, or the provider of the house.
"""

import secrets
import time
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from threading import Lock

from flask import Flask, Response, abort, g, redirect, request, session
from flask.sessions import SecureCookieSessionInterface
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as Antwort

from dashboard import konten, logbuch
from dashboard.anbieter import BEGINN, ZURUECK, Anbieter, anbieter
from dashboard.schutz import seite

DAUER = 8 * 3600  # seconds: a working day
VERSUCHE, SPERRE = 5, 900  # failed attempts for one name within so many seconds
VERSUCHE_ALLE = 50  # and altogether, so that nobody tries one password on many names
ZEIGEN_BIS = timedelta(days=90)  # when a file with internal figures is to be deleted
OFFEN = ("anmelden", "abmelden", "beginn", "zurueck")
DATEIEN = ("/export", "/api/v1/export", "/bericht/")
FORMULAR = """<form method="post" action="/anmelden">
<input type="hidden" name="zeichen" value="{zeichen}">
<label>Konto <input name="konto" autocomplete="username" required maxlength="40"></label>
<label>Passwort <input name="passwort" type="password" autocomplete="current-password" required></label>
<button type="submit">Anmelden</button></form>"""
DIENSTKONTO = f'<p><strong><a href="{BEGINN}">Mit dem Dienstkonto anmelden</a></strong></p>'
ODER = "<p>Oder mit einem Konto, das nur hier gilt:</p>"
HINWEIS = """<p>Hier sind Zahlen zu sehen, die nicht weitergegeben werden dürfen. Anmeldungen und Dateien
werden mit Konto und Zeit aufgeschrieben und nach zwölf Monaten gelöscht.</p>"""
STUMM = "Der Anmeldedienst antwortet gerade nicht. Bitte später noch einmal versuchen."
UNGUELTIG = "Diese Anmeldung ist abgelaufen, abgebrochen oder ungültig. Bitte neu beginnen."
KEIN_ZUGANG = """<p style="overflow-wrap:anywhere">Das Dienstkonto »{name}« ist bekannt, gehört aber nicht zu der Gruppe, die interne
Zahlen sehen darf. Wer sie braucht, wendet sich an die Sozialplanung.</p>
<p><a href="/anmelden">Zur Anmeldung</a></p>"""


@dataclass(frozen=True, slots=True)
class Sitzung:
    """A session: whose, with which password it began, its sign against forged requests, its end."""

    konto: str
    hash: str  # empty for an account of the house
    zeichen: str
    ende: float


class Cookie(SecureCookieSessionInterface):
    """Flask's signed cookie; marked secure where the visitor came by TLS, also through a proxy."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - signature of Flask
        """Say whether the cookie may travel by TLS only."""
        return request.headers.get("X-Forwarded-Proto", request.scheme) == "https"

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002 - signature of Flask
        """Keep the cookie from whatever else is found at the same host."""
        return f"{request.script_root}/"

    def get_cookie_samesite(self, app: Flask) -> str:  # noqa: ARG002 - signature of Flask
        """Let nothing but a login under way come along from the page of the provider."""
        return "Lax" if any(key.startswith("_state_") for key in session) else "Strict"


class Wache:
    """Knows the sessions and the failed attempts."""

    def __init__(self, warehouse: Path) -> None:
        self.warehouse = warehouse
        self._sitzungen: dict[str, Sitzung] = {}
        self._versuche: dict[str, deque[float]] = defaultdict(deque)
        self._lock = Lock()

    def beginne(self, konto: str, *, dienstkonto: bool = False) -> None:
        """Begin a session for an account whose owner has proved to be it."""
        key = secrets.token_urlsafe(32)
        stored = "" if dienstkonto else konten.lade(self.warehouse)[konto]["hash"]
        now = time.monotonic()
        self._sitzungen = {k: s for k, s in self._sitzungen.items() if s.ende > now}
        self._sitzungen[key] = Sitzung(konto, stored, secrets.token_urlsafe(32), now + DAUER)
        session.clear()
        session["sitzung"] = key

    def beende(self) -> None:
        """End the session of this request, here and not only in the browser."""
        self._sitzungen.pop(session.get("sitzung", ""), None)
        session.clear()

    def sitzung(self) -> Sitzung | None:
        """Return the session of this request, as long as its account and password are the same."""
        found = self._sitzungen.get(session.get("sitzung", ""))
        if found is None or found.ende <= time.monotonic():
            return None
        if not found.hash:
            return found
        account = konten.lade(self.warehouse).get(found.konto)
        return found if account and account["hash"] == found.hash else None

    def pruefe(self, konto: str, passwort: str) -> bool:
        """Check a password, one at a time; raises TooManyRequests after too many failures."""
        with self._lock:
            known = konto if konto in konten.lade(self.warehouse) else "unbekannt"
            tried = [self._juengste(name) for name in (known, "")]
            if len(tried[0]) >= VERSUCHE or len(tried[1]) >= VERSUCHE_ALLE:
                logbuch.schreibe(self.warehouse, "gesperrt", known)
                raise TooManyRequests("Zu viele Versuche. Bitte eine Viertelstunde warten.", None)
            if konten.pruefe(self.warehouse, konto, passwort):
                self._versuche.pop(known, None)
                return True
            for attempts in tried:
                attempts.append(time.monotonic())
        # A name that does not exist may be a password in the wrong field.
        logbuch.schreibe(self.warehouse, "abgewiesen", known)
        return False

    def _juengste(self, name: str) -> deque[float]:
        attempts = self._versuche[name]
        while attempts and attempts[0] < time.monotonic() - SPERRE:
            attempts.popleft()
        return attempts


def register(server: Flask, warehouse: Path) -> None:
    """Put the guard before everything else that the server answers."""
    wache = Wache(warehouse)
    server.secret_key = secrets.token_bytes(32)
    server.session_interface = Cookie()
    server.config |= {
        "SESSION_COOKIE_NAME": "sozialmonitor_intern",
        "SESSION_COOKIE_HTTPONLY": True,
    }
    _waechter(server, wache)
    _seiten(server, wache)
    house = anbieter()
    if house:
        _dienstkonto(server, wache, house)


def _waechter(server: Flask, wache: Wache) -> None:
    """Let nothing through without a session, and mark what goes out with one."""

    def guard() -> Antwort | None:
        if request.endpoint in OFFEN:
            return None
        g.sitzung = wache.sitzung()
        if g.sitzung is None:
            wanted = request.method == "GET" and request.accept_mimetypes.accept_html
            if wanted and not request.path.startswith(("/_dash", "/api/", "/export")):
                return redirect("/anmelden")
            abort(401)
        sign = request.headers.get("X-CSRFToken", "")
        if request.method not in ("GET", "HEAD") and not _gleich(sign, g.sitzung.zeichen):
            abort(403)
        return None

    # Before every function that answers or prepares anything.
    server.before_request_funcs.setdefault(None, []).insert(0, guard)

    @server.after_request
    def mark(response: Response) -> Response:
        found = g.get("sitzung")
        if found is not None:
            cookie = Cookie()
            secure = "; Secure" if cookie.get_cookie_secure(server) else ""
            place = cookie.get_cookie_path(server)
            # Dash sends it back as X-CSRFToken; another site can neither read nor send it.
            response.headers.add(
                "Set-Cookie", f"_csrf_token={found.zeichen}; Path={place}; SameSite=Strict{secure}"
            )
            response.headers["Cache-Control"] = "no-store"
            if response.status_code == 200 and request.path.startswith(DATEIEN):
                until = datetime.now(UTC) + ZEIGEN_BIS
                logbuch.schreibe(
                    wache.warehouse,
                    "export_intern",
                    found.konto,
                    datei=f"{request.path}?{request.query_string.decode('ascii', 'replace')}"[:500],
                    loeschen_bis=f"{until:%Y-%m-%d}",
                )
        return response


def _seiten(server: Flask, wache: Wache) -> None:
    @server.route("/anmelden", methods=["GET", "POST"])
    def anmelden() -> Antwort:
        if request.method == "GET":
            return _formular(wache)
        sent, kept = request.form.get("zeichen", ""), session.get("zeichen", "")
        if not (kept and _gleich(sent, kept)):
            abort(403)
        konto = request.form.get("konto", "").strip()
        if not wache.pruefe(konto, request.form.get("passwort", "")):
            return _formular(wache, "Konto oder Passwort stimmt nicht.", 401)
        wache.beginne(konto)
        logbuch.schreibe(wache.warehouse, "anmeldung", konto)
        return redirect("/", 303)

    @server.get("/abmelden")
    def abmelden() -> Antwort:
        wache.beende()
        return redirect("/anmelden", 303)


def _dienstkonto(server: Flask, wache: Wache, house: Anbieter) -> None:
    """Let those in whom the provider of the house knows and has in the right group."""
    from dashboard import dienstkonto

    def refuse(error: Exception) -> Response:
        silent = isinstance(error, dienstkonto.STUMM)
        reason = type(error).__name__ if silent else str(error)[:200]
        logbuch.schreibe(
            wache.warehouse, "abgewiesen", "unbekannt", weg="dienstkonto", grund=reason
        )
        return _formular(wache, STUMM, 503) if silent else _formular(wache, UNGUELTIG, 401)

    @server.get(BEGINN)
    def beginn() -> Antwort:
        wache.beende()  # the cookie of a session would not come back from the provider
        try:
            return dienstkonto.schicke(house)
        except (*dienstkonto.STUMM, *dienstkonto.UNGUELTIG) as error:
            return refuse(error)

    @server.get(ZURUECK)
    def zurueck() -> Antwort:
        try:
            person = dienstkonto.empfange(house)
        except (*dienstkonto.STUMM, *dienstkonto.UNGUELTIG) as error:
            return refuse(error)
        about = {"weg": "dienstkonto", "kennung": person.kennung}
        if not person.darf:
            logbuch.schreibe(wache.warehouse, "abgewiesen", person.name, **about, grund="gruppe")
            return seite(403, "Kein Zugang", KEIN_ZUGANG.format(name=escape(person.name)))
        wache.beginne(person.name, dienstkonto=True)
        logbuch.schreibe(wache.warehouse, "anmeldung", person.name, **about)
        # A redirect would still count as coming from the provider and go without the strict cookie.
        response = seite(200, "Angemeldet", '<p><a href="/">Zur internen Sicht</a></p>')
        response.headers["Refresh"] = f"0; url={request.script_root}/"
        return response


def _gleich(sent: str, kept: str) -> bool:
    return secrets.compare_digest(sent.encode(), kept.encode())


def _formular(wache: Wache, meldung: str = "", status: int = 200) -> Response:
    session["zeichen"] = secrets.token_urlsafe(32)
    note = f'<p role="alert">{escape(meldung)}</p>' if meldung else ""
    form = FORMULAR.format(zeichen=session["zeichen"])
    if anbieter():
        # Passwords are for the day when the provider fails, where somebody has one.
        form = DIENSTKONTO + (ODER + form if konten.lade(wache.warehouse) else "")
    return seite(status, "Interne Sicht", note + form + HINWEIS)
