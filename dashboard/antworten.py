"""Answers that were given before, kept for as long as their Datenstand is shown.

Every callback is a function of its request and the Datenstand alone, so the same request gets the
same bytes again. Nothing of a visitor is in an answer, and only public figures are. A request is
answered from one Datenstand from beginning to end, also while another one is swapped in.
"""

from collections import OrderedDict
from contextlib import ExitStack
from threading import Lock

from flask import Flask, Response, g, request
from werkzeug.exceptions import Gone

from dashboard.seite import Kontext
from etl.errors import WarehouseError
from indicators.records_stand import Datenstand
from indicators.service import Service

CALLBACKS = "/_dash-update-component"
HOECHSTENS = 256
ZU_GROSS = 2_000_000
# What a failed callback sets on the page stands beside its answer; it must not be repeated.
GESCHEITERT = b'"sideUpdate"'
Antworten = OrderedDict[tuple[Datenstand, bytes], bytes]


def hold(server: Flask, service: Service) -> None:
    """Answer each request from one Datenstand; comes before everything that asks for figures."""

    @server.before_request
    def begin() -> None:
        held = ExitStack()
        try:
            held.enter_context(service.halte())
        except WarehouseError as error:  # every release was withdrawn
            raise Gone(error.maengel[0].problem) from error
        g.gehalten = held

    @server.teardown_request
    def end(_error: BaseException | None) -> None:
        if "gehalten" in g:
            g.gehalten.close()


def register(server: Flask, kontext: Kontext) -> None:
    """Remember the newest answers of the callbacks and give them again."""
    lock = Lock()

    def question() -> tuple[Datenstand, bytes] | None:
        if request.path != CALLBACKS or (request.content_length or 0) > ZU_GROSS:
            return None
        return kontext.service.datenstand(), request.get_data()

    def known() -> Antworten:
        return kontext.merke("antworten", Antworten)

    @server.before_request
    def again() -> Response | None:
        g.frage = question()
        with lock:
            found = known().get(g.frage)
            if found is not None:
                known().move_to_end(g.frage)
                g.bekannt = True
        return None if found is None else Response(found, mimetype="application/json")

    @server.after_request
    def remember(response: Response) -> Response:
        asked = g.get("frage") if response.status_code == 200 and "bekannt" not in g else None
        if asked is None or response.is_streamed or response.content_encoding:
            return response
        body = response.get_data()
        if GESCHEITERT not in body:
            with lock:
                known()[asked] = body
                while len(known()) > HOECHSTENS:
                    known().popitem(last=False)
        return response
