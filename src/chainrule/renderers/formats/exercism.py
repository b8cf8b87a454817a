"""Exercism's ``results.json``, version 3. It knows no points, only what passes.

Source: https://exercism.org/docs/building/tooling/test-runners/interface
"""

from __future__ import annotations

from typing import Any

from ...results import Grades
from .view import Line, Student, as_json, one_each, text

_MOST_OUTPUT = 500
_MOST_MESSAGE = 2000
_STATUS = {"passed": "pass", "error": "error", "timeout": "error", "grader_error": "error"}


def render(grades: Grades) -> dict[str, bytes]:
    """``results.json``."""
    return one_each(grades, "results.json", lambda student: as_json(_result(student)))


def _result(student: Student) -> dict[str, Any]:
    lines = list(student.lines())
    if all(line.check.points is None for line in lines) or student.problems:
        message = "; ".join(student.reasons) or "nothing could be graded"
        return {"version": 3, "status": "error", "message": message, "tests": []}
    passed = all(line.check.outcome == "passed" for line in lines)
    return {
        "version": 3,
        "status": "pass" if passed else "fail",
        "message": None,
        "tests": [_test(line) for line in lines],
    }


def _test(line: Line) -> dict[str, Any]:
    check = line.check
    status = _STATUS.get(check.outcome, "fail")
    message = text(check.message, _MOST_MESSAGE) or check.outcome
    return {
        "name": line.label,
        "status": status,
        "message": None if status == "pass" else message,
        "output": text(check.title, _MOST_OUTPUT - 1),
        "test_code": f"{line.function.name}: {text(check.title)}",
        "task_id": int(line.number.split(".")[1]),
    }
