"""Reports for visitors: made in a process of their own, one after the other, kept per Datenstand."""

import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from io import BytesIO
from threading import Lock
from urllib.parse import quote

from flask import Flask, Response, redirect, request, send_file
from werkzeug.wrappers import Response as Antwort

from dashboard.adresse import adresse
from etl.errors import SozialmonitorError
from indicators.service import Service

WARTENDE = 8  # so many reports may be asked for at once; each takes about two seconds
AUFBEWAHRT = 40  # finished reports, each of half a megabyte or less
FRIST = 120  # seconds after which a report is given up
ARTEN = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
SEITE = """<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>{titel} – Sozialmonitor</title>{neu}
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font:1.1rem/1.5 "Segoe UI","Helvetica Neue",Arial,sans-serif;color:#17242d;max-width:36rem;
margin:15vh auto;padding:0 1rem}}a{{color:#0b5468}}</style></head>
<body><main><h1>{titel}</h1><p role="status">{text}</p><p><a href="{zurueck}">Zurück</a></p></main></body></html>"""
FERTIG = "Der Bericht öffnet sich von selbst, sobald er fertig ist; das dauert einige Sekunden."
LADEN = (
    "Die Datei wird geladen, sobald sie fertig ist; das dauert einige Sekunden. Danach »Zurück«."
)


@dataclass(frozen=True, slots=True)
class Bestellung:
    """A report that somebody asked for."""

    stand: str
    art: str
    id: str
    endung: str

    @property
    def datei(self) -> str:
        """Return the name of its file."""
        return f"sozialmonitor_{self.art}_{self.id}_{self.stand}.{self.endung}"


class Werkstatt:
    """Makes one report at a time beside the server and keeps the newest ones."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = Lock()
        self._laufend: dict[Bestellung, Future[bytes]] = {}
        self._kraft = ThreadPoolExecutor(max_workers=1, thread_name_prefix="bericht")

    def hole(self, was: Bestellung) -> bytes | None:
        """Return the finished report, or nothing while it is being made.

        Raises:  SozialmonitorError if too many wait or this one failed, which may be tried again
        """
        with self._lock:
            job = self._laufend.get(was)
            if job is None:
                self._raeume_auf()
                self._laufend[was] = self._kraft.submit(self._mache, was)
                return None
            if not job.done():
                return None
            if job.exception() is not None:
                del self._laufend[was]
            return job.result()

    def _raeume_auf(self) -> None:
        waiting = [job for job in self._laufend.values() if not job.done()]
        if len(waiting) >= WARTENDE:
            raise SozialmonitorError.at(
                "/bericht", "Gerade werden viele Berichte erstellt.", "In einer Minute neu laden."
            )
        for old, job in list(self._laufend.items())[: max(0, len(self._laufend) - AUFBEWAHRT)]:
            if job.done():
                del self._laufend[old]

    def _mache(self, was: Bestellung) -> bytes:
        warehouse = self._service.datei().parents[2]
        address = adresse()
        words = [str(warehouse), was.stand, address, was.art, was.id, was.endung]
        done = subprocess.run(  # noqa: S603 - our own program; every word was looked up before
            [sys.executable, "-m", "dashboard.report", *words],
            check=True,
            capture_output=True,
            timeout=FRIST,
        )
        return done.stdout


def register(server: Flask, service: Service) -> None:
    """Add `/bericht/handlungsfeld/ID.pdf`, `/bericht/gemeinde/KEY.docx` and the short links `/i/ID`."""
    werkstatt = Werkstatt(service)

    @server.get("/bericht/<any(handlungsfeld,gemeinde):art>/<id_>.<any(pdf,docx):endung>")
    def bericht(art: str, id_: str, endung: str) -> Response:
        if id_ not in _bekannte(service, art):
            return _seite(404, "Diesen Bericht gibt es nicht", "Die Adresse prüfen.", "/")
        was = Bestellung(service.datenstand().id, art, id_, endung)
        page = "gremien" if art == "handlungsfeld" else "gemeinde"
        back = f"/{page}/{id_}"
        try:
            done = werkstatt.hole(was)
        except SozialmonitorError as error:
            return _seite(503, "Der Bericht muss warten", error.maengel[0].problem, back)
        except (subprocess.SubprocessError, OSError):
            server.logger.exception("Der Bericht %s ist gescheitert", was.datei)
            text = "Der Bericht konnte nicht erstellt werden. Bitte später noch einmal versuchen."
            return _seite(500, "Der Bericht ist gescheitert", text, back)
        if done is None:
            text = FERTIG if endung == "pdf" else LADEN
            return _seite(202, "Der Bericht wird erstellt", text, back)
        return send_file(
            BytesIO(done),
            ARTEN[endung],
            as_attachment=endung != "pdf",
            download_name=was.datei,
            max_age=0,
        )

    @server.get("/i/<id_>")
    def kurz(id_: str) -> Antwort:
        query = quote(request.query_string, safe="=&%+,;:@/")
        return redirect(f"/indikator/{quote(id_)}{f'?{query}' if query else ''}")


def _bekannte(service: Service, art: str) -> set[str]:
    if art == "handlungsfeld":
        return {feld.id for feld in service.handlungsfelder()}
    return {gebiet.schluessel for gebiet in service.gebiete("gemeinde")}


def _seite(status: int, titel: str, text: str, zurueck: str) -> Response:
    """Return a small page of its own; while a report is being made it loads itself again."""
    again = '<meta http-equiv="refresh" content="1">' if status == 202 else ""
    body = SEITE.format(titel=escape(titel), text=escape(text), neu=again, zurueck=zurueck)
    return Response(body, status, mimetype="text/html")


def adressen(art: str, id_: str) -> list[tuple[str, str]]:
    """Return text and address of the ways to one report, for the pages that offer it."""
    return [
        ("Bericht erstellen (PDF)", f"/bericht/{art}/{id_}.pdf"),
        ("Bericht als DOCX zum Bearbeiten", f"/bericht/{art}/{id_}.docx"),
    ]
