"""Artemis's custom feedback: a JSON file a check, in ``customFeedbacks``.

Its test cases carry their own weights, so points are not told. Nothing at all is written where a
score is not established: the command's exit status 1 then fails the build, which Artemis tells
apart from a wrong answer.

Source: https://docs.artemis.cit.tum.de (programming exercises, custom feedback)
"""

from __future__ import annotations

import re
from typing import Any

from ...results import Grades
from .view import Line, Student, as_json, folders_of, students, text

_MOST = 4000
FOLDER = "customFeedbacks"


def render(grades: Grades) -> dict[str, bytes]:
    """``customFeedbacks/*.json``, in a folder of each student where there are several."""
    everybody = students(grades)
    folders = folders_of(everybody) if len(everybody) > 1 else [""] * len(everybody)
    return {
        f"{folder}/{name}".lstrip("/"): data
        for folder, student in zip(folders, everybody, strict=True)
        for name, data in _feedback(student).items()
    }


def _feedback(student: Student) -> dict[str, bytes]:
    if student.score is None:
        return {}
    return {_filename(line): as_json(_entry(line)) for line in student.lines()}


def _filename(line: Line) -> str:
    return f"{FOLDER}/{line.number}-{re.sub(r'[^A-Za-z0-9_]+', '-', line.label)}.json"


def _entry(line: Line) -> dict[str, Any]:
    check = line.check
    told = text(f"{check.title}\n{check.message or check.outcome}", _MOST)
    passed = check.outcome == "passed"
    return {"name": line.label, "successful": passed, "message": None if passed else told}
