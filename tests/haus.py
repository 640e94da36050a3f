"""A small house for tests: a raw folder, a catalogue and a warehouse, built by the real refresh."""

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl import warehouse
from etl.errors import SozialmonitorError
from etl.formats import kreisformat
from etl.gebiete import Gebiete
from etl.lieferungen import Lieferung, Quelle
from etl.messgroessen import load_messgroessen
from etl.refresh import Wahl, build_intern
from etl.schema import INTERN
from etl.warehouse import new_build
from indicators.catalog import Katalog, load_katalog
from indicators.engine import Engine, here
from indicators.explain import Erklaerung, explain
from indicators.refresh import build_public
from indicators.service import Service
from tests.tables import kreisformat as as_file

GEBIETE = Gebiete()
GEMEINDEN = GEBIETE.gemeinden

MESSGROESSEN = """
faelle: {titel: Fälle, einheit: Personen, additiv: true}
einwohner: {titel: Bevölkerung, einheit: Personen, additiv: true}
quote: {titel: Quote eines Herausgebers, einheit: Prozent, additiv: false}
personen: {titel: Gezählte Personen, einheit: Personen, additiv: true, kleinste_zahl: 3}
betrag: {titel: Betrag, einheit: Tausend Euro, additiv: true}
"""
AGENDA = """
- id: feld
  nr: 1
  titel: Ein Handlungsfeld
  kurztitel: Feld
  gremium: Ein Gremium
  leitziele:
    - {id: ziel, nr: "1.1", titel: Ein Leitziel, messbarkeit: messbar, begruendung: Zählbar.,
       luecke: In dieser Probe nicht gemessen.}
"""
THEMEN = "- {id: thema, titel: Ein Querschnittsthema}\n"
INDIKATOR = """
titel: Ein Indikator
kurztitel: Indikator
frage: Wie viele sind es?
leitziele: [feld/ziel]
querschnittsthemen: [thema]
typ: ergebnis
einheit: Prozent
nachkommastellen: 1
richtung: kontext
richtung_durch: Keine Richtung in dieser Probe.
hinweise: [Nur eine Probe.]
"""
ANTEIL = """
art: anteil
zaehler: {messgroesse: faelle}
nenner: {messgroesse: einwohner}
nenner_zeit: stichtag
"""
QUELLE = {
    "herausgeber": "Ein Amt",
    "tabelle": "Tabelle 1",
    "titel": "Eine Tabelle",
    "stand": "2024-06-30",
    "lizenz": "dl-de/by-2-0",
    "namensnennung": "Ein Amt, 2024",
    "ursprung": "Probe",
    "bearbeitung": "keine",
    "verantwortlich": "Ein Amt",
    "rhythmus": "jaehrlich",
    "unvollstaendig": "Probe mit wenigen Zeilen",
    "geheimhaltung": {"ausnahme": "Eine Probe, deren Zahlen ihr Herausgeber offen zeigt."},
}


def silent(_step: str) -> None:
    """Announce nothing."""


@dataclass(frozen=True)
class Haus:
    """The folders of one test; deliveries and indicators are written into it as text."""

    folder: Path

    @property
    def raw(self) -> Path:
        return self.folder / "raw"

    @property
    def warehouse(self) -> Path:
        return self.folder / "warehouse"

    def write(self, path: str, text: str | bytes) -> Path:
        """Write one file below the folder."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def lieferung(self, name: str, text: str, **quelle: object) -> Path:
        """Deliver a text table as `amt/<name>.csv`; `quelle` changes single fields beside it."""
        return self.datei(name, as_file(text), **quelle)

    def datei(
        self,
        name: str,
        content: str | bytes,
        suffix: str = ".csv",
        folder: str = "raw/amt",
        **quelle: object,
    ) -> Path:
        """Deliver the given bytes as `amt/<name>.csv`, or with another ending."""
        fields = {"quelle": name, **QUELLE, **quelle}
        lines = [
            f"{f}: {json.dumps(v, ensure_ascii=False, default=str)}" for f, v in fields.items()
        ]
        self.write(f"{folder}/{name}.quelle.yaml", "\n".join(lines))
        return self.write(f"{folder}/{name}{suffix}", content)

    def zuordnung(self, id_: str, text: str) -> Path:
        """Put a source beside those of the package."""
        return self.write(f"sources/{id_}.yaml", text)

    def wahl(self, **fields: object) -> Wahl:
        """Say how to refresh: with the sources of this house."""
        return Wahl(**{"zuordnungen": self.folder / "sources", **fields})

    def indikator(self, id_: str, formel: str = ANTEIL) -> Path:
        """Put an indicator into the catalogue: the formula is given, the rest is the same."""
        return self.write(f"catalog/feld/{id_}.yaml", INDIKATOR + formel)

    def katalog(self) -> Katalog:
        """Load the small catalogue."""
        messgroessen = self.write("messgroessen.yaml", MESSGROESSEN)
        self.write("agenda/handlungsfelder.yaml", AGENDA)
        self.write("agenda/querschnittsthemen.yaml", THEMEN)
        return load_katalog(
            load_messgroessen(messgroessen), self.folder / "catalog", self.folder / "agenda"
        )

    def refresh(self, engine: Engine = here, **wahl: object) -> Service:
        """Build a new Datenstand and swap it in, the way the command does."""
        katalog = self.katalog()
        with new_build(self.warehouse) as build:
            build_intern(build, self.raw, silent, katalog.messgroessen, self.wahl(**wahl))
            build_public(build, silent, katalog, engine)
        return Service(self.warehouse)

    def read(self, **wahl: object) -> list[dict[str, object]]:
        """Load the deliveries only, without any indicator, and return their cells."""
        with new_build(self.warehouse) as build:
            build_intern(build, self.raw, silent, self.katalog().messgroessen, self.wahl(**wahl))
        return self.messwerte()

    def intern(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the intern.duckdb in use."""
        with warehouse.read(warehouse.current(self.warehouse).intern) as connection:
            return connection.execute(sql).fetchall()

    def messwerte(self) -> list[dict[str, object]]:
        """Return all loaded cells in the order of their file and line."""
        with warehouse.read(warehouse.current(self.warehouse).intern) as connection:
            return _messwerte(connection)

    def explain(self, indikator: str, gebiet: str, zeit: str) -> list[Erklaerung]:
        """Explain one value of the small catalogue."""
        return explain(self.warehouse, indikator, gebiet, zeit, self.katalog())

    def refusal(self, **wahl: object) -> str:
        """Return what the loading of a broken delivery says to the person."""
        try:
            self.read(**wahl)
        except SozialmonitorError as error:
            return str(error)
        raise AssertionError("The refresh was expected to refuse the delivery.")


@dataclass(frozen=True)
class Leser:
    """The reader of the Kreisformat alone, over an empty intern database in memory."""

    connection: duckdb.DuckDBPyConnection
    folder: Path

    @classmethod
    def open(cls, folder: Path) -> "Leser":
        connection = duckdb.connect()
        connection.execute(INTERN)
        return cls(connection, folder)

    def read(self, content: str | bytes) -> list[dict[str, object]]:
        """Load one file, return its cells and forget them."""
        file = self.folder / "zahlen.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        lieferung = Lieferung(
            Quelle.model_validate({"quelle": "zahlen", **QUELLE}), file, file.name, ""
        )
        self.connection.begin()
        try:
            kreisformat.load(self.connection, [(1, lieferung)], ["faelle", "einwohner"], GEBIETE)
            return _messwerte(self.connection)
        finally:
            self.connection.rollback()

    def refusal(self, content: str | bytes) -> str:
        """Return what the reading of a broken file says to the person."""
        try:
            self.read(content)
        except SozialmonitorError as error:
            return str(error)
        raise AssertionError("The reader was expected to refuse the file.")


def _messwerte(connection: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    found = connection.execute("SELECT * FROM messwert ORDER BY lieferung, zeile")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
