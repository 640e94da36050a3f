"""What surrounds every page: skip link, header with navigation, footer."""

from collections.abc import Sequence

from dashboard import dcc, html, texts
from dashboard import format as f
from dashboard.components.bausteine import Kinder, marke
from dashboard.html import Component
from dashboard.seite import fester_link
from indicators.records import Handlungsfeld
from indicators.records_stand import Datenstand
from indicators.textseiten import textseiten


def kopf() -> Component:
    """Return the header; the navigation is filled for each page."""
    return html.Header(
        html.Div(
            [
                dcc.Link(
                    [html.Strong(texts.name()), html.Span(texts.kreis_name())],
                    href="/",
                    className="name",
                ),
                html.Nav(id="navigation", **{"aria-label": "Hauptnavigation"}),
                suchfeld("suche-kopf"),
                html.Div(id="entwurf"),
            ],
            className="breite",
        ),
        className="kopf",
    )


def suchfeld(id_: str, frage: str = "") -> Component:
    """Return a search field that works with the keyboard alone: type, then Enter."""
    return html.Form(
        [
            html.Label("Suchen", htmlFor=id_, className="vorlesen"),
            dcc.Input(
                id=id_,
                name="q",
                type="search",
                value=frage,
                placeholder="Suchen …",
                autoComplete="off",
                maxLength=100,
                className="suchwort",
            ),
            html.Button(html.Span("Suchen"), type="submit", className="knopf suchknopf"),
        ],
        action="/suche",
        method="get",
        role="search",
        className="suchfeld",
    )


def navigation(felder: Sequence[Handlungsfeld], pfad: str) -> list[Component]:
    """Return the entries of the main navigation; the current page is marked."""
    current = [feld.id for feld in felder if pfad == f"/handlungsfeld/{feld.id}"]
    menu = html.Details(
        [
            html.Summary("Handlungsfelder", className="aktiv" if current else ""),
            html.Ul(
                [
                    html.Li(
                        _link(f"{feld.nr}  {feld.kurztitel}", f"/handlungsfeld/{feld.id}", pfad)
                    )
                    for feld in felder
                ]
            ),
        ],
        key=pfad,
    )
    entries = [
        _link("Start", "/", pfad),
        menu,
        _link("Gemeinden", "/gemeinden", pfad),
        _link("Vergleich", "/vergleich", pfad),
        _link("Querschnitt", "/querschnitt", pfad),
        _link("Gremien", "/gremien", pfad),
        _link("Daten", "/daten", pfad, unter=True),
    ]
    return [html.Ul([html.Li(entry) for entry in entries], className="menue", key=f"menue-{pfad}")]


def _link(text: Kinder, href: str, pfad: str, *, unter: bool = False) -> Component:
    """Return an entry; unter: it also stands for the pages below its address."""
    here = href == pfad or (unter and pfad.startswith(f"{href}/"))
    return dcc.Link(text, href=href, className="aktiv" if here else "")


def vermerk(stand: Datenstand) -> list[Component]:
    """Return the badge that says that nothing here is released yet, or that it is internal."""
    if not stand.vermerk:
        return []
    sign = marke(stand.vermerk, "intern" if stand.intern else "entwurf", title=stand.hinweis)
    return [sign, html.A(" Abmelden", href="/abmelden")] if stand.intern else [sign]


def fester_stand(stand: Datenstand, pfad: str) -> list[Component]:
    """Return the line on pages of a fixed link: as of when, and the way to newer figures."""
    if not stand.fest:
        return []
    link = html.A("ansehen", href=fester_link("aktuell", pfad), className="neuere-daten")
    more: list[Kinder] = ["es gibt neuere Daten: ", link] if stand.neuere else ["der neueste"]
    text = f"Fester Link: Datenstand vom {f.zeitpunkt(stand.erzeugt)}"
    return [html.P([text, "; ", *more, "."], className="fester-stand")]


def fuss(stand: Datenstand) -> list[Component]:
    """Return the footer with the Datenstand."""
    note = [html.P(stand.hinweis, className="entwurf-satz")] if stand.hinweis else []
    return [
        html.Div(
            [
                html.P(
                    [
                        html.Strong(f"{texts.name()} {texts.kreis_name()}"),
                        f" · Datenstand {stand.id}, berechnet am {f.zeitpunkt(stand.erzeugt)}",
                    ],
                    id="datenstand-text",
                    **{
                        "data-herausgeber": f"{texts.name()} {texts.kreis_name()}",
                        "data-stand": f"Datenstand {stand.name}",
                        "data-fest": "" if stand.vermerk else fester_link(stand.id, ""),
                    },
                ),
                *note,
                html.P(
                    [
                        "Quellen, Lizenzen und Prüfungen: ",
                        dcc.Link("Daten und Quellen", href="/daten"),
                        " · ",
                        dcc.Link("Schnittstelle", href="/api"),
                        ". Jede Zahl nennt ihre Quelle dort, wo sie steht.",
                    ]
                ),
                _rechtliches(),
            ],
            className="breite",
        )
    ]


def _rechtliches() -> Component:
    """Return the links that the law wants on every page."""
    links = [
        html.Li(dcc.Link(page.kurztitel, href=f"/{name}"))
        for name, page in textseiten(texts.fusszeilen()).items()
    ]
    return html.Nav(html.Ul(links), className="rechtliches", **{"aria-label": "Rechtliches"})
