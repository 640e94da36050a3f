"""The text of a file in Kreisformat: its columns, its records, and where it falls apart."""

import csv
import io
from collections.abc import Iterator
from contextlib import suppress

from etl.errors import DeliveryError, Mangel
from etl.lieferungen import Lieferung

COLUMNS = (
    "messgroesse",
    "gebiet",
    "zeit",
    "zeitbezug",
    "geschlecht",
    "alter_von",
    "alter_bis",
    "nationalitaet",
    "gruppe",
    "basis",
    "wert",
    "symbol",
    "guete",
    "bemerkung",
)
HEADER = ";".join(COLUMNS)
LATIN_1_REMEDY = "In Excel als »CSV UTF-8 (durch Trennzeichen getrennt)« speichern."


def checked_text(lieferung: Lieferung) -> str:
    """Return the text of a file; one that is not UTF-8 or has other columns is refused."""
    data = lieferung.pfad.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DeliveryError.at(
            f"{lieferung.datei}:{line}",
            "Die Umlaute sind nicht in UTF-8 geschrieben.",
            LATIN_1_REMEDY,
        ) from error
    header = text.partition("\n")[0].rstrip("\r")
    if header != HEADER:
        missing = ", ".join(c for c in COLUMNS if c not in header.split(";"))
        detail = f"Es fehlt: {missing}." if missing else "Reihenfolge oder Trennzeichen weichen ab."
        raise DeliveryError.at(
            f"{lieferung.datei}:1",
            f"Die Kopfzeile ist nicht die des Kreisformats. {detail}",
            f"Erste Zeile: {HEADER}",
        )
    return text


def records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the number of the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=";")
    first = 1
    for cells in reader:
        yield first, cells
        first = reader.line_num + 1


def torn(lieferung: Lieferung, text: str) -> DeliveryError:
    """Build the error for a file that falls apart, at the first line that is not whole."""
    line = text.count("\n") + 1
    with suppress(csv.Error):  # a carriage return within a line: only the end is known
        line = next((n for n, cells in records(text) if len(cells) not in (0, len(COLUMNS))), line)
    return DeliveryError(
        [
            Mangel(
                f"{lieferung.datei}:{line}",
                f"Die Zeile hat nicht {len(COLUMNS)} Felder oder ein Anführungszeichen ist offen.",
                "Prüfen, ob die Datei vollständig übertragen wurde, und sie neu speichern.",
            )
        ]
    )
