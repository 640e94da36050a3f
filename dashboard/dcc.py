"""Dash's core components as pages send them (see `html`)."""

from dash import dcc

from dashboard.html import leicht

Graph = leicht(dcc.Graph)
Input = leicht(dcc.Input)
Link = leicht(dcc.Link)
Location = leicht(dcc.Location)
Store = leicht(dcc.Store)
