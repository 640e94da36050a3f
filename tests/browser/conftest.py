"""The real server over the shipped figures, and Debian's Chromium in front of it."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60


@dataclass
class Besuch:
    """A browser window that remembers what it asked for and what it complained about."""

    page: object
    basis: str
    anfragen: list[str] = field(default_factory=list)
    klagen: list[str] = field(default_factory=list)

    def oeffne(self, address):
        """Open an address and wait for its content."""
        self.page.goto(f"{self.basis}{address}")
        self.page.locator("#inhalt h1").wait_for()

    def folge(self, link, address, heading):
        """Follow a link and wait for the page it leads to, which has this in its heading."""
        from playwright.sync_api import expect

        link.click()
        self.page.wait_for_url(f"{self.basis}{address}")
        expect(self.page.locator("h1")).to_contain_text(heading)
        self.ruhe()

    def ruhe(self):
        """Wait until nothing is asked for any more."""
        self.page.wait_for_load_state("networkidle")

    def fremde(self):
        """Return the requests to any other place than the server."""
        return [url for url in self.anfragen if not url.startswith((self.basis, "data:", "blob:"))]


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory):
    """Build the warehouse from the shipped figures with the command itself."""
    folder = tmp_path_factory.mktemp("browser") / "warehouse"
    command(["refresh", "--warehouse", str(folder)])
    return folder


@pytest.fixture(scope="session")
def basis(warehouse, tmp_path_factory):
    """Serve the warehouse on a free port with the command itself; give the address."""
    port = str(free_port())
    words = ["serve", "--warehouse", str(warehouse), "--port", port, "--workers", "1"]
    log = (tmp_path_factory.mktemp("server") / "log").open("wb")
    server = subprocess.Popen([program(), *words], stdout=log, stderr=log)
    try:
        await_answer(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)
        log.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def program():
    return str(Path(sys.executable).with_name("sozialmonitor"))


def command(words):
    done = subprocess.run([program(), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def await_answer(address, server):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, "The server has ended."
        try:
            with urlopen(f"{address}/healthz", timeout=5) as answer:
                assert answer.status == 200
                return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError("The server does not answer.")


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM.exists():
        message = f"{CHROMIUM} is missing; `python3 start.py test` installs it."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE * 1000)  # other tests keep the processors busy
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def fenster(chromium, basis):
    """Give a function that opens a fresh window of some width, without any memory."""
    contexts = []

    def open_window(width=1440, height=900):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="de-DE", accept_downloads=True
        )
        contexts.append(context)
        visit = Besuch(context.new_page(), basis)
        visit.page.on("request", lambda request: visit.anfragen.append(request.url))
        visit.page.on(
            "console",
            lambda said: visit.klagen.append(said.text) if said.type == "error" else None,
        )
        visit.page.on("pageerror", lambda error: visit.klagen.append(str(error)))
        return visit

    yield open_window
    for context in contexts:
        context.close()
