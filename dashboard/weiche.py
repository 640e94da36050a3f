"""Fixed links: below /stand/ID the whole site is served from the release ID, for ever.

Each release gets an application of its own over its kept file. The pages know nothing of it: the
beginning of their addresses is taken off and put on in unterpfad.py.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from dash import Dash
from flask import Flask, redirect, request
from werkzeug.exceptions import Gone, NotFound
from werkzeug.wrappers import Response as Antwort

from dashboard.schutz import FREMD
from dashboard.seite import FEST, fester_link
from dashboard.unterpfad import Wsgi, nimm_ab
from etl.errors import UnknownError
from indicators.service import Service

HOECHSTENS = (
    4  # releases that are ready at the same time; another one takes some tenths of a second
)
AKTUELL = "aktuell"
PFAD = re.compile(rf"{FEST}/([0-9-]+)(/.*)?")


class Weiche:
    """Leads requests below /stand/ID to the application of that release, all others to the usual one."""

    def __init__(self, app: Dash, service: Service, bau: Callable[[Service, str], Dash]) -> None:
        self._sonst: Wsgi = app.server.wsgi_app
        self._service = service
        self._bau = bau
        self._fertig: OrderedDict[str, Wsgi] = OrderedDict()
        self._lock = Lock()
        _melde_fehlende(app.server, service)

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:  # noqa: ANN401
        """Answer one request; a release that is unknown or withdrawn is refused by the usual one."""
        found = PFAD.fullmatch(environ.get("PATH_INFO", ""))
        if found is None or found[2] is None or not self._gilt(found[1]):
            return self._sonst(environ, start)
        inner = nimm_ab(environ, fester_link(found[1], ""), found[2])
        return self._von(found[1])(inner, start)

    def _gilt(self, id_: str) -> bool:
        try:
            return self._service.veroeffentlichung(id_).zurueckgezogen is None
        except UnknownError:
            return False

    def _von(self, id_: str) -> Wsgi:
        with self._lock:
            if id_ not in self._fertig:
                app = self._bau(self._service.fest(id_), fester_link(id_, ""))
                self._fertig[id_] = app.server
                while len(self._fertig) > HOECHSTENS:
                    self._fertig.popitem(last=False)
            self._fertig.move_to_end(id_)
            return self._fertig[id_]


def _melde_fehlende(server: Flask, service: Service) -> None:
    """Say of a release that it was never there, or why it was withdrawn; lead to the newest one."""

    @server.route(f"{FEST}/<id_>", defaults={"rest": ""})
    @server.route(f"{FEST}/<id_>/", defaults={"rest": ""})
    @server.route(f"{FEST}/<id_>/<path:rest>", methods=["GET", "POST"])
    def fehlt(id_: str, rest: str) -> Antwort:
        if id_ == AKTUELL:
            query = request.query_string.decode("ascii", "replace")
            return redirect(f"/{rest.lstrip(FREMD)}?{query}".rstrip("?"))
        try:
            release = service.veroeffentlichung(id_)
        except UnknownError:
            raise NotFound from None
        if release.zurueckgezogen is None:
            return redirect(fester_link(id_))
        day = f"{release.zurueckgezogen:%d.%m.%Y}"
        raise Gone(f"Die Veröffentlichung {id_} wurde am {day} zurückgezogen: {release.grund}")
