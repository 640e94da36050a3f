"""Small parts that many pages use."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from dashboard import dcc, dmc, html, texts, theme
from dashboard import format as f
from dashboard.html import Component
from indicators.records import Indikator

Kinder: TypeAlias = "Component | str | Sequence[Component | str]"


def bild(svg: str, alt: str, klasse: str = "bild") -> Component:
    """Return a small SVG picture; its text alternative says what it shows."""
    address = svg.replace("%", "%25").replace('"', "'").replace("#", "%23")
    address = address.replace("<", "%3C").replace(">", "%3E")
    return html.Img(src=f"data:image/svg+xml,{address}", alt=alt, className=klasse)


def marke(text: str, klasse: str = "", **attributes: str) -> Component:
    """Return a word in a box."""
    return html.Span(text, className=f"marke {klasse}".strip(), **attributes)


def groesse(wert: float, indikator: Indikator) -> Component:
    """Return a large number with its unit beside it."""
    number = f.zahl(wert, indikator.nachkommastellen)
    unit = html.Span(f"\u202f{f.einheit_kurz(indikator)}", className="einheit")
    return html.Span([html.Strong(number), unit], className="groesse")


def zeichen(form: str) -> Component:
    """Return the sign of a statement; the words beside it say the same to a screen reader."""
    return html.Span(form, className="zeichenform", **{"aria-hidden": "true"})


def messbarkeit(wort: str) -> Component:
    """Return how far a Leitziel can be measured: shape and word, never colour alone."""
    form, meaning = texts.MESSBARKEIT.get(wort, ("", ""))
    return html.Span(
        [
            html.Span(form, className="form", **{"aria-hidden": "true"}),
            texts.MESSBARKEIT_WORT.get(wort, wort),
        ],
        className="messbarkeit",
        title=meaning,
    )


def abschnitt(titel: str, *kinder: Component | None, id_: str, satz: str = "") -> Component:
    """Return a part of a page with its heading and the sentence under it."""
    head: list[Component] = [html.H2(titel, id=f"{id_}-titel")]
    if satz:
        head.append(html.P(satz, className="satz", id=f"{id_}-satz"))
    return html.Section(
        [*head, *[kind for kind in kinder if kind is not None]],
        id=id_,
        className="abschnitt",
        **{"aria-labelledby": f"{id_}-titel"},
    )


def diagramm(figure: Mapping[str, Any], *, id_: str, satz: str) -> Component:
    """Return a chart whose text alternative is its sentence."""
    height = figure["layout"].get("height")
    style = {"height": f"{height}px"} if height else {}
    graph = dcc.Graph(id=id_, figure=figure, config=theme.GRAPH_CONFIG, style=style)
    return html.Figure(
        [html.Div(graph, role="img", **{"aria-label": satz}), _bild_speichern()],
        className="diagramm",
    )


def _bild_speichern() -> Component:
    """Return the buttons that save a chart; assets/bild.js draws the picture in the browser."""
    buttons = [
        html.Button(
            name,
            type="button",
            className="bild-speichern",
            **{"data-art": art, "aria-label": f"Diagramm als {name} speichern"},
        )
        for art, name in (("png", "PNG"), ("svg", "SVG"))
    ]
    return html.Div(
        [html.Span("Bild speichern:"), *buttons, html.Span("", className="leise", role="status")],
        className="bildleiste",
    )


def tabelle(
    kopf: Sequence[str],
    zeilen: Sequence[Sequence[str]],
    titel: str,
    *,
    rechts: Sequence[str] = (),
    klasse: str = "",
) -> Component:
    """Return a table of plain text that scrolls sideways on narrow screens.

    rechts: headings of the columns with numbers. Columns empty in every row are left out.
    """
    used = [i for i in range(len(kopf)) if any(row[i] for row in zeilen)]
    data = {
        "caption": titel,
        "head": [kopf[i] for i in used],
        "body": [[row[i] for i in used] for row in zeilen],
    }
    aligned = [f"r{place}" for place, i in enumerate(used, 1) if kopf[i] in rechts]
    return html.Div(
        dmc.Table(
            data=data,
            captionSide="top",
            highlightOnHover=True,
            tabularNums=True,
        ),
        className=" ".join(["tabelle", *aligned, klasse]).strip(),
        role="region",
        tabIndex=0,
        **{"aria-label": titel},
    )


def aufklappen(titel: str, *kinder: Component, offen: bool = False) -> Component:
    """Return a part that opens on demand; print shows it as it is."""
    return html.Details(
        [html.Summary(titel), html.Div(list(kinder))], open=offen, className="aufklappen"
    )


def hinweise(saetze: Sequence[str]) -> Component | None:
    """Return a visible notice about what was ignored, if anything was."""
    if not saetze:
        return None
    return html.Div([html.P(satz) for satz in saetze], className="hinweis", role="status")


def liste(punkte: Sequence[Kinder], klasse: str = "") -> Component:
    """Return a bullet list."""
    return html.Ul([html.Li(punkt) for punkt in punkte], className=klasse)


def brotkrumen(*glieder: tuple[str, str]) -> Component:
    """Return the way up from this page: (text, address) pairs."""
    return html.Nav(
        html.Ol([html.Li(dcc.Link(text, href=href)) for text, href in glieder]),
        className="brotkrumen",
        **{"aria-label": "Sie sind hier"},
    )


def angaben(paare: Sequence[tuple[str, Kinder]], klasse: str = "angaben") -> Component:
    """Return facts as a definition list."""
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(value)]) for name, value in paare], className=klasse
    )
