"""What stands beside figures: requested data, notes of experts, money, facilities."""

from collections.abc import Mapping, Sequence

from dashboard import dcc, html, texts
from dashboard import format as f
from dashboard.components.bausteine import abschnitt, aufklappen, marke, tabelle
from dashboard.html import Component
from dashboard.seite import Kontext
from indicators.records import Indikator, Wert
from indicators.records_agenda import Anforderung, Fachnotiz, Geldbetrag

EBENEN = {"gemeinde": "jede Stadt und Gemeinde", "kreis": "den Landkreis"}
RECHNUNG = {
    "brutto": "brutto",
    "netto": "netto",
    "nicht_genannt": "brutto oder netto nicht genannt",
}
ART = {"ist": "Ergebnis", "plan": "Plan", "prognose": "Prognose"}
GELD_SATZ = (
    "Jeder Betrag steht für sich, so wie er gedruckt wurde. Verschieden abgegrenzte Beträge, brutto"
    " und netto, Plan und Ergebnis lassen sich nicht vergleichen und nicht verrechnen; was damit"
    " erreicht wurde, zeigen sie nicht."
)


def angefordert(anforderung: Anforderung, *, mit_werten: bool = False) -> Component:
    """Say that figures are asked for, who holds them, for which areas, and how to hand them in."""
    areas = " sowie ".join(EBENEN[level] for level in anforderung.ebenen)
    start = "Weitere Daten angefordert" if mit_werten else "Daten angefordert"
    return html.Div(
        [
            html.P(
                [
                    marke(start, "luecke-marke"),
                    f" Die Zahlen hat: {anforderung.bei}. Gebraucht werden sie für {areas},"
                    f" {anforderung.rhythmus.rstrip('.')}.",
                ]
            ),
            html.P(
                [
                    "Vorlage zum Ausfüllen: ",
                    html.Code(f"sozialmonitor template {anforderung.indikator}"),
                ],
                className="leise",
            ),
        ],
        className="fehlt",
    )


def angefordert_zeilen(kontext: Kontext, indikatoren: Sequence[Indikator]) -> Component | None:
    """Return the defined indicators without data, each with who holds them."""
    rows = []
    for indikator in indikatoren:
        request = kontext.service.anforderung(indikator.id)
        holder = f"Die Zahlen hat: {request.bei}." if request else "Wer sie hat, ist nicht bekannt."
        link = dcc.Link(indikator.titel, href=f"/indikator/{indikator.id}")
        rows.append(html.Li([marke("Daten angefordert", "luecke-marke"), " ", link, ". ", holder]))
    return html.Ul(rows, className="angefordert") if rows else None


def notizen(kontext: Kontext, notes: Sequence[Fachnotiz]) -> Component | None:
    """Return signed and dated notes; one about a single value names it."""
    if not notes:
        return None
    names = kontext.namen()
    rows = [
        html.Li(
            [
                html.P(_worum(note, names), className="wann"),
                html.P(note.text),
                html.P(f"{note.gezeichnet}, {f.datum(note.datum)}", className="leise"),
            ]
        )
        for note in reversed(notes)
    ]
    return abschnitt(
        "Notizen der Fachleute", html.Ul(rows, className="ereignisse"), id_="fachnotizen"
    )


def _worum(note: Fachnotiz, names: Mapping[str, str]) -> str:
    if note.gebiet and note.zeit:
        return f"Zum Wert: {names.get(note.gebiet, note.gebiet)}, {f.zeit_kurz(note.zeit)}"
    return "Zum ganzen Indikator" if note.indikator else "Zum Handlungsfeld"


def geld(betraege: Sequence[Geldbetrag], ganzes: Sequence[Geldbetrag] = ()) -> Component | None:
    """Return amounts of money as a table: each with year, Plan or Ist, gross or net, definition.

    ganzes: the amounts of the whole social budget, folded below
    """
    if not betraege and not ganzes:
        return None
    whole = f"Der ganze Sozialhaushalt ({f.anzahl(len(ganzes), 'Betrag', 'Beträge')})"
    links = [
        html.Li(html.A(f"{g.titel}, {g.jahr}", href=g.adresse, rel="noreferrer"))
        for g in (*betraege, *ganzes)
        if g.adresse
    ]
    return abschnitt(
        "Geld daneben",
        _geldtafel(betraege, "Beträge, jeder für sich") if betraege else None,
        aufklappen(whole, _geldtafel(ganzes, "Der ganze Sozialhaushalt")) if ganzes else None,
        aufklappen("Fundstellen", html.Ul(links)) if links else None,
        id_="geld",
        satz=GELD_SATZ,
    )


def _geldtafel(betraege: Sequence[Geldbetrag], titel: str) -> Component:
    rows = [
        [g.titel, str(g.jahr), betrag(g), ART[g.art], RECHNUNG[g.rechnung], g.abgrenzung, g.quelle]
        for g in betraege
    ]
    head = ("Was", "Jahr", "Betrag", "Plan oder Ergebnis", "Rechnung", "Abgrenzung", "Quelle")
    return tabelle(head, rows, titel, rechts=("Betrag",), klasse="geld")


def betrag(g: Geldbetrag) -> str:
    """Return an amount with its unit: »325,4 Millionen Euro«, »33 Prozent«."""
    digits = 1 if g.einheit == "Millionen Euro" else 0
    return f"{f.zahl(g.betrag, digits)} {g.einheit}"


def zum_indikator(kontext: Kontext, indikator: Indikator) -> list[Component]:
    """Return what stands beside the series of an indicator, where there is any of it."""
    service = kontext.service
    parts = (
        angebote(kontext, indikator),
        geld([g for g in service.geld(indikator=indikator.id) if g.aus_indikator != indikator.id]),
        notizen(kontext, service.fachnotizen(indikator=indikator.id)),
    )
    return [part for part in parts if part is not None]


def angebote(kontext: Kontext, indikator: Indikator) -> Component | None:
    """Return the facilities that serve the people of an indicator, with their newest counts."""
    ids = kontext.service.angebote(indikator.id)
    if not ids:
        return None
    values = kontext.letzte()[texts.kreis()]
    rows = [_angebot(kontext, kontext.service.indikator(id_), values.get(id_)) for id_ in ids]
    return abschnitt(
        "Angebote dazu",
        html.Ul(rows, className="angebote"),
        id_="angebote",
        satz="Was es für diese Menschen gibt: der Bestand im Landkreis und, wo er bekannt ist, der Bedarf.",
    )


def am_ort(kontext: Kontext, werte: Mapping[str, Wert]) -> Component | None:
    """Return the facilities of one municipality, and which counts of them are asked for."""
    service = kontext.service
    offers = [i for i in service.indikatoren() if service.dient(i.id)]
    there = [(i, w) for i in offers if (w := werte.get(i.id)) is not None and w.wert is not None]
    asked = [i for i in offers if _angefordert_je_gemeinde(kontext, i)]
    if not offers:
        return None
    rows = [_angebot(kontext, i, w) for i, w in there]
    waiting = angefordert_zeilen(kontext, asked)
    count = f.anzahl(len(asked), "weiteres Angebot", "weitere Angebote")
    return abschnitt(
        "Angebote am Ort",
        html.Ul(rows, className="angebote") if rows else None,
        aufklappen(f"{count}: Daten angefordert", waiting) if waiting is not None else None,
        id_="angebote",
        satz="Einrichtungen zählen am Standort, auch wenn sie Nachbarorte mitversorgen; Fahrzeiten gelten für das Auto.",
    )


def _angefordert_je_gemeinde(kontext: Kontext, indikator: Indikator) -> bool:
    request = kontext.service.anforderung(indikator.id)
    return request is not None and "gemeinde" in request.ebenen


def _angebot(kontext: Kontext, indikator: Indikator, wert: Wert | None) -> Component:
    link = dcc.Link(indikator.titel, href=f"/indikator/{indikator.id}")
    request = kontext.service.anforderung(indikator.id)
    said: list[Component | str] = ["kein Wert für dieses Gebiet"]
    if wert is not None and wert.wert is not None:
        number = html.Strong(f.mit_einheit(wert.wert, indikator))
        said = [number, html.Span(f" ({f.zeit_kurz(wert.zeit)})", className="leise")]
    elif request is not None:
        said = [marke("Daten angefordert", "luecke-marke"), f" {request.bei}"]
    return html.Li([link, html.Span(said)])
