"""HTML elements for pages, as what is sent of them: plain dictionaries.

Dash makes an object of every element and compares its arguments with lists of names, when it is made
and again when it is sent. A profile of a municipality has 1,800 elements, so this cost most of its
time. The same checks are made by the tests over every page instead (tests/dashboard/test_elemente.py),
and what is plain data already is written by orjson without a look into it.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from dash import html
from dash.development import base_component

Component: TypeAlias = dict[str, Any]


def leicht(kind: type[base_component.Component]) -> Callable[..., Component]:
    """Return what makes the same elements as a class of Dash, and takes arguments as they come."""
    type_, namespace = kind._type, kind._namespace  # noqa: SLF001

    def element(children: Any = None, **props: Any) -> Component:  # noqa: ANN401
        if children is not None:
            props["children"] = children
        return {"props": props, "type": type_, "namespace": namespace}

    return element


A = leicht(html.A)
Article = leicht(html.Article)
Aside = leicht(html.Aside)
Button = leicht(html.Button)
Code = leicht(html.Code)
Dd = leicht(html.Dd)
Details = leicht(html.Details)
Div = leicht(html.Div)
Dl = leicht(html.Dl)
Dt = leicht(html.Dt)
Figure = leicht(html.Figure)
Footer = leicht(html.Footer)
Form = leicht(html.Form)
H1 = leicht(html.H1)
H2 = leicht(html.H2)
H3 = leicht(html.H3)
Header = leicht(html.Header)
Img = leicht(html.Img)
Label = leicht(html.Label)
Li = leicht(html.Li)
Main = leicht(html.Main)
Mark = leicht(html.Mark)
Nav = leicht(html.Nav)
Ol = leicht(html.Ol)
P = leicht(html.P)
Pre = leicht(html.Pre)
Section = leicht(html.Section)
Small = leicht(html.Small)
Span = leicht(html.Span)
Strong = leicht(html.Strong)
Summary = leicht(html.Summary)
Table = leicht(html.Table)
Tbody = leicht(html.Tbody)
Td = leicht(html.Td)
Th = leicht(html.Th)
Thead = leicht(html.Thead)
Tr = leicht(html.Tr)
Ul = leicht(html.Ul)
