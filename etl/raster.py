"""A rectangular sheet seen through its form: the cells that follow from both."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.form import Angabe, Form
from etl.kopfzeilen import TRENNER, passt, sauber, spaltennummer, ueberschriften, worte
from etl.lesung import SONSTIGE, Lesung, Stelle, merkmale
from etl.symbols import Druck
from etl.tafel import Tafel
from etl.zeit import Zeit
from etl.zellen import Zelle

KEY = re.compile(r"'?\d{1,12}([.,]0)?( .*)?")
SCHLUSS = "Jede Zeile mit Zahlen braucht ein Gebiet; hört die Tabelle vorher auf, in form daten: [erste, letzte] nennen."
MUSTER = re.compile(r"[*?[]")


@dataclass(frozen=True, slots=True)
class Spalte:
    """What holds for all cells of a column."""

    nummer: int  # from 0
    inhalt: str
    einheit: str
    zeit: Zeit | None
    angaben: dict[str, str]
    dezimal: str


class Raster:
    """A sheet seen through its form."""

    def __init__(self, tafel: Tafel, form: Form, lesung: Lesung) -> None:
        self.tafel, self.form, self.lesung = tafel, form, lesung
        self.number = {zeile: i for i, zeile in enumerate(tafel.zeilen)}
        self.kopf = range(self._row(form.kopf[0]), self._row(form.kopf[1]) + 1)
        self.rows = tafel.gefuellt(self.kopf[-1] + 1)
        self._fill_down()
        self.breite = max(map(len, self.rows), default=0)
        self._fill()
        self.titles = [
            [sauber(self.rows[i][j]) if j < len(self.rows[i]) else "" for i in self.kopf]
            for j in range(self.breite)
        ]
        self.namen: dict[str, list[int]] = {}  # columns by each of their names
        for j, path in enumerate(self.titles):
            for word in worte(path):
                self.namen.setdefault(word, []).append(j)
        self._places: dict[str, int] = {}
        self.keys = [self.spalte(name) for name in form.schluessel]

    def zellen(self) -> Iterator[Zelle]:
        """Yield every cell.

        Raises:  DeliveryError with sheet, cell and remedy
        """
        spalten = [self._column(j) for j in self._value_columns()]
        if not spalten:
            raise self.fehler(
                self.kopf[-1], "Es gibt keine Spalte mit Werten.", "In form werte nennen."
            )
        found = False
        for i in self._data_rows(spalten):
            found = True
            yield from self._row_cells(i, spalten)
        if not found:
            raise self.fehler(
                self.kopf[-1],
                "Unter dem Kopf steht keine Zeile mit Werten.",
                "In form kopf und daten prüfen.",
            )

    def fehler(self, i: int, problem: str, abhilfe: str) -> Exception:
        """Build the refusal for a row."""
        return self.lesung.fehler(self.stelle(i, None), problem, abhilfe)

    def stelle(self, i: int, j: int | None) -> Stelle:
        """Return the place of a cell as people see it."""
        return Stelle(self.tafel.blatt, self.tafel.zeilen[i], 0 if j is None else j + 1)

    def cell(self, i: int, j: int) -> str:
        """Return the text of a cell, empty beyond the end of a row."""
        row = self.rows[i]
        return row[j] if j < len(row) else ""

    def spalte(self, name: str) -> int:
        """Return the column that a number, letters or a heading mean."""
        if name not in self._places:
            self._places[name] = self._spalten(name)[0]
        return self._places[name]

    def _spalten(self, name: str) -> list[int]:
        """Return the columns of a number, letters, a range such as E:AR, or a heading with `*`."""
        first, colon, last = name.partition(":")
        if colon and spaltennummer(first) is not None and spaltennummer(last) is not None:
            found = list(range(spaltennummer(first) or 0, (spaltennummer(last) or 0) + 1))
        else:
            found = self._benannt(name)
            place = spaltennummer(name)
            if not found and place is not None:
                found = [place]
        if not found or found[-1] >= self.breite:
            heads = [TRENNER.join(dict.fromkeys(filter(None, p))) for p in self.titles[:12]]
            raise self.fehler(
                self.kopf[0],
                f"Die Spalte »{name}« gibt es nicht.",
                f"Als Buchstabe, Nummer oder Überschrift angeben; vorhanden: {', '.join(filter(None, heads))}.",
            )
        return found

    def _benannt(self, name: str) -> list[int]:
        if not MUSTER.search(name):
            return self.namen.get(name.casefold(), [])
        return [j for j, path in enumerate(self.titles) if passt(path, name)]

    def _row(self, zeile: int) -> int:
        if zeile not in self.number:
            raise self.lesung.fehler(
                Stelle(self.tafel.blatt, zeile),
                "Diese Zeile gibt es nicht.",
                "In form kopf und daten prüfen.",
            )
        return self.number[zeile]

    def _fill_down(self) -> None:
        """Repeat an area or characteristic that stands once for several rows; notes stay alone."""
        for top, left, bottom, right in self.tafel.verbunden:
            if self.kopf[-1] < top < bottom and left == right:
                for row in self.rows[top + 1 : bottom + 1]:
                    row.extend([""] * (left + 1 - len(row)))
                    row[left] = self.cell(top, left)

    def _fill(self) -> None:
        for zeile in self.form.fuellen:
            row = self.rows[self._row(zeile)]
            for j in range(1, len(row)):
                row[j] = row[j] if row[j].strip() else row[j - 1]

    def _value_columns(self) -> list[int]:
        if self.form.werte:
            taken = [j for name in self.form.werte for j in self._spalten(name)]
        else:
            taken = [j for j in range(self.breite) if any(self.titles[j])]
        named = [*self.form.schluessel, *self.form.nur]
        named += [
            a.spalte
            for a in (self.form.zeit, self.form.inhalt, self.form.einheit)
            if a and a.spalte
        ]
        named += [a.spalte for a in self.form.merkmale.values() if a.spalte]
        out = {self.spalte(name) for name in named}
        out |= {j for name in self.form.auslassen for j in self._spalten(name)}
        return [j for j in dict.fromkeys(taken) if j not in out]

    def _column(self, j: int) -> Spalte:
        form, used = self.form, self._used_rows()
        path = [title for i, title in zip(self.kopf, self.titles[j], strict=True) if i not in used]
        inhalt = TRENNER.join(dict.fromkeys(filter(None, path)))
        if form.inhalt is not None:
            inhalt = self._in_column(form.inhalt, j)
        zeit = self._period(j, inhalt)
        angaben = {name: self._in_column(a, j) for name, a in form.merkmale.items() if not a.spalte}
        unit = self._own(form.einheiten, j) or self._in_column(form.einheit, j)
        return Spalte(j, inhalt, unit, zeit, angaben, self._decimal(j))

    def _period(self, j: int, inhalt: str) -> Zeit | None:
        """Return the period of a column; nothing where each row has its own."""
        form = self.form
        own, place = self._own(form.zeiten, j), self.kopf[0]
        if form.zeit.spalte and not own:
            return None
        if form.zeit.kopfzeile and not own:
            place = self._row(form.zeit.kopfzeile)
        text = own or self._in_column(form.zeit, j)
        return self.lesung.zeit(text, self.stelle(place, j), inhalt, form.zeitbezug)

    def _own(self, table: Mapping[str, str], j: int) -> str:
        """Return what is declared for the heading of a single column."""
        return next((word for name, word in table.items() if passt(self.titles[j], name)), "")

    def _used_rows(self) -> set[int]:
        """Return the rows of headings that say something else than what is counted."""
        form = self.form
        places = [form.zeit, form.einheit, *form.merkmale.values()]
        return {self._row(a.kopfzeile) for a in places if a.kopfzeile and not a.muster}

    def _in_column(self, angabe: Angabe, j: int) -> str:
        """Return what a place outside the rows of figures says about a column."""
        if angabe.spalte:
            return ""
        if angabe.fest is not None:
            return angabe.fest
        if angabe.kopfzeile:
            return angabe.aus(sauber(self.cell(self._row(angabe.kopfzeile), j)))
        if angabe.zelle:
            letters, digits = re.findall(r"[A-Z]+|\d+", angabe.zelle)
            return angabe.aus(
                sauber(self.cell(self._row(int(digits)), spaltennummer(letters) or 0))
            )
        if angabe.titel:
            return angabe.aus(" ".join(ueberschriften(self.tafel, self.kopf[0])))
        return angabe.aus(self.tafel.blatt if angabe.blatt else self.lesung.pfad.stem)

    def _decimal(self, j: int) -> str:
        """Return the decimal sign of a column; three digits after a dot are thousands."""
        if self.form.dezimal != "auto":
            return self.form.dezimal
        texts = [self.cell(i, j).strip() for i in range(self.kopf[-1] + 1, len(self.rows))]
        comma = any("," in text for text in texts)
        return (
            "." if not comma and any(re.search(r"\.(\d{1,2}|\d{4,})$", t) for t in texts) else ","
        )

    def _data_rows(self, spalten: Sequence[Spalte]) -> Iterator[int]:
        first, last = self.form.daten or (self.tafel.zeilen[self.kopf[-1]] + 1, None)
        chosen = {self.spalte(name): words for name, words in self.form.nur.items()}
        down = [j for name in self.form.nach_unten for j in self._spalten(name)]
        above: dict[int, str] = {}
        for i, zeile in enumerate(self.tafel.zeilen):
            if i <= self.kopf[-1] or zeile < first or (last is not None and zeile > last):
                continue
            if not any(text.strip() for text in self.rows[i]):
                continue
            for j in down:
                self.rows[i].extend([""] * (j + 1 - len(self.rows[i])))
                self.rows[i][j] = self.rows[i][j].strip() or above.get(j, "")
                above[j] = self.rows[i][j]
            if all(
                self.cell(i, j).strip() in words for j, words in chosen.items()
            ) and self._counts(i, spalten):
                yield i

    def _counts(self, i: int, spalten: Sequence[Spalte]) -> bool:
        """Tell a row of figures from notes and headings of sections, which have none."""
        key = self._key(i)
        if any(self.cell(i, s.nummer).strip() for s in spalten):
            if not key.strip():
                raise self.fehler(i, "Hier stehen Werte ohne Gebiet.", SCHLUSS)
            return True
        return (
            bool(KEY.fullmatch(key))
            and self.lesung.gebiet(key, self.stelle(i, self.keys[0]))[1] != SONSTIGE
        )

    def _key(self, i: int) -> str:
        parts = [self.cell(i, j).strip() for j in self.keys]
        for n, width in enumerate(self.form.stellen):
            digits = re.sub(r"[.,]0$", "", parts[n])
            parts[n] = digits.zfill(width) if digits else ""
        return self.form.vorsatz + "".join(parts) if any(parts) else ""

    def _row_cells(self, i: int, spalten: Sequence[Spalte]) -> Iterator[Zelle]:
        form = self.form
        ort = self.lesung.gebiet(self._key(i), self.stelle(i, self.keys[0]))
        zeit = self._in_row(form.zeit, i)
        inhalt = self._in_row(form.inhalt, i) if form.inhalt else ""
        einheit = self._in_row(form.einheit, i)
        angaben = {n: self._in_row(a, i) for n, a in form.merkmale.items() if a.spalte}
        of_row = merkmale(angaben)
        for spalte in spalten:
            place, roh = self.stelle(i, spalte.nummer), self.cell(i, spalte.nummer)
            when = spalte.zeit or self.lesung.zeit(
                zeit, place, inhalt or spalte.inhalt, form.zeitbezug
            )
            yield self.lesung.zelle(
                place,
                inhalt or spalte.inhalt,
                einheit or spalte.einheit,
                ort,
                when,
                merkmale(spalte.angaben | angaben) if spalte.angaben else of_row,
                self._print(roh, place, spalte),
                roh,
            )

    def _print(self, roh: str, place: Stelle, spalte: Spalte) -> Druck:
        return self.lesung.druck(roh, place, spalte.dezimal)

    def _in_row(self, angabe: Angabe, i: int) -> str:
        return angabe.aus(sauber(self.cell(i, self.spalte(angabe.spalte)))) if angabe.spalte else ""
