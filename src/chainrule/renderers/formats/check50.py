"""check50's JSON. ``passed`` is null for what has no verdict or waits for another check.

Source: https://cs50.readthedocs.io/projects/check50/en/latest/json_specification/
"""

from __future__ import annotations

from typing import Any

from ...results import Grades
from ..json import number
from .view import Line, Student, as_json, bounded, one_each, text

MOST = 1_000_000
_UNKNOWN = ("skipped", "grader_error")


def render(grades: Grades) -> dict[str, bytes]:
    """``results.json``."""
    return one_each(
        grades,
        "results.json",
        lambda student: bounded(lambda limit: as_json(_report(grades, student, limit)), MOST),
    )


def _report(grades: Grades, student: Student, limit: int) -> dict[str, Any]:
    slug = "/".join([grades.course, *(s.assignment for s in student.submissions)])
    report: dict[str, Any] = {"slug": text(slug), "version": grades.grader_version}
    if student.problems or any(s.reason for s in student.submissions):
        value = "; ".join(student.reasons)
        report["error"] = {"type": "NotGraded", "value": value, "traceback": [], "data": {}}
    report["results"] = [_result(line, limit) for line in student.lines()]
    return report


def _result(line: Line, limit: int) -> dict[str, Any]:
    check = line.check
    passed = None if check.outcome in _UNKNOWN else check.outcome == "passed"
    return {
        "name": line.label,
        "description": text(check.title),
        "passed": passed,
        "log": [],
        "cause": None if passed else _cause(line, limit),
        "data": {
            "points": number(check.points),
            "max_points": number(check.max_points),
            "visibility": check.visibility,
            "outcome": check.outcome,
        },
        "dependency": None,
    }


def _cause(line: Line, limit: int) -> dict[str, Any]:
    check = line.check
    cause: dict[str, Any] = {"rationale": text(check.message, limit) or check.outcome, "help": None}
    shown = check.counterexample or {}
    for key, name in (("expected", "expected"), ("got", "actual")):
        if shown.get(key) is not None:
            cause[name] = text(str(shown[key]), limit)
    return cause
