"""Dash's core components, those that are costly to check without their checks (see `html`)."""

from dash.dcc import Graph as _Graph
from dash.dcc import Input, Location, Store
from dash.dcc import Link as _Link

from dashboard.html import leicht

__all__ = ["Graph", "Input", "Link", "Location", "Store"]

Graph = leicht(_Graph)
Link = leicht(_Link)
