"""A council member follows a goal from its steering body to a measure, and leaves no trace."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("width", [1440, 390])
def test_from_the_bodies_to_a_measure_and_back(fenster, width):
    visit = fenster(width)
    page = visit.page
    visit.oeffne("/gremien")
    visit.folge(
        page.locator(".felder").get_by_role("link", name="Alter und Pflege"),
        "/gremien/alter_pflege",
        "Alter und Pflege",
    )
    goal = page.get_by_role("link", name="Fachkräfte in der Pflege sichern")
    visit.folge(goal, "/leitziel/alter_pflege/fachkraefte", "Fachkräfte in der Pflege sichern")
    page.locator(".kette").get_by_role("link", name="Maßnahmen").click()
    page.wait_for_url("**#massnahmen")
    measure = page.get_by_role("heading", name="Koordinierungsstelle Pflegeberufegesetz")
    assert measure.is_visible()
    assert page.get_by_text("zeitgleich beobachtet; Wirkung nicht belegt").first.is_visible()
    page.go_back()
    page.go_back()
    page.get_by_role("heading", name="Mitglieder nach Funktion").wait_for()
    assert visit.fremde() == []
    assert visit.klagen == []


@pytest.mark.parametrize("width", [1440, 820, 390])
def test_no_page_of_the_agenda_scrolls_sideways(fenster, width):
    visit = fenster(width)
    for address in (
        "/gremien", "/gremien/ausschuss", "/gremien/unterarbeitsgemeinschaften",
        "/gremien/familie_jugend", "/leitziel/soziale_sicherung/arbeitsmarkt",
        "/impressum", "/datenschutz", "/barrierefreiheit", "/lizenzen",
    ):  # fmt: skip
        visit.oeffne(address)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert visit.fremde() == []


def test_what_the_privacy_page_promises_is_kept(fenster):
    visit = fenster()
    for address in ("/", "/datenschutz", "/leitziel/alter_pflege/fachkraefte"):
        visit.oeffne(address)
        visit.ruhe()
    assert visit.page.context.cookies() == []
    assert visit.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert visit.fremde() == []
