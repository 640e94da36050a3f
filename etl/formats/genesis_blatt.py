"""One GENESIS table becomes cells: header, leading columns and values are joined, set-based.

Rows with the same time and characteristics form a group; what a group and a column mean together
is worked out once, and so is every distinct print.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from etl.errors import DeliveryError
from etl.formats.genesis_kopf import Spalte, ist_zeit, mit_einheit, sauber, spalten, teil_von
from etl.formats.genesis_zeilen import REMEDY, zerlege
from etl.gebiete import GebieteError
from etl.lesung import Lesung, Stelle, faktor
from etl.symbols import GUETE_OF_MARK, GUETEN, Druck
from etl.tafel import Tafel
from etl.zeit import Zeit, parse_zeit

if TYPE_CHECKING:
    import pandas as pd

CODE = re.compile(r"[0-9A-Z]+(?:-[0-9A-Za-z]+)+")
LAENDER = {
    "schleswig-holstein": "01", "hamburg": "02", "niedersachsen": "03", "bremen": "04",
    "nordrhein-westfalen": "05", "hessen": "06", "rheinland-pfalz": "07",
    "baden-württemberg": "08", "bayern": "09", "saarland": "10", "berlin": "11",
    "brandenburg": "12", "mecklenburg-vorpommern": "13", "sachsen": "14", "sachsen-anhalt": "15",
    "thüringen": "16", "deutschland": "DG",
}  # fmt: skip
MARK = "\x1f"  # between a print and the quality that stands in the column beside it
APPEND = """
INSERT INTO zellen
SELECT ?, k.inhalt, k.einheit, k.faktor, coalesce(w.gebiet, k.gebiet), coalesce(w.ebene, k.ebene),
       k.zeit, k.zeitbezug, k.von, k.bis, k.merkmale, d.wert, d.status, d.guete, d.roh, ?,
       w.zeile, k.spalte
FROM (UNPIVOT tafel_zeile ON COLUMNS('^s[0-9]+$') INTO NAME name VALUE text) w
JOIN tafel_kopf k ON k.gruppe = w.gruppe AND k.name = w.name
JOIN tafel_druck d ON d.text = w.text
"""
ZEILE = ("zeile", "gruppe", "gebiet", "ebene")
KOPF = (
    "gruppe", "name", "spalte", "inhalt", "einheit", "faktor", "gebiet", "ebene", "zeit",
    "zeitbezug", "von", "bis", "merkmale",
)  # fmt: skip
DRUCK = ("text", "wert", "status", "guete", "roh")


class Blatt:
    """One table on one sheet."""

    def __init__(self, lesung: Lesung, tafel: Tafel) -> None:
        self.lesung, self.tafel = lesung, tafel
        self._known: dict[str, bool] = {}
        self.rows = _filled(tafel)
        self.aufbau = zerlege(tafel, self.rows, self.ist_gebiet)
        self.zeit_titel = self.gebiet_titel = self.zeile_titel = ""
        self.masse: tuple[str, str] | None = None
        self.titel = self._title()
        self.qualitaet = self._quality_columns()
        self.spalte = [
            c
            for c in range(self.aufbau.vorn, self.aufbau.breite)
            if c not in self.qualitaet.values()
        ]
        head = [self.rows[n] for n in self.aufbau.kopf]
        self.spalten = spalten(head, self.spalte, self.masse, self.ist_gebiet)

    def ist_gebiet(self, text: str) -> bool:
        """Say whether a text is the name of an area that is known without its key."""
        word = sauber(text)
        if word not in self._known:
            self._known[word] = word.casefold() in LAENDER or self._own_name(word)
        return self._known[word]

    def _own_name(self, word: str) -> bool:
        if not word[:1].isalpha():
            return False
        try:
            self.lesung.gebiete.canonical(word)
        except GebieteError:
            return False
        return True

    def _title(self) -> str:
        """Sort the lines above the header: time, measure with unit, area, and the title itself."""
        lines: list[str] = []
        for n in self.aufbau.titel:
            line = sauber(self.rows[n][0])
            if ist_zeit(line):
                self.zeit_titel = line
            elif mit_einheit(line):
                self.masse = mit_einheit(line)
            elif self.masse or (lines and self.ist_gebiet(line)):
                self.gebiet_titel = line
            else:
                lines.append(line)
        return "\n".join(lines)

    def _quality_columns(self) -> dict[int, int]:
        """Return the columns that hold the quality of the column to their left."""
        found = {}
        for column in range(self.aufbau.vorn + 1, self.aufbau.breite):
            words = {self.rows[n][column].strip() for n in self.aufbau.daten}
            if words <= {"", *GUETE_OF_MARK} and words - {""}:
                found[column - 1] = column
        return found

    def tafeln(self) -> dict[str, "pd.DataFrame"]:
        """Return rows, meanings and prints as the tables that APPEND joins.

        Raises:  DeliveryError naming the cell of what cannot be read
        """
        import pandas as pd

        groups, lines = self._groups()
        texts = [[self._print(n, column) for column in self.spalte] for n in self.aufbau.daten]
        rows = [(*line, *text) for line, text in zip(lines, texts, strict=True)]
        names = [f"s{column}" for column in self.spalte]
        return {
            name: pd.DataFrame(list(content), columns=list(fields), dtype=object)
            for name, content, fields in (
                ("tafel_zeile", rows, (*ZEILE, *names)),
                ("tafel_kopf", self._heads(groups), KOPF),
                ("tafel_druck", self._prints(texts), DRUCK),
            )
        }

    def append(
        self, ziel: DuckDBPyConnection, code: str, tafeln: "Mapping[str, pd.DataFrame]"
    ) -> None:
        """Append the cells of the table under the code of the table."""
        for name, frame in tafeln.items():
            ziel.register("tafel_neu", frame)
            ziel.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM tafel_neu")
            ziel.unregister("tafel_neu")
        ziel.execute(APPEND, [code, self.tafel.blatt])
        for name in tafeln:
            ziel.execute(f"DROP TABLE {name}")

    def _print(self, row: int, column: int) -> str:
        text = self.rows[row][column].strip()
        mark = self.qualitaet.get(column)
        return text if mark is None else f"{text}{MARK}{self.rows[row][mark].strip()}"

    def _place(self, row: int, column: int) -> Stelle:
        return Stelle(self.tafel.blatt, self.tafel.zeilen[row], column + 1)

    def _groups(self) -> tuple[dict[tuple[str, ...], int], list[tuple[object, ...]]]:
        """Return the groups with a row of each, and group and area of every row."""
        roles = self.aufbau.rollen
        area = next((roles.index(r) for r in ("schluessel", "gebiet") if r in roles), None)
        telling = [
            c for c, role in enumerate(roles) if role not in ("schluessel", "gebiet", "name")
        ]
        groups: dict[tuple[str, ...], int] = {}
        lines: list[tuple[object, ...]] = []
        time, place = "", ""
        rest = sorted(self.aufbau.zwischen.items(), reverse=True)
        for n in self.aufbau.daten:
            while rest and rest[-1][0] < n:
                word = rest.pop()[1]
                time, place = (word, place) if ist_zeit(word) else (time, word)
            row = self.rows[n]
            if any("\n" in cell and ";" in cell for cell in row):
                raise self._error(n, 0, "Ein Anführungszeichen ist offen.", REMEDY)
            key = (time, place, *(sauber(row[c]) for c in telling))
            group = groups.setdefault(key, len(groups))
            ort = self._area(row[area], n, area) if area is not None else (None, None)
            lines.append((self.tafel.zeilen[n], group, *ort))
        return groups, lines

    def _area(self, text: str, row: int, column: int) -> tuple[str, str]:
        word = sauber(text)
        return self.lesung.gebiet(LAENDER.get(word.casefold(), word), self._place(row, column))

    def _heads(self, groups: dict[tuple[str, ...], int]) -> Iterator[tuple[object, ...]]:
        """Yield what each group and column mean together."""
        roles = self.aufbau.rollen
        telling = [role for role in roles if role not in ("schluessel", "gebiet", "name")]
        keyed = len(telling) < len(roles)
        first = self.aufbau.daten[0]
        for (time, place, *words), group in groups.items():
            said = dict(zip(telling, words, strict=True))
            own = {name: word for name, word in said.items() if name not in ("zeit", "teil")}
            for column, spalte in zip(self.spalte, self.spalten, strict=True):
                zeit = self._time(
                    said.get("zeit") or spalte.zeit or time or self.zeit_titel,
                    said.get("teil") or spalte.teil,
                    self._place(first, column),
                )
                ort: tuple[str | None, str | None] = (None, None)
                if not keyed:
                    ort = self._area(self._area_name(spalte, place, first), first, column)
                yield (
                    group, f"s{column}", column + 1, spalte.inhalt, spalte.einheit,
                    faktor(spalte.einheit), *ort, zeit.text, zeit.zeitbezug, zeit.von, zeit.bis,
                    _json(own, spalte),
                )  # fmt: skip

    def _area_name(self, spalte: Spalte, place: str, row: int) -> str:
        """Return the area of a column without one in its rows: header, line, title, or the Bund."""
        if spalte.gebiet or place or self.gebiet_titel:
            return spalte.gebiet or place or self.gebiet_titel
        notes = " ".join(self.rows[n][0] for n in self.aufbau.fuss if self.rows[n])
        if "deutschland" in self.titel.casefold() or "Destatis" in notes:
            return "Deutschland"
        raise self._error(
            row, 0, "Die Tabelle sagt nicht, für welches Gebiet sie gilt.",
            "Eine Tabelle mit Schlüssel (AGS) abrufen.",
        )  # fmt: skip

    def _time(self, text: str, part: str, place: Stelle) -> Zeit:
        """Return the period of a column: a year with the month or quarter beside it is that."""
        if not text:
            raise self.lesung.fehler(
                place, "Weder Titel noch Kopf noch Zeile nennen einen Zeitpunkt.", REMEDY
            )
        zeit = self.lesung.zeit(text, place, self.titel)
        split = teil_von(part) if part else None
        if split is None:
            return zeit
        kind, number = split
        form = f"{zeit.von.year}-{number:02}" if kind == "monat" else f"{zeit.von.year}-Q{number}"
        return parse_zeit(form, kind)

    def _prints(self, texts: Sequence[Sequence[str]]) -> Iterator[tuple[object, ...]]:
        """Yield each distinct print once, with what it says."""
        seen: set[str] = set()
        for n, row in zip(self.aufbau.daten, texts, strict=True):
            for column, text in zip(self.spalte, row, strict=True):
                if text not in seen:
                    seen.add(text)
                    roh, _, mark = text.partition(MARK)
                    druck = self.lesung.druck(roh, self._place(n, column))
                    yield (text, *_judged(druck, mark), roh)

    def _error(self, row: int, column: int, problem: str, remedy: str) -> DeliveryError:
        return self.lesung.fehler(self._place(row, column), problem, remedy)


def _judged(druck: Druck, mark: str) -> Druck:
    if not mark:
        return druck
    return druck._replace(guete=max(druck.guete, GUETE_OF_MARK[mark], key=GUETEN.index))


def _json(own: dict[str, str], spalte: Spalte) -> str:
    """Join the characteristics of a row with those of a column; none hides another."""
    found = dict(spalte.merkmale)
    for name, word in own.items():
        key, number = name, 2
        while key in found:
            key, number = f"{name} {number}", number + 1
        found[key] = word
    return json.dumps(found, ensure_ascii=False, sort_keys=True)


def _filled(tafel: Tafel) -> list[list[str]]:
    """Fill merged cells to the right, and downwards in the leading columns of the data.

    Titles are merged over the whole width and stay alone in their row.
    """
    rows = [list(row) for row in tafel.reihen]
    for top, left, bottom, right in tafel.verbunden:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        word = rows[top][left]
        if left > 0:
            for column in range(left + 1, min(right + 1, len(rows[top]))):
                rows[top][column] = word
        if left == right and (left == 0 or (left < 4 and ist_zeit(rows[top][0]))):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = word
    return rows
