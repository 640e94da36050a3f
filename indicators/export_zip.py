"""Everything in one ZIP: all values in both dialects of CSV, sources, indicators, and a README."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from etl.mandant import mandant
from indicators.export import DIALEKTE, Dialekt, csv_zeilen
from indicators.export_formate import kopf, quelle_als_dict
from indicators.records import Indikator
from indicators.service import Service
from indicators.spalten import GUETE, SPALTEN, STATUS, VORBEHALTE

FORMEL = re.compile(r"[=+@\t\r-]")
ZUSATZ = ("ursprung", "verantwortlich", "datei")
DATEIEN = {
    "werte.csv": "alle Werte, für Programme: Komma, Dezimalpunkt, UTF-8",
    "werte_excel.csv": "dieselben Werte, für Excel (deutsch): Semikolon, Dezimalkomma, UTF-8 mit BOM",
    "quellen.csv": "alle Quellen mit Stand, Lizenz, Namensnennung und Bearbeitung",
    "indikatoren.csv": "alle Indikatoren mit Frage, Berechnung, Richtung und Hinweisen",
}


class _Strom(io.RawIOBase):
    """A file that keeps what is written until it is fetched; it cannot go back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """Say that one may write."""
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer, as in io
        """Keep a piece."""
        piece = bytes(data)
        self._parts.append(piece)
        return len(piece)

    def tell(self) -> int:
        """Refuse, so that the archive is written straight on."""
        raise io.UnsupportedOperation("tell")

    def holen(self) -> bytes:
        """Return what was written since the last time."""
        found = b"".join(self._parts)
        self._parts.clear()
        return found


def zip_stuecke(service: Service) -> Iterator[bytes]:
    """Yield a ZIP of everything piece by piece; memory stays constant."""
    stream = _Strom()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, pieces in _inhalt(service):
            with archive.open(name, "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    yield stream.holen()
            yield stream.holen()
    yield stream.holen()


def _inhalt(service: Service) -> Iterator[tuple[str, Iterator[bytes]]]:
    plain = DIALEKTE["csv"]
    yield "README.txt", iter([liesmich(service).encode("utf-8-sig")])
    yield "werte.csv", csv_zeilen(service)
    yield "werte_excel.csv", csv_zeilen(service, dialekt="csv-excel")
    yield "quellen.csv", iter([tabelle(service, alle_quellen(service), plain)])
    yield "indikatoren.csv", iter([tabelle(service, alle_indikatoren(service), plain)])


def alle_quellen(service: Service) -> list[dict[str, Any]]:
    """Return what a file says of all sources, with their origin and who answers for them."""
    return [
        quelle_als_dict(q) | {name: getattr(q, name) for name in ZUSATZ} for q in service.quellen()
    ]


def alle_indikatoren(service: Service) -> list[dict[str, Any]]:
    """Return what a file says of all indicators."""
    return [indikator_als_dict(i) for i in service.indikatoren()]


def indikator_als_dict(indikator: Indikator) -> dict[str, Any]:
    """Return what a file says of an indicator."""
    return {
        "id": indikator.id,
        "titel": indikator.titel,
        "frage": indikator.frage,
        "leitziele": list(indikator.leitziele),
        "querschnittsthemen": list(indikator.querschnittsthemen),
        "typ": indikator.typ,
        "einheit": indikator.einheit,
        "nachkommastellen": indikator.nachkommastellen,
        "berechnung": indikator.berechnung,
        "richtung": indikator.richtung,
        "richtung_durch": indikator.richtung_durch,
        "nur_quote": indikator.nur_quote,
        "ebenen": list(indikator.ebenen),
        "synonyme": list(indikator.synonyme),
        "hinweise": list(indikator.hinweise),
    }


def indikator_ganz(service: Service, indikator: Indikator) -> dict[str, Any]:
    """Return the same with its periods, groups, breaks and sources."""
    return indikator_als_dict(indikator) | {
        "zeiten": [zeit for zeit, _ in service.zeiten(indikator.id)],
        "gruppen": [gruppe._asdict() for gruppe in service.gruppen(indikator.id)],
        "brueche": [
            {"datum": b.datum.isoformat(), "titel": b.titel, "text": b.text, "gebiet": b.gebiet}
            for b in service.brueche(indikator.id)
        ],
        "quellen": [quelle_als_dict(q) for q in service.quellen(indikator.id)],
    }


def tabelle(service: Service, rows: Sequence[dict[str, Any]], style: Dialekt) -> bytes:
    """Return a short table as CSV; its last column names the Datenstand, as in every file."""
    head = kopf(service)
    release = head["veroeffentlichung"]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=style.trenner, quoting=csv.QUOTE_NONNUMERIC)
    names = list(rows[0]) if rows else []
    writer.writerow([*names, "veroeffentlichung"])
    writer.writerows([*(zelle(row[name], style) for name in names), release] for row in rows)
    return style.bom + out.getvalue().encode()


def zelle(value: object, style: Dialekt) -> str | float:
    """Return a cell of a CSV: lists with »; «, numbers in the dialect, formulas defused."""
    if isinstance(value, bool) or value is None:
        return {True: "ja", False: "nein", None: ""}[value]
    if isinstance(value, int | float):
        text = str(value)
        return text.replace(".", style.komma) if isinstance(value, float) else value
    words = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"'{words}" if FORMEL.match(words) else words


def liesmich(service: Service, dateien: Mapping[str, str] = DATEIEN) -> str:
    """Return the README beside files: what is in them, what it means, and how it may be used.

    dateien: name → what is in it
    """
    head = kopf(service)
    licences: dict[str, set[str]] = {}
    for quelle in service.quellen():
        licences.setdefault(quelle.lizenz, set()).add(quelle.namensnennung)
    blocks = [
        [
            f"{mandant().titel} {mandant().name}".upper(),
            *([head["hinweis"]] if head["hinweis"] else []),
        ],
        [f"Datenstand {head['datenstand']}, berechnet {head['berechnet']} (Weltzeit)"],
        ["DATEIEN", *_liste(dateien)],
        ["ZU BEACHTEN", *[f"- {text}" for text in VORBEHALTE]],
        ["SPALTEN der Werte", *_liste(SPALTEN)],
        ["WÖRTER DER SPALTE status", *_liste({w: f"({s}) {t}" for w, (s, t) in STATUS.items()})],
        ["WÖRTER DER SPALTE guete", *_liste(GUETE)],
        [
            "LIZENZEN UND NAMENSNENNUNGEN",
            "Jede Zeile nennt ihre Quelle und deren Lizenz. Bei der Weitergabe sind zu nennen:",
            *[
                line
                for licence, names in sorted(licences.items())
                for line in (f"{licence}:", *(f"  - {name}" for name in sorted(names)))
            ],
        ],
        [
            "FORMELN",
            "Text, den eine Tabellenkalkulation als Formel ausführen würde, beginnt mit einem"
            " Apostroph.",
        ],
    ]
    return "\r\n\r\n".join("\r\n".join(block) for block in blocks) + "\r\n"


def _liste(words: Mapping[str, str]) -> list[str]:
    return [f"- {name}: {text}" for name, text in words.items()]
