"""Mantine's components on pages without Dash's checks, which cost a choice more than its list does."""

import dash_mantine_components as _dmc

from dashboard.html import leicht

MultiSelect = leicht(_dmc.MultiSelect)
SegmentedControl = leicht(_dmc.SegmentedControl)
Select = leicht(_dmc.Select)
Slider = leicht(_dmc.Slider)
Table = leicht(_dmc.Table)
