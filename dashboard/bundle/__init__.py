"""What the browser gets, built once at set-up: the part of plotly.js we use, everything compressed."""
