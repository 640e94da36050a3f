"""Pack what a server without internet needs into one archive: `python3 start.py bundle [ORDNER]`.

Inside are the project as git knows it, the scripts for the browser as they were built, and below
`offline` the packages of requirements.lock for this Python and platform, a bill of materials and
the checksums of everything. Two archives of the same state are the same, byte for byte.
"""

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import typer

from dashboard.bundle.__main__ import LOCK, TARGET, TEILE
from dashboard.offline.pruefen import PLATTFORM, ROOT, SUMMEN
from dashboard.offline.stueckliste import stueckliste

OHNE = ("tests/", "bench/", ".ci/", "requirements-test.lock")  # nobody tests without internet
LISTE = "offline/sbom.cdx.json"
Inhalt = dict[str, bytes]


def packe(uv: str, folder: Path) -> None:
    """Write archive and checksum into the folder; uv: with what start.py installs."""
    folder.mkdir(parents=True, exist_ok=True)
    state = _git("describe", "--always", "--dirty")
    name = f"sozialmonitor-{version('sozialmonitor')}-{state}"
    committed = datetime.fromtimestamp(int(_git("log", "-1", "--format=%ct")), UTC)
    tracked = [n for n in _git("ls-files", "-z").split("\0") if n and not n.startswith(OHNE)]
    files = {n: ROOT / n for n in [*tracked, TARGET.relative_to(ROOT).as_posix()]}
    with tempfile.TemporaryDirectory() as scratch:
        packages = wheels(Path(scratch), uv)
        files |= {f"offline/{PLATTFORM}/{path.name}": path for path in packages}
        bill = stueckliste(version("sozialmonitor"), committed, packages, npm())
        made = {LISTE: f"{json.dumps(bill, ensure_ascii=False, indent=1)}\n".encode()}
        made[f"offline/{SUMMEN.name}"] = _summen(files, made)
        archive = folder / f"{name}-{PLATTFORM}.tar"
        _schreibe(archive, name, files, made, committed)
    with archive.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    archive.with_suffix(".tar.sha256").write_text(f"{digest}  {archive.name}\n")
    size = archive.stat().st_size / 1e6
    typer.echo(f"{archive}: {size:.0f} MB, {len(packages)} Pakete, SHA-256 {digest}")
    typer.echo(f"Auf dem Server: tar -xf {archive.name} && python3 {name}/start.py")


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607
    if done.returncode:
        sys.exit(
            f"{ROOT}: Ein Bündel entsteht nur aus einem Git-Repositorium. {done.stderr.strip()}"
        )
    return done.stdout.strip()


def wheels(scratch: Path, uv: str) -> list[Path]:
    """Load the packages; pip refuses those whose hash is not the one in the lock."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    what = [["--require-hashes", "-r", str(ROOT / "requirements.lock")], [uv]]
    for which in what:
        words = [*pip, "--no-deps", "--only-binary", ":all:", "--dest", str(scratch), *which]
        if subprocess.run(words, check=False).returncode:  # noqa: S603 - our own words
            sys.exit("pip konnte die Pakete für das Bündel nicht laden (requirements.lock).")
    return sorted(scratch.glob("*.whl"))


def npm() -> dict[str, dict[str, str]]:
    """Return what package-lock.json says of the packages that are in the bundle for the browser."""
    known = json.loads(LOCK.read_bytes())["packages"]
    return {place: known[place] for place in json.loads(TEILE.read_bytes())}


def _summen(files: dict[str, Path], made: Inhalt) -> bytes:
    """Return the checksums as sha256sum writes them."""
    contents = {name: path.read_bytes() for name, path in files.items()} | made
    return "".join(
        f"{hashlib.sha256(contents[name]).hexdigest()}  {name}\n" for name in sorted(contents)
    ).encode()


def _schreibe(
    archive: Path, name: str, files: dict[str, Path], made: Inhalt, committed: datetime
) -> None:
    """Write all files in one order, with the time of the commit and without anybody's name."""
    draft = archive.with_suffix(".neu")
    with tarfile.open(draft, "w", format=tarfile.PAX_FORMAT) as tar:
        for inside in sorted([*files, *made]):
            content = made[inside] if inside in made else files[inside].read_bytes()
            entry = tarfile.TarInfo(f"{name}/{inside}")
            entry.size, entry.mtime = len(content), int(committed.timestamp())
            runs = inside in files and os.access(files[inside], os.X_OK)
            entry.mode = 0o755 if runs else 0o644
            tar.addfile(entry, io.BytesIO(content))
    draft.replace(archive)
