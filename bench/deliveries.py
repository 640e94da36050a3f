"""Read every real GENESIS delivery completely and hold it against the published figures.

    python -m bench.deliveries          needs ../shared; about a minute

Prints files × cells, how many of them are for the Kreis and its municipalities, and how many of
those stand in the figures; any difference ends with exit code 1.
"""

import sys
import time

from etl.formats import erkenne, name
from tests.formate import abweichungen, gedruckt, gelesen
from tests.shared import SHARED

FOLDERS = ("genesis_gemeinden", "genesis_kreise", "samples/genesis_*")


def files():
    """Return all deliveries of GENESIS."""
    return sorted(
        path
        for folder in FOLDERS
        for path in (SHARED / "deliveries").glob(f"{folder}/*")
        if path.suffix != ".json"
    )


def main():
    """Print the table; return whether anything differs."""
    print("| Datei | Format | Zellen | davon 08116 | mit gedruckten Zahlen verglichen | s |")
    print("|---|---|---|---|---|---|")
    total, wrong = 0, []
    for path in files():
        started = time.perf_counter()
        number, own = gelesen(path, gebiet="08116")
        seconds = time.perf_counter() - started
        whole = path.parent.name in FOLDERS  # the samples are extracts
        expected = gedruckt(own[0]["tabelle"]) if own and whole else {}
        wrong += [(path.name, *difference) for difference in abweichungen(own, expected)]
        compared = sum(map(len, expected.values()))
        total += number
        form = name(erkenne(path))
        print(
            f"| {path.name} | {form} | {number} | {len(own)} | {compared} | {seconds:.1f} |",
            flush=True,
        )
    print(f"{total} Zellen, {len(wrong)} Abweichungen", *wrong[:10], sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
