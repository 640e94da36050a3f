"""Three more ways of a council member: her own place by keyboard alone, an old word, the Kreis."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FOCUS = "document.activeElement.textContent"


def tab_to(page, words, most=120):
    """Press the tabulator until something with these words has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUS):
            return
    raise AssertionError(f"No way to »{words}« with the keyboard.")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_mayor_reads_the_profile_of_her_place_by_keyboard_alone(fenster, width):
    visit = fenster(width)
    page = visit.page
    visit.oeffne("/gemeinden")
    visit.ruhe()
    tab_to(page, "Köngen")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visit.basis}/gemeinde/08116035")
    page.get_by_role("heading", name="Auf einen Blick").wait_for()
    visit.ruhe()
    assert 0 < page.locator("#blick .reihe").count() <= 8
    expect(page.locator("#blick .aussage").first).to_contain_text("sicher")
    assert page.locator(".profilfeld .reihe").first.is_hidden()

    tab_to(page, "3 Soziale Sicherung und Sozialhilfe")
    page.keyboard.press("Enter")
    expect(page.locator(".profilfeld[open] .reihe").first).to_be_visible()
    tab_to(page, "Arbeitslose je 100 Einwohner von 15 bis 64 Jahren")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/indikator/arbeitslose_je_100_15_64.gebiete=08116035"))
    expect(page.locator("#ort-satz")).to_contain_text("Köngen: ")
    expect(page.locator("#ort-satz")).to_contain_text("Mitte zum Vergleich: ähnliche Gemeinden")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.fremde() == []
    assert visit.klagen == []


@pytest.mark.parametrize("width", [1440, 390])
def test_a_council_member_finds_today_s_number_by_yesterday_s_word(fenster, width):
    visit = fenster(width)
    page = visit.page
    visit.oeffne("/")
    page.get_by_role("searchbox").first.fill("Hartz IV")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/suche"))
    found = page.locator('main a[href^="/indikator/"]').first
    expect(found).to_be_visible()
    found.click()
    page.wait_for_url(re.compile("/indikator/"))
    page.get_by_role("heading", name="Was Sie wissen sollten").wait_for()
    assert visit.fremde() == []


@pytest.mark.parametrize("width", [1440, 390])
def test_a_council_member_sees_the_kreis_among_the_kreise(fenster, width):
    visit = fenster(width)
    page = visit.page
    visit.oeffne("/gemeinde/08116019")
    way = page.get_by_role("link", name="Der Landkreis unter den Kreisen des Landes")
    visit.folge(way, "/kreisvergleich", "unter den Kreisen")
    row = page.locator(
        ".reihe", has=page.locator('a[href="/indikator/arbeitslosenquote?ansicht=kreis"]')
    )
    assert "Kreise" in row.locator("img").get_attribute("alt")
    row.locator("a").click()
    page.wait_for_url(re.compile("/indikator/arbeitslosenquote.ansicht=kreis"))
    expect(page.locator("#vergleich-satz")).to_contain_text("Kreise")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.klagen == []
