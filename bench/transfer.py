"""What a browser loads, compressed: a first visit to a page, and each page after it.

    python -m bench.transfer [WAREHOUSE]

The real server and Chromium; the bytes are those that the browser says came over the wire,
headers included. Budgets: 900 kB for a first visit, 60 kB for every later page.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from bench.messen import PROGRAM, Zeile, drucke, warehouse
from tests.browser.conftest import CHROMIUM, FLAGS, free_port

FIRST, LATER = 900.0, 60.0
PAGES = {
    "Start": "/",
    "Handlungsfeld": "/handlungsfeld/soziale_sicherung",
    "Indikator": "/indikator/kinderarmut_sgb2_u15",
    "Gemeinde": "/gemeinde/08116019",
    "Gemeinden": "/gemeinden",
    "Daten und Quellen": "/daten",
}


def main() -> int:
    """Measure and print."""
    with serving(warehouse()) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        rows = [*first_visits(browser, base), *later_pages(browser, base)]
        browser.close()
    return drucke(rows)


def first_visits(browser: Browser, base: str) -> Iterator[Zeile]:
    """Open each page in a browser that knows nothing yet."""
    for name, address in PAGES.items():
        context = browser.new_context(locale="de-DE")
        count = Zaehler(context.new_page())
        count.open(f"{base}{address}")
        yield Zeile(f"erster Besuch: {name}", count.kilobytes(), "kB", FIRST)
        context.close()


def later_pages(browser: Browser, base: str) -> Iterator[Zeile]:
    """Open each page in a browser that has seen another page before."""
    for name, address in PAGES.items():
        context = browser.new_context(locale="de-DE")
        count = Zaehler(context.new_page())
        count.open(f"{base}/indikator/arbeitslose")
        count.kilobytes()
        count.open(f"{base}{address}")
        yield Zeile(f"spätere Seite: {name}", count.kilobytes(), "kB", LATER)
        context.close()


class Zaehler:
    """Counts the bytes that arrive in a window."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._bytes = 0.0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._finished)

    def _finished(self, event: dict[str, float]) -> None:
        self._bytes += event["encodedDataLength"]

    def open(self, address: str) -> None:
        """Open a page and wait until everything has arrived."""
        self._page.goto(address)
        self._page.locator("#inhalt h1").wait_for()
        self._page.wait_for_load_state("networkidle")

    def kilobytes(self) -> float:
        """Return what has arrived since the last call."""
        found, self._bytes = self._bytes / 1000, 0.0
        return found


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a warehouse on a free port while the block runs."""
    port = free_port()
    words = ["serve", "--warehouse", folder, "--port", port, "--workers", 1]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen([str(PROGRAM), *map(str, words)], stdout=quiet, stderr=quiet)
    try:
        await_answer(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def await_answer(address: str) -> None:
    """Wait until a server answers."""
    for _ in range(150):
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    sys.exit("Der Server antwortet nicht.")


if __name__ == "__main__":
    sys.exit(main())
