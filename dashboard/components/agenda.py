"""Parts of the Agenda on screen: measures, resolutions, sittings, and what nobody has told yet."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dashboard import dcc, html
from dashboard import format as f
from dashboard.components.bausteine import angaben, marke, zeichen
from dashboard.components.werte import richtung, verlauf
from dashboard.html import Component
from dashboard.seite import Kontext
from indicators.records_agenda import Beschluss, Geschaeftsordnung, Gremium, Massnahme, Sitzung

FEHLT = "noch nicht eingetragen"
NEBEN = "zeitgleich beobachtet; Wirkung nicht belegt"
STATUS = {
    "idee": ("○", "Idee"),
    "in_planung": ("◔", "in Planung"),
    "in_umsetzung": ("◐", "in Umsetzung"),
    "regelbetrieb": ("●", "Regelbetrieb"),
    "beendet": ("■", "beendet"),
    "verworfen": ("✕", "verworfen"),
}
UNBEKANNT = ("–", "Status nicht bekannt")
ABSICHT = {
    "erhoehen": "soll höher werden",
    "senken": "soll niedriger werden",
    "beobachten": "wird dazu beobachtet",
}


def heute() -> date:
    """Return the day in Esslingen."""
    return datetime.now(ZoneInfo("Europe/Berlin")).date()


def berichtszeit(rules: Geschaeftsordnung, tag: date) -> str:
    """Return month and year of the next yearly report: »November 2026«."""
    year = tag.year + (tag.month > rules.berichtsmonat)
    return f"{f.MONATE[rules.berichtsmonat - 1]} {year}"


def naechster_termin(kontext: Kontext, gremium: Gremium, tag: date) -> Component:
    """Say when a body meets next, or that nobody has told, and who knows."""
    sitting = kontext.service.naechste_sitzung(gremium.id, tag)
    if sitting is not None:
        return html.P(
            ["Nächste Sitzung: ", html.Strong(f.datum(sitting.datum)), f", {sitting.titel}"]
        )
    rules = kontext.service.geschaeftsordnung()
    runs = rules.geschaeftsfuehrung if rules and gremium.handlungsfeld else ""
    holder = f"Die Termine führt: {runs}." if runs else ""
    return fehlt(f"Nächste Sitzung. {holder}".strip())


def bericht_knoepfe(wege: Sequence[tuple[str, str]]) -> Component:
    """Return the ways to a report as files; the first one is the usual way."""
    links = [
        html.A(text, href=href, className="knopf" if n == 0 else "")
        for n, (text, href) in enumerate(wege)
    ]
    return html.P([part for link in links for part in (link, "  ")][:-1], className="laden")


def fehlt(text: str) -> Component:
    """Return what is not known yet, as a quiet box, so that nobody takes it for a nothing."""
    return html.P([marke(FEHLT, "luecke-marke"), f" {text}"], className="fehlt")


def massnahme(kontext: Kontext, item: Massnahme) -> Component:
    """Return a measure: what it is on the left, the series it is meant to move on the right."""
    names = {thema.id: thema.titel for thema in kontext.service.querschnittsthemen()}
    topics = [
        dcc.Link(names[key], href=f"/querschnitt/{key}")
        for key in item.querschnittsthemen
        if key in names
    ]
    facts = [
        *_wer_und_wann(item),
        ("Querschnitt", html.Span(_mit_komma(topics)) if topics else "keines zugeordnet"),
    ]
    known = [html.Li(f"{text} ({year}; {source})") for text, year, source in item.angaben]
    return html.Article(
        [
            html.Div(
                [
                    html.H3(item.titel),
                    status(item),
                    html.P(item.beschreibung),
                    angaben(facts, "angaben eng"),
                    *([html.Ul(known, className="leise bekannt")] if known else []),
                    html.P(f"Quelle: {item.quelle}", className="leise"),
                ],
                className="was",
            ),
            _daneben(kontext, item),
        ],
        className="massnahme",
        id=item.id,
    )


def status(item: Massnahme) -> Component:
    """Return shape and word of a status, and who said so."""
    form, word = STATUS[item.status] if item.status else UNBEKANNT
    source = f" ({item.status_quelle})" if item.status_quelle else ""
    return html.P([zeichen(form), html.Strong(word), source], className="massnahmenstatus")


def _wer_und_wann(item: Massnahme) -> list[tuple[str, str]]:
    known = [("Zuständig", item.zustaendig or ""), ("Zeitraum", _zeitraum(item))]
    told = [(name, text) for name, text in known if text]
    missing = " und ".join(name for name, text in known if not text)
    return [*told, *([(missing, FEHLT)] if missing else [])]


def _zeitraum(item: Massnahme) -> str:
    if item.von is None and item.bis is None:
        return ""
    if item.bis is None:
        return f"seit {item.von}"
    return f"bis {item.bis}" if item.von is None else f"{item.von} bis {item.bis}"


def _mit_komma(links: Sequence[Component]) -> list[Component | str]:
    return [part for link in links for part in (link, ", ")][:-1]


def _daneben(kontext: Kontext, item: Massnahme) -> Component:
    """Return the series beside a measure, with the words that forbid to read them as its effect."""
    if not item.wirkungen:
        return html.Div(
            [
                html.P("Werte daneben", className="kicker"),
                html.P(
                    "Kein Indikator zugeordnet: Für das, was diese Maßnahme bewegen soll, gibt es"
                    " hier noch keine Zahl.",
                    className="leise",
                ),
            ],
            className="daneben",
        )
    rows = [_reihe(kontext, indikator, absicht) for indikator, absicht in item.wirkungen]
    return html.Div(
        [
            html.P(["Werte daneben: ", html.Strong(NEBEN)], className="leise vorbehalt"),
            html.Ul(rows),
            html.P(f"Zuordnung: {item.wirkungen_durch}.", className="leise"),
        ],
        className="daneben",
    )


def _reihe(kontext: Kontext, id_: str, absicht: str) -> Component:
    indikator = kontext.service.indikator(id_)
    points = kontext.kurven().get(id_, ())
    none = html.Span("kein Wert für den Kreis", className="leise")
    shown = verlauf(indikator, points) if points else [none]
    return html.Li(
        [
            html.Div(
                [
                    dcc.Link(indikator.titel, href=f"/indikator/{id_}"),
                    html.Span(ABSICHT[absicht], className="leise"),
                ]
            ),
            html.Div([*shown, *richtung(kontext.bewertungen().get(id_))]),
        ]
    )


def beschluss(item: Beschluss, gremien: Sequence[Gremium]) -> Component:
    """Return a resolution: when, which body, what."""
    day = f.datum(item.datum) if item.datum else f"{item.jahr}, Tag {FEHLT}"
    body = next((g for g in gremien if g.id == item.gremium), None)
    link = [dcc.Link(body.kurztitel, href=f"/gremien/{body.id}")] if body else []
    draft = f" Vorlage {item.vorlage}." if item.vorlage else ""
    return html.Li(
        [
            html.P([day, *([" · "] if link else []), *link], className="wann"),
            html.Strong(item.titel),
            html.P(f"{item.text}{draft}"),
            html.P(f"Quelle: {item.quelle}", className="leise"),
        ]
    )


def sitzung(item: Sitzung, gremien: Sequence[Gremium], tag: date) -> Component:
    """Return a sitting: day, body, topics; whether it lies ahead is said in words."""
    body = next((g for g in gremien if g.id == item.gremium), None)
    link = [" · ", dcc.Link(body.kurztitel, href=f"/gremien/{body.id}")] if body else []
    ahead = " (kommt noch)" if item.datum >= tag else ""
    papers = [html.P(html.A("Unterlagen", href=item.unterlagen))] if item.unterlagen else []
    return html.Li(
        [
            html.P([f"{f.datum(item.datum)}{ahead}", *link], className="wann"),
            html.Strong(item.titel),
            *[html.P(topic) for topic in item.themen if topic not in item.titel],
            *papers,
            html.P(f"Quelle: {item.quelle}", className="leise"),
        ]
    )
