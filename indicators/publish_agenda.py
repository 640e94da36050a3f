"""Write what the Agenda's planning files say into oeffentlich.duckdb, in the order of the files."""

from collections.abc import Iterable

from duckdb import DuckDBPyConnection

from etl import tables
from etl.mandant import mandant
from etl.yamlfile import Strict
from indicators.catalog import Katalog
from indicators.planung import Planung
from indicators.wording import protection

TABLES = """
CREATE TABLE geschaeftsordnung (
    benennung VARCHAR, stellvertretung VARCHAR, geschaeftsfuehrung VARCHAR,
    geschaeftsfuehrung_aufgaben VARCHAR, bericht VARCHAR, berichtsmonat INTEGER, quelle VARCHAR
);
CREATE TABLE mitglied (platz INTEGER, funktion VARCHAR, benannt_von VARCHAR);
CREATE TABLE gremium (
    platz INTEGER, id VARCHAR PRIMARY KEY, titel VARCHAR, kurztitel VARCHAR, art VARCHAR,
    stufe INTEGER, handlungsfeld VARCHAR, aufgabe VARCHAR, berichtet_an VARCHAR[],
    offen VARCHAR[], quelle VARCHAR
);
CREATE TABLE sitzung (
    gremium VARCHAR, datum DATE, titel VARCHAR, themen VARCHAR[], leitziele VARCHAR[],
    unterlagen VARCHAR, quelle VARCHAR
);
CREATE TABLE beschluss (
    platz INTEGER, id VARCHAR PRIMARY KEY, gremium VARCHAR, jahr INTEGER, datum DATE,
    titel VARCHAR, text VARCHAR, leitziele VARCHAR[], vorlage VARCHAR, quelle VARCHAR
);
CREATE TABLE unterziel (
    platz INTEGER, leitziel VARCHAR, text VARCHAR, stand VARCHAR, zustaendig VARCHAR,
    indikatoren VARCHAR[], quelle VARCHAR
);
CREATE TABLE massnahme (
    platz INTEGER, id VARCHAR PRIMARY KEY, titel VARCHAR, beschreibung VARCHAR,
    leitziele VARCHAR[], querschnittsthemen VARCHAR[], status VARCHAR, status_quelle VARCHAR,
    zustaendig VARCHAR, von INTEGER, bis INTEGER, wirkungen_durch VARCHAR, quelle VARCHAR
);
CREATE TABLE wirkung (massnahme VARCHAR, platz INTEGER, indikator VARCHAR, absicht VARCHAR);
CREATE TABLE angabe (
    massnahme VARCHAR, platz INTEGER, text VARCHAR, jahr INTEGER, quelle VARCHAR
);
CREATE TABLE zielwert (
    indikator VARCHAR, wert DOUBLE, jahr INTEGER, basisjahr INTEGER, quelle VARCHAR
);
CREATE TABLE planungsauftrag (
    platz INTEGER, id VARCHAR PRIMARY KEY, titel VARCHAR, text VARCHAR, gremium VARCHAR,
    jahr INTEGER, beschluss VARCHAR, leitziele VARCHAR[], zustaendig VARCHAR, faellig DATE,
    status VARCHAR, status_quelle VARCHAR, quelle VARCHAR
);
CREATE TABLE handlungsempfehlung (
    platz INTEGER, id VARCHAR PRIMARY KEY, titel VARCHAR, text VARCHAR, leitziele VARCHAR[],
    indikatoren VARCHAR[], empfohlen_von VARCHAR, datum DATE, stand VARCHAR, beschluss VARCHAR,
    quelle VARCHAR
);
CREATE TABLE geld (
    platz INTEGER, id VARCHAR PRIMARY KEY, titel VARCHAR, abgrenzung VARCHAR, rechnung VARCHAR,
    art VARCHAR, jahr INTEGER, betrag DOUBLE, aus_indikator VARCHAR, einheit VARCHAR,
    handlungsfelder VARCHAR[], leitziele VARCHAR[], indikatoren VARCHAR[], quelle VARCHAR,
    adresse VARCHAR
);
CREATE TABLE fachnotiz (
    platz INTEGER, id VARCHAR PRIMARY KEY, indikator VARCHAR, handlungsfeld VARCHAR,
    gebiet VARCHAR, zeit VARCHAR, text VARCHAR, gezeichnet VARCHAR, datum DATE
);
CREATE TABLE kern (leitziel VARCHAR, platz INTEGER, indikator VARCHAR);
CREATE TABLE angebot (indikator VARCHAR, platz INTEGER, fuer VARCHAR);
CREATE TABLE anforderung (
    indikator VARCHAR, bei VARCHAR, ebenen VARCHAR[], rhythmus VARCHAR
);
CREATE TABLE schutzsatz (indikator VARCHAR, text VARCHAR);
"""
# An amount that an indicator holds is taken from there, so that it stands in one place only.
AMOUNTS = """
UPDATE geld SET betrag = (
    SELECT max(wert) FROM indikatorwert w
    WHERE w.indikator = geld.aus_indikator AND w.jahr = geld.jahr AND w.gebiet = '{kreis}')
WHERE aus_indikator IS NOT NULL
"""


def publish_agenda(connection: DuckDBPyConnection, katalog: Katalog) -> None:
    """Create and fill the tables of bodies, sittings, resolutions, goals below, and measures.

    connection: the new public file
    """
    connection.execute(TABLES)
    _bodies(connection, katalog.planung)
    _decisions(connection, katalog.planung)
    _measures(connection, katalog.planung)
    _steering(connection, katalog.planung)
    _indicators(connection, katalog)


def _bodies(connection: DuckDBPyConnection, planung: Planung) -> None:
    rules = planung.geschaeftsordnung
    _fill(connection, "geschaeftsordnung", [rules] if rules else [])
    _fill(connection, "mitglied", rules.mitglieder if rules else ())
    _fill(connection, "gremium", planung.gremien)


def _decisions(connection: DuckDBPyConnection, planung: Planung) -> None:
    _fill(connection, "sitzung", planung.sitzungen)
    _fill(connection, "beschluss", planung.beschluesse)
    _fill(connection, "unterziel", planung.unterziele)


def _steering(connection: DuckDBPyConnection, planung: Planung) -> None:
    _fill(connection, "zielwert", planung.zielwerte)
    _fill(connection, "planungsauftrag", planung.planungsauftraege)
    _fill(connection, "handlungsempfehlung", planung.handlungsempfehlungen)
    _fill(connection, "geld", planung.geld)
    connection.execute(AMOUNTS.format(kreis=mandant().kreis))
    _fill(connection, "fachnotiz", planung.fachnotizen)


def _indicators(connection: DuckDBPyConnection, katalog: Katalog) -> None:
    """Write how indicators belong to goals and to each other, and who holds missing figures."""
    rows: dict[str, list[tuple[object, ...]]] = {
        "kern": [
            (z, n, i) for z, goal in katalog.leitziele.items() for n, i in enumerate(goal.kern)
        ],
        "angebot": [
            (id_, n, other)
            for id_, i in katalog.indikatoren.items()
            for n, other in enumerate(i.angebot_fuer)
        ],
        "anforderung": [
            (id_, i.angefordert.bei, list(i.angefordert.ebenen), i.angefordert.rhythmus)
            for id_, i in katalog.indikatoren.items()
            if i.angefordert
        ],
        "schutzsatz": [
            (id_, protection(i, katalog.messgroessen)) for id_, i in katalog.indikatoren.items()
        ],
    }
    for table, found in rows.items():
        tables.insert(connection, table, found)


def _measures(connection: DuckDBPyConnection, planung: Planung) -> None:
    _fill(connection, "massnahme", planung.massnahmen)
    for table, parts in (("wirkung", "wirkungen"), ("angabe", "angaben")):
        _write(
            connection,
            table,
            [
                {"massnahme": measure.id, "platz": place, **dict(part)}
                for measure in planung.massnahmen
                for place, part in enumerate(getattr(measure, parts))
            ],
        )


def _fill(connection: DuckDBPyConnection, table: str, things: Iterable[Strict]) -> None:
    """Write one row for each thing: the columns of the table by name, `platz` its place."""
    _write(connection, table, [{"platz": n, **dict(thing)} for n, thing in enumerate(things)])


def _write(connection: DuckDBPyConnection, table: str, rows: Iterable[dict[str, object]]) -> None:
    columns = [name for name, *_ in connection.execute(f"FROM {table} LIMIT 0").description]
    tables.insert(connection, table, [[_cell(row[name]) for name in columns] for row in rows])


def _cell(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
