"""Where visitors find the dashboard: SOZIALMONITOR_ADRESSE, for links, QR codes and the login.

It may have a path, https://www.example.de/sozialmonitor: then everything is found below it.
"""

import os
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from etl.errors import SozialmonitorError

UMGEBUNG = "SOZIALMONITOR_ADRESSE"
HIER = "http://127.0.0.1:8050"
PFAD = re.compile(r"(/[A-Za-z0-9._~-]+)*")


def adresse(umgebung: Mapping[str, str] = os.environ) -> str:
    """Return the address without a stroke at the end; left out, that on this machine.

    Raises:  SozialmonitorError if the setting is no address
    """
    given = umgebung.get(UMGEBUNG, "").strip().rstrip("/") or HIER
    try:
        parts = urlsplit(given)
    except ValueError:
        parts = urlsplit("")
    plain = PFAD.fullmatch(parts.path) and not (parts.query or parts.fragment)
    if parts.scheme not in ("http", "https") or not parts.netloc or not plain:
        raise SozialmonitorError.at(
            UMGEBUNG,
            f"»{given}« ist keine Adresse, unter der das Dashboard stehen kann.",
            "Zum Beispiel https://www.example.de/sozialmonitor angeben, ohne »?« und »#«.",
        )
    return given


def pfad(umgebung: Mapping[str, str] = os.environ) -> str:
    """Return the path of the address, `/sozialmonitor` or nothing; raises as `adresse`."""
    return urlsplit(adresse(umgebung)).path
