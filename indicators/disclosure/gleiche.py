"""Which cells hold the same number under two names, where only the figures say so.

One count may be delivered on two bases, or as two Messgrößen; nobody has to declare that. Suppressed
in two patterns, what one of them hides could be read where the other one shows it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from indicators.disclosure.counts import Kennung

# Two columns of areas are one count where they agree in every area and in at least so many
# different numbers: one or two may well agree by chance, and be other people.
VERSCHIEDENE = 5


def gleiche(zahlen: Mapping[Kennung, float | None]) -> Iterator[tuple[Kennung, Kennung]]:
    """Yield pairs of cells that everybody may take for the same.

    zahlen: what each cell holds; None where its source hides it
    Of two Messgrößen these are whole columns of areas; of one Messgröße on two bases every area that
    agrees, though others may have been revised.
    """
    columns: dict[Kennung, dict[tuple[str, str], dict[str, Kennung]]] = defaultdict(dict)
    for cell in zahlen:
        same = columns[cell._replace(messgroesse="", gebiet="", basis="")]
        same.setdefault((cell.messgroesse, cell.basis), {})[cell.gebiet] = cell
    for same in columns.values():
        for (name, one), (other_name, other) in combinations(same.items(), 2):
            pairs = [(one[place], other[place]) for place in one if place in other]
            if all(None in (zahlen[a], zahlen[b]) or zahlen[a] == zahlen[b] for a, b in pairs):
                found = {zahlen[a] for a, b in pairs if zahlen[a] == zahlen[b]} - {None, 0.0}
                if len(found) >= VERSCHIEDENE:
                    yield from pairs
                    continue
            if name[0] == other_name[0]:
                yield from ((a, b) for a, b in pairs if zahlen[a] == zahlen[b] is not None)
