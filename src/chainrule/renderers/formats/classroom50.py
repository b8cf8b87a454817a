"""Classroom 50's ``result.json`` (``classroom50/result/v1``).

Its scores are whole numbers: they count hundredths of a point, and each test says so beside the
points themselves. Nothing is written for a student whose score is not established; with the
command's exit status 1 the runner reports an error instead of a score.

Who and what is graded is told by the runner's environment (CLASSROOM, ASSIGNMENT, OWNER,
SUBMISSION_TAG, COMMIT_URL ...); it is stamped by the runner again afterwards.

Source: https://github.com/foundation50/classroom50/blob/main/schemas/result-v1.schema.json
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ...results import Grades
from ..json import number
from .numbers import HUNDRED, wholes
from .view import Line, Student, as_json, bounded, one_each, text

MOST = 1_000_000
_TAG_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d)[-:](\d\d)[-:](\d\d)Z")


def render(grades: Grades, runner: Mapping[str, str] = os.environ) -> dict[str, bytes]:
    """``result.json``."""

    def rendered(student: Student) -> bytes | None:
        if student.score is None:
            return None
        return bounded(lambda limit: as_json(_result(student, runner, limit)), MOST)

    return one_each(grades, "result.json", rendered)


def _result(student: Student, runner: Mapping[str, str], limit: int) -> dict[str, Any]:
    lines = list(student.lines())
    known = [(line.check.points or Fraction(0), line.check.max_points) for line in lines]
    scores = wholes(known)
    return {
        **_identity(student, runner),
        "score": sum(score for score, _ in scores),
        "max-score": sum(of for _, of in scores),
        "tests": [_test(line, *s, limit) for line, s in zip(lines, scores, strict=True)],
    }


def _identity(student: Student, runner: Mapping[str, str]) -> dict[str, str]:
    kind = runner.get("ASSIGNMENT_TYPE", "")
    tag = runner.get("SUBMISSION_TAG", "")
    tag = tag if tag.startswith("submit/") else "submit/local"
    commit = runner.get("COMMIT_URL") or tag
    assignments = "-".join(s.assignment for s in student.submissions)
    return {
        "schema": "classroom50/result/v1",
        "classroom": runner.get("CLASSROOM") or "local",
        "assignment": runner.get("ASSIGNMENT") or text(assignments),
        "assignment_type": kind if kind in ("individual", "group") else "individual",
        "owner": runner.get("OWNER") or runner.get("USERNAME") or text(student.name),
        "submission": tag,
        "commit": commit,
        "release": runner.get("RELEASE_URL") or tag,
        "review": runner.get("REVIEW_URL") or commit,
        "datetime": _handed_in(tag),
    }


def _handed_in(tag: str) -> str:
    """The time in a submission's tag; the results must not depend on when they are made."""
    found = _TAG_TIME.search(tag)
    return "{}T{}:{}:{}Z".format(*found.groups()) if found else "1970-01-01T00:00:00Z"


def _test(line: Line, score: int, of: int, limit: int) -> dict[str, Any]:
    return {
        "test-name": line.label,
        "passed": line.check.outcome == "passed",
        "score": score,
        "max-score": of,
        "scale": HUNDRED,
        "points": number(line.check.points),
        "max-points": number(line.check.max_points),
        "outcome": line.check.outcome,
        "title": text(line.check.title),
        "message": text(line.check.message, limit),
    }
