"""Which rule of a source takes which heading of a file, and what the heading then is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from etl.errors import DeliveryError, Mangel, suggestion
from etl.lesung import faktor
from etl.lieferungen import Lieferung
from etl.messgroessen import Messgroesse
from etl.schema import TOTAL_BIS
from etl.sources import Regel, Zuordnung, merkmale, passt
from etl.symbols import GESCHLECHTER, NATIONALITAETEN

NEVER, ALWAYS = date(9999, 12, 31), date(1, 1, 1)


class Kopf(NamedTuple):
    """One heading of a file, as a row of `bild_kopf`."""

    nr: int
    tabelle: str
    blatt: str
    inhalt: str
    einheit: str
    faktor: float
    merkmale: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Quelltabelle:
    """One delivery about to be mapped: its number, its file and its source."""

    nummer: int
    lieferung: Lieferung
    zuordnung: Zuordnung

    @property
    def ort(self) -> str:
        """Name the source for a complaint about its rules."""
        if self.lieferung.quelle.zuordnung:
            return f"etl/sources/{self.lieferung.quelle.zuordnung}.yaml"
        return str(self.lieferung.beschreibung)

    def fehler(self, problem: str, abhilfe: str) -> DeliveryError:
        """Build the refusal of the whole file."""
        return DeliveryError([Mangel(self.lieferung.datei, problem, f"{abhilfe} ({self.ort})")])


def zeilen(
    tabelle: Quelltabelle, koepfe: list[Kopf], messgroessen: Mapping[str, Messgroesse]
) -> Iterator[tuple[object, ...]]:
    """Yield what each heading is, for each rule that takes it: a row for each basis.

    Returns: number of the heading, messgroesse, geschlecht, alter_von, alter_bis, nationalitaet,
             gruppe, basis, from and before which day it holds, scale to the unit of the Messgröße,
             guete or None
    Raises:  DeliveryError for a rule that takes nothing, or a Merkmal that nobody mentions
    """
    taken: set[int] = set()
    for number, regel in enumerate(tabelle.zuordnung.werte, start=1):
        near = [kopf for kopf in koepfe if _is_near(regel, kopf)]
        hits = [kopf for kopf in near if _open(regel, kopf) is None]
        rows = [row for kopf in hits for row in _row(tabelle, regel, kopf, messgroessen)]
        taken |= {kopf.nr for kopf in hits}
        if not rows and not regel.darf_fehlen:
            raise _meets_nothing(tabelle, number, regel, koepfe, near)
        yield from rows
    for kopf in koepfe:
        if kopf.nr not in taken:
            _refuse_unmapped(tabelle, kopf)


def _is_near(regel: Regel, kopf: Kopf) -> bool:
    """Say whether table, sheet, content and unit are those of the rule, whatever the Merkmale."""
    return (
        passt(regel.tabelle, kopf.tabelle)
        and passt(regel.blatt, kopf.blatt)
        and passt(regel.inhalt, kopf.inhalt)
        and passt(regel.einheit, kopf.einheit)
    )


def _open(regel: Regel, kopf: Kopf) -> str | None:
    """Return the Merkmal because of which a heading is not what the rule means, if there is one.

    That is a filter that does not hold, or a Merkmal without mention that is not a total.
    """
    for name, wanted in regel.merkmale.items():
        value = merkmale.ausgewaehlt(kopf.merkmale, name)
        total = isinstance(wanted, str) and merkmale.ist_gesamt(wanted)
        if not (merkmale.ist_gesamt(value) if total else passt(wanted, value)):
            return name
    return next(
        (
            name
            for name, value in kopf.merkmale.items()
            if not merkmale.ist_gesamt(value) and not passt(regel.genannt, name)
        ),
        None,
    )


def _row(
    tabelle: Quelltabelle, regel: Regel, kopf: Kopf, messgroessen: Mapping[str, Messgroesse]
) -> Iterator[tuple[object, ...]]:
    try:
        gruppe = _gruppe(regel, kopf)
        sex = _word(regel.geschlecht, GESCHLECHTER, kopf, merkmale.geschlecht)
        nationality = _word(regel.nationalitaet, NATIONALITAETEN, kopf, merkmale.nationalitaet)
        alter = _alter(regel, kopf)
    except ValueError as error:
        raise tabelle.fehler(
            f"{kopf.inhalt}: {error}.", "Die Ausprägung in der Zuordnung nennen."
        ) from error
    if gruppe is None:
        return
    unit = faktor(messgroessen[regel.messgroesse].einheit)
    scale = kopf.faktor * regel.faktor / unit
    fixed = (kopf.nr, regel.messgroesse, sex, *alter, nationality, gruppe)
    for basis, ab, bis_vor in _basen(regel):
        yield *fixed, basis, ab, bis_vor, scale, regel.guete


def _word(word: str, fixed: tuple[str, ...], kopf: Kopf, meaning: merkmale.Deutung) -> str:
    """Return a fixed word, or the meaning of the Ausprägung of the named Merkmal."""
    return word if word in fixed else meaning(merkmale.ausgewaehlt(kopf.merkmale, word))


def _alter(regel: Regel, kopf: Kopf) -> tuple[int, int]:
    if isinstance(regel.alter, str):
        text = merkmale.ausgewaehlt(kopf.merkmale, regel.alter)
        return merkmale.alter(text, bis_unter=regel.alter_bis_unter)
    von, bis = regel.alter or (0, None)
    return von, TOTAL_BIS if bis is None else bis


def _gruppe(regel: Regel, kopf: Kopf) -> str | None:
    """Return the group of a heading; None if the source leaves its Ausprägung out."""
    if isinstance(regel.gruppe, str):
        return regel.gruppe
    words = []
    for name, names in regel.gruppe.items():
        value = merkmale.ausgewaehlt(kopf.merkmale, name)
        label = next((key for key in names if passt(key, value)), None)
        if label is None and not merkmale.ist_gesamt(value):
            raise ValueError(f"Die Ausprägung »{value}« von »{name}« ist nicht zugeordnet")
        word = "" if label is None else names[label]
        if word is None:
            return None
        words.append(word)
    return "_".join(word for word in words if word)


def _basen(regel: Regel) -> Iterator[tuple[str, date, date]]:
    """Yield each basis with the days from and before which it holds."""
    if isinstance(regel.basis, str):
        yield regel.basis, ALWAYS, NEVER
        return
    years = sorted(regel.basis)
    for year, following in zip(years, [*years[1:], ""], strict=True):
        end = date(int(following), 1, 1) if following else NEVER
        yield regel.basis[year], date(int(year), 1, 1), end


def _meets_nothing(
    tabelle: Quelltabelle, number: int, regel: Regel, koepfe: list[Kopf], near: list[Kopf]
) -> DeliveryError:
    """Build the refusal for a rule without a cell: the form of the file has changed."""
    if near:
        name = _open(regel, near[0]) or "alle Ausprägungen"
        problem = f"Regel {number} ({regel.messgroesse}) trifft keine Zelle: {name} passt nirgends."
        values = sorted({kopf.merkmale.get(name, "") for kopf in near})[:6]
        return tabelle.fehler(problem, f"In der Datei steht dort: {', '.join(values) or 'nichts'}.")
    contents = sorted({kopf.inhalt for kopf in koepfe})
    wanted = regel.inhalt if isinstance(regel.inhalt, str) else regel.inhalt[0]
    known = f"In der Datei stehen: {'; '.join(contents[:6])}."
    return tabelle.fehler(
        f"Regel {number} ({regel.messgroesse}) trifft keine Zelle: »{wanted}« steht nicht da.",
        suggestion(wanted, contents, known),
    )


def _refuse_unmapped(tabelle: Quelltabelle, kopf: Kopf) -> None:
    """Refuse a heading with a Merkmal that no rule for its content mentions and that is no total."""
    rules = [regel for regel in tabelle.zuordnung.werte if _is_near(regel, kopf)]
    mentioned = tuple(name for regel in rules for name in regel.genannt)
    for name, value in kopf.merkmale.items():
        if rules and not merkmale.ist_gesamt(value) and not passt(mentioned, name):
            raise tabelle.fehler(
                f"{kopf.inhalt}: Das Merkmal »{name}« (»{value}«) ist nicht zugeordnet.",
                f"In einer Regel nennen, zum Beispiel merkmale: {{{name}: Insgesamt}}.",
            )
