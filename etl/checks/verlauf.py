"""From one year to the next: jumps, outliers, moved columns, stale copies, impossible rates.

Findings are gathered per source and Messgröße, so that one wrong column is one finding.
"""

from collections.abc import Iterator

from duckdb import DuckDBPyConnection

from etl.befund import Befund, deutsch, einige, prozent
from etl.gebiete import Gebiete
from etl.mandant import mandant

P_JUMP = 0.002
RATIO = 1.5
ROBUST = 3.5  # modified z of Iglewicz and Hoaglin
MOVED, STALE, AREAS = 0.8, 0.5, 20
LARGE = 20  # smaller counts often stay the same by chance
GROUP = "zeitbezug, geschlecht, alter_von, alter_bis, nationalitaet, gruppe, basis"

PAIRS = f"""
CREATE OR REPLACE TEMP TABLE paar AS
SELECT * FROM (
    SELECT lieferung, messgroesse, gebiet, zeit, bis, {GROUP}, wert, kleinste_zahl,
           lag(wert) OVER reihe AS vorher, lag(bis) OVER reihe AS bis_vorher,
           max(bis) OVER (PARTITION BY lieferung, messgroesse) AS neuestes
    FROM messwert JOIN messgroesse USING (messgroesse)
    WHERE wert IS NOT NULL AND gebiet LIKE '{{kreis}}%' AND length(gebiet) IN (5, 8)
    WINDOW reihe AS (PARTITION BY lieferung, messgroesse, gebiet, {GROUP} ORDER BY bis)
) WHERE datediff('day', bis_vorher, bis) BETWEEN 360 AND 370
"""
# Three standard deviations of a difference of two counts come first, the exact test afterwards.
JUMPS = f"""
SELECT quelle, m.titel, g.name, zeit, vorher, wert
FROM paar JOIN lieferung USING (lieferung) JOIN messgroesse m USING (messgroesse)
JOIN gebiet g USING (gebiet)
WHERE paar.kleinste_zahl IS NOT NULL AND wert >= 0 AND vorher >= 0
  AND (wert > {RATIO} * vorher OR wert < vorher / {RATIO}) AND abs(wert - vorher) > 3 * sqrt(wert + vorher)
ORDER BY quelle, m.titel, abs(wert - vorher) DESC
"""
OUTLIERS = f"""
WITH sprung AS (
    SELECT *, ln(wert / vorher) AS d FROM paar
    WHERE kleinste_zahl IS NULL AND length(gebiet) = 8 AND wert > 0 AND vorher > 0
), spalte AS (
    SELECT *, median(d) OVER s AS mitte, mad(d) OVER s AS streuung, count(*) OVER s AS n
    FROM sprung WINDOW s AS (PARTITION BY lieferung, messgroesse, zeit, {GROUP})
)
SELECT quelle, m.titel, g.name, zeit, vorher, wert
FROM spalte JOIN lieferung USING (lieferung) JOIN messgroesse m USING (messgroesse)
JOIN gebiet g USING (gebiet)
WHERE n >= {AREAS} AND streuung > 0 AND abs(0.6745 * (d - mitte) / streuung) > {ROBUST}
  AND abs(d) > ln({RATIO})
ORDER BY quelle, m.titel, abs(d) DESC
"""
COLUMNS = f"""
WITH spalte AS (
    SELECT lieferung, messgroesse, zeit, {GROUP}, bool_and(bis = neuestes) AS neu,
           avg(CAST(wert > 1.01 * vorher AS INTEGER)) AS auf,
           avg(CAST(wert < 0.99 * vorher AS INTEGER)) AS ab,
           avg(CAST(wert = vorher AS INTEGER)) AS gleich,
           median(abs(wert)) AS groesse, median(wert / nullif(vorher, 0)) - 1 AS um
    FROM paar WHERE length(gebiet) = 8
    GROUP BY ALL HAVING count(*) >= {AREAS}
)
SELECT quelle, m.titel, zeit, greatest(auf, ab), coalesce(max_by(um, abs(um)), 0), gleich
FROM spalte JOIN lieferung USING (lieferung) JOIN messgroesse m USING (messgroesse)
WHERE (neu AND greatest(auf, ab) >= {MOVED}) OR (gleich > {STALE} AND groesse >= {LARGE})
GROUP BY ALL ORDER BY quelle, m.titel, zeit
"""
RATES = """
SELECT quelle, m.titel, count(*), min(wert), max(wert)
FROM messwert JOIN messgroesse m USING (messgroesse) JOIN lieferung USING (lieferung)
WHERE m.einheit = 'Prozent' AND (wert < 0 OR wert > 100)
GROUP BY quelle, m.titel ORDER BY quelle, m.titel
"""
# Limits of an XmR chart: the mean and 2.66 times the mean moving range; twelve months at least.
MONTHS = f"""
WITH schritt AS (
    SELECT *, abs(wert - lag(wert) OVER (reihe ORDER BY bis)) AS weite,
           row_number() OVER (reihe ORDER BY bis DESC) AS alter
    FROM messwert WHERE zeitbezug = 'monat' AND wert IS NOT NULL AND gebiet LIKE '{{kreis}}%'
    WINDOW reihe AS (PARTITION BY lieferung, messgroesse, gebiet, {GROUP})
), grenze AS (
    SELECT lieferung, messgroesse, gebiet, {GROUP}, avg(wert) FILTER (alter > 1) AS mitte,
           2.66 * avg(weite) FILTER (alter > 1) AS breite,
           max(zeit) FILTER (alter = 1) AS zeit, max(wert) FILTER (alter = 1) AS wert
    FROM schritt GROUP BY ALL HAVING count(*) > 12
)
SELECT quelle, m.titel, g.name, zeit, mitte, wert
FROM grenze JOIN lieferung USING (lieferung) JOIN messgroesse m USING (messgroesse)
JOIN gebiet g USING (gebiet)
WHERE abs(wert - mitte) > breite ORDER BY quelle, m.titel, abs(wert - mitte) DESC
"""
LEAPS = (
    ("sprung", "springt gegenüber dem Vorjahr stärker, als Zufall erklärt"),
    ("ausreisser", "bewegt sich ganz anders als in den übrigen Gemeinden"),
    ("monat", "liegt außerhalb der bisherigen Schwankung der Monate"),
)


def befunde(intern: DuckDBPyConnection, _gebiete: Gebiete) -> Iterator[Befund]:
    """Yield what looks wrong when a series is followed from year to year."""
    kreis = mandant().kreis
    intern.execute(PAIRS.format(kreis=kreis))
    jumps = [row for row in intern.execute(JUMPS).fetchall() if jump_p(*row[-2:]) < P_JUMP]
    rows = (
        jumps,
        intern.execute(OUTLIERS).fetchall(),
        intern.execute(MONTHS.format(kreis=kreis)).fetchall(),
    )
    for (art, text), found in zip(LEAPS, rows, strict=True):
        yield from _leaps(art, text, found)
    for quelle, titel, zeit, moved, by, same in intern.execute(COLUMNS).fetchall():
        if moved >= MOVED:
            text = (
                f"{titel}, {zeit}: {moved:.0%} der Gemeinden bewegen sich in dieselbe Richtung"
                f" (Mitte {prozent(by)}). Definition, Basis oder Spalte geändert?"
            )
            yield Befund("verschiebung", "pruefen", quelle, text.replace("%", " %", 1))
        else:
            text = (
                f"{titel}, {zeit}: {100 * same:.0f} % der Werte sind die des Vorjahres. Alte Datei?"
            )
            yield Befund("kopie", "pruefen", quelle, text)
    for quelle, titel, count, least, most in intern.execute(RATES).fetchall():
        text = (
            f"{titel}: {count} Werte liegen nicht zwischen 0 und 100 Prozent"
            f" (von {deutsch(least)} bis {deutsch(most)})."
        )
        yield Befund("unmoeglich", "pruefen", quelle, text)
    intern.execute("DROP TABLE paar")


def _leaps(
    art: str, text: str, rows: list[tuple[str, str, str, str, float, float]]
) -> Iterator[Befund]:
    """Yield one finding per source and Messgröße, the largest leaps first."""
    gathered: dict[tuple[str, str], list[str]] = {}
    for quelle, titel, gebiet, zeit, before, after in rows:
        place = f"{gebiet} {zeit}: {deutsch(round(before, 2))} → {deutsch(round(after, 2))}"
        gathered.setdefault((quelle, titel), []).append(place)
    for (quelle, titel), places in gathered.items():
        yield Befund(art, "pruefen", quelle, f"{titel} {text}: {einige(places)}.")


def jump_p(before: float, after: float) -> float:
    """Return how likely two counts of one size are to differ so much: exact, two-sided.

    Given their sum, one of two Poisson counts with the same mean is binomial with one half.
    Source:  Przyborowski, Wilenski (1940), Biometrika 31, 313-323
    """
    from scipy.special import bdtr

    total = round(before) + round(after)
    return min(1.0, 2 * float(bdtr(min(round(before), round(after)), total, 0.5)))
