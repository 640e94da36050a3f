"""The part of the service that answers what may be said of the values."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import fields

from indicators.records import GESAMT, Aehnlich, Bewertung, Bruch, Gepoolt, Gruppe, Trichter
from indicators.records_stand import Aenderung
from indicators.stand import Stand

BEWERTUNG = ", ".join(field.name for field in fields(Bewertung))
IN_GROUP = "geschlecht = ? AND alter = ? AND nationalitaet = ? AND gruppe = ?"
AENDERUNG = (
    "SELECT art, indikator, gebiet, zeit, vorher, jetzt, anzahl, groesste FROM aenderung"
    " ORDER BY art, indikator, zeit, gebiet"
)
TOTAL = "geschlecht = '' AND alter = '' AND nationalitaet = '' AND gruppe = ''"
ZUSAMMEN = f"(FROM bewertung WHERE {TOTAL})"


def among(gebiete: Sequence[str]) -> str:
    """Return the condition that a row is of one of these areas, which are bound one by one."""
    return f"gebiet IN ({', '.join('?' * len(gebiete))})" if gebiete else "false"


class Statements(ABC):
    """Trends, comparisons, funnels and comparable places of the build in use."""

    @abstractmethod
    def _current(self) -> Stand:
        """Return the build in use."""

    def bewertungen(self, gebiet: str) -> dict[str, Bewertung]:
        """Return what may be said of every indicator for one area, for everybody together."""
        found = self._current().von(gebiet, ZUSAMMEN, BEWERTUNG)
        return {row[0]: Bewertung(*row) for row in found}

    def bewertung(
        self, indikator: str, gebiete: Sequence[str], gruppe: Gruppe = GESAMT
    ) -> dict[str, Bewertung]:
        """Return what may be said of one indicator for some areas and one group of people."""
        stand = self._current()
        known = [key for key in gebiete if gruppe == GESAMT and stand.oft(key)]
        others = [key for key in gebiete if key not in known]
        rows = [row for key in known for row in stand.von(key, ZUSAMMEN, BEWERTUNG)]
        found = [row for row in rows if row[0] == indikator]
        if others:
            found += stand.rows(
                f"SELECT {BEWERTUNG} FROM bewertung WHERE indikator = ?"
                f" AND {among(others)} AND {IN_GROUP}",
                [indikator, *others, *gruppe],
            )
        return {row[1]: Bewertung(*row) for row in found}

    def aussagen(self, ebene: str = "gemeinde") -> dict[str, int]:
        """Count the newest trend statements over all indicators and own areas of a level."""
        found = self._current().rows(
            f"""SELECT aussage, count(*) FROM bewertung JOIN gebiet USING (gebiet)
                WHERE ebene = ? AND (eigen OR ebene <> 'gemeinde') AND status = 'vorhanden'
                  AND {TOTAL} GROUP BY aussage ORDER BY 2 DESC, 1""",
            [ebene],
        )
        return dict(found)

    def geprueft(self) -> tuple[int, int]:
        """Return how many series were tested for a trend at once, and how many were marked."""
        found = self._current().rows(
            "SELECT count(q), count(*) FILTER (WHERE q IS NOT NULL AND p < 0.05) FROM bewertung"
        )
        return found[0][0], found[0][1]

    def trichter(self, indikator: str) -> list[Trichter]:
        """Return the limits of chance by size of place, smallest first; empty without counts."""
        return list(self._current().trichter.get(indikator, ()))

    def gepoolt(self, gebiet: str) -> dict[str, Gepoolt]:
        """Return the newest three years together of each counted indicator for one place."""
        columns = (
            "indikator, gebiet, von_jahr, bis_jahr, zaehler, nenner, wert, unten, oben, klasse"
        )
        found = self._current().von(gebiet, "gepoolt", columns)
        return {row[0]: Gepoolt(*row) for row in found}

    def geglaettet(self, indikator: str) -> tuple[str, dict[str, float]]:
        """Return period and smoothed estimates by municipality; empty where nothing is counted."""
        found = self._current().rows(
            "SELECT zeit, gebiet, wert FROM geglaettet WHERE indikator = ?", [indikator]
        )
        return (found[0][0] if found else ""), {gebiet: wert for _, gebiet, wert in found}

    def aehnliche(self, gemeinde: str, art: str = "struktur") -> list[Aehnlich]:
        """Return the comparable municipalities, nearest first; art: struktur or groessenklasse."""
        found = sorted(self._current().von(gemeinde, "aehnlich", "platz, partner, grund, art"))
        return [Aehnlich(partner, why) for _, partner, why, kind in found if kind == art]

    def aenderungen(self) -> list[Aenderung]:
        """Return what this Datenstand changed against the one before, by indicator."""
        found = self._current().rows(AENDERUNG)
        return [Aenderung(*row) for row in found]

    def brueche(self, indikator: str) -> list[Bruch]:
        """Return the breaks that no trend of an indicator may cross, oldest first."""
        return list(self._current().brueche.get(indikator, ()))

    def verteilungen(self, ebene: str) -> list[tuple[str, str, int, str, list[float], int]]:
        """Return all values of every indicator and period on one level, oldest period first.

        Returns: indikator, zeit, jahr, zeitbezug, values ascending, number of areas; of the
                 municipalities only those of the Kreis; where two bases exist, the newer counts
        """
        return self._current().rows(
            "SELECT indikator, zeit, jahr, zeitbezug, werte, gebiete FROM verteilung"
            " WHERE ebene = ?",
            [ebene],
        )

    def mitten(self, gemeinde: str) -> dict[str, dict[tuple[str, str], float]]:
        """Return medians of other places at the newest period of a municipality.

        Returns: whose (`aehnliche`, `nachbarn`) → (indikator, zeit) → median of those with a value
        """
        found = self._current().von(gemeinde, "mitte", "art, indikator, zeit, wert")
        groups: dict[str, dict[tuple[str, str], float]] = {}
        for whose, indikator, zeit, middle in found:
            groups.setdefault(whose, {})[indikator, zeit] = middle
        return groups
