"""Canvas's gradebook CSV.

Canvas finds a student by ID, SIS User ID or SIS Login ID: a folder called ``name_12345``, as
`chainrule collect` makes of a download, gives the ID, any other name is taken for the login.
A score that is not established is an empty cell, which leaves the gradebook as it is.

Source: https://community.instructure.com/en/kb/articles/660904-how-do-i-import-grades-in-the-gradebook
"""

from __future__ import annotations

import re
from fractions import Fraction

from ...results import Grades
from .numbers import cents
from .table import guarded, rows
from .view import Student, students

_WHO = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_POINTS = "    Points Possible"
_WITH_ID = re.compile(r"(?P<name>.+)_(?P<id>\d+)")


def render(grades: Grades) -> dict[str, bytes]:
    """``canvas.csv``."""
    worth: dict[str, Fraction] = {}
    for s in grades.submissions:
        worth[s.assignment] = max(s.max_score, worth.get(s.assignment, s.max_score))
    possible = [_POINTS, "", "", "", "", *(cents(of, of) for of in worth.values())]
    body = [possible, *(_row(student, list(worth)) for student in students(grades))]
    return {"canvas.csv": rows([*_WHO, *map(guarded, worth)], body)}


def _row(student: Student, assignments: list[str]) -> list[str]:
    known = _WITH_ID.fullmatch(student.name)
    name, number = (known["name"], known["id"]) if known else (student.name, "")
    login = "" if known else guarded(student.name)
    mine = {s.assignment: cents(s.score, s.max_score) for s in student.submissions}
    return [guarded(name), number, "", login, "", *(mine.get(a, "") for a in assignments)]
