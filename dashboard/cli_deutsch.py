"""Help and messages of the command line in German.

typer prints its own words in English only. Two classes replace what a person reads: help is written
here from what each command declares, and an error is translated sentence by sentence. A sentence
that is missing below stays English, so nothing is lost when typer learns a new one.
"""

import re
import sys
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:  # typer names these two types nowhere else
    from typer._click import Context, HelpFormatter

AUFRUF = "Aufruf: "
OPTIONEN, BEFEHLE = "[OPTIONEN]", "BEFEHL …"
HILFE = "Diese Hilfe zeigen."
BREITE = 92

SAETZE = (
    (r"No such command '(.+)'\. Did you mean (.+)\?", r"Den Befehl »\1« gibt es nicht. Meinten Sie \2?"),
    (r"No such command '(.+)'\.", r"Den Befehl »\1« gibt es nicht."),
    (r"Missing command\.", "Es fehlt ein Befehl."),
    (r"No such option: (\S+) \(Possible options: (.+)\)", r"Die Option »\1« gibt es nicht. Meinten Sie \2?"),
    (r"No such option: (\S+)", r"Die Option »\1« gibt es nicht."),
    (r"Missing option '(.+)'\.", r"Die Option »\1« fehlt."),
    (r"Missing argument '(.+)'\.", r"Die Angabe »\1« fehlt."),
    (r"Option '(.+)' requires an argument\.", r"Nach »\1« fehlt ein Wert."),
    (r"Option '(.+)' does not take a value\.", r"»\1« steht ohne Wert."),
    (r"Got unexpected extra argument\(s\) \((.+)\)", r"»\1« gehört nicht hierher."),
    (r"Invalid value for '(.+)': .*valid (?:int|integer).*", r"Nach »\1« wird eine ganze Zahl erwartet."),
    (r"Invalid value for '(.+)': .*does not match the formats.*", r"Nach »\1« wird ein Tag wie 2025-01-31 erwartet."),
    (r"Invalid value for '(.+)': (.+)", r"Ungültiger Wert für »\1«: \2"),
    (r"Invalid value: (.+)", r"\1"),
)  # fmt: skip


class Befehl(TyperCommand):
    """A command whose help is German."""

    def format_help(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write usage, description and options."""
        _write_help(self, ctx, formatter)

    def format_usage(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the line that says how to call the command."""
        words = [str(p.metavar) for p in self.params if p.param_type_name == "argument"]
        formatter.write_usage(ctx.command_path, " ".join([*words, OPTIONEN]), prefix=AUFRUF)


class Gruppe(TyperGroup):
    """The program itself: German help, German messages, exit code 2 for wrong usage."""

    def format_help(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write usage, description, commands and options."""
        _write_help(self, ctx, formatter)
        # The first paragraph of each description is its short form.
        commands = [(n, (self.commands[n].help or "").partition("\n\n")[0]) for n in self.commands]
        with formatter.section("Befehle"):
            formatter.write_dl([(name, " ".join(text.split())) for name, text in commands])

    def format_usage(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the line that says how to call the program."""
        formatter.write_usage(ctx.command_path, f"{OPTIONEN} {BEFEHLE}", prefix=AUFRUF)

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Answer a call without any word with the help."""
        if not args:
            typer.echo(ctx.get_help(), err=True)
            ctx.exit(2)
        return super().parse_args(ctx, args)

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - signature of typer
        """Run the command line; wrong usage becomes a German message with exit code 2."""
        alone = extra.pop("standalone_mode", True)
        extra["standalone_mode"] = False
        extra.setdefault("max_content_width", BREITE)
        try:
            code = super().main(*args, **extra)
        except typer.Abort:
            typer.echo("Abgebrochen.", err=True)
            code = 1
        except typer.TyperException as error:
            _show(error)
            code = error.exit_code
        return sys.exit(code or 0) if alone else code


def _write_help(
    command: TyperCommand | TyperGroup, ctx: "Context", formatter: "HelpFormatter"
) -> None:
    command.format_usage(ctx, formatter)
    for paragraph in cleandoc(command.help or "").replace("`", "").split("\n\n"):
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(" ".join(paragraph.split()))
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    if arguments:
        with formatter.section("Angaben"):
            formatter.write_dl([(str(p.metavar), getattr(p, "help", "") or "") for p in arguments])
    rows = [_row(param) for param in command.params if param not in arguments]
    with formatter.section("Optionen"):
        formatter.write_dl([*rows, ("--help", HILFE)])


def _row(param: Any) -> tuple[str, str]:  # noqa: ANN401 - a class that typer keeps to itself
    """Return an option and what it does, with what holds if it is left out."""
    notes = ["Pflichtangabe"] if param.required else []
    if param.envvar:
        notes.append(f"Umgebungsvariable: {param.envvar}")
    if param.show_default and param.default not in {None, "", False}:
        shown = param.show_default if isinstance(param.show_default, str) else param.default
        notes.append(f"Vorgabe: {shown}")
    name = ", ".join(param.opts) if param.is_flag else f"{', '.join(param.opts)} {param.metavar}"
    return name, " ".join([param.help or "", f"[{'; '.join(notes)}]" if notes else ""]).strip()


def _show(error: typer.TyperException) -> None:
    """Print how the command is called, and what was wrong with this call."""
    ctx = getattr(error, "ctx", None)
    if ctx is not None:
        typer.echo(ctx.get_usage(), err=True)
        typer.echo(f"Hilfe:  {ctx.command_path} --help", err=True)
    typer.echo(f"Fehler: {deutsch(error.format_message())}", err=True)


def deutsch(satz: str) -> str:
    """Return the German form of one of typer's sentences.

    >>> deutsch("No such option: --foo")
    'Die Option »--foo« gibt es nicht.'
    """
    for pattern, german in SAETZE:
        match = re.fullmatch(pattern, satz, flags=re.DOTALL)
        if match is not None:
            return re.sub(r"'([^']*)'", r"»\1«", match.expand(german)).replace("', '", "«, »")
    return satz
