"""``grades.json`` as a report reads it: only the keys it needs, whatever else is there."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from ..json import SCHEMA

OPEN = "grader_error"
NEVER_RAN = ("not_written", "skipped", OPEN)


class ReportError(Exception):
    """There is nothing to report on; the message says why."""


class Check(msgspec.Struct, frozen=True):
    """One check's verdict."""

    name: str
    title: str
    visibility: str
    outcome: str
    points: float | None
    max_points: float
    message: str = ""
    counterexample: dict[str, Any] | None = None
    mistake: str | None = None


class Function(msgspec.Struct, frozen=True, dict=True):
    """One function's checks."""

    name: str
    score: float | None
    max_score: float
    checks: tuple[Check, ...] = ()

    @cached_property
    def state(self) -> str:
        """One word for all of it: full, part, none, unwritten or open."""
        if self.score is None:
            return "open"
        if self.checks and all(c.outcome == "not_written" for c in self.checks):
            return "unwritten"
        if self.passed == len(self.checks):
            return "full"
        return "part" if self.score else "none"

    @cached_property
    def passed(self) -> int:
        """How many checks pass."""
        return sum(c.outcome == "passed" for c in self.checks)

    @cached_property
    def wrong(self) -> tuple[Check, ...]:
        """What did not pass, in order, without what only waits."""
        return tuple(c for c in self.checks if c.outcome not in ("passed", "skipped"))


class Submission(msgspec.Struct, frozen=True):
    """One student's one assignment."""

    student: str
    assignment: str
    score: float | None
    max_score: float
    sha256: str = ""
    reason: str | None = None
    notes: tuple[str, ...] = ()
    functions: tuple[Function, ...] = ()


class Problem(msgspec.Struct, frozen=True):
    """Something that could not be graded."""

    path: str
    reason: str
    student: str | None = None
    assignment: str | None = None


class Run(msgspec.Struct, frozen=True):
    """A whole run."""

    schema: str
    course: str
    grader_version: str
    seed: int
    isolation: str
    submissions: tuple[Submission, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


class Student(msgspec.Struct, frozen=True, dict=True):
    """All that one student handed in."""

    name: str
    submissions: tuple[Submission, ...]
    problems: tuple[Problem, ...] = ()

    @cached_property
    def score(self) -> float | None:
        """The sum, or ``None`` where a part of it is open."""
        return total(s.score for s in self.submissions) if not self.problems else None

    @cached_property
    def max_score(self) -> float:
        """What was to be earned in what was handed in."""
        return sum(s.max_score for s in self.submissions)

    @cached_property
    def page(self) -> str:
        """Where this student's page is: readable, safe on every system, and unlike all others."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        word = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40]
        digest = hashlib.sha256(self.name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
        return f"students/{word}-{digest}.html" if word else f"students/{digest}.html"

    def functions(self) -> Iterator[tuple[Submission, Function]]:
        """Every function, in order."""
        for submission in self.submissions:
            for function in submission.functions:
                yield submission, function


def total(scores: Iterable[float | None]) -> float | None:
    """The sum; unknown if there is nothing or a part is unknown."""
    found = list(scores)
    known = [s for s in found if s is not None]
    return sum(known) if found and len(known) == len(found) else None


T = TypeVar("T")


def read(data: bytes | str) -> Run:
    """Decode a run.

    Raises:
        ReportError: it is none.
    """
    run = _read(data, Run)
    if run.schema != SCHEMA:
        raise ReportError(f"written as {run.schema}, and this version reads {SCHEMA}")
    return run


def assemble(about: str, views: Iterable[tuple[str, str]], keys: dict[tuple[str, str], str]) -> Run:
    """A run of its parts.

    Args:
        about: the run without submissions.
        views: each submission's key, and the submission.
        keys: filled with the key of each student's each assignment.

    Raises:
        ReportError: a part is no such thing.
    """
    found = []
    for key, view in views:
        submission = _read(view, Submission)
        keys[submission.student, submission.assignment] = key
        found.append(submission)
    return msgspec.structs.replace(read(about), submissions=tuple(found))


def _read(data: bytes | str, kind: type[T]) -> T:
    try:
        # The standard library's reader takes lone surrogates, which a student's text may hold.
        return msgspec.convert(json.loads(data, parse_constant=_refuse), kind)
    except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
        raise ReportError(f"not the results of a run: {error}") from error


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")


def students(run: Run) -> list[Student]:
    """Everybody who handed in, by name."""
    submissions: dict[str, list[Submission]] = {}
    problems: dict[str, list[Problem]] = {}
    for submission in run.submissions:
        submissions.setdefault(submission.student, []).append(submission)
    for problem in run.problems:
        if problem.student is not None:
            problems.setdefault(problem.student, []).append(problem)
    order = {name: n for n, name in enumerate(assignments(run))}
    return [
        Student(
            name,
            tuple(sorted(submissions.get(name, ()), key=lambda s: order[s.assignment])),
            tuple(problems.get(name, ())),
        )
        for name in sorted({*submissions, *problems}, key=str.casefold)
    ]


def assignments(run: Run) -> list[str]:
    """The assignments, as whoever handed in most of them has them in order."""
    found: dict[str, list[str]] = {}
    for submission in run.submissions:
        found.setdefault(submission.student, []).append(submission.assignment)
    longest = sorted(found.values(), key=len, reverse=True)
    return list(dict.fromkeys(name for names in longest for name in names))


def functions(run: Run) -> dict[str, list[str]]:
    """The functions of each assignment, in order."""
    found: dict[str, dict[str, None]] = {name: {} for name in assignments(run)}
    for submission in run.submissions:
        found[submission.assignment].update(dict.fromkeys(f.name for f in submission.functions))
    return {name: list(names) for name, names in found.items()}
