"""Plain CSV: one row a submission, and one a check, for spreadsheets and scripts.

A cell that a spreadsheet would take for a formula starts with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from ...results import Grades
from .numbers import plain
from .view import one_line, students

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")
_SCORES = ("student", "assignment", "score", "max_score", "sha256", "reason")
_CHECKS = (
    "student",
    "assignment",
    "function",
    "check",
    "visibility",
    "outcome",
    "points",
    "max_points",
    "mistake",
)


def render(grades: Grades) -> dict[str, bytes]:
    """``scores.csv`` and ``checks.csv``."""
    return {
        "scores.csv": rows(_SCORES, _scores(grades)),
        "checks.csv": rows(_CHECKS, _checks(grades)),
    }


def guarded(value: str) -> str:
    """A cell that no spreadsheet computes and that stays on its line."""
    cell = one_line(value)
    # A spreadsheet set to Japanese or Chinese takes the full-width sign for the plain one.
    begins = unicodedata.normalize("NFKC", cell[:1])
    return f"'{cell}" if begins.startswith(_FORMULA) else cell


def rows(header: Sequence[str], body: Iterable[Sequence[str]]) -> bytes:
    """CSV as spreadsheets read it: UTF-8, commas, quotes where needed."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(body)
    return stream.getvalue().encode("utf-8", "backslashreplace")


def _scores(grades: Grades) -> Iterable[Sequence[str]]:
    for s in grades.submissions:
        who = [guarded(s.student), guarded(s.assignment)]
        yield [*who, plain(s.score), plain(s.max_score), s.sha256, guarded(s.reason or "")]
    for p in grades.problems:
        who = [guarded(p.student or ""), guarded(p.assignment or "")]
        yield [*who, "", "", "", guarded(f"{p.path}: {p.reason}")]


def _checks(grades: Grades) -> Iterable[Sequence[str]]:
    for student in students(grades):
        for line in student.lines():
            check = line.check
            yield [
                guarded(student.name),
                guarded(line.submission.assignment),
                guarded(line.function.name),
                guarded(check.name),
                check.visibility,
                check.outcome,
                plain(check.points),
                plain(check.max_points),
                guarded(check.mistake or ""),
            ]
