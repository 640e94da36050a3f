"""What a new Stand of a table changes: new periods, revised values with their size, lost rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from etl.befund import Befund, deutsch, einige, prozent
from etl.errors import DeliveryError
from etl.freigaben import FOLDER, Freigabe
from etl.gebiete import Gebiete
from etl.lieferungen import Lieferung
from etl.uebernahme import Frueher

KEY = "messgroesse, gebiet, zeit, zeitbezug, geschlecht, alter_von, alter_bis, nationalitaet, gruppe, basis"
NOTABLE = 0.01  # a final value that moves by more than this is looked at
LEAST = 20  # smaller tables may well lose half of their rows
COUNT = "SELECT count(*) FROM {}messwert WHERE lieferung = ?"
TIMES_MEAN = 3  # or by more than three times the mean absolute revision

VINTAGES = """
SELECT alt.lieferung, neu.lieferung, neu.quelle, alt.stand, neu.stand
FROM lieferung neu
JOIN lieferung alt ON alt.zuordnung = neu.zuordnung AND alt.stand < neu.stand
WHERE neu.zuordnung <> '' AND NOT EXISTS (
    SELECT 1 FROM lieferung z
    WHERE z.zuordnung = neu.zuordnung AND z.stand > alt.stand AND z.stand < neu.stand)
ORDER BY neu.quelle
"""
COMPARE = f"""
CREATE OR REPLACE TEMP TABLE revision AS
SELECT {KEY}, a.lieferung AS alt, n.lieferung AS neu, a.wert AS alter_wert, n.wert AS neuer_wert,
       a.status AS alter_status, n.status AS neuer_status, a.guete AS alte_guete
FROM (SELECT * FROM {{alt}} WHERE lieferung = ?) a
FULL JOIN (SELECT * FROM messwert WHERE lieferung = ?) n USING ({KEY})
"""
PERIODS = """
SELECT list(zeit ORDER BY zeit) FILTER (alt = 0), list(zeit ORDER BY zeit) FILTER (neu = 0)
FROM (SELECT zeit, count(alt) AS alt, count(neu) AS neu FROM revision GROUP BY zeit)
"""
VANISHED = """
SELECT count(*), min(messgroesse || ' ' || gebiet || ' ' || zeit) FROM revision
WHERE neu IS NULL AND zeit IN (SELECT zeit FROM revision WHERE neu IS NOT NULL)
"""
REVISED = """
SELECT messgroesse, gebiet, zeit, alter_wert, neuer_wert, alte_guete,
       neuer_wert / nullif(alter_wert, 0) - 1 AS um
FROM revision WHERE alter_wert IS NOT NULL AND neuer_wert IS NOT NULL AND alter_wert <> neuer_wert
ORDER BY abs(neuer_wert / nullif(alter_wert, 0) - 1) DESC NULLS LAST
"""
OTHERS = """
SELECT count(*) FROM revision
WHERE alt IS NOT NULL AND neu IS NOT NULL AND alter_status <> neuer_status
"""


@dataclass(frozen=True, slots=True)
class Vergleich:
    """What changed between two Stände of one table."""

    neue_zeiten: list[str]
    fehlende_zeiten: list[str]
    verschwunden: int
    beispiel: str
    berichtigt: list[tuple[str, str, str, float, float, str, float | None]]
    anderer_status: int

    @property
    def auffaellig(self) -> bool:
        """Say whether somebody should look: lost rows, or final values that moved notably."""
        moves = [abs(row[-1]) for row in self.berichtigt if row[-1] is not None]
        limit = (
            max(NOTABLE, 0.0) if not moves else min(NOTABLE, TIMES_MEAN * sum(moves) / len(moves))
        )
        final = [
            abs(row[-1]) if row[-1] is not None else 1.0
            for row in self.berichtigt
            if row[-2] != "vorlaeufig"
        ]
        return bool(self.verschwunden or self.fehlende_zeiten or any(m > limit for m in final))

    def saetze(self) -> str:
        """Return the comparison in German, shortest first."""
        parts = [f"neu: {_range(self.neue_zeiten)}"] if self.neue_zeiten else []
        if self.berichtigt:
            largest = self.berichtigt[0]
            size = prozent(largest[-1]) if largest[-1] is not None else "von 0 aus"
            moves = [abs(row[-1]) for row in self.berichtigt if row[-1] is not None]
            mean = (
                f", im Mittel {100 * sum(moves) / len(moves):.2f} %".replace(".", ",")
                if moves
                else ""
            )
            parts.append(
                f"{len(self.berichtigt)} Werte berichtigt{mean}, am stärksten {largest[0]}"
                f" {largest[1]} {largest[2]}: {deutsch(largest[3])} → {deutsch(largest[4])} ({size})"
            )
        if self.anderer_status:
            parts.append(f"{self.anderer_status} Werte gibt es nur in einem der beiden Stände")
        if self.verschwunden:
            parts.append(f"{self.verschwunden} Zeilen verschwunden, zum Beispiel {self.beispiel}")
        if self.fehlende_zeiten:
            parts.append(f"nicht mehr enthalten: {_range(self.fehlende_zeiten)}")
        return "; ".join(parts) or "nichts hat sich geändert"


def befunde(intern: DuckDBPyConnection, _gebiete: Gebiete) -> Iterator[Befund]:
    """Yield what each Stand of a table changes against the one before it."""
    for alt, neu, quelle, before, after in intern.execute(VINTAGES).fetchall():
        found = vergleich(intern, "messwert", alt, neu)
        text = f"Stand {after:%d.%m.%Y} gegenüber {before:%d.%m.%Y}: {found.saetze()}."
        yield Befund("revision", "pruefen" if found.auffaellig else "hinweis", quelle, text)


def vergleich(intern: DuckDBPyConnection, table: str, alt: int, neu: int) -> Vergleich:
    """Compare delivery `alt` of a table of Messwerte with delivery `neu` of this build."""
    intern.execute(COMPARE.format(alt=table), [alt, neu])
    new, gone = intern.execute(PERIODS).fetchone() or (None, None)
    vanished = intern.execute(VANISHED).fetchone() or (0, "")
    others = intern.execute(OTHERS).fetchone() or (0,)
    revised = intern.execute(REVISED).fetchall()
    intern.execute("DROP TABLE revision")
    return Vergleich(new or [], gone or [], vanished[0], vanished[1] or "", revised, others[0])


def _range(periods: list[str]) -> str:
    return einige(periods) if len(periods) < 5 else f"{periods[0]} bis {periods[-1]}"


def ersetzt(
    intern: DuckDBPyConnection,
    neu: Mapping[int, Lieferung],
    frueher: Mapping[str, Frueher],
    freigaben: Sequence[Freigabe],
) -> Iterator[Befund]:
    """Yield what changed where a file has taken the place of another one.

    neu:     the deliveries just read, by number; frueher: those of the attached build `vorher`
    Raises:  DeliveryError if a file has lost more than half of its rows without a Freigabe
    """
    for number, lieferung in neu.items():
        quelle = lieferung.quelle.quelle
        before = frueher.get(quelle)
        if before is None or before.sha256 == lieferung.sha256:
            continue
        _refuse_shrunk(intern, number, lieferung, before.lieferung, freigaben)
        found = vergleich(intern, "vorher.messwert", before.lieferung, number)
        text = f"Die Datei wurde ersetzt: {found.saetze()}."
        yield Befund("ersetzt", "pruefen" if found.auffaellig else "hinweis", quelle, text)


def _refuse_shrunk(
    intern: DuckDBPyConnection,
    number: int,
    lieferung: Lieferung,
    before: int,
    freigaben: Sequence[Freigabe],
) -> None:
    (old,) = intern.execute(COUNT.format("vorher."), [before]).fetchone() or (0,)
    (new,) = intern.execute(COUNT.format(""), [number]).fetchone() or (0,)
    quelle, print_ = lieferung.quelle.quelle, lieferung.sha256
    if old < LEAST or new >= old / 2 or any(f.gilt(quelle, print_, "umfang") for f in freigaben):
        return
    raise DeliveryError.at(
        lieferung.datei,
        f"Die Datei hat nur noch {new} von {old} Werten; sie ist wohl unvollständig.",
        f"Die vollständige Datei ablegen. Ist die kürzere gewollt, unter {FOLDER}/ freigeben:"
        f" quelle {quelle}, sha256 {print_[:12]}, pruefungen [umfang], funktion, datum, grund.",
    )
