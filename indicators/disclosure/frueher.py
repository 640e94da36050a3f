"""What the releases show that are still kept: everybody has them, so a new build is held against them."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

import duckdb

from etl import tables, veroeffentlichungen, warehouse
from etl.errors import WarehouseError
from indicators.disclosure.counts import KEY, Kennung

# Kennung.text() → the value shown; None where the release hides it
Gezeigt = Mapping[str, float | None]

ROW = (
    "indikator, gebiet, zeit, zeitbezug, geschlecht, alter_von, alter_bis, nationalitaet, gruppe,"
    " basis"
)
# What a source shows openly is in no list of protected cells, only in the rows themselves.
OPEN = f"""
SELECT {ROW}, CASE WHEN quelle IN (SELECT unnest($1)) THEN zaehler END,
       CASE WHEN quelle IN (SELECT unnest($1)) THEN wert END,
       CASE WHEN nenner_quelle IN (SELECT unnest($1)) THEN nenner END
FROM indikatorwert
WHERE status = 'vorhanden' AND (quelle IN (SELECT unnest($1)) OR nenner_quelle IN (SELECT unnest($1)))
"""
EXEMPT_NO_LONGER = "SELECT id FROM quelle WHERE ausnahme <> '' AND NOT list_contains(?, id)"
RESOLVED = f"""
SELECT o.veroeffentlichung, {", ".join(f"c.{name}" for name in KEY.split(", "))},
       any_value(CASE WHEN c.rolle = 'nenner' THEN o.nenner
                      WHEN c.rolle = 'haupt' AND b.art = 'uebernommen' THEN o.wert
                      ELSE o.zaehler END) AS zahl
FROM zellbeleg c
JOIN berechnet b USING (zeile)
JOIN frueher_offen o ON ({", ".join(f"b.{name}" for name in ROW.split(", "))})
                      = ({", ".join(f"o.{name}" for name in ROW.split(", "))})
GROUP BY ALL HAVING zahl IS NOT NULL
"""


def lies(
    build: warehouse.Build, connection: duckdb.DuckDBPyConnection
) -> tuple[dict[str, Gezeigt], list[tuple[Any, ...]]]:
    """Return what each release shows that was not withdrawn.

    build:      the one under construction
    connection: with its intern.duckdb attached as `intern`
    Returns:    of each release what it shows of protected deliveries; and its rows of deliveries
                that were exempt then and are no longer, for `offen_gezeigt`
    Raises:     WarehouseError if a release cannot be read; nothing can then be proven
    """
    folder = build.folder.parent.parent
    rows = connection.execute("SELECT quelle FROM intern.lieferung WHERE ausnahme <> ''").fetchall()
    exempt = [name for (name,) in rows]
    shown: dict[str, Gezeigt] = {}
    open_: list[tuple[Any, ...]] = []
    for release in veroeffentlichungen.lade(folder):
        if release.zurueckgezogen is None:
            shown[release.id], rows = _shown(warehouse.released(folder, release.id), exempt)
            open_ += [(release.id, *row) for row in rows]
    return shown, open_


def offen_gezeigt(
    connection: duckdb.DuckDBPyConnection, rows: Sequence[tuple[Any, ...]]
) -> dict[str, dict[str, float | None]]:
    """Return the cells of today that releases show in rows which were exempt then.

    connection: after `counts.find`
    rows:       from `lies`
    """
    found: dict[str, dict[str, float | None]] = {}
    if not rows:
        return found
    connection.execute(
        f"CREATE TEMP TABLE frueher_offen AS SELECT '' AS veroeffentlichung, {ROW}, zaehler, wert,"
        " nenner FROM berechnet WHERE false"
    )
    tables.insert(connection, "frueher_offen", rows)
    for release, *key, value in connection.execute(RESOLVED).fetchall():
        found.setdefault(release, {})[Kennung(*key).text()] = value
    connection.execute("DROP TABLE frueher_offen")
    return found


def verschwunden(
    veroeffentlicht: Mapping[str, Gezeigt], heute: Container[str]
) -> dict[Kennung, float]:
    """Return what releases show and today's rows do not: everybody can still calculate with it.

    heute: the texts of the cells of today
    """
    return {
        Kennung.aus_text(text): value
        for shown in veroeffentlicht.values()
        for text, value in shown.items()
        if value is not None and text not in heute
    }


def _shown(
    release: warehouse.Build, exempt: Sequence[str]
) -> tuple[Gezeigt, list[tuple[Any, ...]]]:
    try:
        with warehouse.read(release.oeffentlich) as public:
            shown = dict(public.execute("SELECT kennung, wert FROM gezeigt").fetchall())
            no_longer = public.execute(EXEMPT_NO_LONGER, [exempt]).fetchall()
            names = [name for (name,) in no_longer]
            return shown, public.execute(OPEN, [names]).fetchall() if names else []
    except duckdb.Error as error:
        raise WarehouseError.at(
            release.oeffentlich,
            f"Die Veröffentlichung {release.id} lässt sich nicht lesen; gegen sie lässt sich nichts"
            " nachweisen.",
            "Aus der Sicherung zurückholen oder mit »sozialmonitor release --withdraw« zurückziehen.",
        ) from error
