"""A second Kreis on the same program: its own areas, Agenda and figures, in its own process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.errors import DefinitionError
from etl.mandant import FILE, UMGEBUNG, load_mandant
from tests.haus import AGENDA, ANTEIL, INDIKATOR, MESSGROESSEN, THEMEN, Haus

ORTE = ("09999001", "09999002", "09999003")
MANDANT = """
kreis: "09999"
name: Probekreis
land: Bayern
titel: Sozialatlas
gebiete: gebiete
agenda: agenda
katalog: catalog
fusszeilen: fusszeilen.yaml
messgroessen: messgroessen.yaml
zuordnungen: sources
"""
GEBIETE = """gebiet;name;kurzname;ebene;teil_von;verwaltungsgemeinschaft;flaeche_km2;gueltig_von;gueltig_bis;plz;stadttyp;lat;lon
DG;Deutschland;Deutschland;bund;;;;;;;;;
09;Bayern;BY;land;DG;;;;;;;;
09998;Nachbarkreis;Nachbarkreis;kreis;09;;;;;;;;
09999;Probekreis;Probekreis;kreis;09;;;;;;;;
09999001;Adorf;Adorf;gemeinde;09999;;10.5;;;;;;
09999002;Bestadt;Bestadt;gemeinde;09999;;20.5;;;;;;
09999003;Ceweiler;Ceweiler;gemeinde;09999;;30.5;;;;;;
"""
FUSS = "\n".join(
    f"{name}:\n  titel: {name.title()}\n  kurztitel: {name.title()}\n  leitsatz: Ein Satz.\n"
    "  abschnitte: [{id: eins, titel: Eins, absaetze: [Das Landratsamt in Bestadt.]}]"
    for name in ("impressum", "datenschutz", "barrierefreiheit", "lizenzen")
)
SEITEN = (
    "/", "/indikator/anteil", "/indikator/anteil?zeit=2021-12-31", "/gemeinde/09999002",
    "/gemeinden", "/vergleich", "/kreisvergleich", "/querschnitt", "/gremien", "/daten",
    "/daten/methoden", "/daten/luecken", "/daten/glossar", "/api", "/suche", "/suche?q=Bestadt",
    "/leitziel/feld/ziel", "/handlungsfeld/feld", "/impressum", "/lizenzen", "/nichts",
)  # fmt: skip
DATEIEN = (
    "/", "/api/v1/indikatoren", "/api/v1/gebiete?alle=ja", "/api/v1/reihen?indikator=anteil",
    "/api/v1/export?indikator=anteil", "/api/v1/katalog.jsonld", "/assets/bild.js", "/export.zip", "/export.csv",
)  # fmt: skip
# What the process of the tenant shows, as one JSON object: address → text.
ZEIGEN = """
import io, json, sys, zipfile
from pathlib import Path
from dashboard.app import create_app
from indicators.service import Service
from tests.dashboard.aufruf import seite
def text(data):
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())
warehouse, pages, files = json.loads(sys.argv[1])
client = create_app(Service(Path(warehouse))).server.test_client()
shown = {page: " ".join(seite(client, page).values()) for page in pages}
shown |= {f"GET {file}": text(client.get(file).data) for file in files}
print(json.dumps(shown))
"""


@pytest.fixture(scope="module")
def haus(tmp_path_factory):
    """Give the files of the second Kreis."""
    house = Haus(tmp_path_factory.mktemp("probekreis"))
    house.write("mandant.yaml", MANDANT)
    house.write("gebiete/gebiete.csv", GEBIETE)
    house.write("gebiete/nachbarn.csv", "gebiet;nachbar;grenze_m\n09999001;09999002;900\n")
    house.write("gebiete/aliase.csv", "alias;gebiet\nDeutschland;DG\nBayern;09\n")
    house.write("messgroessen.yaml", MESSGROESSEN)
    house.write("agenda/handlungsfelder.yaml", AGENDA)
    house.write("agenda/querschnittsthemen.yaml", THEMEN)
    house.write("fusszeilen.yaml", FUSS)
    house.write("catalog/feld/anteil.yaml", INDIKATOR + ANTEIL)
    (house.folder / "sources").mkdir()
    lines = ["messgroesse | gebiet | zeit | zeitbezug | basis | wert"]
    for year in (2021, 2022):
        for n, key in enumerate([*ORTE, "09999", "09"]):
            when = f"{year}-12-31 | stichtag | zensus2011"
            lines += [f"faelle | {key} | {when} | {120 + 7 * n}"]
            lines += [f"einwohner | {key} | {when} | {3000 + 400 * n}"]
    house.lieferung("zahlen", "\n".join(lines))
    return house


def laufen(haus, *words):
    """Run one command in the process of the tenant; return what it printed."""
    done = subprocess.run(
        [sys.executable, *words],
        env={**os.environ, UMGEBUNG: str(haus.folder / "mandant.yaml")},
        cwd=FILE.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def gezeigt(haus):
    """Give what the pages and files of the second Kreis say after refresh and release."""
    command = ("-c", "from dashboard.cli import main; main()")
    where = ("--warehouse", str(haus.warehouse))
    laufen(haus, *command, "refresh", "--raw", str(haus.raw), *where)
    laufen(haus, *command, "release", *where)
    arguments = json.dumps([str(haus.warehouse), SEITEN, DATEIEN])
    return json.loads(laufen(haus, "-c", ZEIGEN, arguments))


def test_no_page_and_no_file_of_another_kreis_names_esslingen(gezeigt):
    assert set(gezeigt) == {*SEITEN, *(f"GET {file}" for file in DATEIEN)}
    for address, text in gezeigt.items():
        for word in ("Esslingen", "08116", "Baden-Württemberg", "Nürtingen"):
            assert word.casefold() not in text.casefold(), (
                f"{address}: …{text.partition(word)[0][-200:]}{word}"
            )


def test_the_pages_speak_of_the_other_kreis(gezeigt):
    assert "Sozialatlas Probekreis" in gezeigt["/"]
    assert "3 Städte und Gemeinden" in gezeigt["/"]
    assert (
        "der Probekreis unter den 2 Stadt- und Landkreisen in Bayern" in gezeigt["/kreisvergleich"]
    )
    assert "Bestadt" in gezeigt["/gemeinde/09999002"]
    assert "Das Landratsamt in Bestadt." in gezeigt["/impressum"]
    assert "districtKey/09999" in gezeigt["GET /api/v1/katalog.jsonld"]
    assert "gebiete=09999001,09999" in gezeigt["/api"]


def test_its_kreis_and_municipalities_have_values(gezeigt):
    rows = json.loads(gezeigt["GET /api/v1/reihen?indikator=anteil"])["daten"]
    newest = {row["gebiet"]: row["wert"] for row in rows if row["zeit"] == "2022-12-31"}
    assert newest["09999"] == pytest.approx(141 / 4200 * 100)
    assert set(ORTE) <= set(newest)


def test_a_path_that_leads_nowhere_is_refused_with_file_and_line(tmp_path: Path):
    file = tmp_path / "mandant.yaml"
    file.write_text(MANDANT, encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"mandant.yaml:6\n.*gibt es nicht"):
        load_mandant(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MANDANT.replace("kreis:", "kreise:"), "kreise"),
        (MANDANT.replace('"09999"', '"0999"'), "kreis"),
        (MANDANT.replace("land: Bayern\n", ""), "land"),
    ],
)
def test_the_file_of_a_tenant_is_strict(tmp_path: Path, text: str, said: str):
    file = tmp_path / "mandant.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=said):
        load_mandant(file)


def test_the_shipped_tenant_leads_to_what_ships():
    shipped = load_mandant(FILE)
    assert (shipped.kreis, shipped.mit_artikel, shipped.im_kreis, shipped.im_land) == (
        "08116",
        "der Landkreis Esslingen",
        "im Landkreis Esslingen",
        "in Baden-Württemberg",
    )
    assert shipped.zuordnungen is None
