"""The controls of an indicator page: areas, years, group."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dashboard import dmc, html, texts
from dashboard import format as f
from dashboard.ergebnis import Ergebnis, angezeigt
from dashboard.html import Component
from dashboard.kacheln import kacheln
from dashboard.state import GEGLAETTET, GEMEINDEN, HOECHSTENS, KACHELN

GESAMT = "insgesamt"
FLAECHEN = "flaechen"  # the map as it is, unless tiles are chosen
WAHL = ("gebiete", "von", "bis", "gruppe", "ansicht", "zeit", "karte", "mit", "jahr")
AUSGABEN = (
    *((f"wahl-{name}", "value") for name in WAHL),
    ("wahl-zeit", "data"),
    ("wahl-jahr", "min"),
    ("wahl-jahr", "max"),
    ("wahl-jahr", "marks"),
    ("feld-jahr", "hidden"),
    ("feld-karte", "hidden"),
)
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
    """Return the controls of the comparison: level, period, and how the map is drawn."""
    levels = [{"value": a, "label": texts.ebenen()[a]} for a in found.moeglich.ansichten]
    hidden = len(levels) <= 1
    return html.Div(
        [
            _feld("ansicht", "Vergleich der", levels, found.ansicht, hidden=hidden, klasse="weit"),
            _feld("zeit", "Zeitpunkt", zeiten(found), found.zeit, hidden=not found.ansicht),
            _darstellung(found),
        ],
        className="leiste innen",
        role="group",
        **{"aria-label": "Auswahl für den Vergleich"},
    )


def zeitleiste(found: Ergebnis) -> Component:
    """Return the slider over the periods of the comparison; it never moves by itself."""
    places = _stellen(found)
    return html.Div(
        dmc.Slider(
            id="wahl-jahr",
            **_leiste(found),
            value=places.get(found.zeit, 0.0),
            restrictToMarks=True,
            thumbLabel="Zeitpunkt des Vergleichs",
            # A place between two years, for two counts in one year, is no year to be printed.
            label=None if all(place.is_integer() for place in places.values()) else "",
        ),
        id="feld-jahr",
        className="zeitleiste",
        hidden=len(places) <= 1,
    )


def periode(found_zeiten: Sequence[str], place: float | None) -> str:
    """Return the period at a place of the slider."""
    return next((zeit for zeit, at in stellen(found_zeiten).items() if at == place), "")


def stellen(periods: Sequence[str]) -> dict[str, float]:
    """Return the place of each period on the slider: its year, the last one of a year exactly.

    Earlier periods of the same year are spread over the twelve months before.
    """
    places = {}
    for year, same in groupby(periods, key=lambda zeit: int(zeit[:4])):
        inside = list(same)
        for n, zeit in enumerate(inside, 1):
            places[zeit] = year - (len(inside) - n) / len(inside)
    return places


def _stellen(found: Ergebnis) -> dict[str, float]:
    return stellen(found.moeglich.zeiten.get(found.ansicht, ()))


def _leiste(found: Ergebnis) -> dict[str, Any]:
    """Return the ends and marks of the slider; only the first and the last are named."""
    places = _stellen(found)
    ends = {*list(places)[:1], *list(places)[-1:]}
    marks = [
        {"value": place, "label": zeit[:4] if len(zeit) == len("2015-12-31") else zeit}
        if zeit in ends
        else {"value": place}
        for zeit, place in places.items()
    ]
    low, high = (min(places.values()), max(places.values())) if places else (0, 1)
    return {"min": low, "max": max(high, low + 1), "marks": marks}


def werte(found: Ergebnis) -> tuple[Any, ...]:
    """Return what the controls show for a state, in the order of AUSGABEN."""
    shown = angezeigt(found)
    track = _leiste(found)
    places = _stellen(found)
    return (
        list(shown.gebiete),
        str(shown.von or ""),
        str(shown.bis or ""),
        shown.gruppe or GESAMT,
        shown.ansicht,
        shown.zeit,
        shown.karte or FLAECHEN,
        shown.mit or None,
        places.get(found.zeit, 0.0),
        zeiten(found),
        track["min"],
        track["max"],
        track["marks"],
        len(places) <= 1,
        found.ansicht != GEMEINDEN,
    )


def zeiten(found: Ergebnis) -> list[dict[str, str]]:
    """Return the periods of the shown level, newest first."""
    periods = found.moeglich.zeiten.get(found.ansicht, ())
    return [{"value": zeit, "label": f.zeit_kurz(zeit)} for zeit in reversed(periods)]


def _darstellung(found: Ergebnis) -> Component:
    """Return the switch between the map, tiles of equal size and smoothed estimates."""
    options = [{"value": FLAECHEN, "label": "Karte"}]
    if kacheln():
        options.append({"value": KACHELN, "label": "Kacheln"})
    if found.indikator.art in ("anteil", "rate"):  # the others have no cases to smooth
        options.append({"value": GEGLAETTET, "label": "geglättet"})
    control = dmc.SegmentedControl(
        id="wahl-karte", data=options, value=found.auswahl.karte or FLAECHEN
    )
    return html.Div(
        [html.Span("Darstellung", className="feldname", id="wahl-karte-name"), control],
        id="feld-karte",
        className="wahl schmal",
        hidden=found.ansicht != GEMEINDEN,
        role="group",
        **{"aria-labelledby": "wahl-karte-name"},
    )


def zweiter(found: Ergebnis) -> Component:
    """Return the choice of a second indicator."""
    options = [{"value": key, "label": title} for key, title in found.titel.items()]
    return html.Div(
        dmc.Select(
            id="wahl-mit",
            label="Zweiter Indikator",
            data=options,
            value=found.auswahl.mit or None,
            searchable=True,
            clearable=True,
            placeholder="Indikator wählen …",
            nothingFoundMessage="Kein Treffer.",
            comboboxProps=POPUP,
            clearButtonProps={"aria-label": "Abwählen"},
        ),
        className="wahl weit",
    )


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
