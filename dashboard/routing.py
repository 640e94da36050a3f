"""Addresses → pages."""

from collections.abc import Callable
from functools import partial
from urllib.parse import unquote

from dashboard.pages import (
    daten,
    datenstaende,
    fehler,
    fusszeilen,
    gemeinde,
    gemeinden,
    glossar,
    gremien,
    gremium,
    handlungsfeld,
    indikator,
    kreisvergleich,
    leitziel,
    lieferkalender,
    luecken,
    methoden,
    querschnitt,
    schnittstelle,
    start,
    suche,
    vergleich,
)
from dashboard.seite import Kontext, Seite
from etl.errors import UnknownError

FESTE: dict[str, Callable[[Kontext], Seite]] = {
    "/": start.seite,
    "/gemeinden": gemeinden.seite,
    "/kreisvergleich": kreisvergleich.seite,
    "/querschnitt": querschnitt.seite,
    "/daten": daten.seite,
    "/daten/lieferkalender": lieferkalender.seite,
    "/daten/datenstaende": datenstaende.seite,
    "/daten/methoden": methoden.seite,
    "/daten/luecken": luecken.seite,
    "/daten/glossar": glossar.seite,
    "/api": schnittstelle.seite,
    "/gremien": gremien.seite,
    "/impressum": partial(fusszeilen.seite, name="impressum"),
    "/datenschutz": partial(fusszeilen.seite, name="datenschutz"),
    "/barrierefreiheit": partial(fusszeilen.seite, name="barrierefreiheit"),
    "/lizenzen": partial(fusszeilen.seite, name="lizenzen"),
}
# What follows the first part of the address is the id of one thing.
EINZELNE: dict[str, Callable[[Kontext, str, str], Seite]] = {
    "handlungsfeld": lambda kontext, id_, _query: handlungsfeld.seite(kontext, id_),
    "indikator": indikator.seite,
    "gemeinde": lambda kontext, id_, _query: gemeinde.seite(kontext, id_),
    "vergleich": vergleich.seite,
    "suche": suche.seite,
    "querschnitt": lambda kontext, id_, _query: querschnitt.thema(kontext, id_),
    "leitziel": lambda kontext, id_, _query: leitziel.seite(kontext, id_),
    "gremien": lambda kontext, id_, _query: gremium.seite(kontext, id_),
}


def seite(kontext: Kontext, pfad: str, query: str = "") -> Seite:
    """Return the page at an address; an unknown one becomes the page that says so."""
    path = unquote(pfad).rstrip("/") or "/"
    if path in FESTE:
        return FESTE[path](kontext)
    kind, _, rest = path.lstrip("/").partition("/")
    if kind not in EINZELNE:
        return fehler.seite()
    try:
        return EINZELNE[kind](kontext, rest, query)
    except UnknownError as error:
        return fehler.seite(error)


def titel(kontext: Kontext, pfad: str) -> tuple[str, bool]:
    """Return the title of the page at an address and whether there is one, without its content."""
    path = unquote(pfad).rstrip("/") or "/"
    return kontext.merke(("titel", path), lambda: _title(kontext, path))


def _title(kontext: Kontext, path: str) -> tuple[str, bool]:
    page = seite(kontext, path)
    return page.titel, page.gefunden
