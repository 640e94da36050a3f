"""Messwerte → Indikatorwerte: the same few SQL statements over all indicators at once.

Runs on a connection to which intern.duckdb is attached as `intern`; every table made here is
temporary. The statements are portable, for a cluster may run them (`indicators.engine`): ratios are
cast to DOUBLE, ordering is explicit, columns are named instead of excluded, a column of USING stands
without its table, and no expression uses an alias of its own SELECT.
After `indicators.operands` has found what the formulas ask for:

aufgabe   what is to be calculated: indicator × period × characteristics × basis
wunsch    what an aufgabe needs beside its main operand: a denominator, or the count of a rate
gefunden  the best value for a wunsch in each area
ergebnis  the values of all indicators in numbers; the view `berechnet` shows them with words
"""

from collections.abc import Iterator

from duckdb import DuckDBPyConnection

from etl import tables
from etl.errors import DeliveryError, Mangel
from etl.mandant import mandant
from etl.schema import TOTAL_BIS
from indicators import operands
from indicators.catalog import PARTS, Katalog
from indicators.engine import Engine, here
from indicators.model import Indikator, Operand
from indicators.operands import GROUP, MATCH, NR, VALUE

__all__ = ["MATCH", "compute"]

FORMULAS = """
CREATE TEMP TABLE formel (
    indikator VARCHAR, art VARCHAR, skala INTEGER, nenner_zeit VARCHAR, hauptoperand INTEGER,
    nenner INTEGER, zaehler INTEGER
)
"""
# `reihe` has one newest value in each area, `folge` is one series in each area.
TASKS = f"""
CREATE TEMP TABLE aufgabe AS
WITH aufgaben AS (
    SELECT f.*, f.art IN ('anteil', 'rate') AS geteilt, z.*,
           CASE nenner_zeit
                WHEN 'jahresende' THEN make_date(year(bis), 12, 31)
                WHEN 'jahresmittel' THEN make_date(year(bis), 12, 31)
                WHEN 'vorjahresende' THEN make_date(year(bis) - 1, 12, 31)
                ELSE bis END AS nenner_bis,
           CASE nenner_zeit
                WHEN 'gleich' THEN zeitbezug
                WHEN 'jahresmittel' THEN 'jahresdurchschnitt'
                ELSE 'stichtag' END AS nenner_zeitbezug
    FROM formel f JOIN ziel z ON z.operand = f.hauptoperand
)
SELECT CAST(row_number() OVER (ORDER BY indikator, {GROUP}, zeitbezug, bis, zeit, basis)
            AS INTEGER) AS aufgabe,
       CAST(dense_rank() OVER (ORDER BY indikator, {GROUP}) AS INTEGER) AS reihe,
       CAST(dense_rank() OVER (ORDER BY indikator, {GROUP}, zeitbezug) AS INTEGER) AS folge,
       CASE WHEN nenner IS NOT NULL THEN dense_rank() OVER (
           ORDER BY nenner, nenner_bis, nenner_zeitbezug, geschlecht, alter_von, alter_bis,
                    nationalitaet, basis) END AS nenner_wunsch,
       CASE WHEN art = 'uebernommen' AND zaehler IS NOT NULL THEN -dense_rank() OVER (
           ORDER BY zaehler, bis, zeitbezug, {GROUP}, basis) END AS zaehler_wunsch,
       *
FROM aufgaben
"""
# A denominator has the declared kind of period. The count beside a published rate may have another
# one than the rate, but of the same last day. Both have the basis of the main operand.
WISHES = f"""
CREATE TEMP TABLE wunsch AS
SELECT DISTINCT nenner_wunsch AS wunsch, nenner AS operand, nenner_bis AS bis,
       nenner_zeitbezug AS zeitbezug, geschlecht, alter_von, alter_bis, nationalitaet, '' AS gruppe,
       basis, true AS genau
FROM aufgabe WHERE nenner_wunsch IS NOT NULL
UNION ALL
SELECT DISTINCT zaehler_wunsch, zaehler, bis, zeitbezug, {GROUP}, basis, false
FROM aufgabe WHERE zaehler_wunsch IS NOT NULL
"""
FOUND = f"""
CREATE TEMP TABLE gefunden AS
WITH antwort AS (
    SELECT w.wunsch, z.ziel, z.basis_nr, z.zeitbezug <> w.zeitbezug AS anders
    FROM wunsch w
    JOIN ziel z ON z.operand = w.operand AND z.bis = w.bis
     AND z.geschlecht = w.geschlecht AND z.alter_von = w.alter_von AND z.alter_bis = w.alter_bis
     AND z.nationalitaet = w.nationalitaet AND z.gruppe = w.gruppe
     AND (w.basis = '' OR z.basis = '' OR z.basis = w.basis)
     AND (z.zeitbezug = w.zeitbezug OR NOT w.genau)
)
SELECT wunsch, basis_nr, ziel, ort, {VALUE},
       CAST(row_number() OVER (ORDER BY wunsch, ort) AS INTEGER) AS fund
FROM (
    SELECT a.wunsch, a.basis_nr, ziel, t.ort, t.wert, t.status_nr, t.stufe, t.weg, lieferung,
           t.kopf, row_number() OVER (
        PARTITION BY a.wunsch, t.ort
        ORDER BY a.anders, l.rang, a.basis_nr DESC, lieferung
    ) AS platz
    FROM antwort a JOIN teilwert t USING (ziel) JOIN intern.lieferung l USING (lieferung)
) WHERE platz = 1
"""
RESULT = """
CREATE TEMP TABLE ergebnis (
    aufgabe INTEGER, ort INTEGER, zaehler DOUBLE, nenner DOUBLE, wert DOUBLE, status_nr TINYINT,
    stufe TINYINT, basis_nr TINYINT, weg TINYINT, lieferung INTEGER, kopf INTEGER, fund INTEGER
)
"""
VALUES = f"""
INSERT INTO ergebnis
SELECT a.aufgabe, t.ort, {{count}}, n.wert,
       CASE WHEN NOT a.geteilt THEN t.wert
            WHEN n.wert > 0 THEN CAST(a.skala AS DOUBLE) * t.wert / n.wert END,
       CASE WHEN t.status_nr <> {NR["vorhanden"]} OR NOT a.geteilt THEN t.status_nr
            WHEN n.fund IS NULL THEN {NR["fehlt"]}
            WHEN n.status_nr <> {NR["vorhanden"]} THEN n.status_nr
            WHEN n.wert = 0 THEN {NR["nicht_sinnvoll"]}
            ELSE {NR["vorhanden"]} END,
       CASE WHEN a.geteilt AND n.stufe > t.stufe THEN n.stufe ELSE t.stufe END,
       CASE WHEN a.basis_nr = 0 AND n.fund IS NOT NULL THEN n.basis_nr ELSE a.basis_nr END,
       t.weg, t.lieferung, t.kopf, n.fund
FROM teilwert t
JOIN aufgabe a USING (ziel)
LEFT JOIN gefunden n ON n.wunsch = a.nenner_wunsch AND n.ort = t.ort
{{beside}}
"""
COUNTED = VALUES.format(count="t.wert", beside="WHERE a.art <> 'uebernommen'")
PUBLISHED = VALUES.format(
    count="z.wert",
    beside="""
LEFT JOIN gefunden z ON z.wunsch = a.zaehler_wunsch AND z.ort = t.ort
WHERE a.art = 'uebernommen'
""",
)
WORDS = """
CREATE TEMP VIEW berechnet AS
SELECT e.rowid AS zeile, a.indikator, o.gebiet, a.zeit, a.zeitbezug, a.von, a.bis, a.geschlecht,
       a.alter_von, a.alter_bis, a.nationalitaet, a.gruppe, b.basis, e.zaehler, e.nenner, e.wert,
       s.status, e.stufe, e.weg, coalesce(f.weg, 0) AS nenner_weg,
       coalesce(k.bemerkung, '') AS bemerkung,
       a.geteilt AND e.fund IS NULL AS ohne_nenner, a.nenner_bis, n.zeit AS nenner_am,
       e.lieferung, f.lieferung AS nenner_lieferung, a.skala, a.art
FROM ergebnis e
JOIN aufgabe a USING (aufgabe)
JOIN ort o USING (ort)
JOIN basis_nr b ON b.nr = e.basis_nr
JOIN status_nr s ON s.nr = e.status_nr
LEFT JOIN kopf k ON k.kopf = e.kopf
LEFT JOIN gefunden f ON f.fund = e.fund
LEFT JOIN ziel n ON n.ziel = f.ziel
"""
IMPOSSIBLE = """
SELECT a.indikator, o.gebiet, a.zeit, e.zaehler, e.nenner, l.datei
FROM ergebnis e
JOIN aufgabe a USING (aufgabe)
JOIN ort o USING (ort)
JOIN intern.lieferung l USING (lieferung)
WHERE a.art = 'anteil' AND (e.zaehler > e.nenner OR e.zaehler < 0)
ORDER BY a.indikator, o.gebiet, a.zeit
"""
STATEMENTS = (*operands.STATEMENTS, TASKS, WISHES, FOUND, RESULT, COUNTED, PUBLISHED)
HELD = """
CREATE TEMP TABLE zurueckgehalten AS
SELECT lieferung, quelle FROM intern.lieferung WHERE wartet <> '' AND {held}
"""


def compute(
    connection: DuckDBPyConnection, katalog: Katalog, engine: Engine = here, *, alles: bool = False
) -> None:
    """Fill the temporary `operandwert` and `berechnet` for all indicators.

    connection: to which intern.duckdb is attached as `intern`
    engine:     what runs the statements and leaves their tables on the connection
    alles:      also from deliveries that still wait for their Freigabe
    Raises:     DeliveryError if the numerator of a share exceeds its denominator
    """
    connection.execute(HELD.format(held=not alles))
    operands.write_codes(connection)
    connection.execute(FORMULAS)
    numbers = _numbers(katalog)
    tables.insert(connection, "operand", list(_operands(katalog, numbers)))
    tables.insert(connection, "formel", list(_formulas(katalog, numbers)))
    kreis = mandant().kreis
    engine(connection, tuple(statement.format(kreis=kreis) for statement in STATEMENTS))
    for view in (operands.WORDS, WORDS):
        connection.execute(view)
    impossible = connection.execute(IMPOSSIBLE).fetchall()
    if impossible:
        raise DeliveryError(
            [
                Mangel(
                    file,
                    f"{indikator}, {gebiet}, {zeit}: Der Zähler {zaehler:g} passt nicht in den"
                    f" Nenner {nenner:g}.",
                    "Beide Lieferungen vergleichen: »sozialmonitor explain« zeigt die Zellen.",
                )
                for indikator, gebiet, zeit, zaehler, nenner, file in impossible
            ]
        )


Asked = tuple[str | int | bool, ...]


def _numbers(katalog: Katalog) -> dict[Asked, int]:
    """Give each operand a number; what several formulas ask for is looked up only once."""
    asked = (
        _asked(indikator, part)
        for indikator in katalog.indikatoren.values()
        for part in PARTS
        if getattr(indikator, part)
    )
    return {operand: number for number, operand in enumerate(dict.fromkeys(asked), start=1)}


def _operands(katalog: Katalog, numbers: dict[Asked, int]) -> Iterator[tuple[object, ...]]:
    for id_, indikator in katalog.indikatoren.items():
        for part in PARTS:
            if getattr(indikator, part):
                asked = _asked(indikator, part)
                yield numbers[asked], id_, part, *asked


def _formulas(katalog: Katalog, numbers: dict[Asked, int]) -> Iterator[tuple[object, ...]]:
    for id_, indikator in katalog.indikatoren.items():
        main = "wert" if indikator.art == "uebernommen" else "zaehler"
        parts = (
            numbers[_asked(indikator, part)] if getattr(indikator, part) else None
            for part in (main, "nenner", "zaehler")
        )
        yield id_, indikator.art, indikator.skala, indikator.nenner_zeit, *parts


def _asked(indikator: Indikator, part: str) -> Asked:
    """Return what an operand demands of a cell and which characteristics it lets pass as groups."""
    operand: Operand = getattr(indikator, part)
    lower, upper = operand.alter or (0, None)
    return (
        operand.messgroesse,
        operand.geschlecht,
        lower,
        TOTAL_BIS if upper is None else upper,
        operand.nationalitaet,
        operand.gruppe,
        operand.basis,
        *_free(indikator, operand, part),
    )


def _free(indikator: Indikator, operand: Operand, part: str) -> tuple[bool, bool, bool, bool]:
    """Say which characteristics pass through as groups; a Leistungsart never splits a denominator."""
    return (
        "geschlecht" in indikator.gliederung and not operand.geschlecht,
        "alter" in indikator.gliederung and operand.alter is None,
        "nationalitaet" in indikator.gliederung and not operand.nationalitaet,
        "gruppe" in indikator.gliederung and not operand.gruppe and part != "nenner",
    )
