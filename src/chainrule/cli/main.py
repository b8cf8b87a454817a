"""The command's entry: each subcommand is imported when it is called, so that all start fast."""

from __future__ import annotations

import importlib
import io
import sys

import click

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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a minus sign, on a console of cp1252
    try:
        cli.main(prog_name="chainrule", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except BrokenPipeError:
        sys.exit(1)
