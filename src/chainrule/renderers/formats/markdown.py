"""Markdown: a table of the scores, and below it what each student's checks found.

Whatever is not ours is escaped or stands in a fence longer than any within it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from fractions import Fraction

from ...results import CheckResult, FunctionResult, Grades
from .numbers import below, plain
from .view import Student, bounded, one_line, students, text

MOST = 1024 * 1024
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:$^=/\"'])")
_CUT = "\n\nThe rest was left out: it does not fit.\n"


def render(grades: Grades) -> dict[str, bytes]:
    """``report.md``."""
    return {"report.md": report(grades, MOST)}


def report(grades: Grades, size: int) -> bytes:
    """The report, of at most so many bytes."""
    data = bounded(lambda limit: "\n".join(_lines(grades, limit)).encode(), size)
    if len(data) <= size:
        return data
    kept = data[: size - len(_CUT)].decode("utf-8", "ignore")
    return (kept.rpartition("\n")[0] + _CUT).encode()


def escaped(value: str) -> str:
    """Text that no Markdown, HTML, link or mention can come out of, on one line."""
    plain_text = html.escape(one_line(value), quote=False).replace("@", "&#64;")
    return "".join(
        part if part.startswith("&") and part.endswith(";") else _SPECIAL.sub(r"\\\1", part)
        for part in re.split(r"(&(?:amp|lt|gt|#64);)", plain_text)
    )


def fenced(value: str) -> str:
    """Text in a fence that it cannot close."""
    longest = max((len(run) for run in re.findall(r"`+", value)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{value}\n{fence}"


def _lines(grades: Grades, limit: int) -> Iterator[str]:
    everybody = students(grades)
    yield from _table(grades, everybody)
    for student in everybody:
        yield from _student(student, limit)
    for problem in grades.problems:
        if problem.student is None:
            yield f"- not graded: {escaped(f'{problem.path}: {problem.reason}')}"
    yield from (f"- {escaped(note)}" for note in grades.notes)
    version = f"grader {grades.grader_version}, seed {grades.seed}"
    yield f"\nIsolation: {escaped(grades.isolation)}; {escaped(version)}.\n"


def _table(grades: Grades, everybody: list[Student]) -> Iterator[str]:
    names = list(dict.fromkeys(s.assignment for s in grades.submissions))
    yield f"| student | {' | '.join([*map(escaped, names), 'total'])} |"
    yield f"|---|{'---:|' * (len(names) + 1)}"
    for student in everybody:
        mine = {s.assignment: _score(s.score, s.max_score) for s in student.submissions}
        cells = [mine.get(name, "") for name in names]
        total = _score(student.score, student.max_score)
        yield f"| {escaped(student.name)} | {' | '.join([*cells, total])} |"


def _score(score: Fraction | None, of: Fraction) -> str:
    if score is None:
        return "not graded"
    return f"{below(score, of, 2).normalize():f}/{plain(of, 2)}"


def _student(student: Student, limit: int) -> Iterator[str]:
    yield f"\n### {escaped(student.name)}\n"
    yield from (f"- not graded: {escaped(reason)}" for reason in student.reasons)
    for submission in student.submissions:
        total = _score(submission.score, submission.max_score)
        yield f"\n**{escaped(submission.assignment)}**: {total}\n"
        yield from (f"- {escaped(text(note, limit))}" for note in submission.notes)
        for function in submission.functions:
            yield from _function(function, limit)


def _function(function: FunctionResult, limit: int) -> Iterator[str]:
    wrong = [c for c in function.checks if c.outcome != "passed"]
    if not wrong:
        return
    passed = len(function.checks) - len(wrong)
    name = escaped(function.name)
    yield f"\n#### {name}: {passed} of {len(function.checks)} checks pass\n"
    said: set[str] = set()
    for check in wrong:
        yield from _check(check, limit, repeated=check.message in said)
        said.add(check.message)


def _check(check: CheckResult, limit: int, repeated: bool) -> Iterator[str]:
    hidden = ", hidden" if check.visibility == "hidden" else ""
    yield f"- {escaped(check.title)} ({escaped(check.outcome)}{hidden})"
    if check.message and limit and not repeated and check.outcome != "skipped":
        yield ""
        yield fenced(text(check.message, limit))
        yield ""
