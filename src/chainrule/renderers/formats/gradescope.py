"""Gradescope's ``results.json``.

A score that is not established is left out, of its test and of the whole: Gradescope then shows
the run as one that failed and asks for a person. All checks are visible, because one hidden test
would hide the student's total; how much hidden checks tell is decided when they are graded.

Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format
"""

from __future__ import annotations

from typing import Any

from ...results import Grades
from ..json import number
from .view import Line, Student, as_json, bounded, one_each, tally, text

MOST = 900_000


def render(grades: Grades) -> dict[str, bytes]:
    """``results.json``."""
    return one_each(
        grades,
        "results.json",
        lambda student: bounded(lambda limit: as_json(_result(grades, student, limit)), MOST),
    )


def _result(grades: Grades, student: Student, limit: int) -> dict[str, Any]:
    notes = [text(n, limit) for s in student.submissions for n in s.notes]
    said = [tally(student), *student.reasons, *notes, f"isolation: {grades.isolation}"]
    result: dict[str, Any] = {
        "output": "\n".join(s for s in said if s),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_test(line, limit) for line in student.lines()],
        "extra_data": {
            "grader_version": grades.grader_version,
            "seed": grades.seed,
            "isolation": grades.isolation,
            "sha256": {s.assignment: s.sha256 for s in student.submissions},
        },
    }
    if student.score is not None:
        result["score"] = number(student.score)
    return result


def _test(line: Line, limit: int) -> dict[str, Any]:
    check = line.check
    test: dict[str, Any] = {
        "name": f"{line.label} ({text(check.title)})",
        "number": line.number,
        "max_score": number(check.max_points),
        "output": text(check.message, limit) or check.outcome,
        "output_format": "text",
        "tags": [check.visibility, check.outcome],
        "visibility": "visible",
    }
    if check.points is not None:
        test["score"] = number(check.points)
        test["status"] = "passed" if check.outcome == "passed" else "failed"
    return test
