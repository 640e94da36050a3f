"""Write oeffentlich.duckdb: only what anyone may see, fresh for every build.

Reads the temporary tables of `indicators.compute` and the attached `intern`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from duckdb import DuckDBPyConnection

from etl import tables
from etl.mandant import mandant
from indicators.catalog import Katalog
from indicators.wording import age_text, calculation

PUBLIC = """
CREATE TABLE datenstand (id VARCHAR, erzeugt TIMESTAMP, intern BOOLEAN);
CREATE TABLE handlungsfeld (
    id VARCHAR PRIMARY KEY, nr INTEGER, titel VARCHAR, kurztitel VARCHAR, gremium VARCHAR
);
CREATE TABLE leitziel (
    id VARCHAR PRIMARY KEY, nr VARCHAR, titel VARCHAR, handlungsfeld VARCHAR, messbarkeit VARCHAR,
    begruendung VARCHAR, luecke VARCHAR
);
CREATE TABLE querschnittsthema (id VARCHAR PRIMARY KEY, titel VARCHAR);
CREATE TABLE indikator (
    id VARCHAR PRIMARY KEY, platz INTEGER, titel VARCHAR, kurztitel VARCHAR, frage VARCHAR,
    leitziele VARCHAR[], querschnittsthemen VARCHAR[], typ VARCHAR, art VARCHAR, faktor INTEGER,
    einheit VARCHAR, nachkommastellen INTEGER, richtung VARCHAR, richtung_durch VARCHAR,
    relevant_ab DOUBLE,
    hinweise VARCHAR[], synonyme VARCHAR[], gliederung VARCHAR[], berechnung VARCHAR,
    nur_quote BOOLEAN
);
"""
# Findings name figures; those of protected deliveries are for the office that delivered them.
FOUND = "Bei der Prüfung ist etwas aufgefallen. Die Einzelheiten kennt das zuständige Amt."
AREAS = f"""
CREATE TABLE gebiet AS
SELECT g.gebiet, name, kurzname, ebene, teil_von, verwaltungsgemeinschaft, flaeche_km2,
       gebiet = '{{kreis}}' OR (ebene = 'gemeinde' AND teil_von = '{{kreis}}') AS eigen,
       e.wert AS einwohner, e.zeit AS einwohner_zeit, e.basis AS einwohner_basis
FROM intern.gebiet g
LEFT JOIN (
    SELECT gebiet, zeit, basis, wert, row_number() OVER (
        PARTITION BY gebiet ORDER BY bis DESC, basis DESC
    ) AS platz
    FROM berechnet
    WHERE indikator = 'bevoelkerung' AND wert IS NOT NULL AND geschlecht = ''
      AND alter_von = 0 AND alter_bis = 999 AND nationalitaet = '' AND gruppe = ''
) e USING (gebiet)
WHERE e.platz = 1 OR e.platz IS NULL
ORDER BY gebiet;
CREATE TABLE nachbar AS SELECT * FROM intern.nachbar ORDER BY gebiet, nachbar;
CREATE TABLE geometrie AS SELECT * FROM intern.geometrie ORDER BY gebiet;
CREATE TABLE befund AS
SELECT DISTINCT art, schwere, b.quelle,
       CASE WHEN l.ausnahme = '' THEN '{FOUND}' ELSE text END AS text
FROM intern.befund b LEFT JOIN intern.lieferung l USING (quelle)
WHERE b.quelle NOT IN (SELECT quelle FROM temp.main.zurueckgehalten)
ORDER BY schwere, b.quelle, text;
CREATE TABLE wartend AS SELECT * FROM temp.main.wartend ORDER BY indikator, quelle;
CREATE TABLE quelle AS
SELECT quelle AS id, * EXCLUDE (lieferung, quelle, sha256, stempel, geheimhaltung)
       REPLACE (CASE WHEN lieferung IN (SELECT lieferung FROM temp.main.zurueckgehalten)
                     THEN wartet ELSE '' END AS wartet)
FROM intern.lieferung ORDER BY quelle;
"""
NOTE = """
    concat_ws('; ',
        CASE WHEN weg = 2 OR nenner_weg = 2 THEN 'eigene Summe aller Gemeinden' END,
        CASE WHEN weg = 3 THEN 'Wert der Verwaltungsgemeinschaft, die nur aus dieser Gemeinde besteht' END,
        CASE WHEN ohne_nenner THEN 'Nenner fehlt zum ' || strftime(nenner_bis, '%d.%m.%Y') END,
        CASE WHEN bemerkung <> '' THEN bemerkung END)
"""
VALUES = f"""
CREATE TEMP TABLE werte AS
SELECT i.indikator, i.gebiet, i.zeit, i.zeitbezug, i.von, i.bis, year(i.bis) AS jahr,
       i.geschlecht, i.alter_von, i.alter_bis, a.text AS alter, i.nationalitaet, i.gruppe,
       i.zaehler, i.nenner, i.wert, v.unten, v.oben, coalesce(k.klasse, '') AS klasse, i.status,
       CASE WHEN i.status = 'vorhanden' THEN r.guete ELSE '' END AS guete, i.basis,
       {NOTE} AS anmerkung, l.quelle, n.quelle AS nenner_quelle
FROM berechnet i
LEFT JOIN intervall v USING (zeile)
LEFT JOIN klasse_nr k ON k.nr = v.klasse_nr
JOIN alter_text a USING (alter_von, alter_bis)
JOIN guete_rang r USING (stufe)
JOIN intern.lieferung l USING (lieferung)
LEFT JOIN intern.lieferung n ON n.lieferung = i.nenner_lieferung
"""
# Whoever looks for a municipality finds a row with a reason, never nothing: first where only its
# Verwaltungsgemeinschaft has a value, then where the table leaves it out.
MEMBERS = """
INSERT INTO werte BY NAME
SELECT v.* REPLACE (
    m.gebiet AS gebiet, NULL AS zaehler, NULL AS nenner, NULL AS wert, NULL AS unten,
    NULL AS oben, '' AS klasse, 'fehlt' AS status,
    '' AS guete, 'nur für die Verwaltungsgemeinschaft ' || g.name || ' veröffentlicht' AS anmerkung)
FROM werte v
JOIN gebiet g ON g.gebiet = v.gebiet AND g.ebene = 'verwaltungsgemeinschaft'
JOIN gebiet m ON m.verwaltungsgemeinschaft = v.gebiet AND m.ebene = 'gemeinde'
WHERE NOT EXISTS (
    SELECT 1 FROM werte w WHERE w.indikator = v.indikator AND w.gebiet = m.gebiet
      AND w.zeit = v.zeit AND w.zeitbezug = v.zeitbezug)
"""
ABSENT = """
INSERT INTO werte BY NAME
WITH zeiten AS (
    SELECT indikator, zeit, zeitbezug, von, bis, jahr, geschlecht, alter_von, alter_bis, alter,
           nationalitaet, gruppe, basis, min(quelle) AS quelle
    FROM werte JOIN gebiet USING (gebiet)
    WHERE ebene = 'gemeinde' AND eigen
    GROUP BY ALL
)
SELECT z.*, g.gebiet, '' AS klasse, 'fehlt' AS status, '' AS guete,
       'in der Veröffentlichung nicht enthalten' AS anmerkung
FROM zeiten z
CROSS JOIN (SELECT gebiet FROM gebiet WHERE ebene = 'gemeinde' AND eigen) g
WHERE NOT EXISTS (
    SELECT 1 FROM werte w
    WHERE w.indikator = z.indikator AND w.gebiet = g.gebiet AND w.zeit = z.zeit
      AND w.zeitbezug = z.zeitbezug AND w.geschlecht = z.geschlecht
      AND w.alter_von = z.alter_von AND w.alter_bis = z.alter_bis
      AND w.nationalitaet = z.nationalitaet AND w.gruppe = z.gruppe)
"""
ORDER = """
CREATE TABLE indikatorwert AS SELECT * FROM werte
ORDER BY indikator, gebiet, bis, geschlecht, alter_von, alter_bis, nationalitaet, gruppe, basis
"""
# Whether a movement is good or bad is said only where somebody has set the direction.
VERDICT = """
    CASE WHEN t.trend IS NULL THEN 'zu_wenige_daten'
         WHEN t.trend NOT IN ('steigend', 'fallend') THEN t.trend
         WHEN m.richtung = 'kontext' THEN
            CASE t.trend WHEN 'steigend' THEN 'gestiegen' ELSE 'gesunken' END
         WHEN (t.trend = 'steigend') = (m.richtung = 'hoeher_ist_besser') THEN 'verbessert'
         ELSE 'verschlechtert' END
"""
# The break that begins the stretch over which a trend was sought.
BREAKS = """
CREATE TEMP TABLE beginn AS
SELECT t.folge, t.ort, arg_max(x.titel, x.datum) AS bruch
FROM trend t
JOIN aufgabe a ON a.aufgabe = t.beginn
JOIN ort o ON o.ort = t.ort
JOIN temp.main.bruch x ON x.indikator = a.indikator AND x.datum <= a.bis
 AND starts_with(o.gebiet, x.gebiet)
GROUP BY t.folge, t.ort
"""
ASSESSED = f"""
CREATE TABLE bewertung AS
SELECT a.indikator, o.gebiet, a.zeit, a.zeitbezug, year(a.bis) AS jahr, a.geschlecht,
       l.text AS alter, a.nationalitaet, a.gruppe, b.basis, s.status,
       coalesce(k.klasse, '') AS klasse,
       {VERDICT} AS aussage, coalesce(t.gesichert, false) AS gesichert,
       coalesce(t.verfahren, '') AS verfahren, coalesce(t.punkte, 0) AS punkte, t.von_jahr,
       t.bis_jahr, t.p, t.q, t.veraenderung, t.unten AS veraenderung_unten,
       t.oben AS veraenderung_oben, t.kleinste_veraenderung, coalesce(x.bruch, '') AS bruch,
       coalesce(c.vergleich_kreis, '') AS vergleich_kreis, c.kreis AS kreiswert,
       coalesce(c.uebriger, false) AS uebriger_kreis,
       coalesce(c.vergleich_land, '') AS vergleich_land, c.land AS landwert
FROM neuester n
JOIN ergebnis e ON e.rowid = n.zeile
JOIN aufgabe a USING (aufgabe)
JOIN ort o USING (ort)
JOIN basis_nr b ON b.nr = e.basis_nr
JOIN status_nr s ON s.nr = e.status_nr
JOIN modell m USING (indikator)
JOIN alter_text l USING (alter_von, alter_bis)
LEFT JOIN intervall v ON v.zeile = n.zeile
LEFT JOIN klasse_nr k ON k.nr = v.klasse_nr
LEFT JOIN trend t ON t.folge = a.folge AND t.ort = e.ort
LEFT JOIN beginn x ON x.folge = a.folge AND x.ort = e.ort
LEFT JOIN vergleich_roh c ON c.zeile = n.zeile
ORDER BY a.indikator, o.gebiet, a.aufgabe;
CREATE TABLE trichter AS SELECT * FROM temp.main.trichter ORDER BY indikator, groesse;
CREATE TABLE gepoolt AS SELECT * FROM temp.main.gepoolt ORDER BY indikator, gebiet;
CREATE TABLE geglaettet AS SELECT * FROM temp.main.geglaettet ORDER BY indikator, gebiet;
CREATE TABLE aehnlich AS SELECT * FROM temp.main.aehnlich ORDER BY gebiet, art, platz, partner;
CREATE TABLE fortschritt AS SELECT * FROM temp.main.fortschritt ORDER BY indikator;
CREATE TABLE bruch AS SELECT * FROM temp.main.bruch ORDER BY indikator, datum;
"""


def publish(
    connection: DuckDBPyConnection, katalog: Katalog, build: str, *, intern: bool = False
) -> None:
    """Create all public tables of one build.

    connection: the new public file, after `compute` and `assess`, with `intern` attached
    """
    connection.execute(PUBLIC)
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute("INSERT INTO datenstand VALUES (?, ?, ?)", [build, now, intern])
    _write_agenda(connection, katalog)
    tables.insert(connection, "indikator", list(_indicator_rows(katalog)))
    connection.execute(AREAS.format(kreis=mandant().kreis))
    ages = connection.execute("SELECT DISTINCT alter_von, alter_bis FROM berechnet").fetchall()
    connection.execute(
        "CREATE TEMP TABLE alter_text (alter_von SMALLINT, alter_bis SMALLINT, text VARCHAR)"
    )
    tables.insert(connection, "alter_text", [(von, bis, age_text(von, bis)) for von, bis in ages])
    connection.execute(VALUES)
    for statement in (MEMBERS, ABSENT, ORDER, BREAKS, ASSESSED):
        connection.execute(statement)


def _write_agenda(connection: DuckDBPyConnection, katalog: Katalog) -> None:
    tables.insert(
        connection,
        "handlungsfeld",
        [(hf.id, hf.nr, hf.titel, hf.kurztitel, hf.gremium) for hf in katalog.handlungsfelder],
    )
    tables.insert(
        connection,
        "leitziel",
        [
            (id_, z.nr, z.titel, id_.partition("/")[0], z.messbarkeit, z.begruendung, z.luecke)
            for id_, z in katalog.leitziele.items()
        ],
    )
    tables.insert(
        connection, "querschnittsthema", [(t.id, t.titel) for t in katalog.querschnittsthemen]
    )


def _indicator_rows(katalog: Katalog) -> Iterator[tuple[object, ...]]:
    for place, (id_, i) in enumerate(katalog.indikatoren.items()):
        yield (
            id_,
            place,
            i.titel,
            i.kurztitel,
            i.frage,
            list(i.leitziele),
            list(i.querschnittsthemen),
            i.typ,
            i.art,
            i.skala,
            i.einheit,
            i.nachkommastellen,
            i.richtung,
            i.richtung_durch,
            i.relevant_ab,
            list(i.hinweise),
            list(i.synonyme),
            list(i.gliederung),
            calculation(i, katalog.messgroessen),
            i.art == "uebernommen" and i.zaehler is None,
        )
