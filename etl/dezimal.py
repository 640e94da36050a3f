"""Whether the numbers of a CSV are English: what stands in its columns tells it."""

import re
from dataclasses import replace

from etl.tafel import Tafel

# Signs that cannot stand before thousands; three digits behind them may be either.
DECIMALS = {s: re.compile(rf"[-−]?(\d+[{s}](\d{{1,2}}|\d{{4,}})|0[{s}]\d{{3}})") for s in ".,"}
THOUSANDS = re.compile(r"[-−]?[1-9]\d{0,2}(\.\d{3})+")


def hat_punkte(tafel: Tafel) -> bool:
    """Tell whether the numbers of a CSV are English: decimal points, and no sign of the contrary."""
    width = max(map(len, tafel.reihen), default=0)
    columns = [[row[j].strip() for row in tafel.reihen if j < len(row)] for j in range(width)]
    points = [any(map(DECIMALS["."].fullmatch, cells)) for cells in columns]
    german = [
        any(map(DECIMALS[","].fullmatch, cells)) or (not p and any(map(THOUSANDS.fullmatch, cells)))
        for cells, p in zip(columns, points, strict=True)
    ]
    return any(points) and not any(german)


def in_deutsch(tafel: Tafel) -> Tafel:
    """Return an English sheet with German numbers, so that its layout is found in the same way."""
    other = str.maketrans(".,", ",.")
    return replace(
        tafel,
        reihen=[
            [c.translate(other) if re.match(r"\s*[-−]?\d", c) else c for c in row]
            for row in tafel.reihen
        ],
    )
