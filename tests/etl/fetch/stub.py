"""A web service on this machine that says what a test tells it to, and remembers what it was asked."""

import io
import json
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from etl.fetch.leitung import Uhr

USER, PASSWORD = "RE1234567X", "ein-Geheimnis-ä"
COPYRIGHT = "© Ein Statistisches Amt, 2026.\nDatenlizenz Deutschland - Namensnennung - Version 2.0."
KOPF = (
    "statistics_code;statistics_label;time_code;time_label;time;"
    "1_variable_code;1_variable_label;1_variable_attribute_code;1_variable_attribute_label;"
    "2_variable_code;2_variable_label;2_variable_attribute_code;2_variable_attribute_label;"
    "value;value_unit;value_variable_code;value_variable_label"
)


@dataclass(frozen=True)
class Antwort:
    """One answer. fehler: »abbruch« ends the body early, »stumm« says nothing for a while."""

    koerper: bytes = b""
    typ: str = "application/json"
    status: int = 200
    kopf: dict[str, str] = field(default_factory=dict)
    fehler: str = ""


@dataclass(frozen=True)
class Gefragt:
    """One request as it arrived."""

    methode: str
    pfad: str
    kopf: dict[str, str]
    felder: dict[str, str]
    koerper: bytes


Regie = Antwort | Callable[[Gefragt], Antwort]


class Stub:
    """The service: per end of path a list of answers, the last of which is repeated for ever."""

    def __init__(self) -> None:
        self.gefragt: list[Gefragt] = []
        self.regie: dict[str, list[Regie]] = {}
        self.zugleich = self.hoechstens = 0
        self._schloss = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/genesisws/rest/2020/"
        thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        thread.start()

    def schliesse(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def sagt(self, pfad: str, *antworten: Regie) -> None:
        self.regie[pfad] = list(antworten)

    def fragen(self, pfad: str) -> list[Gefragt]:
        return [g for g in self.gefragt if g.pfad.endswith(pfad)]

    def _antwort(self, gefragt: Gefragt) -> Antwort:
        with self._schloss:
            self.gefragt.append(gefragt)
            for ende, antworten in self.regie.items():
                if gefragt.pfad.endswith(ende) or ende in gefragt.pfad:
                    regie = antworten.pop(0) if len(antworten) > 1 else antworten[0]
                    break
            else:
                return Antwort(b"<html>404</html>", "text/html", 404)
        return regie if isinstance(regie, Antwort) else regie(gefragt)

    def _handler(stub) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - `self` is the handler below
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 65536  # head and body in one packet
            disable_nagle_algorithm = True

            def log_message(self, *_args: object) -> None:
                """Say nothing."""

            def do_GET(self) -> None:
                self._handle(b"")

            def do_POST(self) -> None:
                self._handle(self.rfile.read(int(self.headers["content-length"])))

            def _handle(self, koerper: bytes) -> None:
                with stub._schloss:
                    stub.zugleich += 1
                    stub.hoechstens = max(stub.hoechstens, stub.zugleich)
                try:
                    kopf = {k.lower(): v for k, v in self.headers.items()}
                    pfad = unquote(urlsplit(self.path).path)
                    felder = dict(parse_qsl(koerper.decode())) if koerper[:1] != b"{" else {}
                    self._send(stub._antwort(Gefragt(self.command, pfad, kopf, felder, koerper)))
                finally:
                    with stub._schloss:
                        stub.zugleich -= 1

            def _send(self, antwort: Antwort) -> None:
                if antwort.fehler == "stumm":
                    time.sleep(0.3)
                    self.close_connection = True
                    return
                self.send_response(antwort.status)
                self.send_header("content-type", antwort.typ)
                self.send_header("content-length", str(len(antwort.koerper)))
                for name, wert in antwort.kopf.items():
                    self.send_header(name, wert)
                self.end_headers()
                kurz = len(antwort.koerper) // 2 if antwort.fehler == "abbruch" else None
                self.wfile.write(antwort.koerper[:kurz])
                self.close_connection = antwort.fehler == "abbruch"

        return Handler


class Zeit:
    """A clock that does not wait: sleeping moves its hands."""

    def __init__(self) -> None:
        self.beginn = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
        self.vergangen = 0.0
        self.pausen: list[float] = []

    def schlafe(self, sekunden: float) -> None:
        self.pausen.append(sekunden)
        self.vergangen += sekunden

    def uhr(self) -> Uhr:
        return Uhr(
            jetzt=lambda: self.beginn + timedelta(seconds=self.vergangen),
            monoton=lambda: self.vergangen,
            schlafe=self.schlafe,
            zufall=lambda: 0.5,
        )


def meldung(
    code: int, text: str = "erfolgreich", inhalt: object = None, **parameter: str
) -> Antwort:
    """Answer as GENESIS does, with user and password echoed in the clear."""
    umschlag = {
        "Ident": {"Service": "data", "Method": "tablefile"},
        "Status": {"Code": code, "Content": text, "Type": "Information"},
        "Parameter": {"username": USER, "password": PASSWORD, **parameter},
        "List" if isinstance(inhalt, list) else "Object": inhalt,
        "Copyright": COPYRIGHT,
    }
    return Antwort(json.dumps(umschlag, ensure_ascii=False).encode())


def beschreibung(von: str = "31.12.1995", bis: str = "31.12.2025") -> Antwort:
    """Answer to metadata/table."""
    zeit = {"From": von, "To": bis}
    tabelle = {"Code": "12411-01-01-4", "Time": zeit, "Updated": "04.04.2022 08:31:04h"}
    return meldung(0, inhalt=tabelle, name="12411-01-01-4", area="Alle")


GESCHLECHTER = {"": "Insgesamt", "GESM": "männlich", "GESW": "weiblich"}


def zeile(zeit: str, gebiet: str, wert: str, ges: str = "", merkmal: str = "KREISE") -> str:
    return (
        f"12411;Bevölkerung;STAG;Stichtag;{zeit};{merkmal};Kreise;{gebiet};Gebiet;"
        f"GES;Geschlecht;{ges};{GESCHLECHTER.get(ges, ges)};{wert};Anzahl;BEVSTD;Bevölkerungsstand"
    )


ZEILEN = tuple(
    zeile(f"{jahr}-12-31", "08116", str(500_000 + jahr), ges)
    for jahr in (2024, 2025)
    for ges in ("", "GESM", "GESW")
)


def archiv(*zeilen: str, name: str = "12411-01-01-4_de_flat.csv", kopf: str = KOPF) -> Antwort:
    """Answer with a table in a ZIP."""
    text = "\ufeff" + "\n".join([kopf, *zeilen]) + "\n"
    puffer = io.BytesIO()
    with zipfile.ZipFile(puffer, "w") as datei:
        datei.writestr(name, text)
    disposition = {"content-disposition": f'attachment; filename="{name}.zip"'}
    return Antwort(puffer.getvalue(), "application/zip", kopf=disposition)
