"""``chainrule collect``: downloads and clones into a class folder."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from ..course import assignment_names
from ..gather import gather, write
from ..judge.show import inert
from ..submissions import UsageError
from .common import Usage, course_folder


@click.command("collect")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="the class folder to make; it must be empty",
)
@click.option("--course", "course_dir", type=click.Path(path_type=Path), help="the course's folder")
@click.option("--prefix", help="what the names of clones start with, such as losses-")
@click.option("--due", help="the deadline, such as 2026-06-01T23:59+02:00; UTC without a zone")
def command(
    sources: tuple[Path, ...],
    output: Path,
    course_dir: Path | None,
    prefix: str | None,
    due: str | None,
) -> None:
    """Gather SOURCES into a class: folders of clones, Canvas or Moodle downloads (zips, too)."""
    assignments = assignment_names(course_folder(course_dir, *sources))
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise Usage(f"{output} is not empty; name a new folder with --output")
    try:
        found = gather(sources, assignments, prefix=prefix, due=_moment(due))
        students = write(found, output)
    except UsageError as error:
        raise Usage(str(error)) from error
    except OSError as error:
        raise Usage(f"cannot write into {output}: {error.strerror}; name another folder") from error
    for note in found.notes:
        click.echo(f"note: {note}")
    for student in students:
        kept = sum(not f["earlier"] for f in student.files)
        earlier = len(student.files) - kept
        extra = f", {earlier} earlier kept apart" if earlier else ""
        click.echo(f"{inert(student.folder)}: {kept} file(s){extra}{', late' * student.late}")
    for problem in found.problems:
        click.echo(f"not collected: {inert(problem)}", err=True)
    click.echo(f"{output}: {len(students)} students")
    sys.exit(1 if found.problems else 0)


def _moment(due: str | None) -> float | None:
    if due is None:
        return None
    try:
        moment = datetime.fromisoformat(due)
    except ValueError as error:
        raise Usage(f"--due {due} is no time; write one such as 2026-06-01T23:59+02:00") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
