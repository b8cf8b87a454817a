"""The terminal: a table of students and assignments, and what each did not get right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..judge.show import inert
from ..results import CheckResult, FunctionResult, Grades, SubmissionResult

_MARKS = {
    "passed": ("ok", "green"),
    "failed": ("wrong", "red"),
    "error": ("error", "red"),
    "timeout": ("too slow", "red"),
    "skipped": ("waiting", "yellow"),
    "not_written": ("not written", "yellow"),
    "grader_error": ("not graded", "magenta"),
}


def show_grades(grades: Grades, console: Console) -> None:
    """Everything: what was not right, student by student, then the table and the problems."""
    for submission in grades.submissions:
        show_submission(submission, console)
    console.print(table(grades.submissions))
    show_problems(grades, console)


def table(submissions: Sequence[SubmissionResult]) -> Table:
    """Students down, assignments across; a score that is not established is a dash."""
    names = list(dict.fromkeys(s.assignment for s in submissions))
    found = Table(title="Scores", title_justify="left")
    found.add_column("student", overflow="fold")
    for name in names:
        found.add_column(name, justify="right", no_wrap=True)
    found.add_column("total", justify="right", no_wrap=True)
    for student in dict.fromkeys(s.student for s in submissions):
        mine = {s.assignment: s for s in submissions if s.student == student}
        cells = [_cell(mine.get(name)) for name in names]
        found.add_row(Text(inert(student)), *cells, _total(list(mine.values())))
    return found


def _cell(submission: SubmissionResult | None) -> Text:
    if submission is None:
        return Text("")
    if submission.score is None:
        return Text("not graded", "magenta")
    return _points(submission.score, submission.max_score)


def _total(submissions: list[SubmissionResult]) -> Text:
    scores = [s.score for s in submissions]
    if None in scores:
        return Text("-", "magenta")
    total = sum((s for s in scores if s is not None), Fraction(0))
    return _points(total, sum((s.max_score for s in submissions), Fraction(0)))


def _points(score: Fraction, of: Fraction) -> Text:
    style = "green" if score == of else "" if score else "red"
    return Text(f"{decimal(score)}/{decimal(of)}", style)


def decimal(points: Fraction) -> str:
    """Points with up to two decimals; never rounded up to the full mark."""
    text = f"{int(points * 100) / 100:.2f}".rstrip("0").rstrip(".")
    return text or "0"


def show_submission(submission: SubmissionResult, console: Console) -> None:
    """One student's one assignment, if there is anything to say about it."""
    if submission.score == submission.max_score and not submission.notes:
        return
    title = Text.assemble(
        (inert(submission.student), "bold"), " · ", (submission.assignment, "bold")
    )
    if submission.score is not None:
        title.append(f"  {decimal(submission.score)} of {decimal(submission.max_score)} points")
    console.print(title)
    if submission.reason:
        console.print(Padding(Text(submission.reason, "magenta"), (0, 0, 0, 2)))
    for note in submission.notes:
        console.print(Padding(Text(f"note: {inert(note)}", "yellow"), (0, 0, 0, 2)))
    _show_functions(submission.functions, console)
    console.print()


def _show_functions(functions: Iterable[FunctionResult], console: Console) -> None:
    functions = list(functions)
    texts = {c.message for f in functions for c in f.checks}
    if len(texts) == 1 and (text := texts.pop()):
        console.print(Padding(Text(text), (0, 0, 0, 2)))
        return
    missing = [f.name for f in functions if all(c.outcome == "not_written" for c in f.checks)]
    if missing:
        console.print(
            Padding(Text(f"not written yet: {', '.join(missing)}", "yellow"), (0, 0, 0, 2))
        )
    for function in functions:
        if function.name not in missing:
            show_function(function, console)


def show_function(function: FunctionResult, console: Console) -> None:
    """The first cause in full; what else went wrong, and what waits, by title."""
    wrong = [c for c in function.checks if c.outcome not in ("passed", "skipped")]
    waiting = [c for c in function.checks if c.outcome == "skipped"]
    if not wrong and not waiting:
        return
    passed = sum(c.outcome == "passed" for c in function.checks)
    console.print(
        Padding(Text(f"{function.name}: {passed} of {len(function.checks)} checks"), (0, 0, 0, 2))
    )
    said: set[str] = set()
    for check in wrong:
        _show_check(
            check, console, full=check.message not in said and (not said or not check.mistake)
        )
        said.add(check.message)
    if waiting:
        text = f"waiting for the above: {len(waiting)} more check{'s' if len(waiting) > 1 else ''}"
        console.print(Padding(Text(text, "dim"), (0, 0, 0, 4)))


def _show_check(check: CheckResult, console: Console, full: bool) -> None:
    mark, style = _MARKS[check.outcome]
    hidden = " (hidden check)" if check.visibility == "hidden" else ""
    line = Text.assemble((mark, style), "  ", check.title, (hidden, "dim"))
    console.print(Padding(line, (0, 0, 0, 4)))
    if full and check.message:
        console.print(Padding(Text(check.message), (0, 0, 0, 8)))


def show_problems(grades: Grades, console: Console) -> None:
    """What could not be graded, and what a person should know."""
    for note in grades.notes:
        console.print(Text(f"note: {inert(note)}", "yellow"))
    if grades.isolation == "none":
        text = (
            "isolation: none. Student code ran without a sandbox; use this for your own code only."
        )
        console.print(Text(text, "yellow"))
    else:
        console.print(Text(f"isolation: {grades.isolation}"))
    for problem in grades.problems:
        who = f"{inert(problem.student)}: " if problem.student else ""
        text = f"not graded: {who}{inert(problem.path)}: {inert(problem.reason)}"
        console.print(Text(text, "magenta"))
