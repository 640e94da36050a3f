"""The archive for a server without internet: the same twice, true to its bill, refused if damaged."""

import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import cyclonedx.schema
import fastjsonschema
import pytest

from dashboard.offline import packen
from dashboard.offline.pruefen import PLATTFORM, ROOT
from dashboard.offline.stueckliste import stueckliste

SCHEMATA = Path(cyclonedx.schema.__file__).parent / "_res"
STAND = datetime(2026, 11, 25, tzinfo=UTC)
EINES, ANDERES = (
    "Metadata-Version: 2.4\nName: Ein_Paket\nVersion: 1.2\n",
    "License-Expression: MIT\n",
)
KLASSE = "License: ein langer Text\nClassifier: License :: OSI Approved :: BSD License\n"


def wheel(folder, name, metadata):
    path = folder / f"{name}-1.2-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"{name}-1.2.dist-info/METADATA", metadata)
    return path


def gueltig(bill):
    """Hold a bill against the schema of CycloneDX; raises if it breaks it."""

    def other(uri):
        return json.loads((SCHEMATA / uri.rsplit("/", 1)[1]).read_bytes())

    schema = json.loads((SCHEMATA / "bom-1.6.SNAPSHOT.schema.json").read_bytes())
    fastjsonschema.compile(schema, handlers={"http": other, "https": other}, use_formats=False)(
        bill
    )


def test_the_bill_names_every_part_with_version_address_hash_and_licence(tmp_path):
    wheels = [
        wheel(tmp_path, "Ein_Paket", EINES + ANDERES),
        wheel(tmp_path, "alt", EINES.replace("Ein_Paket", "alt") + KLASSE),
        wheel(tmp_path, "ohne", EINES.replace("Ein_Paket", "ohne")),
    ]
    bill = stueckliste("0.1.0", STAND, wheels, packen.npm())
    gueltig(bill)
    parts = {part["purl"]: part for part in bill["components"]}
    assert parts["pkg:pypi/ein-paket@1.2"]["licenses"] == [{"expression": "MIT"}]
    assert parts["pkg:pypi/alt@1.2"]["licenses"] == [{"license": {"name": "BSD License"}}]
    assert parts["pkg:pypi/ohne@1.2"]["licenses"] == []
    plotly = json.loads((ROOT / "dashboard/bundle/package.json").read_bytes())["devDependencies"]
    chart = parts[f"pkg:npm/plotly.js@{plotly['plotly.js']}"]
    assert chart["licenses"] == [{"expression": "MIT"}]
    assert (chart["hashes"][0]["alg"], len(chart["hashes"][0]["content"])) == ("SHA-512", 128)
    assert any(purl.startswith("pkg:npm/%40") for purl in parts)
    assert not any("esbuild" in purl for purl in parts)  # it builds, but is not in the bundle


def test_a_bill_that_breaks_the_schema_is_noticed(tmp_path):
    bill = stueckliste("0.1.0", STAND, [wheel(tmp_path, "a", EINES)], {})
    del bill["components"][0]["name"]
    with pytest.raises(fastjsonschema.JsonSchemaException):
        gueltig(bill)


@pytest.fixture(scope="module")
def archiv(tmp_path_factory):
    """Give two archives of one small repository, packed one after the other."""
    if shutil.which("git") is None:
        pytest.skip("git fehlt")
    repository = tmp_path_factory.mktemp("repository")
    kept = ["start.py", "pyproject.toml", "requirements.lock", "dashboard/__init__.py"]
    kept += [str(p.relative_to(ROOT)) for p in (ROOT / "dashboard").glob("[bo]*/*.py")]
    for name in [*kept, "tests/nicht.py"]:
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / name).write_bytes((ROOT / name).read_bytes() if name in kept else b"")
    script = repository / packen.TARGET.relative_to(ROOT)
    script.parent.mkdir(parents=True)
    script.write_text("gebaut")
    git = ["git", "-c", "user.name=T", "-c", "user.email=t@example.de", "-C", str(repository)]
    for words in (["init", "-q"], ["add", *kept, "tests"], ["commit", "-q", "-m", "Stand"]):
        subprocess.run([*git, *words], check=True)
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packen, "ROOT", repository)
        patch.setattr(packen, "TARGET", script)
        patch.setattr(packen, "wheels", lambda scratch, _uv: [wheel(scratch, "a", EINES)])
        for name in ("eins", "zwei"):
            folder = tmp_path_factory.mktemp(name)
            packen.packe("uv==1", folder)
            found.append(next(folder.glob("*.tar")))
    return found


@pytest.fixture
def ausgepackt(archiv, tmp_path):
    with tarfile.open(archiv[0]) as tar:
        tar.extractall(tmp_path, filter="data")
    return next(tmp_path.iterdir())


def pruefe(folder):
    words = [sys.executable, "-m", "dashboard.offline", "pruefe"]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def test_two_archives_of_one_state_are_the_same_and_bring_their_checksum(archiv):
    one, two = (path.read_bytes() for path in archiv)
    assert one == two
    assert archiv[0].with_suffix(".tar.sha256").read_text().endswith(f"  {archiv[0].name}\n")


def test_an_archive_holds_project_scripts_packages_and_bill_but_no_tests(ausgepackt):
    inside = {p.relative_to(ausgepackt).as_posix() for p in ausgepackt.rglob("*") if p.is_file()}
    package = f"offline/{PLATTFORM}/a-1.2-py3-none-any.whl"
    assert {"start.py", "dashboard/assets/plotly.min.js", package} <= inside
    assert not any(name.startswith("tests/") for name in inside)
    gueltig(json.loads((ausgepackt / packen.LISTE).read_bytes()))
    sums = (ausgepackt / "offline/pruefsummen.sha256").read_text().splitlines()
    assert {line.split("  ")[1] for line in sums} == inside - {"offline/pruefsummen.sha256"}


def test_a_whole_archive_is_accepted(ausgepackt):
    assert pruefe(ausgepackt).returncode == 0


@pytest.mark.parametrize("name", [f"offline/{PLATTFORM}/a-1.2-py3-none-any.whl", "start.py"])
def test_a_changed_or_missing_file_is_refused_in_words(ausgepackt, name):
    file = ausgepackt / name
    file.write_bytes(file.read_bytes() + b"x")
    done = pruefe(ausgepackt)
    assert done.returncode == 1
    assert f"{name}\n  Diese Datei des Bündels ist beschädigt oder geändert.\n" in done.stderr
    file.unlink()
    assert f"{name}\n  Diese Datei des Bündels fehlt.\n" in pruefe(ausgepackt).stderr


def test_an_archive_for_another_python_is_refused_in_words(ausgepackt):
    (ausgepackt / f"offline/{PLATTFORM}").rename(ausgepackt / "offline/cpython-39-darwin")
    done = pruefe(ausgepackt)
    assert done.returncode == 1
    assert re.search(r"für ein anderes Python gemacht: cpython-39-darwin, hier läuft", done.stderr)


def test_start_py_installs_nothing_from_a_damaged_archive(ausgepackt):
    (ausgepackt / f"offline/{PLATTFORM}/a-1.2-py3-none-any.whl").write_bytes(b"anders")
    done = subprocess.run(
        [sys.executable, "start.py", "check"], cwd=ausgepackt, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 1
    assert "Diese Datei des Bündels ist beschädigt" in done.stderr
    assert "… pakete" not in done.stderr
    assert not list((ausgepackt / ".venv").glob("*.stand"))
