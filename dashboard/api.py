"""The HTTP API /api/v1: the same door as the pages, as JSON or CSV.

One table of routes serves the requests and writes the page /api, so that neither drifts from the
other. Answers depend on the request and the Datenstand alone; the ETag is made of these two.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request
from werkzeug.datastructures import MultiDict

from dashboard import dcat, downloads
from dashboard.anfrage import JA_NEIN, ganze_zahl, umfang, wahl
from etl.errors import SozialmonitorError, UnknownError, suggestion
from indicators.export import DIALEKTE, anzahl, zeilen
from indicators.export_formate import als_dict, kopf
from indicators.export_zip import indikator_als_dict, indikator_ganz, tabelle
from indicators.service import Service

WURZEL = "/api/v1"
FORMATE = ("json", "csv", "csv-excel")
DATEIEN = ("csv", "csv-excel", "json", "xlsx")
EBENEN = ("alle", "gemeinde", "verwaltungsgemeinschaft", "kreis", "land", "bund")
Args = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A part of the query: its name, what it means, and an example."""

    name: str
    text: str
    beispiel: str = ""


@dataclass(frozen=True, slots=True)
class Blatt:
    """A page of a list: the rows, how many there are altogether, and what stands beside them."""

    zeilen: list[dict[str, Any]]
    anzahl: int
    dazu: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Weg:
    """An address of the API: what it gives, what may be asked, and who answers.

    beispiel: with the places {indikator}, {gemeinde} and {kreis}, which the page of the API fills
    """

    pfad: str
    titel: str
    text: str
    parameter: tuple[Parameter, ...]
    beispiel: str
    antwort: Callable[..., Blatt | dict[str, Any] | Response]
    seite: int = 0  # rows of a page if nothing else is asked for; 0: no paging
    hoechstens: int = 0


def _indikatoren(service: Service, args: Args, limit: int, offset: int) -> Blatt:
    goal = args.get("leitziel", "")
    known = {ziel.nr: ziel.id for ziel in service.leitziele()}
    if goal and goal not in known:
        remedy = suggestion(goal, known, f"Möglich: {', '.join(known)}.")
        raise UnknownError.at(f"leitziel={goal}", f"Das Leitziel »{goal}« gibt es nicht.", remedy)
    found = service.indikatoren(known.get(goal))
    return Blatt([indikator_als_dict(i) for i in found[offset : offset + limit]], len(found), {})


def _indikator(service: Service, _args: Args, id_: str) -> dict[str, Any]:
    return indikator_ganz(service, service.indikator(id_))


def _gebiete(service: Service, args: Args, limit: int, offset: int) -> Blatt:
    level = wahl(args, "ebene", EBENEN, "alle")
    own = wahl(args, "alle", JA_NEIN, "nein") == "nein"
    found = service.gebiete(None if level == "alle" else level, nur_eigene=own)
    return Blatt([asdict(g) for g in found[offset : offset + limit]], len(found), {})


def _reihen(service: Service, args: Args, limit: int, offset: int) -> Blatt:
    if not args.get("indikator"):
        raise SozialmonitorError.at(
            "indikator", "Es ist kein Indikator genannt.", f"Alle nennt {WURZEL}/indikatoren."
        )
    chosen = umfang(service, args)
    found = zeilen(service, chosen, f"LIMIT {limit} OFFSET {offset}").fetchall()
    return Blatt([als_dict(row) for row in found], anzahl(service, chosen), {})


def _export(service: Service, args: Args) -> Response:
    kind = wahl(args, "format", DATEIEN, "csv")
    dialekt = {"dialekt": kind} if kind in DIALEKTE else {}
    ending = "csv" if dialekt else kind
    return downloads.datei(service, ending, {**args, **dialekt})


SEITEN = (
    Parameter("limit", "Zeilen je Antwort."),
    Parameter("offset", "Zeilen, die übersprungen werden; weiter führt der Link in »Link«."),
)
FORMAT = Parameter("format", "json (üblich), csv oder csv-excel.")
AUSWAHL = (
    Parameter("indikator", "Kennungen, durch Komma getrennt."),
    Parameter("gebiete", "Amtliche Schlüssel, durch Komma getrennt; leer für alle."),
    Parameter("von", "Frühestes Jahr, in dem ein Zeitraum endet.", "2012"),
    Parameter("bis", "Spätestes Jahr.", "2022"),
    Parameter("gruppen", "ja (üblich) oder nein: auch nach Geschlecht, Alter und so weiter."),
)
WEGE: tuple[Weg, ...] = (
    Weg(
        "/indikatoren",
        "Alle Indikatoren",
        "Kennung, Frage, Einheit, Berechnung, Richtung und Hinweise jedes Indikators.",
        (Parameter("leitziel", "Nur die eines Leitziels.", "1.1"), *SEITEN, FORMAT),
        "/indikatoren?limit=5",
        _indikatoren,
        100,
        1000,
    ),
    Weg(
        "/indikatoren/<id_>",
        "Ein Indikator",
        "Dasselbe für einen, dazu seine Zeitpunkte, Gruppen, Zeitreihenbrüche und Quellen.",
        (),
        "/indikatoren/{indikator}",
        _indikator,
    ),
    Weg(
        "/gebiete",
        "Die Gebiete",
        "Schlüssel, Name, Ebene, Fläche und Einwohnerzahl; üblich sind Landkreis und Gemeinden.",
        (
            Parameter("ebene", f"Nur eine Ebene: {', '.join(EBENEN[1:])}.", "gemeinde"),
            Parameter("alle", "ja: auch Gebiete außerhalb des Landkreises.", "nein"),
            *SEITEN,
            FORMAT,
        ),
        "/gebiete?ebene=gemeinde",
        _gebiete,
        100,
        2000,
    ),
    Weg(
        "/reihen",
        "Zeitreihen",
        "Werte eines oder mehrerer Indikatoren, eine Zeile je Gebiet, Zeit und Gruppe; die Spalten"
        " sind die der CSV-Dateien.",
        (*AUSWAHL, *SEITEN, FORMAT),
        "/reihen?indikator={indikator}&gebiete={gemeinde},{kreis}&von=2015&gruppen=nein",
        _reihen,
        1000,
        10_000,
    ),
    Weg(
        "/export",
        "Eine ganze Datei",
        "Dieselben Werte ohne Seiten, als Datei.",
        (*AUSWAHL, Parameter("format", f"{', '.join(DATEIEN)}; üblich ist csv.")),
        "/export?indikator={indikator}&format=csv-excel",
        _export,
    ),
    Weg(
        f"/{dcat.NAME}",
        "Katalog für Datenportale",
        "Alle Indikatoren mit Werten als Datensätze nach DCAT-AP.de 3.0 (JSON-LD): mit Zeitraum,"
        " Herkunft, Lizenz, Namensnennung und den Adressen der Dateien. Ist auch nur eine Quelle"
        " nicht offen lizenziert, gilt der Datensatz nicht als offen.",
        (),
        f"/{dcat.NAME}",
        lambda service, _args: dcat.antwort(service, WURZEL),
    ),
)


def register(server: Flask, service: Service) -> None:
    """Add every route of the table, the overview, and the answer for addresses that lead nowhere."""
    for weg in WEGE:
        view = partial(_beantworte, service, weg)
        server.add_url_rule(f"{WURZEL}{weg.pfad}", f"api{weg.pfad}", view, methods=["GET"])
    start = partial(_gesichert, service, lambda: _als_json(service, {"wege": _uebersicht()}))
    server.add_url_rule(f"{WURZEL}/", "api", start, methods=["GET"], strict_slashes=False)

    @server.get(f"{WURZEL}/<path:rest>")
    def unbekannt(rest: str) -> Response:
        paths = [weg.pfad.lstrip("/") for weg in WEGE]
        remedy = suggestion(
            rest, paths, f"Die Wege beschreibt die Seite {WURZEL.rsplit('/', 1)[0]}."
        )
        error = UnknownError.at(request.path, "Diesen Weg gibt es nicht.", remedy)
        return _fehler(service, error, 404)


def _uebersicht() -> list[dict[str, str]]:
    return [
        {"pfad": f"{request.script_root}{WURZEL}{w.pfad}", "titel": w.titel, "text": w.text}
        for w in WEGE
    ]


def _beantworte(service: Service, weg: Weg, **path: str) -> Response:
    return _gesichert(service, partial(_antwort, service, weg, path))


def _gesichert(service: Service, answer: Callable[[], Response]) -> Response:
    """Give an answer with its ETag; 304 if it is known, German JSON if the request is wrong."""
    tag = _etag(service)
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        try:
            response = answer()
        except UnknownError as error:
            return _fehler(service, error, 404 if request.view_args else 400)
        except SozialmonitorError as error:
            return _fehler(service, error, 400)
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _etag(service: Service) -> str:
    question = urlencode(sorted(request.args.items(multi=True)))
    text = f"{service.datenstand().id}\n{request.path}\n{question}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _antwort(service: Service, weg: Weg, path: Mapping[str, str]) -> Response:
    args = _erlaubt(weg, request.args)
    if not weg.seite:
        found = weg.antwort(service, args, *path.values())
        return found if isinstance(found, Response) else _als_json(service, {"daten": found})
    kind = wahl(args, "format", FORMATE, "json")
    limit = ganze_zahl(args, "limit", weg.seite, 1, weg.hoechstens)
    offset = ganze_zahl(args, "offset", 0, 0, 10**9)
    page = weg.antwort(service, args, limit, offset)
    if not isinstance(page, Blatt):
        raise TypeError(f"{weg.pfad}: eine Liste antwortet mit einem Blatt")
    if kind == "json":
        place = {"anzahl": page.anzahl, "limit": limit, "offset": offset}
        response = _als_json(service, place | {"daten": page.zeilen})
    else:
        body = tabelle(service, page.zeilen, DIALEKTE[kind])
        response = Response(body, mimetype="text/csv")
    links = _links(args, limit, offset, page.anzahl)
    if links:
        response.headers["Link"] = links
    return response


def _erlaubt(weg: Weg, args: MultiDict[str, str]) -> dict[str, str]:
    """Return the query; a part that this route does not know is refused, never ignored."""
    names = [p.name for p in weg.parameter]
    for name in args:
        if name not in names:
            remedy = suggestion(name, names, f"Möglich: {', '.join(names) or 'nichts'}.")
            raise SozialmonitorError.at(name, f"»{name}« kann man hier nicht angeben.", remedy)
    return args.to_dict()


def _links(args: Mapping[str, str], limit: int, offset: int, total: int) -> str:
    """Return the header that leads to the other pages (RFC 8288)."""
    last = max(0, (total - 1) // limit * limit)
    places = {"first": 0, "prev": max(0, offset - limit), "next": offset + limit, "last": last}
    if offset == 0:
        del places["prev"]
    if offset + limit >= total:
        del places["next"]
    if total <= limit and offset == 0:
        return ""
    return ", ".join(
        f'<{request.script_root}{request.path}?{urlencode({**args, "limit": limit, "offset": place}, safe=",")}>; rel="{name}"'
        for name, place in places.items()
    )


def _als_json(service: Service, body: Mapping[str, Any], status: int = 200) -> Response:
    text = json.dumps({**kopf(service), **body}, ensure_ascii=False)
    return Response(f"{text}\n", status=status, mimetype="application/json")


def _fehler(service: Service, error: SozialmonitorError, status: int) -> Response:
    first = error.maengel[0]
    found = {"status": status, "ort": first.ort, "problem": first.problem, "abhilfe": first.abhilfe}
    return _als_json(service, {"fehler": found}, status)
