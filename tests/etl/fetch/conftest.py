"""One service, one clock and one source per test; nothing leaves this machine."""

import os
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from etl.fetch import holen, leitung
from etl.fetch.abruf import Abruf
from etl.fetch.dienste import DIENSTE
from etl.fetch.holen import Ort
from etl.fetch.protokoll import Eintrag
from tests.etl.fetch.stub import PASSWORD, USER, Stub, Zeit

ABRUF = {
    "dienst": "regionalstatistik",
    "tabelle": "12411-01-01-4",
    "von": 2024,
    "bis": 2025,
    "gebiete": ["08116"],
    "regionalmerkmal": "KREISE",
    "titel": "Bevölkerung nach Geschlecht, Kreise",
    "verantwortlich": "Statistisches Landesamt",
    "rhythmus": "jaehrlich",
}


class Abrufer:
    """Fetches the source `bevoelkerung` from the stub."""

    def __init__(self, folder: Path, stub: Stub, zeit: Zeit) -> None:
        self.ort = Ort(folder / "raw", folder / "warehouse", zeit.uhr())
        self.stub = stub
        self.zeit = zeit

    def __call__(self, seit=None, **felder: object) -> Eintrag:
        abruf = Abruf.model_validate(ABRUF | felder)
        return holen.hole("bevoelkerung", abruf, self.ort, seit)

    def dateien(self) -> list[str]:
        """Return what lies in data/raw, hidden folders left out."""
        raw = self.ort.raw
        alle = sorted(p.relative_to(raw).as_posix() for p in raw.rglob("*") if p.is_file())
        return [p for p in alle if not any(teil.startswith(".") for teil in p.split("/"))]


@pytest.fixture(scope="session")
def zertifikate() -> ssl.SSLContext:
    """Give certificates that are read once; each client would read them again."""
    return ssl.create_default_context()


@pytest.fixture
def stub() -> Iterator[Stub]:
    """Give a service that knows nothing yet."""
    service = Stub()
    yield service
    service.schliesse()


@pytest.fixture
def zeit() -> Zeit:
    """Give a clock that does not wait."""
    return Zeit()


@pytest.fixture
def abrufer(tmp_path: Path, stub: Stub, zeit: Zeit, monkeypatch: pytest.MonkeyPatch) -> Abrufer:
    """Give a way to fetch: every service leads to the stub, with an account from the environment."""
    monkeypatch.setattr(ssl, "create_default_context", lambda **_: zertifikate)
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    for id_, dienst in DIENSTE.items():
        monkeypatch.setitem(DIENSTE, id_, replace(dienst, adresse=stub.url))
    monkeypatch.setenv("SOZIALMONITOR_REGIONALSTATISTIK_USER", USER)
    monkeypatch.setenv("SOZIALMONITOR_REGIONALSTATISTIK_PASSWORD", PASSWORD)
    monkeypatch.setattr(leitung.Leitung.__init__, "__defaults__", (httpx.Timeout(0.1),))
    return Abrufer(tmp_path, stub, zeit)
