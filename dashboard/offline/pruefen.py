"""Refuse an archive made for another Python, or in which a file is not as it was packed.

This comes before anything is installed, so it works with what Python itself brings.
"""

import hashlib
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OFFLINE = ROOT / "offline"
PLATTFORM = str(sysconfig.get_config_var("SOABI"))  # packages for another one do not run here
WHEELS, SUMMEN = OFFLINE / PLATTFORM, OFFLINE / "pruefsummen.sha256"


def pruefe() -> None:
    """Look at every file; the first that is not as it was packed ends everything."""
    if not WHEELS.exists():
        made = ", ".join(path.name for path in OFFLINE.iterdir() if path.is_dir())
        sys.exit(f"Das Bündel ist für ein anderes Python gemacht: {made}, hier läuft {PLATTFORM}.")
    for line in SUMMEN.read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        file = ROOT / name
        if not file.exists():
            _refuse(file, "Diese Datei des Bündels fehlt.")
        if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            _refuse(file, "Diese Datei des Bündels ist beschädigt oder geändert.")


def _refuse(file: Path, problem: str) -> None:
    sys.exit(
        f"{file}\n  {problem}\n"
        "  → Das Bündel noch einmal übertragen und in einen leeren Ordner auspacken."
    )
