import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.cli import app, main
from dashboard.cli_deutsch import deutsch
from dashboard.tasks import ohne_lizenz
from etl.errors import SozialmonitorError

COMMANDS = (
    "refresh",
    "serve",
    "check",
    "export",
    "explain",
    "report",
    "archiv",
    "schedule",
    "status",
    "agenda",
)
ENGLISH = re.compile(
    r"\b(Usage|Options|Commands?|Show|message|exit|default|required|env var|Error|Missing|Invalid|"
    r"No such|Try|Did you mean|argument|value|integer|valid|Possible|Aborted|unexpected)\b"
)


def run(*words, **given):
    return CliRunner().invoke(app, list(words), prog_name="sozialmonitor", **given)


def english(text):
    """Return English words of typer, apart from names of options and file types."""
    return ENGLISH.findall(re.sub(r"--[\w-]+|`[^`]*`", "", text))


@pytest.mark.parametrize("words", [(), *[(name,) for name in COMMANDS]])
def test_help_is_german_and_has_an_example(words):
    found = run(*words, "--help")
    assert found.exit_code == 0
    assert found.stdout.startswith("Aufruf: sozialmonitor")
    assert "Beispiel: sozialmonitor" in found.stdout
    assert "Diese Hilfe zeigen." in found.stdout
    assert english(found.stdout) == []


def test_help_lists_every_command_with_what_it_does():
    found = run("--help").stdout
    for name in COMMANDS:
        assert re.search(rf"^  {name}  +[A-ZÄÖÜ]", found, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name):
    options = re.split(r"\n(?=  --)", run(name, "--help").stdout.partition("Optionen:")[2])
    assert all(re.search(r"--[\w-]+.* {2,}[A-Z]|csv", " ".join(o.split("\n"))) for o in options[1:])


def test_help_names_no_path_of_this_machine():
    assert all(str(Path.home()) not in run(name, "--help").stdout for name in COMMANDS)
    assert all("/data" not in run(name, "--help").stdout.replace("data/", "") for name in COMMANDS)


def test_no_word_at_all_is_answered_with_the_help():
    found = run()
    assert found.exit_code == 2
    assert "Befehle:" in found.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["exprt"], "Den Befehl »exprt« gibt es nicht. Meinten Sie »export«, »report«?"),
        (["quatsch"], "Den Befehl »quatsch« gibt es nicht."),
        (["export", "--indikatr", "x"], "Die Option »--indikatr« gibt es nicht. Meinten Sie --indikator?"),
        (["check", "--xyzzy"], "Die Option »--xyzzy« gibt es nicht."),
        (["explain"], "Die Option »--indikator« fehlt."),
        (["serve", "--port"], "Nach »--port« fehlt ein Wert."),
        (["serve", "--port", "viele"], "Nach »--port« wird eine ganze Zahl erwartet."),
        (["check", "--json=3"], "»--json« steht ohne Wert."),
        (["status", "jetzt"], "»jetzt« gehört nicht hierher."),
        (["export"], "Entweder --indikator KENNUNG oder --alle angeben."),
    ],
)  # fmt: skip
def test_wrong_usage_is_said_in_german_and_ends_with_two(words, message):
    found = run(*words)
    assert found.exit_code == 2
    assert f"Fehler: {message}" in found.stderr
    assert english(found.stderr) == []
    assert found.stdout == ""


def test_a_sentence_that_nobody_translated_is_not_lost():
    assert deutsch("Something new happened.") == "Something new happened."


def test_a_refusal_ends_with_one_and_says_where_what_and_the_remedy(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["sozialmonitor", "status", "--warehouse", str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    where, problem, remedy = capsys.readouterr().err.strip().splitlines()
    assert where == str(tmp_path)
    assert "noch keinen Datenstand" in problem
    assert "→" in remedy


def test_an_export_goes_to_standard_output_or_to_a_file(kleines_haus, tmp_path):
    place = ["--warehouse", str(kleines_haus.warehouse)]
    printed = run("export", "--indikator", "quote", "--gebiet", "08116019", *place)
    assert printed.exit_code == 0
    file = tmp_path / "quote.csv"
    written = run(
        "export", "--indikator", "quote", "--gebiet", "08116019", "--out", str(file), *place
    )
    assert written.exit_code == 0
    assert file.read_bytes() == printed.stdout_bytes
    assert len(printed.stdout.splitlines()) == 4


@pytest.mark.parametrize(
    "words",
    [
        ["--indikator", "quot"],
        ["--indikator", "quote", "--gebiet", "08116999"],
        ["--alle", "--format", "pdf"],
    ],
)
def test_an_export_of_something_unknown_is_refused(kleines_haus, words):
    found = run("export", *words, "--warehouse", str(kleines_haus.warehouse))
    assert found.exit_code == 1
    assert isinstance(found.exception, SozialmonitorError)


def test_a_draft_is_only_served_on_this_machine(kleines_haus):
    found = run("serve", "--host", "0.0.0.0", "--warehouse", str(kleines_haus.warehouse))  # noqa: S104
    assert found.exit_code == 1
    assert "Entwurf" in str(found.exception)


def test_status_tells_the_last_run_and_every_source(kleines_haus):
    found = run("status", "--json", "--warehouse", str(kleines_haus.warehouse))
    told = json.loads(found.stdout)
    assert told["laeufe"][-1]["fehler"] is None
    assert {q["quelle"] for q in told["quellen"]} == {"zahlen", "grenzen"}


def test_a_rhythm_that_is_none_is_refused_with_an_example(tmp_path):
    found = run("schedule", "--rhythmus", "täglich", "--warehouse", str(tmp_path))
    assert found.exit_code == 1
    assert "0 4 * * *" in str(found.exception)


def test_a_plan_changes_nothing(kleines_haus, tmp_path):
    target = tmp_path / "warehouse"
    found = run("refresh", "--plan", "--raw", str(kleines_haus.raw), "--warehouse", str(target))
    assert found.exit_code == 0
    assert "neu          amt/zahlen.csv" in found.stdout
    assert not target.exists()


def test_help_and_export_start_without_scipy_and_pandas():
    code = (
        "import sys, dashboard.app, dashboard.tasks\n"
        "print([m for m in ('scipy', 'highspy', 'pandas', 'statsmodels') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_source_without_licence_is_a_finding_with_its_remedy(service):
    known = service.quellen()
    assert ohne_lizenz(known) == []
    (found,) = ohne_lizenz([replace(known[0], lizenz="ungeklärt"), known[1]])
    assert (found["schwere"], found["ort"]) == ("hinweis", known[0].id)
    assert "»erlaubnis«" in found["abhilfe"]
