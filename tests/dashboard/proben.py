"""Records as a test needs them: only what matters is given, the rest is filled in."""

from dataclasses import fields

from indicators.records import Indikator, Wert

BEKANNT = {
    "status": "vorhanden",
    "zeitbezug": "jahr",
    "guete": "endgueltig",
    "titel": "Ein Anteil",
    "kurztitel": "Anteil",
    "art": "anteil",
    "einheit": "Prozent",
    "richtung": "kontext",
    "nachkommastellen": 1,
    "faktor": 100,
    "nur_quote": False,
}
LEER = {"str": "", "int": 0, "bool": False, "float": 0.0}


def _record(kind, given):
    values = {}
    for field in fields(kind):
        name = str(field.type)
        empty = () if name.startswith("tuple") else None if "None" in name else LEER.get(name)
        values[field.name] = given.pop(field.name, BEKANNT.get(field.name, empty))
    assert not given, f"no fields of {kind.__name__}: {given}"
    return kind(**values)


def indikator(**given):
    """Return an indicator in per cent with one decimal unless told otherwise."""
    return _record(Indikator, given)


def wert(zeit, zahl=None, gebiet="08116019", **given):
    """Return a value; without a number it is one that was not published."""
    if zahl is None:
        given.setdefault("status", "fehlt")
        given.setdefault("guete", "")
    given.setdefault("jahr", int(zeit[:4]))
    return _record(Wert, {"zeit": zeit, "wert": zahl, "gebiet": gebiet, **given})


def reihe(*punkte, **given):
    """Return a series from (zeit, zahl) pairs."""
    return [wert(str(zeit), zahl, **given) for zeit, zahl in punkte]
