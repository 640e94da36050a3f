"""An attacker who shares no line with the product: own relations, own whole-number programs.

Sees only what is published: {(zeit, gebiet, geschlecht, alter): count or None}, the empty word
standing for »all«; rates with their denominators; pooled years; an earlier release. Returns the
cells of which it can prove that they are below k. Knows the rule that zeros are shown, and that
people come in whole numbers. A cell escapes only through a table that agrees with everything seen
and has k or more in it; where no such table is found in time, the cell counts as convicted.
"""

from collections import defaultdict
from itertools import count

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

GESAMT = ""
SECONDS = 60


class Angreifer:
    """Collects equations in the unknown cells, then seeks tables in which the small cells are not small."""

    def __init__(self, *, nullen_gezeigt=True):
        self.least = 1 if nullen_gezeigt else 0
        self.known = {}
        self.unknown = {}
        self.limits = {}
        self.equations = []

    def sieht(self, veroeffentlicht):
        """Take in a release; what any release shows is known, also where the other one hides it."""
        for cell, value in veroeffentlicht.items():
            if value is not None:
                self.known[cell] = value

    def sucht(self, cells):
        """Number the cells that no release shows."""
        number = count(len(self.unknown))
        for cell in cells:
            if cell not in self.known and cell not in self.unknown:
                self.unknown[cell] = next(number)

    def addiert(self, cells):
        """Write down that on every axis the parts make up the total."""
        cells = list(cells)
        for axis in range(len(cells[0])):
            lines = defaultdict(list)
            for cell in cells:
                lines[cell[:axis] + cell[axis + 1 :]].append(cell)
            for line in lines.values():
                totals = [cell for cell in line if cell[axis] == GESAMT]
                parts = [cell for cell in line if cell[axis] != GESAMT]
                if totals and parts:
                    self.gleichung(parts, totals[0])

    def gleichung(self, parts, total):
        self.equations.append([(cell, 1) for cell in parts] + [(total, -1)])

    def teilt(self, cell, quote, nenner, skala, stellen):
        """Take in that a rounded rate times its denominator bounds the count."""
        half = 0.5 * 10**-stellen
        low, high = (quote - half) * nenner / skala, (quote + half) * nenner / skala
        before = self.limits.get(cell, (self.least, np.inf))
        self.limits[cell] = (
            max(before[0], np.ceil(low - 1e-9)),
            min(before[1], np.floor(high + 1e-9)),
        )

    def ist(self, cell):
        """Take in that the attacker is the only case of a cell."""
        self.limits[cell] = (1, 1)

    def system(self):
        matrix, right = [], []
        for equation in self.equations:
            row, value = np.zeros(len(self.unknown)), 0.0
            for cell, factor in equation:
                if cell in self.known:
                    value -= factor * self.known[cell]
                else:
                    row[self.unknown[cell]] += factor
            if row.any():
                matrix.append(row)
                right.append(value)
        return np.array(matrix), np.array(right)

    def ueberfuehrt(self, kleine, k):
        """Return the small cells for which no possible table has k or more."""
        convicted, left = [], list(kleine)
        while left:
            # One table lifts many cells at once; what it does not lift is asked for by itself.
            lifted = self.hebt(left, k)
            if not lifted:
                lifted = left[:1]
                convicted += [cell for cell in lifted if not self.hebt([cell], k)]
            left = [cell for cell in left if cell not in lifted]
        return convicted

    def hebt(self, cells, k):
        """Return those of the cells that one possible table, which seeks to lift all, has at k."""
        if not hasattr(self, "solved"):
            self.solved = self.system()
        matrix, right = self.solved
        size, many = len(self.unknown), len(cells)
        limits = np.array([self.limits.get(c, (self.least, np.inf)) for c in self.unknown])
        place = [self.unknown[cell] for cell in cells]
        # Beside each cell stands how much of k it reaches; the sum of these is sought.
        reach = np.zeros((many, size))
        reach[np.arange(many), place] = 1
        constraints = [LinearConstraint(np.hstack([reach, -np.eye(many)]), 0, np.inf)]
        if len(matrix):
            wide = np.hstack([matrix, np.zeros((len(matrix), many))])
            constraints.append(LinearConstraint(csr_array(wide), right, right))
        answer = milp(
            np.append(np.zeros(size), -np.ones(many)),
            integrality=np.append(np.ones(size), np.zeros(many)),
            bounds=Bounds(
                np.append(limits[:, 0], np.full(many, -np.inf)),
                np.append(limits[:, 1], np.full(many, k)),
            ),
            constraints=constraints,
            options={"time_limit": SECONDS, "mip_rel_gap": 0.2 if many > 1 else 0.0},
        )
        if answer.x is None:
            return []
        table = np.round(answer.x[:size])
        assert np.abs(answer.x[:size] - table).max() < 1e-5
        assert not len(matrix) or (matrix @ table == right).all()
        return [cell for cell, number in zip(cells, place, strict=True) if table[number] >= k]
