"""Scripts and style sheets compressed at set-up, and how they are sent instead of the originals."""

from collections.abc import Iterator
from pathlib import Path

import brotli
import dash
import dash_mantine_components as dmc
from dash.fingerprint import check_fingerprint
from flask import Flask, Response, request

FOLDER = Path(__file__).parent.parent / "kompakt"
PLACES = {
    "/assets/": Path(__file__).parent.parent / "assets",
    "/_dash-component-suites/dash/": Path(dash.__file__).parent,
    "/_dash-component-suites/dash_mantine_components/": Path(dmc.__file__).parent,
}
SMALL = 100_000
SUFFIXES = (".js", ".css")
NEVER_SENT = (
    "dash_table/",
    "mathjax",
    ".dev.",
    "plotly.min",
    "@16.",
    "@18.2.",
    "RichText",
    "CodeHigh",
    "Chart",
    "-charts-",
)


def originals() -> Iterator[tuple[str, Path]]:
    """Yield address (without fingerprint) and file of everything a page may ask for."""
    for address, folder in PLACES.items():
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            skipped = address != "/assets/" and any(part in name for part in NEVER_SENT)
            if path.suffix in SUFFIXES and not skipped:
                yield address + name, path


def copy_of(address: str) -> Path:
    """Return where the compressed copy of an address lies."""
    return FOLDER / f"{address.strip('/').replace('/', '~')}.br"


def register(server: Flask) -> None:
    """Send the compressed copy to every browser that understands Brotli."""
    ready = {address: _body(address, path) for address, path in originals()}

    @server.after_request
    def send_copy(response: Response) -> Response:
        body = ready.get(_without_fingerprint(request.path))
        if body is None or response.status_code != 200 or not request.accept_encodings["br"]:
            return response
        response.close()  # the original file that Flask has opened
        response.direct_passthrough = False
        response.set_data(body)
        response.headers["Content-Encoding"] = "br"
        response.headers["Vary"] = "Accept-Encoding"
        return response


def _body(address: str, path: Path) -> bytes | None:
    """Return the compressed file; a copy older than its original is never sent.

    A small original that was edited after set-up is compressed at start, a large one is left to
    Flask-Compress.
    """
    copy = copy_of(address)
    if copy.exists() and copy.stat().st_mtime >= path.stat().st_mtime:
        return copy.read_bytes()
    return brotli.compress(path.read_bytes()) if path.stat().st_size < SMALL else None


def _without_fingerprint(path: str) -> str:
    for address in PLACES:
        if path.startswith(address):
            return address + str(check_fingerprint(path.removeprefix(address))[0])
    return path
