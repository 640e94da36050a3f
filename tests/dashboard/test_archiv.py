"""The folder for the archive: whole, checkable, the same again, and without what is secret."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from dashboard import freigabe
from dashboard.archiv import DATEIEN, archiviere
from etl import veroeffentlichungen
from etl.errors import SozialmonitorError
from indicators.service import Service
from tests.dashboard.conftest import GEHEIM
from tests.haus import GEMEINDEN, Haus

ADRESSE = "https://sozialmonitor.example"
JAHR = datetime.now(UTC).year
KLEIN = 2
EINWOHNER = 1217
ANTEIL = f"{100 * KLEIN / EINWOHNER:.4f}"


@pytest.fixture(scope="module")
def haus(tmp_path_factory):
    """Release counts of persons for some places; one of them, of two persons, is too small."""
    house = Haus(tmp_path_factory.mktemp("archiv"))
    rows = ["messgroesse | gebiet | zeit | zeitbezug | basis | wert"]
    people = list(rows)
    for n, key in enumerate(sorted(GEMEINDEN)[:6]):
        day = "2022-12-31 | stichtag | zensus2011"
        rows.append(f"personen | {key} | {day} | {KLEIN if key == GEHEIM else 100 + n}")
        people.append(f"einwohner | {key} | {day} | {EINWOHNER if key == GEHEIM else 2000 + n}")
    house.lieferung("zahlen", "\n".join(rows), geheimhaltung={})
    house.lieferung("einwohner", "\n".join(people))
    house.indikator(
        "quote",
        "art: anteil\nzaehler: {messgroesse: personen}\n"
        "nenner: {messgroesse: einwohner}\nnenner_zeit: stichtag\n",
    )
    house.refresh()
    freigabe.veroeffentliche(house.warehouse)
    return house


@pytest.fixture(scope="module")
def ordner(haus, tmp_path_factory):
    """Write the archive once for all who look at it."""
    place = tmp_path_factory.mktemp("kreisarchiv")
    archiviere(haus.warehouse, JAHR, place, ADRESSE)
    return place / f"archiv-{JAHR}"


def refused(warehouse, place, jahr=JAHR):
    with pytest.raises(SozialmonitorError) as error:
        archiviere(warehouse, jahr, place, ADRESSE)
    return str(error.value)


def words(path):
    """Return everything a reader of a file may find in it."""
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    return path.read_text(encoding="utf-8-sig")


def test_it_holds_what_the_readme_lists_and_nothing_else(ordner):
    assert {path.name for path in ordner.iterdir()} == {"LIESMICH.txt", *DATEIEN}
    readme = words(ordner / "LIESMICH.txt")
    assert all(f"- {name}: " in readme for name in DATEIEN)


def test_the_checksums_are_those_of_all_files_and_notice_a_change(ordner, tmp_path):
    copy = tmp_path / "kopie"
    shutil.copytree(ordner, copy)
    lines = (copy / "pruefsummen.sha256").read_text(encoding="utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert told == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in copy.iterdir()
        if path.name != "pruefsummen.sha256"
    }
    check = [shutil.which("sha256sum"), "-c", "--strict", "pruefsummen.sha256"]
    if check[0] is None:
        pytest.skip("sha256sum fehlt")
    assert subprocess.run(check, cwd=copy, capture_output=True, check=False).returncode == 0
    with (copy / "werte.csv").open("a") as file:
        file.write("1")
    assert subprocess.run(check, cwd=copy, capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize("name", ["jahresbericht.pdf", "definitionen.pdf"])
def test_what_is_to_be_read_is_pdf_a_for_everybody(ordner, name):
    claims = PdfReader(ordner / name).trailer["/Root"]["/Metadata"].get_data()
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in claims
    assert b"<pdfuaid:part>1</pdfuaid:part>" in claims


def test_a_value_too_small_to_show_is_in_no_file(haus, ordner):
    ((told,),) = haus.intern(f"SELECT wert FROM messwert WHERE gebiet='{GEHEIM}' AND wert={KLEIN}")
    assert told == KLEIN  # it was delivered
    rows = list(csv.DictReader(io.StringIO(words(ordner / "werte.csv"))))
    hidden = [row for row in rows if row["gebiet"] == GEHEIM]
    assert [row["status"] for row in hidden] == ["geheim"]
    empty = ("zaehler", "nenner", "wert", "unten", "oben")
    assert all(row[name] == "" for row in hidden for name in empty)
    assert len([row for row in rows if row["status"] == "vorhanden"]) > 1
    for path in ordner.iterdir():
        text = words(path)
        assert ANTEIL[:6] not in text, path.name
        assert ANTEIL[:6].replace(".", ",") not in text, path.name


def test_the_definitions_are_there_for_people_and_for_programs(haus, ordner):
    service = Service(haus.warehouse)
    found = json.loads(words(ordner / "definitionen.json"))
    assert found["datenstand"] == service.datenstand().id
    assert not found["entwurf"]
    assert [i["id"] for i in found["indikatoren"]] == ["quote"]
    assert {q["id"]: q["lizenz"] for q in found["quellen"]} == {
        q.id: q.lizenz for q in service.quellen()
    }
    read = words(ordner / "definitionen.pdf")
    for text in ("Wilson", "Wie viele sind es?", "Datenlizenz Deutschland", "Altenquotient"):
        assert text in read


def test_links_lead_to_this_release_for_ever(haus, ordner):
    found = json.loads(words(ordner / "katalog.jsonld"))
    frozen = f"{ADRESSE}/stand/{Service(haus.warehouse).datenstand().id}/"
    assert found["dcat:dataset"][0]["dcat:landingPage"]["@id"] == f"{frozen}indikator/quote"


def test_the_same_release_gives_the_same_bytes_and_an_old_folder_stays(haus, ordner, tmp_path):
    again = tmp_path / ordner.name
    shutil.copytree(ordner, again)
    archiviere(haus.warehouse, JAHR, tmp_path, ADRESSE)  # is refused unless it is the same
    (again / "notiz.txt").write_text("Übergeben.")
    assert "liegt schon etwas anderes" in refused(haus.warehouse, tmp_path)
    assert (again / "notiz.txt").read_text() == "Übergeben."
    assert [path.name for path in tmp_path.iterdir()] == [ordner.name]  # no remains beside it


def test_a_year_without_a_release_is_refused_and_the_years_that_have_one_are_named(haus, tmp_path):
    found = refused(haus.warehouse, tmp_path, JAHR - 1)
    assert f"--jahr {JAHR - 1}" in found
    assert f"Archivieren lässt sich: {JAHR}." in found
    assert list(tmp_path.iterdir()) == []


def test_a_draft_is_not_for_the_archive(kleines_haus, tmp_path):
    assert "»sozialmonitor release«" in refused(kleines_haus.warehouse, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_withdrawn_release_is_refused_with_the_reason(haus, tmp_path):
    copy = tmp_path / "warehouse"
    shutil.copytree(haus.warehouse, copy, symlinks=True)
    id_ = Service(copy).datenstand().id
    veroeffentlichungen.ziehe_zurueck(copy, id_, "Eine falsche Datei war dabei.")
    place = tmp_path / "ziel"
    assert "Eine falsche Datei war dabei." in refused(copy, place)
    assert not place.exists()


def test_of_a_year_the_last_release_that_still_counts_is_taken(haus, tmp_path):
    shutil.copytree(haus.folder, tmp_path / "haus", symlinks=True)
    house = Haus(tmp_path / "haus")
    first = Service(house.warehouse).datenstand().id
    house.indikator("zahl", "art: anzahl\nzaehler: {messgroesse: personen}\n")
    house.refresh()
    freigabe.veroeffentliche(house.warehouse)
    second = Service(house.warehouse).datenstand().id
    assert second != first
    veroeffentlichungen.ziehe_zurueck(house.warehouse, second, "Eine falsche Datei war dabei.")
    archiviere(house.warehouse, JAHR, tmp_path, ADRESSE)
    found = json.loads(words(tmp_path / f"archiv-{JAHR}" / "definitionen.json"))
    assert found["datenstand"] == first


def test_a_place_that_cannot_be_written_is_refused_with_a_remedy(haus, tmp_path):
    file = tmp_path / "datei"
    file.write_text("")
    found = refused(haus.warehouse, file)
    assert str(file) in found
    assert "--nach" in found
