"""Disclosure control: one dimension at national size, hard linked tables, distance to the optimum.

python -m bench.disclosure [--seeds N] [--ab N] [--jahre N] [--form 44,2,6] [--optimum N]
                           [--tafel JAHRE] [--mittel ZAHL]

National: 10,786 Gemeinden × 20 counts × 10 years with invented counts, as one table each and by
400 Kreise. Delivered: 45 areas × 3 sexes × 18 ages × 3 nationalities × JAHRE as one delivery, with
counts around MITTEL (1,000: none is small), protected as a build does it. Hard: sparse 44 × 2 × 6 tables with totals, one for each
seed and year; each is suppressed, audited, and attacked by the attacker of the tests, which shares
no line with the product. Optimum: small tables, least number of partners by a whole-number program.
"""

import argparse
import sys
import tempfile
import time
from itertools import count, product
from pathlib import Path

import numpy as np

from bench.messen import Zeile, drucke, mitte
from etl import warehouse
from indicators.compute import compute
from indicators.disclosure import Regel, audit, linked, onedim
from indicators.disclosure.datenstand import schuetze_datenstand
from indicators.disclosure.rules import pruefe_zahlen
from indicators.disclosure.tables import mit_summen
from tests.haus import GEMEINDEN as GEMEINDEN_ESSLINGEN
from tests.haus import Haus
from tests.indicators.disclosure.angreifer import Angreifer
from tests.indicators.disclosure.optimum import wenigste_partner
from tests.indicators.disclosure.tafeln import duenn, geflecht, veroeffentlicht

GEMEINDEN, KREISE, ZAHLEN, JAHRE = 10_786, 400, 20, 10
BUDGET_SEKUNDEN = 10
K = 3


def national(kreise: int) -> list[Zeile]:
    """Suppress and audit all tables of the nation, each with `kreise` totals."""
    rng = np.random.default_rng(1)
    tables = ZAHLEN * JAHRE
    people = np.maximum(30, np.exp(rng.normal(7.2, 1.4, GEMEINDEN))).astype(int)
    rates = rng.uniform(0.0005, 0.05, tables)
    counts = np.minimum(rng.poisson(np.outer(rates, people)), people).astype(float).ravel()
    number = (np.arange(tables)[:, None] * kreise + np.arange(GEMEINDEN) % kreise).ravel()
    total = np.bincount(number, counts)
    start = time.perf_counter()
    schutz = pruefe_zahlen(counts, Regel(kleinste_zahl=K), np.tile(people, tables))
    gruppen = onedim.Gruppen(number, counts, total, schutz)
    muster = onedim.sperre(gruppen)
    middle = time.perf_counter()
    open_ = len(onedim.unsicher(gruppen, muster))
    end = time.perf_counter()
    what = f"national, {kreise} Summen je Tafel"
    second = muster.gesperrt & ~schutz.primaer
    return [
        Zeile(f"{what}: sperren ({len(counts):,} Zellen)", middle - start, "s", BUDGET_SEKUNDEN),
        Zeile(f"{what}: nachweisen", end - middle, "s", BUDGET_SEKUNDEN),
        Zeile(f"{what}: primär", 100 * schutz.primaer.mean(), "%"),
        Zeile(f"{what}: sekundär", 100 * second.mean(), "%"),
        Zeile(f"{what}: Summen zurückgehalten", int(muster.ohne_gesamt.sum()), "", 0),
        Zeile(f"{what}: nicht geschützt", open_, "", 0),
    ]


def schwer(seeds: int, jahre: int, form: tuple[int, ...], ab: int) -> list[Zeile]:
    """Suppress, audit and attack hard tables, from seed `ab` on: a long run may be had in parts."""
    search, proof, primary, second = [], [], [], []
    failed = convicted = small_cells = bare = 0
    for seed in range(ab, ab + seeds * jahre):
        table = duenn(seed, form, 4.0)
        g = geflecht(table, K)
        start = time.process_time()
        pattern, unsolved = linked.sperre(g)
        middle = time.process_time()
        failed += len(unsolved) + len(audit.befunde(g, pattern))
        search.append(middle - start)
        proof.append(time.process_time() - middle)
        primary.append(100 * g.primaer.mean())
        second.append(100 * (pattern & ~g.primaer).mean())
        small = [name for name, p in zip(g.schluessel, g.primaer, strict=True) if p]
        small_cells += len(small)
        convicted += _attacked(table, g, pattern, small)
        if seed == ab:
            bare = _attacked(table, g, g.primaer, small) / max(len(small), 1)
        print(
            f"Tafel {seed}: {search[-1]:.1f} s + {proof[-1]:.1f} s; gescheitert {failed},"
            f" überführt {convicted} von {small_cells}",
            file=sys.stderr,
        )
    what = f"{len(search)} Tafeln {' × '.join(map(str, form))}"
    return [
        Zeile(f"{what}: sperren, Median", mitte(search), "s"),
        Zeile(f"{what}: nachweisen, Median", mitte(proof), "s"),
        Zeile(f"{what}: primär", float(np.mean(primary)), "%"),
        Zeile(f"{what}: sekundär", float(np.mean(second)), "%"),
        Zeile(f"{what}: Nachweis gescheitert", failed, "", 0),
        Zeile(f"{what}: überführt von {small_cells:,}", convicted, "", 0),
        Zeile("erste Tafel, nur primär gesperrt: überführt", 100 * bare, "%"),
    ]


def _attacked(table: np.ndarray, g, pattern: np.ndarray, small: list) -> int:
    secret = {name for name, hidden in zip(g.schluessel, pattern, strict=True) if hidden}
    seen = veroeffentlicht(table, secret)
    attacker = Angreifer()
    attacker.sieht(seen)
    attacker.sucht(seen)
    attacker.addiert(seen)
    return len(attacker.ueberfuehrt(small, K))


def geliefert(jahre: int, mittel: float) -> list[Zeile]:
    """Protect one large delivered table, from its calculated rows to what is shown."""
    fields = "messgroesse;gebiet;zeit;zeitbezug;geschlecht;alter_von;alter_bis;nationalitaet"
    lines = [f"{fields};gruppe;basis;wert;symbol;guete;bemerkung"]
    ages = [*((low, low + 4) for low in range(0, 80, 5)), (80, ""), ("", "")]
    axes = ([*GEMEINDEN_ESSLINGEN, "08116"], ("m", "w", ""), ages, ("deutsch", "auslaendisch", ""))
    rng = np.random.default_rng(1)
    people = rng.gamma(2, mittel, (44, 1, 1, 1)) * np.ones((1, 2, 17, 1)) * np.array([0.85, 0.15])
    for year in range(2000, 2000 + jahre):
        table = mit_summen(rng.poisson(people))
        for (area, sex, (low, high), nation), n in zip(product(*axes), table.flat, strict=True):
            cell = f"personen;{area};{year};jahr;{sex};{low};{high};{nation}"
            lines.append(f"{cell};;;{n:.0f};;;")
    with tempfile.TemporaryDirectory() as folder:
        haus = Haus(Path(folder))
        haus.datei("zahlen", "\n".join(lines), geheimhaltung={})
        anzahl = "art: anzahl\nzaehler: {messgroesse: personen}\n"
        haus.indikator("anzahl", f"{anzahl}gliederung: [geschlecht, alter, nationalitaet]\n")
        haus.read()
        connection = warehouse.scratch(warehouse.current(haus.warehouse).intern)
        compute(connection, haus.katalog())
        start = time.process_time()
        report = schuetze_datenstand(connection, haus.katalog())
        seconds = time.process_time() - start
    what = f"eine Lieferung mit {report.zellen:,} Zellen: schützen"
    return [
        Zeile(f"{what} (Rechenzeit)", seconds, "s"),
        Zeile(f"{what}: gesperrt", len(report.sperrungen), ""),
    ]


def optimum(tables: int) -> list[Zeile]:
    """Compare the number of partners with the least possible one."""
    found = best = compared = 0
    for seed in count():
        if compared == tables:
            break
        g = geflecht(duenn(seed, (6, 4), 6.0), K)
        least = wenigste_partner(g) if g.primaer.any() else None
        if least is None:
            continue
        pattern, _ = linked.sperre(g, einzelne=False)
        compared += 1
        found += int((pattern & ~g.primaer).sum())
        best += least
    what = f"{tables} Tafeln 6 × 4: sekundäre Zellen"
    return [Zeile(what, found, "", boden=best), Zeile(f"{what}, kleinstmögliche", best, "")]


def main() -> int:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--ab", type=int, default=0)
    parser.add_argument("--jahre", type=int, default=1)
    parser.add_argument("--form", default="44,2,6")
    parser.add_argument("--optimum", type=int, default=20)
    parser.add_argument("--tafel", type=int, default=10)
    parser.add_argument("--mittel", type=float, default=1_000)
    wanted = parser.parse_args()
    form = tuple(map(int, wanted.form.split(",")))
    lines = [*national(1), *national(KREISE)]
    lines += geliefert(wanted.tafel, wanted.mittel) if wanted.tafel else []
    lines += schwer(wanted.seeds, wanted.jahre, form, wanted.ab) if wanted.seeds else []
    return drucke([*lines, *(optimum(wanted.optimum) if wanted.optimum else [])])


if __name__ == "__main__":
    sys.exit(main())
