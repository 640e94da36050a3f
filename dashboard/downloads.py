"""Files of the values on screen: CSV in two dialects, XLSX, JSON, and a ZIP of everything."""

from collections.abc import Iterable, Mapping
from tempfile import SpooledTemporaryFile

from flask import Flask, Response, jsonify, request

from dashboard import texts
from dashboard.anfrage import umfang, wahl
from etl.errors import SozialmonitorError
from indicators.export import Umfang, anzahl, csv_zeilen
from indicators.export_formate import json_zeilen, xlsx
from indicators.export_zip import zip_stuecke
from indicators.service import Service

GRENZEN = "/gemeinden.geojson"
# A sheet is written cell by cell: beyond this a visitor would wait too long.
XLSX_HOECHSTENS = 60_000
IM_SPEICHER = 4_000_000  # bytes; a larger sheet waits on the disk
STUECK = 262_144
ARTEN: Mapping[str, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "zip": "application/zip",
}


def register(server: Flask, service: Service) -> None:
    """Add `/export.csv`, `.xlsx` and `.json` with `?indikator=…&gebiete=…&von=…&bis=…&gruppen=nein`.

    `/gemeinden.geojson` holds the shapes of the municipalities, which the maps ask for.
    The CSV also takes `dialekt=csv|csv-excel`; `/export.zip` holds everything.
    """

    @server.get(GRENZEN)
    def grenzen() -> Response:
        response = jsonify(service.geojson())
        response.add_etag()
        response.cache_control.no_cache = True
        response.make_conditional(request)
        return response

    @server.get("/export.<any(csv,xlsx,json,zip):endung>")
    def export(endung: str) -> Response:
        try:
            return datei(service, endung, request.args)
        except SozialmonitorError as error:
            return Response(f"{error}\n", status=400, mimetype="text/plain")


def datei(service: Service, endung: str, args: Mapping[str, str]) -> Response:
    """Return a file as a download; raises SozialmonitorError before the first byte is sent."""
    chosen = umfang(service, args)
    body: Iterable[bytes]
    match endung:
        case "xlsx":
            body = _xlsx(service, chosen)
        case "json":
            body = json_zeilen(service, chosen)
        case "zip":
            body = zip_stuecke(service)
        case _:
            body = _csv(service, chosen, wahl(args, "dialekt", texts.DIALEKTE, "csv"))
    headers = {"Content-Disposition": f'attachment; filename="{_name(service, chosen, endung)}"'}
    return Response(body, mimetype=ARTEN[endung], headers=headers)


def _csv(service: Service, chosen: Umfang, dialekt: str) -> Iterable[bytes]:
    return csv_zeilen(
        service,
        chosen.indikatoren,
        chosen.gebiete,
        chosen.von,
        chosen.bis,
        dialekt,
        gruppen=chosen.gruppen,
    )


def _xlsx(service: Service, chosen: Umfang) -> Iterable[bytes]:
    rows = anzahl(service, chosen)
    if rows > XLSX_HOECHSTENS:
        raise SozialmonitorError.at(
            "/export.xlsx",
            f"Die Auswahl hat {rows} Zeilen; als XLSX gibt es hier höchstens {XLSX_HOECHSTENS}.",
            "Weniger Indikatoren oder Gebiete wählen, oder die CSV für Excel laden.",
        )
    return _written(service, chosen)


def _written(service: Service, chosen: Umfang) -> Iterable[bytes]:
    with SpooledTemporaryFile(IM_SPEICHER) as file:
        xlsx(service, chosen, file)
        file.seek(0)
        while piece := file.read(STUECK):
            yield piece


def _name(service: Service, chosen: Umfang, endung: str) -> str:
    """Return a file name that says what it is, as of when, and that it is a draft or internal."""
    stand = service.datenstand()
    ids = chosen.indikatoren or []
    what = ids[0] if len(ids) == 1 else "auswahl" if ids else "alle"
    note = "_INTERN" if stand.intern else "_entwurf" if stand.entwurf else ""
    return f"sozialmonitor_{what}_{stand.id}{note}.{endung}"
