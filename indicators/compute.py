"""Messwerte → Indikatorwerte: the same few SQL statements over all indicators at once.

Runs on a connection to which intern.duckdb is attached as `intern`; every table made here is
temporary. Ratios are cast to DOUBLE and ordering is explicit, so the statements stay portable.
"""

from collections.abc import Iterator

from duckdb import DuckDBPyConnection

from etl.errors import DeliveryError, Mangel
from etl.gebiete import KREIS
from etl.schema import TOTAL_BIS
from etl.symbols import GUETEN
from indicators.catalog import PARTS, Katalog
from indicators.model import Indikator, Operand

GROUP = "geschlecht, alter_von, alter_bis, nationalitaet, gruppe"
PERIOD = "zeit, zeitbezug, von, bis"
SERIES = f"indikator, rolle, gebiet, {PERIOD}, {GROUP}, basis"

TABLES = """
CREATE TEMP TABLE formel (
    indikator VARCHAR, art VARCHAR, skala INTEGER, hauptrolle VARCHAR, nenner_zeit VARCHAR
);
CREATE TEMP TABLE operand (
    indikator VARCHAR, rolle VARCHAR, messgroesse VARCHAR, geschlecht VARCHAR,
    alter_von SMALLINT, alter_bis SMALLINT, nationalitaet VARCHAR, gruppe VARCHAR, basis VARCHAR,
    jedes_geschlecht BOOLEAN, jedes_alter BOOLEAN, jede_nationalitaet BOOLEAN, jede_gruppe BOOLEAN
);
CREATE TEMP TABLE guete_rang (guete VARCHAR, stufe SMALLINT);
"""

# Two editions of one publisher never share a line: of each Messgröße only the newest one counts.
EDITIONS = """
CREATE TEMP VIEW gueltig AS
SELECT m.*, l.rang, l.stand, r.stufe
FROM intern.messwert m
JOIN intern.lieferung l USING (lieferung)
JOIN guete_rang r USING (guete)
JOIN (
    SELECT messgroesse, max(ausgabe) AS neueste
    FROM intern.messwert JOIN intern.lieferung USING (lieferung) GROUP BY messgroesse
) a USING (messgroesse)
WHERE l.ausgabe = '' OR l.ausgabe = a.neueste
"""

# A characteristic that the formula fixes is no group of the result: the share of women is one
# series, not the group »weiblich«.
OUTPUT = """
    o.indikator, o.rolle, m.messgroesse, m.lieferung, m.rang, m.stand, m.gebiet,
    m.zeit, m.zeitbezug, m.von, m.bis,
    CASE WHEN o.jedes_geschlecht THEN m.geschlecht ELSE '' END AS geschlecht,
    CASE WHEN o.jede_nationalitaet THEN m.nationalitaet ELSE '' END AS nationalitaet,
    CASE WHEN o.jede_gruppe THEN m.gruppe ELSE '' END AS gruppe,
    m.basis
"""
MATCH = """
    m.messgroesse = o.messgroesse
    AND (o.jedes_geschlecht OR m.geschlecht = o.geschlecht)
    AND (o.jede_nationalitaet OR m.nationalitaet = o.nationalitaet)
    AND (o.jede_gruppe OR m.gruppe = o.gruppe)
    AND (o.basis = '' OR m.basis = o.basis)
"""
DIRECT = f"""
CREATE TEMP TABLE kandidat AS
SELECT {OUTPUT},
       CASE WHEN o.jedes_alter THEN m.alter_von ELSE 0 END AS alter_von,
       CASE WHEN o.jedes_alter THEN m.alter_bis ELSE {TOTAL_BIS} END AS alter_bis,
       m.wert, m.status, m.stufe, m.bemerkung, 0 AS weg
FROM operand o
JOIN gueltig m ON {MATCH}
 AND (o.jedes_alter OR (m.alter_von = o.alter_von AND m.alter_bis = o.alter_bis))
"""
# Age groups are summed only if they tile the wanted range exactly: no gap, no overlap. A sum lacks
# what one of its parts lacks; it is »nichts vorhanden« only if every part is.
TILES = f"""
INSERT INTO kandidat BY NAME
WITH teil AS (
    SELECT {OUTPUT}, o.alter_von AS ziel_von, o.alter_bis AS ziel_bis, m.alter_von, m.alter_bis,
           m.wert, m.status, m.stufe
    FROM operand o
    JOIN gueltig m ON {MATCH} AND NOT o.jedes_alter
     AND m.alter_von >= o.alter_von AND m.alter_bis <= o.alter_bis
     AND NOT (m.alter_von = o.alter_von AND m.alter_bis = o.alter_bis)
    JOIN intern.messgroesse g ON g.messgroesse = m.messgroesse AND g.additiv
), kette AS (
    SELECT *, lag(alter_bis, 1, ziel_von - 1) OVER (
        PARTITION BY indikator, rolle, lieferung, gebiet, {PERIOD},
                     geschlecht, nationalitaet, gruppe, basis
        ORDER BY alter_von, alter_bis
    ) AS vorher FROM teil
)
SELECT indikator, rolle, messgroesse, lieferung, rang, stand, gebiet, {PERIOD},
       geschlecht, nationalitaet, gruppe, basis, 0 AS alter_von, {TOTAL_BIS} AS alter_bis,
       CASE WHEN count(wert) = count(*) THEN sum(wert) END AS wert,
       CASE WHEN count(wert) = count(*) THEN 'vorhanden'
            WHEN bool_and(status = 'nichts_vorhanden') THEN 'nichts_vorhanden'
            WHEN bool_or(status = 'geheim') THEN 'geheim'
            WHEN bool_or(status = 'unsicher') THEN 'unsicher'
            WHEN bool_or(status = 'folgt') THEN 'folgt'
            ELSE 'fehlt' END AS status,
       max(stufe) AS stufe, '' AS bemerkung, 1 AS weg
FROM kette
GROUP BY indikator, rolle, messgroesse, lieferung, rang, stand, gebiet, {PERIOD},
         geschlecht, nationalitaet, gruppe, basis, ziel_bis
HAVING bool_and(alter_von = vorher + 1) AND max(alter_bis) = max(ziel_bis)
"""
# Where two tables hold the same cell, the declared precedence decides.
CHOOSE = f"""
CREATE TEMP TABLE operandwert AS
SELECT * EXCLUDE (platz) FROM (
    SELECT *, row_number() OVER (
        PARTITION BY {SERIES}
        ORDER BY (status = 'fehlt'), rang, weg, stand DESC, lieferung
    ) AS platz FROM kandidat
) WHERE platz = 1
"""
# A missing Kreis row may be the sum of all municipalities, if each of them has a number.
KREIS_SUMS = f"""
INSERT INTO operandwert BY NAME
SELECT indikator, rolle, messgroesse, lieferung, min(rang) AS rang, max(stand) AS stand,
       '{KREIS}' AS gebiet, {PERIOD}, {GROUP}, basis, sum(wert) AS wert, 'vorhanden' AS status,
       max(stufe) AS stufe, '' AS bemerkung, 2 AS weg
FROM operandwert o
JOIN intern.messgroesse g USING (messgroesse)
JOIN intern.gebiet e USING (gebiet)
WHERE g.additiv AND e.ebene = 'gemeinde' AND e.teil_von = '{KREIS}'
  AND NOT EXISTS (
    SELECT 1 FROM operandwert k
    WHERE k.gebiet = '{KREIS}' AND k.indikator = o.indikator AND k.rolle = o.rolle
      AND k.zeit = o.zeit AND k.zeitbezug = o.zeitbezug AND k.geschlecht = o.geschlecht
      AND k.alter_von = o.alter_von AND k.alter_bis = o.alter_bis
      AND k.nationalitaet = o.nationalitaet AND k.gruppe = o.gruppe AND k.basis = o.basis
  )
GROUP BY indikator, rolle, messgroesse, lieferung, {PERIOD}, {GROUP}, basis
HAVING count(wert) = (
    SELECT count(*) FROM intern.gebiet WHERE ebene = 'gemeinde' AND teil_von = '{KREIS}'
)
"""
# A Verwaltungsgemeinschaft with a single member is that municipality; the value of a larger one
# is never copied onto its members.
ALONE = """
INSERT INTO operandwert BY NAME
SELECT o.* REPLACE (g.gebiet AS gebiet, 3 AS weg)
FROM operandwert o
JOIN (
    SELECT verwaltungsgemeinschaft, min(gebiet) AS gebiet FROM intern.gebiet
    WHERE ebene = 'gemeinde' AND verwaltungsgemeinschaft IS NOT NULL
    GROUP BY verwaltungsgemeinschaft HAVING count(*) = 1
) g ON g.verwaltungsgemeinschaft = o.gebiet
WHERE NOT EXISTS (
    SELECT 1 FROM operandwert k
    WHERE k.gebiet = g.gebiet AND k.indikator = o.indikator AND k.rolle = o.rolle
      AND k.zeit = o.zeit AND k.zeitbezug = o.zeitbezug
)
"""
VALUES = """
CREATE TEMP TABLE berechnet AS
WITH haupt AS (
    SELECT o.rowid AS nr, o.*, f.art, f.skala, f.nenner_zeit,
           CASE f.nenner_zeit
                WHEN 'jahresende' THEN make_date(year(o.bis), 12, 31)
                WHEN 'jahresmittel' THEN make_date(year(o.bis), 12, 31)
                WHEN 'vorjahresende' THEN make_date(year(o.bis) - 1, 12, 31)
                ELSE o.bis END AS nenner_bis,
           CASE f.nenner_zeit
                WHEN 'gleich' THEN o.zeitbezug
                WHEN 'jahresmittel' THEN 'jahresdurchschnitt'
                ELSE 'stichtag' END AS nenner_zeitbezug
    FROM operandwert o JOIN formel f ON f.indikator = o.indikator AND f.hauptrolle = o.rolle
), nenner AS (
    SELECT h.nr, n.wert, n.status, n.stufe, n.lieferung, n.weg, n.basis AS nenner_basis,
           n.zeit AS nenner_am,
           row_number() OVER (
               PARTITION BY h.nr ORDER BY n.rang, n.basis DESC, n.lieferung
           ) AS platz
    FROM haupt h
    JOIN operandwert n ON n.rolle = 'nenner' AND n.indikator = h.indikator
     AND n.gebiet = h.gebiet AND n.bis = h.nenner_bis AND n.zeitbezug = h.nenner_zeitbezug
     AND n.geschlecht = h.geschlecht AND n.alter_von = h.alter_von AND n.alter_bis = h.alter_bis
     AND n.nationalitaet = h.nationalitaet
     AND (h.basis = '' OR n.basis = '' OR n.basis = h.basis)
), zaehler AS (
    SELECT h.nr, z.wert,
           row_number() OVER (
               PARTITION BY h.nr
               ORDER BY (z.zeitbezug <> h.zeitbezug), z.rang, z.basis DESC, z.lieferung
           ) AS platz
    FROM haupt h
    JOIN operandwert z ON h.art = 'uebernommen' AND z.rolle = 'zaehler'
     AND z.indikator = h.indikator AND z.gebiet = h.gebiet AND z.bis = h.bis
     AND z.geschlecht = h.geschlecht AND z.alter_von = h.alter_von AND z.alter_bis = h.alter_bis
     AND z.nationalitaet = h.nationalitaet AND z.gruppe = h.gruppe
     AND (h.basis = '' OR z.basis = '' OR z.basis = h.basis)
)
SELECT h.indikator, h.gebiet, h.zeit, h.zeitbezug, h.von, h.bis, h.geschlecht, h.alter_von,
       h.alter_bis, h.nationalitaet, h.gruppe,
       CASE WHEN h.basis <> '' THEN h.basis ELSE coalesce(n.nenner_basis, '') END AS basis,
       CASE WHEN h.art = 'uebernommen' THEN z.wert ELSE h.wert END AS zaehler,
       n.wert AS nenner,
       CASE WHEN h.art IN ('anzahl', 'uebernommen') THEN h.wert
            WHEN n.wert > 0 THEN CAST(h.skala AS DOUBLE) * h.wert / n.wert END AS wert,
       CASE WHEN h.status <> 'vorhanden' OR h.art IN ('anzahl', 'uebernommen') THEN h.status
            WHEN n.status IS NULL THEN 'fehlt'
            WHEN n.status <> 'vorhanden' THEN n.status
            WHEN n.wert = 0 THEN 'nicht_sinnvoll'
            ELSE 'vorhanden' END AS status,
       CASE WHEN h.art = 'uebernommen' THEN h.stufe
            ELSE greatest(h.stufe, coalesce(n.stufe, 0)) END AS stufe,
       h.weg, coalesce(n.weg, 0) AS nenner_weg, h.bemerkung,
       h.art NOT IN ('anzahl', 'uebernommen') AND n.status IS NULL AS ohne_nenner,
       h.nenner_bis, n.nenner_am, h.lieferung, n.lieferung AS nenner_lieferung, h.skala, h.art
FROM haupt h
LEFT JOIN nenner n ON n.platz = 1 AND n.nr = h.nr
LEFT JOIN zaehler z ON z.platz = 1 AND z.nr = h.nr
"""
IMPOSSIBLE = """
SELECT i.indikator, i.gebiet, i.zeit, i.zaehler, i.nenner, l.datei
FROM berechnet i JOIN intern.lieferung l USING (lieferung)
WHERE art = 'anteil' AND (zaehler > nenner OR zaehler < 0)
ORDER BY i.indikator, i.gebiet, i.zeit
"""


def compute(connection: DuckDBPyConnection, katalog: Katalog) -> None:
    """Fill the temporary tables `operandwert` and `berechnet` for all indicators.

    connection: to which intern.duckdb is attached as `intern`
    Raises:     DeliveryError if the numerator of a share exceeds its denominator
    """
    connection.execute(TABLES)
    connection.executemany(
        "INSERT INTO guete_rang VALUES (?, ?)", [(g, i) for i, g in enumerate(GUETEN)]
    )
    connection.executemany("INSERT INTO formel VALUES (?, ?, ?, ?, ?)", list(_formulas(katalog)))
    connection.executemany(
        f"INSERT INTO operand VALUES ({', '.join('?' * 13)})", list(_operands(katalog))
    )
    for statement in (EDITIONS, DIRECT, TILES, CHOOSE, KREIS_SUMS, ALONE, VALUES):
        connection.execute(statement)
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


def _formulas(katalog: Katalog) -> Iterator[tuple[str, str, int, str, str | None]]:
    for id_, indikator in katalog.indikatoren.items():
        main = "wert" if indikator.art == "uebernommen" else "zaehler"
        yield id_, indikator.art, indikator.skala, main, indikator.nenner_zeit


def _operands(katalog: Katalog) -> Iterator[tuple[str | int | bool, ...]]:
    for id_, indikator in katalog.indikatoren.items():
        for part in PARTS:
            operand: Operand | None = getattr(indikator, part)
            if operand:
                yield id_, part, *_filters(operand), *_free(indikator, operand, part)


def _filters(operand: Operand) -> tuple[str | int, ...]:
    lower, upper = operand.alter or (0, None)
    return (
        operand.messgroesse,
        operand.geschlecht,
        lower,
        TOTAL_BIS if upper is None else upper,
        operand.nationalitaet,
        operand.gruppe,
        operand.basis,
    )


def _free(indikator: Indikator, operand: Operand, part: str) -> tuple[bool, bool, bool, bool]:
    """Say which characteristics pass through as groups; a Leistungsart never splits a denominator."""
    return (
        "geschlecht" in indikator.gliederung and not operand.geschlecht,
        "alter" in indikator.gliederung and operand.alter is None,
        "nationalitaet" in indikator.gliederung and not operand.nationalitaet,
        "gruppe" in indikator.gliederung and not operand.gruppe and part != "nenner",
    )
