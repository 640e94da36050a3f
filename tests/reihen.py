"""Series of a test as text: one line per area, the values of its years between semicolons."""

from tests.tables import table

ANTEIL = """
art: anteil
zaehler: {messgroesse: personen}
nenner: {messgroesse: einwohner}
nenner_zeit: stichtag
"""
NENNER = "einwohner"
SIGNS = (".", "-", "/", "...", "x")


def reihen(text: str, *, einwohner: str = "10000", von: int = 2011) -> str:
    """Write series as a table of the Kreisformat, with the same denominator in every year.

    text: columns gebiet and werte; optionally messgroesse, guete (of the last year), einwohner
    """
    lines = ["messgroesse|gebiet|zeit|zeitbezug|wert|symbol|guete"]
    for row in table(text):
        values = [value.strip() for value in row["werte"].split(";")]
        name, last = row.get("messgroesse") or "personen", len(values) - 1
        for place, value in enumerate(values):
            end = f"{row['gebiet']}|{von + place}-12-31|stichtag"
            guete = row.get("guete", "") if place == last else ""
            cell = f"|{value}" if value in SIGNS else f"{value}|"
            lines.append(f"{name}|{end}|{cell}|{guete}")
            if name == "personen":
                lines.append(f"{NENNER}|{end}|{row.get('einwohner') or einwohner}||")
    return "\n".join(lines)
