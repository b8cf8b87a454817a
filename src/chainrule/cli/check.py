"""``chainrule check``: the public checks on one's own work, at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from ..launch.limits import Limits
from ..launch.plain import PlainLauncher
from ..results import Grades, Picture, Problem, SubmissionResult
from ..submissions import Intake

Pictures = Callable[[SubmissionResult, str], Sequence[Picture]]


@click.command("check")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--course", "course_dir", type=click.Path(path_type=Path), help="the course's folder")
@click.option("--only", metavar="FUNCTION", help="check just one function")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@click.option("--watch", is_flag=True, help="check again at each save")
@click.option("--json", "as_json", is_flag=True, help="print the results as JSON")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME=FILE",
    help="for another system too: github, junit, classroom50 ... (repeatable)",
)
def command(
    path: Path | None,
    course_dir: Path | None,
    only: str | None,
    seed: int,
    watch: bool,
    as_json: bool,
    formats: tuple[str, ...],
) -> None:
    """Run the public checks on PATH: a module, a notebook or a folder of them."""
    launcher = PlainLauncher(Limits())
    if not watch:
        launcher.prepare()
    try:
        _check(path, course_dir, only, seed, watch, as_json, formats, launcher)
    finally:
        launcher.close()


def _check(
    path: Path | None,
    course_dir: Path | None,
    only: str | None,
    seed: int,
    watch: bool,
    as_json: bool,
    formats: tuple[str, ...],
    launcher: PlainLauncher,
) -> None:
    # Imported while the worker starts, for that is what a student waits for.
    from ..renderers import json as json_renderer
    from ..renderers import student
    from .common import console, course_folder

    write = _writer(formats)
    path = path or Path.cwd()
    folder = course_folder(course_dir, path)
    path = _stubs_of(path, folder)
    if watch:
        from .watch import watch as keep_watching

        keep_watching(path, folder, only, seed, console())
        return
    grades, pictures = _graded(path, folder, only, seed, launcher)
    write(grades)
    if as_json:
        sys.stdout.buffer.write(json_renderer.render(grades))
    else:
        student.show(grades, console(), pictures)
    sys.exit(0 if grades.complete else 1)


def _writer(formats: Sequence[str]) -> Callable[[Grades], None]:
    """What writes the formats that are asked for; checked now, before the work."""
    if not formats:
        return lambda grades: None
    from .formats import wanted, write

    wants = wanted(formats, None)
    return lambda grades: write(wants, grades)


def _graded(
    path: Path, folder: Path, only: str | None, seed: int, launcher: PlainLauncher
) -> tuple[Grades, Pictures]:
    """The results of the public checks, and what gives the pictures of a function."""
    from ..course import assignment_names
    from ..run import Desk, Options
    from ..submissions import UsageError, collect
    from .common import Usage, known_function, open_course

    try:
        intake = collect([path], assignment_names(folder), own=True)
    except UsageError as error:
        raise Usage(str(error)) from error
    wanted = [s.assignment for s in intake.sources]
    course = open_course(folder, hidden=False, only=wanted if only is None else None)
    known_function(course, only)
    owners = [a.name for a in course.assignments if only is None or only in a.by_name]
    sources = [s for s in intake.sources if s.assignment in owners]
    options = Options(folder, seed, hidden=False, only=only)
    desk = Desk(options, launcher, course)
    found = {s.assignment: desk.grade(s) for s in sources}
    by_name = {s.assignment: s for s in sources}
    grades = Grades(
        course.name,
        course.version,
        seed,
        "none",
        tuple(found.values()),
        problems_of(intake),
        intake.notes,
    )
    return grades, lambda result, about: desk.pictures(by_name[result.assignment], result, about)


def problems_of(intake: Intake) -> tuple[Problem, ...]:
    """What could not be read, as the formats tell it."""
    return tuple(Problem(p.student, p.assignment, p.path, p.reason) for p in intake.problems)


def _stubs_of(path: Path, folder: Path) -> Path:
    """In the course's own folder, the work is in assignments/."""
    work = folder / "assignments"
    return work if path.resolve() == folder.resolve() and work.is_dir() else path
