"""The annex: all values in tables, the sources, the methods, and what the signs mean."""

from collections.abc import Iterator, Mapping, Sequence

from dashboard import aussagen, texts
from dashboard import format as f
from dashboard.report.bild import wort
from dashboard.report.grenzen import quellen
from dashboard.seite import Kontext
from indicators.records import Indikator, Leitziel, Wert
from indicators.report.dokument import Absatz, Block, Liste, Tabelle, Ueberschrift
from indicators.wording import aussagen as worte

SPALTEN = 7  # so many municipal indicators fit beside the name of the place


def kapitel(
    kontext: Kontext,
    ziele: Sequence[Leitziel],
    je_ziel: Mapping[str, Sequence[Indikator]],
    indikatoren: Sequence[Indikator],
) -> Iterator[Block]:
    """Yield the annexes A to D."""
    yield Ueberschrift("Anhang A: Alle Indikatoren im Kreis", 1, neue_seite=True)
    shown: set[str] = set()
    for ziel in ziele:
        own = [i for i in je_ziel[ziel.id] if i.ebenen and i.id not in shown]
        shown |= {i.id for i in own}
        if own:
            yield _kreistabelle(kontext, ziel, own)
    yield from _gemeinden(kontext, indikatoren)
    yield from quellenteil(kontext, indikatoren, "Anhang C: ")
    yield from zeichenteil("Anhang D: ")


def _kreistabelle(kontext: Kontext, ziel: Leitziel, own: Sequence[Indikator]) -> Tabelle:
    return Tabelle(
        f"{ziel.nr} {ziel.titel}",
        ("Indikator", "Kreis", "Stand", "Zufallsbereich", "Land", "Bund", "Richtung im Kreis"),
        tuple(_kreiszeile(kontext, i) for i in own),
        (4.6, 1.9, 1.8, 1.9, 1.4, 1.4, 2.8),
        rechts=(1, 3, 4, 5),
    )


def _kreiszeile(kontext: Kontext, i: Indikator) -> tuple[str, ...]:
    wert = kontext.letzte()[texts.kreis()].get(i.id)
    name = f"{i.titel} ({i.einheit})"
    if wert is None or wert.wert is None:
        reason = f.grund(wert) if wert else "kein Wert"
        return name, f.ZEICHEN[wert.status] if wert else "–", reason, "", "", "", ""
    quality = "" if wert.guete in {"", "endgueltig"} else f", {f.status(wert)}"
    return (
        name,
        f.zahl(wert.wert, i.nachkommastellen),
        f"{f.zeit_kurz(wert.zeit)}{quality}",
        aussagen.bereich(wert, i),
        *(_daneben(kontext, i, wert, key) for key in (texts.land(), texts.BUND)),
        wort(kontext.bewertungen().get(i.id)),
    )


def _daneben(kontext: Kontext, i: Indikator, wert: Wert, key: str) -> str:
    other = kontext.letzte()[key].get(i.id)
    if other is None or other.wert is None:
        return ""
    year = f" ({other.jahr})" if other.jahr != wert.jahr else ""
    return f"{f.zahl(other.wert, i.nachkommastellen)}{year}"


def _gemeinden(kontext: Kontext, indikatoren: Sequence[Indikator]) -> Iterator[Block]:
    local = [i for i in indikatoren if "gemeinde" in i.ebenen]
    yield Ueberschrift("Anhang B: Werte der Städte und Gemeinden", 1, neue_seite=True)
    if not local:
        yield Absatz("Zu diesem Handlungsfeld veröffentlicht niemand Werte für einzelne Gemeinden.")
        return
    yield Absatz(
        "Der jüngste Zeitraum jedes Indikators. Werte in Klammern beruhen auf wenigen Fällen; die"
        " Zeichen für fehlende Werte erklärt Anhang D."
    )
    for start in range(0, len(local), SPALTEN):
        yield _gemeindetabelle(kontext, local[start : start + SPALTEN], start // SPALTEN + 1)


def _gemeindetabelle(kontext: Kontext, group: Sequence[Indikator], nr: int) -> Tabelle:
    service = kontext.service
    periods = {i.id: service.zeiten(i.id, "gemeinde")[-1][0] for i in group}
    columns = {i.id: {w.gebiet: w for w in service.vergleich(i.id, periods[i.id])} for i in group}
    head = tuple(f"{i.kurztitel}{_einheit(i)}, {f.zeit_kurz(periods[i.id])}" for i in group)
    rows = tuple(
        (g.kurzname, *(_zelle(columns[i.id].get(g.schluessel), i) for i in group))
        for g in sorted(service.gebiete("gemeinde"), key=lambda g: g.kurzname)
    )
    return Tabelle(
        f"Städte und Gemeinden, Teil {nr}",
        ("Gemeinde", *head),
        rows,
        (3.5, *([1.9] * len(group))),
        rechts=tuple(range(1, len(group) + 1)),
        dicht=True,
    )


def _einheit(i: Indikator) -> str:
    """Return the unit for the head of a column, unless the title has said it."""
    return "" if i.einheit in i.titel else f" ({f.einheit_kurz(i)})"


def _zelle(wert: Wert | None, i: Indikator) -> str:
    if wert is None:
        return ""
    if wert.wert is None:
        return f.ZEICHEN[wert.status] if wert.status != "fehlt" else ""
    number = f.zahl(wert.wert, i.nachkommastellen)
    return {"eingeschraenkt": f"({number})", "nicht_sicher": "/"}.get(wert.klasse, number)


def quellenteil(
    kontext: Kontext, indikatoren: Sequence[Indikator], nummer: str = ""
) -> Iterator[Block]:
    """Yield every source with publisher, Stand and terms."""
    yield Ueberschrift(f"{nummer}Quellen", 1, neue_seite=bool(nummer))
    yield Tabelle(
        "Quellen der Zahlen",
        ("Herausgeber", "Tabelle", "Stand", "Lizenz, Namensnennung"),
        tuple(
            (
                q.herausgeber,
                f"{q.titel} ({q.tabelle})",
                f.datum(q.stand),
                f"{f.LIZENZ.get(q.lizenz, q.lizenz)}; {q.namensnennung.partition(' (Datenlizenz')[0]}",
            )
            for q in quellen(kontext, indikatoren)
        ),
        (3.0, 5.6, 1.8, 4.6),
    )


def zeichenteil(nummer: str = "") -> Iterator[Block]:
    """Yield what the statements and signs mean; the methods page says how they are calculated."""
    words = worte()
    yield Ueberschrift(f"{nummer}Methoden und Zeichen", 1)
    yield Liste(
        (
            (
                "Richtung.",
                "Genannt ab fünf vergleichbaren Jahren auf dem letzten Stück ohne Zeitreihenbruch;"
                " die Bewegung muss größer sein als der Zufall beim Zählen und als das übliche Auf"
                " und Ab der Jahre. Für fertige Quoten ohne Fallzahlen gilt ab sechs Jahren der"
                " Test von Mann und Kendall mit der Steigung nach Theil und Sen.",
            ),
            ("Gesichert.", words.gesichert.satz),
            (
                "Zufallsbereich.",
                "In 95 von 100 Fällen umschließt er den Wert, der der Lage entspricht (Anteile"
                " nach Wilson, Raten nach Byar); Fehler der Erhebung sind nicht darin.",
            ),
            (
                "Vergleich.",
                "»Höher« und »niedriger« stehen nur, wo der ganze Zufallsbereich über oder unter"
                " dem Vergleichswert liegt, »sicher« auch für den Bereich von 99,8 Prozent.",
            ),
            (
                "Genau beschrieben",
                "ist jedes Verfahren mit Formel und Quelle im Sozialmonitor unter /daten/methoden.",
            ),
        )
    )
    yield Tabelle(
        "Zeichen",
        ("Zeichen", "Bedeutung"),
        (
            *((f.ZEICHEN[key], f.STATUS[key]) for key in f.ZEICHEN),
            ("( )", words.klasse["eingeschraenkt"].wort),
            ("▲ ▼", "gestiegen, gesunken (das Wort daneben wertet)"),
            *((a.zeichen, a.wort) for a in (words.trend["stabil"], words.trend["unklar"])),
            ("○", "zu einer Richtung ist keine Aussage möglich"),
            *((form, meaning) for form, meaning in texts.MESSBARKEIT.values()),
        ),
        (2.0, 10.0),
        dicht=True,
    )
