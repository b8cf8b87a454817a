"""``chainrule grade``: every check on a class."""

from __future__ import annotations

import math
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from .. import results
from ..clock import Clock
from ..course import Course
from ..crew import CrewError
from ..judge.cache import engine
from ..launch.choose import IsolationError, Launch, choose
from ..launch.limits import Limits
from ..renderers import json as json_renderer
from ..renderers import overview, terminal
from ..run import Options
from ..store import Rows, Store, StoreError
from ..submissions import Intake, Shelf, UsageError, collect
from ..task import Setup, SetupError
from . import report
from .common import Usage, console, course_folder, each, known_function, open_course
from .formats import wanted, write
from .gradebook import keeper
from .running import Outcome, crew_for, grade_class, known_executor, profile

_MANY = 100
"""Submissions beyond which nobody reads every message in a terminal."""


def _number(_context: click.Context, _option: click.Parameter, value: float) -> float:
    """Refuse nan, which is in every range because no comparison excludes it."""
    if math.isnan(value):
        raise click.BadParameter("nan is no number of seconds")
    return value


@click.command("grade")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), help="folder for grades.json")
@click.option("--course", "course_dir", type=click.Path(path_type=Path), help="the course's folder")
@click.option("--only", metavar="FUNCTION", help="grade just one function")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@click.option("--jobs", type=click.IntRange(1), help="processes; as many as help, if not given")
@click.option(
    "--executor",
    default="local",
    show_default=True,
    metavar="NAME",
    help="local, dask (a cluster of this machine's own) or dask:tcp://HOST:PORT",
)
@click.option("--regrade", is_flag=True, help="grade again what has not changed, too")
@click.option("--profile", "show_profile", is_flag=True, help="say where the time went")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[=FILE]",
    help="for another system too: gradescope, classroom50, github, junit, canvas ... (repeatable)",
)
@click.option("--html", is_flag=True, help="pages to read, in DIR/report")
@click.option(
    "--gradebook",
    metavar="URL",
    help="write into nbgrader's gradebook, too: sqlite:///gradebook.db or postgresql+psycopg://...",
)
@click.option(
    "--feedback", is_flag=True, help="with it, nbgrader's autograded and feedback folders"
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
    type=click.FloatRange(0, 3600, min_open=True),
    callback=_number,
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
    jobs: int | None,
    executor: str,
    regrade: bool,
    show_profile: bool,
    formats: tuple[str, ...],
    html: bool,
    gradebook: str | None,
    feedback: bool,
    as_json: bool,
    isolation: str,
    reveal: str,
    call_seconds: float,
    memory_mb: int,
) -> None:
    """Grade every submission in PATHS: modules, notebooks, folders, classes, archives.

    With --output, results are kept in DIR as they come: a run that was stopped or killed goes on
    where it was when the same command is given again, and what has not changed since is not graded
    again.
    """
    folder = course_folder(course_dir, *paths)
    course = open_course(folder, hidden=True)
    known_function(course, only)
    known_executor(executor)
    clock, shelf = Clock(), Shelf()
    with clock.phase("intake"):
        intake = _collect(paths, course, only, shelf)
    _usable(output, html)
    wants = wanted(formats, output)
    limits = Limits(call_seconds=call_seconds, memory_mb=memory_mb)
    launch = _launch(isolation, limits)
    options = Options(folder, seed, True, reveal, only, launch.isolation, limits)
    setup = Setup(options, course.version, engine(), _here(executor, launch), pictures=html)
    crew = partial(crew_for, executor, jobs)
    try:
        with Store(output) as store, keeper(gradebook, feedback, only, course) as keep:
            _begin(store, setup, course, intake)
            outcome = grade_class(setup, course, intake.sources, shelf, store, crew, regrade)
            grades = assemble(course, options, intake, outcome.rows, launch.isolation)
            with clock.phase("reports"):
                each(
                    [
                        partial(_keep, output, html, grades, outcome.rows),
                        partial(write, wants, grades),
                        partial(keep, grades, intake.sources, shelf),
                        partial(_show, grades, outcome.rows, as_json),
                    ]
                )
    except (StoreError, SetupError, CrewError) as error:
        raise Usage(str(error)) from error
    if show_profile:
        click.echo(profile({**clock.take(), **outcome.spent}), err=True)
    _leave(outcome, bool(intake.problems))


def _here(executor: str, launch: Launch) -> Launch | None:
    """How workers are started; elsewhere each machine has to find its own way."""
    return None if executor.startswith("dask:") else launch


def _begin(store: Store, setup: Setup, course: Course, intake: Intake) -> None:
    """Write down what run this is before its first result."""
    grades = assemble(course, setup.options, intake, (), setup.options.isolation)
    store.begin(json_renderer.about(grades), [setup.key(source) for source in intake.sources])


def _leave(outcome: Outcome, problems: bool) -> None:
    """End with the exit status the contract promises."""
    if outcome.left:
        click.echo(
            f"stopped: {outcome.left} submission(s) were not graded; what is done is written",
            err=True,
        )
        sys.exit(130)
    sys.exit(1 if problems or outcome.open else 0)


def _usable(output: Path | None, html: bool) -> None:
    """Find out before the work begins whether there can be results, and a report."""
    _writable(output)
    if html and output is None:
        raise Usage("--html needs a folder: say which with --output DIR")
    if html and output is not None:
        report.usable(output / "report")


def _keep(output: Path | None, html: bool, grades: results.Grades, rows: Rows) -> None:
    """Write grades.json, and the report that is made of it."""
    if output is not None:
        _write(output / "grades.json", _pieces(grades, rows))
        if html:
            report.write(output, output / "report")


def _launch(isolation: str, limits: Limits) -> Launch:
    try:
        return choose(isolation, limits)
    except IsolationError as error:
        raise Usage(str(error)) from error


def _pieces(grades: results.Grades, rows: Rows) -> Iterator[bytes]:
    return json_renderer.pieces(grades, rows.views())


def _show(grades: results.Grades, rows: Rows, as_json: bool) -> None:
    if as_json:
        for piece in _pieces(grades, rows):
            sys.stdout.buffer.write(piece)
    elif len(rows) > _MANY:
        overview.show_class(grades, rows.scores(), console())
    else:
        terminal.show_grades(grades, console())


def assemble(
    course: Course,
    options: Options,
    intake: Intake,
    rows: Sequence[results.SubmissionResult],
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
        rows,
        problems,
        tuple(intake.notes),
    )


def _collect(paths: Sequence[Path], course: Course, only: str | None, shelf: Shelf) -> Intake:
    try:
        intake = collect(paths, course.names, keep=shelf.put)
    except UsageError as error:
        raise Usage(str(error)) from error
    if only is None:
        return intake
    owner = next(a.name for a in course.assignments if only in a.by_name)
    kept = tuple(s for s in intake.sources if s.assignment == owner)
    return Intake(kept, intake.problems, intake.notes)


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


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as part:
            part.writelines(pieces)
        Path(part.name).chmod(0o644)
        Path(part.name).replace(path)
    except OSError as error:
        raise click.ClickException(
            f"cannot write {path}: {error.strerror}; free some room and run again"
        ) from error
