"""The way of one number back to its cells: recalculated from intern.duckdb, nothing stored twice."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl import warehouse
from etl.errors import UnknownError, suggestion
from etl.lesung import Stelle
from etl.mandant import mandant
from etl.messgroessen import load_messgroessen
from indicators.catalog import Katalog, load_katalog
from indicators.compute import MATCH, compute
from indicators.wording import calculation

WAYS = (
    "unmittelbar",
    "aus Altersgruppen summiert",
    "Summe aller Gemeinden",
    "Verwaltungsgemeinschaft",
)

VALUES = """
SELECT zeit, zeitbezug, bis, basis, nenner_am, nenner_lieferung, zaehler, nenner, wert, status
FROM berechnet
WHERE indikator = ? AND gebiet = ? AND (zeit = ? OR CAST(year(bis) AS VARCHAR) = ?)
  AND geschlecht = '' AND alter_von = 0 AND alter_bis = 999 AND nationalitaet = '' AND gruppe = ''
ORDER BY bis, basis
"""
# A published value may come with a count of another kind of period, but of the same last day.
CHOSEN = """
SELECT rolle, lieferung, weg, wert, zeit, zeitbezug, basis FROM operandwert
WHERE gebiet = $gebiet AND geschlecht = '' AND alter_von = 0 AND alter_bis = 999
  AND nationalitaet = '' AND gruppe = '' AND basis IN ($basis, '')
  AND CASE WHEN rolle = $haupt THEN zeit = $zeit AND zeitbezug = $zeitbezug
           WHEN rolle = 'zaehler' THEN bis = $bis
           ELSE zeit = $nenner_am AND lieferung = $nenner_lieferung END
ORDER BY rolle DESC
"""
CELLS = f"""
SELECT l.datei, m.zeile, l.quelle, m.roh, m.status, m.guete, m.lieferung, l.rang, l.stand,
       m.alter_von = o.alter_von AND m.alter_bis = o.alter_bis AS ganz, m.blatt, m.spalte
FROM operand o
JOIN intern.messwert m ON {MATCH}
 AND m.alter_von >= o.alter_von AND m.alter_bis <= o.alter_bis
 AND (NOT o.jedes_geschlecht OR m.geschlecht = '')
 AND (NOT o.jede_nationalitaet OR m.nationalitaet = '')
 AND (NOT o.jede_gruppe OR m.gruppe = '')
JOIN intern.lieferung l USING (lieferung)
WHERE o.rolle = ? AND m.zeit = ? AND m.zeitbezug = ? AND m.basis = ?
  AND (m.gebiet = ? OR (? AND m.gebiet IN (
        SELECT gebiet FROM intern.gebiet WHERE ebene = 'gemeinde' AND teil_von = ?))
       OR (? AND m.gebiet = (SELECT verwaltungsgemeinschaft FROM intern.gebiet WHERE gebiet = ?)))
ORDER BY m.lieferung <> ?, l.rang, l.quelle, m.zeile
"""


@dataclass(frozen=True, slots=True)
class Zelle:
    """One delivered cell: file, line, source, printed text; `genutzt` says whether it counted."""

    datei: str
    zeile: int
    quelle: str
    roh: str
    status: str
    guete: str
    genutzt: bool
    rang: int
    stand: str
    blatt: str = ""
    spalte: int = 0

    @property
    def ort(self) -> str:
        """Name the cell as people look it up: file, sheet, line and column."""
        return Stelle(self.blatt, self.zeile, self.spalte).in_file(self.datei)


@dataclass(frozen=True, slots=True)
class Bestandteil:
    """Numerator, denominator or published value, with all cells that speak of it."""

    rolle: str
    wert: float | None
    weg: str
    zellen: tuple[Zelle, ...]


@dataclass(frozen=True, slots=True)
class Erklaerung:
    """One Indikatorwert and everything it was made of."""

    indikator: str
    titel: str
    gebiet: str
    zeit: str
    basis: str
    wert: float | None
    einheit: str
    status: str
    berechnung: str
    definition: str
    bestandteile: tuple[Bestandteil, ...]

    def as_json(self) -> dict[str, object]:
        """Return plain values for `--json`."""
        return asdict(self)


def explain(
    folder: Path, indikator: str, gebiet: str, zeit: str, katalog: Katalog | None = None
) -> list[Erklaerung]:
    """Recalculate one indicator and return the way of its values at `zeit` (a year or a period).

    katalog: what to calculate; left out, the catalogue of the package
    Raises:  UnknownError if the indicator does not exist or has no value there
    """
    katalog = katalog or load_katalog(load_messgroessen())
    if indikator not in katalog.indikatoren:
        raise UnknownError.at(
            indikator,
            f"Den Indikator »{indikator}« gibt es nicht.",
            suggestion(
                indikator, katalog.indikatoren, "Alle Kennungen zeigt »sozialmonitor check«."
            ),
        )
    alone = replace(katalog, indikatoren={indikator: katalog.indikatoren[indikator]})
    with warehouse.scratch(warehouse.current(folder).intern) as connection:
        compute(connection, alone)
        found = connection.execute(VALUES, [indikator, gebiet, zeit, zeit]).fetchall()
        if not found:
            raise UnknownError.at(
                f"{indikator}, {gebiet}, {zeit}",
                "Für dieses Gebiet und diese Zeit liegt nichts vor.",
                f"Vorhandene Jahre: {', '.join(_years(connection, gebiet)) or 'keine'}.",
            )
        return [_explained(connection, alone, indikator, gebiet, row) for row in found]


def _years(connection: DuckDBPyConnection, gebiet: str) -> list[str]:
    found = connection.execute(
        "SELECT DISTINCT year(bis) FROM berechnet WHERE gebiet = ? ORDER BY 1", [gebiet]
    ).fetchall()
    return [str(row[0]) for row in found]


def _explained(
    connection: DuckDBPyConnection, katalog: Katalog, id_: str, gebiet: str, row: tuple[object, ...]
) -> Erklaerung:
    zeit, zeitbezug, bis, basis, nenner_am, nenner_lieferung, zaehler, nenner, wert, status = row
    indikator = katalog.indikatoren[id_]
    chosen = connection.execute(
        CHOSEN,
        {
            "gebiet": gebiet,
            "haupt": "wert" if indikator.wert else "zaehler",
            "zeit": zeit,
            "zeitbezug": zeitbezug,
            "bis": bis,
            "basis": basis,
            "nenner_am": nenner_am,
            "nenner_lieferung": nenner_lieferung,
        },
    ).fetchall()
    parts = tuple(_part(connection, gebiet, *part) for part in chosen)
    counted = indikator.wert is None and None not in (zaehler, nenner)
    formula = f"{indikator.skala} × {zaehler} / {nenner}" if counted else "wie geliefert"
    return Erklaerung(
        id_,
        indikator.titel,
        gebiet,
        str(zeit),
        str(basis),
        wert if isinstance(wert, float) else None,
        indikator.einheit,
        str(status),
        formula,
        calculation(indikator, katalog.messgroessen),
        parts,
    )


def _part(
    connection: DuckDBPyConnection,
    gebiet: str,
    rolle: str,
    lieferung: int,
    weg: int,
    wert: float | None,
    zeit: str,
    zeitbezug: str,
    basis: str,
) -> Bestandteil:
    """Collect the cells of one part; a table with the whole and its age groups counts once."""
    cells = connection.execute(
        CELLS,
        [
            rolle,
            zeit,
            zeitbezug,
            basis,
            gebiet,
            weg == 2,
            mandant().kreis,
            weg == 3,
            gebiet,
            lieferung,
        ],
    ).fetchall()
    whole = {number for *_, number, _, _, ganz, _, _ in cells if ganz}
    if weg == 1:
        whole.discard(lieferung)
    zellen = tuple(
        Zelle(file, line, quelle, roh, status, guete, number == lieferung, rang, str(stand), *place)
        for file, line, quelle, roh, status, guete, number, rang, stand, ganz, *place in cells
        if ganz == (number in whole)
    )
    return Bestandteil(rolle, wert, WAYS[weg], zellen)
