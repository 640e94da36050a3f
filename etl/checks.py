"""Checks after loading: structure stops the refresh, plausibility is reported (METHODS, part 9)."""

from duckdb import DuckDBPyConnection

from etl.errors import DeliveryError, Mangel
from etl.gebiete import KREIS, Gebiete
from etl.lieferungen import Lieferung
from etl.schema import TOTAL_BIS

# A sum of 44 values that were each rounded to whole numbers may miss the total by 44 halves.
ROUNDING = 22
SHARE = 0.001

CELL = "lieferung, messgroesse, zeit, zeitbezug, geschlecht, alter_von, alter_bis, nationalitaet, gruppe, basis"

INCOMPLETE = f"""
SELECT lieferung, messgroesse, zeit, min(zeile), string_agg(gebiet, ' ')
FROM messwert
WHERE gebiet LIKE '{KREIS}%' AND length(gebiet) = 8
GROUP BY {CELL}
HAVING count(*) < ?
ORDER BY 1, 4
"""
SUMS = f"""
WITH gemeinden AS (
    SELECT {CELL}, sum(wert) AS summe
    FROM messwert JOIN messgroesse USING (messgroesse)
    WHERE gebiet LIKE '{KREIS}%' AND length(gebiet) = 8 AND additiv
    GROUP BY {CELL}
    HAVING count(wert) = ?
)
SELECT quelle, m.titel, zeit, geschlecht, alter_von, alter_bis, nationalitaet, gruppe, summe, k.wert
FROM messwert k
JOIN gemeinden USING ({CELL})
JOIN lieferung USING (lieferung)
JOIN messgroesse m USING (messgroesse)
WHERE k.gebiet = '{KREIS}' AND k.status = 'vorhanden'
  AND abs(summe - k.wert) > greatest({ROUNDING}, {SHARE} * abs(k.wert))
ORDER BY quelle, zeit
"""
DISAGREEMENTS = """
WITH zellen AS (
    SELECT messgroesse, gebiet, zeit, zeitbezug, geschlecht, alter_von, alter_bis, nationalitaet,
           gruppe, basis, max(wert) - min(wert) AS abstand, max(abs(wert)) AS groesse
    FROM messwert JOIN lieferung USING (lieferung)
    WHERE status = 'vorhanden' AND guete <> 'geschaetzt'
    GROUP BY messgroesse, gebiet, zeit, zeitbezug, geschlecht, alter_von, alter_bis, nationalitaet,
             gruppe, basis
    HAVING count(*) > 1
)
SELECT messgroesse, zeit, count(*), max(abstand)
FROM zellen WHERE abstand > greatest(1, 0.001 * groesse)
GROUP BY messgroesse, zeit ORDER BY 1, 2
"""


def refuse_gaps(intern: DuckDBPyConnection, files: dict[int, Lieferung], gebiete: Gebiete) -> None:
    """Refuse a table that has some municipalities of the Kreis, but not all of them.

    An absent row is not a zero; who has no figure writes the row with a symbol or empty.
    Raises:  DeliveryError naming the municipalities that are absent
    """
    maengel = []
    for number, messgroesse, zeit, line, present in intern.execute(
        INCOMPLETE, [len(gebiete.gemeinden)]
    ).fetchall():
        lieferung = files[number]
        if lieferung.quelle.unvollstaendig:
            continue
        absent = [gebiete.names[key] for key in gebiete.gemeinden if key not in present.split()]
        maengel.append(
            Mangel(
                f"{lieferung.datei}:{line}",
                f"{messgroesse}, {zeit}: Es fehlen {len(absent)} von {len(gebiete.gemeinden)}"
                f" Gemeinden: {', '.join(absent[:5])}{' …' if len(absent) > 5 else ''}.",
                "Die Zeilen ergänzen (Wert oder Symbol) oder in der Beschreibung »unvollstaendig«"
                " mit dem Grund eintragen.",
            )
        )
    if maengel:
        raise DeliveryError(maengel)


def report(intern: DuckDBPyConnection, gebiete: Gebiete) -> int:
    """Write what looks implausible into `befund`; return how many findings there are."""
    sums = intern.execute(SUMS, [len(gebiete.gemeinden)]).fetchall()
    findings = [_sum_finding(*row) for row in sums]
    findings += [_disagreement(*row) for row in intern.execute(DISAGREEMENTS).fetchall()]
    if findings:
        intern.executemany("INSERT INTO befund VALUES (?, ?, ?, ?)", findings)
    return len(findings)


def _sum_finding(
    quelle: str,
    titel: str,
    zeit: str,
    geschlecht: str,
    alter_von: int,
    alter_bis: int,
    nationalitaet: str,
    gruppe: str,
    total: float,
    kreis: float,
) -> tuple[str, str, str, str]:
    age = _age(alter_von, alter_bis)
    group = ", ".join(part for part in (geschlecht, age, nationalitaet, gruppe) if part)
    text = (
        f"{titel}, {zeit}{f' ({group})' if group else ''}: Summe der Gemeinden {_de(total)}, Kreiswert {_de(kreis)},"
        f" Abstand {_de(total - kreis)}."
    )
    return "summe", "pruefen", quelle, text


def _disagreement(
    messgroesse: str, zeit: str, cells: int, distance: float
) -> tuple[str, str, str, str]:
    text = (
        f"{messgroesse}, {zeit}: Zwei Quellen nennen für {cells} Gebiete oder Gruppen verschiedene"
        f" Werte (größter Abstand {_de(distance)}). Gezeigt wird die Quelle mit Vorrang."
    )
    return "widerspruch", "hinweis", "", text


def _age(alter_von: int, alter_bis: int) -> str:
    """Return an age range such as `15–64` or `75+`; all ages need no word."""
    if alter_bis == TOTAL_BIS:
        return f"{alter_von}+" if alter_von else ""
    return f"{alter_von}–{alter_bis}"


def _de(number: float) -> str:
    return f"{number:,.10g}".replace(",", "\u202f").replace(".", ",")
