"""Results: frozen data, from which every report is rendered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

Visibility = Literal["public", "hidden"]
OUTCOMES = ("passed", "failed", "error", "timeout", "skipped", "not_written", "grader_error")


@dataclass(frozen=True)
class CheckResult:
    """The verdict on one check of one submission.

    Args:
        name: unique within the function.
        title: the property, as the student reads it.
        visibility: ``public`` or ``hidden``.
        outcome: one of ``OUTCOMES``.
        points: what was earned; ``None`` where no verdict could be established.
        max_points: what it is worth.
        message: what the student is told; empty for ``passed``.
        counterexample: the smallest input found, what was expected and what came.
        mistake: the slug of the recognised mistake.
    """

    name: str
    title: str
    visibility: str
    outcome: str
    points: Fraction | None
    max_points: Fraction
    message: str = ""
    counterexample: dict[str, Any] | None = None
    mistake: str | None = None


@dataclass(frozen=True)
class FunctionResult:
    """The verdicts on one function."""

    name: str
    checks: tuple[CheckResult, ...]

    @property
    def score(self) -> Fraction | None:
        """The points earned, or ``None`` if one of them is not established."""
        points = [c.points for c in self.checks]
        return None if None in points else sum((p for p in points if p is not None), Fraction(0))

    @property
    def max_score(self) -> Fraction:
        """What the function is worth."""
        return sum((c.max_points for c in self.checks), Fraction(0))


@dataclass(frozen=True)
class SubmissionResult:
    """One student's one assignment.

    Args:
        reason: why there is no score, where there is none.
        notes: what a person should know, such as ignored notebook lines.
    """

    student: str
    assignment: str
    sha256: str
    functions: tuple[FunctionResult, ...]
    max_score: Fraction
    reason: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def score(self) -> Fraction | None:
        """The points earned, or ``None`` if they could not be established."""
        scores = [f.score for f in self.functions]
        if self.reason is not None or None in scores:
            return None
        return sum((s for s in scores if s is not None), Fraction(0))


@dataclass(frozen=True)
class Panel:
    """One part of a picture, as numbers and words.

    Args:
        kind: ``Plane``, ``Lines`` or ``Heat``.
        title: a few words above it.
        says: what it shows, for those who do not see it.
        data: what is drawn, as JSON holds it; ``None`` stands for what is no finite number.
    """

    kind: str
    title: str
    says: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Picture:
    """What a submission does, to be looked at; part of no grade.

    Args:
        name: unique within the assignment.
        title: what it is.
        text: what there is to see in it.
        panels: its parts.
        missing: why there are none.
    """

    name: str
    title: str
    text: str
    panels: tuple[Panel, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class Problem:
    """Something that could not be graded at all, and what to do about it."""

    student: str | None
    assignment: str | None
    path: str
    reason: str


@dataclass(frozen=True)
class Grades:
    """A whole run."""

    course: str
    grader_version: str
    seed: int
    isolation: str
    submissions: Sequence[SubmissionResult]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything handed in could be graded."""
        return not self.problems and all(s.score is not None for s in self.submissions)
