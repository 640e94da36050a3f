"""What every answer of the server keeps to: headers, limits, and errors that tell nothing inside."""

import json
from html import escape

from dash import Dash
from flask import Flask, Response, abort, request
from werkzeug.exceptions import HTTPException

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CALLBACKS = "/_dash-update-component"
FREMD = "/\\"  # at the beginning of a path they would make it the address of another host
GROESSTE_ANFRAGE = 262_144  # bytes; a choice on a page has some hundred
LAENGSTE_ADRESSE = 8_000
# Several things can be chosen in these, a slider has a number; all other controls have a text.
LISTEN = ("-gebiete", "-indikatoren")
REGLER = ("-jahr",)
PROGRAMME = ("/api/", "/_dash", "/healthz")
WORTE = {
    400: ("Das war nicht zu verstehen", "Bitte die Seite neu laden oder auf der Startseite beginnen."),
    401: ("Anmeldung nötig", "Diese Zahlen sind nur nach einer Anmeldung zu sehen."),
    403: ("Nicht erlaubt", "Bitte die Seite neu laden und es noch einmal versuchen."),
    404: ("Diese Seite gibt es nicht", "Bitte die Adresse prüfen oder auf der Startseite beginnen."),
    405: ("So geht es nicht", "Diese Adresse lässt sich nur lesen."),
    410: ("Zurückgezogen", "Diese Veröffentlichung gibt es nicht mehr."),
    413: ("Zu groß", "Die Anfrage ist größer, als es eine Auswahl auf einer Seite sein kann."),
    414: ("Zu lang", "Die Adresse ist länger, als es eine Auswahl auf einer Seite sein kann."),
    415: ("Falsches Format", "Hier wird JSON erwartet."),
    429: ("Zu viele Versuche", "Bitte eine Viertelstunde warten."),
    500: ("Hier ist etwas schiefgegangen", "Der Fehler ist notiert. Bitte später noch einmal versuchen."),
    503: ("Gerade nicht möglich", "Bitte später noch einmal versuchen."),
}  # fmt: skip
SEITE = """<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>{titel} – Sozialmonitor</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<style>body{{font:1.1rem/1.5 "Segoe UI","Helvetica Neue",Arial,sans-serif;color:#17242d;max-width:36rem;
margin:15vh auto;padding:0 1rem}}a{{color:#0b5468}}
label{{display:block;margin-top:1rem}}input{{display:block;font:inherit;width:100%;padding:.4rem;
box-sizing:border-box}}button{{font:inherit;margin-top:1.2rem;padding:.45rem 1.2rem}}</style></head>
<body><main><h1>{titel}</h1>{inhalt}</main></body></html>"""


def register(app: Dash) -> None:
    """Guard everything the server answers; comes before whatever works on a request."""
    server: Flask = app.server
    server.config |= {
        "MAX_CONTENT_LENGTH": GROESSTE_ANFRAGE,
        "MAX_FORM_MEMORY_SIZE": GROESSTE_ANFRAGE,
    }

    @server.before_request
    def limit() -> None:
        if len(request.path) + len(request.query_string) > LAENGSTE_ADRESSE:
            abort(414)
        # A body without a length would be read for as long as somebody sends.
        if request.content_length is None and "chunked" in request.headers.get(
            "Transfer-Encoding", ""
        ):
            abort(413)
        if request.path == CALLBACKS and request.method == "POST":
            _pruefe_aufruf(app)

    @server.after_request
    def harden(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.mimetype == "text/html":
            response.headers["Content-Security-Policy"] = _policy(app)
            response.headers["Cache-Control"] = "no-cache"
        place = response.headers.get("Location", "")
        if place.startswith(request.host_url):
            # Behind a proxy with TLS the browser knows this host's address better than we do.
            rest = place.removeprefix(request.host_url).lstrip(FREMD)
            response.headers["Location"] = f"/{rest}"
        return response

    server.register_error_handler(HTTPException, _fehler)


def _policy(app: Dash) -> str:
    """Return the policy: scripts of this host, and those inside the page by their hash.

    Mantine and plotly write style sheets while they draw, so these cannot be named beforehand.
    """
    scripts = " ".join(["'self'", *app.csp_hashes()])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline';"
        " img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self';"
        " frame-ancestors 'self'"
    )


def _pruefe_aufruf(app: Dash) -> None:
    """Refuse what the browser's part of Dash never sends, before Dash stumbles over it."""
    if request.mimetype != "application/json":
        abort(415)
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        abort(400)
    if not (isinstance(body, dict) and _bekannt(app, body.get("output"))):
        abort(400)
    inputs, state, changed = (body.get(name, []) for name in ("inputs", "state", "changedPropIds"))
    known = app.callback_map[body["output"]]
    if not (
        isinstance(body.get("outputs"), list | dict)
        and _passt(inputs, known["inputs"])
        and _passt(state, known["state"])
        and isinstance(changed, list)
        and all(isinstance(name, str) for name in changed)
    ):
        abort(400)


def _bekannt(app: Dash, output: object) -> bool:
    return isinstance(output, str) and output in app.callback_map


def _passt(items: object, erwartet: list[dict[str, str]]) -> bool:
    """Say whether these are the values of the declared controls, each of its kind."""
    return (
        isinstance(items, list)
        and len(items) == len(erwartet)
        and all(
            isinstance(item, dict)
            and all(item.get(name) == control[name] for name in ("id", "property"))
            and _von_der_art(control["id"], item.get("value"))
            for item, control in zip(items, erwartet, strict=True)
        )
    )


def _von_der_art(id_: str, value: object) -> bool:
    if value is None:
        return True
    if id_.endswith(LISTEN):
        return isinstance(value, list) and all(isinstance(part, str) for part in value)
    if id_.endswith(REGLER):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str)


def _fehler(error: HTTPException) -> Response | HTTPException:
    """Answer an error in the words of the house, without anything from inside."""
    code = error.code or 500
    if code < 400:
        return error
    titel, text = WORTE.get(code, WORTE[400 if code < 500 else 500])
    if code in (410, 429) and error.description:
        text = error.description
    if request.path.startswith(PROGRAMME):
        body = {"fehler": {"status": code, "problem": titel, "abhilfe": text}}
        words = json.dumps(body, ensure_ascii=False)
        response = Response(f"{words}\n", code, mimetype="application/json")
    else:
        response = seite(code, titel, f'<p>{escape(text)}</p><p><a href="/">Zur Startseite</a></p>')
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def seite(status: int, titel: str, inhalt: str) -> Response:
    """Return a small page that needs nothing else; inhalt: HTML that is safe already."""
    return Response(SEITE.format(titel=escape(titel), inhalt=inhalt), status, mimetype="text/html")
