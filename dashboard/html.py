"""HTML elements for pages: those of Dash without its checks, which cost most of a page's time.

Dash compares every argument of every element with lists of names, twice: when the element is made
and when it is sent. A profile of a municipality has 1,800 elements. The same checks are made by the
tests over every page instead (tests/dashboard/test_elemente.py).
"""

from typing import Any, TypeVar, cast

from dash import html
from dash.development.base_component import Component, ComponentMeta

C = TypeVar("C", bound=type[Component])


def leicht(kind: C) -> C:
    """Return a class of the same elements that takes its arguments as they come."""

    def keep(self: Component, children: Any = None, **props: Any) -> None:  # noqa: ANN401
        if children is not None:
            props["children"] = children
        self.__dict__ = props

    def as_json(self: Component) -> dict[str, Any]:
        return {"props": self.__dict__, "type": kind._type, "namespace": kind._namespace}  # noqa: SLF001

    members = {
        "__module__": kind.__module__,
        "__doc__": kind.__doc__,
        "__init__": keep,
        "to_plotly_json": as_json,
        "_namespace": kind._namespace,  # noqa: SLF001
        "_children_props": kind._children_props,  # noqa: SLF001
    }
    return cast("C", ComponentMeta(kind.__name__, (kind,), members))


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
