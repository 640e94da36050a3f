"""Pure: rows in, plotly dictionaries or SVG text out; no ids, no service."""
