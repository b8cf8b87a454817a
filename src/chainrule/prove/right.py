"""Known right answers, each graded in a worker as a student's would be."""

from __future__ import annotations

from dataclasses import dataclass

from ..results import CheckResult
from ..run import Desk
from ..submissions import Source


@dataclass(frozen=True)
class Right:
    """One function of one right answer.

    Args:
        answer: whose answer it is.
        function: which one.
        rejected_by: the checks that did not pass, and what they said.
    """

    answer: str
    function: str
    rejected_by: tuple[str, ...]


def try_right(desk: Desk, source: Source) -> list[Right]:
    """Grade a right answer to one assignment."""
    return [
        Right(source.student, f.name, tuple(_said(c) for c in f.checks if c.outcome != "passed"))
        for f in desk.grade(source).functions
    ]


def _said(check: CheckResult) -> str:
    return f"{check.name} ({check.outcome}): {check.message}"
