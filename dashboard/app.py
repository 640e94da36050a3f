"""The web application: one frame around every page, one callback that fills it."""

from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, set_props
from dash.development.base_component import Component
from flask import Flask, Response, jsonify, request

from dashboard import (
    antworten,
    api,
    berichte,
    dcc,
    downloads,
    html,
    routing,
    schutz,
    texts,
    theme,
    unterpfad,
)
from dashboard.bundle import kompakt
from dashboard.components import rahmen
from dashboard.pages import indikator, start, vergleich
from dashboard.seite import Kontext
from indicators.service import Service

# The pattern hatches municipalities without a value; style sheets can only refer to it.
INDEX = """<!DOCTYPE html>
<html lang="de">
<head>
{%metas%}
<title>{%title%}</title>
{%favicon%}
{%css%}
</head>
<body>
<svg width="0" height="0" class="unsichtbar" aria-hidden="true" focusable="false"><defs>
<pattern id="schraffur" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="6" height="6" fill="#ffffff"/><path d="M0 0V6" stroke="#93a2ac" stroke-width="1.6"/>
</pattern></defs></svg>
<noscript><p>Der Sozialmonitor braucht JavaScript. Alle Werte gibt es auch als
<a href="/export.csv?dialekt=csv-excel">CSV-Datei</a>.</p></noscript>
{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""
JAHR = 31_536_000
SEITEN = ("/", "/<path:path>")  # what Dash calls the addresses of pages


class Sozialmonitor(Dash):
    """Dash with the title of each page already in the first HTML."""

    kontext: Kontext

    def interpolate_index(self, **parts: Any) -> str:  # noqa: ANN401 - signature of Dash
        """Fill the HTML frame: title of the requested page, German loading text."""
        title, _ = routing.titel(self.kontext, request.path)
        parts["title"] = f"{title} – {texts.name()} {texts.kreis_name()}"
        parts["app_entry"] = parts["app_entry"].replace("Loading...", "Wird geladen …")
        prefix = self.config.requests_pathname_prefix
        for name in ("css", "favicon", "scripts"):  # unterpfad.py knows what they begin with
            parts[name] = parts[name].replace(f'"{prefix}', '"/')
        html_text: str = super().interpolate_index(**parts)
        return html_text


def create_app(service: Service, stand: str = "", pfad: str = "") -> Dash:
    """Build the dashboard over one service.

    stand: /stand/ID if it is a release for ever; pfad: that of SOZIALMONITOR_ADRESSE
    """
    app = Sozialmonitor(
        "dashboard",
        use_pages=False,
        compress=True,
        use_async=False,  # else Dash answers otherwise wherever something has brought asgiref
        index_string=INDEX,
        requests_pathname_prefix=f"{pfad}{stand}/",
        routes_pathname_prefix="/",
        title=texts.name(),
        update_title="",
        suppress_callback_exceptions=True,
        on_error=_melden,
        meta_tags=[
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
            {"name": "robots", "content": "noindex"},
            {"name": "description", "content": texts.untertitel()},
        ],
    )
    kontext = app.kontext = Kontext(service)
    app.layout = _layout
    schutz.register(app)
    antworten.hold(app.server, service)
    _register(app, kontext)
    start.register(app)
    indikator.register(app, kontext)
    vergleich.register(app, kontext)
    downloads.register(app.server, service)
    api.register(app.server, service)
    berichte.register(app.server, service)
    _serve(app, kontext)
    antworten.register(app.server, kontext)
    kompakt.register(app.server)
    if pfad or stand:
        unterpfad.haenge_an(app.server, pfad, stand)
    return app


def _layout() -> Component:
    """Return the frame; the router fills it for the address of the visitor."""
    return dmc.MantineProvider(
        [
            dcc.Location(id="adresse", refresh=False),
            dcc.Store(id="seitentitel"),
            html.A("Zum Inhalt springen", href="#inhalt", className="sprung"),
            rahmen.kopf(),
            html.Div(id="meldung", role="alert"),
            html.Main(
                html.Div(html.P("Wird geladen …", className="leise")),
                id="inhalt",
                className="breite",
                tabIndex=-1,
            ),
            html.Footer(id="fuss", className="fuss"),
        ],
        theme=theme.MANTINE,
        forceColorScheme="light",
    )


def _register(app: Dash, kontext: Kontext) -> None:
    @app.callback(
        Output("inhalt", "children"),
        Output("navigation", "children"),
        Output("entwurf", "children"),
        Output("fuss", "children"),
        Output("meldung", "children"),
        Output("seitentitel", "data"),
        Input("adresse", "pathname"),
        State("adresse", "search"),
    )
    def show(pathname: str | None, search: str | None) -> tuple[Any, ...]:
        path = pathname or "/"
        page = routing.seite(kontext, path, search or "")
        stand = kontext.service.datenstand()
        return (
            [*rahmen.fester_stand(stand, path), html.Div(page.inhalt, key=path, className="seite")],
            rahmen.navigation(kontext.service.handlungsfelder(), path),
            rahmen.vermerk(stand),
            rahmen.fuss(stand),
            [],
            f"{page.titel} – {texts.name()} {texts.kreis_name()}",
        )

    app.clientside_callback(
        ClientsideFunction("sozialmonitor", "seite"),
        Output("seitentitel", "modified_timestamp"),
        Input("seitentitel", "data"),
        State("adresse", "hash"),
        prevent_initial_call=True,
    )


def _melden(error: Exception) -> None:
    """Log a failed callback and say so on the page, which stays as it was."""
    app_logger = Flask(__name__).logger
    app_logger.error("Ein Aufruf ist gescheitert", exc_info=error)
    text = "Diese Anzeige konnte nicht aktualisiert werden. Bitte die Seite neu laden."
    set_props("meldung", {"children": html.P(text, className="hinweis breite")})


def _serve(app: Dash, kontext: Kontext) -> None:
    server: Flask = app.server
    server.config["SEND_FILE_MAX_AGE_DEFAULT"] = JAHR

    @server.get("/healthz")
    def healthz() -> Response:
        stand = kontext.service.datenstand()
        return jsonify(status="ok", datenstand=stand.id, entwurf=stand.entwurf)

    @server.after_request
    def found(response: Response) -> Response:
        page = response.status_code == 200 and request.endpoint in SEITEN
        if page and not routing.titel(kontext, request.path)[1]:
            response.status_code = 404
        return response
