"""The terminal: a table of students and assignments, and what each did not get right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..judge.show import inert
from ..results import CheckResult, FunctionResult, Grades, SubmissionResult
from .lines import put, put_message
from .values import put_verdict

MARKS = {
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
    if grades.submissions:
        console.print(table(grades.submissions))
        console.print()
    show_problems(grades, console)


def table(submissions: Sequence[SubmissionResult]) -> Table:
    """Students down, assignments across; a score that is not established is no number."""
    full = {s.assignment: s.max_score for s in submissions}
    found = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
    found.add_column("student", overflow="fold")
    for name, points in full.items():
        found.add_column(f"{name}\n/{decimal(points)}", justify="right", no_wrap=True)
    found.add_column("total", justify="right", no_wrap=True)
    for student in dict.fromkeys(s.student for s in submissions):
        mine = {s.assignment: s for s in submissions if s.student == student}
        cells = [_cell(mine.get(name)) for name in full]
        found.add_row(Text(inert(student)), *cells, _total(list(mine.values())))
    return found


def _cell(submission: SubmissionResult | None) -> Text:
    if submission is None:
        return Text("")
    if submission.score is None:
        return Text("not graded", "magenta")
    return Text(decimal(submission.score), _style(submission.score, submission.max_score))


def _total(submissions: list[SubmissionResult]) -> Text:
    scores = [s.score for s in submissions]
    if None in scores:
        return Text("not graded", "magenta")
    total = sum((s for s in scores if s is not None), Fraction(0))
    full = sum((s.max_score for s in submissions), Fraction(0))
    return Text(f"{decimal(total)} of {decimal(full)}", _style(total, full))


def _style(score: Fraction, full: Fraction) -> str:
    return "green" if score == full else "" if score else "red"


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
        title.append(f": {decimal(submission.score)} of {decimal(submission.max_score)} points")
    put(console, title)
    if submission.reason:
        put(console, Text(inert(submission.reason), "magenta"), 2)
    for note in submission.notes:
        put(console, Text(f"note: {inert(note)}", "yellow"), 2)
    _show_functions(submission.functions, console)
    console.print()


def _show_functions(functions: Iterable[FunctionResult], console: Console) -> None:
    functions = list(functions)
    if text := same_text(functions):
        put_message(console, text, 2)
        return
    missing = [f.name for f in functions if all(c.outcome == "not_written" for c in f.checks)]
    if missing:
        put(console, Text(f"not written yet: {', '.join(missing)}", "yellow"), 2)
    for function in functions:
        if function.name not in missing:
            show_function(function, console)


def same_text(functions: Sequence[FunctionResult]) -> str | None:
    """What is said of every check alike, such as that the module could not be imported."""
    texts = {check.message for function in functions for check in function.checks}
    return texts.pop() if len(texts) == 1 and len(functions) > 1 else None


def show_function(function: FunctionResult, console: Console) -> None:
    """What went wrong first, in full, and how much more did: a class has hundreds of checks."""
    wrong = [c for c in function.checks if c.outcome not in ("passed", "skipped")]
    waiting = sum(c.outcome == "skipped" for c in function.checks)
    if not wrong and not waiting:
        return
    put(console, headline(function), 2)
    for check in wrong[:1]:
        show_check(check, console)
    if rest := _rest(len(wrong) - 1, waiting):
        put(console, Text(rest, "dim"), 4)


def _rest(more: int, waiting: int) -> str:
    """How much beside the first cause did not pass."""
    parts = []
    if more > 0:
        parts.append(f"{more} more check{'s do' if more > 1 else ' does'} not pass")
    if waiting:
        parts.append(f"{waiting} {'was' if waiting == 1 else 'were'} not tried")
    return f"and {'; '.join(parts)}" if parts else ""


def headline(function: FunctionResult) -> str:
    """A function and how many of its checks pass."""
    passed = sum(c.outcome == "passed" for c in function.checks)
    return f"{function.name}: {passed} of {len(function.checks)} checks pass"


def show_check(check: CheckResult, console: Console, full: bool = True) -> None:
    """A check that did not pass: what should hold, and what was found."""
    mark, style = MARKS[check.outcome]
    hidden = " (hidden check)" if check.visibility == "hidden" else ""
    put(console, Text.assemble((mark, style), ": ", check.title, (hidden, "dim")), 4)
    if full and check.message:
        put_verdict(check, console, 6)


def show_problems(grades: Grades, console: Console) -> None:
    """What could not be graded, and what a person should know."""
    for note in grades.notes:
        put(console, Text(f"note: {inert(note)}", "yellow"))
    if grades.isolation == "none":
        text = (
            "isolation: none. Student code ran without a sandbox; use this for your own code only."
        )
        put(console, Text(text, "yellow"))
    else:
        put(console, f"isolation: {grades.isolation}")
    for problem in grades.problems:
        who = f"{inert(problem.student)}: " if problem.student else ""
        text = f"not graded: {who}{inert(problem.path)}: {inert(problem.reason)}"
        put(console, Text(text, "magenta"))
