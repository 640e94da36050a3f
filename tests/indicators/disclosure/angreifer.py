"""An attacker who shares no line with the product: own relations, own linear program.

Sees only what is published: {(zeit, gebiet, geschlecht, alter): count or None}, the empty word
standing for »all«; rates with their denominators; pooled years; an earlier release. Returns the
cells of which it can prove that they are below k. Knows the rule that zeros are shown.
"""

from collections import defaultdict
from itertools import count

import numpy as np
from scipy.optimize import linprog

GESAMT = ""


class Angreifer:
    """Collects equations in the unknown cells, then asks for the largest possible value of each."""

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

    def grenzen(self, cell, weiss=None):
        """Return the smallest and largest possible value; `weiss` is a cell known to be 1."""
        if not hasattr(self, "solved"):
            self.solved = self.system()
        bounds = [self.limits.get(c, (self.least, None)) for c in self.unknown]
        bounds = [(low, None if high is None or np.isinf(high) else high) for low, high in bounds]
        if weiss is not None:
            bounds[self.unknown[weiss]] = (1, 1)
        answers = []
        for sign in (1, -1):
            cost = np.zeros(len(bounds))
            cost[self.unknown[cell]] = sign
            matrix, right = self.solved
            equal = {"A_eq": matrix, "b_eq": right} if len(matrix) else {}
            result = linprog(cost, bounds=bounds, method="highs-ds", **equal)
            answers.append(np.inf * -sign if result.status == 3 else sign * result.fun)
        return tuple(answers)

    def ueberfuehrt(self, kleine, k):
        """Return the small cells that are proven to be below k."""
        return [cell for cell in kleine if self.grenzen(cell)[1] < k - 1e-6]
