"""``chainrule new``: the parts of a new function, in place and waiting to be written."""

from __future__ import annotations

from pathlib import Path

import click

from ..scaffold import ScaffoldError, add
from .common import Usage, course_folder, open_course


@click.command("new")
@click.argument("name", metavar="ASSIGNMENT.FUNCTION")
@click.option("--course", "course_dir", type=click.Path(path_type=Path), help="the course's folder")
def command(name: str, course_dir: Path | None) -> None:
    """Add a function to a course: reference, stub, form, two checks, hints and two mistakes.

    What is left to write is marked TODO.
    """
    assignment, dot, function = name.partition(".")
    if not dot:
        raise Usage(f"write ASSIGNMENT.FUNCTION, for instance losses.{name}")
    course = open_course(course_folder(course_dir), hidden=True)
    try:
        changed = add(course, assignment, function)
    except ScaffoldError as error:
        raise Usage(str(error)) from error
    for path in changed:
        click.echo(f"wrote {path}")
    click.echo(f"now write what is marked TODO, then run: chainrule prove --only {function}")
