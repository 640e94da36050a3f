"""How often a trend marker is wrong: ours against three others, on the same draws.

    python bench/trend_simulation.py [--runs N] [--einwohner FILE]      under a minute

Invented cases (3 % of the inhabitants) in the 44 municipalities at their real sizes. First nothing
changes and every marker is a false one; then everything rises by 5 % a year and the marker should
see it. Years may scatter beyond counting noise, and good and bad years may come in a row.
Prints Markdown tables.
"""

import argparse
import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indicators.statistics import open_sdg, trend

EINWOHNER = (
    Path(__file__).parent.parent / "data" / "raw" / "statistische_aemter"
    / "regionalstatistik_12411_01_01_5.csv"
)  # fmt: skip
KREIS, DATE = "08116", "2015-12-31"
SHARE, RISE, POINTS = 0.03, 5, (5, 8, 15)
SIZES = ((0, 5000, "unter 5.000"), (5000, 10_000, "5.000 bis unter 10.000"),
         (10_000, 20_000, "10.000 bis unter 20.000"), (20_000, 10**9, "20.000 und mehr"))  # fmt: skip


@dataclass(frozen=True)
class Scatter:
    """Yearly ups and downs beyond counting noise: relative size, and correlation year to year."""

    text: str
    relative: float
    correlation: float


SCATTERS = (
    Scatter("nur Zählrauschen", 0.0, 0.0),
    Scatter("5 % Jahresschwankung", 0.05, 0.0),
    Scatter("15 % Jahresschwankung", 0.15, 0.0),
    Scatter("15 %, gute und schlechte Jahre in Folge (AR 0,6)", 0.15, 0.6),
)


def sizes(path: Path) -> np.ndarray:
    """Return the inhabitants of the 44 municipalities on one date."""
    with path.open(encoding="utf-8", newline="") as file:
        people = [
            float(row["wert"])
            for row in csv.DictReader(file, delimiter=";")
            if row["gebiet"].startswith(KREIS) and len(row["gebiet"]) == 8 and row["zeit"] == DATE
            and not row["geschlecht"] and not row["alter_von"] and not row["nationalitaet"]
        ]  # fmt: skip
    if len(people) != 44:
        raise SystemExit(f"{path.name}: {len(people)} statt 44 Gemeinden am {DATE}")
    return np.sort(people)


def draw(people: np.ndarray, points: int, scatter: Scatter, rise: float, seed: int) -> np.ndarray:
    """Return (series, years) cases for (series,) inhabitants."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((people.size, points))
    for year in range(1, points):
        fresh = np.sqrt(1 - scatter.correlation**2) * noise[:, year]
        noise[:, year] = scatter.correlation * noise[:, year - 1] + fresh
    middle = np.arange(points) - (points - 1) / 2
    level = SHARE * (1 + rise / 100) ** middle * np.exp(scatter.relative * noise)
    return rng.binomial(people[:, None].astype(np.int64), np.minimum(level, 1)).astype(float)


def markers(count: np.ndarray, people: np.ndarray) -> dict[str, np.ndarray]:
    """Return by rule the direction each series is given: 1 rising, -1 falling, 0 none."""
    points = count.shape[1]
    population = np.broadcast_to(people[:, None], count.shape)
    ours = trend.doppeltest_many(count, population, np.arange(points), "anteil")
    fingertips = trend.fingertips_many(count, population)
    growth = open_sdg.yearly_growth(count[:, 0], count[:, -1], points - 1)
    return {
        "Sozialmonitor": direction(ours.label),
        "Fingertips": direction(fingertips.label),
        "Open SDG": np.where(growth >= open_sdg.HIGH, 1, np.where(growth < 0, -1, 0)),
        "Vorzeichenpfeil": np.sign(count[:, -1] - count[:, -2]),
    }


def direction(label: np.ndarray) -> np.ndarray:
    """Turn labels into signs."""
    return np.where(label == trend.RISING, 1, np.where(label == trend.FALLING, -1, 0))


def percent(value: float) -> str:
    """Print a share as a German percentage."""
    return f"{100 * value:.1f} %".replace(".", ",")


def false_markers(people: np.ndarray) -> None:
    """Print how many series are marked although nothing changes."""
    names = list(markers(np.full((1, 5), 9.0), np.array([90.0])))
    print(f"\n| nichts ändert sich | Jahre | {' | '.join(names)} | Open SDG »deterioration« |")
    print("|---|--:|" + "--:|" * (len(names) + 1))
    for scatter in SCATTERS:
        for points in POINTS:
            found = markers(draw(people, points, scatter, 0, points), people)
            cells = [percent(np.mean(found[name] != 0)) for name in names]
            cells.append(percent(np.mean(found["Open SDG"] < 0)))
            print(f"| {scatter.text} | {points} | {' | '.join(cells)} |")


def power(people: np.ndarray) -> None:
    """Print how often a real rise is seen, and what a rise is taken for."""
    print(
        f"\n| +{RISE} % im Jahr | Jahre | erkannt | falsche Richtung | Fingertips erkannt | Pfeil falsch |"
    )
    print("|---|--:|--:|--:|--:|--:|")
    for scatter in SCATTERS:
        for points in POINTS:
            found = markers(draw(people, points, scatter, RISE, points), people)
            ours, arrow = found["Sozialmonitor"], found["Vorzeichenpfeil"]
            shares = (ours > 0, ours < 0, found["Fingertips"] > 0, arrow < 0)
            cells = [percent(np.mean(share)) for share in shares]
            print(f"| {scatter.text} | {points} | {' | '.join(cells)} |")


def detectable(people: np.ndarray) -> None:
    """Print by size what the test says it can see, and how often it then sees it."""
    print("\n| Einwohner | Jahre | kleinste erkennbare Veränderung im Jahr | davon erkannt |")
    print("|---|--:|--:|--:|")
    for low, high, text in SIZES:
        chosen = people[(people >= low) & (people < high)]
        for points in POINTS:
            flat = np.repeat(SHARE * chosen[:, None], points, axis=1)
            population = np.broadcast_to(chosen[:, None], flat.shape)
            smallest = trend.doppeltest_many(
                flat, population, np.arange(points), "anteil"
            ).detectable
            count = draw(chosen, points, SCATTERS[0], smallest[:, None], points)
            seen = np.mean(markers(count, chosen)["Sozialmonitor"] > 0)
            print(f"| {text} | {points} | {percent(np.median(smallest) / 100)} | {percent(seen)} |")


def main() -> None:
    """Run all three parts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=400, help="Ziehungen je Gemeinde")
    parser.add_argument("--einwohner", type=Path, default=EINWOHNER, help="Kreisformat-Datei")
    arguments = parser.parse_args()
    people = np.tile(sizes(arguments.einwohner), arguments.runs)
    print(f"44 Gemeinden, {arguments.runs} Ziehungen je Gemeinde, Fälle: {SHARE:.0%} der Einwohner")
    false_markers(people)
    power(people)
    detectable(people)


if __name__ == "__main__":
    main()
