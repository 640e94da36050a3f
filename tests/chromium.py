"""Install Debian's Chromium for the browser tests: `python -m tests.chromium`, run by start.py."""

import os
import subprocess

from tests.browser.conftest import CHROMIUM


def main() -> None:
    """Install it unless it is there; without the right to, apt says so."""
    if CHROMIUM.exists():
        return
    root = [] if os.geteuid() == 0 else ["sudo"]
    subprocess.run([*root, "apt-get", "update"], check=True)
    words = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
    subprocess.run([*root, *words], check=True)


if __name__ == "__main__":
    main()
