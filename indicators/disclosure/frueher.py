"""What the releases show that are still kept: everybody has them, so a new build is held against them."""

from collections.abc import Container, Mapping

import duckdb

from etl import veroeffentlichungen, warehouse
from etl.errors import WarehouseError
from indicators.disclosure.counts import Kennung

# Kennung.text() → the value shown; None where the release hides it
Gezeigt = Mapping[str, float | None]


def lies(build: warehouse.Build) -> dict[str, Gezeigt]:
    """Return of each release that was not withdrawn what it shows of protected deliveries.

    build:  the one under construction
    Raises: WarehouseError if a release cannot be read; nothing can then be proven
    """
    folder = build.folder.parent.parent
    return {
        release.id: _shown(warehouse.released(folder, release.id))
        for release in veroeffentlichungen.lade(folder)
        if release.zurueckgezogen is None
    }


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


def _shown(release: warehouse.Build) -> Gezeigt:
    try:
        with warehouse.read(release.oeffentlich) as public:
            return dict(public.execute("SELECT kennung, wert FROM gezeigt").fetchall())
    except duckdb.Error as error:
        raise WarehouseError.at(
            release.oeffentlich,
            f"Die Veröffentlichung {release.id} lässt sich nicht lesen; gegen sie lässt sich nichts"
            " nachweisen.",
            "Aus der Sicherung zurückholen oder mit »sozialmonitor release --withdraw« zurückziehen.",
        ) from error
