"""Cells → Messwerte: each distinct heading is understood once, everything else is one join."""

import json
from collections.abc import Mapping

from duckdb import DuckDBPyConnection

from etl import tables
from etl.errors import DeliveryError, Mangel
from etl.lesung import SONSTIGE, Stelle
from etl.messgroessen import Messgroesse
from etl.sources import passt
from etl.sources.korrekturen import berichtige
from etl.sources.regeln import Kopf, Quelltabelle, zeilen
from etl.zeit import Zeit, parse_zeit

# One heading: what a cell says besides area, time and number.
KOPF = "tabelle, blatt, inhalt, einheit, faktor, merkmale"
TABLES = """
CREATE TEMP TABLE IF NOT EXISTS bild_kopf (
    nr INTEGER, tabelle VARCHAR, blatt VARCHAR, inhalt VARCHAR, einheit VARCHAR, faktor DOUBLE,
    merkmale VARCHAR
);
CREATE TEMP TABLE IF NOT EXISTS bild_wert (
    nr INTEGER, messgroesse VARCHAR, geschlecht VARCHAR, alter_von SMALLINT, alter_bis SMALLINT,
    nationalitaet VARCHAR, gruppe VARCHAR, basis VARCHAR, ab DATE, bis_vor DATE, skala DOUBLE,
    guete VARCHAR
);
CREATE TEMP TABLE IF NOT EXISTS bild_zeit (
    alt VARCHAR, alter_bezug VARCHAR, zeit VARCHAR, zeitbezug VARCHAR, von DATE, bis DATE
);
CREATE TEMP TABLE IF NOT EXISTS bild_gebiet (gebiet VARCHAR);
DELETE FROM bild_kopf; DELETE FROM bild_wert; DELETE FROM bild_zeit; DELETE FROM bild_gebiet;
"""
HEADINGS = f"""
INSERT INTO bild_kopf
SELECT row_number() OVER (ORDER BY min(zeile), min(spalte)), {KOPF}
FROM zellen JOIN bild_gebiet USING (gebiet)
JOIN bild_zeit b ON b.alt = zellen.zeit AND b.alter_bezug = zellen.zeitbezug
GROUP BY {KOPF}
"""
# A scaled number is rounded where DOUBLE arithmetic would show (4.03 Tsd. are 4030).
LOAD = """
INSERT INTO messwert
SELECT $lieferung, z.zeile, w.messgroesse, z.gebiet, b.zeit, b.zeitbezug, b.von, b.bis,
       w.geschlecht, w.alter_von, w.alter_bis, w.nationalitaet, w.gruppe, w.basis,
       CASE WHEN w.skala = 1 THEN z.wert ELSE round(z.wert * w.skala, 9) END,
       z.status, coalesce(w.guete, z.guete), '', z.roh, z.blatt, z.spalte
FROM zellen z
JOIN bild_gebiet g ON g.gebiet = z.gebiet
JOIN bild_zeit b ON b.alt = z.zeit AND b.alter_bezug = z.zeitbezug
JOIN bild_kopf k ON k.tabelle = z.tabelle AND k.blatt = z.blatt AND k.inhalt = z.inhalt
 AND k.einheit = z.einheit AND k.faktor = z.faktor AND k.merkmale = z.merkmale
JOIN bild_wert w ON w.nr = k.nr AND b.bis >= w.ab AND b.bis < w.bis_vor
"""
DOUBLES = """
SELECT min(messgroesse), min(gebiet), min(zeit), min_by(blatt, zeile), min(zeile),
       min_by(spalte, zeile), max_by(blatt, zeile), max(zeile), max_by(spalte, (zeile, spalte))
FROM messwert WHERE lieferung = ?
GROUP BY messgroesse, gebiet, zeit, zeitbezug, geschlecht, alter_von, alter_bis, nationalitaet,
         gruppe, basis
HAVING count(*) > 1 ORDER BY 5 LIMIT 100
"""
JAHRESENDE = {"jahr", "jahresdurchschnitt"}


def bilde_ab(
    intern: DuckDBPyConnection, tabelle: Quelltabelle, messgroessen: Mapping[str, Messgroesse]
) -> None:
    """Write into `messwert` what the cells in `zellen` are, according to the source.

    Raises:  DeliveryError if a rule meets nothing, if a Merkmal that is not a total is not mapped,
             if two cells are the same Messwert, or if a correction is no longer right
    """
    intern.execute(TABLES)
    _select(intern, tabelle)
    intern.execute(HEADINGS)
    found = intern.execute("SELECT * FROM bild_kopf ORDER BY nr").fetchall()
    koepfe = [Kopf._make((*row[:-1], json.loads(row[-1]))) for row in found]
    if not koepfe:
        raise tabelle.fehler(
            "Für die gewählten Gebiete und Zeiten steht nichts in der Datei.",
            "»gebiete« und »zeiten« der Zuordnung mit der Datei vergleichen.",
        )
    rows = list(zeilen(tabelle, koepfe, messgroessen))
    tables.insert(intern, "bild_wert", rows)
    intern.execute(LOAD, {"lieferung": tabelle.nummer})
    _refuse_doubles(intern, tabelle)
    berichtige(
        intern, tabelle.nummer, tabelle.lieferung, tabelle.zuordnung.korrekturen, tabelle.ort
    )


def _select(intern: DuckDBPyConnection, tabelle: Quelltabelle) -> None:
    """Fill the tables of the areas and times that the source takes."""
    areas = intern.execute(
        f"SELECT DISTINCT gebiet FROM zellen WHERE ebene <> '{SONSTIGE}' ORDER BY 1"
    ).fetchall()
    taken = [row for row in areas if passt(tabelle.zuordnung.gebiete, row[0])]
    tables.insert(intern, "bild_gebiet", taken)
    times = intern.execute(
        "SELECT DISTINCT zeit, zeitbezug, von, bis FROM zellen ORDER BY 1, 2"
    ).fetchall()
    meant = [
        (time[:2], _zeit(tabelle, Zeit(*time)))
        for time in times
        if passt(tabelle.zuordnung.zeiten, time[0])
    ]
    rows = [(*told, zeit.text, zeit.zeitbezug, zeit.von, zeit.bis) for told, zeit in meant]
    tables.insert(intern, "bild_zeit", rows)


def _zeit(tabelle: Quelltabelle, zeit: Zeit) -> Zeit:
    """Return the period in the kind that the source says; a year as Stichtag is its last day."""
    wanted = tabelle.zuordnung.zeitbezug
    if wanted is None or wanted == zeit.zeitbezug:
        return zeit
    text = zeit.text
    if wanted == "stichtag":
        text = zeit.bis.isoformat()
    elif wanted in JAHRESENDE and (zeit.bis.month, zeit.bis.day) == (12, 31):
        text = str(zeit.bis.year)
    try:
        return parse_zeit(text, wanted)
    except ValueError as error:
        raise tabelle.fehler(f"{error}.", "»zeitbezug« der Zuordnung berichtigen.") from error


def _refuse_doubles(intern: DuckDBPyConnection, tabelle: Quelltabelle) -> None:
    rows = intern.execute(DOUBLES, [tabelle.nummer]).fetchall()
    file = tabelle.lieferung.datei
    maengel = [
        Mangel(
            Stelle(*second).in_file(file),
            f"{messgroesse} für {gebiet}, {zeit} steht schon an anderer Stelle:"
            f" {Stelle(*first).in_file(file)}.",
            f"Die Regeln enger fassen ({tabelle.ort}) oder die doppelte Zelle klären.",
        )
        for messgroesse, gebiet, zeit, *places in rows
        for first, second in [(places[:3], places[3:])]
    ]
    if maengel:
        raise DeliveryError(maengel)
