"""The planning tables of one opened build, read once: they are small and never change in it."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from indicators.records_agenda import (
    Anforderung,
    Beschluss,
    Fachnotiz,
    Geldbetrag,
    Geschaeftsordnung,
    Gremium,
    Handlungsempfehlung,
    Massnahme,
    Planungsauftrag,
    Sitzung,
    Unterziel,
    Zielwert,
)

Rows = Callable[[str], list[tuple[Any, ...]]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Planstand:
    """Everything the planning files said when the build was made, in the order of the files."""

    geschaeftsordnung: Geschaeftsordnung | None
    gremien: dict[str, Gremium]
    sitzungen: tuple[Sitzung, ...]
    beschluesse: tuple[Beschluss, ...]
    unterziele: tuple[Unterziel, ...]
    massnahmen: tuple[Massnahme, ...]
    zielwerte: tuple[Zielwert, ...]
    planungsauftraege: tuple[Planungsauftrag, ...]
    handlungsempfehlungen: tuple[Handlungsempfehlung, ...]
    geld: tuple[Geldbetrag, ...]
    fachnotizen: tuple[Fachnotiz, ...]
    kern: dict[str, tuple[str, ...]]
    angebote: dict[str, tuple[str, ...]]
    anforderungen: dict[str, Anforderung]
    schutz: dict[str, str]


def read_planstand(rows: Rows) -> Planstand:
    """Read all planning tables of a build."""
    members = tuple(
        (function, by or "")
        for function, by in rows("SELECT funktion, benannt_von FROM mitglied ORDER BY platz")
    )
    rules = _read(rows, Geschaeftsordnung, "geschaeftsordnung", mitglieder=lambda _: members)
    effects = _grouped(rows("SELECT massnahme, indikator, absicht FROM wirkung ORDER BY platz"))
    figures = _grouped(rows("SELECT massnahme, text, jahr, quelle FROM angabe ORDER BY platz"))
    return Planstand(
        rules[0] if rules else None,
        {body.id: body for body in _read(rows, Gremium, "gremium ORDER BY platz")},
        _read(rows, Sitzung, "sitzung ORDER BY datum, gremium"),
        _read(rows, Beschluss, "beschluss ORDER BY jahr, datum NULLS FIRST, platz"),
        _read(rows, Unterziel, "unterziel ORDER BY platz"),
        _read(
            rows,
            Massnahme,
            "massnahme ORDER BY platz",
            wirkungen=lambda row: effects.get(row["id"], ()),
            angaben=lambda row: figures.get(row["id"], ()),
        ),
        _read(rows, Zielwert, "zielwert ORDER BY indikator, jahr"),
        _read(rows, Planungsauftrag, "planungsauftrag ORDER BY jahr, platz"),
        _read(rows, Handlungsempfehlung, "handlungsempfehlung ORDER BY datum, platz"),
        _read(rows, Geldbetrag, "geld WHERE betrag IS NOT NULL ORDER BY platz"),
        _read(rows, Fachnotiz, "fachnotiz ORDER BY datum, platz"),
        _first_of(rows("SELECT leitziel, indikator FROM kern ORDER BY platz")),
        _first_of(rows("SELECT fuer, indikator FROM angebot ORDER BY rowid")),
        {a.indikator: a for a in _read(rows, Anforderung, "anforderung ORDER BY indikator")},
        dict(rows("SELECT indikator, text FROM schutzsatz")),
    )


def _read(
    rows: Rows, kind: type[T], source: str, **more: Callable[[dict[str, Any]], object]
) -> tuple[T, ...]:
    """Return a table as records; `more` makes the fields that stand in other tables."""
    columns = [field.name for field in fields(kind) if field.name not in more]  # type: ignore[arg-type]
    found = []
    for row in rows(f"SELECT {', '.join(columns)} FROM {source}"):
        cells = dict(zip(columns, map(_plain, row), strict=True))
        found.append(kind(**cells, **{name: make(cells) for name, make in more.items()}))
    return tuple(found)


def _plain(cell: object) -> object:
    """Return a list as a tuple, so that records stay unchangeable."""
    return tuple(cell) if isinstance(cell, list) else cell


def _first_of(rows: list[tuple[Any, ...]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(only for (only,) in found) for key, found in _grouped(rows).items()}


def _grouped(rows: list[tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    groups: dict[str, tuple[Any, ...]] = {}
    for first, *rest in rows:
        groups[first] = (*groups.get(first, ()), tuple(rest))
    return groups
