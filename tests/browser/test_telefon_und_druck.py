"""What does not fit: the start page on a phone, a profile on one printed page."""

import os
import re

import pytest

from etl.gebiete import Gebiete

# The fullest pages of the 44 when all were measured; BENCH=1 prints every one of them.
VOLLE = ["08116049", "08116005", "08116076", "08116019", "08116080"]
ORTE = sorted(Gebiete().gemeinden) if "BENCH" in os.environ else VOLLE
SEITE = re.compile(rb"/Type\s*/Page\b(?!s)")


def test_a_phone_shows_doors_and_goals_first_and_unfolds_figures_by_keyboard(fenster):
    visit = fenster(390, 844)
    page = visit.page
    visit.oeffne("/")
    visit.ruhe()
    folds = page.locator("details.breit-offen")
    assert folds.count() == 6
    assert page.locator("details.breit-offen[open]").count() == 0
    assert page.locator(".tueren li").last.bounding_box()["y"] < 844, "below the first screen"
    summary = folds.first.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    folds.first.locator(".ziel").first.wait_for(state="visible")
    assert visit.klagen == []


def test_a_wide_screen_shows_the_same_figures_without_moving_the_page(fenster):
    visit = fenster()
    visit.page.add_init_script("""
        window.verschoben = 0;
        new PerformanceObserver((liste) => {
          for (const e of liste.getEntries()) if (!e.hadRecentInput) window.verschoben += e.value;
        }).observe({ type: "layout-shift", buffered: true });
    """)
    visit.oeffne("/")
    visit.ruhe()
    assert visit.page.locator("details.breit-offen[open]").count() == 6
    assert visit.page.evaluate("window.verschoben") < 0.1, "what Web Vitals call good"


@pytest.mark.parametrize("ort", ORTE)
def test_a_profile_prints_on_one_page(fenster, ort):
    visit = fenster()
    visit.oeffne(f"/gemeinde/{ort}")
    visit.page.locator("#blick").wait_for()
    visit.ruhe()
    assert len(SEITE.findall(visit.page.pdf(prefer_css_page_size=True))) == 1
