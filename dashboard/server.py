"""The web server: Dash on Flask behind granian, one process per worker."""

import os
from functools import partial
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

WAREHOUSE, SICHT = "SOZIALMONITOR_WAREHOUSE", "SOZIALMONITOR_SICHT"


def run(warehouse: Path, host: str, port: int, workers: int, sicht: str) -> None:
    """Serve until the process is told to stop; sicht: what Service is to show."""
    os.environ |= {WAREHOUSE: str(warehouse.resolve()), SICHT: sicht}
    Granian(
        "dashboard.server:build",
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.WSGI,
        factory=True,
        # A worker told to stop while it starts does not hear it; nor need a visitor end by himself.
        workers_kill_timeout=10,
        log_access=False,
    ).serve()


def build() -> Flask:
    """Return the WSGI application of one worker; the warehouse comes from the environment."""
    from dashboard import anmeldung, bereit
    from dashboard.adresse import pfad
    from dashboard.app import create_app
    from dashboard.unterpfad import Unterpfad
    from dashboard.weiche import Weiche
    from indicators.gezeigt import INTERN, OEFFENTLICH
    from indicators.service import Service

    warehouse, sicht = Path(os.environ[WAREHOUSE]), os.environ.get(SICHT, OEFFENTLICH)
    service = Service(warehouse, sicht)
    below = pfad()
    app = create_app(service, pfad=below)
    server: Flask = app.server
    if sicht == INTERN:
        anmeldung.register(server, warehouse)
    else:
        server.wsgi_app = Weiche(app, service, partial(create_app, pfad=below))  # type: ignore[assignment]
    if below:
        server.wsgi_app = Unterpfad(server.wsgi_app, below)  # type: ignore[assignment]
    # Dash registers its scripts during the first request; a second one arriving meanwhile
    # would get an error instead of its script, so the first is ours.
    server.test_client().get("/anmelden" if sicht == INTERN else "/")
    with server.test_request_context("/"):
        app.index()
    bereit.folge(app.kontext, server)
    return server
