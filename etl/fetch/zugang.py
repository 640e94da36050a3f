"""User and password of a web service: from the environment or a closed file, never from a command.

SOZIALMONITOR_<DIENST>_USER and …_PASSWORD belong to one service, SOZIALMONITOR_GENESIS_USER and
…_PASSWORD to every GENESIS service without its own. SOZIALMONITOR_ZUGANG names a YAML file with
the same content: `regionalstatistik: {user: …, password: …}`.
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field

from etl.errors import DefinitionError
from etl.fetch.dienste import Dienst
from etl.yamlfile import Strict, load_yaml

TOKEN = 32
VERDECKT = "***"
GENUG = 4  # shorter secrets would cover half of every message


class Konto(Strict):
    """One account in the file; the password of a token is empty."""

    user: Annotated[str, Field(min_length=1)]
    password: str = ""


@dataclass(frozen=True, slots=True)
class Zugang:
    """An account; its text form shows nothing of it."""

    user: str = field(repr=False)
    password: str = field(repr=False)

    def __post_init__(self) -> None:
        for teil in (self.user, self.password):
            if not teil.isprintable() or not _latin1(teil):
                raise DefinitionError.at(
                    "Zugangsdaten",
                    "Benutzer oder Kennwort enthält Zeichen, die in keiner Anfrage stehen können.",
                    "Zeilenumbrüche und Sonderzeichen außerhalb von Westeuropa entfernen.",
                )

    @property
    def token(self) -> bool:
        """Return whether this is a token, which may read but not order jobs."""
        return len(self.user) == TOKEN and not self.password

    @property
    def geheim(self) -> tuple[str, ...]:
        """Return what must not stand in any message, log or file."""
        return tuple(teil for teil in (self.password, self.user) if len(teil) >= GENUG)

    def verdecke(self, text: str) -> str:
        """Return the text without user and password."""
        for teil in self.geheim:
            text = text.replace(teil, VERDECKT)
        return text

    def kopf(self) -> dict[bytes, bytes]:
        """Return the request headers; the services read them as Latin-1."""
        return {
            b"username": self.user.encode("latin-1"),
            b"password": self.password.encode("latin-1"),
        }


def _latin1(text: str) -> bool:
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


KEIN_ZUGANG = Zugang("", "")


def zugang(dienst: Dienst, umgebung: Mapping[str, str] = os.environ) -> Zugang:
    """Return the account for a service.

    Raises:  DefinitionError if there is none, or if its file could be read by others
    """
    if not dienst.zugang:
        return KEIN_ZUGANG
    for name in (dienst.id.upper(), "GENESIS"):
        user = umgebung.get(f"SOZIALMONITOR_{name}_USER", "")
        if user:
            return Zugang(user, umgebung.get(f"SOZIALMONITOR_{name}_PASSWORD", ""))
    datei = umgebung.get("SOZIALMONITOR_ZUGANG", "")
    if datei:
        konten = _lies(Path(datei))
        konto = konten.get(dienst.id) or konten.get("genesis")
        if konto:
            return Zugang(konto.user, konto.password)
    raise DefinitionError.at(
        dienst.adresse,
        f"Für »{dienst.id}« sind keine Zugangsdaten hinterlegt.",
        f"SOZIALMONITOR_{dienst.id.upper()}_USER und …_PASSWORD setzen oder mit"
        " SOZIALMONITOR_ZUGANG eine Datei nennen, die nur Sie lesen können.",
    )


def _lies(datei: Path) -> dict[str, Konto]:
    try:
        rechte = datei.stat()
    except OSError as error:
        raise DefinitionError.at(
            datei,
            f"Die Datei mit den Zugangsdaten ist nicht lesbar: {error.strerror}.",
            "SOZIALMONITOR_ZUGANG berichtigen.",
        ) from None
    if rechte.st_mode & (stat.S_IRWXG | stat.S_IRWXO) or rechte.st_uid not in {0, os.geteuid()}:
        raise DefinitionError.at(
            datei,
            "Andere können diese Datei mit Zugangsdaten lesen oder ändern.",
            f"»chmod 600 {datei.name}« ausführen und die Kennwörter erneuern.",
        )
    try:
        return load_yaml(datei, dict[str, Konto])
    except DefinitionError as error:
        # The usual complaint quotes the wrong value, which may be a password.
        raise DefinitionError.at(
            error.maengel[0].ort,
            "Die Datei mit den Zugangsdaten hat nicht die erwartete Form.",
            "Je Dienst eine Zeile: »regionalstatistik: {user: …, password: …}«.",
        ) from None
