"""``grades.json``: the results as the contract's JSON, the same bytes for the same results."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from ..results import CheckResult, FunctionResult, Grades, SubmissionResult

SCHEMA = "chainrule/grades/v1"


def render(grades: Grades) -> bytes:
    """The whole run as UTF-8 JSON with a newline at its end."""
    return b"".join(pieces(grades, map(submission_text, grades.submissions)))


def pieces(grades: Grades, submissions: Iterable[str]) -> Iterator[bytes]:
    """The same bytes piece by piece, so that a large class need not fit into memory.

    Args:
        grades: the run; its own submissions are not looked at.
        submissions: the texts of its submissions, in order.
    """
    start, end = about(grades).split(_HOLE, 1)
    yield _bytes(start + _HOLE[:-1])
    separator = ""
    for text in submissions:
        indented = text.replace("\n", "\n  ")
        yield _bytes(f"{separator}\n  {indented}")
        separator = ","
    yield _bytes(("\n ]" if separator else "]") + end + "\n")


_HOLE = '"submissions": []'


def submission_text(result: SubmissionResult) -> str:
    """One submission's part of the JSON, not yet indented."""
    return _text(_submission(result))


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def as_data(grades: Grades) -> dict[str, Any]:
    """The run as plain JSON data."""
    submissions = [_submission(s) for s in grades.submissions]
    return {**_about(grades), "submissions": submissions, **_rest(grades)}


def about(grades: Grades) -> str:
    """The run without its submissions."""
    return _text({**_about(grades), "submissions": [], **_rest(grades)})


def _about(grades: Grades) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "course": grades.course,
        "grader_version": grades.grader_version,
        "seed": grades.seed,
        "isolation": grades.isolation,
    }


def _rest(grades: Grades) -> dict[str, Any]:
    return {
        "problems": [
            {"student": p.student, "assignment": p.assignment, "path": p.path, "reason": p.reason}
            for p in grades.problems
        ],
        "notes": list(grades.notes),
    }


def _submission(result: SubmissionResult) -> dict[str, Any]:
    return {
        "student": result.student,
        "assignment": result.assignment,
        "score": number(result.score),
        "max_score": number(result.max_score),
        "sha256": result.sha256,
        "reason": result.reason,
        "notes": list(result.notes),
        "functions": [_function(f) for f in result.functions],
    }


def _function(result: FunctionResult) -> dict[str, Any]:
    return {
        "name": result.name,
        "score": number(result.score),
        "max_score": number(result.max_score),
        "checks": [_check(c) for c in result.checks],
    }


def _check(result: CheckResult) -> dict[str, Any]:
    return {
        "name": result.name,
        "title": result.title,
        "visibility": result.visibility,
        "outcome": result.outcome,
        "points": number(result.points),
        "max_points": number(result.max_points),
        "message": result.message,
        "counterexample": result.counterexample,
        "mistake": result.mistake,
    }


def number(points: Fraction | None) -> float | None:
    """Points as a JSON number, rounded to what a gradebook can hold apart."""
    return None if points is None else round(float(points), 9)
