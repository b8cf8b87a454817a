"""One notebook graded as ``chainrule grade`` does it: the same intake, judge, results and bytes."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from ..course import CourseError, assignment_names, load_course, version_of
from ..freeze import thaw
from ..judge.cache import engine
from ..launch.choose import IsolationError, Launch, choose
from ..launch.limits import Limits
from ..renderers.json import render
from ..results import Grades, Problem, SubmissionResult
from ..run import Options
from ..submissions import UsageError, collect
from ..task import Setup, SetupError, grade_chunk


class EngineError(Exception):
    """Nothing can be graded here; the message says what to do."""


@dataclass(frozen=True)
class How:
    """How notebooks are graded; the same settings as the options of ``chainrule grade``."""

    course: Path
    seed: int = 0
    isolation: str = "auto"
    reveal: str = "message"
    call_seconds: float = Limits.call_seconds
    memory_mb: int = Limits.memory_mb

    @property
    def limits(self) -> Limits:
        """What a submission may use."""
        return Limits(call_seconds=self.call_seconds, memory_mb=self.memory_mb)


@dataclass(frozen=True)
class Graded:
    """What came of one notebook.

    Args:
        result: the verdicts; ``None`` where it could not even be taken in.
        reason: why it could not, or why there is no score.
        grades: the run's grades.json.
    """

    result: SubmissionResult | None
    reason: str
    grades: bytes


def grade(path: Path, how: How) -> Graded:
    """Grade a notebook, whatever it is and does.

    Raises:
        EngineError: if nothing at all can be graded.
    """
    try:
        about = _about(how.course, version_of(how.course))
        launch = _launch(how.isolation, how.limits)
    except (CourseError, IsolationError) as error:
        raise EngineError(str(error)) from error
    options = Options(how.course, how.seed, True, how.reveal, None, launch.isolation, how.limits)
    setup = Setup(options, about.version, engine(), launch)
    try:
        intake = collect([path], about.assignments)
    except UsageError as error:
        return _graded(setup, about, [], (Problem(None, None, str(path), str(error)),), ())
    problems = tuple(Problem(p.student, p.assignment, p.path, p.reason) for p in intake.problems)
    try:
        done = grade_chunk(setup, list(enumerate(intake.sources)))
    except SetupError as error:
        raise EngineError(str(error)) from error
    results = [thaw(row.result) for _, row in done.rows]
    return _graded(setup, about, results, problems, intake.notes)


def _graded(
    setup: Setup,
    about: About,
    results: list[SubmissionResult],
    problems: tuple[Problem, ...],
    notes: tuple[str, ...],
) -> Graded:
    options = setup.options
    grades = Grades(
        about.name, about.version, options.seed, options.isolation, results, problems, notes
    )
    result = results[0] if len(results) == 1 else None
    reasons = [problem.reason for problem in problems] or ["it was not found"]
    reason = (result.reason or "") if result else reasons[0]
    return Graded(result, reason, render(grades))


@dataclass(frozen=True)
class About:
    """What can be known of a course without importing its checks."""

    name: str
    version: str
    assignments: tuple[str, ...]


@functools.lru_cache(maxsize=1)
def _about(folder: Path, version: str) -> About:
    """What a course says of itself; one that was changed has another version and is asked again."""
    name = load_course(folder, hidden=False, only=()).name
    return About(name, version, assignment_names(folder))


@functools.lru_cache(maxsize=4)
def _launch(isolation: str, limits: Limits) -> Launch:
    """How workers are started; finding that out takes a second, once."""
    return choose(isolation, limits)
