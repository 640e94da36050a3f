"""Disclosure control of a build: between what is calculated and what is said of it.

Rows that use a suppressed count lose their numbers before intervals, trends, comparisons, ranks,
classes and pooled years are sought. So nothing that is derived can tell more than what is shown:
it is derived from what is shown.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from duckdb import DuckDBPyConnection

from etl import tables
from etl.errors import DeliveryError, Mangel
from indicators.catalog import Katalog
from indicators.disclosure import schuetze
from indicators.disclosure.counts import KEY, Kennung, Zaehlung, find, rule
from indicators.disclosure.frueher import Gezeigt, offen_gezeigt, verschwunden
from indicators.disclosure.records import Bericht
from indicators.disclosure.relations import Netz, Schluessel, Zelle
from indicators.disclosure.rounding import runde
from indicators.disclosure.rules import STATUS, Regel, pruefe_zahlen
from indicators.disclosure.structure import Gefuege
from indicators.operands import NR

BELOW_KREIS = ("gemeinde", "verwaltungsgemeinschaft")
PUBLIC = """
CREATE TABLE geheimhaltung (zellen INTEGER, gesperrt INTEGER, geprueft BOOLEAN);
CREATE TABLE gezeigt (kennung VARCHAR, wert DOUBLE);
CREATE TABLE nachgewiesen (veroeffentlichung VARCHAR);
"""
# The file for planners is laid out in the same way, but was not protected and is never released.
UNPROTECTED = f"{PUBLIC} INSERT INTO geheimhaltung VALUES (0, 0, false);"
HIDE = f"""
UPDATE ergebnis
SET status_nr = {NR[STATUS]}, zaehler = NULL, nenner = NULL, wert = NULL, kopf = NULL
WHERE rowid IN (
    SELECT g.zeile FROM zellbeleg g
    WHERE ({KEY}) IN (SELECT {KEY} FROM gesperrt)
)
"""
ROUND = f"""
UPDATE ergebnis
SET {{column}} = floor(({{column}} + r.schritt // 2) / r.schritt) * r.schritt,
    stufe = greatest(stufe, (SELECT stufe FROM guete_rang WHERE guete = 'gerundet'))
FROM zellbeleg g JOIN runden r USING ({KEY})
WHERE g.zeile = ergebnis.rowid AND g.rolle IN ({{roles}})
"""
# A rate is that of the numbers shown.
AGAIN = """
UPDATE ergebnis
SET wert = CASE WHEN a.geteilt THEN CAST(a.skala AS DOUBLE) * ergebnis.zaehler
                                     / nullif(ergebnis.nenner, 0)
                ELSE ergebnis.zaehler END
FROM aufgabe a
WHERE a.aufgabe = ergebnis.aufgabe AND ergebnis.wert IS NOT NULL AND a.art <> 'uebernommen'
  AND ergebnis.rowid IN (SELECT zeile FROM zellbeleg JOIN runden USING ({key}))
""".replace("{key}", KEY)


def schuetze_datenstand(
    connection: DuckDBPyConnection,
    katalog: Katalog,
    veroeffentlicht: Mapping[str, Gezeigt] | None = None,
    offen: Sequence[tuple[Any, ...]] = (),
    *,
    ausnahmen: bool = True,
) -> Bericht:
    """Suppress in the calculated rows what must not be shown, prove it, and write what is shown.

    connection:      after `compute` and before `assess`; gets the public tables `geheimhaltung`,
                     `gezeigt` (which later builds are held against) and `nachgewiesen` (the releases
                     that this build was held against)
    veroeffentlicht: what the releases show that are still kept, from `frueher.lies`, as
    offen:           what they show of deliveries whose exemption was withdrawn since
    ausnahmen:       False also protects what its publisher shows openly (for tests)
    Raises:          DeliveryError naming the cells that could not be protected, and what helps
    """
    connection.execute(PUBLIC)
    tables.insert(connection, "nachgewiesen", [(name,) for name in veroeffentlicht or ()])
    counts = find(connection, katalog.messgroessen, ausnahmen=ausnahmen)
    if not counts:
        connection.execute("INSERT INTO geheimhaltung VALUES (0, 0, true)")
        return Bericht(0, (), ())
    rounded = [c for c in counts if c.gerundet]
    exact = [c for c in counts if not c.gerundet]
    netz, regeln = _netz(connection, exact, rounded if exact else ())
    own = {c.kennung for c in exact}
    opened = offen_gezeigt(connection, offen)
    known = {name: opened.get(name, {}) | dict(g) for name, g in (veroeffentlicht or {}).items()}
    _verschwundene(connection, katalog, netz, regeln, known)
    names = {key.text(): key for key in regeln if key in own or netz.zellen[key].fest}
    _gefuege(connection, katalog, netz, regeln).verbinde()
    exposed = _earlier(netz, names, known)
    bericht = schuetze(netz.fertig(), exposed)
    if not bericht.bestanden:
        raise DeliveryError(
            [
                Mangel("Geheimhaltung", b.text(), "Bis dahin bleibt der bisherige Datenstand.")
                for b in bericht.befunde
            ]
        )
    shown = tuple(
        s
        for s in bericht.sperrungen
        if isinstance(s.schluessel, Kennung) and s.schluessel._replace(fassung="") in own
    )
    _write(connection, counts, {s.schluessel for s in shown}, rounded)
    return Bericht(len(own), shown, ())


def _netz(
    connection: DuckDBPyConnection, counts: Sequence[Zaehlung], rounded: Sequence[Zaehlung]
) -> tuple[Netz, dict[Kennung, Regel]]:
    """Return the cells, and the rule of each; of the rounded ones everybody knows bounds."""
    levels = dict(connection.execute("SELECT gebiet, ebene FROM intern.gebiet").fetchall())
    netz, regeln = Netz(), {}
    by_key: dict[Kennung, list[Zaehlung]] = defaultdict(list)
    for count in counts:
        by_key[count.kennung].append(count)
    below = [levels[count.kennung.gebiet] in BELOW_KREIS for count in counts]
    cells = dict(zip(map(id, counts), _zellen(counts, below), strict=True))
    for key, versions in by_key.items():
        regeln[key] = versions[0].regel
        for name, count in _fassungen(key, versions):
            netz.zelle(name, cells[id(count)])
            if name != key and not count.offen:
                netz.gleich(name, key)
    for count in rounded:
        if count.kennung not in regeln and not np.isnan(count.wert):
            regeln[count.kennung] = count.regel
            netz.zelle(count.kennung, _gerundet(count))
    return netz, regeln


def _verschwundene(
    connection: DuckDBPyConnection,
    katalog: Katalog,
    netz: Netz,
    regeln: dict[Kennung, Regel],
    veroeffentlicht: Mapping[str, Gezeigt],
) -> None:
    """Add what a release shows and today's rows do not."""
    areas = {row[0] for row in connection.execute("SELECT gebiet FROM intern.gebiet").fetchall()}
    for key, value in verschwunden(veroeffentlicht, {key.text() for key in regeln}).items():
        if key.messgroesse in katalog.messgroessen and key.gebiet in areas:
            own = rule(katalog.messgroessen[key.messgroesse], {})
            if own.runden is None:
                netz.zelle(key, Zelle(value, fest=True))
                regeln[key] = own


def _fassungen(key: Kennung, versions: Sequence[Zaehlung]) -> Iterator[tuple[Kennung, Zaehlung]]:
    """Yield the cells that count the same: one, unless two sources disagree.

    What somebody shows openly comes first: it is known, whatever others hide. Of the rest, one that
    knows the value comes before one that hides it, and both descriptions hold.
    """
    ordered = sorted(versions, key=lambda c: (not c.offen, np.isnan(c.wert)))
    first = ordered[0]
    for count in ordered:
        known = count.wert == first.wert or np.isnan(count.wert)
        if not (known and first.offen and not np.isnan(first.wert)) or count is first:
            yield key if known else key._replace(fassung=count.quelle), count


def _zellen(counts: Sequence[Zaehlung], below: Sequence[bool]) -> list[Zelle]:
    """Return what the rules say of each count; below: that it is one of less than the Kreis."""
    cells = [Zelle(count.wert, fest=True) for count in counts]
    by_rule: dict[Regel, list[int]] = defaultdict(list)
    for number, count in enumerate(counts):
        if not count.offen or np.isnan(count.wert):
            by_rule[count.regel].append(number)
    for regel, numbers in by_rule.items():
        value, whole = (
            np.array([getattr(counts[number], name) for number in numbers])
            for name in ("wert", "ganzes")
        )
        schutz = pruefe_zahlen(value, regel, np.where(value > whole, np.inf, whole))
        columns = (schutz.primaer, schutz.unten, schutz.oben, schutz.soll_unten, schutz.soll_oben)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        for number, row in zip(numbers, rows, strict=True):
            cells[number] = _zelle(counts[number], row, below=below[number])
    return cells


def _zelle(
    count: Zaehlung, allein: tuple[bool, float, float, float, float], *, below: bool
) -> Zelle:
    """Return a cell; allein: what the minimum frequency says of it, a row of `Schutz`."""
    primary, low, high, down, up = allein
    value = None if np.isnan(count.wert) else count.wert
    if count.wenige:
        # As the dominance rule asks: not even somebody who knows the others may be sure.
        dominant = np.ceil(count.wert / (count.regel.dominanz or 1))
        up = max(up, dominant, count.wert + count.regel.kleinste_zahl)
    never = below and count.regel.nie_unter_kreis
    if never:
        low = 0.0  # zeros are withheld as well
        if count.wert >= count.regel.kleinste_zahl:
            down = min(down, count.wert - 1)
    return Zelle(
        value,
        unten=low,
        oben=high,
        soll_unten=down,
        soll_oben=up,
        primaer=primary or count.wenige or never,
        maske=value is None,
    )


def _gerundet(count: Zaehlung) -> Zelle:
    """Return what everybody knows of a rounded count."""
    step = count.regel.runden or 1
    shown = float(runde(round(count.wert), step))
    return Zelle(
        count.wert, unten=max(shown - step // 2, 0.0), oben=shown + step // 2, primaer=True
    )


def _gefuege(
    connection: DuckDBPyConnection, katalog: Katalog, netz: Netz, regeln: dict[Kennung, Regel]
) -> Gefuege:
    children: dict[str, set[str]] = defaultdict(set)
    rows = connection.execute(
        "SELECT gebiet, teil_von, verwaltungsgemeinschaft FROM intern.gebiet"
    ).fetchall()
    for gebiet, teil_von, gemeinschaft in rows:
        children[gemeinschaft or teil_von or ""].add(gebiet)
    m = katalog.messgroessen
    return Gefuege(
        netz,
        list(regeln),
        regeln,
        dict(children),
        {name: item.additiv for name, item in m.items()},
        {name: item.teil_von for name, item in m.items()},
    )


def _earlier(
    netz: Netz, names: Mapping[str, Kennung], veroeffentlicht: Mapping[str, Gezeigt]
) -> list[Schluessel]:
    """Take in what releases show; return what they show and today's rules do not.

    names: the cells that a release may show, by their text
    """
    relations = list(netz.beziehungen)
    exposed = []
    for release, values in veroeffentlicht.items():
        exposed += netz.frueher(release, {names[t]: v for t, v in values.items() if t in names})
        for factors in relations:
            renamed = {netz.mit_ausgabe(release, name): factor for name, factor in factors}
            if renamed.keys() != {name for name, _ in factors}:
                netz.beziehung(renamed)
    return exposed


def _write(
    connection: DuckDBPyConnection,
    counts: Sequence[Zaehlung],
    secret: set[Schluessel],
    rounded: Sequence[Zaehlung],
) -> None:
    """Take the numbers out of the rows, and write down which cells are shown with which value."""
    hidden = [c for c in counts if secret & {c.kennung, c.kennung._replace(fassung=c.quelle)}]
    for table, cells, more in (("gesperrt", hidden, ""), ("runden", rounded, ", 0 AS schritt")):
        connection.execute(
            f"CREATE TEMP TABLE {table} AS SELECT {KEY}{more} FROM zellbeleg WHERE false"
        )
        rows = {c.kennung[:-1] + ((c.regel.runden,) if more else ()) for c in cells}
        tables.insert(connection, table, sorted(rows))
    connection.execute(HIDE)
    if rounded:
        for column, roles in (("zaehler", "'haupt', 'zaehler'"), ("nenner", "'nenner'")):
            connection.execute(ROUND.format(column=column, roles=roles))
        connection.execute(AGAIN)
    for table in ("beleg", "zellbeleg", "zu_schuetzen", "gesperrt", "runden"):
        connection.execute(f"DROP TABLE {table}")
    shown = {c.kennung.text(): _gezeigt(c) for c in counts if not c.offen}
    shown |= {c.kennung.text(): None for c in hidden}
    tables.insert(connection, "gezeigt", sorted(shown.items()))
    connection.execute(
        "INSERT INTO geheimhaltung VALUES (?, ?, true)",
        [len(shown), sum(value is None for value in shown.values())],
    )


def _gezeigt(count: Zaehlung) -> float | None:
    """Return the number that a row shows of a count; None where there is none."""
    if np.isnan(count.wert):
        return None
    if count.gerundet and count.regel.runden:
        return float(runde(round(count.wert), count.regel.runden))
    return count.wert
