"""The elements of pages: light, but with no property that Dash does not know."""

import json

import dash
import dash_mantine_components
import orjson
import pytest
from plotly.io.json import to_json_plotly

from dashboard import html, routing
from dashboard.seite import Kontext
from indicators.service import Service

SEITEN = [
    *routing.FESTE,
    "/handlungsfeld/soziale_sicherung",
    "/indikator/kinderarmut_sgb2_u15?gebiete=08116019,08116049&karte=kacheln",
    "/indikator/arbeitslose?gebiete=08116019",
    "/gemeinde/08116077",
    "/vergleich",
    "/suche?q=Hartz+IV",
    "/querschnitt/armut",
    "/leitziel/soziale_sicherung/2",
    "/gremien/kreistag",
    "/gibt/es/nicht",
]


@pytest.fixture(scope="module")
def kontext(ausgeliefert):
    return Kontext(Service(ausgeliefert))


def elements(node):
    """Yield every element of a tree."""
    if isinstance(node, list | tuple):
        for part in node:
            yield from elements(part)
    elif isinstance(node, dict) and "namespace" in node:
        yield node
        yield from elements(node["props"].get("children"))


def seite(kontext, address):
    path, _, query = address.partition("?")
    return routing.seite(kontext, path, f"?{query}" if query else "").inhalt


@pytest.mark.parametrize("address", SEITEN)
def test_no_element_has_a_property_that_dash_does_not_know(kontext, address):
    found = list(elements(seite(kontext, address)))
    assert found, "the test must see the elements"
    for element in found:
        original = {"dash_html_components": dash.html, "dash_core_components": dash.dcc}.get(
            element["namespace"], dash_mantine_components
        )
        getattr(original, element["type"])(**element["props"])  # refuses them


@pytest.mark.parametrize("address", SEITEN)
def test_a_page_is_plain_data(kontext, address):
    # Else plotly walks through all of it in Python before it writes it.
    assert orjson.loads(orjson.dumps(seite(kontext, address)))


def test_a_light_element_is_sent_like_the_one_of_dash():
    own = html.Div(["a", html.Span("b", title="c")], className="d", **{"aria-label": "e"})
    theirs = dash.html.Div(
        ["a", dash.html.Span("b", title="c")], className="d", **{"aria-label": "e"}
    )
    assert json.loads(to_json_plotly(own)) == json.loads(to_json_plotly(theirs))
