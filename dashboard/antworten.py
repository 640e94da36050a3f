"""Answers that were given before, kept for as long as their Datenstand is shown.

Every callback is a function of its request and the Datenstand alone, so the same request gets the
same bytes again. Nothing of a visitor is in an answer, and only public figures are.
"""

from collections import OrderedDict
from threading import Lock

from flask import Flask, Response, request

from dashboard.seite import Kontext

CALLBACKS = "/_dash-update-component"
HOECHSTENS = 256
ZU_GROSS = 2_000_000
# What a failed callback sets on the page stands beside its answer; it must not be repeated.
GESCHEITERT = b'"sideUpdate"'


def register(server: Flask, kontext: Kontext) -> None:
    """Remember the newest answers of the callbacks and give them again."""
    known: OrderedDict[tuple[str, bytes], bytes] = OrderedDict()
    lock = Lock()

    def question() -> tuple[str, bytes] | None:
        if request.path != CALLBACKS or (request.content_length or 0) > ZU_GROSS:
            return None
        return kontext.auffrischen().id, request.get_data()

    @server.before_request
    def again() -> Response | None:
        asked = question()
        with lock:
            found = known.get(asked) if asked else None
            if found is not None and asked is not None:
                known.move_to_end(asked)
        return None if found is None else Response(found, mimetype="application/json")

    @server.after_request
    def remember(response: Response) -> Response:
        asked = question() if response.status_code == 200 else None
        if asked is None or response.is_streamed or response.content_encoding:
            return response
        body = response.get_data()
        if GESCHEITERT not in body:
            with lock:
                known[asked] = body
                while len(known) > HOECHSTENS:
                    known.popitem(last=False)
        return response
