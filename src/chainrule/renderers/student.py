"""What a student reads of their own work: what passes, the first thing to mend, what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.text import Text

from ..judge.show import inert
from ..results import FunctionResult, Grades, Picture, SubmissionResult
from .lines import put, put_message
from .terminal import headline, same_text, show_check
from .values import put_curves

Pictures = Callable[[SubmissionResult, str], Sequence[Picture]]


def show(grades: Grades, console: Console, pictures: Pictures = lambda *_: ()) -> None:
    """Every assignment's functions, a line each; what fails in full, its first cause first.

    Args:
        grades: the results.
        console: where to.
        pictures: gives a function's pictures; two curves among them are drawn below it.
    """
    for submission in grades.submissions:
        _show_assignment(submission, console, pictures)
    for note in grades.notes:
        put(console, Text(f"note: {inert(note)}", "yellow"))
    for problem in grades.problems:
        text = f"not checked: {inert(problem.path)}: {inert(problem.reason)}"
        put(console, Text(text, "magenta"))


def _show_assignment(submission: SubmissionResult, console: Console, pictures: Pictures) -> None:
    put(console, Text(submission.assignment, "bold"))
    for note in submission.notes:
        put(console, Text(f"note: {inert(note)}", "yellow"), 2)
    written = [f for f in submission.functions if not _unwritten(f)]
    if text := same_text(written):
        put_message(console, text, 2)
        console.print()
        return
    for function in submission.functions:
        _show_line(function, console)
        if not _right(function) and not _unwritten(function):
            put_curves(pictures(submission, function.name), console, 4)
    _summary(submission.functions, console)


def _unwritten(function: FunctionResult) -> bool:
    return all(check.outcome == "not_written" for check in function.checks)


def _right(function: FunctionResult) -> bool:
    return all(check.outcome == "passed" for check in function.checks)


def _show_line(function: FunctionResult, console: Console) -> None:
    if _right(function):
        put(console, Text.assemble(("ok", "green"), ": ", function.name), 2)
    elif _unwritten(function):
        line = Text.assemble(
            ("to do", "yellow"), ": ", function.name, (" is not written yet", "dim")
        )
        put(console, line, 2)
    else:
        _show_function(function, console)


def _show_function(function: FunctionResult, console: Console) -> None:
    """The first cause in full; what else went wrong, in full only where it says something new."""
    put(console, headline(function), 2)
    said: set[str] = set()
    for check in function.checks:
        if check.outcome in ("passed", "skipped"):
            continue
        finding = check.message.partition("\n")[0]
        show_check(check, console, full=not said or (finding not in said and not check.mistake))
        said.add(finding)
    waiting = sum(check.outcome == "skipped" for check in function.checks)
    if waiting:
        text = f"{waiting} more check{'s are' if waiting > 1 else ' is'} tried once these pass"
        put(console, Text(text, "dim"), 4)


def _summary(functions: Iterable[FunctionResult], console: Console) -> None:
    checks = [c for f in functions for c in f.checks]
    passed = sum(c.outcome == "passed" for c in checks)
    line = f"{passed} of {len(checks)} public checks pass."
    if passed == len(checks):
        line += " Your instructor's grading runs further checks."
    console.print()
    put(console, line, 2)
    console.print()
