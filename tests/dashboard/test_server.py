"""The server as a process: it stops when it is told to, also while it is still starting."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import free_port

SOZIALMONITOR = Path(sys.executable).with_name("sozialmonitor")


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_still_starting_stops_when_told_to(kleines_haus, sign):
    words = ["serve", "--warehouse", kleines_haus.warehouse, "--port", str(free_port())]
    server = subprocess.Popen(
        [SOZIALMONITOR, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with server:
        for line in server.stdout:
            if "Spawning worker-2" in line:
                break
        server.send_signal(sign)
        try:
            assert server.wait(timeout=60) == 0
        finally:
            server.kill()
