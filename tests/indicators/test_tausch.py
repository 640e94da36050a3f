"""Several files change together, even if the computer stops between any two steps."""

import os
import signal
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

from etl.errors import DefinitionError
from indicators.tausch import (
    OFFEN,
    RUECKWAERTS,
    UNGESCHEHEN,
    VORWAERTS,
    aufgeraeumt,
    tausche,
    verlange_fertig,
)

ALT = {"a.yaml": b"- alt a\n", "b.yaml": b"- alt b\n", "c.yaml": b"- bleibt\n"}
REFUSED, BROKEN = 3, 4
NEU = {"a.yaml": b"- neu a\n", "b.yaml": b"- neu b\n"}


@pytest.fixture
def ordner(tmp_path) -> Path:
    for name, text in ALT.items():
        (tmp_path / name).write_bytes(text)
    return tmp_path


def files(ordner: Path) -> dict[str, bytes]:
    """Return the text of every file; a folder that was left behind fails."""
    return {file.name: file.read_bytes() for file in ordner.iterdir()}


def at_change(ordner: Path, n: int, act: Callable[[], None]) -> None:
    """Call `act` just before the n-th change of a name or a folder below `ordner`."""
    seen = 0

    def hook(event: str, args: tuple[object, ...]) -> None:
        nonlocal seen
        if event in {"os.mkdir", "os.rename", "os.remove", "os.rmdir"} and seen >= 0:
            inside = str(ordner) in str(args[0]) or not str(args[0]).startswith("/")
            seen += inside
            if inside and seen == n:
                act()

    sys.addaudithook(hook)


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def full() -> None:
    raise OSError(28, "No space left on device", "b.yaml")


def swap_and_die(ordner: Path, n: int) -> None:
    at_change(ordner, n, kill)
    tausche(ordner, NEU)


def swap_where_it_fails(ordner: Path, n: int) -> None:
    """Swap where the n-th change fails, and never survive the one after it."""
    at_change(ordner, n, full)
    at_change(ordner, n + 2, kill)
    try:
        tausche(ordner, NEU)
    except DefinitionError:
        sys.exit(REFUSED if files(ordner) == ALT else BROKEN)


def child(run: Callable[[Path, int], None], ordner: Path, n: int) -> int | None:
    process = get_context("fork").Process(target=run, args=(ordner, n))
    process.start()
    process.join()
    return process.exitcode


def test_all_change_and_nothing_is_left_beside(ordner):
    (ordner / "b.yaml").unlink()
    tausche(ordner, NEU)
    assert files(ordner) == ALT | NEU
    assert list(aufgeraeumt(ordner)) == []


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (swap_and_die, {UNGESCHEHEN, VORWAERTS}),
        (swap_where_it_fails, {UNGESCHEHEN, RUECKWAERTS}),
    ],
)
def test_killed_before_any_change_it_ends_as_all_or_nothing(tmp_path, run, said):
    ends, told, code = [], set(), None
    for n in range(1, 99):
        ordner = tmp_path / str(n)
        ordner.mkdir()
        for name, text in ALT.items():
            (ordner / name).write_bytes(text)
        code = child(run, ordner, n)
        assert code != BROKEN, "refused, and yet something changed or was left"
        half = {name: (ordner / name).read_bytes() for name in ALT}
        if half not in (ALT, ALT | NEU):  # then nobody may load it
            with pytest.raises(DefinitionError, match="unterbrochen"):
                verlange_fertig(ordner)
        told |= set(aufgeraeumt(ordner))
        ends.append(files(ordner))
        if code == 0:
            break
    assert code == 0, "the last run must have had nothing left to die of"
    assert all(end in (ALT, ALT | NEU) for end in ends)
    assert ALT in ends
    assert (ALT | NEU) in ends
    assert told == said


def test_what_was_edited_after_the_stop_is_not_overwritten(ordner):
    n = next(n for n in range(1, 99) if child(swap_and_die, _fresh(ordner), n) and _open(ordner))
    assert n < 98
    (ordner / "b.yaml").write_bytes(b"- von Hand\n")
    with pytest.raises(DefinitionError, match="wurde ge\u00e4ndert, seit ein Import"):
        list(aufgeraeumt(ordner))
    assert (ordner / "b.yaml").read_bytes() == b"- von Hand\n"
    (ordner / OFFEN / "neu" / "b.yaml").write_bytes(b"- von Hand\n")
    assert list(aufgeraeumt(ordner)) == [VORWAERTS]
    assert files(ordner) == ALT | NEU | {"b.yaml": b"- von Hand\n"}


def _fresh(ordner: Path) -> Path:
    list(aufgeraeumt(ordner))
    for name, text in ALT.items():
        (ordner / name).write_bytes(text)
    return ordner


def _open(ordner: Path) -> bool:
    return (ordner / OFFEN).exists()
