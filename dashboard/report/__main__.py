"""One report in a process of its own, for the web server: `python -m dashboard.report …`."""

import os
import sys
from pathlib import Path

from dashboard.report.erstellen import Auftrag, erstelle

if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # whoever looks at pages meanwhile comes first
    warehouse, stand, adresse, art, id_, out = sys.argv[1:]
    field, place = (id_, "") if art == "handlungsfeld" else ("", id_)
    erstelle(Auftrag(field, place, stand, adresse), Path(warehouse), Path(out))
