"""Published values as CSV in two dialects, streamed so that memory stays constant.

The other formats (indicators.export_formate) take their rows from the same query.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from indicators.service import Service

COLUMNS = [
    "indikator",
    "titel",
    "leitziel",
    "gebiet",
    "gebiet_name",
    "ebene",
    "zeit",
    "zeitbezug",
    "geschlecht",
    "alter",
    "nationalitaet",
    "gruppe",
    "zaehler",
    "nenner",
    "wert",
    "einheit",
    "unten",
    "oben",
    "status",
    "guete",
    "basis",
    "trend",
    "p",
    "kleinste_veraenderung",
    "vergleich_kreis",
    "vergleich_land",
    "quelle",
    "lizenz",
    "stand",
    "veroeffentlichung",
]
NUMBERS = {"zaehler", "nenner", "wert", "unten", "oben", "p", "kleinste_veraenderung"}
ROWS_AT_A_TIME = 10_000


@dataclass(frozen=True, slots=True)
class Dialekt:
    """How a CSV file is written."""

    name: str
    trenner: str
    komma: str
    bom: bytes


DIALEKTE = {
    "csv": Dialekt("für Programme", ",", ".", b""),
    "csv-excel": Dialekt("für Excel (deutsch)", ";", ",", b"\xef\xbb\xbf"),
}

# Title, Leitziel and source are short lists, joined once; the values are only read.
SELECT = """
WITH ziel AS (
    SELECT i.id, l.nr || ' ' || l.titel AS text
    FROM indikator i LEFT JOIN leitziel l ON l.id = i.leitziele[1]
), werte AS (
    SELECT w.indikator, i.titel, coalesce(z.text, '') AS leitziel, w.gebiet,
           g.name AS gebiet_name, g.ebene, w.zeit, w.zeitbezug, w.geschlecht, w.alter,
           w.nationalitaet, w.gruppe, w.zaehler, w.nenner, w.wert, i.einheit, w.unten, w.oben,
           w.status, w.guete, w.basis, coalesce(b.aussage, '') AS trend, b.p,
           b.kleinste_veraenderung, coalesce(b.vergleich_kreis, '') AS vergleich_kreis,
           coalesce(b.vergleich_land, '') AS vergleich_land,
           concat_ws('; ', q.herausgeber || ', ' || q.tabelle,
                     CASE WHEN n.id <> q.id THEN n.herausgeber || ', ' || n.tabelle END) AS quelle,
           concat_ws('; ', q.lizenz, CASE WHEN n.lizenz <> q.lizenz THEN n.lizenz END) AS lizenz,
           CAST(q.stand AS VARCHAR) AS stand,
           (SELECT id FROM datenstand) || ? AS veroeffentlichung
    FROM indikatorwert w
    JOIN indikator i ON i.id = w.indikator
    JOIN ziel z ON z.id = w.indikator
    JOIN gebiet g ON g.gebiet = w.gebiet
    JOIN quelle q ON q.id = w.quelle
    LEFT JOIN quelle n ON n.id = w.nenner_quelle
    LEFT JOIN bewertung b ON b.indikator = w.indikator AND b.gebiet = w.gebiet
        AND b.zeit = w.zeit AND b.zeitbezug = w.zeitbezug AND b.geschlecht = w.geschlecht
        AND b.alter = w.alter AND b.nationalitaet = w.nationalitaet AND b.gruppe = w.gruppe
        AND b.basis = w.basis
    WHERE {condition}
    ORDER BY i.platz, w.rowid
)
SELECT {line} FROM werte {page}
"""


@dataclass(frozen=True, slots=True)
class Umfang:
    """Which values a file holds; None means all.

    von, bis: years in which a period ends; gruppen: also values for single sexes, ages and so on
    """

    indikatoren: Sequence[str] | None = None
    gebiete: Sequence[str] | None = None
    von: int | None = None
    bis: int | None = None
    gruppen: bool = field(default=True, kw_only=True)

    def bedingung(self) -> tuple[str, list[object]]:
        """Return the condition over `indikatorwert w`, and the values it is bound to."""
        conditions = ["true"]
        values: list[object] = []
        for column, chosen in (("w.indikator", self.indikatoren), ("w.gebiet", self.gebiete)):
            if chosen is not None:
                conditions.append(f"{column} IN (SELECT unnest(?::VARCHAR[]))")
                values.append(list(chosen))
        for sign, year in ((">=", self.von), ("<=", self.bis)):
            if year is not None:
                conditions.append(f"w.jahr {sign} ?")
                values.append(year)
        if not self.gruppen:
            conditions.append("w.geschlecht || w.alter || w.nationalitaet || w.gruppe = ''")
        return " AND ".join(conditions), values


def abfrage(
    service: Service, umfang: Umfang, line: str = "*", page: str = ""
) -> tuple[str, list[object]]:
    """Return the query for the agreed columns of a choice, and the values it is bound to.

    line: what to select of each row; page: a LIMIT with OFFSET
    """
    condition, values = umfang.bedingung()
    note = service.datenstand().vermerk
    return SELECT.format(condition=condition, line=line, page=page), [
        f" ({note})" if note else "",
        *values,
    ]


def zeilen(service: Service, umfang: Umfang, page: str = "") -> DuckDBPyConnection:
    """Return a cursor over typed rows in the order of COLUMNS."""
    return service.export(*abfrage(service, umfang, ", ".join(COLUMNS), page))


def anzahl(service: Service, umfang: Umfang) -> int:
    """Count the rows that a file would have."""
    condition, values = umfang.bedingung()
    query = f"SELECT count(*) FROM indikatorwert w WHERE {condition}"
    found = service.export(query, values).fetchone()
    return int(found[0]) if found else 0


def csv_zeilen(
    service: Service,
    indikatoren: Sequence[str] | None = None,
    gebiete: Sequence[str] | None = None,
    von: int | None = None,
    bis: int | None = None,
    dialekt: str = "csv",
    *,
    gruppen: bool = True,
) -> Iterator[bytes]:
    """Yield a CSV file piece by piece: the header first, then one line per Indikatorwert.

    indikatoren, gebiete: ids and keys, None for all; von, bis: years in which a period ends
    dialekt:  `csv` or `csv-excel`; gruppen: also values for single sexes, ages and so on
    """
    style = DIALEKTE[dialekt]
    umfang = Umfang(indikatoren, gebiete, von, bis, gruppen=gruppen)
    cursor = service.export(*abfrage(service, umfang, _line(style)))
    yield style.bom + (style.trenner.join(COLUMNS) + "\r\n").encode()
    while rows := cursor.fetchmany(ROWS_AT_A_TIME):
        yield "".join(row[0] for row in rows).encode()


def _line(style: Dialekt) -> str:
    """Return the SQL expression that makes one finished CSV line out of a row."""
    cells = [_number(c, style.komma) if c in NUMBERS else _text(c) for c in COLUMNS]
    return f" || '{style.trenner}' || ".join(cells) + " || chr(13) || chr(10)"


def _number(column: str, komma: str) -> str:
    whole = f"{column} = round({column}) AND abs({column}) < 1e15"
    digits = f"CASE WHEN {whole} THEN CAST(CAST({column} AS BIGINT) AS VARCHAR)"
    return f"coalesce(replace({digits} ELSE CAST({column} AS VARCHAR) END, '.', '{komma}'), '')"


def _text(column: str) -> str:
    """Quote a text, and keep a spreadsheet from running it as a formula."""
    safe = f"CASE WHEN regexp_matches({column}, '^[=+@\\t\\r-]') THEN '''' ELSE '' END"
    return f"""'"' || {safe} || replace({column}, '"', '""') || '"'"""
