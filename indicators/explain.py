"""The way of one number back to its cells: recalculated from intern.duckdb, nothing stored twice."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl import warehouse
from etl.errors import UnknownError, suggestion
from etl.gebiete import KREIS
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
SELECT zeit, zeitbezug, bis, geschlecht, alter_von, alter_bis, nationalitaet, gruppe, basis,
       zaehler, nenner, wert, status
FROM berechnet
WHERE indikator = ? AND gebiet = ? AND (zeit = ? OR CAST(year(bis) AS VARCHAR) = ?)
  AND geschlecht = '' AND alter_von = 0 AND alter_bis = 999 AND nationalitaet = '' AND gruppe = ''
ORDER BY bis, basis
"""
CHOSEN = """
SELECT rolle, lieferung, weg, wert, zeit, basis FROM operandwert
WHERE gebiet = ? AND geschlecht = '' AND alter_von = 0 AND alter_bis = 999
  AND nationalitaet = '' AND gruppe = ''
  AND ((rolle <> 'nenner' AND bis = ?) OR
       (rolle = 'nenner' AND (bis, lieferung, gebiet) IN (
            SELECT nenner_bis, nenner_lieferung, gebiet FROM berechnet WHERE gebiet = ? AND bis = ?)))
ORDER BY rolle DESC
"""
CELLS = f"""
SELECT l.datei, m.zeile, l.quelle, m.roh, m.status, m.guete, m.lieferung, l.rang, l.stand
FROM operand o
JOIN intern.messwert m ON {MATCH}
 AND m.alter_von >= o.alter_von AND m.alter_bis <= o.alter_bis
JOIN intern.lieferung l USING (lieferung)
WHERE o.rolle = ? AND m.zeit = ? AND m.basis = ?
  AND (m.gebiet = ? OR (? AND m.gebiet IN (
        SELECT gebiet FROM intern.gebiet WHERE ebene = 'gemeinde' AND teil_von = '{KREIS}'))
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


def explain(folder: Path, indikator: str, gebiet: str, zeit: str) -> list[Erklaerung]:
    """Recalculate one indicator and return the way of its values at `zeit` (a year or a period).

    Raises:  UnknownError if the indicator does not exist or has no value there
    """
    katalog = load_katalog(load_messgroessen())
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
    zeit, _, bis, *_, basis, zaehler, nenner, wert, status = row
    indikator = katalog.indikatoren[id_]
    chosen = connection.execute(CHOSEN, [gebiet, bis, gebiet, bis]).fetchall()
    parts = tuple(_part(connection, gebiet, *part) for part in chosen)
    formula = f"{indikator.skala} × {zaehler} / {nenner}" if nenner is not None else "wie geliefert"
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
        calculation(indikator),
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
    basis: str,
) -> Bestandteil:
    cells = connection.execute(
        CELLS, [rolle, zeit, basis, gebiet, weg == 2, weg == 3, gebiet, lieferung]
    ).fetchall()
    zellen = tuple(
        Zelle(file, line, quelle, roh, status, guete, number == lieferung, rang, str(stand))
        for file, line, quelle, roh, status, guete, number, rang, stand in cells
    )
    return Bestandteil(rolle, wert, WAYS[weg], zellen)
