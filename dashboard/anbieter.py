"""Where the accounts of the house are kept: an OpenID provider, named in the environment.

SOZIALMONITOR_OIDC_AUSSTELLER, …_CLIENT, …_GEHEIMNIS and …_GRUPPE; none of them set means passwords
only. The environment comes from a file that only its owner reads (systemd: EnvironmentFile). Where
the provider sends a visitor back to says SOZIALMONITOR_ADRESSE.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dashboard import adresse as ort
from etl.errors import SozialmonitorError

UMGEBUNG = "SOZIALMONITOR_OIDC_"
NAMEN = ("aussteller", "client", "geheimnis", "gruppe")
RECHNER = ("127.0.0.1", "::1", "localhost")
BEGINN = "/anmelden/dienstkonto"
ZURUECK = f"{BEGINN}/zurueck"


@dataclass(frozen=True, slots=True)
class Anbieter:
    """The provider and what was agreed with it."""

    aussteller: str  # its address, exactly as its tokens name it
    client: str
    geheimnis: str = field(repr=False)
    gruppe: str  # who is in it may see internal figures
    zurueck: str  # the one address to which the provider may send a visitor back


def anbieter(umgebung: Mapping[str, str] = os.environ) -> Anbieter | None:
    """Return the provider, None if there is none.

    Raises:  SozialmonitorError if something is missing, or an address would not be encrypted
    """
    found = {name: umgebung.get(f"{UMGEBUNG}{name.upper()}", "").strip() for name in NAMEN}
    if not any(found.values()):
        return None
    given = {f"{UMGEBUNG}{name.upper()}": text for name, text in found.items()}
    given[ort.UMGEBUNG] = umgebung.get(ort.UMGEBUNG, "").strip()
    missing = [name for name, text in given.items() if not text]
    if missing:
        raise SozialmonitorError.at(
            ", ".join(missing),
            "Das fehlt für die Anmeldung mit dem Dienstkonto.",
            f"Alle vier Angaben {UMGEBUNG}… und {ort.UMGEBUNG} setzen, oder keine der vier und nur"
            " mit Passwort anmelden.",
        )
    for name in (f"{UMGEBUNG}AUSSTELLER", ort.UMGEBUNG):
        if not _sicher(given[name]):
            raise SozialmonitorError.at(
                name,
                f"»{given[name]}« ist keine Adresse, die mit https:// beginnt.",
                "Die vollständige Adresse ohne »?« und »#« angeben.",
            )
    return Anbieter(**found, zurueck=f"{ort.adresse(umgebung)}{ZURUECK}")


def _sicher(address: str) -> bool:
    """Say whether nobody between here and there can read along."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in RECHNER)
    return safe and bool(parts.hostname) and not (parts.query or parts.fragment)
