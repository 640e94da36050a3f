"""Disclosure control: nobody can be worked out from what is published.

rules      which counts are too small by themselves (and rounding: the other way to protect a table)
relations  cells and what an attacker can calculate among them; tables: whole cubes with totals
onedim     partners by closed form where there is one dimension, for very many tables at once
linked     partners by linear program everywhere else
audit      the proof, from the published cells alone; records: what is reported

What is claimed is exactly this: not derivable from our publications alone. What people know
besides (a neighbour, a newspaper) is outside of it, except the knowledge of one's own case.
"""

from indicators.disclosure.audit import befunde, bereiche
from indicators.disclosure.linked import sperre
from indicators.disclosure.records import Art, Befund, Bericht, Sperrung
from indicators.disclosure.relations import Geflecht, Netz, Schluessel, Zelle
from indicators.disclosure.rules import GRUND, STANDARD, STATUS, SYMBOL, Regel
from indicators.disclosure.tables import wuerfel

__all__ = [
    "GRUND",
    "STANDARD",
    "STATUS",
    "SYMBOL",
    "Befund",
    "Bericht",
    "Geflecht",
    "Netz",
    "Regel",
    "Zelle",
    "schuetze",
    "wuerfel",
]


def schuetze(
    geflecht: Geflecht,
    schon_gezeigt: list[Schluessel] | None = None,
    *,
    einzelne: bool = True,
    mit_bereich: bool = False,
) -> Bericht:
    """Suppress, prove, report.

    schon_gezeigt: cells that an earlier release shows and today's rules do not (`Netz.frueher`)
    mit_bereich:   also state the attacker's interval of each suppressed cell (two programs each)
    """
    hidden, unsolved = sperre(geflecht, einzelne=einzelne)
    found = befunde(geflecht, hidden, einzelne=einzelne)
    # What could not be solved is better explained by the search than by the audit.
    known = {b.schluessel for b in unsolved}
    found = [*unsolved, *(b for b in found if b.schluessel not in known)]
    found += [Befund(name, "frueher_gezeigt") for name in schon_gezeigt or ()]
    interval = bereiche(geflecht, hidden) if mit_bereich else None
    records = [
        Sperrung(
            geflecht.schluessel[cell],
            _kind(geflecht, cell),
            None if interval is None else float(interval.unten[cell]),
            None if interval is None else float(interval.oben[cell]),
        )
        for cell in hidden.nonzero()[0].tolist()
    ]
    return Bericht(len(geflecht.schluessel), tuple(records), tuple(found))


def _kind(geflecht: Geflecht, cell: int) -> Art:
    if geflecht.maske[cell]:
        return "quelle"
    return "primaer" if geflecht.primaer[cell] else "sekundaer"
