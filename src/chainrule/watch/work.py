"""The state of a student's work: every function's last verdict, and which one comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from ..course import Course
from ..grading.guide import Help
from ..results import FunctionResult, Grades, Picture, SubmissionResult
from ..run import Desk, Options
from ..submissions import Intake, Source, UsageError, collect
from .changes import changed
from .warm import WarmLauncher

FEW = 3
"""So many functions are checked one by one; more are cheaper together."""


@dataclass(frozen=True)
class Step:
    """What one look at the files brought.

    Args:
        checked: the functions that were checked again, in the lecture's order.
        gone: the assignments whose file is there no more.
        problems: what could not be read, and why.
    """

    checked: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.checked or self.gone or self.problems)


class Work:
    """Looks at the files, grades what changed, remembers the rest."""

    def __init__(self, course: Course, options: Options, path: Path, launcher: WarmLauncher):
        self.course = course
        self._options = options
        self._path = path
        self._launcher = launcher
        self._desks: dict[str | None, Desk] = {}
        self._said: tuple[str, ...] = ()
        self.sources: dict[str, Source] = {}
        self.results: dict[str, FunctionResult] = {}
        self.notes: dict[str, tuple[str, ...]] = {}

    @property
    def order(self) -> list[str]:
        """The functions of the files at hand, in the order of the lecture."""
        assignments = (a for a in self.course.assignments if a.name in self.sources)
        return [
            f.name for a in assignments for f in a.functions if self._options.only in (None, f.name)
        ]

    def look(self) -> Step:
        """Check what has changed since the last look."""
        intake, problems = self._collect()
        found = {s.assignment: s for s in intake.sources}
        known = [a.name for a in self.course.assignments]
        gone = tuple(n for n in known if n in self.sources and n not in found)
        for name in gone:
            del self.sources[name]
        again: list[str] = []
        for name in (n for n in known if n in found):
            again += self._update(found[name])
        self._launcher.prepare()
        # What is gone is said once, and not again as a path that cannot be read.
        new = () if gone or problems == self._said else problems
        self._said = problems
        return Step(tuple(again), gone, new)

    def _collect(self) -> tuple[Intake, tuple[str, ...]]:
        try:
            intake = collect([self._path], self.course.names, own=True)
        except UsageError as error:
            return Intake((), (), ()), (str(error),)
        return intake, tuple(f"{p.path}: {p.reason}" for p in intake.problems)

    def _update(self, source: Source) -> list[str]:
        old = self.sources.get(source.assignment)
        if old is not None and old.sha256 == source.sha256:
            return []
        self.sources[source.assignment] = source
        names = [f.name for f in self.course[source.assignment].functions]
        again = changed(old, source, [n for n in names if self._options.only in (None, n)])
        for only in again if len(again) <= FEW else [self._options.only]:
            result = self._desk(only).grade(source)
            self.notes[source.assignment] = result.notes
            self.results.update((f.name, f) for f in result.functions)
        return again

    def _desk(self, only: str | None) -> Desk:
        if only not in self._desks:
            options = replace(self._options, only=only)
            self._desks[only] = Desk(options, self._launcher, self.course)
        return self._desks[only]

    def next(self, recent: Sequence[str] = ()) -> str | None:
        """The function to look at: what was just written if it is wrong, then the first cause."""
        wrong = [f for f in self.order if not self.right(f)]
        started = [f for f in wrong if not self.unwritten(f)]
        for choice in ([f for f in started if f in recent], started, wrong):
            if choice:
                return choice[0]
        return None

    def right(self, function: str) -> bool:
        """Whether every check passes."""
        return all(c.outcome == "passed" for c in self.results[function].checks)

    def unwritten(self, function: str) -> bool:
        """Whether it is not written yet."""
        return all(c.outcome == "not_written" for c in self.results[function].checks)

    def beside(self, function: str) -> list[FunctionResult]:
        """The results of a function's assignment, its own among them."""
        owner = next(a for a in self.course.assignments if function in a.by_name)
        return [self.results[f.name] for f in owner.functions if f.name in self.results]

    def help(self, function: str) -> Help | None:
        """The course's help with a function."""
        owner = next(a for a in self.course.assignments if function in a.by_name)
        return owner.help.get(function)

    def pictures(self, function: str) -> tuple[Picture, ...]:
        """What a function does, where the course has a picture of just that."""
        owner = next(a for a in self.course.assignments if function in a.by_name)
        result = self._submission(self.sources[owner.name])
        found = self._desk(self._options.only).pictures(
            self.sources[owner.name], result, about=function
        )
        self._launcher.prepare()
        return found

    def gallery(self, submission: SubmissionResult) -> tuple[Picture, ...]:
        """All pictures of an assignment."""
        source = self.sources[submission.assignment]
        return self._desk(None).pictures(source, submission)

    def grades(self) -> Grades:
        """All of it as results."""
        submissions = tuple(self._submission(s) for s in self.sources.values())
        return Grades(
            self.course.name, self.course.version, self._options.seed, "none", submissions
        )

    def _submission(self, source: Source) -> SubmissionResult:
        names = [f.name for f in self.course[source.assignment].functions]
        functions = tuple(self.results[n] for n in names if n in self.results)
        total = sum((f.max_score for f in functions), Fraction(0))
        return SubmissionResult(source.student, source.assignment, source.sha256, functions, total)
