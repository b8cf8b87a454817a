"""Grading in one process: the desk where submissions are graded one after another."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from .clock import clock
from .course import Assignment, Course, load_course
from .grading.declare import Function
from .judge.answers import Lost
from .judge.cache import recording_of
from .judge.exhibit import pictures
from .judge.grade import Grader
from .judge.session import Launcher, Session
from .judge.show import inert
from .launch.channel import SandboxLost
from .launch.limits import Limits
from .results import FunctionResult, Picture, SubmissionResult
from .submissions import Source
from .submissions.notebooks import MOST_NOTES
from .worker import wire


@dataclass(frozen=True)
class Options:
    """How a run is made.

    Args:
        course: the course's folder.
        seed: decides every generated input.
        hidden: whether hidden checks run too.
        reveal: how much of a hidden check's input is told.
        only: a function's name, if just one is graded.
        isolation: the level asked for.
        limits: what a submission may use.
    """

    course: Path
    seed: int = 0
    hidden: bool = True
    reveal: str = "message"
    only: str | None = None
    isolation: str = "auto"
    limits: Limits = field(default_factory=Limits)


PICTURE_SECONDS = 30.0
"""What all pictures of a submission may take: they are no part of its grade."""

_LONGEST_ERROR = 20_000
"""Characters of an error that are told; an honest worker's text and traceback stay below."""

Graded = tuple[tuple[FunctionResult, ...], tuple[str, ...]]


class Desk:
    """What one process needs to grade: the course, its recordings, and a launcher of workers."""

    def __init__(self, options: Options, launcher: Launcher, course: Course | None = None) -> None:
        self.options = options
        self.launcher = launcher
        self._course = course
        self._graders: dict[str, Grader] = {}

    def grader(self, assignment: str) -> Grader:
        """The grader of an assignment; its inputs are generated at its first use."""
        if assignment not in self._graders:
            with clock.phase("open"):
                self._graders[assignment] = self._open(assignment)
        return self._graders[assignment]

    def _open(self, assignment: str) -> Grader:
        options = self.options
        course = self._course or load_course(
            options.course, hidden=options.hidden, only=[assignment]
        )
        chosen = course[assignment]
        recording = recording_of(course, chosen, options.seed, hidden=options.hidden)
        return Grader(chosen, recording, options.reveal, options.only)

    def points(self, assignment: str) -> Fraction:
        """What an assignment is worth here."""
        functions = self.grader(assignment).assignment.functions
        return points(functions, self.options.only)

    def grade(self, source: Source) -> SubmissionResult:
        """The result of one submission, whatever it does."""
        grader = self.grader(source.assignment)
        with quiet():
            try:
                functions, notes = self._graded(grader, source)
            except SandboxLost:
                functions, notes = self._once_more(grader, source)
        total = sum((f.max_score for f in functions), Fraction(0))
        return SubmissionResult(
            source.student,
            source.assignment,
            source.sha256,
            functions,
            total,
            _reason(functions),
            (*source.notes, *notes),
        )

    def pictures(
        self, source: Source, result: SubmissionResult, about: str | None = None
    ) -> tuple[Picture, ...]:
        """What a graded submission's exhibits show; nothing where it cannot be imported.

        A worker of their own makes the calls: one that has seen hidden inputs could tell them in
        what a student gets to see.

        Args:
            source: what was handed in.
            result: what its grading came to.
            about: a function, if just the lines that it alone draws are wanted.
        """
        assignment = self.grader(source.assignment).assignment
        wanted = [e for e in assignment.exhibits if about is None or e.functions == (about,)]
        if not wanted:
            return ()
        chosen = replace(assignment, exhibits=tuple(wanted))
        try:
            with clock.phase("pictures"), quiet():
                return self._pictures(chosen, source, _without(result))
        except SandboxLost:
            return ()

    def _pictures(
        self, assignment: Assignment, source: Source, without: Mapping[str, str]
    ) -> tuple[Picture, ...]:
        session = Session(self.launcher, source.assignment, cells_of(source), PICTURE_SECONDS)
        try:
            loaded = session.loaded
            if isinstance(loaded, Lost) or (loaded.errors and source.kind == "module"):
                return ()
            return pictures(assignment, session, without)
        finally:
            session.close()

    def _graded(self, grader: Grader, source: Source) -> Graded:
        session = Session(self.launcher, source.assignment, cells_of(source))
        try:
            with clock.phase("judging"):
                return _grade_loaded(grader, session, source)
        finally:
            session.close()

    def _once_more(self, grader: Grader, source: Source) -> Graded:
        """Grade what was interrupted from outside; a second time, its score stays open."""
        try:
            return self._graded(grader, source)
        except SandboxLost as lost:
            return grader.all_same("grader_error", f"{lost}, twice; grade it again."), ()


@contextmanager
def quiet() -> Iterator[None]:
    """Without the warnings that odd answers cause in checks: they would show hidden source."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def _reason(functions: Sequence[FunctionResult]) -> str | None:
    """Why there is no score, where a check could not be judged."""
    lost = [(f, c) for f in functions for c in f.checks if c.outcome == "grader_error"]
    if not lost:
        return None
    (function, check), more = lost[0], len(lost) - 1
    others = f" (and {more} more)" if more else ""
    return f"{function.name}.{check.name} could not be judged{others}: {check.message}"


def _without(result: SubmissionResult) -> dict[str, str]:
    """The functions that need not be called again to know that they do not answer."""
    found = {}
    for function in result.functions:
        outcomes = {check.outcome for check in function.checks}
        if outcomes == {"not_written"}:
            found[function.name] = f"{function.name} is not written yet"
        elif "timeout" in outcomes:
            found[function.name] = f"{function.name} takes too long"
    return found


def points(functions: Sequence[Function], only: str | None) -> Fraction:
    """What functions are worth, or just the one that is graded."""
    return sum((Fraction(f.points) for f in functions if only in (None, f.name)), Fraction(0))


def cells_of(source: Source) -> list[wire.Cell]:
    """A submission's source in the pieces that are run one by one."""
    if source.kind == "module":
        return [wire.Cell(source.filename, source.code)]
    return [
        wire.Cell(f"cell {c.number}", c.source.encode("utf-8", "replace")) for c in source.cells
    ]


def _grade_loaded(grader: Grader, session: Session, source: Source) -> Graded:
    loaded = session.loaded
    if isinstance(loaded, Lost):
        outcome = "timeout" if loaded.timeout else "error"
        text = f"{source.filename} could not be imported: {loaded.text}."
        return grader.all_same(outcome, inert(text)), ()
    if loaded.errors and source.kind == "module":
        text = f"{source.filename} could not be imported. {_error_text(loaded.errors[0][1])}"
        return grader.all_same("error", text), ()
    return grader.grade(session), _left_out(loaded.errors, source)


def _left_out(errors: Sequence[tuple[str, wire.Error]], source: Source) -> tuple[str, ...]:
    """Notes on the cells that failed; what a worker calls them is believed only if they exist."""
    sent = {cell.label for cell in cells_of(source)}
    notes = [
        f"a cell failed and was left out: {inert(label) if label in sent else 'an unknown cell'}: "
        f"{_error_text(error)}"
        for label, error in errors[:MOST_NOTES]
    ]
    more = len(errors) - len(notes)
    return (*notes, f"and {more:,} more cells failed and were left out") if more else (*notes,)


def _error_text(error: wire.Error) -> str:
    where = f"\n{error.traceback}" if error.traceback else ""
    return inert(f"{error.kind}: {error.text}{where}"[:_LONGEST_ERROR])


def grade_all(
    options: Options,
    sources: Sequence[Source],
    launch: Callable[[], Launcher],
    course: Course | None = None,
) -> list[SubmissionResult]:
    """Grade a few submissions one after another in this process."""
    launcher = launch()
    try:
        desk = Desk(options, launcher, course)
        return [desk.grade(source) for source in sources]
    finally:
        launcher.close()
