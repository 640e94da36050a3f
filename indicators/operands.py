"""Messwerte → values of operands: every cell that a formula asks for, once for all formulas.

A national delivery has millions of cells but only some thousand headings. Everything that can be
decided by headings alone (what answers what, which table comes first) is decided there; the cells
themselves are only joined by integers. All tables are temporary:

kopf      what cells say of themselves except area and value
zelle     the cells: kopf, area, value
ziel      what can be answered: operand × period × characteristics × basis
treffer   which kopf answers which ziel, directly or as a part of a sum
teilwert  the values of operands; the view `operandwert` shows them with words
"""

from duckdb import DuckDBPyConnection

from etl import tables
from etl.schema import STATUS, TOTAL_BIS
from etl.symbols import BASEN, GUETEN

GROUP = "geschlecht, alter_von, alter_bis, nationalitaet, gruppe"
PERIOD = "zeit, zeitbezug, von, bis"
TARGET = f"operand, {PERIOD}, {GROUP}, basis"
ASKED = (
    f"operand, messgroesse, {GROUP}, basis, jedes_geschlecht, jedes_alter, jede_nationalitaet,"
    " jede_gruppe"
)
VALUE = "wert, status_nr, stufe, weg, lieferung, kopf"
NR = {status: number for number, status in enumerate(STATUS)}
DIRECT, SUMMED, KREIS_SUM, ALONE = range(
    4
)  # the ways (`weg`) from cells to the value of an operand

CODES = """
CREATE TEMP TABLE guete_rang (guete VARCHAR, stufe TINYINT);
CREATE TEMP TABLE status_nr (status VARCHAR, nr TINYINT);
CREATE TEMP TABLE basis_nr (basis VARCHAR, nr TINYINT);
CREATE TEMP TABLE ort AS
SELECT CAST(row_number() OVER (ORDER BY gebiet) AS INTEGER) AS ort, * FROM intern.gebiet;
CREATE TEMP TABLE operand (
    operand INTEGER, indikator VARCHAR, rolle VARCHAR, messgroesse VARCHAR, geschlecht VARCHAR,
    alter_von SMALLINT, alter_bis SMALLINT, nationalitaet VARCHAR, gruppe VARCHAR, basis VARCHAR,
    jedes_geschlecht BOOLEAN, jedes_alter BOOLEAN, jede_nationalitaet BOOLEAN, jede_gruppe BOOLEAN
);
"""
HEAD = f"lieferung, messgroesse, {PERIOD}, {GROUP}, basis, status, guete, bemerkung"
# Two editions of one publisher never share a line: of each Messgröße only the newest one counts.
HEADS = f"""
CREATE TEMP TABLE wartend AS
SELECT DISTINCT o.indikator, l.quelle
FROM zurueckgehalten l
JOIN (
    SELECT DISTINCT lieferung, messgroesse FROM intern.messwert
    WHERE lieferung IN (SELECT lieferung FROM zurueckgehalten)
) m USING (lieferung)
JOIN operand o USING (messgroesse);
CREATE TEMP TABLE kopf AS
SELECT CAST(row_number() OVER (ORDER BY {HEAD}) AS INTEGER) AS kopf, {HEAD},
       s.nr AS status_nr, r.stufe, l.rang, l.stand,
       l.ausgabe = '' OR l.ausgabe = max(l.ausgabe) OVER (PARTITION BY messgroesse) AS gilt
FROM (
    SELECT DISTINCT {HEAD} FROM intern.messwert
    WHERE messgroesse IN (SELECT messgroesse FROM operand)
)
JOIN intern.lieferung l USING (lieferung)
JOIN guete_rang r USING (guete)
JOIN status_nr s USING (status)
WHERE lieferung NOT IN (SELECT lieferung FROM zurueckgehalten)
"""
CELLS = f"""
CREATE TEMP TABLE zelle AS
SELECT k.kopf, o.ort, m.wert
FROM intern.messwert m
JOIN kopf k USING ({HEAD})
JOIN ort o USING (gebiet)
WHERE k.gilt
"""
MATCH = """
    m.messgroesse = o.messgroesse
    AND (o.jedes_geschlecht OR m.geschlecht = o.geschlecht)
    AND (o.jede_nationalitaet OR m.nationalitaet = o.nationalitaet)
    AND (o.jede_gruppe OR m.gruppe = o.gruppe)
    AND (o.basis = '' OR m.basis = o.basis)
"""
# A characteristic that the formula fixes is no group of the result: the share of women is one
# series, not the group »weiblich«. Age groups are summed if they may tile the wanted range.
HITS = f"""
CREATE TEMP TABLE treffer_roh AS
SELECT *, dense_rank() OVER (ORDER BY rang, weg, stand DESC, lieferung) AS vorrang
FROM (
    SELECT o.operand, m.kopf, m.lieferung, m.rang, m.stand, {PERIOD},
           CASE WHEN o.jedes_geschlecht THEN m.geschlecht ELSE '' END AS geschlecht,
           CASE WHEN o.jedes_alter THEN m.alter_von ELSE 0 END AS alter_von,
           CASE WHEN o.jedes_alter THEN m.alter_bis ELSE {TOTAL_BIS} END AS alter_bis,
           CASE WHEN o.jede_nationalitaet THEN m.nationalitaet ELSE '' END AS nationalitaet,
           CASE WHEN o.jede_gruppe THEN m.gruppe ELSE '' END AS gruppe,
           m.basis, g.additiv, o.alter_von AS ganz_von, o.alter_bis AS ganz_bis,
           m.alter_von AS teil_von, m.alter_bis AS teil_bis,
           CASE WHEN o.jedes_alter OR (m.alter_von = o.alter_von AND m.alter_bis = o.alter_bis)
                THEN {DIRECT} ELSE {SUMMED} END AS weg
    FROM (SELECT DISTINCT {ASKED} FROM operand) o
    JOIN kopf m ON m.gilt AND {MATCH}
    JOIN intern.messgroesse g ON g.messgroesse = m.messgroesse
    WHERE o.jedes_alter OR (m.alter_von = o.alter_von AND m.alter_bis = o.alter_bis)
       OR (g.additiv AND m.alter_von >= o.alter_von AND m.alter_bis <= o.alter_bis)
)
"""
# `eindeutig`: nothing is to be chosen, because one delivery alone answers, in one way.
TARGETS = f"""
CREATE TEMP TABLE ziel AS
SELECT CAST(row_number() OVER (ORDER BY {TARGET}) AS INTEGER) AS ziel, *,
       CAST(dense_rank() OVER (ORDER BY operand, zeit, zeitbezug) AS INTEGER) AS stelle
FROM (
    SELECT {TARGET}, any_value(b.nr) AS basis_nr, any_value(additiv) AS additiv,
           count(DISTINCT vorrang) = 1 AND min(weg) = {DIRECT} AS eindeutig
    FROM treffer_roh JOIN basis_nr b USING (basis)
    GROUP BY {TARGET}
);
CREATE TEMP TABLE treffer AS
SELECT z.ziel, z.eindeutig, kopf, t.lieferung, t.weg, t.vorrang, t.ganz_von, t.ganz_bis, t.teil_von,
       t.teil_bis, k.status_nr, k.stufe
FROM treffer_roh t JOIN ziel z USING ({TARGET}) JOIN kopf k USING (kopf);
CREATE TEMP TABLE teilwert (
    ziel INTEGER, ort INTEGER, wert DOUBLE, status_nr TINYINT, stufe TINYINT, weg TINYINT,
    lieferung INTEGER, kopf INTEGER
);
"""
UNDISPUTED = f"""
INSERT INTO teilwert
SELECT t.ziel, c.ort, c.wert, t.status_nr, t.stufe, {DIRECT}, t.lieferung, kopf
FROM zelle c JOIN treffer t USING (kopf)
WHERE t.eindeutig
"""
# Age groups are summed only if they tile the wanted range exactly: no gap, no overlap. A sum lacks
# what one of its parts lacks; it is »nichts vorhanden« only if every part is.
SUMS = f"""
CREATE TEMP TABLE summe AS
WITH kette AS (
    SELECT t.*, c.ort, c.wert, coalesce(lag(teil_bis) OVER (
        PARTITION BY t.ziel, t.lieferung, c.ort ORDER BY teil_von, teil_bis
    ), ganz_von - 1) AS vorher
    FROM zelle c JOIN treffer t USING (kopf)
    WHERE t.weg = {SUMMED}
)
SELECT ziel, ort, CASE WHEN count(wert) = count(*) THEN sum(wert) END AS wert,
       CASE WHEN count(wert) = count(*) THEN {NR["vorhanden"]}
            WHEN bool_and(status_nr = {NR["nichts_vorhanden"]}) THEN {NR["nichts_vorhanden"]}
            WHEN bool_or(status_nr = {NR["geheim"]}) THEN {NR["geheim"]}
            WHEN bool_or(status_nr = {NR["unsicher"]}) THEN {NR["unsicher"]}
            WHEN bool_or(status_nr = {NR["folgt"]}) THEN {NR["folgt"]}
            ELSE {NR["fehlt"]} END AS status_nr,
       max(stufe) AS stufe, {SUMMED} AS weg, lieferung, CAST(NULL AS INTEGER) AS kopf, vorrang
FROM kette
GROUP BY ziel, lieferung, vorrang, ort
HAVING bool_and(teil_von = vorher + 1) AND max(teil_bis) = max(ganz_bis)
"""
# Where two tables hold the same cell, the declared precedence decides.
CHOSEN = f"""
INSERT INTO teilwert
SELECT ziel, ort, {VALUE} FROM (
    SELECT *, row_number() OVER (
        PARTITION BY ziel, ort ORDER BY (status_nr = {NR["fehlt"]}), vorrang
    ) AS platz
    FROM (
        SELECT t.ziel, c.ort, c.wert, t.status_nr, t.stufe, t.weg, t.lieferung, kopf, t.vorrang
        FROM zelle c JOIN treffer t USING (kopf)
        WHERE t.weg = {DIRECT} AND NOT t.eindeutig
        UNION ALL
        SELECT * FROM summe
    )
) WHERE platz = 1
"""
# A missing Kreis row may be the sum of all municipalities, if each of them has a number.
KREIS_SUMS = f"""
INSERT INTO teilwert
SELECT t.ziel, k.ort, sum(t.wert), {NR["vorhanden"]}, max(t.stufe), {KREIS_SUM}, t.lieferung, NULL
FROM teilwert t
JOIN ort g ON g.ort = t.ort AND g.ebene = 'gemeinde' AND g.teil_von = '{{kreis}}'
JOIN ziel z ON z.ziel = t.ziel AND z.additiv
JOIN ort k ON k.gebiet = g.teil_von
WHERE t.ziel NOT IN (
    SELECT d.ziel FROM teilwert d JOIN ort o USING (ort) WHERE o.gebiet = '{{kreis}}'
)
GROUP BY t.ziel, k.ort, t.lieferung
HAVING count(t.wert) = (
    SELECT count(*) FROM ort WHERE ebene = 'gemeinde' AND teil_von = '{{kreis}}'
)
"""
# A Verwaltungsgemeinschaft with a single member is that municipality; the value of a larger one
# is never copied onto its members.
SINGLE_MEMBERS = f"""
INSERT INTO teilwert
WITH paar AS (
    SELECT v.ort AS von, min(m.ort) AS nach
    FROM ort m JOIN ort v ON v.gebiet = m.verwaltungsgemeinschaft
    WHERE m.ebene = 'gemeinde'
    GROUP BY v.ort HAVING count(*) = 1
), vorhanden AS (
    SELECT DISTINCT t.ort AS nach, z.stelle
    FROM teilwert t JOIN ziel z USING (ziel) JOIN paar p ON p.nach = t.ort
)
SELECT ziel, p.nach, t.wert, t.status_nr, t.stufe, {ALONE}, t.lieferung, t.kopf
FROM teilwert t
JOIN paar p ON p.von = t.ort
JOIN ziel z USING (ziel)
WHERE NOT EXISTS (
    SELECT 1 FROM vorhanden v WHERE v.nach = p.nach AND v.stelle = z.stelle
)
"""
WORDS = f"""
CREATE TEMP VIEW operandwert AS
SELECT n.indikator, n.rolle, o.gebiet, {", ".join(f"z.{c}" for c in f"{PERIOD}, {GROUP}, basis".split(", "))},
       t.wert, s.status, t.stufe, t.weg, t.lieferung, coalesce(k.bemerkung, '') AS bemerkung
FROM teilwert t
JOIN ziel z USING (ziel)
JOIN operand n USING (operand)
JOIN ort o USING (ort)
JOIN status_nr s ON s.nr = t.status_nr
LEFT JOIN kopf k USING (kopf)
"""
# What `indicators.compute` runs first, here or on a cluster. Each ziel and area gets at most one value.
STATEMENTS = (
    HEADS, CELLS, HITS, TARGETS, UNDISPUTED, SUMS, CHOSEN, KREIS_SUMS, SINGLE_MEMBERS,
    "DROP TABLE zelle; DROP TABLE summe; DROP TABLE treffer; DROP TABLE treffer_roh",
)  # fmt: skip


def write_codes(connection: DuckDBPyConnection) -> None:
    """Give numbers to the words that the large tables repeat: status, Güte, basis, areas."""
    connection.execute(CODES)
    for table, words in (
        ("guete_rang", GUETEN),
        ("status_nr", STATUS),
        ("basis_nr", sorted(BASEN)),
    ):
        tables.insert(connection, table, [(word, number) for number, word in enumerate(words)])
