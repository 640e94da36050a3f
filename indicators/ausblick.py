"""What publishers expect to come: written beside the indicators, never among their values.

A forecast is no observation. It stands in a table of its own, so that no trend, comparison or
newest value can take it for one.
"""

from duckdb import DuckDBPyConnection

from etl.schema import TOTAL_BIS
from indicators.catalog import Katalog
from indicators.model import Operand

UNTERE, OBERE = "untere_variante", "obere_variante"
TABLE = """
CREATE TABLE vorausberechnung (
    indikator VARCHAR, gebiet VARCHAR, zeit VARCHAR, zeitbezug VARCHAR, jahr INTEGER, wert DOUBLE,
    unten DOUBLE, oben DOUBLE, quelle VARCHAR, anmerkung VARCHAR
)
"""
# The newest delivery of a source counts. Disclosure control does not see these figures, so only those
# count that their publisher shows openly.
SELECT = f"""
INSERT INTO vorausberechnung
SELECT ?, gebiet, zeit, zeitbezug, year(bis),
       any_value(wert) FILTER (gruppe = ?), any_value(wert) FILTER (gruppe = '{UNTERE}'),
       any_value(wert) FILTER (gruppe = '{OBERE}'), l.quelle,
       coalesce(any_value(bemerkung) FILTER (gruppe = ?), '')
FROM intern.messwert m JOIN intern.lieferung l USING (lieferung)
WHERE messgroesse = ? AND geschlecht = ? AND alter_von = ? AND alter_bis = ?
  AND nationalitaet = ? AND l.ausnahme <> '' AND wert IS NOT NULL
  AND l.wartet = ''
GROUP BY gebiet, zeit, zeitbezug, bis, l.quelle, l.rang, l.stand
QUALIFY row_number() OVER (PARTITION BY gebiet, bis ORDER BY l.rang, l.stand DESC, l.quelle) = 1
ORDER BY gebiet, bis
"""


def publish_ausblick(connection: DuckDBPyConnection, katalog: Katalog) -> None:
    """Create and fill `vorausberechnung` for every indicator that names one.

    connection: the new public file with `intern` attached
    """
    connection.execute(TABLE)
    for id_, indikator in katalog.indikatoren.items():
        if indikator.vorausberechnung is not None:
            connection.execute(SELECT, [id_, *_values(indikator.vorausberechnung)])


def _values(operand: Operand) -> list[object]:
    lower, upper = operand.alter or (0, None)
    return [
        operand.gruppe,
        operand.gruppe,
        operand.messgroesse,
        operand.geschlecht,
        lower,
        TOTAL_BIS if upper is None else upper,
        operand.nationalitaet,
    ]
