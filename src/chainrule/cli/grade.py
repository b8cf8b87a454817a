"""``chainrule grade``: every check on a class."""

from __future__ import annotations

import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import click

from .. import results
from ..course import Course
from ..launch.choose import IsolationError, Launch, choose
from ..launch.limits import Limits
from ..renderers import json as json_renderer
from ..renderers import terminal
from ..run import Options, grade_all
from ..submissions import Intake, Source, UsageError, collect
from .common import Usage, console, course_folder, known_function, open_course
from .formats import wanted, write
from .progress import Progress


@click.command("grade")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), help="folder for grades.json")
@click.option("--course", "course_dir", type=click.Path(path_type=Path), help="the course's folder")
@click.option("--only", metavar="FUNCTION", help="grade just one function")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="processes")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[=FILE]",
    help="for another system too: gradescope, classroom50, github, junit, canvas ... (repeatable)",
)
@click.option("--json", "as_json", is_flag=True, help="print grades.json to standard output")
@click.option(
    "--isolation",
    type=click.Choice(["auto", "namespaces", "landlock+seccomp", "none"]),
    default="auto",
    show_default=True,
    help="level asked for; none: your own code only",
)
@click.option(
    "--reveal",
    type=click.Choice(["none", "message", "counterexample"]),
    default="message",
    show_default=True,
    help="what hidden checks tell",
)
@click.option(
    "--call-seconds",
    type=float,
    default=Limits.call_seconds,
    show_default=True,
    help="wall time of one call",
)
@click.option("--memory-mb", type=click.IntRange(64), default=Limits.memory_mb, show_default=True)
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    course_dir: Path | None,
    only: str | None,
    seed: int,
    jobs: int,
    formats: tuple[str, ...],
    as_json: bool,
    isolation: str,
    reveal: str,
    call_seconds: float,
    memory_mb: int,
) -> None:
    """Grade every submission in PATHS: modules, notebooks, folders, classes, archives."""
    folder = course_folder(course_dir, *paths)
    course = open_course(folder, hidden=True)
    known_function(course, only)
    intake = _collect(paths, course, only)
    _writable(output)
    wants = wanted(formats, output)
    limits = Limits(call_seconds=call_seconds, memory_mb=memory_mb)
    options = Options(folder, seed, True, reveal, only, isolation, limits)
    try:
        launch = choose(isolation, limits)
    except IsolationError as error:
        raise Usage(str(error)) from error
    found, stopped = _run(options, intake.sources, launch, jobs)
    grades = assemble(course, options, intake, found, launch.isolation)
    if output is not None:
        _write(output / "grades.json", json_renderer.render(grades))
    write(wants, grades)
    if as_json:
        sys.stdout.buffer.write(json_renderer.render(grades))
    else:
        terminal.show_grades(grades, console())
    if stopped:
        left = len(intake.sources) - len(found)
        click.echo(
            f"stopped: {left} submission(s) were not graded; what is done is written", err=True
        )
        sys.exit(130)
    sys.exit(0 if grades.complete else 1)


def assemble(
    course: Course,
    options: Options,
    intake: Intake,
    found: Sequence[results.SubmissionResult],
    isolation: str,
) -> results.Grades:
    """The run's results, with what could not be graded beside them."""
    problems = tuple(
        results.Problem(p.student, p.assignment, p.path, p.reason) for p in intake.problems
    )
    return results.Grades(
        course.name,
        course.version,
        options.seed,
        isolation,
        tuple(found),
        problems,
        tuple(intake.notes),
    )


def _collect(paths: Sequence[Path], course: Course, only: str | None) -> Intake:
    try:
        intake = collect(paths, course.names)
    except UsageError as error:
        raise Usage(str(error)) from error
    if only is None:
        return intake
    owner = next(a.name for a in course.assignments if only in a.by_name)
    kept = tuple(s for s in intake.sources if s.assignment == owner)
    return Intake(kept, intake.problems, intake.notes)


def _run(
    options: Options, sources: Sequence[Source], launch: Launch, jobs: int
) -> tuple[list[results.SubmissionResult], bool]:
    """Grade; ctrl-C and SIGTERM end the run but keep what is done."""
    found: list[tuple[tuple[str, str], results.SubmissionResult]] = []
    previous = signal.signal(signal.SIGTERM, _interrupt)
    try:
        with Progress(len(sources)) as progress:

            def done(result: results.SubmissionResult) -> None:
                found.append(((result.student, result.assignment), result))
                progress.advance(f"{result.student} {result.assignment}")

            return grade_all(options, sources, launch, jobs, done), False
    except KeyboardInterrupt:
        order = {(s.student, s.assignment): n for n, s in enumerate(sources)}
        return [r for _, r in sorted(found, key=lambda item: order[item[0]])], True
    finally:
        signal.signal(signal.SIGTERM, previous)


def _interrupt(_signum: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _writable(output: Path | None) -> None:
    """Find out before hours of work whether the results can be written."""
    if output is None:
        return
    try:
        output.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=output):
            pass
    except OSError as error:
        raise Usage(
            f"cannot write into {output}: {error.strerror}; name another folder with --output"
        ) from error


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as part:
            part.write(data)
        Path(part.name).chmod(0o644)
        Path(part.name).replace(path)
    except OSError as error:
        raise click.ClickException(
            f"cannot write {path}: {error.strerror}; free some room and run again"
        ) from error
