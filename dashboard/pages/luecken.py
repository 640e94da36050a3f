"""Was wir noch nicht wissen: which Leitziele can be measured, how far, and what would help."""

from collections.abc import Mapping, Sequence

from dashboard import dcc, html, texts
from dashboard import format as f
from dashboard.components import daneben, datenbereich
from dashboard.components.bausteine import abschnitt, angaben, messbarkeit
from dashboard.html import Component
from dashboard.seite import Kontext, Seite, je_leitziel
from indicators.records import Indikator, Leitziel

PFAD = "/daten/luecken"
STUFEN = {
    "messbar": ("Messbar", "messbar"),
    "teilweise": ("Teilweise messbar", "teilweise messbar"),
    "nur Proxy": ("Nur ersatzweise messbar", "nur ersatzweise messbar"),
    "nicht messbar": ("Nicht messbar", "nicht messbar"),
}


def seite(kontext: Kontext) -> Seite:
    """Build the page, Leitziele by how far they can be measured, least first."""
    goals = kontext.service.leitziele()
    own = je_leitziel(goals, kontext.service.indikatoren())
    groups = {stufe: [z for z in goals if z.messbarkeit == stufe] for stufe in STUFEN}
    return Seite(
        "Was wir noch nicht wissen",
        [
            *datenbereich.kopf(PFAD, "Was wir noch nicht wissen", _satz(groups, len(goals))),
            html.P(
                "Eine Zahl ist immer nur ein Ausschnitt. Zu jedem Leitziel steht hier, was gezählt"
                " wird, was offen bleibt und welche Angaben weiterhelfen würden.",
                className="fliesstext",
            ),
            *[
                _stufe(kontext, stufe, found, own)
                for stufe, found in reversed(groups.items())
                if found
            ],
        ],
    )


def _satz(groups: Mapping[str, Sequence[Leitziel]], total: int) -> str:
    parts = [f"{f.zahl(len(found))} {STUFEN[stufe][1]}" for stufe, found in groups.items() if found]
    *first, last = parts or ["noch keines eingetragen"]
    verb = "ist" if parts and parts[0].startswith("1 ") else "sind"
    listed = f"{', '.join(first)} und {last}" if first else last
    return f"Von {f.anzahl(total, 'Leitziel', 'Leitzielen')} {verb} {listed}."


def _stufe(
    kontext: Kontext, stufe: str, goals: Sequence[Leitziel], own: Mapping[str, Sequence[Indikator]]
) -> Component:
    title, meaning = STUFEN[stufe][0], texts.MESSBARKEIT.get(stufe, ("", ""))[1]
    return abschnitt(
        f"{title} ({len(goals)})",
        *[_ziel(kontext, ziel, own[ziel.id]) for ziel in goals],
        id_=f"stufe-{stufe.casefold().replace(' ', '-')}",
        satz=meaning,
    )


def _ziel(kontext: Kontext, ziel: Leitziel, everything: Sequence[Indikator]) -> Component:
    indikatoren = [i for i in everything if i.ebenen]
    asked = daneben.angefordert_zeilen(kontext, [i for i in everything if not i.ebenen])
    local = sum("gemeinde" in i.ebenen for i in indikatoren)
    direct = sum(i.typ in {"ergebnis", "ergebnisnah"} for i in indikatoren)
    counted = (
        f"{f.anzahl(len(indikatoren), 'Indikator', 'Indikatoren')};"
        f" {_viele(direct, 'misst', 'messen', 'keiner')} die Lage selbst oder nahe daran,"
        f" {_viele(local, 'gibt es', 'gibt es', 'keinen')} für einzelne Gemeinden."
        if indikatoren
        else "Bisher kein Indikator."
    )
    facts = [("Was wir wissen", ziel.begruendung), ("Was gezählt wird", counted)]
    if ziel.luecke:
        facts.append(("Was helfen würde", ziel.luecke))
    return html.Article(
        [
            html.H3(
                dcc.Link(
                    [html.Span(ziel.nr, className="nr"), ziel.titel], href=f"/leitziel/{ziel.id}"
                )
            ),
            messbarkeit(ziel.messbarkeit),
            angaben(facts),
            *([asked] if asked is not None else []),
        ],
        className="luecke-ziel",
    )


def _viele(n: int, eins: str, viele: str, keiner: str) -> str:
    return f"{f.zahl(n) if n else keiner} {eins if n < 2 else viele}"
