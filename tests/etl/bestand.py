"""One delivery of one number, the indicator that shows it, and what is shown."""

from indicators.service import Service

ROWS = "messgroesse | gebiet | zeit | zeitbezug | wert\nfaelle | 08116 | 2015 | jahr | {wert}"
ANZAHL = "art: anzahl\nzaehler: {messgroesse: faelle}\n"


def shown(folder) -> float | None:
    return Service(folder).reihe("anzahl", ["08116"])[0].wert
