"""A new Datenstand is opened and asked its first questions before visitors see it.

What is the same for many pages is found once for each Datenstand (Kontext.merke). Without this the
first visitors after a swap would wait for it; so it happens beside them, in a thread of the server.
"""

import gc
import time
from collections.abc import Iterator
from threading import Thread

from flask import Flask

from dashboard import routing
from dashboard.seite import Kontext
from etl.errors import SozialmonitorError

ALLE = 0.5  # seconds between two looks at the link to the build in use


def folge(kontext: Kontext, server: Flask) -> None:
    """Show each new Datenstand as soon as it is ready, for as long as the process lives."""
    bereite_vor(kontext)
    Thread(target=_immer, args=(kontext, server), name="datenstand", daemon=True).start()


def bereite_vor(kontext: Kontext) -> None:
    """Open one page of each kind, which finds what the others of that kind need, too.

    What was found stays as long as the Datenstand, so the garbage collector need not look at it
    again and again while pages are made: a pause of 30 ms each time on the shipped figures.
    """
    with kontext.service.halte():
        for path, query in _seiten(kontext):
            routing.seite(kontext, path, query)
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _seiten(kontext: Kontext) -> Iterator[tuple[str, str]]:
    service = kontext.service
    yield from ((path, "") for path in routing.FESTE)
    yield from ((f"/handlungsfeld/{feld.id}", "") for feld in service.handlungsfelder())
    yield from ((f"/leitziel/{ziel.id}", "") for ziel in service.leitziele()[:1])
    yield from ((f"/gemeinde/{g.schluessel}", "") for g in service.gebiete("gemeinde")[:1])
    yield from ((f"/indikator/{i.id}", "") for i in service.indikatoren()[:1])
    yield "/vergleich", ""
    yield "/suche", "?q=a"


def _immer(kontext: Kontext, server: Flask) -> None:
    while True:
        time.sleep(ALLE)
        try:
            kontext.service.erneuere(lambda: bereite_vor(kontext))
        except (SozialmonitorError, OSError):
            server.logger.exception("Der neue Datenstand lässt sich nicht zeigen")
