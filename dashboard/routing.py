"""Addresses → pages."""

from collections.abc import Callable
from urllib.parse import unquote

from dashboard.pages import daten, fehler, gemeinde, gemeinden, handlungsfeld, indikator, start
from dashboard.seite import Kontext, Seite
from etl.errors import UnknownError

FESTE: dict[str, Callable[[Kontext], Seite]] = {
    "/": start.seite,
    "/gemeinden": gemeinden.seite,
    "/daten": daten.seite,
}


def seite(kontext: Kontext, pfad: str, query: str = "") -> Seite:
    """Return the page at an address; an unknown one becomes the page that says so."""
    kontext.auffrischen()
    path = unquote(pfad).rstrip("/") or "/"
    if path in FESTE:
        return FESTE[path](kontext)
    kind, _, rest = path.lstrip("/").partition("/")
    try:
        match kind:
            case "handlungsfeld":
                return handlungsfeld.seite(kontext, rest)
            case "indikator":
                return indikator.seite(kontext, rest, query)
            case "gemeinde":
                return gemeinde.seite(kontext, rest)
    except UnknownError as error:
        return fehler.seite(error)
    return fehler.seite()


def titel(kontext: Kontext, pfad: str) -> tuple[str, bool]:
    """Return the title of the page at an address and whether there is one, without its content."""
    path = unquote(pfad).rstrip("/") or "/"
    return kontext.merke(("titel", path), lambda: _title(kontext, path))


def _title(kontext: Kontext, path: str) -> tuple[str, bool]:
    page = seite(kontext, path)
    return page.titel, page.gefunden
