"""The accounts of those who may see internal figures: names and argon2 hashes in one file."""

import json
import os
import re
import sys
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path

import typer
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from filelock import FileLock

from dashboard import logbuch
from etl.errors import SozialmonitorError, UnknownError, suggestion

DATEI = "nutzer.json"
NAME = re.compile(r"[a-z0-9._-]{3,40}")
KUERZESTES = 12  # signs of a password
LAENGSTES = 1_000


def pruefe(warehouse: Path, name: str, passwort: str) -> bool:
    """Say whether name and password belong together; an unknown name takes as long as a known one."""
    account = lade(warehouse).get(name)
    try:
        if account is None:
            PasswordHasher().hash(passwort[:LAENGSTES])
            return False
        return PasswordHasher().verify(account["hash"], passwort[:LAENGSTES])
    except (VerificationError, InvalidHashError):
        return False


def lade(warehouse: Path) -> dict[str, dict[str, str]]:
    """Return the accounts by name; raises SozialmonitorError if others could read the file."""
    file = warehouse / DATEI
    if not file.exists():
        return {}
    if file.stat().st_mode & 0o077:
        raise SozialmonitorError.at(
            file, "Diese Datei dürfen auch andere lesen.", f"»chmod 600 {file.name}« ausführen."
        )
    found: dict[str, dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    return found


def add(warehouse: Path, name: str) -> None:
    """Add an account or give it a new password, asked for on the terminal or read from stdin."""
    if not NAME.fullmatch(name):
        raise SozialmonitorError.at(
            name, "So kann kein Konto heißen.", "3 bis 40 Zeichen: a–z, 0–9, Punkt, - und _."
        )
    password = _frage()
    if not KUERZESTES <= len(password) <= LAENGSTES:
        raise SozialmonitorError.at(
            name, f"Das Passwort braucht mindestens {KUERZESTES} Zeichen.", "Ein längeres wählen."
        )
    with _offen(warehouse) as accounts:
        accounts[name] = {
            "hash": PasswordHasher().hash(password),
            "seit": datetime.now(UTC).isoformat(timespec="seconds"),
        }
    logbuch.schreibe(warehouse, "konto_angelegt", konto=name)
    typer.echo(f"Das Konto »{name}« kann sich jetzt anmelden.")


def remove(warehouse: Path, name: str) -> None:
    """Remove an account; its sessions end with its next request."""
    with _offen(warehouse) as accounts:
        if name not in accounts:
            remedy = suggestion(name, accounts, "Alle nennt »sozialmonitor nutzer list«.")
            raise UnknownError.at(name, f"Das Konto »{name}« gibt es nicht.", remedy)
        del accounts[name]
    logbuch.schreibe(warehouse, "konto_entfernt", konto=name)
    typer.echo(f"Das Konto »{name}« ist entfernt.")


def liste(warehouse: Path) -> None:
    """Print the names and since when each has its password."""
    for name, account in sorted(lade(warehouse).items()):
        typer.echo(f"{name}  seit {account['seit'][:10]}")


def _frage() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first, second = getpass("Passwort: "), getpass("Noch einmal: ")
    if first != second:
        raise SozialmonitorError.at("Passwort", "Die beiden sind verschieden.", "Neu beginnen.")
    return first


class _offen:  # noqa: N801 - used like a function
    """Change the accounts under a lock; the file is replaced in one step."""

    def __init__(self, warehouse: Path) -> None:
        warehouse.mkdir(parents=True, exist_ok=True)
        self._file = warehouse / DATEI
        self._lock = FileLock(warehouse / f"{DATEI}.lock")

    def __enter__(self) -> dict[str, dict[str, str]]:
        self._lock.acquire()
        try:
            self._accounts = lade(self._file.parent)
        except BaseException:
            self._lock.release()
            raise
        return self._accounts

    def __exit__(self, kind: object, _error: object, _trace: object) -> None:
        try:
            if kind is None:
                draft = self._file.with_suffix(".neu")
                draft.unlink(missing_ok=True)
                target = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600)
                with open(target, "w", encoding="utf-8") as file:  # noqa: PTH123 - a descriptor
                    json.dump(self._accounts, file, ensure_ascii=False, indent=1)
                draft.replace(self._file)
        finally:
            self._lock.release()
