"""One report in a process of its own, to standard output: what the web server starts."""

import os
import sys
from pathlib import Path
from tempfile import gettempdir

from filelock import FileLock

from dashboard.report.erstellen import Auftrag, berichte, inhalt
from indicators.report.veroeffentlichung import veroeffentlichung

# However many processes serve, one report is made at a time.
SPERRE = "sozialmonitor-bericht-{}.lock"

if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # whoever looks at pages meanwhile comes first
    warehouse, stand, adresse, art, id_, endung = sys.argv[1:]
    field, place = (id_, "") if art == "handlungsfeld" else ("", id_)
    order = Auftrag(field, place, stand, adresse)
    user = os.getuid() if hasattr(os, "getuid") else "alle"
    with FileLock(Path(gettempdir()) / SPERRE.format(user)):
        found = berichte(veroeffentlichung(Path(warehouse), stand), order)
        sys.stdout.buffer.write(inhalt(list(found), f".{endung}"))
