"""A refresh that kills its own process, without any chance to tidy up, at a named moment."""

import os
import resource
import signal
import sys
from collections import Counter
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path

from etl.refresh import build_intern
from etl.warehouse import new_build
from indicators.refresh import build_public
from tests.haus import Haus, silent


def refresh_and_die(folder: Path, moment: str) -> None:
    """Refresh the house in `folder`; at `moment` the process ends as with `kill -9`.

    moment: the text of a progress step, or the n-th call of an operating system function on the
            warehouse, such as `os.rename 2`; the process dies just before that call
    """
    haus = Haus(folder)
    katalog = haus.katalog()
    calls: Counter[str] = Counter()

    def step(name: str) -> None:
        if name == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def call(event: str, args: tuple[object, ...]) -> None:
        if event == "open" and str(args[0]).endswith("laeufe.jsonl"):
            step("log")
        if event.startswith("os.") and str(haus.warehouse) in str(args):
            calls[event] += 1
            step(f"{event} {calls[event]}")

    sys.addaudithook(call)
    with new_build(haus.warehouse) as build:
        build_intern(build, haus.raw, step, katalog.messgroessen, haus.wahl())
        build_public(build, step, katalog)


def refresh_until_killed(folder: Path, started: Event) -> None:
    """Refresh the house in `folder`, as fast as it goes; `started` tells when it has begun."""
    haus = Haus(folder)
    katalog = haus.katalog()
    started.set()
    with new_build(haus.warehouse) as build:
        build_intern(build, haus.raw, silent, katalog.messgroessen, haus.wahl())
        build_public(build, silent, katalog)


def refresh_on_a_full_disk(folder: Path, limit: int, answer: Connection) -> None:
    """Refresh the house in `folder` where no file may grow beyond `limit`; send what was said."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        Haus(folder).refresh()
        answer.send("")
    except BaseException as error:  # noqa: BLE001 - whatever comes is what the test looks at
        answer.send(f"{type(error).__name__}: {error}")


def refresh_and_wait(folder: Path, begun: Event, go_on: Event) -> None:
    """Refresh the house in `folder`, but wait in the middle until told to go on."""

    def step(name: str) -> None:
        if name == "Dateien lesen":
            begun.set()
            go_on.wait(60)

    haus = Haus(folder)
    katalog = haus.katalog()
    with new_build(haus.warehouse) as build:
        build_intern(build, haus.raw, step, katalog.messgroessen, haus.wahl())
        build_public(build, silent, katalog)
