"""Write the two tables of what the Doppeltest finds: power.csv and power_few_cases.csv.

    python bench/power_table.py          about two minutes; seeds are fixed, so the files are too

See indicators/statistics/power.py for the derivation.
"""

from pathlib import Path

import numpy as np

from indicators.statistics import power, trend

FOLDER = Path(__file__).parent.parent / "indicators" / "statistics"
HEAD = "points,scatter,detectable_factor,chance_share,usual_estimate"
RUNS = 20_000
STEP = 0.05
MULTIPLES = np.arange(0.9, 2.0, STEP)


def main() -> None:
    """Solve every cell of both tables."""
    write("power.csv", [HEAD, *distributions()])
    write("power_few_cases.csv", ["points,cases_per_year,correction", *few_cases()])


def write(name: str, lines: list[str]) -> None:
    """Write one table."""
    (FOLDER / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} Zeilen → {name}")


def distributions():
    """Yield factor, chance share and median estimate by points and scatter, from distributions."""
    for points in range(power.POINTS[0], power.POINTS[1] + 1):
        estimates = power.estimates_of_scatter(points)
        median = float(np.median(estimates))
        for scatter in power.SCATTERS:
            factor = power.solve(points, scatter, estimates)
            chance = power.found_share(0.0, points, scatter, estimates)
            yield f"{points},{scatter:g},{factor:.4f},{chance:.5f},{median:.4f}"


def few_cases():
    """Yield by how much the factor grows when counts are small, from simulated counts."""
    for points in range(power.FEW_POINTS[0], power.FEW_POINTS[1] + 1):
        factor = float(power.detectable_factor(points, 1.0))
        for cases in power.CASES_PER_YEAR[:-1]:
            yield f"{points},{cases:g},{correction(points, cases, factor):.3f}"


def correction(points: int, cases: float, factor: float) -> float:
    """Return the multiple of `factor` at which 80 % of simulated steady changes are found.

    Steeper is not always easier to see, so the multiples are walked through from below. Where the
    most is found before 80 % are reached, that multiple counts if it finds 70 %, else none (NaN).
    """
    time = np.arange(points) - (points - 1) / 2
    error = 1 / np.sqrt(cases * (time**2).sum())

    def share(multiple: float) -> float:
        return found(cases * np.exp(multiple * factor * error * time), points)

    shares = []
    for multiple in MULTIPLES:
        shares.append(share(multiple))
        if shares[-1] >= power.POWER:
            return refine(share, multiple)
    best = int(np.argmax(shares))
    return float(MULTIPLES[best]) if shares[best] >= power.AT_LEAST else float("nan")


def refine(share, high: float) -> float:
    """Bisect between the last multiple that was not enough and the first that was."""
    low = high - STEP
    for _ in range(6):
        middle = (low + high) / 2
        low, high = (middle, high) if share(middle) < power.POWER else (low, middle)
    return max(1.0, (low + high) / 2)


def found(expected: np.ndarray, points: int) -> float:
    """Return the share of Poisson series with these expectations that are called rising."""
    draws = np.random.default_rng(points).poisson(expected, size=(RUNS, points))
    many = trend.doppeltest_many(draws, np.ones(points), np.arange(points), "rate")
    return float(np.mean((many.p < power.ALPHA) & (many.apc > 0)))


if __name__ == "__main__":
    main()
