"""Checks after loading: structure stops the refresh, plausibility is reported (METHODS, part 9)."""

from collections.abc import Iterable, Sequence

from duckdb import DuckDBPyConnection

from etl import tables
from etl.befund import Befund
from etl.checks import revisionen, summen, verlauf, widersprueche
from etl.errors import DeliveryError, Mangel
from etl.freigaben import Freigabe, vermerke
from etl.gebiete import Gebiete
from etl.lesung import Stelle
from etl.lieferungen import Lieferung
from etl.mandant import mandant

CELL = "lieferung, messgroesse, zeit, zeitbezug, geschlecht, alter_von, alter_bis, nationalitaet, gruppe, basis"

INCOMPLETE = f"""
SELECT lieferung, messgroesse, zeit, min_by(blatt, zeile), min(zeile), string_agg(gebiet, ' ')
FROM messwert
WHERE gebiet LIKE '{{kreis}}%' AND length(gebiet) = 8
GROUP BY {CELL}
HAVING count(*) < ?
ORDER BY 1, 5
"""
# What cannot be: fewer than no persons, or a part of one where every single one is counted.
IMPOSSIBLE = """
SELECT lieferung, blatt, zeile, spalte, messgroesse, gebiet, zeit, roh, wert < 0
FROM messwert JOIN messgroesse USING (messgroesse)
WHERE kleinste_zahl IS NOT NULL
  AND (wert < 0 OR (wert <> round(wert) AND guete IN ('endgueltig', 'vorlaeufig', 'revidiert')
                    AND zeitbezug <> 'jahresdurchschnitt'))
ORDER BY lieferung, zeile
"""
MODULES = (summen, widersprueche, verlauf, revisionen)


def refuse_gaps(intern: DuckDBPyConnection, files: dict[int, Lieferung], gebiete: Gebiete) -> None:
    """Refuse a table that has some municipalities of the Kreis, but not all of them.

    An absent row is not a zero; who has no figure writes the row with a symbol or empty.
    files:   the deliveries to be checked, by number; others have been checked before
    Raises:  DeliveryError naming the municipalities that are absent
    """
    maengel = []
    for number, messgroesse, zeit, blatt, line, present in intern.execute(
        INCOMPLETE.format(kreis=mandant().kreis), [len(gebiete.gemeinden)]
    ).fetchall():
        if number not in files or files[number].quelle.unvollstaendig:
            continue
        absent = [gebiete.names[key] for key in gebiete.gemeinden if key not in present.split()]
        maengel.append(
            Mangel(
                Stelle(blatt, line).in_file(files[number].datei),
                f"{messgroesse}, {zeit}: Es fehlen {len(absent)} von {len(gebiete.gemeinden)}"
                f" Gemeinden: {', '.join(absent[:5])}{' …' if len(absent) > 5 else ''}.",
                "Die Zeilen ergänzen (Wert oder Symbol) oder in der Beschreibung »unvollstaendig«"
                " mit dem Grund eintragen.",
            )
        )
    if maengel:
        raise DeliveryError(maengel)


def refuse_impossible(intern: DuckDBPyConnection, files: dict[int, Lieferung]) -> None:
    """Refuse counts of persons or households that are negative or not whole.

    Raises:  DeliveryError naming every such cell
    """
    maengel = [
        Mangel(
            Stelle(blatt, zeile, spalte).in_file(files[number].datei),
            f"{messgroesse} für {gebiet}, {zeit}: »{roh}« kann keine Anzahl sein"
            f" ({'negativ' if negative else 'nicht ganz'}).",
            "Spalte und Einheit vergleichen; gerechnete Werte mit guete geschaetzt oder gerundet"
            " kennzeichnen.",
        )
        for number, blatt, zeile, spalte, messgroesse, gebiet, zeit, roh, negative in (
            intern.execute(IMPOSSIBLE).fetchall()
        )
        if number in files
    ]
    if maengel:
        raise DeliveryError(maengel)


def report(
    intern: DuckDBPyConnection,
    gebiete: Gebiete,
    freigaben: Sequence[Freigabe] = (),
    earlier: Iterable[Befund] = (),
) -> int:
    """Write what looks implausible into `befund`; return how many findings there are.

    freigaben: notes that accept findings of a delivery; such a finding becomes a mere hint
    earlier:   findings that were made before and still hold
    """
    found = [
        *earlier,
        *(befund for module in MODULES for befund in module.befunde(intern, gebiete)),
    ]
    prints = dict(intern.execute("SELECT quelle, sha256 FROM lieferung").fetchall())
    findings = list(vermerke(found, freigaben, prints))
    tables.insert(intern, "befund", findings)
    return len(findings)
