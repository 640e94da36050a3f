"""Where the accounts of the house are kept: an OpenID provider, named in the environment.

SOZIALMONITOR_OIDC_AUSSTELLER, …_CLIENT, …_GEHEIMNIS, …_GRUPPE and …_ADRESSE; none of them set means
passwords only. The environment comes from a file that only its owner reads (systemd: EnvironmentFile).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from urllib.parse import urlsplit

from etl.errors import SozialmonitorError

UMGEBUNG = "SOZIALMONITOR_OIDC_"
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
    adresse: str  # where visitors find the internal view

    @property
    def zurueck(self) -> str:
        """Return the one address to which the provider may send a visitor back."""
        return f"{self.adresse.rstrip('/')}{ZURUECK}"


def anbieter(umgebung: Mapping[str, str] = os.environ) -> Anbieter | None:
    """Return the provider, None if there is none.

    Raises:  SozialmonitorError if something is missing, or an address would not be encrypted
    """
    names = [entry.name for entry in fields(Anbieter)]
    found = {name: umgebung.get(f"{UMGEBUNG}{name.upper()}", "").strip() for name in names}
    if not any(found.values()):
        return None
    missing = [f"{UMGEBUNG}{name.upper()}" for name in names if not found[name]]
    if missing:
        raise SozialmonitorError.at(
            ", ".join(missing),
            "Das fehlt für die Anmeldung mit dem Dienstkonto.",
            "Alle fünf Angaben setzen, oder keine und nur mit Passwort anmelden.",
        )
    for name in ("aussteller", "adresse"):
        if not _sicher(found[name]):
            raise SozialmonitorError.at(
                f"{UMGEBUNG}{name.upper()}",
                f"»{found[name]}« ist keine Adresse, die mit https:// beginnt.",
                "Die vollständige Adresse ohne »?« und »#« angeben.",
            )
    return Anbieter(**found)


def _sicher(address: str) -> bool:
    """Say whether nobody between here and there can read along."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in RECHNER)
    return safe and bool(parts.hostname) and not (parts.query or parts.fragment)
