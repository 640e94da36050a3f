"""The login with an account of the house as a browser does it: between two sites, with strict cookies."""

import pytest

from tests.browser.conftest import PATIENCE
from tests.dashboard.anbieter import PASSWORT
from tests.dashboard.test_dienstkonto import haus, ports  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser


def test_who_comes_back_from_another_site_is_in(chromium, ports):  # noqa: F811
    basis = f"http://127.0.0.1:{ports[0]}"
    page = chromium.new_page()
    page.goto(basis)
    page.get_by_role("link", name="Mit dem Dienstkonto anmelden").click()
    page.wait_for_url(f"http://localhost:{ports[1]}/**")
    page.get_by_label("Username").fill("rita")
    page.get_by_label("Password").fill(PASSWORT)
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url(f"{basis}/")
    page.locator("#inhalt h1").wait_for(timeout=PATIENCE * 1000)
    kept = {c["name"]: c["sameSite"] for c in page.context.cookies(basis)}
    assert kept["sozialmonitor_intern"] == "Strict"
    page.context.close()
