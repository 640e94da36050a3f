"""The tables of intern.duckdb; a value exists exactly if its status says so."""

from etl.symbols import BASEN, GESCHLECHTER, GUETEN, NATIONALITAETEN, STATUS_OF_SYMBOL
from etl.zeit import ZEITBEZUEGE

STATUS = ("vorhanden", *sorted(set(STATUS_OF_SYMBOL.values())))
TOTAL_BIS = 999  # an open age group ends here; 0 to 999 means all ages


def one_of(column: str, allowed: tuple[str, ...]) -> str:
    """Return the CHECK condition that `column` holds one of the allowed words."""
    return f"{column} IN ({', '.join(repr(word) for word in allowed)})"


INTERN = f"""
CREATE TABLE lieferung (
    lieferung INTEGER PRIMARY KEY,
    quelle VARCHAR NOT NULL UNIQUE,
    datei VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    herausgeber VARCHAR NOT NULL,
    tabelle VARCHAR NOT NULL,
    titel VARCHAR NOT NULL,
    stand DATE NOT NULL,
    lizenz VARCHAR NOT NULL,
    namensnennung VARCHAR NOT NULL,
    ursprung VARCHAR NOT NULL,
    bearbeitung VARCHAR NOT NULL,
    verantwortlich VARCHAR NOT NULL,
    rhythmus VARCHAR NOT NULL,
    rang SMALLINT NOT NULL,
    ausgabe VARCHAR NOT NULL,
    geladen TIMESTAMP NOT NULL,
    zeilen INTEGER NOT NULL,
    zellen INTEGER NOT NULL DEFAULT 0,
    format VARCHAR NOT NULL DEFAULT 'kreisformat',
    zuordnung VARCHAR NOT NULL DEFAULT '',
    intern BOOLEAN NOT NULL DEFAULT false,
    ausnahme VARCHAR NOT NULL DEFAULT '',
    geheimhaltung VARCHAR NOT NULL DEFAULT '{{}}',
    stempel VARCHAR NOT NULL DEFAULT '',
    wartet VARCHAR NOT NULL DEFAULT ''
);
CREATE TABLE messgroesse (
    messgroesse VARCHAR PRIMARY KEY,
    titel VARCHAR NOT NULL,
    einheit VARCHAR NOT NULL,
    additiv BOOLEAN NOT NULL,
    kleinste_zahl INTEGER
);
CREATE TABLE gebiet (
    gebiet VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    kurzname VARCHAR NOT NULL,
    ebene VARCHAR NOT NULL,
    teil_von VARCHAR,
    verwaltungsgemeinschaft VARCHAR,
    flaeche_km2 DOUBLE,
    gueltig_von DATE,
    gueltig_bis DATE,
    plz VARCHAR,
    stadttyp VARCHAR,
    lat DOUBLE,
    lon DOUBLE
);
CREATE TABLE nachbar (gebiet VARCHAR NOT NULL, nachbar VARCHAR NOT NULL, grenze_m INTEGER NOT NULL);
CREATE TABLE geometrie (gebiet VARCHAR PRIMARY KEY, geojson VARCHAR NOT NULL);
CREATE TABLE messwert (
    lieferung INTEGER NOT NULL,
    zeile INTEGER NOT NULL,
    messgroesse VARCHAR NOT NULL,
    gebiet VARCHAR NOT NULL,
    zeit VARCHAR NOT NULL,
    zeitbezug VARCHAR NOT NULL CHECK ({one_of("zeitbezug", ZEITBEZUEGE)}),
    von DATE NOT NULL,
    bis DATE NOT NULL,
    geschlecht VARCHAR NOT NULL CHECK ({one_of("geschlecht", GESCHLECHTER)}),
    alter_von SMALLINT NOT NULL,
    alter_bis SMALLINT NOT NULL,
    nationalitaet VARCHAR NOT NULL CHECK ({one_of("nationalitaet", NATIONALITAETEN)}),
    gruppe VARCHAR NOT NULL,
    basis VARCHAR NOT NULL CHECK ({one_of("basis", BASEN)}),
    wert DOUBLE,
    status VARCHAR NOT NULL CHECK ({one_of("status", STATUS)}),
    guete VARCHAR NOT NULL CHECK ({one_of("guete", GUETEN)}),
    bemerkung VARCHAR NOT NULL,
    roh VARCHAR NOT NULL,
    blatt VARCHAR NOT NULL DEFAULT '',
    spalte INTEGER NOT NULL DEFAULT 0,
    CHECK ((wert IS NOT NULL) = (status = 'vorhanden'))
);
CREATE TABLE befund (
    art VARCHAR NOT NULL,
    schwere VARCHAR NOT NULL CHECK ({one_of("schwere", ("hinweis", "pruefen"))}),
    quelle VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);
"""
