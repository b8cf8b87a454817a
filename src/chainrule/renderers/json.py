"""``grades.json``: the results as the contract's JSON, the same bytes for the same results."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from ..results import CheckResult, FunctionResult, Grades, SubmissionResult

SCHEMA = "chainrule/grades/v1"


def render(grades: Grades) -> bytes:
    """The whole run as UTF-8 JSON with a newline at its end."""
    text = json.dumps(as_data(grades), ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode("utf-8", "backslashreplace")


def as_data(grades: Grades) -> dict[str, Any]:
    """The run as plain JSON data."""
    return {
        "schema": SCHEMA,
        "course": grades.course,
        "grader_version": grades.grader_version,
        "seed": grades.seed,
        "isolation": grades.isolation,
        "submissions": [_submission(s) for s in grades.submissions],
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
