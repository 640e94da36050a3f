"""An XLSX to be filled in: one row per area and Messgröße, in the columns of the Kreisformat.

The sheet »Daten« is read back by etl.formats.kreisformat_xlsx as it is; drop-downs offer the words
that the reader accepts, so that a mistake is met in Excel and not a day later.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from etl.errors import DeliveryError, UnknownError, suggestion
from etl.formats.kreisformat_text import COLUMNS
from etl.gebiete import Gebiete
from etl.mandant import mandant
from etl.messgroessen import Messgroesse, load_messgroessen
from etl.symbols import BASEN, GESCHLECHTER, GUETEN, NATIONALITAETEN
from etl.zeit import ZEITBEZUEGE

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

DATEN, ANLEITUNG = "Daten", "Anleitung"
WIDTHS = {"messgroesse": 30, "gebiet": 38, "zeit": 12, "zeitbezug": 18, "bemerkung": 40}
TEXT = "@"  # keeps »-«, »2015-12-31« and leading zeros as they are typed
SYMBOLE = {
    "-": "Es gibt davon nichts (nicht: die Zahl 0; eine gezählte 0 gehört in »wert«).",
    ".": "Die Zahl ist nicht bekannt oder muss geheim bleiben.",
    "*": "Die Zahl ist 1 oder 2 und bleibt deshalb geheim.",
    "/": "Die Zahl ist zu unsicher.",
    "...": "Die Zahl kommt später.",
    "x": "Eine Zahl wäre hier nicht sinnvoll.",
}
CHOICES: Mapping[str, Sequence[str]] = {
    "zeitbezug": ZEITBEZUEGE,
    "geschlecht": GESCHLECHTER[1:],
    "nationalitaet": NATIONALITAETEN[1:],
    "basis": BASEN[1:],
    "symbol": tuple(SYMBOLE),
    "guete": GUETEN,
}
FIELDS = {
    "messgroesse": "Was gezählt wurde; schon eingetragen.",
    "gebiet": "Amtlicher Schlüssel und Name; schon eingetragen.",
    "zeit": "Wann gezählt wurde: 2024-12-31, 2024, 2024-03, 2024-Q1, 2024-H1 oder 2024/25."
    " Einmal schreiben und nach unten ziehen.",
    "zeitbezug": "Die Art der Zeit, passend zur Spalte davor.",
    "geschlecht": "Leer für alle, sonst m, w oder d.",
    "alter_von": "Jüngstes Alter in Jahren, einschließlich; leer für alle.",
    "alter_bis": "Ältestes Alter in Jahren, einschließlich; leer für »und älter«.",
    "nationalitaet": "Leer für alle, sonst deutsch oder auslaendisch.",
    "gruppe": "Ein weiteres Merkmal, kurz und klein geschrieben, sonst leer.",
    "basis": "Nur bei Bevölkerungszahlen: die Zählung, auf der sie beruhen.",
    "wert": "Die Zahl, mit Komma, ohne Einheit. Eine 0 nur, wenn wirklich 0 gezählt wurde.",
    "symbol": "Warum keine Zahl dasteht; nur wenn »wert« leer ist.",
    "guete": "Leer für endgültig, sonst auswählen.",
    "bemerkung": "Was beim Lesen der Zahl zu wissen ist.",
}


BESCHREIBUNG = """\
# Beschreibt die Datei {datei}. Leere Felder ausfüllen, dann: sozialmonitor check
quelle: {quelle}
herausgeber: "{herausgeber}"
tabelle:            # Name der Statistik oder des Fachverfahrens
titel: "{titel}"
stand:              # Tag, an dem gezählt oder ausgewertet wurde, JJJJ-MM-TT
lizenz:             # zum Beispiel dl-de/by-2-0; ungeklärt, wenn niemand es weiß
namensnennung: "{herausgeber}"
ursprung:           # woraus die Zahlen ausgewertet wurden
bearbeitung: keine
verantwortlich:     # Amt, kein Name
rhythmus: jaehrlich # monatlich, vierteljaehrlich, jaehrlich, zweijaehrlich, unregelmaessig …
# unvollstaendig: "…"  warum Zeilen fehlen, falls nicht für alle Gebiete Zahlen da sind
"""


def beschreibung(pfad: Path, herausgeber: str, titel: str) -> Path:
    """Write the description that goes beside a filled-in form, with what is known of it already."""
    target = pfad.with_suffix(".quelle.yaml")
    text = BESCHREIBUNG.format(
        datei=pfad.name, quelle=pfad.stem, herausgeber=herausgeber, titel=titel
    )
    target.write_text(text, encoding="utf-8")
    return target


def vorlage(
    messgroessen: Sequence[str],
    pfad: Path,
    gebiete: Gebiete | None = None,
    ebenen: Sequence[str] = ("gemeinde",),
) -> None:
    """Write the form for the given Messgrößen, with one row each per municipality, Kreis or both.

    Raises:  UnknownError for a Messgröße that is not declared, DeliveryError if nothing can be
    written to `pfad`
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    declared = load_messgroessen()
    _refuse_unknown(messgroessen, declared)
    gebiete = gebiete or Gebiete()
    workbook = Workbook(pfad, {"strings_to_numbers": False, "strings_to_formulas": False})
    keys = [*([mandant().kreis] if "kreis" in ebenen else []),
            *(gebiete.gemeinden if "gemeinde" in ebenen else [])]  # fmt: skip
    _daten(workbook, [(id_, key) for id_ in dict.fromkeys(messgroessen) for key in keys], gebiete)
    _anleitung(workbook, {id_: declared[id_] for id_ in messgroessen}, gebiete)
    try:
        workbook.close()
    except FileCreateError as error:
        raise DeliveryError.at(
            pfad,
            "Die Vorlage lässt sich hier nicht speichern.",
            "Einen anderen Ordner wählen oder die Datei in Excel schließen.",
        ) from error


def _refuse_unknown(messgroessen: Sequence[str], declared: Mapping[str, Messgroesse]) -> None:
    if not messgroessen:
        raise UnknownError.at(
            "Vorlage",
            "Es ist keine Messgröße genannt.",
            "Mindestens eine Messgröße aus etl/messgroessen.yaml angeben.",
        )
    for id_ in messgroessen:
        if id_ not in declared:
            remedy = suggestion(id_, declared, "Die Messgröße in etl/messgroessen.yaml anlegen.")
            raise UnknownError.at("Vorlage", f"Die Messgröße »{id_}« ist nicht bekannt.", remedy)


def _daten(workbook: "Workbook", rows: Sequence[tuple[str, str]], gebiete: Gebiete) -> None:
    sheet = workbook.add_worksheet(DATEN)
    given = workbook.add_format({"num_format": TEXT, "bg_color": "#EEF2F6"})
    sheet.freeze_panes(1, 2)
    _columns(workbook, sheet)
    for row, (id_, key) in enumerate(rows, start=1):
        sheet.write_string(row, 0, id_, given)
        sheet.write_string(row, 1, f"{key} {gebiete.names[key]}", given)
    sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    for column, words in CHOICES.items():
        place = COLUMNS.index(column)
        choice = {
            "validate": "list",
            "source": list(words),
            "error_title": column,
            "error_message": "Bitte ein Wort aus der Liste wählen oder das Feld leer lassen.",
        }
        sheet.data_validation(1, place, len(rows), place, choice)


def _columns(workbook: "Workbook", sheet: "Worksheet") -> None:
    """Write the headings; every column is text, except the one for numbers."""
    bold = workbook.add_format({"bold": True, "bottom": 1, "num_format": TEXT})
    text, number = workbook.add_format({"num_format": TEXT}), workbook.add_format()
    for place, column in enumerate(COLUMNS):
        cells: Format = number if column == "wert" else text
        sheet.set_column(place, place, WIDTHS.get(column, 14), cells)
        sheet.write_string(0, place, column, bold)


def _anleitung(
    workbook: "Workbook", messgroessen: Mapping[str, Messgroesse], gebiete: Gebiete
) -> None:
    sheet = workbook.add_worksheet(ANLEITUNG)
    bold = workbook.add_format({"bold": True})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 34, wrapped)
    sheet.set_column(1, 1, 90, wrapped)
    blocks = {
        f"Zahlen für den Sozialmonitor: {gebiete.names[mandant().kreis]}": {
            "So geht es": f"Im Blatt »{DATEN}« je Zeile Zeit und Wert eintragen. Steht keine Zahl"
            " fest, bleibt »wert« leer und »symbol« sagt, warum. Spaltennamen und Blattnamen bitte"
            " nicht ändern; weitere Zeilen, etwa für Frauen und Männer, sind willkommen.",
            "Kleine Zahlen": "Unverändert eintragen. Was nicht veröffentlicht werden darf,"
            " verbirgt der Sozialmonitor selbst.",
            "Abgeben": "Die Datei unter data/raw/<herausgeber>/ ablegen und daneben beschreiben.",
        },
        "Messgrößen": {id_: f"{m.titel} ({m.einheit})" for id_, m in messgroessen.items()},
        "Spalten": FIELDS,
        "Symbole": SYMBOLE,
    }
    row = 0
    for title, lines in blocks.items():
        sheet.write_string(row, 0, title, bold)
        for number, (left, right) in enumerate(lines.items(), start=row + 1):
            sheet.write_string(number, 0, left)
            sheet.write_string(number, 1, right)
        row += len(lines) + 2
