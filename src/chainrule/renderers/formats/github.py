"""GitHub Actions: a step's summary, its annotations, and the result of GitHub Classroom's graders.

``summary.md`` is appended to ``$GITHUB_STEP_SUMMARY``; ``annotations.txt`` are workflow commands
to be printed; ``classroom.txt`` is the step output ``result`` that Classroom's old reporter reads.
That reporter's table knows only tests of equal weight while its notice adds up their scores, so
the result is one test that holds all points; without a score it is an error worth nothing.

Sources: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands and
https://github.com/github-education-resources/autograding-grading-reporter (src/)
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from ...results import CheckResult, Grades
from ..json import number
from .markdown import report
from .numbers import plain
from .view import Student, as_json, folders_of, one_line, students, tally, text

SUMMARY = 1024 * 1024 - 1024
"""GitHub drops a summary above 1 MiB; other steps may have written to it."""
MOST_OF_A_KIND = 10
_MOST_MESSAGE = 2000


def render(grades: Grades) -> dict[str, bytes]:
    """``summary.md``, ``annotations.txt`` and ``classroom.txt``."""
    everybody = students(grades)
    folders = folders_of(everybody) if len(everybody) > 1 else [""] * len(everybody)
    results = {
        f"{folder}/classroom.txt".lstrip("/"): base64.b64encode(as_json(_classroom(student)))
        for folder, student in zip(folders, everybody, strict=True)
    }
    commands = "".join(f"{line}\n" for line in _annotations(grades, everybody))
    return {
        "summary.md": report(grades, SUMMARY),
        "annotations.txt": commands.encode(),
        **results,
    }


def command(kind: str, title: str, message: str) -> str:
    """A workflow command that nothing in its text can end or start anew."""
    told = _data(text(message, _MOST_MESSAGE))
    name = _data(one_line(title)).replace(":", "%3A").replace(",", "%2C")
    return f"::{kind} title={name}::{told}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _annotations(grades: Grades, everybody: list[Student]) -> Iterator[str]:
    errors = [
        command("error", f"{student.name}: not graded", reason)
        for student in everybody
        for reason in student.reasons
    ]
    errors += [
        command("error", "not graded", f"{p.path}: {p.reason}")
        for p in grades.problems
        if p.student is None
    ]
    several = len(everybody) > 1
    wrong = [
        command("warning", f"{s.name}: {line.label}" if several else line.label, _said(line.check))
        for s in everybody
        for line in s.lines()
        if line.check.outcome not in ("passed", "skipped", "grader_error")
    ]
    yield from errors[:MOST_OF_A_KIND]
    yield from wrong[:MOST_OF_A_KIND]


def _said(check: CheckResult) -> str:
    return f"{check.title}\n{check.message}"


def _classroom(student: Student) -> dict[str, Any]:
    known = student.score is not None
    full = student.score is not None and student.score >= student.max_score
    status = ("pass" if full else "fail") if known else "error"
    test = {
        "name": f"chainrule: {plain(student.score) or 'no'} of {plain(student.max_score)} points",
        "status": status,
        "score": number(student.score) if known else 0,
        "message": text("; ".join(student.reasons) or tally(student), _MOST_MESSAGE),
        "test_code": "",
        "filename": "",
        "line_no": 0,
        "duration": 0,
    }
    worth = number(student.max_score) if known else 0
    return {"version": 1, "status": status, "max_score": worth, "tests": [test]}
