"""The controls of an indicator page: areas, years, group."""

from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard import format as f
from dashboard import texts
from dashboard.ergebnis import Ergebnis, angezeigt
from dashboard.state import HOECHSTENS

GESAMT = "insgesamt"
POPUP = {"shadow": "md", "withinPortal": False}


def leiste(found: Ergebnis) -> Component:
    """Return the bar with the controls for areas, years and group; unused ones are hidden."""
    return html.Div(
        [_gebiete(found), _jahr("von", "von", found), _jahr("bis", "bis", found), _gruppe(found)],
        className="leiste",
        role="group",
        **{"aria-label": "Auswahl"},
    )


def vergleichsleiste(found: Ergebnis) -> Component:
    """Return the controls of the comparison: level and period."""
    levels = [{"value": a, "label": texts.EBENEN[a]} for a in found.moeglich.ansichten]
    hidden = len(levels) <= 1
    return html.Div(
        [
            _feld("ansicht", "Vergleich der", levels, found.ansicht, hidden=hidden, klasse="weit"),
            _feld("zeit", "Zeitpunkt", zeiten(found), found.zeit, hidden=not found.ansicht),
        ],
        className="leiste innen",
        role="group",
        **{"aria-label": "Auswahl für den Vergleich"},
    )


def werte(found: Ergebnis) -> tuple[Any, ...]:
    """Return what the controls show for a state, and the periods on offer."""
    shown = angezeigt(found)
    return (
        list(shown.gebiete),
        str(shown.von or ""),
        str(shown.bis or ""),
        shown.gruppe or GESAMT,
        shown.ansicht,
        shown.zeit,
        zeiten(found),
    )


def zeiten(found: Ergebnis) -> list[dict[str, str]]:
    """Return the periods of the shown level, newest first."""
    periods = found.moeglich.zeiten.get(found.ansicht, ())
    return [{"value": zeit, "label": f.zeit_kurz(zeit)} for zeit in reversed(periods)]


def _gebiete(found: Ergebnis) -> Component:
    groups = [
        {"group": texts.EBENEN_KURZ[level], "items": [_option(key, found) for key in keys]}
        for level, keys in found.moeglich.ebenen().items()
    ]
    one = len(groups) == 1
    label = str(groups[0]["group"]) if one else "Gebiete"
    return html.Div(
        dmc.MultiSelect(
            id="wahl-gebiete",
            label=f"{label} (bis zu {HOECHSTENS})",
            data=groups[0]["items"] if one else groups,
            value=list(found.auswahl.gebiete),
            searchable=True,
            clearable=True,
            hidePickedOptions=True,
            maxValues=HOECHSTENS,
            placeholder="Namen eingeben …",
            nothingFoundMessage="Kein Treffer oder schon acht gewählt.",
            comboboxProps=POPUP,
            clearButtonProps={"aria-label": "Alle abwählen"},
        ),
        className="wahl weit",
        hidden=not groups,
    )


def _option(key: str, found: Ergebnis) -> dict[str, str]:
    return {"value": key, "label": found.namen[key]}


def _jahr(name: str, label: str, found: Ergebnis) -> Component:
    years = sorted(found.moeglich.jahre)
    shown = angezeigt(found)
    value = shown.von if name == "von" else shown.bis
    options = [{"value": str(year), "label": str(year)} for year in years]
    label = {"von": "Jahre von", "bis": "bis"}[label]
    return _feld(name, label, options, str(value or ""), hidden=len(years) <= 1, klasse="schmal")


def _gruppe(found: Ergebnis) -> Component:
    options = [
        {"value": GESAMT, "label": GESAMT},
        *[{"value": name, "label": f.gruppe(g)} for name, g in found.moeglich.gruppen.items()],
    ]
    value = found.auswahl.gruppe or GESAMT
    return _feld("gruppe", "Gruppe", options, value, hidden=len(options) <= 1)


def _feld(
    name: str,
    label: str,
    options: list[dict[str, str]],
    value: str,
    *,
    hidden: bool,
    klasse: str = "",
) -> Component:
    """Return a choice from a list; one with nothing to choose stays out of sight."""
    return html.Div(
        dmc.Select(
            id=f"wahl-{name}",
            label=label,
            data=options,
            value=value,
            allowDeselect=False,
            comboboxProps=POPUP,
        ),
        className=f"wahl {klasse}".strip(),
        hidden=hidden,
    )
