"""Fixtures that more than one package needs."""

from pathlib import Path

import pytest

from tests.haus import Haus, Leser


@pytest.fixture
def haus(tmp_path: Path) -> Haus:
    """Give an empty house: nothing delivered, no indicator."""
    return Haus(tmp_path)


@pytest.fixture(scope="session")
def leser(tmp_path_factory: pytest.TempPathFactory) -> Leser:
    """Give the reader of the Kreisformat; it forgets each file, so that tests may share it."""
    return Leser.open(tmp_path_factory.mktemp("leser"))
