"""What start.py runs: `python -m dashboard.offline packe UV [ORDNER]`, and there `… pruefe`."""

import sys
from pathlib import Path

if __name__ == "__main__":
    if sys.argv[1] == "pruefe":  # before anything is installed
        from dashboard.offline.pruefen import pruefe

        pruefe()
    else:
        from dashboard.offline.packen import packe

        packe(sys.argv[2], Path(*sys.argv[3:]).resolve())
