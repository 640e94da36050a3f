"""What addresses begin with: nothing, the path of SOZIALMONITOR_ADRESSE, /stand/ID, or both.

The pages know nothing of it: they write every address from the root. Here alone the beginning is
taken off where an address comes in, and put on where one goes out.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.utils import redirect

from dashboard.schutz import CALLBACKS, GROESSTE_ANFRAGE
from dashboard.seite import FEST

# Dash writes / as \u002f in JSON. An address that is only shown begins like one to be followed.
STRICH = rb"(?:/|\\u002f)"
IN_JSON = re.compile(
    rb'"(?:(?:href|action|pathname|geojson|data-fest)":\s*"%b(?!%b)|children":\s*"%b(?=(?:stand|api)%b))'
    % (STRICH, STRICH, STRICH, STRICH),
    re.IGNORECASE,
)
IN_HTML = re.compile(rb'\b(?:href|src|action)="/(?!/)')
# What all releases have in common, and so without /stand/ID.
GEMEINSAM = re.compile(
    rb"(?:stand|assets|_dash-component-suites)%b|_favicon" % STRICH, re.IGNORECASE
)

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Unterpfad:
    """Takes a path off every request; one without it, from this machine, is answered as well."""

    def __init__(self, sonst: Wsgi, pfad: str) -> None:
        self._sonst = sonst
        self._pfad = pfad

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:  # noqa: ANN401
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        if path == self._pfad:
            query = environ.get("QUERY_STRING")
            return redirect(f"{path}/{f'?{query}' if query else ''}", 308)(environ, start)
        below = path.startswith(f"{self._pfad}/")
        return self._sonst(
            nimm_ab(environ, self._pfad, path.removeprefix(self._pfad) if below else path), start
        )


def nimm_ab(environ: Mapping[str, Any], beginn: str, rest: str) -> dict[str, Any]:
    """Return a request as it is without its beginning, also in what a callback is asked with."""
    outer = environ.get("SCRIPT_NAME", "")
    inner = {**environ, "SCRIPT_NAME": f"{outer}{beginn}", "PATH_INFO": rest}
    length = environ.get("CONTENT_LENGTH") or "0"
    # A larger one is refused further in.
    if rest == CALLBACKS and length.isdecimal() and int(length) <= GROESSTE_ANFRAGE:
        body = environ["wsgi.input"].read(int(length))
        body = re.sub(rf'"(?:{re.escape(outer)})?{re.escape(beginn)}(?=/)'.encode(), b'"', body)
        inner |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    return inner


def haenge_an(server: Flask, pfad: str, stand: str) -> None:
    """Put path and /stand/ID in front of what goes out; comes last, so that answers are kept so."""

    def begin(found: re.Match[bytes]) -> bytes:
        at = found[0].rindex(b'"') + 1
        shared = GEMEINSAM.match(found.string, found.end())
        return b"%b%b/" % (found[0][:at], (pfad if shared else f"{pfad}{stand}").encode())

    @server.after_request
    def begun(response: Response) -> Response:
        place = response.headers.get("Location", "")
        if place.startswith("/") and not place.startswith("//"):
            own = "" if place.startswith(f"{FEST}/") else stand
            response.headers["Location"] = f"{pfad}{own}{place}"
        if response.mimetype == "text/html":
            response.set_data(IN_HTML.sub(begin, response.get_data()))
        elif (
            request.path in (CALLBACKS, "/_dash-layout") and response.is_json and "bekannt" not in g
        ):
            response.set_data(IN_JSON.sub(begin, response.get_data()))
        return response
