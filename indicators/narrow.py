"""Narrow public tables in the order in which pages ask for them.

Whoever asks for one area would otherwise read every indicator, and whoever asks which periods there
are every value. All of them are derived from the finished public tables alone, so they can hold
nothing that `indikatorwert` does not show.
"""

from duckdb import DuckDBPyConnection

TOTAL = "geschlecht = '' AND alter = '' AND nationalitaet = '' AND gruppe = ''"
# A level means the municipalities of the Kreis, but all areas of every other level.
OWN = "(g.eigen OR g.ebene <> 'gemeinde')"
TABLES = (
    # the newest value of each indicator for each area; where all are missing, the newest reason
    f"""
CREATE TABLE letzter_wert AS
SELECT * FROM indikatorwert WHERE rowid IN (
    SELECT arg_max(rowid, (wert IS NOT NULL, bis, basis)) FROM indikatorwert WHERE {TOTAL}
    GROUP BY gebiet, indikator
)
ORDER BY gebiet, indikator
""",
    f"""
CREATE TABLE kurve AS
SELECT gebiet, indikator, zeit, jahr, bis, basis, wert FROM indikatorwert WHERE {TOTAL}
ORDER BY gebiet, indikator, bis, basis
""",
    # the middle of similar and of neighbouring places at the newest period of a municipality
    """
CREATE TABLE mitte AS
WITH partner AS MATERIALIZED (
    SELECT gebiet, partner, 'aehnliche' AS art FROM aehnlich WHERE art = 'struktur'
    UNION ALL
    SELECT gebiet, nachbar, 'nachbarn' FROM nachbar
), gefragt AS MATERIALIZED (
    SELECT p.*, l.indikator, l.zeit
    FROM partner p JOIN letzter_wert l ON l.gebiet = p.gebiet AND l.wert IS NOT NULL
)
SELECT p.gebiet, p.art, p.indikator, p.zeit, median(k.wert) AS wert, count(*) AS anzahl
FROM gefragt p
JOIN kurve k ON k.gebiet = p.partner AND k.indikator = p.indikator AND k.zeit = p.zeit
WHERE k.wert IS NOT NULL
GROUP BY ALL ORDER BY p.gebiet, p.art, p.indikator
""",
    # fremde_werte: number of values of areas that do not belong to the Kreis
    f"""
CREATE TABLE periode AS
SELECT w.indikator, g.ebene, w.zeit, w.jahr, w.bis,
       count(w.wert) FILTER (WHERE NOT g.eigen) AS fremde_werte
FROM indikatorwert w JOIN gebiet g USING (gebiet)
WHERE w.status <> 'fehlt' AND {TOTAL}
GROUP BY ALL ORDER BY w.indikator, w.bis, w.zeit, g.ebene
""",
    f"""
CREATE TABLE verteilung AS
SELECT indikator, ebene, zeit, jahr, zeitbezug, bis,
       list(wert ORDER BY wert) FILTER (WHERE wert IS NOT NULL) AS werte, count(*) AS gebiete
FROM (
    SELECT w.indikator, g.ebene, w.zeit, w.jahr, w.zeitbezug, w.bis, w.gebiet,
           arg_max(w.wert, w.basis) AS wert
    FROM indikatorwert w JOIN gebiet g USING (gebiet)
    WHERE {OWN} AND {TOTAL}
    GROUP BY ALL
)
GROUP BY ALL HAVING count(wert) > 0
ORDER BY ebene, indikator, bis, zeit
""",
    # ebenen: where there is more than the remark that the table leaves the area out
    """
CREATE TABLE gliederung AS
FROM (
    SELECT indikator, geschlecht, alter, nationalitaet, gruppe, alter_von, alter_bis,
           list(DISTINCT ebene ORDER BY ebene) FILTER (WHERE status <> 'fehlt') AS ebenen
    FROM indikatorwert JOIN gebiet USING (gebiet)
    GROUP BY ALL
)
ORDER BY indikator, geschlecht, nationalitaet, gruppe, (alter <> ''), alter_von, alter_bis
""",
    """
CREATE TABLE indikatorquelle AS
SELECT indikator, quelle FROM indikatorwert WHERE quelle IS NOT NULL
UNION
SELECT indikator, nenner_quelle FROM indikatorwert WHERE nenner_quelle IS NOT NULL
ORDER BY indikator, quelle
""",
)


def write(connection: DuckDBPyConnection) -> None:
    """Create the narrow tables of a build.

    connection: the new public file, complete and with everything hidden that must be
    """
    for statement in TABLES:
        connection.execute(statement)
