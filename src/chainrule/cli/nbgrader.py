"""``chainrule nbgrader``: the course for a department that lives in nbgrader."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import click

from ..notebooks import NarrativeError
from ..release import ReleaseError
from ..stubs import StubError
from .common import Usage, course_folder, open_course
from .release import write_new

INSTALL = "nbgrader is not installed; `pip install 'chainrule[nbgrader]'` brings it"


@click.group("nbgrader")
def command() -> None:
    """A ready nbgrader course: its commands, formgrader and gradebook, our sandbox and checks."""


@command.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--course", "course_dir", type=click.Path(path_type=Path), help="the course's folder")
def init(folder: Path, course_dir: Path | None) -> None:
    """Write an nbgrader course into DIR, which must not exist yet or be empty.

    Go there, and nbgrader generate_assignment, autograde, generate_feedback and export work as
    ever; submissions are graded by chainrule.
    """
    must_be_installed()
    from ..nbgrader.course import nbgrader_course

    course = open_course(course_folder(course_dir), hidden=False)
    try:
        files = nbgrader_course(course, folder)
    except (StubError, NarrativeError, ReleaseError) as error:
        raise Usage(f"nothing was written: {error}") from error
    write_new(folder, {name: text.encode("utf-8") for name, text in files.items()})
    first = course.names[0]
    click.echo(
        f"wrote an nbgrader course of {len(course.names)} assignments into {folder}; "
        f"go there and begin with `nbgrader generate_assignment {first}`"
    )


def must_be_installed() -> None:
    """Say what to install, before anything is done."""
    if importlib.util.find_spec("nbgrader") is None:
        raise Usage(INSTALL)
