"""Reports for tests: two students graded by the public checks, with pictures; a large class."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from chainrule.course import load_course
from chainrule.launch.limits import Limits
from chainrule.launch.plain import PlainLauncher
from chainrule.renderers import json as json_renderer
from chainrule.renderers import report
from chainrule.results import Grades
from chainrule.run import Desk, Options
from chainrule.submissions import collect

COURSE = Path(__file__).parents[1]
STUDENTS = ("tran_minh", "okonkwo_chidi")
ASSIGNMENTS = ("backprop", "xor")


def small() -> dict[str, bytes]:
    """The files of a report of two students' networks, one right and one wrong."""
    course = load_course(COURSE, hidden=False, only=ASSIGNMENTS)
    launcher = PlainLauncher(Limits())
    try:
        desk = Desk(Options(COURSE, hidden=False), launcher, course)
        folders = [COURSE / "examples" / "class" / name for name in STUDENTS]
        sources = [s for s in collect(folders, course.names).sources if s.assignment in ASSIGNMENTS]
        results = {s: desk.grade(s) for s in sources}
        pictures = {(s.student, s.assignment): desk.pictures(s, r) for s, r in results.items()}
    finally:
        launcher.close()
    grades = Grades("course", "0", 0, "none", tuple(results.values()))
    run = report.read(json.dumps(json_renderer.as_data(grades)))
    seconds = dict.fromkeys(pictures, 0.5)
    return dict(report.files(run, report.Beside(pictures.__getitem__, seconds)))


def large(students: int, functions: int = 30, checks: int = 4) -> report.Run:
    """A class of which nobody has everything right."""
    rows = [_row(f"student {n:05}", n, functions, checks) for n in range(students)]
    about = {"course": "course", "grader_version": "0", "seed": 0, "isolation": "none"}
    return report.read(json.dumps({"schema": json_renderer.SCHEMA, **about, "submissions": rows}))


def _row(student: str, number: int, functions: int, checks: int) -> dict[str, Any]:
    found = [
        _function(f"function_{k:02}", (number + k) % (checks + 1), checks) for k in range(functions)
    ]
    return {
        "student": student,
        "assignment": "losses",
        "score": sum(f["score"] for f in found),
        "max_score": float(functions * checks),
        "functions": found,
    }


def _function(name: str, right: int, checks: int) -> dict[str, Any]:
    rows = [_check(f"check_{c}", c < right) for c in range(checks)]
    return {"name": name, "score": float(right), "max_score": float(checks), "checks": rows}


def _check(name: str, passed: bool) -> dict[str, Any]:
    return {
        "name": name,
        "title": f"The property {name} holds.",
        "visibility": "public",
        "outcome": "passed" if passed else "failed",
        "points": float(passed),
        "max_points": 1.0,
        "message": "" if passed else "It does not hold.\nMind the sign.",
        "mistake": None if passed else f"sign-{name}",
    }
