"""The ways of the people who use this: a council member, a planner, somebody without a mouse."""

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from etl import warehouse as store

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DREI = {"Esslingen am Neckar": "08116019", "Nürtingen": "08116049", "Altenriet": "08116006"}
INDIKATOR = "/indikator/arbeitslose"


@pytest.mark.parametrize("width", [1440, 390])
def test_a_council_member_finds_an_indicator_from_the_start_page(fenster, width):
    visit = fenster(width)
    page = visit.page
    visit.oeffne("/")
    assert page.locator("h1").inner_text().replace("\n", " ") == "Sozialmonitor Landkreis Esslingen"
    assert page.locator("#entwurf").inner_text() == "Entwurf"
    field = page.locator("main").get_by_role("link", name="Soziale Sicherung", exact=True)
    visit.folge(field, "/handlungsfeld/soziale_sicherung", "Soziale Sicherung und Sozialhilfe")
    assert page.locator(".leitziel").count() == 4
    indicator = page.locator(f'a[href="{INDIKATOR}"]').first
    page.locator("details", has=indicator).locator("summary").click()  # among the further ones
    visit.folge(indicator, INDIKATOR, "arbeitslos")
    expect(page.locator("#trend svg.main-svg").first).to_be_visible()
    expect(page.locator("#karte svg.main-svg").first).to_be_visible()
    assert page.get_by_role("heading", name="Was Sie wissen sollten").is_visible()
    assert page.get_by_text("Lizenz:").first.is_visible()
    assert page.title() == "Arbeitslose – Sozialmonitor Landkreis Esslingen"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.fremde() == []
    assert visit.klagen == []


def choose(page, label, value):
    page.get_by_label(label, exact=True).first.click()
    page.get_by_role("option", name=value, exact=True).first.click()


def choose_municipalities(visit):
    box = visit.page.locator("#wahl-gebiete")
    for name, key in DREI.items():
        box.fill(name)
        visit.page.get_by_role("option", name=name, exact=True).first.click()
        visit.page.wait_for_url(re.compile(key))
        visit.ruhe()


def shown(page):
    """Return what a person sees of the state: areas, years, sentence, lines."""
    return (
        page.locator(".leiste .mantine-Pill-label").all_inner_texts(),
        page.locator("#wahl-von").input_value(),
        page.locator("#wahl-bis").input_value(),
        page.locator("#entwicklung-satz").inner_text(),
        page.locator("#trend path.js-line").count(),
    )


def published(warehouse, keys, von, bis):
    """Return the values of the warehouse itself: (gebiet, zeit) → cells."""
    sql = """SELECT gebiet, zeit, zaehler, nenner, wert, status, basis, unten, oben
             FROM indikatorwert WHERE indikator = 'arbeitslose' AND jahr BETWEEN ? AND ?
               AND gebiet IN (SELECT unnest(?::VARCHAR[]))"""
    with store.read(store.current(warehouse).oeffentlich) as connection:
        rows = connection.execute(sql, [von, bis, keys]).fetchall()
    return {(row[0], row[1], row[6]): row[2:] for row in rows}


def as_read(row):
    numbers = [float(row[c]) if row[c] else None for c in ("zaehler", "nenner", "wert")]
    bounds = [float(row[c]) if row[c] else None for c in ("unten", "oben")]
    return (*numbers, row["status"], row["basis"], *bounds)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_planner_shares_an_address_and_loads_the_numbers_behind_it(fenster, warehouse, width):
    visit = fenster(width)
    page = visit.page
    visit.oeffne(INDIKATOR)
    choose_municipalities(visit)
    choose(page, "Jahre von", "2005")
    page.wait_for_url(re.compile("von=2005"))
    choose(page, "bis", "2019")
    page.wait_for_url(re.compile("bis=2019"))
    visit.ruhe()
    before = shown(page)
    assert before[0] == list(DREI)
    assert before[1:3] == ("2005", "2019")
    assert parse_qs(urlsplit(page.url).query)["gebiete"] == [",".join(DREI.values())]

    other = fenster(width)
    other.oeffne(page.url.removeprefix(visit.basis))
    other.ruhe()
    assert shown(other.page) == before

    with other.page.expect_download() as loading:
        other.page.get_by_role("link", name="Angezeigte Daten: CSV für Programme").click()
    file = loading.value
    assert re.fullmatch(r"sozialmonitor_arbeitslose_[\d-]+_entwurf\.csv", file.suggested_filename)
    rows = list(csv.DictReader(io.StringIO(file.path().read_text(encoding="utf-8"))))
    cells = published(warehouse, [*DREI.values(), "08116", "08", "DG"], 2005, 2019)
    assert {(r["gebiet"], r["zeit"], r["basis"]): as_read(r) for r in rows} == cells
    assert len(rows) == len(cells) > 3 * 15
    assert visit.fremde() == other.fremde() == []
    assert visit.klagen == other.klagen == []


def test_back_and_forward_lead_through_pages_and_choices(fenster):
    visit = fenster()
    page = visit.page
    visit.oeffne("/gemeinden")
    link = page.get_by_role("link", name="Wernau (Neckar)")
    visit.folge(link, "/gemeinde/08116072", "Wernau (Neckar)")
    page.go_back()
    page.wait_for_url(f"{visit.basis}/gemeinden")
    page.get_by_role("heading", name="44 Städte und Gemeinden").wait_for()
    page.go_forward()
    page.get_by_role("heading", name="Wernau (Neckar)").wait_for()

    visit.oeffne(f"{INDIKATOR}?gebiete=08116019")
    choose(page, "bis", "2010")
    page.wait_for_url(re.compile("bis=2010"))
    visit.ruhe()
    page.go_back()
    expect(page.locator("#wahl-bis")).not_to_have_value("2010")
    assert "bis=" not in page.url
    assert visit.klagen == []


def test_everything_can_be_reached_by_keyboard(fenster):
    visit = fenster()
    page = visit.page
    visit.oeffne("/")
    visit.ruhe()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
    assert page.locator(".sprung").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"

    menu = page.locator("#navigation summary")
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert "Familie" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/handlungsfeld/familie_jugend"))
    page.locator("h1").wait_for()
    expect(page.locator("#inhalt")).to_be_focused()
    assert page.locator("#navigation details").get_attribute("open") is None


def test_a_municipality_is_found_by_typing_its_name(fenster):
    visit = fenster(390)
    page = visit.page
    visit.oeffne("/")
    page.locator("#gemeinde-finder").fill("Köng")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visit.basis}/gemeinde/08116035")
    page.get_by_role("heading", name="Köngen", exact=True).wait_for()
    assert visit.klagen == []


def test_an_unknown_address_is_a_page_with_a_way_on(fenster):
    visit = fenster()
    visit.oeffne("/indikator/nix")
    assert visit.page.locator("h1").inner_text() == "Diese Seite gibt es nicht."
    assert visit.page.get_by_role("link", name="Alle 44 Städte und Gemeinden").is_visible()
    assert visit.fremde() == []
