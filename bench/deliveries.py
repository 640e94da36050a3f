"""Read every file of ../shared/deliveries completely and hold it against the published figures.

    python -m bench.deliveries          needs ../shared; about three minutes

Prints files × cells, how many of them are for the Kreis, its municipalities and associations, and
how many figures of ../shared/figures were found among those; any difference ends with exit code 1.
Answers of web services and layout descriptions hold no figures: they are listed with the reason
for which they are refused.
"""

import csv
import gzip
import re
import sys
import time
from collections import defaultdict

from etl.errors import SozialmonitorError
from etl.formats import erkenne, name
from tests.formate import abweichungen, gedruckt, gelesen
from tests.shared import SHARED

DELIVERIES = SHARED / "deliveries"
GENESIS = ("genesis_gemeinden", "genesis_kreise", "samples/genesis_*")
# File → file of figures, source there, and the indicators it holds (the others: another file).
FIGURES = {
    "31122009_Auszug_GV.xlsx": ("es_gemeinden_long", "GV-ISys 2009", "Bevölkerung"),
    "31122023_Auszug_GV.xlsx": ("es_gemeinden_long", "GV-ISys 2023", "Bevölkerung"),
    "AuszugGV4QAktuell_31122020_csv.csv": ("es_gemeinden_long", "GV-ISys 31.12.2020 (csv)", ""),
    "AuszugGV2QAktuell.EXTRACT.xlsx": ("es_gemeinden_long", "GV-ISys 30.06.2024", "Bevölkerung"),
    "A_Arbeitslosigkeit.xls": ("es_gemeinden_long", "INKAR 2024 (RKI GISD)", "Arbeitslose"),
    "inkar2024_esslingen_long.DERIVED.csv": ("es_gemeinden_long", "INKAR 2024 (RKI GISD)", ""),
    "Bevoelkerung_1995.EXTRACT.csv": ("es_gemeinden_long", "StaLa BW Altersgruppen", "1995"),
    "Bevoelkerung_2010.EXTRACT.csv": ("es_gemeinden_long", "StaLa BW Altersgruppen", "2010"),
    "1000A-0000_de_flat.EXTRACT.csv": ("es_gemeinden_long", "Zensus 2022 1000A-0000", ""),
    "AI-N-01-2-5_de_flat.EXTRACT.csv": ("es_gemeinden_long", "REGIO AI-N-01-2-5 (ffcsv)", "2023"),
    "12411-01-01-4_de_flat.EXTRACT.csv": ("es_kreis_land_bund_long", "REGIO 12411-01-01-4 (ffcsv) 31__recorded_2026-03-10_b6e0dd8.csv", ""),
}  # fmt: skip


def files(folders=GENESIS):
    """Return the deliveries in some folders, ordered; of GENESIS unless told."""
    return sorted(
        path
        for folder in folders
        for path in DELIVERIES.glob(f"{folder}/*")
        if path.is_file() and path.suffix not in (".json", ".md")
    )


def others():
    """Return everything else that lies there."""
    return sorted(
        {path for path in DELIVERIES.rglob("*") if path.is_file() and path.suffix != ".md"}
        - set(files())
    )


def published(path):
    """Return the figures published for a file: {(area, year): values}; nothing if there are none."""
    found = defaultdict(list)
    file, source, only = FIGURES.get(path.name, ("", "", ""))
    if not file:
        return found
    with gzip.open(SHARED / "figures" / f"{file}.csv.gz", "rt", encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            told = row["source"] == source and only in (row["indicator"] + row["time"])
            if told and row["value"]:
                year = re.search(r"\d{4}", row["time"])[0]
                found[row.get("ags") or row["code"], year].append(float(row["value"]))
    return found


def missing(cells, expected):
    """Return the published figures that are not among the cells of their area and year."""
    ours = defaultdict(set)
    for cell in cells:
        ours[cell["gebiet"], cell["zeit"][:4]].add(cell["wert"])
    return [
        (*key, value)
        for key, values in expected.items()
        for value in values
        if value not in ours[key]
    ]


def read(path):
    """Return format, number of cells, those of the Kreis, figures compared, and differences."""
    number, own = gelesen(path, gebiet="08116")
    form = name(erkenne(path))
    if path.parent.name in GENESIS:  # whole tables; the samples are extracts
        prints = gedruckt(own[0]["tabelle"]) if own else {}
        return form, number, len(own), sum(map(len, prints.values())), abweichungen(own, prints)
    figures = published(path)
    cells = own if all(area.startswith("08116") for area, _ in figures) else gelesen(path)[1]
    return form, number, len(own), sum(map(len, figures.values())), missing(cells, figures)


def main():
    """Print the tables; return whether anything differs."""
    print("| Datei | Format | Zellen | davon 08116 | mit gedruckten Zahlen verglichen | s |")
    print("|---|---|---|---|---|---|")
    total, compared, wrong, refused = 0, 0, [], []
    for path in (*files(), *others()):
        shown, started = path.relative_to(DELIVERIES), time.perf_counter()
        try:
            form, number, own, figures, differences = read(path)
        except SozialmonitorError as error:
            refused.append(f"| {shown} | {error.maengel[0].problem} |")
            continue
        total, compared = total + number, compared + figures
        wrong += [(path.name, *difference) for difference in differences]
        seconds = time.perf_counter() - started
        print(f"| {shown} | {form} | {number} | {own} | {figures or ''} | {seconds:.1f} |", flush=True)  # fmt: skip
    print(f"\n{total} Zellen, {compared} Zahlen verglichen, {len(wrong)} Abweichungen", *wrong[:10], sep="\n")  # fmt: skip
    print("\n| keine Lieferung | abgelehnt, weil |", "|---|---|", *refused, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
