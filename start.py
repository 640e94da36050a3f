"""Set up everything this project needs in .venv, then run it: `python3 start.py`.

python3 start.py              set up, refresh the figures, serve at http://127.0.0.1:8050
python3 start.py test         set up with browser, run all checks and tests
python3 start.py bundle       set up, pack one archive for a server that has no internet
python3 start.py COMMAND …    set up, then any command of `sozialmonitor`, e.g. `check --json`

Needs Python 3.11 or newer with venv, and for `test` the right to install Chromium with apt. May be
run again at any time; what has not changed is not done twice. In an unpacked archive it needs no
network.
"""

import hashlib
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
UV = "uv==0.13.9"
BUNDLE = HERE / "dashboard" / "bundle"
OFFLINE = HERE / "offline"  # only in an archive that `bundle` has made


def main(arguments: list[str]) -> int:
    """Set up, then run what was asked for; return the exit code of the last command."""
    testing = arguments[:1] == ["test"]
    set_up("requirements-test.lock" if testing else "requirements.lock", testing)
    monitor = BIN / "sozialmonitor"
    match arguments:
        case []:
            return subprocess.call([monitor, "refresh"]) or subprocess.call([monitor, "serve"])
        case ["test", *more]:
            for command in (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]):
                run(BIN / command[0], *command[1:])
            return subprocess.call([PYTHON, "-m", "pytest", *more], cwd=HERE)
        case ["bundle", *more]:
            return subprocess.call([PYTHON, "-m", "dashboard.offline", "packe", UV, *more])
        case _:
            return subprocess.call([monitor, *arguments])


def set_up(lock: str, testing: bool) -> None:
    """Create .venv, install the hashed lock, build the browser bundle; skip what is done."""
    if sys.version_info < (3, 11):
        sys.exit("Der Sozialmonitor braucht Python 3.11 oder neuer.")
    if not works(PYTHON):
        venv.create(VENV, clear=True, with_pip=True)
    if OFFLINE.exists():
        sums = OFFLINE / "pruefsummen.sha256"
        once("pruefsummen", [sums], run, PYTHON, "-m", "dashboard.offline", "pruefe")
    once(f"pakete-{lock}", [HERE / lock, HERE / "pyproject.toml"], install, lock)
    sources = [*sorted(BUNDLE.glob("*.js*")), *sorted(BUNDLE.glob("*.py")), HERE / lock]
    once("bundle", sources, run, PYTHON, "-m", "dashboard.bundle")
    if testing:
        run(PYTHON, "-m", "tests.chromium")


def works(python: Path) -> bool:
    """Return whether the interpreter of the environment still starts."""
    return python.exists() and subprocess.run([python, "-c", ""], check=False).returncode == 0


def install(lock: str) -> None:
    """Install exactly what the lock names, and the project itself as editable."""
    wheels = OFFLINE / str(sysconfig.get_config_var("SOABI"))
    source = ["--no-index", "--find-links", wheels] if OFFLINE.exists() else []
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *source, UV)
    pip = [BIN / "uv", "pip", "install", "--quiet", "--python", PYTHON, *source]
    run(*pip, "--compile-bytecode", "--require-hashes", "-r", HERE / lock)
    run(*pip, "--no-deps", "--no-build-isolation", "-e", HERE)
    run(PYTHON, "-m", "compileall", "-q", "etl", "indicators", "dashboard")


def once(name: str, sources: list[Path], step, *arguments) -> None:  # noqa: ANN001, ANN002
    """Run a step unless its stamp says that these sources were handled already."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    stamp = VENV / f"{name}.stand"
    if not (stamp.exists() and stamp.read_text() == digest):
        print(f"… {name}", file=sys.stderr, flush=True)
        step(*arguments)
        stamp.write_text(digest)


def run(*command: object) -> None:
    """Run one command; a failing one ends everything with its own message."""
    done = subprocess.run([str(part) for part in command], cwd=HERE, check=False)
    if done.returncode:
        sys.exit(f"Gescheitert: {' '.join(str(part) for part in command)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
