"""The CSV that ``nbgrader export`` writes, with every cell quoted that needs it.

Source: nbgrader/plugins/export.py
"""

from __future__ import annotations

from ...results import Grades
from .numbers import plain
from .table import guarded, rows

_COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)


def render(grades: Grades) -> dict[str, bytes]:
    """``grades.csv``; a score that is not established is an empty cell."""
    body = []
    for s in grades.submissions:
        score = plain(s.score)
        who = ["", "", guarded(s.student), "", "", ""]
        penalty = "" if s.score is None else "0"
        body.append([guarded(s.assignment), *who, score, penalty, score, plain(s.max_score)])
    return {"grades.csv": rows(_COLUMNS, body)}
