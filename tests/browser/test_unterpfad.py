"""The dashboard below another site, in the browser: a short journey that never leaves its path."""

import os
import re
import subprocess

import pytest

from tests.browser.conftest import await_answer, free_port, program

PFAD = "/kreis/sozialmonitor"


@pytest.fixture(scope="module")
def basis(warehouse):
    port = str(free_port())
    words = ["serve", "--warehouse", str(warehouse), "--port", port, "--workers", "1"]
    env = os.environ | {"SOZIALMONITOR_ADRESSE": f"https://www.example.de{PFAD}/"}
    with subprocess.Popen([program(), *words], env=env, stdout=subprocess.DEVNULL) as server:
        try:
            await_answer(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}{PFAD}"
        finally:
            server.terminate()


@pytest.mark.browser
def test_a_journey_below_a_path_stays_there(fenster):
    visit = fenster()
    visit.oeffne("/")
    visit.ruhe()
    navigation = visit.page.get_by_role("navigation").first
    visit.folge(navigation.get_by_role("link", name="Gemeinden"), "/gemeinden", "Gemeinden")
    place = visit.page.locator("main").get_by_role("link", name="Plochingen", exact=True).first
    visit.folge(place, "/gemeinde/08116056", "Plochingen")
    visit.page.locator("main a[href*='/indikator/']").first.click()
    visit.page.wait_for_url(re.compile(f"{re.escape(visit.basis)}/indikator/"))
    visit.page.locator("main h1").wait_for()
    visit.ruhe()
    before = visit.page.url
    visit.page.get_by_text("Tabelle", exact=False).first.wait_for()
    visit.page.go_back()
    visit.page.wait_for_url(f"{visit.basis}/gemeinde/08116056")
    visit.page.go_forward()
    visit.page.wait_for_url(before)
    visit.ruhe()
    search = visit.page.get_by_role("searchbox").first
    search.fill("Wohngeld")
    search.press("Enter")
    visit.page.wait_for_url(f"{visit.basis}/suche?q=Wohngeld")
    visit.page.locator("main").get_by_text("Wohngeld").first.wait_for()
    visit.ruhe()
    assert visit.fremde() == []  # every request begins with the path
    assert visit.klagen == []
