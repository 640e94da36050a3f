"""The elements of pages: light, but with no property that Dash does not know."""

import json

import dash
import dash_mantine_components
import pytest
from dash import dcc
from dash.development.base_component import Component
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
    elif isinstance(node, Component):
        yield node
        yield from elements(getattr(node, "children", None))


@pytest.mark.parametrize("address", SEITEN)
def test_no_element_has_a_property_that_dash_does_not_know(kontext, address):
    path, _, query = address.partition("?")
    found = [
        e
        for e in elements(routing.seite(kontext, path, f"?{query}" if query else "").inhalt)
        if type(e).__mro__[1] is not Component
    ]
    assert found, "the test must see the elements"
    for element in found:
        original = {"dash_html_components": dash.html, "dash_core_components": dash.dcc}.get(
            element._namespace, dash_mantine_components
        )
        getattr(original, element._type)(**element.to_plotly_json()["props"])  # refuses them


def test_a_light_element_is_sent_like_the_one_of_dash():
    own = html.Div(["a", html.Span("b", title="c")], className="d", **{"aria-label": "e"})
    theirs = dash.html.Div(
        ["a", dash.html.Span("b", title="c")], className="d", **{"aria-label": "e"}
    )
    assert json.loads(to_json_plotly(own)) == json.loads(to_json_plotly(theirs))


def test_a_light_link_is_known_to_dash_as_its_own():
    from dashboard.dcc import Link

    assert isinstance(Link("a", href="/"), dcc.Link)
