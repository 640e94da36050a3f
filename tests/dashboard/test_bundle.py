import json
import os
import re

import brotli
import plotly.offline
import pytest
from flask import Flask

from dashboard.bundle import kompakt

TARGET = kompakt.PLACES["/assets/"] / "plotly.min.js"
LOADED = ("/assets/plotly.min.js", "/assets/sozialmonitor.css", "/assets/seite.js")
REQUESTS = re.compile(
    r"""(?:fetch\(|\.src\s*=|import\(|@import|url\()\s*["'`]?(?:https?:)?//[\w.-]+"""
)


def page(client, address, encodings):
    return client.get(address, headers={"Accept-Encoding": encodings}, buffered=True)


@pytest.mark.parametrize("address", LOADED)
def test_a_browser_gets_every_file_compressed(client, address):
    answer = page(client, address, "gzip, deflate, br")
    original = kompakt.PLACES["/assets/"] / address.removeprefix("/assets/")
    assert answer.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert brotli.decompress(answer.data) == original.read_bytes()


def test_the_largest_file_comes_as_it_was_compressed_at_set_up(client):
    answer = page(client, "/assets/plotly.min.js", "br")
    assert answer.data == kompakt.copy_of("/assets/plotly.min.js").read_bytes()


@pytest.mark.parametrize("address", LOADED)
def test_a_client_without_brotli_gets_the_file_itself(client, address):
    answer = page(client, address, "identity")
    original = kompakt.PLACES["/assets/"] / address.removeprefix("/assets/")
    assert "Content-Encoding" not in answer.headers
    assert answer.data == original.read_bytes()


def test_everything_the_first_html_loads_is_compressed_at_set_up(client):
    html = client.get("/").text
    files = re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css)[^"]*)"', html)
    assert len(files) >= 6
    for address in files:
        answer = page(client, address, "br")
        assert answer.status_code == 200
        assert answer.headers["Content-Encoding"] == "br", address


def test_a_copy_older_than_its_file_is_not_sent(tmp_path, monkeypatch):
    (tmp_path / "assets").mkdir()
    style = tmp_path / "assets" / "neu.css"
    style.write_text("body { color: black }")
    monkeypatch.setattr(kompakt, "FOLDER", tmp_path)
    monkeypatch.setattr(kompakt, "PLACES", {"/assets/": tmp_path / "assets"})
    copy = kompakt.copy_of("/assets/neu.css")
    copy.write_bytes(brotli.compress(b"body { color: red }"))

    def sent(age):
        os.utime(copy, (style.stat().st_atime, style.stat().st_mtime + age))
        server = Flask("probe", static_folder=tmp_path / "assets", static_url_path="/assets")
        kompakt.register(server)
        return page(server.test_client(), "/assets/neu.css", "br")

    assert brotli.decompress(sent(-10).data) == style.read_bytes()
    assert brotli.decompress(sent(10).data) == b"body { color: red }"


def test_the_bundle_is_the_plotly_that_python_draws_for():
    declared = json.loads((TARGET.parent.parent / "bundle" / "package.json").read_bytes())
    version = plotly.offline.get_plotlyjs_version()
    assert declared["devDependencies"]["plotly.js"] == version
    assert f"plotly.js v{version}" in TARGET.read_text(encoding="utf-8")[:200]


@pytest.mark.parametrize(
    "path", sorted(kompakt.PLACES["/assets/"].glob("*.*")), ids=lambda p: p.name
)
def test_no_asset_asks_another_host(path):
    text = path.read_text(encoding="utf-8")
    assert REQUESTS.findall(text) == []
    if path.name != "plotly.min.js":
        assert "//" not in re.sub(r"/\*.*?\*/|http://www\.w3\.org", "", text, flags=re.DOTALL)


def test_plotly_finds_its_empty_world_in_the_bundle_and_fetches_none():
    head = TARGET.read_text(encoding="utf-8")[:1000]
    assert "PlotlyGeoAssets" in head
    assert "world_110m" in head
