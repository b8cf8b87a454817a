"""PrairieLearn's ``results.json``.

``gradable`` is false where a score is not established: no attempt is then spent. The score is a
share of the whole, at most 1.

Source: https://docs.prairielearn.com/externalGrading/#grading-results
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...results import Grades
from ..json import number
from .numbers import below
from .view import Line, Student, as_json, bounded, one_each, tally, text

MOST = 1_000_000


def render(grades: Grades) -> dict[str, bytes]:
    """``results.json``."""
    return one_each(
        grades,
        "results.json",
        lambda student: bounded(lambda limit: as_json(_result(student, limit)), MOST),
    )


def _result(student: Student, limit: int) -> dict[str, Any]:
    if student.score is None:
        reasons = student.reasons
        message = "This could not be graded; no attempt was used."
        return {"gradable": False, "message": message, "format_errors": reasons}
    return {
        "gradable": True,
        "score": _share(student.score, student.max_score),
        "message": tally(student),
        "tests": [_test(line, limit) for line in student.lines()],
    }


def _share(score: Fraction, of: Fraction) -> float:
    share = min(score / of, Fraction(1)) if of else Fraction(1)
    return float(below(share, Fraction(1), 12))


def _test(line: Line, limit: int) -> dict[str, Any]:
    check = line.check
    return {
        "name": line.label,
        "description": text(check.title),
        "points": number(check.points),
        "max_points": number(check.max_points),
        "message": check.outcome,
        "output": text(check.message, limit),
    }
