"""Mantine's components as pages send them (see `html`)."""

import dash_mantine_components as _dmc

from dashboard.html import leicht

MultiSelect = leicht(_dmc.MultiSelect)
SegmentedControl = leicht(_dmc.SegmentedControl)
Select = leicht(_dmc.Select)
Slider = leicht(_dmc.Slider)
Table = leicht(_dmc.Table)
