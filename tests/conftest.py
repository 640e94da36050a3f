"""Fixtures that more than one package needs."""

from pathlib import Path

import pytest
from filelock import FileLock

from dashboard import tasks
from dashboard.cli_optionen import RAW
from tests.haus import Haus, Leser


@pytest.fixture
def haus(tmp_path: Path) -> Haus:
    """Give an empty house: nothing delivered, no indicator."""
    return Haus(tmp_path)


@pytest.fixture(scope="session")
def leser(tmp_path_factory: pytest.TempPathFactory) -> Leser:
    """Give the reader of the Kreisformat; it forgets each file, so that tests may share it."""
    return Leser.open(tmp_path_factory.mktemp("leser"))


@pytest.fixture(scope="session")
def ausgeliefert(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Give the warehouse of the shipped deliveries, built once for all processes of a test run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "ausgeliefert"
    with FileLock(f"{folder}.lock"):
        if not (folder / "aktuell").exists():
            tasks.refresh(RAW, folder)
    return folder
