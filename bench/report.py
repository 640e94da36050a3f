"""The yearly report: one field, one municipality, and everything in one run.

Usage: python -m bench.report [DATENSTAND]; without a Datenstand one is built from the shipped figures.
"""

import sys
import tempfile
import time
from pathlib import Path

from bench.messen import PROGRAM, Zeile, befehl, drucke, mitte, sekunden, warehouse

LAEUFE = 3


def main() -> int:
    """Time the command as a whole process, start included."""
    stand = warehouse()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)

        def report(*words: object) -> float:
            run = lambda: befehl(PROGRAM, "report", *words, "--warehouse", stand)  # noqa: E731
            return mitte(sekunden(run, LAEUFE))

        start = mitte(sekunden(lambda: befehl(PROGRAM, "report", "--help"), LAEUFE))
        field = report("--handlungsfeld", "familie_jugend", "--out", out / "feld.pdf")
        word = report("--handlungsfeld", "familie_jugend", "--out", out / "feld.docx")
        place = report("--gemeinde", "08116019", "--out", out / "ort.pdf")
        begun = time.perf_counter()
        befehl(PROGRAM, "report", "--alle", "--out", out / "alle.pdf", "--warehouse", stand)
        whole = time.perf_counter() - begun
        begun = time.perf_counter()
        befehl(PROGRAM, "report", "--alle", "--out", out / "einzeln", "--warehouse", stand)
        single = time.perf_counter() - begun
        files = len(list((out / "einzeln").iterdir()))
        size = (out / "alle.pdf").stat().st_size / 1e6
    return drucke(
        [
            Zeile("ein Handlungsfeld als PDF", field, "s", boden=start),
            Zeile("ein Handlungsfeld als DOCX", word, "s", boden=start),
            Zeile("eine Gemeinde als PDF, zwei Seiten", place, "s", boden=start),
            Zeile("alle Handlungsfelder und Gemeinden, ein PDF", whole, "s", boden=start),
            Zeile(f"dasselbe als {files} einzelne PDF", single, "s", boden=start),
            Zeile("Größe des ganzen PDF", size, "MB"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
