"""Dash's core components, the ones of which a page has hundreds without checks (see `html`)."""

from dash.dcc import Graph, Input, Location, Store
from dash.dcc import Link as _Link

from dashboard.html import leicht

__all__ = ["Graph", "Input", "Link", "Location", "Store"]

Link = leicht(_Link)
