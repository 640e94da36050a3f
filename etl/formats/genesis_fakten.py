"""The facts of a staged flat file become cells: every distinct spelling is understood only once.

Its distinct areas, headings (all else that tells facts apart) and signs go into small tables, and
one statement joins them to the values.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import duckdb
from duckdb import DuckDBPyConnection

from etl import tables
from etl.errors import DeliveryError
from etl.lesung import Lesung, Stelle, faktor
from etl.symbols import GUETE_OF_MARK
from etl.zeit import Zeit, erkenne_zeit, parse_zeit

# Variables whose attributes are areas: of Regionalstatistik and Destatis, and of the Zensus (GEO…).
AREA = re.compile(
    r"F?(DG|DINSG|DLAND|REGBEZ|KREISE|GEMEIN|GEMVB|VBGEM|STATRG|BEZIRK)[A-Z0-9]*|GEO[A-Z]{2}[0-9]+"
)
# A month or quarter beside the year is part of the time, not a characteristic.
PART_OF_YEAR = (
    (re.compile(r"MONAT(0[1-9]|1[0-2])"), "{}-{}", "monat"),
    (re.compile(r"QUART[A-Z]?0?([1-4])"), "{}-Q{}", "quartal"),
    (re.compile(r"HALBJ[A-Z]*0?([12])"), "{}-H{}", "halbjahr"),
)
LINE = re.compile(r"Line: (\d+)")
NUMBER = {",": r"-?[0-9]{1,15}(,[0-9]+)?", ".": r"-?[0-9]{1,15}(\.[0-9]+)?"}
REMEDY = "Die Datei unverändert neu herunterladen; sie darf nicht in Excel gespeichert werden."
TABLES = {
    "flach": "",
    "flach_kopf": """kopf UBIGINT, inhalt VARCHAR, einheit VARCHAR, faktor DOUBLE, zeit VARCHAR,
                     zeitbezug VARCHAR, von DATE, bis DATE, merkmale VARCHAR""",
    "flach_ort": "variable VARCHAR, code VARCHAR, gebiet VARCHAR, ebene VARCHAR",
    "flach_zeichen": "text VARCHAR, wert DOUBLE, status VARCHAR, guete VARCHAR",
    "flach_guete": "text VARCHAR, guete VARCHAR",
}


class Fakten:
    """One flat file, whose axes carry the numbers of its columns (1_variable_code …).

    `flach` holds what differs from row to row: number of the heading, area, value, quality. What the
    headings say is read in a second, cheaper scan: writing their texts 3.7 million times is not.
    """

    def __init__(
        self,
        lesung: Lesung,
        ziel: DuckDBPyConnection,
        columns: Sequence[str],
        achsen: Sequence[int],
        ort: int,
        quelle: str,
    ) -> None:
        """Take a file. columns: of its header; ort: the axis of areas; quelle: how SQL scans it."""
        self.quelle = quelle
        self.lesung, self.ziel, self.columns, self.ort = lesung, ziel, columns, ort
        self.merkmale = [n for n in achsen if n != ort]

    def append(self) -> None:
        """Understand areas, headings and signs, then append the cells.

        Raises:  DeliveryError naming the line of what cannot be understood
        """
        for table, fields in TABLES.items():
            if fields:
                self.ziel.execute(f"CREATE TEMP TABLE {table} ({fields})")
        self._areas()
        self._heads()
        dezimal = self._decimal()
        self._signs(dezimal)
        quality = "value_q" in self.columns and self._qualities()
        number = "replace(f.value, ',', '.')" if dezimal == "," else "f.value"
        self.ziel.execute(f"""
            INSERT INTO zellen
            SELECT ?, k.inhalt, k.einheit, k.faktor, o.gebiet, o.ebene, k.zeit, k.zeitbezug,
                   k.von, k.bis, k.merkmale,
                   CASE WHEN z.text IS NULL THEN CAST({number} AS DOUBLE) ELSE z.wert END,
                   coalesce(z.status, 'vorhanden'),
                   {"q.guete" if quality else "coalesce(z.guete, 'endgueltig')"},
                   f.value, '', f.rowid + 2, {self.columns.index("value") + 1}
            FROM flach f
            JOIN flach_kopf k ON k.kopf = f.kopf
            JOIN flach_ort o ON o.variable = f."{self.ort}_variable_code"
                            AND o.code = f."{self.ort}_variable_attribute_code"
            LEFT JOIN flach_zeichen z ON z.text = f.value
            {"JOIN flach_guete q ON q.text = f.value_q" if quality else ""}
        """, [self.lesung.tabelle])  # fmt: skip

    def _areas(self) -> None:
        variable, code = f"{self.ort}_variable_code", f"{self.ort}_variable_attribute_code"
        found = self.ziel.execute(
            f'SELECT "{variable}", "{code}", min(rowid) FROM flach GROUP BY ALL'
        ).fetchall()
        rows = []
        for name, text, rowid in found:
            if not AREA.fullmatch(name):
                raise self._error(
                    rowid,
                    variable,
                    f"»{name}« ist kein Gebietsmerkmal, die übrigen Zeilen der Spalte sind welche.",
                )
            rows.append((name, text, *self.lesung.gebiet(text or "DG", self._place(rowid, code))))
        tables.insert(self.ziel, "flach_ort", rows)

    def _heads(self) -> None:
        """Understand each distinct heading once."""
        told = set(self.columns)
        labels = ["time_label", "value_variable_label"]
        for n in self.merkmale:
            labels += [f"{n}_variable_label", f"{n}_variable_attribute_label"]
        names = [*kopfspalten(self.merkmale), *(name for name in labels if name in told)]
        shown = ", ".join(f'any_value("{name}") AS "{name}"' for name in names)
        # The rows of a table come in no order, so each heading stands somewhere at the beginning.
        last = self.ziel.execute(
            "SELECT max(erste) FROM (SELECT min(rowid) AS erste FROM flach GROUP BY kopf)"
        ).fetchone()
        rows = int(last[0]) + 1 if last and last[0] is not None else 0
        with lesbar(self.lesung.pfad.name):
            result = self.ziel.execute(
                f"SELECT {kopf(self.merkmale)} AS kopf, {shown}"
                f" FROM (FROM {self.quelle} LIMIT {rows}) GROUP BY kopf"
            )
            found = result.fetchall()
        columns = [column[0] for column in result.description or ()]
        heads = [dict(zip(columns, row, strict=True)) for row in found]
        spoken = self._spoken(heads)
        tables.insert(self.ziel, "flach_kopf", [self._head(head, spoken) for head in heads])

    def _spoken(self, heads: Iterable[dict[str, str]]) -> dict[tuple[str, ...], str]:
        """Return the label of every variable and attribute, with its code where labels repeat."""
        found: dict[tuple[str, ...], str] = {}
        for head in heads:
            for n in self.merkmale:
                variable, code = head[f"{n}_variable_code"], head[f"{n}_variable_attribute_code"]
                found[(variable,)] = head.get(f"{n}_variable_label") or variable
                found[variable, code] = head.get(f"{n}_variable_attribute_label") or code
        uses: Counter[tuple[str, ...]] = Counter(_scope(key, text) for key, text in found.items())
        return {
            key: f"{text} [{key[-1]}]" if uses[_scope(key, text)] > 1 and key[-1] else text
            for key, text in found.items()
        }

    def _head(self, head: dict[str, str], spoken: dict[tuple[str, ...], str]) -> tuple[object, ...]:
        zeit = self._time(head)
        merkmale = {}
        for n in self.merkmale:
            variable, code = head[f"{n}_variable_code"], head[f"{n}_variable_attribute_code"]
            taken = zeit.zeitbezug in ("monat", "quartal", "halbjahr") and teil_des_jahres(
                head["time"], code
            )
            if variable and not taken:
                merkmale[spoken[variable,]] = spoken[variable, code]
        unit = head["value_unit"]
        text = json.dumps(merkmale, ensure_ascii=False, sort_keys=True)
        return (
            head["kopf"], head["value_variable_code"], unit, faktor(unit),
            zeit.text, zeit.zeitbezug, zeit.von, zeit.bis, text,
        )  # fmt: skip

    def _time(self, head: dict[str, str]) -> Zeit:
        """Return the period of a heading: time, and the month or quarter that stands beside it."""
        for n in self.merkmale:
            part = teil_des_jahres(head["time"], head[f"{n}_variable_attribute_code"])
            if part:
                return parse_zeit(*part)
        hint = " ".join(
            head.get(n, "") for n in ("time_code", "time_label", "value_variable_label")
        )
        try:
            return erkenne_zeit(head["time"], hint)
        except ValueError as error:
            found = self.ziel.execute("SELECT min(rowid) FROM flach WHERE kopf = ?", [head["kopf"]])
            (rowid,) = found.fetchone() or (0,)
            raise self._error(int(rowid), "time", f"{error}.") from error

    def _decimal(self) -> str:
        """Return the decimal sign of the file: German and English files look alike otherwise."""
        comma, point = self.ziel.execute(
            "SELECT min(rowid) FILTER (contains(value, ',')),"
            " min(rowid) FILTER (contains(value, '.') AND regexp_matches(value, '[0-9]\\.[0-9]'))"
            " FROM flach"
        ).fetchone() or (None, None)
        if comma is not None and point is not None:
            raise self._error(
                point, "value", f"Hier steht ein Dezimalpunkt, in Zeile {comma + 2} ein Komma."
            )
        return "," if point is None else "."

    def _signs(self, dezimal: str) -> None:
        found = self.ziel.execute(
            f"SELECT value, min(rowid) FROM flach WHERE NOT regexp_full_match(value, '{NUMBER[dezimal]}')"
            " GROUP BY ALL"
        ).fetchall()
        tables.insert(
            self.ziel,
            "flach_zeichen",
            [
                (text, *self.lesung.druck(text, self._place(rowid, "value"), dezimal))
                for text, rowid in found
            ],
        )

    def _qualities(self) -> bool:
        found = self.ziel.execute("SELECT value_q, min(rowid) FROM flach GROUP BY ALL").fetchall()
        rows = []
        for text, rowid in found:
            word = text.strip() or "e"
            if word not in GUETE_OF_MARK:
                raise self._error(rowid, "value_q", f"»{text}« ist kein Zeichen der Qualität.")
            rows.append((text, GUETE_OF_MARK[word]))
        tables.insert(self.ziel, "flach_guete", rows)
        return True

    def _place(self, rowid: int, column: str) -> Stelle:
        return Stelle("", rowid + 2, self.columns.index(column) + 1)

    def _error(self, rowid: int, column: str, problem: str) -> DeliveryError:
        return self.lesung.fehler(self._place(rowid, column), problem, REMEDY)


@contextmanager
def lesbar(shown: str) -> Iterator[None]:
    """Turn what DuckDB says of a line that it cannot read into a refusal with that line."""
    try:
        yield
    except duckdb.Error as error:
        line = LINE.search(str(error))
        raise DeliveryError.at(
            f"{shown}:{line[1]}" if line else shown,
            "Die Zeile hat nicht die Felder der Kopfzeile oder ist nicht in UTF-8.",
            REMEDY,
        ) from error


def kopfspalten(merkmale: Iterable[int]) -> list[str]:
    """Return the columns that are the heading of a fact, without the area: what, when, of whom."""
    keys = ["time_code", "time", "value_unit", "value_variable_code"]
    for n in merkmale:
        keys += [f"{n}_variable_code", f"{n}_variable_attribute_code"]
    return keys


def kopf(merkmale: Iterable[int]) -> str:
    """Return SQL for a 64-bit number of a heading, which groups and joins facts quickly.

    That two of even 100,000 headings share one has a probability below one in a thousand million.
    """
    return f"hash({', '.join(_spalte(name) for name in kopfspalten(merkmale))})"


def _spalte(name: str) -> str:
    return f'"{name}"'


def _scope(key: tuple[str, ...], text: str) -> tuple[str, ...]:
    return (*key[:-1], text)


def teil_des_jahres(time: str, code: str) -> tuple[str, str] | None:
    """Return the period that a month or quarter beside a plain year means, if there is one."""
    if re.fullmatch(r"[0-9]{4}", time):
        for form, text, zeitbezug in PART_OF_YEAR:
            match = form.fullmatch(code)
            if match:
                return text.format(time, match[1]), zeitbezug
    return None
