"""What the formats share: results by student, a check with its place, text that is inert."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...judge.show import inert
from ...results import CheckResult, FunctionResult, Grades, Problem, SubmissionResult
from ...submissions.names import folded, folder_name

LIMITS = (4000, 1000, 250, 60, 0)
"""Characters of a student's text that are kept; the first that fits a format's size is used."""


@dataclass(frozen=True)
class Line:
    """One check of one student, with its place in the whole."""

    number: str
    """Such as 1.2.3: assignment, function, check."""
    label: str
    """Unique within the student: the assignment is named where there are several."""
    submission: SubmissionResult
    function: FunctionResult
    check: CheckResult


@dataclass(frozen=True)
class Student:
    """All of one student."""

    name: str
    submissions: tuple[SubmissionResult, ...]
    problems: tuple[Problem, ...]

    @property
    def score(self) -> Fraction | None:
        """The sum, or ``None`` if a part of it is not established or there is nothing."""
        scores = [s.score for s in self.submissions]
        if self.problems or not scores or None in scores:
            return None
        return sum((s for s in scores if s is not None), Fraction(0))

    @property
    def max_score(self) -> Fraction:
        """What was to be earned in what was graded."""
        return sum((s.max_score for s in self.submissions), Fraction(0))

    @property
    def reasons(self) -> list[str]:
        """Why there is no score, or not all of it."""
        found = [text(f"{p.path}: {p.reason}") for p in self.problems]
        found += [text(f"{s.assignment}: {s.reason}") for s in self.submissions if s.reason]
        unknown = [line.label for line in self.lines() if line.check.points is None]
        if unknown:
            found.append(f"no verdict could be reached on {', '.join(unknown)}")
        return found or ([] if self.submissions else ["nothing was handed in"])

    def lines(self) -> Iterator[Line]:
        """Every check, in order."""
        several = len(self.submissions) > 1
        for i, submission in enumerate(self.submissions, 1):
            for j, function in enumerate(submission.functions, 1):
                for k, check in enumerate(function.checks, 1):
                    label = text(f"{function.name}: {check.name}")
                    label = f"{text(submission.assignment)}: {label}" if several else label
                    yield Line(f"{i}.{j}.{k}", label, submission, function, check)


def students(grades: Grades) -> list[Student]:
    """Everybody who has a result or a problem, by name."""
    submissions: dict[str, list[SubmissionResult]] = {}
    problems: dict[str, list[Problem]] = {}
    for submission in grades.submissions:
        submissions.setdefault(submission.student, []).append(submission)
    for problem in grades.problems:
        if problem.student is not None:
            problems.setdefault(problem.student, []).append(problem)
    return [
        Student(name, tuple(submissions.get(name, ())), tuple(problems.get(name, ())))
        for name in sorted({*submissions, *problems})
    ]


def text(value: str, limit: int | None = None) -> str:
    """Text that obeys no terminal, page or log, and is no longer than wanted."""
    shown = inert(value)
    if limit is None or len(shown) <= limit:
        return shown
    return shown[:limit] + "…" if limit else ""


def one_line(value: str) -> str:
    """The same, on one line."""
    return " ".join(text(value).split())


def tally(student: Student) -> str:
    """How many checks pass, public and hidden told apart."""
    said = []
    for kind in ("public", "hidden"):
        checks = [line.check for line in student.lines() if line.check.visibility == kind]
        if checks:
            passed = sum(c.outcome == "passed" for c in checks)
            said.append(f"{passed} of {len(checks)} {kind} checks pass")
    return "; ".join(said)


def as_json(data: Any) -> bytes:
    """JSON as UTF-8 with a newline at its end."""
    encoded = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
    return (encoded + "\n").encode("utf-8", "backslashreplace")


def bounded(render: Callable[[int], bytes], size: int) -> bytes:
    """The first rendering that fits, with less and less of the students' text."""
    data = b""
    for limit in LIMITS:
        data = render(limit)
        if len(data) <= size:
            break
    return data


def one_each(
    grades: Grades, filename: str, render: Callable[[Student], bytes | None]
) -> dict[str, bytes]:
    """A file of one student, or a folder for each where there are several.

    Args:
        grades: the run.
        filename: what the system reads.
        render: gives a student's file, or ``None`` where there can be none.
    """
    everybody = students(grades)
    if len(everybody) == 1:
        data = render(everybody[0])
        return {} if data is None else {filename: data}
    folders = zip(folders_of(everybody), everybody, strict=True)
    rendered = ((folder, render(student)) for folder, student in folders)
    return {f"{folder}/{filename}": data for folder, data in rendered if data is not None}


def folders_of(everybody: list[Student]) -> list[str]:
    """A folder's name for each student, no two of which any file system takes for one."""
    seen: set[str] = set()
    found = []
    for student in everybody:
        plain = name = folder_name(student.name)
        number = 1
        while folded(name) in seen:
            number += 1
            name = f"{plain} ({number})"
        seen.add(folded(name))
        found.append(name)
    return found
