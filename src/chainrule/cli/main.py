"""The command's entry: each subcommand is imported when it is called, so that all start fast."""

from __future__ import annotations

import importlib
import io
import os
import sys

import click

from ..collector import let_go, relax

COMMANDS = {
    "check": "the public checks on your own work, at once",
    "collect": "downloads and clones into a class folder",
    "diff": "whose grade changed between two runs, and by which check",
    "doctor": "what this machine offers for isolation",
    "grade": "every check on a class, isolated",
    "gradescope": "the autograder as a zip for Gradescope",
    "nbgrader": "an nbgrader course that grades with these checks",
    "new": "a new function's parts, ready to be written",
    "prove": "the graders against every right and wrong answer that is known",
    "release": "a folder for students: stubs, public checks, a README",
    "report": "the results as pages to read",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"chainrule.cli.{name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chainrule")
def cli() -> None:
    """Exercises on training neural networks, graded by properties."""


def main() -> None:
    """Run the command; ends with the exit status the contract promises."""
    relax()
    os.environ.setdefault("HYPOTHESIS_NO_PLUGINS", "1")  # what else is installed draws no inputs
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a minus sign, on a console of cp1252
    try:
        sys.exit(_status())
    finally:
        let_go()


def _status() -> int:
    """The exit status of the command, if it does not say it itself."""
    try:
        cli.main(prog_name="chainrule", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return 130
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except BrokenPipeError:
        return 1
    return 0
