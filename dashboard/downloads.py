"""The CSV download: the same rows as on screen, streamed."""

from collections.abc import Iterator

from flask import Flask, Response, request

from dashboard import texts
from etl.errors import UnknownError
from indicators.export import csv_zeilen
from indicators.service import Service


def register(server: Flask, service: Service) -> None:
    """Add `/export.csv?indikator=…&gebiete=…&von=…&bis=…&gruppen=nein&dialekt=csv|csv-excel`."""

    @server.get("/export.csv")
    def export_csv() -> Response:
        try:
            rows = _rows(service)
        except (UnknownError, ValueError) as error:
            return Response(f"{error}\n", status=400, mimetype="text/plain")
        headers = {"Content-Disposition": f'attachment; filename="{_name(service)}"'}
        return Response(rows, mimetype="text/csv", headers=headers)


def _rows(service: Service) -> Iterator[bytes]:
    """Check every part of the request before the first byte is sent."""
    indikatoren, gebiete = _list("indikator"), _list("gebiete")
    for id_ in indikatoren or ():
        service.indikator(id_)
    for key in gebiete or ():
        service.gebiet(key)
    dialekt = request.args.get("dialekt", "csv")
    if dialekt not in texts.DIALEKTE:
        raise ValueError(f"Den Dialekt »{dialekt}« gibt es nicht: {', '.join(texts.DIALEKTE)}.")
    return csv_zeilen(
        service,
        indikatoren,
        gebiete,
        _year("von"),
        _year("bis"),
        dialekt,
        gruppen=request.args.get("gruppen") != "nein",
    )


def _list(name: str) -> list[str] | None:
    text = request.args.get(name, "")
    return [part for part in text.split(",") if part] or None


def _year(name: str) -> int | None:
    text = request.args.get(name, "")
    if text and not text.isdecimal():
        raise ValueError(f"»{name}={text}« ist kein Jahr.")
    return int(text) if text else None


def _name(service: Service) -> str:
    """Return a file name that says what it is, as of when, and that it is a draft."""
    stand = service.datenstand()
    chosen = _list("indikator") or []
    what = chosen[0] if len(chosen) == 1 else "auswahl" if chosen else "alle"
    draft = "_entwurf" if stand.entwurf else ""
    return f"sozialmonitor_{what}_{stand.id}{draft}.csv"
