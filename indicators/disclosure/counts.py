"""Which counts the calculated rows would show: numerators, denominators, plain counts.

Reads the temporary tables of `indicators.compute`. A count that several indicators show is one
cell. Only Messgrößen of which some delivery is not exempt are looked at, with all their cells: what
an exempt delivery shows is known to everybody and helps an attacker.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from duckdb import DuckDBPyConnection

from etl import tables
from etl.errors import DefinitionError, Mangel
from etl.messgroessen import FILE, Messgroesse
from indicators.disclosure.rules import STANDARD, Regel, pruefe_beitraege

RULES = set(Regel.__dataclass_fields__)


class Kennung(NamedTuple):
    """What a cell counts, wherever it is shown; `fassung` tells two sources apart that disagree."""

    messgroesse: str
    gebiet: str
    zeit: str
    zeitbezug: str
    von: date
    bis: date
    geschlecht: str
    alter_von: int
    alter_bis: int
    nationalitaet: str
    gruppe: str
    basis: str
    fassung: str = ""

    def text(self) -> str:
        """Return the key under which releases remember a cell."""
        return "|".join("" if part is None else str(part) for part in self)

    @classmethod
    def aus_text(cls, text: str) -> "Kennung":
        """Return what `text` has written."""
        what, area, zeit, kind, von, bis, sex, low, high, nation, *group, basis, version = (
            text.split("|")
        )
        days = date.fromisoformat(von), date.fromisoformat(bis)
        ages = int(low), int(high)
        return cls(
            what, area, zeit, kind, *days, sex, *ages, nation, "|".join(group), basis, version
        )


@dataclass(frozen=True, slots=True)
class Zaehlung:
    """One count as one delivery has it.

    wert:    NaN where the source hides it
    ganzes:  the smallest denominator of which it is shown to be a share; infinite without one
    offen:   the delivery is exempt
    wenige:  too few contributors, or one that dominates
    """

    kennung: Kennung
    wert: float
    ganzes: float
    quelle: str
    regel: Regel
    offen: bool
    wenige: bool

    @property
    def gerundet(self) -> bool:
        """Say whether the count is shown rounded instead of being suppressed."""
        return self.regel.runden is not None and not self.offen


# Every row shows its main operand, most a denominator, some a count beside a published rate.
SHOWN = """
CREATE TEMP TABLE beleg AS
SELECT e.rowid AS zeile, 'haupt' AS rolle, a.ziel, e.ort, t.wert, t.status_nr, t.lieferung
FROM ergebnis e JOIN aufgabe a USING (aufgabe)
JOIN teilwert t ON t.ziel = a.ziel AND t.ort = e.ort
UNION ALL
SELECT e.rowid, 'nenner', f.ziel, e.ort, f.wert, f.status_nr, f.lieferung
FROM ergebnis e JOIN gefunden f USING (fund)
UNION ALL
SELECT e.rowid, 'zaehler', z.ziel, e.ort, z.wert, z.status_nr, z.lieferung
FROM ergebnis e JOIN aufgabe a USING (aufgabe)
JOIN gefunden z ON z.wunsch = a.zaehler_wunsch AND z.ort = e.ort
"""
# Of a characteristic that passes through as a group the ziel has the value, else the operand.
WHAT = """
    o.messgroesse, g.gebiet, z.zeit, z.zeitbezug, z.von, z.bis,
    CASE WHEN o.jedes_geschlecht THEN z.geschlecht ELSE o.geschlecht END AS geschlecht,
    CASE WHEN o.jedes_alter THEN z.alter_von ELSE o.alter_von END AS alter_von,
    CASE WHEN o.jedes_alter THEN z.alter_bis ELSE o.alter_bis END AS alter_bis,
    CASE WHEN o.jede_nationalitaet THEN z.nationalitaet ELSE o.nationalitaet END AS nationalitaet,
    CASE WHEN o.jede_gruppe THEN z.gruppe ELSE o.gruppe END AS gruppe, z.basis
"""
KEY = ", ".join(Kennung._fields[:-1])
CELLS = f"""
CREATE TEMP TABLE zellbeleg AS
WITH frage AS (SELECT DISTINCT ON (operand) * FROM operand)
SELECT b.zeile, b.rolle, {WHAT}, s.status, b.wert, l.lieferung, l.quelle
FROM beleg b
JOIN ziel z ON z.ziel = b.ziel
JOIN frage o ON o.operand = z.operand
JOIN ort g ON g.ort = b.ort
JOIN status_nr s ON s.nr = b.status_nr
JOIN intern.lieferung l ON l.lieferung = b.lieferung
JOIN zu_schuetzen p ON p.messgroesse = o.messgroesse
WHERE s.status IN ('vorhanden', 'nichts_vorhanden', 'geheim')
"""
COUNTS = f"""
WITH ganzes AS (
    SELECT e.rowid AS zeile, e.nenner AS ganzes
    FROM ergebnis e JOIN aufgabe a USING (aufgabe)
    WHERE a.art = 'anteil' AND e.nenner IS NOT NULL
)
SELECT {KEY}, any_value(CASE status WHEN 'vorhanden' THEN c.wert WHEN 'geheim' THEN 'nan'::DOUBLE
                        ELSE 0 END),
       min(CASE WHEN rolle = 'haupt' THEN g.ganzes END), quelle, lieferung
FROM zellbeleg c LEFT JOIN ganzes g USING (zeile)
GROUP BY {KEY}, quelle, lieferung
ORDER BY {KEY}, quelle
"""
CARRIERS = f"""
SELECT messgroesse, {KEY.partition(", ")[2]}, wert FROM intern.messwert
WHERE messgroesse IN (SELECT unnest(?)) AND wert IS NOT NULL
"""


def find(
    connection: DuckDBPyConnection, messgroessen: Mapping[str, Messgroesse], *, ausnahmen: bool
) -> list[Zaehlung]:
    """Return every count that would be shown and whose family has something to protect.

    connection: after `compute`, with intern.duckdb attached as `intern`; leaves the temporary
                tables `beleg` and `zellbeleg` (which row shows which cell)
    ausnahmen:  exempt deliveries are exempt
    Raises:     DefinitionError for a figure about which nobody has said whether it counts persons
    """
    rules, exempt = _rules(connection)
    exempt = exempt if ausnahmen else set()
    _refuse_unknown(connection, messgroessen, set(rules) - exempt if ausnahmen else set())
    concerned = _concerned(connection, messgroessen, set(rules) - exempt)
    if not concerned:
        return []
    connection.execute(SHOWN)
    connection.execute("CREATE TEMP TABLE zu_schuetzen (messgroesse VARCHAR)")
    tables.insert(connection, "zu_schuetzen", [(name,) for name in sorted(concerned)])
    connection.execute(CELLS)
    rows = connection.execute(COUNTS).fetchall()
    few = _few(connection, messgroessen, rows, rules)
    own = {(row[0], row[-1]) for row in rows}
    regeln = {(name, number): rule(messgroessen[name], rules[number]) for name, number in own}
    return [
        Zaehlung(
            key := Kennung(*row[:-4]),
            float(row[-4]),
            np.inf if row[-3] is None else float(row[-3]),
            row[-2],
            regeln[key.messgroesse, row[-1]],
            row[-1] in exempt,
            number in few,
        )
        for number, row in enumerate(rows)
    ]


def rule(messgroesse: Messgroesse, quelle: Mapping[str, Any]) -> Regel:
    """Join what Messgröße and Quelle demand: the Quelle's word counts, of two smallest the larger."""
    own = messgroesse.model_dump(include=RULES, exclude_none=True)
    both = own | dict(quelle)
    if "kleinste_zahl" in own and "kleinste_zahl" in quelle:
        both["kleinste_zahl"] = max(own["kleinste_zahl"], quelle["kleinste_zahl"])
    if both.keys() & {"traeger", "dominanz"} or both.get("nie_unter_kreis"):
        both["runden"] = None  # what must not be shown is not shown rounded either
    return STANDARD.mit(**both)


def root(messgroessen: Mapping[str, Messgroesse], name: str) -> str:
    """Return the Messgröße of which another one is a part, at any depth."""
    while messgroessen[name].teil_von:
        name = messgroessen[name].teil_von
    return name


def _rules(connection: DuckDBPyConnection) -> tuple[dict[int, dict[str, Any]], set[int]]:
    rows = connection.execute(
        "SELECT lieferung, geheimhaltung, ausnahme FROM intern.lieferung"
    ).fetchall()
    exempt = {number for number, _, reason in rows if reason}
    return {number: json.loads(text) for number, text, _ in rows}, exempt


def _concerned(
    connection: DuckDBPyConnection, messgroessen: Mapping[str, Messgroesse], protected: set[int]
) -> set[str]:
    """Return the Messgrößen of persons of which a protected delivery has figures, and their kin."""
    rows = connection.execute("SELECT DISTINCT messgroesse, lieferung FROM kopf").fetchall()
    roots = {
        root(messgroessen, name)
        for name, number in rows
        if number in protected and not messgroessen[name].ohne_personen
    }
    return {
        name
        for name, m in messgroessen.items()
        if root(messgroessen, name) in roots and m.kleinste_zahl is not None
    }


def _refuse_unknown(
    connection: DuckDBPyConnection, messgroessen: Mapping[str, Messgroesse], protected: set[int]
) -> None:
    """Refuse figures that could not be judged: without a rule and without a word that none is due."""
    rows = connection.execute(
        "SELECT DISTINCT messgroesse, datei FROM kopf JOIN intern.lieferung l USING (lieferung)"
        " WHERE lieferung IN (SELECT unnest(?)) ORDER BY 1, 2",
        [sorted(protected)],
    ).fetchall()
    unknown = [
        Mangel(
            datei,
            f"Ob die Messgröße »{name}« Personen zählt, hat niemand gesagt.",
            f"In {FILE.name} »kleinste_zahl« oder »ohne_personen: true« eintragen. Statt einer Quote"
            " über Personen die Zählung liefern: nur sie lässt sich prüfen.",
        )
        for name, datei in rows
        if messgroessen[name].kleinste_zahl is None and not messgroessen[name].ohne_personen
    ]
    if unknown:
        raise DefinitionError(unknown)


def _few(
    connection: DuckDBPyConnection,
    messgroessen: Mapping[str, Messgroesse],
    rows: Sequence[tuple[Any, ...]],
    rules: Mapping[int, Mapping[str, Any]],
) -> set[int]:
    """Return the numbers of the rows behind which there are too few contributors, or a large one."""
    asked = {m.traeger_zahl for m in messgroessen.values()}
    asked |= {m.groesster_beitrag for m in messgroessen.values()}
    found = connection.execute(CARRIERS, [sorted(asked - {""})]).fetchall()
    known = {tuple(row[:-1]): float(row[-1]) for row in found}
    few = set()
    for number, row in enumerate(rows):
        m = messgroessen[row[0]]
        largest, carriers = (
            known.get((name, *row[1:-4]), np.nan) for name in (m.groesster_beitrag, m.traeger_zahl)
        )
        value = float(row[-4])
        if not np.isnan([largest, carriers]).all() and not np.isnan(value):
            own = rule(m, rules[row[-1]])
            if pruefe_beitraege(value, largest, carriers, own).item():
                few.add(number)
    return few
