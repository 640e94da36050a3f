"""Searching with the keyboard alone, and saving a chart as a picture that says where it is from."""

import re
import struct

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

INDIKATOR = "/indikator/hausaerzte_je_10000?gebiete=08116049"


@pytest.mark.parametrize("width", [1440, 390])
def test_somebody_without_a_mouse_finds_a_municipality_despite_a_typo(fenster, width):
    visit = fenster(width)
    page = visit.page
    visit.oeffne("/")
    page.locator("#suche-kopf").focus()
    page.keyboard.type("Nurtingn")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visit.basis}/suche?q=Nurtingn")
    expect(page.locator("[role=status]").filter(has_text="Treffer")).to_contain_text("1 Gemeinde")
    link = page.get_by_role("link", name="Nürtingen", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visit.basis}/gemeinde/08116049")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Nurtingn")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.fremde() == []
    assert visit.klagen == []


def saved(visit, figure, name, folder):
    button = (
        visit.page.locator(f"#{figure}")
        .locator("xpath=ancestor::figure")
        .get_by_role("button", name=f"Diagramm als {name} speichern")
    )
    with visit.page.expect_download() as download:
        button.click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_a_chart_is_saved_with_title_sentence_source_and_draft_burnt_in(fenster, tmp_path):
    visit = fenster()
    visit.oeffne(INDIKATOR)
    expect(visit.page.locator("#trend svg.main-svg").first).to_be_visible()
    file = saved(visit, "trend", "SVG", tmp_path)
    assert "_entwurf" in file.name
    words = " ".join(re.sub(r"<[^>]+>", " ", file.read_text(encoding="utf-8")).split())
    for part in ("Hausärztinnen", "Nürtingen: ", "Quelle: ", "BBSR", "Entwurf", INDIKATOR):
        assert part in words
    picture = saved(visit, "trend", "PNG", tmp_path).read_bytes()
    assert picture.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", picture[16:24])
    assert min(wide, high) >= 1000
    assert visit.fremde() == []
    assert visit.klagen == []
