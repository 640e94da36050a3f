"""Four more ways of a planner: through the years by keyboard alone, two indicators, groups, order."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

INDIKATOR = "/indikator/arbeitslose_je_100_15_64"
WIDTHS = pytest.mark.parametrize("width", [1440, 390])


def bounds(page):
    """Return the printed bounds of the classes, without their counts."""
    return page.locator(".klassen li span:nth-child(2)").all_inner_texts()


@WIDTHS
def test_a_planner_goes_through_the_years_by_keyboard_alone(fenster, width):
    visit = fenster(width)
    page = visit.page
    visit.oeffne(INDIKATOR)
    visit.ruhe()
    slider = page.get_by_role("slider", name="Zeitpunkt des Vergleichs")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('role')") == "slider":
            break
    expect(slider).to_be_focused()
    before = bounds(page)
    newest = page.locator("#vergleich-satz").inner_text()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("zeit=2020"))
    expect(page.locator("#wahl-zeit")).to_have_value("2020")
    expect(page.locator("#vergleich-satz")).to_contain_text("2020")
    expect(slider).to_be_focused()
    page.keyboard.press("Home")
    page.wait_for_url(re.compile("zeit=2001"))
    expect(page.locator("#vergleich-satz")).to_contain_text("2001")
    assert bounds(page) == before  # a colour means the same in every year
    page.keyboard.press("End")
    page.wait_for_url(f"{visit.basis}{INDIKATOR}")
    expect(page.locator("#vergleich-satz")).to_have_text(newest)

    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("karte=kacheln"))
    expect(page.locator(".kachel")).to_have_count(44)
    page.reload()
    expect(page.locator(".kachel")).to_have_count(44)
    page.go_back()
    expect(page.locator("#karte svg.main-svg").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.fremde() == []
    assert visit.klagen == []


@WIDTHS
def test_a_planner_lays_a_second_indicator_beside_and_shares_it(fenster, width):
    visit = fenster(width)
    page = visit.page
    visit.oeffne(INDIKATOR)
    visit.ruhe()
    page.get_by_text("Zusammenhang mit einem anderen Indikator").click()
    page.locator("#wahl-mit").fill("Ab 65")
    page.get_by_role("option", name="Ab 65 Jahre", exact=True).click()
    page.wait_for_url(re.compile("mit=anteil_65_plus"))
    expect(page.locator("#punktwolke path.point")).to_have_count(44)
    sentence = page.locator("#ergebnis-mit .satz").inner_text()
    assert sentence.startswith("44 Gemeinden mit beiden Werten")

    other = fenster(width)
    other.oeffne(page.url.removeprefix(visit.basis))
    expect(other.page.locator("#ergebnis-mit .satz")).to_have_text(sentence)
    expect(other.page.get_by_text("Kein Beleg für eine Ursache.")).to_be_visible()
    assert visit.klagen == other.klagen == []


@WIDTHS
def test_a_planner_reads_women_and_men_of_the_kreis_and_of_one_place(fenster, width):
    visit = fenster(width)
    page = visit.page
    visit.oeffne("/indikator/anteil_75_plus")
    part = page.locator("#gruppen")
    expect(part.locator("h2")).to_have_text("Nach Gruppen: Landkreis Esslingen")
    page.locator("#wahl-gebiete").fill("Köngen")
    page.get_by_role("option", name="Köngen", exact=True).click()
    expect(part.locator("h2")).to_have_text("Nach Gruppen: Köngen")
    sentence = part.locator(".satz").first.inner_text()
    assert "Frauen" in sentence
    assert "Männer" in sentence
    part.get_by_text("Werte dieses Diagramms als Tabelle").first.click()
    heads = part.locator("th").all_inner_texts()
    assert {"Frauen", "Männer", "insgesamt"} <= set(heads)
    assert visit.klagen == []


@WIDTHS
def test_a_planner_orders_the_places_by_one_indicator_and_shares_the_order(fenster, width):
    visit = fenster(width)
    page = visit.page
    visit.oeffne("/")
    door = page.locator(".tueren").get_by_role("link", name="Für die Planung")
    visit.folge(door, "/vergleich", "Gemeinden vergleichen")
    page.get_by_label("Sortiert", exact=True).first.click()
    page.get_by_role("option", name="Arbeitslose je 100", exact=True).click()
    page.wait_for_url(re.compile("sortiert=arbeitslose_je_100_15_64"))
    visit.ruhe()
    first = page.locator(".waerme tbody th").all_inner_texts()
    assert len(first) == 44
    other = fenster(width)
    other.oeffne(page.url.removeprefix(visit.basis))
    assert other.page.locator(".waerme tbody th").all_inner_texts() == first
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.klagen == other.klagen == []
